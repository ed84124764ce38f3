"""An entry may be proposed to be withheld again, once what was proposed before is dropped."""

import django.db.models.deletion
from django.db import migrations, models

from smartstart.base import guards
from smartstart.circle.guards import GUARDS


class Migration(migrations.Migration):
    dependencies = [("circle", "0011_what_is_offered_is_found_by_an_index")]

    operations = [
        guards.lifted(GUARDS),
        migrations.AlterField(
            "withheld",
            "entry",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withheld",
                to="circle.entry",
            ),
        ),
        migrations.AddConstraint(
            "withheld",
            models.UniqueConstraint(
                name="circle_one_withheld_per_entry",
                fields=["entry"],
                condition=~models.Q(state="dropped"),
            ),
        ),
        guards.put(GUARDS),
    ]
