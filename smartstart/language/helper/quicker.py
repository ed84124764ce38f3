"""What deduce does to build its tables, with the same outcome in a fraction of the time.

Three things took most of it: looking in each street name for each of two hundred abbreviations;
making an object with places of every word, and a tree of one for most names, only to read the
word; and making the same list of words that are no names four times. ``test_quicker.py`` holds
each of these against deduce itself.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

END = ""  # no word is empty: under it stands that a name may end here
Tree = dict[str, Any]  # words, each with the words that follow it; None: the name ends


@contextmanager
def quicker(counted: Callable[[], None]) -> Iterator[None]:
    """Let deduce build in this way while this lasts; ``counted`` is called for every name."""
    from deduce import lookup_struct_loader as loader
    from deduce import lookup_structs as structs

    own = structs.apply_transform, loader.lookup_set_to_trie, loader.load_whitelist_lookup
    no_names: list[Any] = []

    def whitelist(raw: dict[str, set[str]]) -> Any:
        if not no_names:
            no_names.append(own[2](raw))
        return no_names[0]

    structs.apply_transform = with_abbreviations
    loader.lookup_set_to_trie = lambda names, cutter: tree_of(names, cutter, counted)
    loader.load_whitelist_lookup = whitelist
    try:
        yield
    finally:
        structs.apply_transform, loader.lookup_set_to_trie, loader.load_whitelist_lookup = own


def with_abbreviations(items: set[str], config: dict[str, Any]) -> set[str]:
    """Add the ways in which names are abbreviated; one look tells that most have none.

    What is abbreviated never overlaps (deduce refuses that), so one pattern of all finds each.
    """
    for ways in config.get("transforms", {}).values():
        instead = list(ways.values())
        first = re.compile("|".join(f"(?:{way})" for way in ways)).search
        found = re.compile("|".join(f"(?P<_{n}>{way})" for n, way in enumerate(ways))).finditer
        for item in list(items):
            if there := first(item):
                places = list(found(item, there.start()))
                items.update(_variations(item, places, instead))
    if config.get("strip_lines", True):
        return {item.strip() for item in items}
    return items


def _variations(item: str, places: list[re.Match[str]], instead: list[list[str]]) -> Iterator[str]:
    """Return a name with each of these places said in each way."""
    parts: list[list[str]] = []
    end = 0
    for place in places:
        parts += [[item[end : place.start()]], instead[int(str(place.lastgroup)[1:])]]
        end = place.end()
    return map("".join, product(*parts, [item[end:]]))


def tree_of(names: Any, cutter: Any, counted: Callable[[], None]) -> Any:
    """Return names as deduce's tree of words, in which all ends are one and the same end."""
    words: Tree = {}
    cut = Cutter(cutter)
    for name in names.items():
        counted()
        first, *rest = cut.words_of(name) or [END]
        add(words, [names._apply_matching_pipeline(first), *rest])
    return _Planted(names.matching_pipeline).tree(words)


class Cutter:
    """Cuts a name into words as deduce does: "van der" and "dr." are one word."""

    def __init__(self, cutter: Any) -> None:
        self.pattern = cutter._pattern
        joined = _terms(cutter._trie)
        self.joined: dict[str, list[list[str]]] = {}
        for term in sorted(joined, key=len, reverse=True):
            if len(term) > 1:
                self.joined.setdefault(term[0], []).append(term)

    def words_of(self, name: str) -> list[str]:
        """Return the words of a name."""
        words: list[str] = self.pattern.findall(name)
        if self.joined.keys().isdisjoint(words):
            return words
        found, at = [], 0
        places = [match.span() for match in self.pattern.finditer(name)]
        while at < len(words):
            here = self.joined.get(words[at], ())
            many = next((len(term) for term in here if words[at : at + len(term)] == term), 1)
            found.append(name[places[at][0] : places[at + many - 1][1]])
            at += many
        return found


def _terms(tree: Any) -> list[list[str]]:
    """Return what stands in a tree of deduce."""
    below = [[word, *rest] for word, node in tree.children.items() for rest in _terms(node)]
    return [*below, []] if tree.is_terminal else below


def add(tree: Tree, words: list[str]) -> None:
    """Put one name in a tree of words."""
    for word in words[:-1]:
        below = tree.get(word)
        if below is None:
            below = tree[word] = {END: None} if word in tree else {}
        tree = below
    below = tree.setdefault(words[-1], None)
    if below is not None:
        below[END] = None


class _Planted:
    """Makes deduce's own trees of ours."""

    def __init__(self, pipeline: Any) -> None:
        from docdeid.ds.lookup import LookupTrie

        self.kind, self.pipeline = LookupTrie, pipeline
        self.end = LookupTrie()
        self.end.is_terminal = True

    def tree(self, words: Tree) -> Any:
        """Return the whole tree; only its root knows how a word is compared."""
        root = self._node(words)
        root.matching_pipeline = self.pipeline
        return root

    def _node(self, words: Tree) -> Any:
        node = self.kind()
        node.is_terminal = END in words
        node.children = {
            sys.intern(word): self.end if below is None else self._node(below)
            for word, below in words.items()
            if word != END
        }
        return node
