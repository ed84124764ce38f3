"""The interviews the tests read: real ones where they are, else invented ones of the same size.

The real texts belong to the people in them and stay outside the repository: the environment
names their folder in ``SMARTSTART_REAL_DATA``. The invented ones have the same shape: questions
as lines without quotes, answers in curly quotes, a leftover of a web page, and one question with
its answer that stands in both texts.
"""

import os
from dataclasses import dataclass
from pathlib import Path

_SHARED_QUESTION = "Wat maakt een goede zaterdag in de winkel?"
_SHARED_ANSWER = (
    "“Dat iemand binnenkomt met gebogen schouders en rechtop weer naar buiten gaat. Dat zit niet "
    "in de boodschappen alleen. Het zit in een stoel, een kop koffie en iemand die je naam nog "
    "weet. Ik zie vaak dat mensen drie keer hun verhaal moeten doen voordat er iets gebeurt. Bij "
    "ons hoeft dat maar één keer. Door samen aan één tafel te zitten komt de vraag meteen bij "
    "degene die er iets mee kan.”"
)

_VOLUNTEER = f"""Wat doe jij bij De Volle Mand?

“Ik ben een van de vrijwilligers van voedselbank De Volle Mand in Meerwijk. Dat doe ik naast mijn \
werk als conciërge op een school hier om de hoek. Toen we begonnen, bleek er van alles te spelen. \
Er kwamen steeds meer jonge gezinnen, bijv. ouders die net hun baan kwijt waren. Ik ben vooral aan \
het zoeken hoe we de winkel en de school met elkaar kunnen verbinden. Hoe zorgen we dat een kind \
niet met lege maag in de klas zit?”

Waarom was dat nodig?

“In de wijk lagen een aantal vragen die niemand oppakte. Gezinnen kwamen pas bij ons als de \
problemen hoog waren opgelopen. Als winkel wil je vooral eten uitdelen. Dat was op sommige \
dagen helemaal uit verhouding.”

“Ik hoop dat we de schaamte écht kleiner kunnen maken. Ik denk niet dat dat bij iedereen lukt, \
maar er komen dagen dat het wél lukt. Daar ben ik van overtuigd.”

{_SHARED_QUESTION}

{_SHARED_ANSWER}

Wat hoop je met deze pilot te bereiken?

“Twee dingen zijn me bijgebleven. Ik was verbaasd over de stapels papier die rond één gezin \
liggen. Soms moet een moeder aan meer dan 12 loketten hetzelfde vertellen. Minder loketten is echt \
heel belangrijk. Niet alleen bij de gemeente, maar ook de school, de huisarts en de \
woningbouw mogen dezelfde woorden gaan gebruiken. Daarnaast hoop ik dat we naast het pakket ook \
de ouders zelf meer laten vertellen wat zij nodig hebben. Zorg dat iemand zich welkom voelt en \
praat niet over mensen, maar met ze. Dan kom je samen veel verder, ook in weken waarin het even \
tegenzit en de schappen halfleeg zijn. Mevr. Van Dam zei laatst: als je luistert, hoef je minder \
te vragen. Dat is precies wat ik bedoel.”
"""

_PAGE = f"""Skip to content
Pilots in Meerwijk

Pilots, vragen en oplossingen

Een pilot begint bij een vraag die leeft in een wijk, een dorp of rond een plek waar gezinnen \
komen. Die vraag gaat over kinderen, jongeren en ouders in de buurt van die plek. Bijvoorbeeld: \
Hoe voorkomen we dat een gezin pas hulp krijgt als het bijna te laat is? Of: Hoe zorgen we ervoor \
dat een school en een winkel elkaar weten te vinden en ouders eerder en sneller verder kunnen? \n
Op dit moment lopen er in Meerwijk verschillende pilots, in drie buurten, op vijf verschillende \
plekken; onder meer in een buurthuis en bij voedselbank De Volle Mand. Zin om zelf een pilot te \
beginnen? Stuur dan een bericht naar hallo@meerwijk.example

Een filmpje over een deel van de pilots staat hieronder. Daarin zie je hoe verschillend de vragen \
zijn waar we in de wijk samen mee aan de slag gaan.

Interview Noor Blauwgras – vrijwilliger in de winkel

{_SHARED_QUESTION}

{_SHARED_ANSWER}

Jongeren en ouders

Bij de pilots werken we samen met jongeren en ouders. Voor de eerste pilot, bij De Volle Mand, \
zijn ouders geïnterviewd en hebben zij in de winkel met het team te maken gehad. In de volgende \
stap van deze pilot denken ouders ook mee in de ontwerpsessies, zodat zij de oplossing mee maken. \
In de pilot in het buurthuis spraken we jonge vaders over hun ervaringen, en ook de mensen die met \
jonge vaders werken. Iemand van een bewonersgroep zat vanaf het begin in het projectteam. In de \
volgende stap krijgen de vaders een grotere rol, ook bij het vertellen over de oplossing en bij \
het werk zelf (avonden waarop vaders samen koken, zodat zij elkaar kunnen helpen). In de derde \
pilot sluiten gezinnen uit de Lindestraat aan bij het projectteam, samen met een paar jongeren.

Jongeren en ouders kunnen we niet missen. Zonder hen bedenken we geen goede oplossingen en blijven \
we ‘pleisters plakken op een lekke band’; mensen helpen als het al mis is in plaats van ervoor \
zorgen dat het niet misgaat.
"""


@dataclass(frozen=True, slots=True)
class Interviews:
    """An interview and a page that repeats one question and answer of it."""

    origin: str
    interview: str
    page: str


INVENTED = Interviews("invented", _VOLUNTEER, _PAGE)


def real_interviews() -> Interviews | None:
    """The real texts, or None on a machine that does not have them."""
    folder = os.environ.get("SMARTSTART_REAL_DATA")
    if not folder:
        return None
    names = ("interview-gedragscoach.txt", "pilots-smart-start.txt")
    interview, page = ((Path(folder) / "interviews" / n).read_text("utf-8") for n in names)
    return Interviews("real", interview, page)


def told() -> Interviews:
    """The real texts where they are, else the invented ones; a test shows which it read."""
    return real_interviews() or INVENTED


def both() -> list[Interviews]:
    """The invented texts, and the real ones where they are, for tests that cost little."""
    real = real_interviews()
    return [INVENTED, real] if real else [INVENTED]
