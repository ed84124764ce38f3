"""Names that the rules of room language leave: in small letters, alone, or not in any list. Pure.

People write on a phone, without capitals. A small word is a name when it stands where a name
stands ("mijn dochter noor", "hij heet sem") and is in the list of first names. A word with a
capital in the middle of a sentence is a name unless it is known as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from smartstart.consult.identity import lists
from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.language.names.people import SENTENCE_END, TRIGGERS, Token, Words
from smartstart.language.names.words import COMMON, FORMS_OF_ADDRESS, KIN, PARTICLES

BEFORE_A_NAME: Final = KIN | FORMS_OF_ADDRESS | frozenset({"ben", "naam", "groet", "groetjes"})
# Words of our own questions with a capital in the middle of a sentence that name nobody.
_KNOWN: Final = """
    fortnite minecraft roblox fifa playstation xbox nintendo switch tiktok snapchat snap discord
    telegram youtube google spotify netflix instagram insta facebook whatsapp signal twitter twitch
    chromebook ipad iphone windows digid mijnoverheid marktplaats vinted bol klarna tikkie
    belastingdienst toeslagen sociale jeugdzorg jeugdgezondheidszorg leerplicht kindertelefoon halt
    wmo-consulent juridisch loket leergeld jeugdfonds stichting voedselbank kledingbank taalhuis
    mbo-school mavo basis kader gymnasium vwo havo vmbo-kader vmbo-t entree cito iep route8 summa
    pool poolse pools duitser duits belg turk marokkaan syriër afghaan somaliër oekraïner eritreeër
    nederlander europeaan moslima hindoe joods katholiek protestants koerdisch berbers tigrinya
    afghanistan eritrea somalië irak iran soedan ethiopië congo nigeria ghana china vietnam india
    pakistan indonesië bulgarije roemenië hongarije tsjechië italië spanje portugal griekenland
    kosovo servië bosnië rusland amerika engeland duitsland frankrijk polen turkije marokko syrië
    suriname curaçao aruba oekraïne antillen kaapverdië bulgaars roemeens russisch italiaans
    suikerfeest offerfeest hemelvaart paasvakantie kerstvakantie koningsdag moederdag vaderdag
    nt2 adhd add autisme asperger down tourette pddnos emdr ritalin dyslexie
    engelse duitse franse nederlandse arabische turkse marokkaanse syrische oekraïense europese
    leary gordon triple kanjer kanjertraining rots water kwink pbs
    bel mail app stuur wil mag kan moet zal laat kom ga doe geef zeg vraag help
    adres contact postcode telefoon leerling kind ouder vraag situatie probleem groep
    internet online corona covid god allah jezus
"""
KNOWN: Final = frozenset(_KNOWN.split())
SHORTEST: Final = 2
FAMILIES: Final = frozenset({"familie", "fam", "gezin"})


def named(text: str) -> Iterator[Spot]:
    """Find names in a text."""
    cut = Words(text)
    for at, token in enumerate(cut.tokens):
        if len(token.text) < SHORTEST:
            continue
        yield from _of_a_family(cut, at)
        if token.has_capital:
            yield from _with_capital(cut, at)
        elif _stands_for_a_name(cut, at):
            yield Spot(token.start, token.end, Kind.NAME)


def _with_capital(cut: Words, at: int) -> Iterator[Spot]:
    token = cut.tokens[at]
    if token.folded in KNOWN or _is_ordinary(token) or _is_place(cut, at):
        return
    if cut.known.cover(token.start, token.end):
        return
    if cut.starts_sentence(at) and not _is_first_name(token):
        return
    after = _name_ends(cut, at)
    first = at
    while first and cut.gap(first) == " " and _leads_a_surname(cut, first - 1):
        first -= 1
    yield Spot(cut.tokens[first].start, cut.tokens[after - 1].end, Kind.NAME)


def _name_ends(cut: Words, at: int) -> int:
    """Return the index after a name; one that runs into "Veilig Thuis" stops before it."""
    after = max(cut.name_from(at), at + 1)
    for place in range(at + 1, after):
        if cut.known.cover(cut.tokens[place].start, cut.tokens[place].end):
            return place
    return after


def _leads_a_surname(cut: Words, at: int) -> bool:
    """Whether this is the "Van" of "Van Gool", with a capital."""
    token = cut.tokens[at]
    return token.has_capital and token.folded in PARTICLES


def _of_a_family(cut: Words, at: int) -> Iterator[Spot]:
    """Find "van dongen" behind "gezin" or "familie", in small letters too."""
    if cut.tokens[at].folded not in FAMILIES:
        return
    after = at + 1
    while after < len(cut.tokens) and cut.tokens[after].folded in PARTICLES:
        after += 1
    if after >= len(cut.tokens) or any(cut.gap(next_) != " " for next_ in range(at + 1, after + 1)):
        return
    token = cut.tokens[after]
    if token.folded in _words() | COMMON or _is_place(cut, after):
        return
    listed = lists.surnames() if after == at + 1 else lists.surnames_behind_a_particle()
    if token.has_capital or token.text.capitalize() in listed:
        yield Spot(cut.tokens[at + 1].start, token.end, Kind.NAME)


def _is_ordinary(token: Token) -> bool:
    """Whether this word is known as something else than a name, or is an abbreviation."""
    if token.folded in COMMON or token.folded in TRIGGERS or token.text.isupper():
        return True
    return any(sign.isdigit() for sign in token.text)


def _is_place(cut: Words, at: int) -> bool:
    """Whether this is a town as one writes it: "in Tilburg", "Den Bosch"."""
    token = cut.tokens[at]
    before = cut.tokens[at - 1] if at else None
    together = f"{before.text} {token.text}" if before else token.text
    after = f"{token.text} {cut.tokens[at + 1].text}" if at + 1 < len(cut.tokens) else token.text
    town = bool({token.text, together, after} & lists.towns())
    if not town:
        return False
    said = before is not None and before.folded in {"in", "uit", "naar", "gemeente", "te", "bij"}
    return said or not _is_first_name(token)


def _is_first_name(token: Token) -> bool:
    """Whether this is a first name and not more often a word at the start of a sentence."""
    return token.text in lists.first_names() and token.folded not in _words()


@cache
def _words() -> frozenset[str]:
    return lists.words() | KNOWN


def _stands_for_a_name(cut: Words, at: int) -> bool:
    """Whether a small word stands where a name stands and is in the list of first names."""
    token = cut.tokens[at]
    if not at or cut.gap(at) not in {" ", ", ", ": "}:
        return False
    before = cut.tokens[at - 1]
    if before.folded not in BEFORE_A_NAME or token.folded in _words() | COMMON | PARTICLES:
        return False
    return token.text.capitalize() in lists.first_names()


SCHOOL: Final = re.compile(
    r"\b(?:basisschool|school|obs|cbs|rkbs|kbs|bs|sbo|vso|so|ikc|kindcentrum|kinderdagverblijf|kdv|bso"
    r"|peuterspeelzaal|peuteropvang|praktijkschool)"
    r" (?P<name>(?:(?:De|Het|'t|Den|Sint|St\.?|Onze) )?"
    r"[A-Z][\w'-]+(?: (?:van |de |den |der )?[A-Z][\w'-]+){0,3})"
    r"|(?P<whole>[A-Z][\w'-]+(?: (?:[ivxIVX]{1,4}|d'[A-Z]\w+|van|de|den|der|[A-Z][\w'-]+)){0,3}"
    r" (?:College|Lyceum|Gymnasium|Mavo|Atheneum|Scholengemeenschap))\b"
)
NO_SCHOOL: Final = frozenset({"En", "Dat", "Maar", "Ik", "Hij", "Zij", "Ze", "Wij", "We"})


def schooled(text: str) -> Iterator[Spot]:
    """Find what a school is called: "obs Het Palet", "Jeanne d'Arc College"."""
    for match in SCHOOL.finditer(text):
        part = "name" if match["name"] else "whole"
        if match[part].split()[0] not in NO_SCHOOL:
            yield Spot(match.start(part), match.end(part), Kind.SCHOOL)


def is_town(text: str) -> bool:
    """Whether these words are no more than a town: "in Den Bosch", "ex in Den Bosch"."""
    found = re.fullmatch(r"(?:\w+ )?(?:in|uit|naar|te|bij) (?P<town>[A-Z][^,.]*)", text)
    return found is not None and found["town"] in lists.towns()


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence in which a stretch stands."""
    first = max((text.rfind(sign, 0, start) for sign in SENTENCE_END), default=-1) + 1
    ends = [place for sign in SENTENCE_END if (place := text.find(sign, end)) >= 0]
    return text[first : min(ends, default=len(text))]
