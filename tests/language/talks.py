"""Invented talks: every person, school and number in them is made up."""

from __future__ import annotations

TALK = """Interview met Amira El Khatib – jeugdverpleegkundige

Vraag: Wie bent u?
Amira: Ik ben Amira, ik werk op basisschool De Gouden Linde in de wijk Korvel. Bel me op \
06-12345678 of 013 - 542 12 34, mail a.elkhatib@voorbeeld.nl.
Mijn zoon Daan is 7 jaar. Hij zit bij juf Anouk op de Gouden Linde. Wij wonen aan de \
Burgemeester van der Wielstraat 12a, 5038 AB. Zijn BSN is 111222333.
Mevrouw De Vries-Jansen kwam op 12 maart 2019 langs. Meneer J. van den Berg, de wijkagent, \
kent ons goed. El Khatib zegt dat. Zie www.voorbeeld.nl/pagina. Dat zei gedragscoach Christel \
Hermans, en Christel was erbij. De gemeente Goirle en de Voedselbank. Reeshof College en \
Theresialyceum. Ons Team op Maat werkt aan Smart Start. Ik kom vaak onderweg.
"""

TALK_WITHOUT_NAMES = """Vraag: Wat helpt ouders het meest?

“Dat iemand luistert. In het begin durfde ik niets te vragen. De school belde mij op maandag. \
Sindsdien gaat het beter. Toen was het een jaar later en nog zocht ik een plek. Nederland is \
groot, maar mijn straat is klein. Smart Start helpt ons. Veilig Thuis hoefde niet te komen.”

Antwoord: Dat klopt. Wij zijn met 15 organisaties en 3 collega's. Het kost 12,50 euro per week.
"""
