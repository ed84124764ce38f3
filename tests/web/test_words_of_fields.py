"""What a field says in Dutch when it cannot be sent: our words, never those of the framework."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import translation


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        (forms.CharField(), "", "Vul dit nog in."),
        (forms.CharField(min_length=4), "abc", "Dit is te kort: 3 tekens. Schrijf er minstens 4."),
        (
            forms.CharField(max_length=80),
            "x" * 129,
            "Dit is te lang: 129 tekens. Er passen hier 80 tekens.",
        ),
        (
            forms.CharField(),
            "a\x00b",
            "Hier staat een teken dat we niet kunnen lezen. Typ de tekst opnieuw.",
        ),
        (
            forms.IntegerField(max_value=2100),
            "9999",
            "Dit getal is te hoog. Het mag 2100 zijn of lager.",
        ),
        (
            forms.IntegerField(min_value=1990),
            "3",
            "Dit getal is te laag. Het mag 1990 zijn of hoger.",
        ),
        (forms.DateField(), "99999-12-31", "Deze dag klopt niet. Kies er een."),
        (
            forms.ChoiceField(choices=[("a", "a")]),
            "zz",
            "“zz” kun je hier niet kiezen. Kies opnieuw.",
        ),
        (
            forms.MultipleChoiceField(choices=[("a", "a")]),
            ["zz"],
            "“zz” kun je hier niet kiezen. Kies opnieuw.",
        ),
    ],
)
def test_a_field_says_in_plain_words_what_to_do(
    field: forms.Field, given: object, says: str
) -> None:
    with translation.override("nl"), pytest.raises(forms.ValidationError) as told:
        field.clean(given)
    assert told.value.messages == [says]


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("kort", "Dit wachtwoord is te kort. Kies er een van minstens 10 tekens."),
        (
            "password123",
            "Dit wachtwoord kiezen veel mensen. Kies iets dat alleen jij bedenkt.",
        ),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(password: str, says: str) -> None:
    with translation.override("nl"), pytest.raises(forms.ValidationError) as told:
        validate_password(password)
    assert told.value.messages == [says]
