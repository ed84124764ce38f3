"""Looking after is handed over, who left is said, a folder rests, one of two is replaced."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import smartstart.access.fields


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_append_in_one_journey"),
        ("circle", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("left", "lives here no more"),
                            ("stays", "still lives here"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("register", "extract from the authority register"),
                            ("court", "decision of the court"),
                            ("birth", "birth certificate"),
                            ("home", "extract of where somebody lives"),
                        ],
                        max_length=10,
                    ),
                ),
                ("seen_by", models.UUIDField(blank=True, null=True)),
                ("seen_on", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("why", smartstart.access.fields.Sealed(blank=True, null=True)),
                ("begun_at", models.DateTimeField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="circle",
            name="offered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="circle",
            name="offered_by",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="circle",
            name="offered_to",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rightsrequest",
            name="part",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="circle.part",
            ),
        ),
        migrations.AddField(
            model_name="withheld",
            name="leaves",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="withheld",
            name="third",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="authority",
            name="paper",
            field=models.CharField(
                blank=True,
                choices=[
                    ("register", "extract from the authority register"),
                    ("court", "decision of the court"),
                    ("birth", "birth certificate"),
                    ("home", "extract of where somebody lives"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("question", "question"),
                    ("unclear", "I do not understand this"),
                    ("not_right", "this is not right"),
                    ("why", "why did you look"),
                    ("information", "request for information"),
                    ("apart", "parents do not agree"),
                    ("missing", "who do we miss"),
                    ("leaving", "somebody lives here no more"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="questionstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "asked"),
                    ("offered", "offered"),
                    ("accepted", "picked up"),
                    ("declined", "declined"),
                    ("promised", "promised"),
                    ("answered", "answered"),
                    ("refused", "said no, with the reason"),
                    ("confirmed", "confirmed"),
                    ("reopened", "asked again"),
                    ("given_back", "given back"),
                    ("knows", "knows this family privately"),
                    ("family_asked", "asked the family first"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="withheldstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("proposed", "asked to keep it apart"),
                    ("confirmed", "said yes"),
                    ("declined", "said no"),
                    ("reviewed", "looked again and keeps it apart"),
                    ("opening", "asked to open it"),
                    ("opened", "said yes to opening"),
                    ("third", "asked somebody else to be the second"),
                    ("third_came", "took the place of the one before"),
                    ("third_no", "said no to being the second"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="circle",
            index=models.Index(fields=["coordinator"], name="circle_looked_after_by"),
        ),
        migrations.AddIndex(
            model_name="circle",
            index=models.Index(fields=["offered_to"], name="circle_looking_after_offered"),
        ),
        migrations.AddIndex(
            model_name="circle",
            index=models.Index(fields=["opened_by"], name="circle_opened_by"),
        ),
        migrations.AddIndex(
            model_name="withheld",
            index=models.Index(fields=["third"], name="circle_withheld_third"),
        ),
        migrations.AddConstraint(
            model_name="circle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offered_at", None), ("offered_by", None), ("offered_to", None)),
                    models.Q(
                        ("offered_at__isnull", False),
                        ("offered_by__isnull", False),
                        ("offered_to__isnull", False),
                        models.Q(("offered_to", models.F("coordinator")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="circle_looking_after_is_offered_to_somebody_else_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="withheld",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leaves", None), ("third", None)),
                    models.Q(
                        ("third__isnull", False),
                        models.Q(
                            ("leaves", models.F("first")),
                            ("leaves", models.F("second")),
                            _connector="OR",
                        ),
                        models.Q(("third", models.F("first")), _negated=True),
                        models.Q(("third", models.F("second")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="circle_a_third_takes_the_place_of_one_of_the_two",
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="circle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circle.circle"
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="folder",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.folder",
                verbose_name="folder",
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circle.member"
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="question",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leaving",
                to="circle.question",
            ),
        ),
        migrations.AddField(
            model_name="restriction",
            name="folder",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.folder",
                verbose_name="folder",
            ),
        ),
        migrations.AddField(
            model_name="restriction",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="restriction",
                to="circle.rightsrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "left"), _negated=True),
                    models.Q(
                        ("seen_by__isnull", False),
                        ("seen_on__isnull", False),
                        models.Q(("paper", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="circle_who_left_was_seen_to_leave_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("circle", "member"),
                name="circle_one_leaving_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("folder",),
                name="circle_one_restriction_runs_per_folder",
            ),
        ),
    ]
