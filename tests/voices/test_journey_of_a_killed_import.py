"""An import that is killed leaves nothing half, and the same file can be imported again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings

from smartstart.access.models import Line
from smartstart.access.reading import open_for_deed
from smartstart.voices.models import Pseudonym, Transcript
from tests.cast import people
from tests.conftest import NOW
from tests.voices.booth import TEXT, Booth

# Imports the file as Nadia and dies by SIGKILL after the n-th statement that writes, or after the
# last of all: the one that moves the head of the ledger's chain.
DIES = textwrap.dedent(
    """
    import os, signal, sys
    from datetime import datetime
    import django
    from django.conf import settings
    django.setup()
    settings.KEYRING_DIR = os.environ["KEYS"]
    from django.db import connection
    from smartstart.people.models import Hat
    from smartstart.people.queries import actor_of
    from smartstart.voices import operations_text

    hat = Hat.objects.select_related("account", "organisation").get(account__username="nadia")
    actor = actor_of(hat.account, hat, assurance=2, house_folder=None)
    dies_at, written = os.environ["DIES_AT"], 0

    def count(execute, sql, params, many, context):
        global written
        answer = execute(sql, params, many, context)
        written += sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "WITH"))
        is_line = "UPDATE access_folder" in sql or "access_append" in sql
        if dies_at == str(written) or (dies_at == "head" and is_line):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    with connection.execute_wrapper(count):
        operations_text.import_transcript(
            actor, int(os.environ["INTERVIEW"]), content=open(os.environ["FILE"], "rb").read(),
            called="gesprek.txt", at=datetime.fromisoformat(os.environ["AT"]),
        )
    """
)


def database_address() -> str:
    found: dict[str, Any] = settings.DATABASES["default"]
    if "sqlite" in found["ENGINE"]:
        return f"sqlite://{found['NAME']}"
    login, host = f"{found['USER']}:{found['PASSWORD']}", quote(str(found["HOST"]), safe="")
    return f"postgresql://{login}@{host}:{found['PORT']}/{found['NAME']}"


@pytest.mark.parametrize("dies_at", ["1", "2", "3", "head"])
def test_nothing_is_half_stored_and_the_file_goes_in_again(
    real_db: object, tmp_path: Path, dies_at: str
) -> None:
    booth = Booth(people(NOW))
    interview = booth.agreed()
    lines = Line.objects.count()
    file = tmp_path / "gesprek.txt"
    file.write_text(TEXT)
    surroundings = {
        **os.environ,
        "SMARTSTART_DATABASE": database_address(),
        "KEYS": str(settings.KEYRING_DIR),
        "INTERVIEW": str(interview.pk),
        "FILE": str(file),
        "AT": NOW.isoformat(),
        "DIES_AT": dies_at,
    }
    died = subprocess.run([sys.executable, "-c", DIES], env=surroundings, check=False)

    assert died.returncode == -signal.SIGKILL
    assert Transcript.objects.count() == Pseudonym.objects.count() == 0
    assert Line.objects.count() == lines
    again = booth.imported(interview)
    assert open_for_deed(again, "original") == TEXT
