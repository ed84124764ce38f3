"""Words of acute danger: when a question holds one, the page says once more whom to call. Pure.

A short list with its inflections, to be reviewed by people who know. Better once too often than
once too few; but a child that "is doodmoe" or a class that "ontploft" is no danger. The list never
decides anything else.
"""

from __future__ import annotations

import re
from typing import Final

_DO: Final = (
    r"vermoorden|doodmaken|doodslaan|doodschieten|neersteken|steken|wurgen|afmaken|in elkaar slaan"
)
_WHOM: Final = r"mij|me|ons|haar|hem|mama|papa|mijn \w+|zijn \w+|de kinderen"
_HITS: Final = r"slaat|schopt|wurgt|steekt|mishandelt|verkracht|bedreigt"
_HIGH: Final = r"(?:het|een|de) (?:dak|flat|balkon|brug|viaduct|toren)"
_DYING: Final = (
    r"(?:wil(?:len|t|de)?|ga(?:at|an)?|zou(?:den)?)(?: \w+){0,5} (?:dood(?:gaan|zijn)?|sterven)",
    r"dood (?:wil(?:len|t|de)?|ga(?:at|an)?|wens(?:en|t)?|zijn)",
    r"(?:niet|nooit) (?:meer|langer) (?:wil(?:len|t|de)? )?(?:leven|wakker worden|bestaan)",
    r"er niet (?:meer )?(?:wil(?:len|t)? )?(?:te )?zijn",
    r"(?:als|dat) ik er niet meer ben",
    r"beter af zonder mij",
    r"een einde? (?:aan|eraan) \w+",
    r"zelf(?:moord|doding)\w*|su[iï]cid\w*|afscheidsbrief|overdosis|ophangen",
    r"(?:voor|onder) (?:de|een) (?:trein|metro|vrachtwagen)",
    r"(?:sta|staat|stond|loopt?|ligt?|zit|ga|gaat) (?:\w+ ){0,3}op het (?:spoor|viaduct)",
    rf"van (?:af )?{_HIGH} (?:af )?(?:te )?(?:ge)?spr[io]ng\w*",
    rf"spr[io]ng\w* (?:\w+ ){{0,4}}van (?:af )?{_HIGH}",
    r"(?:pillen|medicijnen|paracetamol) (?:\w+ ){0,2}(?:gespaard|verzameld|opgespaard)",
    r"touw (?:\w+ ){0,2}(?:gekocht|klaar|om (?:mijn|haar|zijn) nek)",
    r"(?:afscheid genomen|neemt afscheid) van (?:iedereen|ons allemaal|al\w* vrienden)",
    r"(?:morgen|straks|volgende week) (?:ben|is|zijn) (?:ik|hij|zij|ze) er niet meer",
    r"(?:mezelf|mijzelf|zichzelf|zich) (?:\w+ ){0,2}(?:iets|wat) (?:aan|aan te) ?doe\w*",
    r"(?:mezelf|mijzelf|zichzelf|zich) (?:\w+ ){0,2}(?:iets|wat) aan\b",
    r"snij(?:dt|den|d|en)? (?:ik |zij |hij |ze )?(?:mij|me|zich|mezelf|zichzelf|zelf)",
    r"(?:zichzelf|mezelf|zich|me) (?:\w+ )?snij(?:dt|den|d)?|polsen door\w*",
    r"(?:pillen|medicijnen) (?:geslikt|ingenomen|genomen)",
)
_VIOLENCE: Final = (
    rf"(?:ga|gaat|gaan|zal|zullen|wil|wilt|willen|moet)(?: \w+){{0,5}} (?:{_DO})",
    r"vermoord\w*|doodgeslagen|doodgestoken|neergestoken|doodsbedreig\w*|gewurgd|aangerand",
    rf"(?:{_HITS})(?: nu| weer| elke dag| steeds)? (?:{_WHOM})",
    rf"(?:{_WHOM})(?: nu| weer| elke dag| steeds)? (?:{_HITS})",
    r"(?:word|wordt|worden) (?:nu |thuis )?(?:geslagen|mishandeld|bedreigd|verkracht|opgesloten)",
    r"(?:bij|naar) de keel|verkrachting|verkracht",
    r"durf(?:t)? niet (?:meer )?naar huis",
    r"(?:staat|is) nu (?:voor|aan) de deur",
    r"(?:ex|ex-\w+) (?:staat|is) (?:\w+ )?(?:voor|aan) de deur",
    r"houdt? (?:mij|me|ons|haar|hem) (?:\w+ )?(?:opgesloten|vast)",
)
_ENDS: Final = r"(?=\s*(?:$|[.,;:!?]|(?:en|als|in|met|of|maar|op|onder|terwijl|wanneer|'s)\b))"
_BODY: Final = r"(?:mijn|haar|zijn) (?:lijf|lichaam|borst(?:en)?|billen|piemel|plasser|vagina)"
_MEN: Final = "vader|opa|oom|broer|neef|man|vriend|trainer|meester|leraar|begeleider"
_ABUSE: Final = (
    rf"(?:zit|zat|zitten|komt|kwam) (?:(?:'s )?\w+ ){{0,3}}aan (?:mij|me|haar|hem){_ENDS}",
    rf"aan (?:mij|me|haar|hem) (?:zit|zat|zitten|komt|kwam){_ENDS}",
    rf"(?:zit|zat|zitten|komt|kwam|voelt|voelde) (?:(?:'s )?\w+ ){{0,3}}aan {_BODY}",
    rf"\w*(?:{_MEN}) (?:\w+ ){{0,3}}raakt?e? (?:mij|me|haar|hem) (?:\w+ ){{0,3}}aan",
    r"raakt?e? (?:mij|me|haar|hem) aan (?:waar|onder|tussen|op plekken)",
    r"seksueel (?:\w+ )?misbruik\w*|seksueel geweld|aanranding|aanranden|incest|ontucht|gegroomd",
    r"(?:ben|is|word|wordt|worden|werd|werden) (?:\w+ ){0,3}misbruikt",
    r"misbruikt (?:mij|me|haar|hem)",
    r"(?:moet|moest|dwingt|dwong) (?:\w+ ){0,4}(?:seks|uitkleden|naaktfoto\w*)",
    r"naaktfoto\w* (?:\w+ ){0,3}(?:gestuurd|doorgestuurd|verspreid|online)",
)
_WEAPON: Final = (
    r"(?:pistool|vuurwapen|geweer|machete|steekwapen|wapen|bijl|bom|handgranaat)s?",
    r"(?:een|met|het|zijn|haar) mes(?:sen)?(?! (?:in de|naast het) (?:la|bord))|messen",
)
_NOW: Final = (
    r"1-?1-?2|levensgevaar\w*|(?:acuut|groot|direct|in) gevaar|bewusteloos|ademt niet",
    r"ontvoer\w*|vermist|uit het raam|niet veilig thuis|thuis niet veilig",
    r"weggelopen en (?:\w+ ){0,3}(?:gevonden|thuis|terug)",
    r"baby (?:\w+ ){0,2}(?:geschud|door elkaar)",
)
_OTHER_LANGUAGES: Final = (
    r"kill\w*|suicid\w*|wants? to die|end my life|rape\w*|gun|knife|stab\w*|strangl\w*",
    r"(?:he|she|husband|partner|boyfriend|father|dad) (?:\w+ ){0,2}(?:hits|beats|hitting|beating)",
    r"molest\w*|sexual\w* (?:abus\w*|assault\w*)",
    r"(?:touch(?:es|ing)|abus(?:es|ing)) (?:me|her|him)",
    r"taciz\w*|tecavüz\w*|istismar\w*|bana dokunuyor",
    r"molestow\w*|dotyka mnie|mnie dotyka|wykorzyst\w+ seksualn\w*",
    r"ґвалт\w*|зґвалт\w*|чіпає мене|домага\w*|розбещ\w*",
    r"\w*تحرش\w*|\w*اغتصب\w*|\w*اغتصاب\w*|يلمسني",
    r"öldür\w*|intihar\w*|ölmek ist\w*|bıçak\w*|silah\w*|dövüyor\w*",
    r"zabi\w*|samobój\w*|chc[ęe] umrzeć|nóż|nożem|pistolet\w*|mnie bije|bije mnie|gwałt\w*",
    r"вбити|самогубств\w*|хочу померти|ніж|ножем|зброя|б['’]є",
    r"(?:jump\w*|throw\w*|lie|lying) (?:\w+ ){0,4}(?:train|bridge|roof|tracks)|overdos\w*",
    r"(?:not|\w+n['’]t|no longer) want(?:s|ed)? to (?:live|be alive|be here|wake up)",
    r"(?:trenin|metronun) (?:önüne|altına)|yaşamak iste(?:mi|me)\w*|kendi\w+ (?:as|kes)\w*",
    r"(?:köprü|çatı|balkon)\w*(?: \w+){0,2} atla\w*|canıma kıy\w*|canına kıy\w*",
    r"pod pociąg|(?:skocz|skoczy|skaka)\w*(?: \w+){0,2} z (?:mostu|dachu|balkonu|okna)",
    r"nie (?:chc[ęe]|chcę|chciał\w*) (?:już |dłużej )*żyć|powiesi\w*|żyć (?:już )?nie chc\w*",
    r"під (?:потяг|поїзд)|не хо(?:чу|че) (?:більше )?жити|повіси\w*|стриб\w+ з (?:мосту|даху)",
    r"\w*(?:امام|أمام|تحت) القطار",
    r"(?:لا|ما) (?:أريد|اريد|يريد|تريد|ابغى) (?:\w+ )?(?:أعيش|اعيش|يعيش|تعيش)",
    r"\w*انتحر\w*|\w*انتحار\w*|\w*سكين\w*|\w*مسدس\w*|\w*سلاح\w*|يضربني|\w*يقتل\w*|أريد أن أموت",
)
DANGER: Final = re.compile(
    r"(?<!\w)(?:"
    + "|".join([*_DYING, *_VIOLENCE, *_ABUSE, *_WEAPON, *_NOW, *_OTHER_LANGUAGES])
    + r")(?!\w)",
    re.IGNORECASE,
)


def danger(words: str) -> bool:
    """Whether these words tell of danger now: then the page says again: 112, Veilig Thuis."""
    return DANGER.search(" ".join(words.split())) is not None
