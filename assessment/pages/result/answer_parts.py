"""Every answer of a report as HTML, with the links that its evidence names."""

from collections.abc import Iterable
from itertools import groupby

from assessment.pages.markup import Html, element, joined
from reports.content import AnswerRow
from reports.links import pieces


def answers(rows: Iterable[AnswerRow]) -> Html:
    """Every question with its answer, by stage."""
    return joined(
        element("section", element("h3", stage), *map(_answer, group), class_="answers")
        for stage, group in groupby(rows, key=lambda row: row.stage)
    )


def _answer(row: AnswerRow) -> Html:
    return element(
        "div",
        element("p", row.question, class_="asked"),
        element("p", row.answer, class_=f"given given-{_given(row)}"),
        linked("p", f"{row.detail_label}: {row.detail}" if row.detail else ""),
        element("ul", *(linked("li", one) for one in row.evidence), class_="evidence")
        if row.evidence
        else None,
        linked("p", row.note),
        class_="answer",
    )


def _given(row: AnswerRow) -> str:
    return "known" if row.rank else row.state.replace("_", "-")


def linked(tag: str, text: str, **attributes: str | int | None) -> Html:
    """Write what somebody typed; what is an address of the web in it leads there."""
    if not text:
        return Html()
    inside = joined(
        element("a", piece.text, href=piece.address, target="_blank", rel="noopener noreferrer")
        if piece.address
        else piece.text
        for piece in pieces(text)
    )
    return element(tag, inside, dir="auto", **{"class_": "typed", **attributes})
