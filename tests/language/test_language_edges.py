"""An edge of the dictionary: what the database refuses for another reason is not hidden."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from smartstart.language import operations
from smartstart.language.errors import MeaningIsThere
from smartstart.language.models import Meaning, Term
from smartstart.people.models import Domain
from tests.language.test_terms import professional


@pytest.mark.django_db
def test_only_a_meaning_that_is_there_is_told_as_such(now: datetime) -> None:
    term = Term.objects.create(word="melding", forms="meldingen", plain="bericht")
    nurse, health = professional(Domain.HEALTH, now), Domain.HEALTH
    with pytest.raises(IntegrityError), transaction.atomic():
        operations.add_meaning(nurse, term.pk, domain=health, text="  ", now=now)
    assert not Meaning.objects.exists()

    operations.add_meaning(nurse, term.pk, domain=health, text="een bericht", now=now)
    with pytest.raises(MeaningIsThere):
        operations.add_meaning(nurse, term.pk, domain=health, text="iets anders", now=now)
