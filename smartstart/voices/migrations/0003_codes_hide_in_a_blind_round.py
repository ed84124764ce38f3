"""A code of a blind round hides; tables are made anew, so the guards are set again after it."""

import django.db.models.deletion
from django.db import migrations, models

from smartstart.base import guards
from smartstart.voices.guards import GUARDS


def install(apps, schema_editor):
    guards.install(schema_editor.connection, GUARDS)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0002_what_a_form_makes_is_made_once'),
        ('voices', '0002_nothing_is_coded_before_it_is_checked'),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(
            model_name='code',
            name='voices_one_code_per_name',
        ),
        migrations.AddField(
            model_name='code',
            name='hidden_in',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hidden_codes', to='voices.codinground'),
        ),
        migrations.AddField(
            model_name='code',
            name='made_by',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.UniqueConstraint(condition=models.Q(('hidden_in', None), ('merged_into', None)), fields=('pilot', 'name'), name='voices_one_code_per_name'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.UniqueConstraint(condition=models.Q(('hidden_in__isnull', False), ('merged_into', None)), fields=('pilot', 'made_by', 'name'), name='voices_one_hidden_code_per_name_and_maker'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.CheckConstraint(condition=models.Q(('hidden_in', None), ('made_by__isnull', False), _connector='OR'), name='voices_hidden_code_has_a_maker'),
        ),
        migrations.RunPython(install, remove),
    ]
