"""The two commands ask nothing, and name a missing tool in one sentence."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house import code


@pytest.fixture
def setup() -> ModuleType:
    return script("setup")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, code.ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_a_missing_browser_is_one_sentence_with_the_command(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("BROWSER", "yes")

    assert setup.main(["browser"]) == 1
    assert capsys.readouterr().err == (
        "The browser tests need Chromium: install it with: apt-get install chromium"
        " (or leave them out with: make test BROWSER=no)\n"
    )
    monkeypatch.setenv("BROWSER", "no")
    assert setup.main(["browser"]) == 0


def test_a_python_without_venv_is_one_sentence_with_the_command(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacks = {"ensurepip"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in lacks else setup)

    setup.need_python()  # the pip of the machine does it
    lacks.add("pip")
    with pytest.raises(setup.Missing, match="apt-get install python3-venv"):
        setup.need_python()


def test_an_old_python_is_one_sentence_with_the_command(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "LEAST", (99, 0))

    with pytest.raises(setup.Missing, match=r"apt-get install python3\.11"):
        setup.need_python()


def test_what_tests_need_holds_what_running_needs(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(setup, "STAMP", stamp)
    run = f"run {setup.digest(code.ROOT / 'requirements' / 'run.txt')} 3.11"
    assert not setup.is_stamped(run, "run")

    stamp.write_text(f"dev {setup.digest(code.ROOT / 'requirements' / 'dev.txt')} 3.11\n")

    assert setup.is_stamped(run, "run")
    assert not setup.is_stamped("dev other 3.11", "dev")


@pytest.mark.parametrize("name", ["setup", "run", "dev"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    words = (code.ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = [block for block in re.split(r"\n(?=[a-z0-9])", words) if "==" in block]

    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links|--extra-index", words)


def test_what_runs_is_locked_the_same_for_tests() -> None:
    def versions(name: str) -> set[str]:
        words = (code.ROOT / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^([a-z0-9][\w.-]*==[^\s;\\]+)", words, re.MULTILINE))

    assert versions("run") <= versions("dev")


def test_make_help_names_every_command() -> None:
    told = subprocess.run(
        ["make", "help"], cwd=code.ROOT, capture_output=True, text=True, check=True
    )
    named = set(re.findall(r"^make (\w+):", told.stdout, re.MULTILINE))

    assert {"run", "test", "check", "lock", "sbom", "assets", "bench", "soak", "clean"} <= named


def test_the_gate_runs_without_a_question() -> None:
    gate = code.ROOT / ".ci" / "run"

    assert os.access(gate, os.X_OK)
    assert "make test" in gate.read_text()
    assert "make check" in gate.read_text()
    subprocess.run(["bash", "-n", str(gate)], check=True)


def test_the_bill_of_materials_names_everything_that_runs() -> None:
    sbom: Any = script("sbom")
    bill = sbom.bill()
    names = {part["name"] for part in bill["components"]}
    references = [part["bom-ref"] for part in bill["components"]]

    assert bill["bomFormat"] == "CycloneDX"
    assert {"django", "granian", "cryptography", "htmx.org"} <= names
    assert "smartstart/web/static/smartstart/smartstart.css" in names
    assert len(references) == len(set(references))
    assert all(part.get("licenses") or part["type"] == "file" for part in bill["components"])
