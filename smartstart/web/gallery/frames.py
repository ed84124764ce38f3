"""What the frames and the error pages show in the gallery."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import DisallowedHost

from smartstart.web.middleware import SENTENCES

NAV: Final = [
    {"label": "Vragen uit de regio", "url": "#regio", "current": True},
    {"label": "Wat we leerden", "url": "#geleerd", "current": False},
    {"label": "Doe mee", "url": "#doe-mee", "current": False},
    {"label": "Inloggen", "url": "#inloggen", "current": False},
]
WORK: Final = [
    {"label": "Gesprekken", "url": "#gesprekken", "current": True},
    {"label": "Codeboek", "url": "#codeboek", "current": False},
    {"label": "Inzichten", "url": "#inzichten", "current": False},
    {"label": "De draad", "url": "#draad", "current": False},
]


def _hat(label: str, place: str, family: str) -> dict[str, Any]:
    return {
        "example": True,
        "hat": {"label": label, "place": place, "family": family},
    }


PUBLIC, FAMILY = "gallery/frame.html", "gallery/frame_family.html"
HOME: Final = "gallery/frame_home.html"
FRAMES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "public": (PUBLIC, {"example": True, "nav": NAV, "hat": None}),
    "home": (HOME, {"example": True, "nav": NAV, "hat": None}),
    "plain": (PUBLIC, {"example": False, "nav": NAV, "hat": None}),
    "pilot": (
        PUBLIC,
        {"nav": WORK} | _hat("onderzoeker", "pilot voedselbank", "pilot"),
    ),
    "around": (
        PUBLIC,
        {"nav": WORK} | _hat("gedragscoach", "De Zuidwester", "around"),
    ),
    "family": (FAMILY, {"place": "Mijn kring"} | _hat("moeder", "", "family")),
    "child": (FAMILY, {"place": "Mijn plek"} | _hat("Noor", "", "child")),
    "story": (FAMILY, {"example": True, "hat": None}),
    "right-to-left": (
        PUBLIC,
        {"nav": WORK, "language": "ar"} | _hat("gedragscoach", "De Zuidwester", "around"),
    ),
    "beamer": (
        PUBLIC,
        {"nav": WORK, "names_hidden": True} | _hat("projectleider", "pilot voedselbank", "pilot"),
    ),
}
TYPED: Final = [("words", "Sinds de zomer slaapt ze slecht. Ik wil weten wie meedenkt.")]
ERRORS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "refusal": (
        "errors/refusal.html",
        {
            "status": 409,
            "sentence": "Dit gesprek is al samengevoegd. Open het om te zien wat er staat.",
            "typed": TYPED,
        },
    ),
    "not-allowed": (
        "errors/refusal.html",
        {"status": 403, "sentence": "Alleen de projectleider mag dit. Vraag het aan haar."},
    ),
    "not-here": ("errors/404.html", {}),
    "elsewhere": ("errors/400.html", {"sentence": SENTENCES[DisallowedHost]}),
    "broken": ("errors/500.html", {}),
    "store-gone": ("errors/503.html", {}),
}
