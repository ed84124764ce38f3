"""What two homes share is looked after by a function that both know, whoever asks."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

from smartstart.base import guards
from smartstart.circle.guards import GUARDS


def the_first_that_both_knew(apps: Any, schema_editor: Any) -> None:
    """Name the function of the home that was there first: the second began with the same."""
    homes = apps.get_model("circle", "Circle").objects.order_by("id")
    first = homes.filter(family=OuterRef("family")).values("coordinator")[:1]
    shared = apps.get_model("circle", "Part").objects.filter(circle=None)
    shared.update(coordinator=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("circle", "0013_what_a_child_told_one_person")]

    operations = [
        guards.lifted(GUARDS),
        migrations.AddField(
            "part", "coordinator", models.UUIDField(blank=True, null=True)
        ),
        migrations.RunPython(the_first_that_both_knew, migrations.RunPython.noop),
        migrations.AddConstraint(
            "part",
            models.CheckConstraint(
                name="circle_one_looks_after_a_part",
                condition=Q(circle=None, coordinator__isnull=False)
                | Q(circle__isnull=False, coordinator=None),
            ),
        ),
        guards.put(GUARDS),
    ]
