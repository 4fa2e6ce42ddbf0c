"""How the pages look: the palette in both modes, and what a theme file cannot say."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from reports.palette import DARK, LIGHT, Palette

STYLES = Path(__file__).with_name("style")
"""One sheet a page or subject; `base.css` comes first, the others in the order of their names."""


def icon() -> str:
    """Draw the mark of the product for the browser's tab: steps that rise. SVG, from the palette.

    It stands on its own ground, since nobody knows how dark the browser's tabs are.
    """
    steps = "".join(
        f'<rect x="{5 + 8 * step}" y="{20 - 6 * step}" width="6" height="{7 + 6 * step}" rx="1.2"/>'
        for step in range(3)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{LIGHT.accent}"/>'
        f'<g fill="{LIGHT.on_accent}">{steps}</g></svg>'
    )


def palette() -> Palette:
    """The colours of the theme that the reader saw when the page was asked for."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@cache
def living_palette() -> Palette:
    """Colours for what stands in the page itself: each follows the reader's theme at once.

    Streamlit tells the browser which mode is on (`color-scheme`); CSS picks the colour by it.
    """
    both: dict[str, Any] = {}
    for name, light in vars(LIGHT).items():
        dark = vars(DARK)[name]
        is_scale = isinstance(light, tuple)
        both[name] = tuple(map(_either, light, dark)) if is_scale else _either(light, dark)
    return Palette(**both)


def _either(light: str, dark: str) -> str:
    return f"light-dark({light}, {dark})"


def dress() -> None:
    """Put the style sheet on the page, with the palette as its variables."""
    st.html(f"<style>{_variables()}{_style()}</style>")


@cache
def _style() -> str:
    sheets = sorted(STYLES.glob("*.css"), key=lambda sheet: (sheet.stem != "base", sheet.name))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


@cache
def _variables() -> str:
    lines = [
        f"--{name.replace('_', '-')}:{value};"
        for name, value in vars(living_palette()).items()
        if isinstance(value, str)
    ]
    return f":root{{{''.join(lines)}}}"
