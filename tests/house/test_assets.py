"""The built look is that of the sources, small, and brings nothing from elsewhere."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from scripts.check_assets import STATIC, faults

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / STATIC
TEMPLATES = ROOT / "smartstart/web/templates"
MOST_CSS_BYTES = 35_000
NOT_TO_SHIP = ("rijkshuisstijl", "@utrecht/design-tokens", "@nl-rvo", "@gemeente")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A tree with the sources and the built files alone."""
    shutil.copytree(
        ROOT / "assets", tmp_path / "assets", ignore=shutil.ignore_patterns("node_modules")
    )
    shutil.copytree(BUILT, tmp_path / STATIC)
    return tmp_path


def test_the_built_files_are_those_of_the_sources() -> None:
    assert faults(ROOT) == []


def test_a_file_changed_by_hand_is_named(copy: Path) -> None:
    (copy / STATIC / "smartstart.css").write_text("body { color: red }")
    (copy / "assets/css/99-more.css").write_text("b { color: red }")
    (copy / STATIC / "icons.svg").unlink()

    assert faults(copy) == [
        "assets/css/99-more.css: is new",
        f"{STATIC}/icons.svg: is gone",
        f"{STATIC}/smartstart.css: is changed",
    ]


def test_a_lock_file_that_names_a_registry_is_refused(copy: Path) -> None:
    path = copy / "assets/package-lock.json"
    lock = json.loads(path.read_text())
    lock["packages"]["node_modules/htmx.org"]["resolved"] = "https://registry.example/htmx.tgz"
    path.write_text(json.dumps(lock))

    assert faults(copy)[-1] == (
        "assets/package-lock.json: tells from where packages came; remove `resolved`"
    )


def test_the_stylesheet_stays_small() -> None:
    assert len(gzip.compress((BUILT / "smartstart.css").read_bytes())) <= MOST_CSS_BYTES


def test_nothing_is_fetched_from_elsewhere() -> None:
    css = (BUILT / "smartstart.css").read_text()
    own = {path.name for path in BUILT.iterdir()}

    assert set(re.findall(r'url\("?([^")]+)"?\)', css)) == {"noto-sans.woff2", "tick.svg"}
    assert {"noto-sans.woff2", "tick.svg"} <= own
    assert not re.search(r"https?://", css + (BUILT / "smartstart.js").read_text())


def test_htmx_is_the_second_one() -> None:
    assert re.search(r'version:"2\.\d+\.\d+"', (BUILT / "htmx.min.js").read_text())


def test_no_package_with_all_rights_reserved_is_used() -> None:
    packages = json.loads((ROOT / "assets/package.json").read_text())["devDependencies"]

    assert [name for name in packages if name.startswith(NOT_TO_SHIP)] == []


def test_every_bundled_package_is_in_the_list_of_licences() -> None:
    packages = json.loads((ROOT / "assets/package.json").read_text())["devDependencies"]
    told = (ROOT / "docs/licences.md").read_text()

    lines = {f"| {name} | {version} |" for name, version in packages.items()}
    assert {line for line in lines if line not in told} == set()


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (BUILT / "icons.svg").read_text()))
    asked = {
        icon
        for path in TEMPLATES.rglob("*.html")
        for icon in re.findall(r'icon\.html" with name="([\w-]+)"', path.read_text())
    }

    assert asked - drawn == set()


def test_no_template_carries_its_own_style_or_script() -> None:
    own = re.compile(
        r'\sstyle="|<style|<script(?![^>]*(\ssrc=|type="application/json"))|\son\w+="|hx-on|javascript:'
    )
    guilty = [path.name for path in TEMPLATES.rglob("*.html") if own.search(path.read_text())]

    assert guilty == []
