"""Who a question was passed on to is found by an index that knows only what was passed on."""

from django.db import migrations, models

NAME = "consult_turns_passed_to"


class Migration(migrations.Migration):
    dependencies = [("consult", "0008_open_questions_are_found_by_an_index")]

    operations = [
        migrations.RemoveIndex("turn", NAME),
        migrations.AddIndex(
            "turn",
            models.Index(
                name=NAME,
                fields=["passed_to", "exchange"],
                condition=models.Q(passed_to__isnull=False),
            ),
        ),
    ]
