"""Error pages for developers show what was unsealed: they exist where everybody is invented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("example", "debugs"), [("no", "False"), ("yes", "True")])
def test_a_house_with_real_people_has_no_error_pages_for_developers(
    tmp_path: Path, example: str, debugs: str
) -> None:
    asked = {"SMARTSTART_DEBUG": "yes", "SMARTSTART_EXAMPLE": example}
    told = subprocess.run(
        [sys.executable, "-c", "from smartstart.config import settings; print(settings.DEBUG)"],
        env={**os.environ, **asked, "SMARTSTART_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == debugs
