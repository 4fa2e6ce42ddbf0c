"""Charts for the web page, made from chart data. Imported late: plotly takes its time to load."""

from collections.abc import Sequence

from plotly import graph_objects

from reports.charts.chartdata import ProfileSpec
from reports.charts.lettering import wrap
from reports.charts.svg_text import FAMILY
from reports.palette import Palette

_BAR = 26
_SIZE = 13
_CLEAR = "rgba(0,0,0,0)"
_LABEL_ROOM, _LABEL_LINES = 130, 2
_AROUND = 92  # the axis below and the label of the mark above


def profile_figure(spec: ProfileSpec, palette: Palette) -> graph_objects.Figure:
    """Draw the profile as a figure whose background lets the page show through.

    Show it with `config={"displayModeBar": False}`; nothing in it can be dragged or zoomed.
    """
    labels = [bar.label for bar in spec.bars]
    figure = graph_objects.Figure(
        graph_objects.Bar(
            orientation="h",
            y=list(range(len(labels))),
            x=[bar.value for bar in spec.bars],
            text=[f"  {bar.value_text}  {bar.note}".rstrip() for bar in spec.bars],
            textposition="outside",
            cliponaxis=False,
            marker={"color": [palette.role(bar.role) for bar in spec.bars], "line": {"width": 0}},
            hovertext=[_plain(hint) for hint in spec.hints],
            hoverinfo="text",
        )
    )
    figure.add_vline(
        x=spec.level,
        line={"color": palette.ink, "width": 1.5, "dash": "dot"},
        annotation={"text": spec.level_label, "yref": "paper", "y": 1, "yanchor": "bottom"},
        annotation_position="top left" if 2 * spec.level > spec.top else "top right",
    )
    figure.update_layout(
        height=_AROUND + _BAR * len(labels),
        margin={"l": 4, "r": 16, "t": 30, "b": 8, "pad": 6},
        bargap=0.4,
        showlegend=False,
        dragmode=False,
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        font={"color": palette.ink, "family": FAMILY, "size": _SIZE},
        hoverlabel={"bgcolor": palette.wash, "font": {"color": palette.ink}},
        xaxis=_levels(spec, palette),
        yaxis=_stages(labels),
    )
    return figure


def _levels(spec: ProfileSpec, palette: Palette) -> dict[str, object]:
    """The axis of the levels."""
    font = {"color": palette.quiet, "size": _SIZE}
    return {
        "title": {"text": spec.axis, "font": font, "standoff": 6},
        "range": [0, spec.top + 0.3],
        "tickvals": [value for value, _ in spec.ticks],
        "ticktext": [written for _, written in spec.ticks],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _stages(labels: Sequence[str]) -> dict[str, object]:
    """The axis of the stages, the first on top, as broad as their names need."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [_label(label) for label in labels],
        "autorange": "reversed",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
    }


def _label(words: str) -> str:
    """A name in lines that leave the bars at least half the width of a phone."""
    lines = wrap(words, _SIZE, _LABEL_ROOM, _LABEL_LINES)
    return "<br>".join(_plain(line) for line in lines)


def _plain(words: str) -> str:
    """Keep plotly from reading markup in a text: it knows a few tags and entities."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
