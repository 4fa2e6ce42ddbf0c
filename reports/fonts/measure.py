"""Measure which characters the fonts in this folder can print, and write `coverage.json`.

For whoever changes a font: `python -m reports.fonts.measure`. It needs fonttools, which the
program itself does not; the program reads only the file written here.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent


def covered(fonts: Iterable[Path]) -> list[tuple[int, int]]:
    """Find the code points that at least one font can print, as ranges with both ends included."""
    points: set[int] = set()
    for path in fonts:
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    ranges: list[tuple[int, int]] = []
    for point in sorted(points):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return ranges


def coverage_text(fonts: Iterable[Path]) -> str:
    """The text of `coverage.json` for these fonts."""
    content = {"ranges": covered(fonts)}
    return json.dumps(content, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    found = sorted(FOLDER.glob("*.ttf"))
    (FOLDER / "coverage.json").write_text(coverage_text(found), encoding="utf-8", newline="\n")
