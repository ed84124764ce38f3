"""No number of somebody comes into the library, whatever two people overlooked."""

from __future__ import annotations

import pytest

from smartstart.consult import operations_answering as answering
from smartstart.consult.library import errors, operations
from smartstart.consult.models import AnswerDraft, LearnedAnswer
from tests.consult.people import people
from tests.consult.test_library import AT, NEW

TELLING = [
    "Bel zijn moeder op 06-12345678.",
    "Haar bsn is 111222333.",
    "Mail naar a.b@voorbeeld.nl.",
    "Maak het over op NL91 ABNA 0417 1643 00.",
    "De auto met GT-284-K.",
]


@pytest.mark.django_db
def test_a_number_of_somebody_is_not_written_and_not_let_in() -> None:
    room = people(AT)
    exchange = room.ask("fatima")
    answering.answer(room.actor("fatima"), exchange.ref, words="Zet hem bij het raam.", at=AT)
    fatima, bas = room.actor("fatima"), room.actor("bas")
    for told in TELLING:
        for new in (NEW | {"answer": told}, NEW | {"question": told}):
            with pytest.raises(errors.ItTellsWho):
                operations.write(fatima, exchange.ref, at=AT, ref=None, **new)
    assert not AnswerDraft.objects.exists()

    draft = operations.write(fatima, exchange.ref, at=AT, ref=None, **NEW)
    draft.put(answer=TELLING[0])
    draft.save()
    with pytest.raises(errors.ItTellsWho):
        operations.let_in(bas, draft.ref, at=AT)
    assert not LearnedAnswer.objects.exists()

    about = NEW | {"answer": "Bel Veilig Thuis: 0800-2000. Dat is gratis."}
    assert operations.write(fatima, exchange.ref, at=AT, ref=None, **about)
