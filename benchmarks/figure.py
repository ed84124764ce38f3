"""One figure of a measurement, and the table they make."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

HEADING = (
    f"{'room':10} {'on':11} {'what':42} {'size':>9} {'value':>12} {'target':>12} {'floor':>12}"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` must be at most ``target``, or at least when ``more_is_better``."""

    name: str
    size: int
    value: float
    target: float
    floor: float
    unit: str = "ms"
    more_is_better: bool = False

    @property
    def meets(self) -> bool:
        """Whether the promise is kept."""
        if self.more_is_better:
            return self.value >= self.target
        return self.value <= self.target


def row(room: str, engine: str, measured: Any) -> dict[str, Any]:
    """Return a figure as it stands in ``bench/latest.json``."""
    return {
        "room": room,
        "engine": engine,
        "name": measured.name,
        "size": measured.size,
        "value": round(getattr(measured, "value", getattr(measured, "p95", 0.0)), 4),
        "unit": getattr(measured, "unit", "ms"),
        "target": round(getattr(measured, "target", 0.0), 4),
        "floor": round(getattr(measured, "floor", 0.0), 4),
        "meets": bool(measured.meets),
        **_besides(measured),
    }


def _besides(measured: Any) -> dict[str, Any]:
    """Return what a room says more than the others, such as its number of queries."""
    if isinstance(measured, Figure):
        return {}
    known = {"name", "size", "value", "unit", "target", "floor", "meets"}
    return {key: value for key, value in asdict(measured).items() if key not in known}


def line(said: dict[str, Any]) -> str:
    """Return a row of the table that people read."""
    verdict = "ok" if said["meets"] else "NOT MET"
    return (
        f"{said['room']:10} {said.get('engine', '-'):11} {said['name'][:42]:42} {said['size']:>9}"
        f" {said['value']:>12,.2f} {said['target']:>12,.2f} {said['floor']:>12,.2f}"
        f" {said['unit']:7} {verdict}"
    )


def seconds(deed: Callable[[], object]) -> float:
    """Return how long a deed takes."""
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def side_by_side(
    deed: Callable[[], object], floor: Callable[[], object], *, times: int, rounds: int = 3
) -> tuple[float, float]:
    """Return the median milliseconds of a deed and of its floor, of interleaved rounds."""
    medians: list[tuple[float, float]] = []
    for _ in range(rounds):
        pairs = [(seconds(deed), seconds(floor)) for _ in range(times)]
        medians.append(
            (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs))
        )
    return _middle(a for a, _ in medians), _middle(b for _, b in medians)


def _middle(found: Iterable[float]) -> float:
    return statistics.median(found) * 1000
