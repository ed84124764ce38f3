"""Guards that keep codings and excerpts inside checked texts, and consent as it was said."""

from django.db import migrations

from smartstart.base import guards
from smartstart.voices.guards import GUARDS


def install(apps, schema_editor):
    guards.install(schema_editor.connection, GUARDS)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("voices", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
