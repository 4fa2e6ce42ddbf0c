"""Figures, how they are summed up, and the table that they stand in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured.
        value: The figure, as it is read.
        peer: Its floor or peer in the same run, as it is read; empty where there is none.
        goal: What it should be at most; empty where there is no goal.
        met: Whether it is; None where there is no goal.
    """

    what: str
    value: str
    peer: str
    goal: str = ""
    met: bool | None = None


def timed(action: Callable[[], object], times: int) -> list[float]:
    """Seconds that each of so many calls takes, after one that does not count."""
    action()
    taken = []
    for _ in range(times):
        start = perf_counter()
        action()
        taken.append(perf_counter() - start)
    return taken


def in_turn(*actions: Callable[[], object], times: int) -> list[list[float]]:
    """Seconds that each action takes, called one after another, so that noise meets all alike."""
    taken: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(times):
        for place, action in enumerate(actions):
            start = perf_counter()
            action()
            taken[place].append(perf_counter() - start)
    return taken


def p50(seconds: Sequence[float]) -> float:
    """The median."""
    return median(seconds)


def p95(seconds: Sequence[float]) -> float:
    """What 95 of 100 stay under."""
    return quantiles(seconds, n=20, method="inclusive")[-1]


def ms(seconds: float) -> str:
    """Say a time in milliseconds, with three digits that mean something."""
    value = seconds * 1000
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{digits}f} ms"


def spread(seconds: Sequence[float]) -> str:
    """Say median and 95th percentile."""
    return f"{ms(p50(seconds))} · p95 {ms(p95(seconds))}"


def markdown(sections: Iterable[tuple[str, Sequence[Figure]]]) -> str:
    """Lay figures out as one Markdown table; each section begins with its name."""
    lines = ["| What | Measured | Goal | Met | Floor or peer, same run |", "|---|---|---|---|---|"]
    for name, figures in sections:
        lines.append(f"| **{name}** | | | | |")
        lines += [
            f"| {one.what} | {one.value} | {one.goal} | {_met(one.met)} | {one.peer} |"
            for one in figures
        ]
    return "\n".join(lines) + "\n"


def _met(met: bool | None) -> str:
    return "" if met is None else "yes" if met else "**no**"
