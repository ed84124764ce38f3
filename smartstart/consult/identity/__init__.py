"""What in a question may tell who it is about, each with another wording; a person decides.

``check`` looks with the word rules of room language, the name tables of its helper, and the rules
of this package: names in small letters, days of birth, accounts, plates, and a class or place
together with a rare trait. The text is in memory only: here, and in the helper over its socket.
"""

from smartstart.consult.identity.checking import Checked, Found, check, tells_for_certain
from smartstart.consult.identity.combinations import without_class
from smartstart.consult.identity.danger import danger

__all__ = ["Checked", "Found", "check", "danger", "tells_for_certain", "without_class"]
