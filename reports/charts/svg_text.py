"""The few SVG elements that the charts are made of. Every text is escaped here."""

from collections.abc import Iterable
from html import escape

from reports.charts.lettering import clean

FAMILY = "'Source Sans 3', 'Source Sans', sans-serif"
"""On paper and, by its name there, on Streamlit's pages. In quotation marks: without them the digit
makes the name invalid, and browsers drop it."""


def number(value: float) -> str:
    """Write a coordinate: two decimals at most, no trailing zeros, so that files stay small."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """Write an element; `_` in an attribute's name stands for `-`, None leaves it out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_quoted(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    bold: bool = False,
    anchor: str | None = None,
) -> str:
    """Write a line of text; `y` is its baseline, `anchor` None, `middle` or `end`."""
    return element(
        "text",
        escape(clean(words), quote=False),
        x=x,
        y=y,
        font_size=size,
        font_weight=600 if bold else None,
        text_anchor=anchor,
        fill=fill,
    )


def rect(
    x: float, y: float, width: float, height: float, radius: float = 0, **look: str | float | None
) -> str:
    """Write a rectangle; `look` is fill, stroke and so on."""
    return element("rect", x=x, y=y, width=width, height=height, rx=radius or None, **look)


def path(d: str, **look: str | float | None) -> str:
    """Write a path."""
    return element("path", d=d, **look)


def document(title: str, alt: str, width: float, height: float, parts: Iterable[str]) -> str:
    """Write a picture that stands alone, with its title and alt text for screen readers."""
    return element(
        "svg",
        element("title", escape(clean(title), quote=False)),
        element("desc", escape(clean(alt), quote=False)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FAMILY,
    )


def _quoted(value: str | float) -> str:
    """Write what stands between an attribute's quotation marks; apostrophes stay for `FAMILY`."""
    if isinstance(value, str):
        return escape(value, quote=False).replace('"', "&quot;")
    return number(value)
