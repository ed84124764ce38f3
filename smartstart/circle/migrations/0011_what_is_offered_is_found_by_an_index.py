"""What is offered is found by an index that knows only what is offered.

A database that counted a column of nothing but NULL takes its index for useless and reads all rows.
"""

from django.db import migrations, models

FOUND = (
    ("circle", "circle_looking_after_offered", ["offered_to"]),
    ("question", "circle_questions_of_offer", ["offered_to"]),
    ("questionstep", "circle_steps_passed_to", ["passed_to", "question"]),
)


def remade(model, name, fields):
    """Return the steps that make one index again, of the rows that have a value."""
    has_value = models.Q(**{f"{fields[0]}__isnull": False})
    index = models.Index(name=name, fields=fields, condition=has_value)
    return migrations.RemoveIndex(model, name), migrations.AddIndex(model, index)


class Migration(migrations.Migration):
    dependencies = [("circle", "0010_a_meeting_that_names_somebody_rests")]

    operations = [step for found in FOUND for step in remade(*found)]
