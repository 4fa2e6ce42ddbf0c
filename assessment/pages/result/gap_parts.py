"""Gaps, patterns and checklists of a report as HTML. What they say is decided in `reports`."""

from assessment.pages.markup import Html, bullets, element, if_any, joined, pairs
from reports.checklists import ChecklistPart
from reports.content import PatternCard
from reports.gap_cards import GapCard
from reports.wording import capital


def fold(title: str, inside: Html) -> Html:
    """Something to unfold that costs no visit to the server."""
    return (
        element("details", element("summary", title), inside, class_="fold") if inside else inside
    )


def gap(card: GapCard) -> Html:
    """What is missing, under its kind and state, what to do about it, and the rest folded."""
    return element(
        "div",
        element(
            "p",
            element("span", card.kind_label, class_=f"kind kind-{card.kind}"),
            if_any("span", _state(card), class_=f"state state-{card.state}"),
            element("span", card.stage),
            if_any("span", capital(card.effort_text)),
            class_="eyebrow",
        ),
        element("h3", f"{card.number}. {card.title}"),
        if_any("p", card.action if card.title == card.missing else "", class_="action"),
        taken_line(card),
        fold("Why, who and how to prove it", _behind(card)),
        class_="gap-line",
    )


def taken_line(card: GapCard | None) -> Html:
    """Who took it on, if somebody did."""
    if card is None or card.taken is None:
        return Html()
    said = element("bdi", card.taken.line)
    return element("p", f"{card.taken.label} ", said, class_="taken-line")


def _state(card: GapCard) -> str:
    """A gap's state, where its kind has not said it already."""
    return card.state_label if card.state_label != card.kind_label else ""


def _behind(card: GapCard) -> Html:
    return joined(
        [
            if_any("p", card.why, class_="why"),
            pairs(card.to_do[1:] if card.taken else card.to_do, class_="facts"),
            grounds(card),
        ]
    )


def grounds(card: GapCard) -> Html:
    """What was answered, what it is needed for, and the source."""
    answer = f"{card.answer} ({card.detail})" if card.detail else card.answer
    return joined(
        [
            pairs(
                [
                    ("Question", card.question if card.title != card.question else ""),
                    ("Your answer", answer),
                    ("Needed for", "; ".join(card.needed_for)),
                ],
                class_="facts",
            ),
            if_any("p", card.source, class_="source"),
        ]
    )


def pattern(card: PatternCard, number: int | None) -> Html:
    """A pattern as a short story; `number` is that of the gap that is its first step."""
    cure = f"The first step is that of gap {number}." if number else card.step
    return element(
        "article",
        element("h3", card.name),
        if_any("p", " ".join(filter(None, (card.looks_like, card.costs)))),
        element("p", element("strong", "What breaks it: "), card.breaks_it)
        if card.breaks_it
        else None,
        if_any("p", cure, class_="cure"),
        if_any("p", card.source, class_="source"),
        class_="pattern",
    )


def checklist(part: ChecklistPart, title: Html) -> Html:
    """Readiness or skills, under their heading: each with its reading and what is still to do."""
    items = [
        element(
            "li",
            element(
                "p",
                element("strong", row.name),
                " ",
                element("span", row.reading_label, class_=f"reading reading-{row.reading}"),
                class_="line",
            ),
            if_any("p", row.about, class_="quiet"),
            _to_do(row.actions),
        )
        for row in part.rows
    ]
    return joined(
        [
            title,
            if_any("p", part.intro, class_="quiet"),
            element("ul", *items, class_="checklist"),
        ]
    )


def _to_do(actions: tuple[str, ...]) -> Html:
    """What is still to do, folded."""
    if not actions:
        return Html()
    return element("details", element("summary", "What is still to do"), bullets(actions))
