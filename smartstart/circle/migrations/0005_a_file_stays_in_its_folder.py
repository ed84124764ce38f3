"""Files beside words stay in their folder too; the guards stand anew."""

from django.db import migrations

from smartstart.base import guards
from smartstart.circle.guards import AT_FIRST, WITH_FILES


def install(apps, schema_editor):
    guards.install(schema_editor.connection, WITH_FILES)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection, [one for one in WITH_FILES if one not in AT_FIRST])


class Migration(migrations.Migration):
    dependencies = [("circle", "0004_files_beside_words")]

    operations = [migrations.RunPython(install, remove)]
