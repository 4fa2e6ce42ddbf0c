"""Every colour of the product: screen and paper take theirs from here, and from nowhere else.

Meaning is never carried by colour alone: a state has its shape, its kind of line and its word as
well, so that everything holds in grey print and for colour-blind readers. Every ink reaches 4.5 to
1 on `paper` and on `wash` (WCAG 2.2, 1.4.3); `bar` and `accent` reach 3 to 1 (1.4.11).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one mode, as `#rrggbb`.

    Text is `ink` or `quiet` on `paper` or `wash`; `line` is for rules and frames, `bar` for quiet
    bars. States are named as in `TraceMap` and the answers. `levels` runs from the first level to
    the top, one hue from near the paper's to far from it; `on_levels` is the text on each.
    """

    paper: str
    wash: str
    ink: str
    quiet: str
    line: str
    bar: str
    accent: str
    on_accent: str
    met: str
    missing: str
    unknown: str
    not_asked: str
    not_applicable: str
    levels: tuple[str, ...]
    on_levels: tuple[str, ...]

    def role(self, name: str) -> str:
        """Give the colour with a role that chart data names: `ink`, `missing` and so on."""
        colour: str = getattr(self, name)
        return colour

    def level(self, level: int, top: int) -> tuple[str, str]:
        """Give the fill of a level of 1..top, and the colour of text on it."""
        last = len(self.levels) - 1
        index = last if top <= 1 else round((level - 1) * last / (top - 1))
        return self.levels[index], self.on_levels[index]


LIGHT = Palette(
    paper="#ffffff",
    wash="#f4f6f8",
    ink="#16212c",
    quiet="#4d5b69",
    line="#d3dae1",
    bar="#6795be",
    accent="#1d4f7c",
    on_accent="#ffffff",
    met="#14694c",
    missing="#b3361b",
    unknown="#8a5a00",
    not_asked="#5d6a77",
    not_applicable="#66717c",
    levels=("#dbe7f2", "#b3cde4", "#7fabd0", "#3d78ad", "#1d4f7c"),
    on_levels=("#16212c", "#16212c", "#16212c", "#ffffff", "#ffffff"),
)

DARK = Palette(
    paper="#10171e",
    wash="#1a242e",
    ink="#e8edf2",
    quiet="#a9b5c1",
    line="#35424f",
    bar="#4c7ba6",
    accent="#8cbbe6",
    on_accent="#10171e",
    met="#5fc79c",
    missing="#ff8f73",
    unknown="#e3b04b",
    not_asked="#93a0ad",
    not_applicable="#8492a0",
    levels=("#27394a", "#35536f", "#4a78a3", "#7fabd0", "#b3d3f0"),
    on_levels=("#e8edf2", "#e8edf2", "#ffffff", "#10171e", "#10171e"),
)
