"""Building the name tables in our way gives what deduce itself gives."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from deduce import Deduce, lookup_structs, utils
from deduce.lookup_struct_loader import lookup_set_to_trie
from docdeid.ds.lookup import LookupSet
from docdeid.str.processor import LowercaseString

from smartstart.language.helper import quicker

LISTS = Path(lookup_structs.__file__).parent / "data" / "lookup"
EACH = 400  # one name in so many is enough to meet every abbreviation
ODD = {
    "",
    " ",
    "Mr. Dr. van der Burgemeester Straat",
    "A.B. van de l' Laan",
    "dr.dr. dr . van  der",
}


@pytest.fixture(scope="module")
def cutter() -> Any:
    return Deduce._initialize_tokenizer(LISTS)


def sample(of: Path) -> set[str]:
    names = sorted(of.read_text().splitlines())
    return {name.strip() for name in names[::EACH]} | ODD


def test_abbreviations_are_those_of_deduce() -> None:
    configs = sorted((LISTS / "src").rglob("transform.json"))
    assert len(configs) >= 5
    streets = sample(LISTS / "src/locations/lst_street/items.txt")
    for path in configs:
        config = json.loads(path.read_text())
        ways = [way for one in config.get("transforms", {}).values() for way in one]
        said = {way.replace("\\b", "").replace("\\", "") for way in ways}
        names = streets | {f"{one} en {other}" for one in said for other in ("Laan", one)}
        expected = utils.apply_transform(set(names), config)
        assert quicker.with_abbreviations(set(names), config) == expected, path
        assert len(expected) > len(names) or not ways, path


def test_words_are_cut_and_planted_as_deduce_does(cutter: Any) -> None:
    joined = [" ".join(term) for term in quicker._terms(cutter._trie)]
    assert "van der" in joined
    names = sample(LISTS / "src/locations/lst_street/items.txt")
    names |= {f"{one} Berg {one}{one}" for one in joined} | {f"x{one} y" for one in joined}
    cut = quicker.Cutter(cutter)
    for name in names:
        assert cut.words_of(name) == [token.text for token in cutter.tokenize(name)], name

    for pipeline in (None, [LowercaseString()]):
        known = LookupSet(matching_pipeline=pipeline)
        known.add_items_from_iterable(names - {"", " "})
        count = iter(range(len(known)))
        ours = quicker.tree_of(known, cutter, partial(next, count))
        assert next(count, "all") == "all"
        assert _told(ours) == _told(lookup_set_to_trie(known, cutter))
        assert ours.matching_pipeline == pipeline


def _told(tree: Any) -> tuple[bool, dict[str, Any]]:
    return tree.is_terminal, {word: _told(below) for word, below in tree.children.items()}


def test_deduce_has_its_own_ways_back_afterwards() -> None:
    from deduce import lookup_struct_loader as loader

    def ways() -> tuple[Any, ...]:
        return (
            lookup_structs.apply_transform,
            loader.lookup_set_to_trie,
            loader.load_whitelist_lookup,
        )

    before = ways()
    with quicker.quicker(lambda: None):
        assert all(now is not was for now, was in zip(ways(), before, strict=True))
        raw = {"medical_term": {"griep"}, "common_word": {"huis", "jansen"}}
        raw |= {"surname": {"Jansen"}, "stop_word": {"de"}}
        made = loader.load_whitelist_lookup(raw)
        assert loader.load_whitelist_lookup(raw) is made
        assert made.items() == {"griep", "huis", "de"}
    assert ways() == before
