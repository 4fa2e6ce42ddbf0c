"""A spread on the page: every option with its count, as bars and as words."""

from collections.abc import Sequence

from assessment.method.questionnaire import Level
from assessment.method.room import Revealed, Spread
from assessment.pages.markup import Html, bullets, element, if_any, joined
from reports.room.words import Bar, agreement_text, bars, outcome_texts, reason_text, spread_text


def spread_bars(lines: Sequence[Bar], agreed: str | None = None) -> Html:
    """Lay out a spread as a list of bars; each says its count, so that no colour is needed."""
    rows = [
        element(
            "li",
            element("span", bar.text, class_="text"),
            element(
                "span",
                element("span", class_="fill", style=f"width:{bar.share * 100:.1f}%"),
                class_="track",
                aria_hidden="true",
            ),
            element("span", bar.words, class_="count"),
            class_="agreed" if bar.option == agreed else None,
        )
        for bar in lines
    ]
    return element("ol", *rows, class_="spread") if rows else Html()


def spread_words(spread: Spread) -> Html:
    """Say the same in a sentence."""
    return element("p", spread_text(spread), class_="spread-words")


def shown_spread(spread: Spread, agreed: str | None = None) -> Html:
    """Bars and words."""
    return joined([spread_bars(bars(spread), agreed), spread_words(spread)])


def talk_about(revealed: Revealed, next_level: Level | None) -> Html:
    """Say why it is worth talking about, and what the level would be under either answer."""
    return joined(
        [
            element("p", reason_text(revealed, next_level), class_="reason"),
            bullets(outcome_texts(revealed), class_="outcomes"),
            if_any("p", agreement_text(revealed.spread), class_="quiet small"),
        ]
    )
