"""Which words are rare: asked by the pages, for the list of common words is too much for them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

ASK: Final = "rare"
MOST: Final = 2_000  # words of one question; of more the rest is not looked at


class Rare:
    """Answers which words are rare, once the list of common words is there."""

    def __init__(self) -> None:
        self._rare: Callable[[list[str]], list[str]] | None = None

    def start(self) -> None:
        """Read the list in a thread of its own."""
        threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        from smartstart.language import rare_words  # 40 MB: only in the helper

        rare_words.common_words()
        self._rare = rare_words.rare

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer ``rare``; ``ready`` is False while there is no list."""
        if self._rare is None:
            return {"ready": False}
        words = [str(word) for word in question["words"][:MOST]]
        return {"ready": True, "rare": self._rare(words)}
