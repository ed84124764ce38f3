"""A meeting that names who asked that it rests, rests too."""

import django.db.models.deletion
from django.db import migrations, models

NAME = "circle_a_mention_is_of_one_thing"
THINGS = ("entry", "question", "agreement", "seat", "meeting")


def one_of(thing):
    """Return the condition that a mention is of this thing and no other."""
    return models.Q(**{f"{one}__isnull": one != thing for one in THINGS})


class Migration(migrations.Migration):
    dependencies = [("circle", "0009_who_is_named_and_asks_that_it_rests")]

    operations = [
        migrations.RemoveConstraint(model_name="mention", name=NAME),
        migrations.AddField(
            model_name="mention",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="circle.meeting",
                related_name="+",
                blank=True,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                name=NAME,
                condition=one_of("entry")
                | one_of("question")
                | one_of("agreement")
                | one_of("seat")
                | one_of("meeting"),
            ),
        ),
    ]
