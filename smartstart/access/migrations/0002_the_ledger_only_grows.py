"""Triggers that keep lines, cuts and checkpoints as they were written."""

from django.db import migrations

from smartstart.access import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
