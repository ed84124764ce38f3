"""A hidden code is numbered by its maker; tables are made anew, so the guards are set again."""

from django.db import migrations, models

from smartstart.base import guards
from smartstart.voices.guards import GUARDS


def install(apps, schema_editor):
    guards.install(schema_editor.connection, GUARDS)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection, GUARDS)


def number_all(apps, schema_editor):
    """Going back: every code gets a number of its own again."""
    codes = apps.get_model("voices", "Code").objects
    for pilot in set(codes.filter(hidden_in__isnull=False).values_list("pilot", flat=True)):
        last = codes.filter(pilot=pilot).aggregate(last=models.Max("number"))["last"]
        hidden = codes.filter(pilot=pilot, hidden_in__isnull=False).order_by("id")
        for number, code in enumerate(hidden, last + 1):
            codes.filter(pk=code.pk).update(number=number)


class Migration(migrations.Migration):

    dependencies = [
        ('voices', '0003_codes_hide_in_a_blind_round'),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(
            model_name='code',
            name='voices_one_code_per_number',
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.UniqueConstraint(condition=models.Q(('hidden_in', None)), fields=('pilot', 'number'), name='voices_one_code_per_number'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.UniqueConstraint(condition=models.Q(('hidden_in__isnull', False)), fields=('pilot', 'made_by', 'number'), name='voices_one_hidden_code_per_number_and_maker'),
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(migrations.RunPython.noop, number_all),
    ]
