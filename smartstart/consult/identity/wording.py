"""What could stand in the place of what was found, so that the sentence still runs. Pure.

A stretch may grow to the left: "zoon Daan" becomes "zoon", "geboren op 12 maart 2017" becomes
"geboren in 2017". Words on the way out are Dutch, like the question; a person may write their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.consult.identity.naming import sentence_around
from smartstart.language.names.words import FORMS_OF_ADDRESS, FUNCTIONS, KIN

PLAIN: Final = {
    Kind.ADDRESS: "een straat hier in de buurt",
    Kind.POSTCODE: "deze wijk",
    Kind.NEIGHBOURHOOD: "een wijk",
    Kind.PHONE: "(telefoonnummer)",
    Kind.BSN: "(burgerservicenummer)",
    Kind.MAIL: "(mailadres)",
    Kind.WEB: "(website)",
    Kind.ACCOUNT: "(rekeningnummer)",
    Kind.PLATE: "(kenteken)",
    Kind.HANDLE: "(naam van het account)",
    Kind.NUMBER: "(nummer)",
}
ADDRESSED: Final = {
    **dict.fromkeys(("mevrouw", "mevr", "mw", "mej", "mejuffrouw"), "een vrouw"),
    **dict.fromkeys(("meneer", "mijnheer", "heer", "dhr", "hr"), "een man"),
    **dict.fromkeys(("juf", "juffrouw"), "de juf"),
    "meester": "de meester",
    "dokter": "de dokter",
    "dr": "de dokter",
    "oma": "oma",
    "opa": "opa",
    "tante": "een tante",
    "oom": "een oom",
}
FAMILY: Final = {"familie": "een gezin", "gezin": "gezin"}
CALLED: Final = frozenset({"heet", "heette", "heten", "noemen", "genaamd"})
CALLED_SO: Final = "(naam)"  # "ze heet een meisje van 8" is no sentence
BEFORE: Final = re.compile(r"(?<!\w)(?P<word>[^\W\d_]+)(?P<gap>\.? )\Z")
GIRL: Final = re.compile(r"\b(?:meisje|dochter|dochtertje|zus|zusje|zij|ze|haar)\b", re.IGNORECASE)
BOY: Final = re.compile(
    r"\b(?:jongen|jongetje|zoon|zoontje|broer|broertje|hij|hem)\b", re.IGNORECASE
)
CHILD: Final = re.compile(
    r"\b(?:kind|kinderen|klas|groep|school|leerling|pest\w*|juf|meester|toets\w*|brugklas)\b",
    re.IGNORECASE,
)
AGE: Final = re.compile(
    r"\b(?:(?P<years>1?\d) jaar|(?P<old>1?\d)-?jarige?|is (?P<bare>1?\d)\b(?! (?:keer|uur|weken)))",
    re.IGNORECASE,
)
TOWN: Final = re.compile(r"\bin (?P<town>(?:Den )?[A-Z][a-zë'-]{2,20})\b")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
ON: Final = re.compile(r"\bop (?:de )?\Z", re.IGNORECASE)
THE: Final = re.compile(r"\b(?:de|het) \Z", re.IGNORECASE)
CLASS_NUMBER: Final = re.compile(r"\d")
LOOKS_BACK: Final = 60  # characters
LOWEST: Final = 2
MIDDLE: Final = 5


@dataclass(frozen=True, slots=True)
class Worded:
    """A stretch, and what could stand there."""

    start: int
    end: int
    kind: Kind
    proposal: str


CALLED_SCHOOL: Final = re.compile(
    r"\b(?:de |het |een )?(?:basisschool|school|obs|cbs|rkbs|kbs|bs|sbo|vso|so|ikc|kindcentrum|bso"
    r"|kinderdagverblijf|kdv|college|lyceum|peuterspeelzaal|peuteropvang) \Z"
    r"|\b(?:de |het )\Z",
    re.IGNORECASE,
)
GOES_TO_SCHOOL: Final = re.compile(
    r"\b(?:zit(?:ten)?|zat(?:en)?|gaat|gaan|ging(?:en)?|leerling|leerlingen)(?: \w+){0,3}"
    r" (?:op|naar|van) (?:de |het |een )?\Z",
    re.IGNORECASE,
)
OF_A_SCHOOL: Final = re.compile(r"(?:de|het|'t|sint|st\.?|onze) \w", re.IGNORECASE)
SOON: Final = re.compile(r"vandaag|(?:over)?morgen|(?:volgende week )?[a-z]+dag", re.IGNORECASE)
OF_SOMEBODY: Final = re.compile(r"\bvan \Z", re.IGNORECASE)


def worded(text: str, spot: Spot) -> Worded:
    """Give a found stretch its wording."""
    if spot.kind is Kind.NAME:
        return _name(text, spot)
    if spot.kind is Kind.BIRTH:
        return _birth(text, spot)
    if spot.kind is Kind.SCHOOL:
        return _school(text, spot)
    if spot.kind is Kind.COMBINATION:
        return _combination(text, spot)
    start = spot.start
    if spot.kind is Kind.ADDRESS and (the := THE.search(text, max(0, start - LOOKS_BACK), start)):
        start = the.start()
    return Worded(start, spot.end, spot.kind, PLAIN[spot.kind])


def _school(text: str, spot: Spot) -> Worded:
    town = TOWN.search(text, spot.end)
    called = CALLED_SCHOOL.search(text, max(0, spot.start - LOOKS_BACK), spot.start)
    proposal = f"een school in {town['town']}" if town else "een school"
    end = town.end() if town and not text[spot.end : town.start()].strip() else spot.end
    return Worded(called.start() if called else spot.start, end, spot.kind, proposal)


def _combination(text: str, spot: Spot) -> Worded:
    """Give a class or a trait a wider word that brings its own "de" or "een"."""
    proposal = _wider(text[spot.start : spot.end])
    the = THE.search(text, max(0, spot.start - LOOKS_BACK), spot.start)
    start = the.start() if the and proposal.startswith(("de ", "een ")) else spot.start
    return Worded(start, spot.end, spot.kind, proposal)


def _plain(spot: Spot, proposal: str) -> Worded:
    return Worded(spot.start, spot.end, spot.kind, proposal)


def _is_of_a_school(text: str, spot: Spot) -> bool:
    """Whether a name is that of a school by where it stands: "zit op De Regenboog"."""
    before = GOES_TO_SCHOOL.search(text, max(0, spot.start - LOOKS_BACK), spot.start)
    if before is None:
        return False
    is_at = before.group().endswith(("op ", "op de ", "op het ", " De ", " Het "))
    return is_at or OF_A_SCHOOL.match(text, spot.start) is not None


def _name(text: str, spot: Spot) -> Worded:
    if _is_of_a_school(text, spot):
        return _school(text, spot)
    before = BEFORE.search(text[max(0, spot.start - 30) : spot.start])
    if before:
        word, start = before["word"].casefold(), spot.start - len(before.group())
        instead = _instead(word, before["word"])
        if instead:
            the = THE.search(text, max(0, start - LOOKS_BACK), start) if word in FAMILY else None
            return Worded(the.start() if the else start, spot.end, spot.kind, instead)
        if word == "van":
            return _plain(spot, "iemand")
        if word in CALLED:
            return _plain(spot, CALLED_SO)
    return _plain(spot, _somebody(text, spot))


def _instead(word: str, written: str) -> str:
    """Return what stands for "juf Ellen", "zoon Daan" or "familie Jansen"; empty: nothing."""
    if word in ADDRESSED:
        return ADDRESSED[word]
    if word in FAMILY:
        return FAMILY[word]
    if word in (KIN | FUNCTIONS) - CALLED:
        return written
    return written if word in FORMS_OF_ADDRESS else ""


def _somebody(text: str, spot: Spot) -> str:
    """Return "een meisje van 9", as far as the sentence tells it."""
    sentence = sentence_around(text, spot.start, spot.end)
    age = AGE.search(sentence)
    years = next((found for found in age.groups() if found), "") if age else ""
    who = "een meisje" if GIRL.search(sentence) else "een jongen" if BOY.search(sentence) else ""
    if not who:
        who = "een kind" if years or CHILD.search(sentence) else "iemand"
    return f"{who} van {years}" if years else who


def _birth(text: str, spot: Spot) -> Worded:
    if SOON.fullmatch(text[spot.start : spot.end]):
        return Worded(spot.start, spot.end, spot.kind, "binnenkort")
    year = YEAR.search(text[spot.start : spot.end])
    on = ON.search(text, max(0, spot.start - LOOKS_BACK), spot.start)
    start = on.start() if on else spot.start
    proposal = f"in {year.group()}" if year else "op een dag"
    if year and OF_SOMEBODY.search(text, max(0, spot.start - LOOKS_BACK), spot.start):
        proposal = year.group()
    return Worded(start, spot.end, spot.kind, proposal)


WIDER: Final = (
    (r"ling\b|lingzus|lingbroer", "kinderen uit één gezin"),
    (r"gevangenis|\bbak\b|\bcel\b|\bvast\b", "een ouder die er niet is"),
    (r"rolstoel|prothese|\b(?:arm|been|oog|hand|nier)\b|kunst(?:arm|been)|gehoor", "een handicap"),
    (r"doof|blind|slechtziend|slechthorend", "gehandicapt"),
    (r"syndroom|down|kanker|leukemie|ziekte|hiv|sikkelcel|hemofilie|stoma", "een ziekte"),
    (r"trans|non-binair|albino|adopt|draagmoeder", "anders dan anderen"),
    (r"kind|jongen|meisje|leerling|kleuter|puber", "een kind"),
    (r"gezin", "een gezin"),
)
WITH: Final = re.compile(r"(?:met|in) (?:een |de )?rolstoel", re.IGNORECASE)
KNOWN_BY_MANY: Final = "iemand die veel mensen kennen"


def _wider(said: str) -> str:
    """Return a wider word for a class or a trait."""
    number = CLASS_NUMBER.search(said)
    if said.casefold().startswith("groep") and number:
        level = int(number.group())
        if level <= LOWEST:
            return "een kleutergroep"
        return "de middenbouw" if level <= MIDDLE else "de bovenbouw"
    if re.search(r"klas|havo|vwo|mavo|vmbo|gymnasium|mbo", said, re.IGNORECASE):
        return "de middelbare school"
    wider = (instead for traits, instead in WIDER if re.search(traits, said, re.IGNORECASE))
    found = next(wider, KNOWN_BY_MANY)
    return f"met {found}" if WITH.match(said) else found
