"""Who is named and has no account asks that it rests; the guards stand anew."""

import django.db.models.deletion
from django.db import migrations, models

import smartstart.access.fields
from smartstart.base import guards
from smartstart.circle.guards import GUARDS

THINGS = ("entry", "question", "agreement", "seat")


def one_of(thing):
    """Return the condition that a mention is of this thing and no other."""
    others = {other: None for other in THINGS if other != thing}
    return models.Q(**{f"{thing}__isnull": False}, **others)


def to(model, **more):
    """Return a key that keeps what it points at."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_folders_of_design_sessions"),
        ("circle", "0008_brought_with_a_yes"),
    ]

    operations = [
        guards.lifted(GUARDS),
        migrations.AddField(
            model_name="restriction",
            name="family",
            field=to("circle.family", related_name="+", blank=True, null=True),
        ),
        migrations.AddField(
            model_name="restriction",
            name="named",
            field=smartstart.access.fields.Sealed(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rightsrequest",
            name="code_hash",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code_hash", ""), _negated=True),
                fields=("code_hash",),
                name="circle_one_request_per_code",
            ),
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("restriction", to("circle.restriction", related_name="mentions")),
                *(
                    (thing, to(f"circle.{thing}", related_name="+", blank=True, null=True))
                    for thing in THINGS
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="circle_a_mention_is_of_one_thing",
                        condition=one_of("entry")
                        | one_of("question")
                        | one_of("agreement")
                        | one_of("seat"),
                    ),
                ],
            },
        ),
        guards.put(GUARDS),
    ]
