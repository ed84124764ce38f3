"""The words by which the rules know a name when they see one. Ours, all in lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name follows; the word itself stays in the text ("mevrouw [persoon 1]").
FORMS_OF_ADDRESS = _words(
    """
    mevrouw mevr mw mej mejuffrouw meneer mijnheer heer dhr hr juf juffrouw meester dokter dr
    drs ir mr prof professor zuster broeder pater pastoor dominee ds imam oma opa tante oom
    """
)

# A name often follows: "mijn zoon Daan", "mijn naam is Amira".
KIN = _words(
    """
    zoon zoontje dochter dochtertje kind baby moeder vader mama papa broer broertje zus zusje
    kleinzoon kleindochter stiefzoon stiefdochter pleegzoon pleegdochter stiefvader stiefmoeder
    pleegmoeder pleegvader man vrouw partner ex vriend vriendin vriendje vriendinnetje buurman
    buurvrouw buurjongen buurmeisje collega neef nicht neefje nichtje heet heette genaamd
    noemen jongen meisje leerling
    """
)

# Function words: near a name they become its replacement ("[gedragscoach 1]").
FUNCTIONS = _words(
    """
    gedragscoach gedragsdeskundige gedragswetenschapper leerkracht leraar lerares docent docente
    onderwijsassistent schooldirecteur directeur directrice adjunct-directeur conciërge
    schoolmaatschappelijk-werker maatschappelijk-werker intern-begeleider zorgcoördinator
    mentor remedial-teacher logopedist logopediste orthopedagoog pedagoog psycholoog psychiater
    therapeut huisarts jeugdarts schoolarts kinderarts verpleegkundige jeugdverpleegkundige
    wijkverpleegkundige kraamverzorgende verloskundige consultatiebureau-arts apotheker tandarts
    jeugdwerker jongerenwerker opbouwwerker buurtwerker welzijnswerker sociaal-werker
    jeugdbeschermer gezinsvoogd voogd bewindvoerder mentorbewindvoerder gezinscoach gezinswerker
    jeugdconsulent consulent klantmanager schuldhulpverlener budgetcoach wijkagent jeugdagent
    agent politieagent rechter advocaat officier boa wethouder burgemeester gemeenteraadslid
    raadslid beleidsmedewerker projectleider programmamanager onderzoeker interviewer vrijwilliger
    vrijwilligster coördinator teamleider manager bestuurder begeleider ambulant-begeleider
    hulpverlener casemanager procesregisseur woonconsulent trainer voetbaltrainer sportcoach
    buddy tolk vertrouwenspersoon ervaringsdeskundige
    """
)

PARTICLES = _words("van de der den ten ter te t s v d von di da dos du la le el al bin ben ibn")
# Part of a name only before one of the words behind it: "in 't Veld", "op den Dijk".
LEADING_PARTICLES = _words("in op aan bij uit")
AFTER_LEADING_PARTICLE = _words("t den der")

SCHOOL_WORDS = _words(
    """
    basisschool school schooltje bs obs cbs rkbs kbs jenaplanschool montessorischool daltonschool
    kindcentrum kindcentra ikc kdv kinderdagverblijf kinderopvang peuterspeelzaal peuteropvang
    crèche bso college lyceum gymnasium scholengemeenschap praktijkschool sbo vso roc mbo-school
    zomerschool
    """
)
SCHOOL_ENDINGS = ("college", "lyceum", "gymnasium", "basisschool", "kindcentrum")

NEIGHBOURHOOD_WORDS = _words("wijk wijken buurt buurtje stadsdeel buurtschap nieuwbouwwijk")
PLACE_WORDS = _words("gemeente dorp stad woonplaats provincie regio stadje dorpje geboorteplaats")
INSTITUTION_WORDS = _words(
    """
    stichting vereniging ziekenhuis zorginstelling jeugdzorginstelling instelling wijkcentrum
    buurthuis buurtcentrum huisartsenpraktijk verloskundigenpraktijk praktijk kliniek kerk moskee
    parochie sportclub voetbalclub woningcorporatie bedrijf firma organisatie ggd ggz
    thuiszorgorganisatie bibliotheek speeltuin inloophuis opvanghuis verpleeghuis
    """
)
# Institutions that are a name by themselves.
INSTITUTIONS = _words("voedselbank kledingbank speelgoedbank")

STREET_ENDINGS = (
    "straat", "straatje", "laan", "weg", "plein", "dreef", "steeg", "singel", "gracht", "kade",
    "dijk", "plantsoen", "pad", "hof", "park", "markt", "baan", "dam", "erf",
)  # fmt: skip
# These endings are also ordinary words: only with a house number.
STREET_ENDINGS_WITH_NUMBER = ("pad", "hof", "park", "markt", "baan", "dam", "erf")
NOT_A_STREET = _words(
    """
    onderweg snelweg omweg uitweg vaarweg spoorweg zandweg fietspad voetpad weg beweg wereldplein
    schoolplein speelplein winkelstraat hoofdstraat dorpsplein fietsstraat straat plein middenweg
    levensweg
    """
)

# Never a name of a person, whatever the capitals: the programme's and the country's own words.
KNOWN_PHRASES = (
    "Smart Start", "Team op Maat", "Team Op Maat", "Hart van Brabant", "Veilig Thuis",
    "Centrum voor Jeugd en Gezin", "Raad voor de Kinderbescherming", "Leger des Heils",
    "Design Thinking", "Skip to content", "All-in", "Hallo jij", "Spel & Boek",
    "Gecertificeerde Instelling", "Wmo", "Jeugdwet", "Participatiewet", "Bureau Halt",
    "Sociale Dienst", "Eerste Kamer", "Tweede Kamer", "Passend Onderwijs", "Europese Unie",
    "Openbaar Ministerie", "Zorg- en Veiligheidshuis", "Rode Kruis", "Jeugd en Gezin",
    "Tweede Wereldoorlog", "Belastingdienst", "Koninklijke Marechaussee", "Leerplichtwet",
    "Toeslagen",
)  # fmt: skip

MONTHS = _words(
    "januari februari maart april mei juni juli augustus september oktober november december"
)
SHORT_MONTHS = _words("jan feb mrt apr jun jul aug sep sept okt nov dec")

NUMBER_WORDS = _words(
    """
    nul een één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien
    zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig
    """
)

# Words that get a capital at the start of a sentence or for another reason than being a name.
COMMON = (
    _words(
        """
    aan acht achter af al alle alleen alles als altijd ander andere anders april augustus avond
    beide beiden belangrijk ben beter bij bijna bijvoorbeeld binnen blijf boven bovendien brabant
    buiten christelijk christen ciao corona daar daarbij daarin daarmee daarna daarnaast daarom
    daarover daarvan daarvoor dag dan dank dankjewel dat de december deels den denk der deze
    diezelfde die dinsdag dit doe doen donderdag doordat door drie duidelijk duits duitsland
    dus dutch echt een eens eentje eerder eerst eerste eigenlijk elk elke en engels engeland enkel
    er eraan erg ergens ermee eruit ervan ervaring even europa februari fijn frans frankrijk ga
    geen gelukkig gemeente gesprek goed goede graag groep groot haar had hallo heb hebben heeft
    heel hele helemaal helaas help hem hen herfst het hetzelfde hier hierdoor hierna hij hoe
    hoeveel hoewel hoi hulp hun iedereen iemand ieder iedere iets ik in inderdaad indien
    inmiddels interview interviewer islamitisch ja januari je jeugd jeugdzorg jij jongeren jou
    jouw juist juli jullie juni kan kerst kijk kinderen klas kom komen kort kun kunnen kwam laat
    laten lang later leuk lente lieve luister maandag maar maart maken mam mama man marokkaans
    marokko meer meestal mei meisjes men mensen met mij mijn min misschien moest moet moeten
    moeder mogelijk moslim na naar naast nadat natuurlijk nee neem nederland nederlands
    nederlandse nederlander neen niemand niet niets nieuw nieuwe nog nooit november nu of
    ofwel oh ok oke oké oktober om omdat ondanks onder ondertussen ons onze ooit ook oost op
    opeens organisatie ouders over overal overigens papa pas pasen pinksteren politie pilots
    pilot pools polen poolse plus precies project projecten programma programma's punt ramadan
    respect rond samen samenvatting school scholen september sinds sinterklaas slechts snel soms
    sommige sommigen sorry soort spaans stel stuk syrië syrisch tegen ten terug terwijl tevens
    thuis tien tijdens toch toen tot totdat trouwens tsja tuurlijk turks turkije turkse tussen
    twee uit uiteindelijk uiteraard vaak van vanaf vandaag vandaar vanuit vanwege veel verder
    vervolgens via vier volgens voor vooral voordat voorheen vraag vragen vrijdag vroeger waar
    waarbij waardoor waarin waarmee waarna waarom waarop waarschijnlijk waarvan waarvoor wanneer
    want was wat we wel welk welke welkom wellicht werd west wie wij wil winter wist woensdag
    word worden wordt zaterdag ze zeer zeg zegt zei zeker zelf zelfs zelfde ziet zie zij zijn
    zo zo'n zoals zodat zodra zomaar zomer zonder zondag zou zouden zuid zullen zwart noord
    noord-brabant antwoord toelichting datum plaats naam respondent geïnterviewde deel bijlage
    pagina inleiding onderwerp locatie deelnemer deelnemers moderator notulist tijd duur
    opname let noot ad u uw
    voedselbank kindertelefoon whatsapp facebook instagram google teams youtube netflix
    wijkteam ggd ggz cjg wmo uwv svb cbs bsn bso mbo hbo havo vwo vmbo pdf nl eu tv
    content skip contact maat start smart pagina's oekraïne oekraïens oekraïense arabisch arabische
    surinaams suriname antilliaans afrika amerika amerikaans belgië belgisch vlaams fries
    gezin gezinnen kind vader buurt wijk team zorg onderwijs opvang consultatiebureau bank
    begrijpt bel belt blijft deed denkt doet durft eet gaat gaf geeft gelooft ging helpt hielp hoort
    houdt huilt is kende kent kijkt komt kreeg krijgt leert leest ligt loopt luistert maakt mag mist
    neemt noemt nam pakt praat slaapt slaat snapt speelt spreekt sprak staat stuurt vertel vertelt
    vindt voelt vond wacht weet werkt wil woont zag zat zit zoekt zorgt
    """
    )
    | FORMS_OF_ADDRESS
    | MONTHS
    | NUMBER_WORDS
)
