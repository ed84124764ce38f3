"""A process that writes lines until it is killed, and says each number once it is committed."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "smartstart.config.settings"
    django.setup()

    from smartstart.access.actor import VISITOR
    from smartstart.access.ledger import Deed, note
    from smartstart.access.models import Folder

    folder, said = int(sys.argv[1]), Path(sys.argv[2])
    with said.open("a", buffering=1) as acknowledged:
        while True:
            note(VISITOR, Deed.READ, folders=[folder], at=datetime.now(UTC), reason="omdat")
            height = Folder.objects.values_list("height", flat=True).get(pk=folder)
            acknowledged.write(f"{height}\n")
