"""Published words keep the fixed form as it was published; the guard of their table again."""

from django.db import migrations, models

from smartstart.base import guards
from smartstart.thread.guards import GUARDS


def install(apps, schema_editor):
    guards.install(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("thread", "0002_ties_are_true")]

    operations = [
        migrations.AddField(
            model_name="publishedwords",
            name="form",
            field=models.JSONField(blank=True, default=dict),
        ),
        # SQLite makes the table anew, without its triggers.
        migrations.RunPython(install, install),
    ]
