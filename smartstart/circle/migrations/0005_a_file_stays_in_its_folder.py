"""Files beside words stay in their folder too; the guards stand anew."""

from django.db import migrations

from smartstart.base import guards
from smartstart.circle.guards import WITH_FILES


class Migration(migrations.Migration):
    dependencies = [("circle", "0004_files_beside_words")]

    operations = [guards.put(WITH_FILES)]
