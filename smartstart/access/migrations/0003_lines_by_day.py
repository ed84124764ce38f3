from django.db import migrations, models


class Migration(migrations.Migration):
    """Find the looks of one week in one folder without walking its whole chain."""

    dependencies = [("access", "0002_the_ledger_only_grows")]

    operations = [
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["folder", "at"], name="access_line_of_day"),
        ),
    ]
