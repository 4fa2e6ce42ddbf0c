"""What is the same in every printed report: headings, captions, limits, fonts."""

LANGUAGE = "en"

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

LONGEST_COLUMN = 700
LONGEST_ROW = 1200
"""From this size on, half a page or so, a card with a column of such texts, or a row of a table,
may go on on the next page. A size counts the bytes of a text, and its lines."""

LINE = 30
"""What a new line counts in a size: the bytes that would have filled it."""

LONGEST_TITLE = 200
"""Characters of the use case's name in the file's metadata."""

LABELS = {
    "page": "Page",
    "of": "of",
    "why-this": "Why this one",
    "top-gaps": "What comes after that",
    "today": "How the work runs today",
    "today-intro": "From the answers: what is in place on the way of the work, and what is not.",
    "profile": "How far each stage carries",
    "profile-columns": ("Stage", "What it is about", "Carries at most"),
    "gaps": "The gaps, in the order to close them",
    "gaps-intro": "The first is the next step of page 1. Each says what was found and what to do.",
    "action": "What to do",
    "road": "Later on the road",
    "road-intro": "These belong to later levels. They can wait until the gaps above are closed.",
    "road-columns": ("What is missing", "Stage", "Needed for", "State"),
    "patterns": "Patterns that show",
    "patterns-intro": "What the answers add up to, as others have met it before.",
    "pattern-step": "First step",
    "checklists": "Before it grows",
    "checklist-columns": ("", "Reading", "Still to do"),
    "answers": "Every answer",
    "answers-intro": "As it was given, with detail, evidence and notes. "
    "The strip shows where it stands, from the weakest answer up.",
    "about": "About this report",
}
"""Headings and captions of the template."""

MARKS = {
    "open": "missing",
    "no": "missing",
    "absent": "missing",
    "yes": "met",
    "practised": "met",
}
"""Which mark and colour a state or reading takes, where it is not called like one itself."""
