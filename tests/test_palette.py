"""Colours: everything can be read, in both modes, and all of it comes from one place."""

import re
from itertools import chain
from pathlib import Path

import pytest

from reports.palette import DARK, LIGHT, Palette

ROOT = Path(__file__).parent.parent
MODES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])

INKS = ("ink", "quiet", "accent")
STATES = ("met", "missing", "unknown", "not_asked", "not_applicable")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@MODES
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("ink", [*INKS, *STATES])
def test_text_stands_out_from_its_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(palette.role(ink), palette.role(ground)) >= 4.5


@MODES
def test_text_on_an_accent_and_on_every_level_can_be_read(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert len(palette.levels) == len(palette.on_levels)
    for fill, ink in zip(palette.levels, palette.on_levels, strict=True):
        assert contrast(fill, ink) >= 4.5, fill


@MODES
@pytest.mark.parametrize("mark", ["bar", "accent", "quiet"])
def test_marks_without_text_stand_out_from_the_paper(palette: Palette, mark: str) -> None:
    assert contrast(palette.role(mark), palette.paper) >= 3


@MODES
def test_levels_run_one_way_from_the_first_to_the_top(palette: Palette) -> None:
    steps = [luminance(fill) for fill in palette.levels]
    away_from_paper = luminance(palette.paper) > luminance(palette.ink)
    assert steps == sorted(steps, reverse=away_from_paper)


@pytest.mark.parametrize("top", [2, 3, 5, 9])
def test_any_number_of_levels_uses_the_whole_range(top: int) -> None:
    fills = [LIGHT.level(level, top)[0] for level in range(1, top + 1)]
    assert fills[0] == LIGHT.levels[0]
    assert fills[-1] == LIGHT.levels[-1]
    assert [LIGHT.levels.index(fill) for fill in fills] == sorted(map(LIGHT.levels.index, fills))


def test_colours_are_written_nowhere_else() -> None:
    files = chain(
        (ROOT / "reports").rglob("*.py"),
        (ROOT / "reports").rglob("*.typ"),
        (ROOT / "assessment/pages").rglob("*"),
        [ROOT / "app.py"],
    )
    found = {
        path.relative_to(ROOT).as_posix(): COLOUR.findall(path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix in (".py", ".typ", ".css", ".html") and path.name != "palette.py"
    }
    assert {path: colours for path, colours in found.items() if colours} == {}
