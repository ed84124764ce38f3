"""The name tables of ``deduce``: built once in a process of its own, then loaded in a second.

Building takes twenty seconds and 0.7 GB, so it happens beside the helper and ends. All ends of
names are one and the same end: loaded the tables take 0.45 GB instead of 1.1.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import gc
import logging
import os
import pickle
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartstart.language.helper.quicker import quicker

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = "1"  # of our own tables: a new form builds anew
# With deduce 3.0.6: reading its lists takes a quarter of the time, cutting so many names the rest.
READING = 0.25
NAMES_IN_ALL = 1_310_000
PLACE_IN_DEDUCE = Path("cache") / "lookup_structs.pickle"


class TablesAreNotOursError(Exception):
    """Somebody else can write the tables: loading them could run their code."""


def quiet() -> None:
    """Keep every library from logging: a log line could hold a name. Before importing deduce."""
    logging.getLogger().handlers[:] = [logging.NullHandler()]
    logging.disable(logging.CRITICAL)


def folder(cache: Path) -> Path:
    """Answer where the tables of this deduce in this form are kept."""
    return cache / f"names-{version('deduce')}-{FORM}"


def are_built(cache: Path) -> bool:
    """Whether the tables are there; they appear whole or not at all."""
    return (folder(cache) / PLACE_IN_DEDUCE).is_file()


def load(cache: Path) -> Any:
    """Load the tables into a finder. Raises TablesAreNotOursError, or what a torn file raises."""
    kept = (folder(cache) / PLACE_IN_DEDUCE).stat()
    if kept.st_uid != os.getuid() or kept.st_mode & 0o022:
        raise TablesAreNotOursError
    from deduce import Deduce  # half a second and 60 MB: only in the helper

    gc.disable()
    try:
        return Deduce(cache_path=folder(cache))
    finally:
        gc.freeze()
        gc.enable()


def drop(cache: Path) -> None:
    """Remove tables that cannot be read, so that they are built anew."""
    (folder(cache) / PLACE_IN_DEDUCE).unlink(missing_ok=True)


def build(cache: Path, *, tell: Callable[[float, str], None]) -> None:
    """Build the tables and keep them; ``tell`` hears how far (0 to 1) and at what step."""
    from deduce import Deduce, lookup_structs
    from deduce.data.lookup.src import all_lists
    from docdeid.ds.ds import DsCollection
    from docdeid.ds.lookup import LookupSet

    gc.disable()
    source = Path(lookup_structs.__file__).parent / "data" / "lookup"
    count = _Count(tell)
    tables: Any = DsCollection()
    loaders = lookup_structs._LOOKUP_SET_LOADERS | lookup_structs._LOOKUP_TRIE_LOADERS
    with quicker(count.one):
        raw: dict[str, set[str]] = {}
        for number, subdir in enumerate(all_lists):
            tell(READING * number / len(all_lists), "reading")
            raw |= lookup_structs.load_raw_itemsets(base_path=source, subdirs=[subdir])
        cutter = Deduce._initialize_tokenizer(source)
        for name in raw.keys() - loaders.keys():
            tables[name] = LookupSet()
            tables[name].add_items_from_iterable(raw[name])
        for name, loader in lookup_structs._LOOKUP_SET_LOADERS.items():
            tables[name] = loader(raw)
        for name, loader in lookup_structs._LOOKUP_TRIE_LOADERS.items():
            count.step = _step(name)
            tables[name] = loader(raw, cutter)
    tell(0.97, "keeping")
    _keep(tables, folder(cache) / PLACE_IN_DEDUCE)


class _Count:
    """Counts the names that are put into tables, and tells every ten thousand how far that is."""

    def __init__(self, tell: Callable[[float, str], None]) -> None:
        self.tell = tell
        self.step = "names"
        self.count = 0

    def one(self) -> None:
        """Count one name."""
        self.count += 1
        if self.count % 10_000 == 0:
            done = READING + (0.96 - READING) * self.count / NAMES_IN_ALL
            self.tell(min(0.96, done), self.step)


def _step(table: str) -> str:
    known = {"street": "streets", "placename": "places"}
    is_institution = table in {"hospital", "healthcare_institution", "eponymous_disease"}
    return known.get(table, "institutions" if is_institution else "names")


def _keep(tables: Any, path: Path) -> None:
    """Write the tables beside their place and then put them there in one move."""
    kept = {
        "deduce_version": version("deduce"),
        "saved_datetime": datetime.now(UTC).replace(tzinfo=None).isoformat(),
        "lookup_structs": tables,
    }
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            pickle.dump(kept, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def main() -> int:
    """Build the tables in this process, telling how far on the standard output; once is enough.

    Who comes while another builds waits for that one, and then has nothing to do.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    cache = parser.parse_args().cache
    quiet()
    with contextlib.suppress(OSError):
        os.nice(10)

    def tell(progress: float, step: str) -> None:
        sys.stdout.write(f"{progress:.3f} {step}\n")
        sys.stdout.flush()

    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not are_built(cache):
            build(cache, tell=tell)
    return 0


if __name__ == "__main__":
    sys.exit(main())
