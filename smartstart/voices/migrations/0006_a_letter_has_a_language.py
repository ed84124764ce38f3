"""A letter is in the language a person chose; the table is made anew, so guards are set again."""

from __future__ import annotations

from django.db import migrations, models

from smartstart.base import guards
from smartstart.voices.guards import GUARDS


class Migration(migrations.Migration):
    dependencies = [("voices", "0005_a_longer_code_in_the_picture")]
    operations = [
        guards.lifted(GUARDS),
        migrations.AddField(
            model_name="interview",
            name="tell_in",
            field=models.CharField(default="nl", editable=False, max_length=5),
        ),
        guards.put(GUARDS),
    ]
