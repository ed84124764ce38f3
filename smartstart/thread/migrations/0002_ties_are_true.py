"""Guards that keep ties true to their knots and the withdrawn withdrawn."""

from django.db import migrations

from smartstart.base import guards
from smartstart.thread.guards import GUARDS


def install(apps, schema_editor):
    guards.install(schema_editor.connection, GUARDS)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("thread", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
