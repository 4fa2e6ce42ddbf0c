"""Measure how wide each character of the report's typeface is, and write `widths.json`.

For whoever changes a font: `python -m reports.fonts.advance_widths`. It needs fonttools, which the
program itself does not; the program reads only the file written here.
"""

import json
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent
FACES = {"regular": "SourceSans3-Regular.ttf", "semibold": "SourceSans3-Semibold.ttf"}


def widths(font_file: Path) -> dict[str, str]:
    """Group a font's characters by their advance width, in thousandths of the type size."""
    groups: defaultdict[int, list[str]] = defaultdict(list)
    with TTFont(font_file, lazy=True) as font:
        units = font["head"].unitsPerEm
        for point, glyph in sorted(font.getBestCmap().items()):
            if chr(point).isprintable():
                groups[round(font["hmtx"][glyph][0] * 1000 / units)].append(chr(point))
    return {str(width): "".join(characters) for width, characters in sorted(groups.items())}


def widths_text() -> str:
    """The text of `widths.json`."""
    faces = {face: widths(FOLDER / name) for face, name in FACES.items()}
    return json.dumps(faces, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    (FOLDER / "widths.json").write_text(widths_text(), encoding="utf-8", newline="\n")
