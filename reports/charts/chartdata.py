"""What a chart shows: order, labels, numbers, thresholds, the names of its colours, its alt text.

Renderers on screen and on paper take all of it from here and only place marks. A colour is named
by its role, which a `Palette` turns into a colour. Every text is clean (see
`reports.charts.lettering`).
"""

from dataclasses import dataclass

from reports.charts.lettering import clean
from reports.charts.map_chart import map_spec
from reports.charts.map_parts import MapSpec
from reports.content import LevelRung, Report
from reports.wording import capital, listed, sentence

__all__ = [
    "LadderRung",
    "LadderSpec",
    "MapSpec",
    "Marker",
    "ProfileBar",
    "ProfileSpec",
    "ladder_spec",
    "map_spec",
    "profile_spec",
]

MOST_STEPS = 6
"""So many levels stand side by side with room for the words above them."""


@dataclass(frozen=True)
class Marker:
    """One reading that stands on a rung: a shape with a word beside it.

    `shape` is `pin`, `cap`, `diamond` or `ring`; `role` the colour of both.
    """

    label: str
    shape: str
    role: str


@dataclass(frozen=True)
class LadderRung:
    """One level.

    `reach` says whether it is `shown`, only `possible` (above the level, up to the ceiling) or
    `beyond`. The markers stand in the order in which they are read.
    """

    level: int
    number: str
    name: str
    reach: str
    markers: tuple[Marker, ...]


@dataclass(frozen=True)
class LadderSpec:
    """The levels from the first to the top, with every reading of this use case.

    `wide` is for paper and wide screens, else it is for a phone. Levels are steps from left to
    right where `is_stepped`, else rows.
    """

    title: str
    alt: str
    rungs: tuple[LadderRung, ...]
    wide: bool
    is_stepped: bool


@dataclass(frozen=True)
class ProfileBar:
    """One stage and the highest level that it supports, 1 to top.

    `note` is said beside the number; it is empty where all bars would say the same.
    """

    stage_id: str
    label: str
    value: int
    value_text: str
    role: str
    is_weakest: bool
    note: str


@dataclass(frozen=True)
class ProfileSpec:
    """The stages in their order, against the level of the use case.

    `ticks` are the levels as they are written on the axis called `axis`; `hints` says for each bar
    what a pointer on it shows; `weakest` is a sentence.
    """

    title: str
    alt: str
    bars: tuple[ProfileBar, ...]
    hints: tuple[str, ...]
    axis: str
    ticks: tuple[tuple[int, str], ...]
    top: int
    level: int
    level_label: str
    weakest: str


def ladder_spec(report: Report, *, wide: bool = True) -> LadderSpec:
    """Make the ladder of a report.

    Args:
        report: The report.
        wide: For paper and wide screens; else for a phone.

    Returns:
        The ladder; level, ceiling, evidenced level and guess each stand on their rung.
    """
    level = next(rung.level for rung in report.ladder if rung.is_level)
    ceiling = next(rung.level for rung in report.ladder if rung.is_ceiling)
    rungs = tuple(
        LadderRung(
            level=rung.level,
            number=str(rung.level),
            name=clean(rung.name),
            reach=_reach(rung.level, level, ceiling),
            markers=_markers(rung, report.headline.labels),
        )
        for rung in report.ladder
    )
    readings = [
        f"{marker.label.lower()} {rung.number}" for rung in rungs for marker in rung.markers
    ]
    return LadderSpec(
        title="Where it stands",
        alt=clean(
            f"{sentence(report.headline.text)} "
            f"On the ladder of {len(rungs)} levels: {listed(readings)}."
        ),
        rungs=rungs,
        wide=wide,
        is_stepped=wide and len(rungs) <= MOST_STEPS,
    )


def _reach(level: int, shown: int, ceiling: int) -> str:
    if level <= shown:
        return "shown"
    return "possible" if level <= ceiling else "beyond"


def _markers(rung: LevelRung, labels: tuple[str, str, str, str]) -> tuple[Marker, ...]:
    """The readings that stand on a rung."""
    level, ceiling, evidenced, guess = labels
    found = (
        (rung.is_level, Marker(level, "pin", "accent")),
        (rung.is_ceiling, Marker(ceiling, "cap", "accent")),
        (rung.is_evidenced, Marker(evidenced, "diamond", "met")),
        (rung.is_guess, Marker(guess, "ring", "quiet")),
    )
    return tuple(marker for stands_here, marker in found if stands_here)


def profile_spec(report: Report) -> ProfileSpec:
    """Make the profile of a report: one bar for each stage, as high as the level it supports."""
    top = len(report.ladder)
    level = next(rung.level for rung in report.ladder if rung.is_level)
    names = {rung.level: clean(rung.name) for rung in report.ladder}
    all_alike = len({stage.supports for stage in report.stages}) == 1
    bars = tuple(
        ProfileBar(
            stage_id=stage.stage_id,
            label=clean(stage.title),
            value=stage.supports,
            value_text=str(stage.supports),
            role="accent" if stage.is_weakest else "bar",
            is_weakest=stage.is_weakest,
            note="weakest" if stage.is_weakest and not all_alike else "",
        )
        for stage in report.stages
    )
    hints = tuple(
        f"{bar.label} supports level {bar.value_text}, {names[bar.value]}" for bar in bars
    )
    stands = f"{'' if report.headline.is_settled else 'at least '}level {level}"
    weakest = clean(report.headline.weakest)
    return ProfileSpec(
        title="What each stage supports",
        alt=f"Each stage and the highest of {top} levels that it supports, "
        f"beside the use case: {stands}. {capital(weakest)}",
        bars=bars,
        hints=hints,
        axis="Level",
        ticks=tuple((number, str(number)) for number in range(1, top + 1)),
        top=top,
        level=level,
        level_label=f"Use case: {stands}",
        weakest=weakest,
    )
