"""Every component with invented content, one line per state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator

from smartstart.web.gallery.forms import SampleForm
from smartstart.web.gallery.people import CHOOSER, DAAN, FATIMA, KARIN


@dataclass(frozen=True)
class Specimen:
    """One component in one state; ``state`` says in Dutch what is to be seen."""

    component: str
    state: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The file, as a page names it."""
        return f"components/{self.component}.html"


def _s(component: str, shown: str, /, **context: object) -> Specimen:
    return Specimen(component, shown, context)


def _buttons() -> Iterator[Specimen]:
    yield _s("button", "de ene gevulde knop", words="Stel een vraag", kind="primary", icon="ask")
    yield _s("button", "omlijnd", words="Later")
    yield _s("button", "antwoord sturen", words="Stuur antwoord", kind="positive")
    yield _s("button", "klein", words="Code 2", small=True)
    yield _s("button", "kan nu niet", words="Voeg samen", disabled=True)
    yield _s("button_link", "de volgende stap", words="Bekijk de vragen", url="#", kind="primary")
    yield _s("button_link", "omlijnd, met teken", words="Geef door", url="#", icon="forward")
    yield _s(
        "link_standalone", "los, met teken", words="Ik wil eerst iets vragen", url="#", icon="ask"
    )
    yield _s("link_standalone", "verder", words="Alle mensen in mijn kring", url="#", on=True)
    yield _s("yes_no", "tweelingen", yes="Ja, dat mag", no="Nee, liever niet")
    yield _s("away", "snel weg")
    yield _s("lock", "op slot", lock_url="#")


def _marks() -> Iterator[Specimen]:
    for state in ("example", "weakened", "withdrawn", "waiting", "done", "late", "blind"):
        yield _s("status", state, state=state)
    yield _s("example_mark", "naast wat verzonnen is")
    yield _s("visit_reason", "waarom iemand op het werk kijkt", words="samen praten")
    yield _s("badge", "gewoon", words="concept")
    yield _s("badge", "opgeslagen", words="opgeslagen 10.42 uur", kind="done", icon="check")
    yield _s("badge", "gevaar", words="sluit vandaag", kind="danger", icon="warning")
    yield _s("code_tag", "eerste code", number=1, name="Steeds opnieuw vertellen")
    yield _s("code_tag", "tweede code", number=2, name="Schaamte")
    yield _s("code_tag", "zevende code", number=7, name="Iemand die naast me staat")
    yield _s("icon", "los", name="hand")
    yield _s("icon", "in een rondje", name="school", kind="round")
    yield _s("face", "getekend", face="fatima")
    yield _s("face", "klein", face="joost", size="small")
    yield _s("face", "een functie, zonder gezicht")


def _notices() -> Iterator[Specimen]:
    yield _s(
        "notice",
        "uitleg",
        kind="info",
        strong="Jullie zijn het vaak eens: 0,78.",
        words="0 is toeval, 1 is altijd eens.",
        icon="chart",
    )
    yield _s(
        "notice",
        "gelukt",
        kind="done",
        strong="Al opgepakt door Karin, om 10.02 uur.",
        words="Jij hoeft niets te doen. Dank je wel.",
    )
    yield _s(
        "notice",
        "wachten",
        kind="waiting",
        strong="Eén ouder zei ja, één ouder zei nee.",
        words="Er wordt nu niets gedeeld.",
    )
    yield _s(
        "notice",
        "gevaar",
        kind="danger",
        strong="Gevaar?",
        words="Wacht niet op antwoord hier. Bel",
        phone="112",
    )
    yield _s(
        "notice",
        "rustig",
        words="Nu leest niemand mee. Maandag om 8.30 uur is Fatima er weer.",
        icon="clock",
    )
    yield _s(
        "notice",
        "teruggenomen, voor wie het terugnam",
        kind="invite",
        strong="Gestopt. Daan leest niets meer.",
        words="Dit gaat door: Fatima houdt haar eigen verslag. Dat moet van de wet.",
        url="#",
        link="Waarom?",
    )


def _kept() -> Iterator[Specimen]:
    yield _s(
        "error_kept",
        "met een mens om te bellen",
        button="Stuur",
        name="Karin",
        phone="013 000 0114",
    )
    yield _s(
        "text_kept",
        "wat je schreef is er nog",
        typed=[("words", "Ze slaapt slecht sinds de zomer.")],
    )
    yield _s("weakened", "1 van 2 stemmen", left=1, total=2)
    yield _s(
        "tombstone",
        "openbaar",
        when="november 2026",
        what="Eén inzicht is daardoor verzwakt.",
        holder="Yara Mensah",
        until="16 november",
    )
    yield _s("gone", "voor wie het las", words="Anouk nam haar ja terug op 22 november.")
    yield _s("messages", "na een daad", messages=["Opgeslagen."])


def _cards() -> Iterator[Specimen]:
    yield _s(
        "card",
        "gewoon",
        above="Tilburg",
        heading="Basisschool De Zuidwester",
        url="#",
        words="Hoe bereiken we ouders voordat het te veel wordt?",
        state="example",
        icon="school",
    )
    yield _s(
        "card",
        "wacht op jou",
        heading="Klopt dit verslag?",
        words="Lees je het even na?",
        kind="waits",
    )
    yield _s(
        "card",
        "uitnodiging",
        heading="Iets vragen?",
        words="Je hoeft niet te weten bij wie.",
        kind="invite",
    )
    yield _s(
        "card", "rustig", heading="Wie deed mee", words="11 ouders en 4 jongeren.", kind="quiet"
    )
    yield _s(
        "card", "honing", heading="Zie jij iets?", words="Drie zinnen is genoeg.", kind="honey"
    )
    yield _s(
        "card",
        "gekozen",
        heading="Ergotherapeut",
        words="wijk Korvel",
        kind="chosen",
        below="013 000 0131",
    )


def _figures() -> Iterator[Specimen]:
    question = "Hoe groeit een kind goed op als er weinig geld is?"
    yield _s(
        "pilot_card",
        "op de eerste bladzijde",
        place="Gilze en Rijen",
        name="Voedselbank",
        url="#",
        question=question,
        stand=3.5,
        stand_words="Wordt uitgeprobeerd",
        heard=12,
        icon="basket",
        example=True,
    )
    yield _s(
        "figure_card",
        "met onzekerheid",
        value="31%",
        words="van de gezinnen heeft één ouder.",
        low="28",
        high="34%",
        source="CBS",
        year=2023,
    )
    yield _s(
        "figure_card",
        "niet bekend",
        words="hoeveel kinderen te laat hulp krijgen.",
        why_unknown="Gevraagd op 4 mei, geweigerd.",
        url="#",
    )
    yield _s(
        "quote_card",
        "met bron",
        quote="Ik vertelde het vijf keer, aan vijf mensen.",
        who="moeder, 34",
    )
    yield _s(
        "empty_state",
        "niets wacht",
        heading="Niets wacht op jou",
        words="Fijn. Iets nieuws zie je hier vanzelf.",
        url="#",
        link="Stel een vraag",
    )
    yield from (
        _s("chooser_card", person["family"], person=person, action="#") for person in CHOOSER
    )


def _people() -> Iterator[Specimen]:
    yield _s("holder", "met telefoon", holder=FATIMA)
    yield _s("holder", "aangeboden", holder=KARIN, asked="Daan")
    yield _s("holder", "met een dag", holder=DAAN, when="Elke woensdag, tot de zomer.")
    yield _s("waiting", "op tijd", waited=2, promised=4, then="vrijdag: Karin")
    yield _s("waiting", "net gevraagd", waited=0, promised=3, then="donderdag: Karin")
    yield _s("waiting", "langer dan beloofd", waited=4, promised=3, then="morgen: Els")


def _progress() -> Iterator[Specimen]:
    for stand in (0, 2.5, 3.5, 5):
        yield _s("stand", f"stand {stand}", stand=stand)
    yield _s("stand_bar", "op een kaart", stand=3.5)
    yield _s(
        "question_history",
        "twee keer veranderd",
        versions=[
            {"when": "oktober 2019", "question": "Hoe bereiken we gezinnen met schulden?"},
            {
                "when": "september 2021",
                "question": "Hoe helpen we ouders die alleen zijn?",
                "changed_by": "12 gesprekken met ouders en jongeren",
            },
            {
                "when": "januari 2022",
                "current": True,
                "url": "#",
                "question": "Hoe groeit een kind goed op als er weinig geld is?",
                "changed_by": "het inzicht “ouders vertellen hun verhaal te vaak”",
            },
        ],
    )
    yield _s(
        "checklist",
        "waarom 3,5",
        items=[
            {"words": "Getest met ouders (14) en maatjes (6)", "done": True},
            {"words": "Wat er na de test veranderde, staat op papier", "done": True},
            {
                "words": "gemeente besluit over invoeren.",
                "holder": "Els Brands",
                "until": "3 december",
            },
        ],
    )
    yield _s("day", "volgende afspraak", on=date(2026, 11, 26), words="om 14.30 uur, met Fatima.")
    yield _s(
        "how_steps",
        "zo gaat dat",
        steps=[
            {"icon": "ask", "heading": "Een vraag", "words": "Iemand ziet iets terugkomen."},
            {"icon": "bubble", "heading": "Luisteren", "words": "We praten en we tellen."},
            {"icon": "bulb", "heading": "Bedenken", "words": "Ouders en jongeren maken mee."},
            {"icon": "chart", "heading": "Kijken", "words": "We meten of het helpt."},
        ],
    )


def _guides() -> Iterator[Specimen]:
    yield _s(
        "steps",
        "halverwege",
        label="Stappen van een gesprek",
        steps=[
            {"label": "Inlezen", "url": "#", "done": True},
            {"label": "Namen nakijken", "current": True},
            {"label": "Coderen"},
        ],
    )
    yield _s(
        "guide",
        "eerste keer",
        heading="Je pilot in drie stappen",
        close_url="#",
        steps=[
            {"words": "Kies de vraag.", "done": True},
            {"words": "Plan een gesprek.", "url": "#", "link": "Plan er een"},
            {"words": "Lees en geef woorden een code."},
        ],
    )
    yield _s(
        "progress",
        "hoe ver",
        value=40,
        of=100,
        words="De namen worden gezocht: 40 van 100.",
        name="p1",
    )
    yield _s("progress", "nog niet te zeggen", words="We zetten alles klaar.", name="p2")


def _lists() -> Iterator[Specimen]:
    yield _s(
        "table",
        "klein",
        caption="Wie deed mee",
        heads=["Wie", "Hoeveel", "Hoorde terug"],
        rows=[["ouders", "11", "8"], ["jongeren", "4", "2"], ["werkers", "9", "2"]],
    )
    yield _s(
        "breadcrumb",
        "terug",
        crumbs=[{"label": "Pilots", "url": "#"}, {"label": "Voedselbank", "url": "#"}],
    )
    yield _s(
        "chips",
        "zeven",
        label="Kies een stand",
        chips=[
            {"label": "Alle 6", "url": "#", "current": True},
            {"label": "Wordt bedacht (1)", "url": "#"},
            {"label": "Wordt uitgeprobeerd (4)", "url": "#"},
        ],
    )
    yield _s("pages", "bladeren", page=Paginator(range(60), 20).page(2))
    yield _s(
        "disclosure",
        "dicht",
        summary="Lees de draad als lijst",
        words="Elf stemmen en twee cijfers.",
    )
    yield _s("disclosure", "open", summary="Waarom 3,5?", words="Getest met 14 ouders.", open=True)
    yield _s(
        "contacts",
        "twee mensen om te bellen",
        people=[
            {"name": "Karin Blom", "called": "programmabureau", "phone": "013 000 00 01"},
            {"name": "Daan Vos", "called": "privacy", "phone": ""},
        ],
    )
    yield _s("contacts", "niemand bekend", people=[])


def _thread() -> Iterator[Specimen]:
    yield _s(
        "knot", "stem", kind="voice", words="“Ik vertelde het vijf keer.”", **{"from": "moeder, 34"}
    )
    yield _s(
        "knot",
        "cijfer",
        kind="figure",
        words="31% heeft één ouder",
        **{"from": "tussen 28 en 34% · CBS 2023"},
    )
    yield _s(
        "knot", "inzicht", kind="insight", words="Ouders vertellen hun verhaal te vaak.", url="#"
    )
    yield _s("knot", "vraag", kind="question", words="Hoe kunnen we zorgen dat het één keer hoeft?")
    yield _s(
        "knot",
        "oplossing",
        kind="solution",
        words="Duo-hulp",
        **{"from": "een maatje naast de hulpverlener"},
    )
    yield _s(
        "knot", "gemeten", kind="measured", words="Getest met 14 ouders", **{"from": "3 stopten"}
    )
    yield _s(
        "knot",
        "nog niet gemeten",
        kind="coming",
        words="Nog niet gemeten",
        **{"from": "maart 2027"},
    )
    yield _s(
        "knot",
        "verzwakt",
        kind="weakened",
        words="Hulp begint pas als het misgaat.",
        **{"from": "verzwakt: 1 van 2 stemmen"},
    )
    yield _s(
        "knot",
        "ingetrokken",
        kind="withdrawn",
        words="Stem ingetrokken",
        **{"from": "De inhoud is weg."},
    )


def _words() -> Iterator[Specimen]:
    entry = {"word": "melding", "plain": "bericht", "english": "report"}
    fields = [("onderwijs", "Een bericht van school."), ("gezondheid", "Een bericht van een arts.")]
    yield _s("term", "tik voor uitleg", entry=entry, shown="meldingen", id="uitleg", fields=fields)
    clash = {"word": "melding", "meanings": fields}
    long = {
        "shown": "Indien",
        "why": "Dit klinkt als een kantoor. Zeg:",
        "instead": "als",
    }
    yield _s("writing_hints", "terwijl iemand schrijft", clashes=[clash], plainer=[long])


def _forms() -> Iterator[Specimen]:
    filled = {"title": "Slapen", "until": "answer", "parts": ["note"], "place": "school"}
    empty = SampleForm(auto_id="leeg_%s", initial=filled)
    refused = SampleForm({"story": "Ze slaapt slecht."}, auto_id="fout_%s")
    refused.is_valid()
    yield _s("form", "teruggekomen met fouten", form=refused, button="Stuur", cancel_url="#")
    for name in ("title", "story", "day", "place", "until", "parts", "text", "agreed", "ticket"):
        yield _s("field", f"veld {name}", field=empty[name])


GROUPS: Final[list[tuple[str, list[Specimen]]]] = [
    ("Knoppen en links", list(_buttons())),
    ("Merken en tekens", list(_marks())),
    ("Mensen en wachten", list(_people())),
    ("Meldingen", [*_notices(), *_kept()]),
    ("Kaarten", [*_cards(), *_figures()]),
    ("Waar het staat", [*_progress(), *_guides()]),
    ("Lijsten en wegwijzers", list(_lists())),
    ("De draad", list(_thread())),
    ("Woorden", list(_words())),
    ("Formulieren", list(_forms())),
]
