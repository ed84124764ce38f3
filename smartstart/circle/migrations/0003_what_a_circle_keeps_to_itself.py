"""Guards that keep the walls between folders and homes, the two locks, and what has ended."""

from django.db import migrations

from smartstart.base import guards
from smartstart.circle.guards import AT_FIRST


class Migration(migrations.Migration):
    dependencies = [("circle", "0002_handing_over_leaving_and_rest")]

    operations = [guards.put(AT_FIRST)]
