"""A class or place with a rare trait: each alone says nothing, together who it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smartstart.consult.identity.kinds import Kind, Spot

CLASS: Final = re.compile(
    r"\b(?:groep ?[1-8][a-e]?|(?:brugklas|klas) ?\d?[a-h]?\d?(?= |\b)|"
    r"(?:vmbo|mavo|havo|vwo|gymnasium|mbo)(?:[- ][a-z]{1,2})? ?[1-6][a-e]?"
    r"|[1-6][a-e]?[ -]?(?:havo|vwo|mavo|vmbo))\b",
    re.IGNORECASE,
)
CLASS_OF_FUNCTION: Final = re.compile(
    rf"(?:\b(?:van|in|bij|voor) )?(?:{CLASS.pattern})(?:(?:[/&+-]| en )(?:groep ?)?[1-8][a-e]?\b)?",
    re.IGNORECASE,
)
_NATIONS: Final = (
    r"syrisch|pools|turks|marokkaans|somalisch|eritrees|afghaans|oekraïens|bulgaars|roemeens|chinees"
    r"|surinaams|antilliaans|irakees|iraans|soedanees|vietnamees|indiaas|joods|donker|zwart|moslim"
)
_CHILD: Final = r"(?:kind|jongen|meisje|leerling|kleuter|jongetje|puber|gezin|ouder|moeder|vader)"
TRAIT: Final = re.compile(
    rf"\b(?:(?:de|het) )?enige (?:(?:{_NATIONS})e? )?{_CHILD}"
    r"(?: (?:met|uit) (?:een |de |het )?\w+)?"
    rf"|\b(?:(?:de|het|een) )?(?:{_NATIONS})e {_CHILD}"
    r"|\b(?:twee|drie|vier)ling(?:zus|broer)?\b|\b(?:syndroom van )?down\b|\bsyndroom van \w+"
    r"|\b(?:met |in )?(?:een |de )?rolstoel\b|\b(?:doof|doofblind|blind|slechtziend|slechthorend)\b"
    r"|\b(?:één|een|1) (?:arm|been|oog|hand|nier)\b|\b(?:een )?(?:been|arm|oog)?prothese\b"
    r"|\b(?:transgender|transjongen|transmeisje|non-binair|albino|kunstbeen|kunstarm)\b"
    r"|\b(?:kanker|leukemie|taaislijmziekte|spierziekte|hiv|sikkelcel\w*|hemofilie)\b"
    r"|\b(?:geadopteerd|adoptiekind|draagmoeder)\b|\brolstoeler\b|\bstomazakje\b|\bgehoorapparaat\b"
    r"|\b(?:(?:zijn|haar|de|wiens) )?(?:moeder|vader|ouders|broer) "
    r"(?:zit |zitten )?(?:in de (?:gevangenis|bak|cel)|vast)\b"
    r"|\b(?:de |een )?(?:burgemeester|dominee|wethouder|imam|pastoor|huisarts|wijkagent|raadslid"
    r"|profvoetballer|rechter|officier van justitie)\b",
    re.IGNORECASE,
)
# Who is these is a colleague as often as a parent: only when a parent is one, or kin of one.
FUNCTION: Final = re.compile(
    r"burgemeester|dominee|wethouder|imam|pastoor|huisarts|wijkagent|raadslid|profvoetballer|rechter"
    r"|officier",
    re.IGNORECASE,
)
IS_A_PARENT: Final = re.compile(
    r"\b(?:moeder|vader|ouder|opa|oma|man|vrouw) is (?:de |een )?\Z"
    r"|\b(?:(?:klein)?(?:kind|zoon|dochter)(?:tje)?|zus(?:je)?|broer(?:tje)?|nicht(?:je)?|neef(?:je)?"
    r"|moeder|vader|man|vrouw|partner|familie) van (?:de |een |onze )?\Z",
    re.IGNORECASE,
)
ALONE: Final = re.compile(r"\benige\b", re.IGNORECASE)
OWN_PLACE: Final = re.compile(
    r"\b(?:ons|dit|het|mijn) (?:dorp|gehucht|buurtschap|straatje)\b"
    r"|\b(?:bij ons op|onze|deze|mijn) school\b",
    re.IGNORECASE,
)


def combined(text: str, *, named_place: bool) -> Iterator[Spot]:
    """Find each class and each rare trait of a text in which both stand.

    ``named_place``: a school or a neighbourhood is named besides. Who is "the only one" is found
    where a class, a school or a village is told.
    """
    classes = [(match.start(), match.end()) for match in CLASS.finditer(text)]
    traits = [
        (match.start(), match.end()) for match in TRAIT.finditer(text) if _is_trait(text, match)
    ]
    here = bool(classes) or named_place
    alone = any(ALONE.search(text[start:end]) for start, end in traits)
    if not traits or not (here or (alone and OWN_PLACE.search(text))):
        return
    for start, end in [*classes, *traits]:
        yield Spot(start, end, Kind.COMBINATION)


def without_class(called: str) -> str:
    """Return what a function is called without its class: "leerkracht groep 5" tells who asks."""
    found = CLASS_OF_FUNCTION.sub("", called)
    return " ".join(found.split()).strip(" ,-") or called


def _is_trait(text: str, match: re.Match[str]) -> bool:
    if not FUNCTION.search(match.group()):
        return True
    start = match.start()
    first = re.match(r"(?:de|een) ", match.group(), re.IGNORECASE)
    return bool(IS_A_PARENT.search(text[: start + (first.end() if first else 0)]))
