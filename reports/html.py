"""A report as one web page that stands alone: no script, nothing fetched, light and dark.

The template escapes every text that is put into it; only the style sheet and the drawings, whose
own maker escapes theirs, go in as they are. The same report and day give the same bytes.
"""

import re
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reports.charts.chartdata import ladder_spec, map_spec, profile_spec
from reports.charts.flow import FlowState
from reports.charts.map_words import in_words
from reports.charts.svg_charts import ladder_svg, map_svg, profile_svg
from reports.charts.svg_marks import state_mark
from reports.content import Report
from reports.links import pieces
from reports.palette import DARK, LIGHT, Palette
from reports.report_data import report_data
from reports.report_labels import LABELS
from reports.wording import spoken_date

HERE = Path(__file__).parent

SECURITY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser lets the page do: show itself. Nothing is run and nothing is fetched."""

HTML_LABELS = {
    **LABELS,
    "contents": "In this report",
    "gaps-intro": "The first is the next step above. Each says what was found and what to do.",
    "in-words": "The same in words",
    "ladder": "Where it stands",
    "number": "Number",
    "item": "What it is about",
    "question": "Question",
    "answer": "Answer",
    "facts": "The use case",
}
"""Where a page says more than paper, or says it in another way."""

_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def render_html(report: Report, made: datetime) -> bytes:
    """Write a report as a web page.

    Safe to call from many threads at once.

    Args:
        report: What the reader is told.
        made: When the file is made, with its zone.

    Returns:
        One file in UTF-8. Texts stand in it as they were typed; only what no browser takes is
        left out (control characters) or marked (halves of characters).

    Raises:
        ValueError: `made` has no zone.
    """
    if made.tzinfo is None:
        raise ValueError("made needs a time zone")
    data = report_data(report, spoken_date(made))
    page = _template().render(
        data=data,
        labels=HTML_LABELS,
        security=SECURITY,
        style=_style(),
        charts=_charts(report),
        marks={state.value: state_mark(state.value, COLOURS) for state in FlowState},
    )
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("", page)).encode()


def _charts(report: Report) -> dict[str, Any]:
    """The drawings for wide and narrow windows, and what the map shows in words."""
    wide, narrow = ladder_spec(report), ladder_spec(report, wide=False)
    across, down = map_spec(report), map_spec(report, columns_wide=False)
    return {
        "ladder-wide": ladder_svg(wide, COLOURS),
        "ladder-narrow": ladder_svg(narrow, COLOURS),
        "profile": profile_svg(profile_spec(report), COLOURS),
        "map-wide": map_svg(across, COLOURS),
        "map-narrow": map_svg(down, COLOURS),
        "map-words": in_words(report.trace_map),
    }


def _variables(palette: Palette) -> dict[str, str]:
    """The colours of a mode by the names of their variables in the style sheet."""
    found: dict[str, str] = {}
    for field in fields(palette):
        value = getattr(palette, field.name)
        name = field.name.replace("_", "-")
        if isinstance(value, str):
            found[f"--{name}"] = value
        else:
            found |= {f"--{name}-{place}": colour for place, colour in enumerate(value)}
    return found


def _living() -> Palette:
    """A palette whose colours are those variables, so that a drawing follows the reader's mode."""
    names = iter(_variables(LIGHT))
    values: dict[str, Any] = {}
    for field in fields(LIGHT):
        value = getattr(LIGHT, field.name)
        if isinstance(value, str):
            values[field.name] = f"var({next(names)})"
        else:
            values[field.name] = tuple(f"var({next(names)})" for _ in value)
    return Palette(**values)


COLOURS = _living()


@lru_cache(maxsize=1)
def _style() -> str:
    light, dark = (
        "".join(f"{name}:{colour};" for name, colour in _variables(palette).items())
        for palette in (LIGHT, DARK)
    )
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        + (HERE / "report.css").read_text(encoding="utf-8")
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["pieces"] = pieces
    return environment.get_template("report.html")
