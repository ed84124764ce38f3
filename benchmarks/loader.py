"""Connections that ask as fast as they are answered.

``python -m benchmarks.loader PORT CONNECTIONS SECONDS``.

Standard input holds a JSON list of [address, session]. Each connection is a process of its own
that keeps its line open. Standard output: the seconds of each answer, and how many were wrong.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import random
import sys
import time
from typing import Any

FORK = multiprocessing.get_context("fork")


def ask(line: http.client.HTTPConnection, address: str, session: str) -> tuple[int, bytes]:
    """Return status and body of one page."""
    headers = {"Host": "localhost", "Cookie": f"session={session}", "Accept-Language": "nl"}
    line.request("GET", address, headers=headers)
    answer = line.getresponse()
    return answer.status, answer.read()


def _one(port: int, doors: list[tuple[str, str]], until: float, seed: int, out: Any) -> None:
    line, chance = http.client.HTTPConnection("127.0.0.1", port, timeout=30), random.Random(seed)
    times: list[float] = []
    wrong = 0
    while time.monotonic() < until:
        address, session = chance.choice(doors)
        began = time.perf_counter()
        status, _ = ask(line, address, session)
        times.append(time.perf_counter() - began)
        wrong += status != http.HTTPStatus.OK
    out.send((times, wrong))
    out.close()


def load(
    port: int, doors: list[tuple[str, str]], *, connections: int, seconds: float
) -> tuple[list[float], int]:
    """Return how long each answer took, in order of length, and how many were no page."""
    until, ends, processes = time.monotonic() + seconds, [], []
    for seed in range(connections):
        here, there = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_one, args=(port, doors, until, seed, there))
        process.start()
        ends.append(here)
        processes.append(process)
    said = [end.recv() for end in ends]
    for process in processes:
        process.join()
    return sorted(time for times, _ in said for time in times), sum(wrong for _, wrong in said)


if __name__ == "__main__":
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    asked = [(address, session) for address, session in json.load(sys.stdin)]
    times, wrong = load(port, asked, connections=connections, seconds=seconds)
    json.dump({"times": times, "wrong": wrong}, sys.stdout)
