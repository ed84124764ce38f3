"""``smartstart run``: set up, look round, start every part and say where the first page is."""

from __future__ import annotations

import http.client
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.jobs import parts, prepare
from smartstart.jobs.command import HouseCommand
from smartstart.jobs.supervisor import Supervisor


class Command(HouseCommand):
    """The whole house."""

    does = gettext_lazy("Start Smart Start: pages, tasks and the language helper, until Ctrl-C.")
    # Its own look round is quicker and says more.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the house and keep it open."""
        try:
            if settings.SMARTSTART_EXAMPLE:
                prepare.only_here()
            prepare.need_ports()
            prepare.set_up()
            warnings = prepare.look_round()
        except prepare.CannotOpen as reason:
            raise CommandError(str(reason)) from reason
        connections.close_all()
        for warning in warnings:
            self.stderr.write(_("Note: %s") % warning)
        supervisor = Supervisor(parts.parts(), tell=self.stderr.write)
        threading.Thread(target=self._say_where, args=(supervisor,), daemon=True).start()
        supervisor.run()

    def _say_where(self, supervisor: Supervisor) -> None:
        """Print the address once the first page answers."""
        while not supervisor.stopping:
            if answers(settings.SMARTSTART_BIND, settings.SMARTSTART_PORT):
                self.stdout.write(settings.SMARTSTART_ADDRESS)
                self.stdout.flush()
                supervisor.start_the_others()
                return
            time.sleep(0.05)


def answers(host: str, port: int) -> bool:
    """Whether the pages answer."""
    there = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
    try:
        there.request("GET", "/alive")
        return there.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        there.close()
