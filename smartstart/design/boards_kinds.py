"""What each kind of board asks, as data: its columns, what a phone may do, how votes count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of board.

    ``columns`` are (slug, words). ``covers``: others see notes only once revealed. ``shares``:
    everybody may change every note. ``groups``: notes that all see are laid in groups. ``most``:
    how many notes one may give a vote; 0 is no vote.
    ``values`` are (value, words) to choose from; ``ranks`` counts places instead of dots.
    """

    field: Words
    columns: tuple[tuple[str, Words], ...] = ()
    covers: bool = False
    shares: bool = False
    groups: bool = False
    most: int = 0
    values: tuple[tuple[int, Words], ...] = ()
    ranks: int = 0

    def has_column(self, slug: str) -> bool:
        """Whether this is one of its columns (none at all: the empty one)."""
        return slug in {name for name, _words in self.columns} if self.columns else slug == ""


_IDEA: Final = _("Your idea")
_NOTE: Final = _("Your note")
_DOT: Final = ((1, _("Give a dot")),)

KINDS: Final[dict[str, Kind]] = {
    "brainstorm": Kind(_IDEA, covers=True, groups=True),
    "empathy": Kind(
        _NOTE,
        (
            ("says", _("says")),
            ("thinks", _("thinks")),
            ("does", _("does")),
            ("feels", _("feels")),
            ("pain", _("what hurts")),
            ("hope", _("what helps")),
        ),
    ),
    "persona": Kind(
        _NOTE,
        (
            ("is", _("who this is")),
            ("wants", _("wants")),
            ("meets", _("gets in the way")),
            ("does", _("does")),
            ("needs", _("what helps")),
        ),
        shares=True,
    ),
    "journey": Kind(
        _NOTE,
        (
            ("moment", _("what happens")),
            ("contact", _("whom you meet")),
            ("feeling", _("how that feels")),
            ("turn", _("turning point: here help could have come")),
        ),
    ),
    "hmw": Kind(_("How might we …"), covers=True, groups=True),
    "clusters": Kind(_NOTE, groups=True),
    "dots": Kind(_IDEA, most=3, values=_DOT),
    "ranked": Kind(
        _IDEA,
        most=3,
        values=((1, _("first")), (2, _("second")), (3, _("third"))),
        ranks=3,
    ),
    "statements": Kind(
        _("Your statement"),
        most=200,
        values=((1, _("agree")), (2, _("disagree")), (3, _("pass"))),
    ),
    "matrix": Kind(
        _IDEA,
        (
            ("now", _("much effect, little work")),
            ("big", _("much effect, much work")),
            ("small", _("little effect, little work")),
            ("later", _("little effect, much work")),
        ),
    ),
    "canvas": Kind(
        _NOTE,
        (
            ("name", _("what it is called")),
            ("whom", _("for whom")),
            ("how", _("how it works")),
            ("who", _("who does it")),
            ("test", _("how we try it out")),
        ),
        shares=True,
    ),
    "testgrid": Kind(
        _NOTE,
        (
            ("good", _("this worked")),
            ("better", _("this could be better")),
            ("question", _("question")),
            ("idea", _("new idea")),
        ),
    ),
}
