"""The dictionary of the example region: the first terms, and three proposals that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from smartstart.access.actor import VISITOR
from smartstart.base.clock import day_of
from smartstart.language.loading import load_terms
from smartstart.language.models import About, Term
from smartstart.language.operations_proposals import Told, propose

WAITING: Final = (
    (About.PLAIN, "casus", "", "ons verhaal"),
    (About.MEANING, "intake", "welfare", "Een eerste kop koffie om elkaar te leren kennen."),
    (About.WORD, "warme overdracht", "education", "De oude en de nieuwe juf praten samen met jou."),
)


def load(*, at: datetime) -> None:
    """Load terms and proposals; a second time changes nothing."""
    load_terms()
    today = day_of(at - timedelta(days=6))
    for about, word, domain, text in WAITING:
        term = Term.objects.filter(word=word).values_list("pk", flat=True).first()
        told = Told(about, text, term, "" if term else word, domain)
        propose(VISITOR, told, ref=uuid5(NAMESPACE_URL, f"example word {word}"), today=today)
