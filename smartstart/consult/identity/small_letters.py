"""Names in small letters wherever they stand, and in a text of capitals only. Pure.

Who types on a phone leaves capitals out. A first name of the list is a name, also in small
letters, unless it is an ordinary word as well: those are told here. A surname goes along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from smartstart.consult.identity import lists
from smartstart.consult.identity.kinds import Kind, Spot
from smartstart.consult.identity.naming import KNOWN
from smartstart.language.names.people import Words
from smartstart.language.names.words import COMMON, PARTICLES

SHORTEST: Final = 3
MOST_PARTICLES: Final = 2
OWNS: Final = re.compile(r"['’]s\Z", re.IGNORECASE)
# First names that are words of Dutch, or of a language in which people ask here.
_ALSO_WORDS: Final = """
    aal aas adder adem age ale alien alike alpha als alt ame amor ane angel ans are arena ark
    art ate august aura baar babs baby bad bak bal bang bar bars base bate beau been beer
    beertje belle bene bent beren berk bes bet bette bien bij bill bios blaas boa boas bode
    boef boei boer bok bono boor bora bord bos bot bote botje botte boy boyd brain brand brood
    brunette buck buddy buis buse can candy care cars cash cent che cher cherry chi christ
    christen chu cil cis city clay come constant cruz cum curt daily daisy dame dane dang dar
    dat dawn day deal dean deden dee deen del deli dem demo den deni desire die diem dies
    diesel dik dila dim dimmen din dine ding dit dita doen doha dolly dom domino don done dong
    door dor dot drie dries drink dua due duk dun dura dure duur earl ece echt eda eden eef
    een eend eene egel eggo ego eik eis elan elf elk else ema ene eng engel engeltje ente era
    eren erin eros erwt eten eve even fai faith fake falk fan fang far fee feit feite fela fem
    fera fin fine fit flink flint flip flor fon fong fop fox fran france frat fun funda fung
    funs fut gale game gauw gees gele gelt gene genesis germ giel gij gil gilde gill ginger
    gist glen goed gonzo goof goos graham greet grendel griffin groot gul hai hak hal hale
    hana hand hang hao haring harp harper has hay heather heaven heb hee heer heere hei heil
    hel hela helle hem hen heng hens her heren herm hermes hero hert het hier hij him hin hind
    hint hira hoe hok hol holly hon hong hope horst huh hui huig huis hun hung hyke ide ids
    iets ika ike ina indiana indie indigo indy ingen ink inke inne inte inti ise isha ishi
    isis islam ita ite jaren jas jase jeen jeep jelly jen jent jersey jesus jihad jin jing job
    jong jordaan jordan jou judo juist jul juli july june juni junior juno jur just justice
    kaan kaas kam kan kar kara kars kas kast kat kato kee keet ken keuze khan kick kie kiek
    kiel kiem kien kier kiet kik kind king kingston kip kist kit kitty knie koe kok kom kon
    kong konijn koop koos kop kor kou kuis laan laas laat lai lam lan land lang lard lau
    laurel lava lay lean led lee leed leef leen leg lei leif lelie lema len lene les lest leve
    lever lezen liberty lid lie lief liggen lijn lijntje lika like lima lime lin line ling
    lint lion liss loe loet lof lok lol lon lone loop lor lott lotus love lovely luck lucky
    lui luit lun lune lus lust lute luus lux luz maan maar maas maat maatje mac mace made mag
    mai mak make maks mal mala malu man mana mano mans mare mark mars mas mase mason mat math
    matje max may me mede mee meel meer meg mei meia meid meie meis mena mens mensen ment
    mercedes mercy merle mert mes met meta mete mex mey mid mie miel mien mies mija mijn mijs
    mik miles milieu mille miller mim min mine ming mink mint mis moe mol mom moon moos mop
    more mos mug murk mus must naam nacht nail nam nan nanny nard nas nat naut nee neef neel
    neer nees nel nemen nemo nen nest net nevada neve new nic niet nike nil nine ninja noch
    noe nog nol nonna noord nore november nowi nox nu nur obe obed ocean ode oke ole olive
    olla oma omen ona one onne ons oom oord oostende op ora orla otter oud ouwe ozge paard
    paas pan pap parel pari paris parker pas pat pax pearl pee peer peet pei pek pel pem pen
    peng pep pepper per pie pier pij pijn pil pin ping pink pio pit pita plu pluk pol pom pop
    poppy por pot prince princess pui puk quint raaf rad ram ran rap raven ray real rede reef
    reem rein rem ren rena rest reus rex rib ric rick ridge rie riet riff rij rijk rim rin
    ring rink rio rit rive river robijn roc rochelle rocky roer rok roma roman romana romano
    rome romein romp rond rong rood rose ross rover rozen rug ruit run rus rust rut sage sai
    said saif sal salem sama same san sana sang sap sape sas sat save saya scarlet schat sea
    sec sel sen sene senior senna sera seven shell sib sic sie sierra sila silva silver sim
    sin sing singel sion sip sky slim smal sol som soma son soof spike splinter star stef sten
    step ster stern sterre still stip storm struik sud sude sue sui suit sultan summer sun
    sunny sura sus suse tak take tal tam tamme tan tand tang tao tark tas tea teen tel ten
    tera terra tes test thai the thee then thie tien ties tiger tij tijm tik tile time tin
    tine ting tini tip tira toe tok toke tol tom ton toni toontje toos top tor tore tos tot
    touw tove trea tree tres treu trinity troost tuba tuin tuna turk tut ubah utku uur vaak
    vader vaja val valencia van vara vast vaya vee veel veer vel veli venice ver vere vet vic
    vice vie vienna vier vik vin vind vinh vinn violet vis vita vive vlam vlinder volken voor
    vos vrede vrouwtje wail wan wang want ward warm warner wart was wea week weg wei weia wel
    wen werk wes wester wia wick wie wieg wiek wien wig wij wijn wijntje wijs wik wil wild
    wille willow win wina wind wing wiro wit wol wolf wonder yang yen zaak zal zand zeb zee
    zeer zef zeg zel zelf zen zes zij zijn zin zoet zomer zon zonne zoon zot zuid zus zwaan
    zwart zweer
"""
ALSO_WORDS: Final = frozenset(_ALSO_WORDS.split())


def in_small_letters(text: str) -> Iterator[Spot]:
    """Find first names without a capital, or in capitals only, with the surname behind them."""
    cut = Words(text)
    for at, token in enumerate(cut.tokens):
        name = OWNS.sub("", token.text)
        if not _is_first_name(name):
            continue
        owns = name != token.text
        end = token.start + len(name) if owns else cut.tokens[_surname_ends(cut, at)].end
        yield Spot(token.start, end, Kind.NAME)


def _is_first_name(word: str) -> bool:
    if len(word) < SHORTEST or not (word.islower() or word.isupper()):
        return False
    return word.capitalize() in lists.first_names() and word.casefold() not in _words()


def _surname_ends(cut: Words, at: int) -> int:
    """Return where the name ends: at the surname behind a first name, else at itself."""
    after = at + 1
    while _follows(cut, after) and cut.tokens[after].folded in PARTICLES:
        after += 1
    if not _follows(cut, after) or after - at - 1 > MOST_PARTICLES:
        return at
    token = cut.tokens[after]
    listed = lists.surnames() if after == at + 1 else lists.surnames_behind_a_particle()
    known = token.folded in _words() and after == at + 1
    return after if token.folded.capitalize() in listed and not known else at


def _follows(cut: Words, at: int) -> bool:
    return at < len(cut.tokens) and cut.gap(at) == " "


def is_also_a_word(folded: str) -> bool:
    """Whether a first name is an ordinary word too."""
    return folded in _words()


@cache
def _words() -> frozenset[str]:
    return ALSO_WORDS | lists.words() | COMMON | PARTICLES | KNOWN
