"""What is the same in every printed report: its fonts and limits."""

FONTS = ("Source Sans 3", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK JP")
"""The families in `fonts/`; a character comes from the first that has it."""

ROOMY = {
    "title": 2,
    "facts": 3,
    "headline": 2,
    "meaning": 2,
    "reading": 5,
    "reason": 4,
    "action": 4,
    "step-fact": 3,
    "step-why": 4,
    "gap": 2,
    "ladder": 66,
}
TIGHT = {
    "title": 1,
    "facts": 1,
    "headline": 1,
    "meaning": 1,
    "reading": 4,
    "reason": 2,
    "action": 3,
    "step-fact": 2,
    "step-why": 2,
    "gap": 1,
    "ladder": 50,
}
PAGE_1 = (
    ROOMY,
    {**ROOMY, "facts": 2, "gap": 1},
    {**ROOMY, "title": 1, "facts": 1, "gap": 1, "step-why": 2, "step-fact": 2},
    TIGHT,
)
"""How many lines a text on page 1 may have, and how many mm high the ladder may be. The template
takes the first set with which everything fits on the page; with the last one all texts, however
long, fill no more than the page."""

MOST_AIR = 10
"""How many mm the parts of page 1 move apart, at most, where there is room."""

LONGEST_ON_PAGE_1 = 1000
"""Characters of a text on page 1 that are looked at; no limit above has room for as many."""
