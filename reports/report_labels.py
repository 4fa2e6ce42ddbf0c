"""What is the same in every written report: its language, headings, captions and marks."""

LANGUAGE = "en"

LABELS = {
    "page": "Page",
    "of": "of",
    "why-this": "Why this one",
    "top-gaps": "What comes after that",
    "today": "How the work runs today",
    "today-intro": "From the answers: what is in place on the way of the work, and what is not.",
    "profile": "How far each stage carries",
    "profile-columns": ("Stage", "What it is about", "Carries"),
    "room": "What the room said",
    "room-people": "Who was there",
    "room-agenda": "What was done",
    "room-agenda-columns": ("Part", "Time", "What came of it"),
    "room-guess": "The guess and the result",
    "room-functions": "As each function sees it",
    "room-functions-columns": ("Function", "How many", "Level of their middle answers"),
    "room-splits": "What splits them",
    "room-questions": "Question by question",
    "room-questions-intro": "The most useful to talk about came first. A bar is the share of those "
    "who answered; the count stands beside it.",
    "room-agreed": "What the room agreed on",
    "room-chosen": "agreed",
    "room-open": "Not agreed, so to be found out",
    "room-taken": "Taken on in the room",
    "room-limits": "What these figures cannot say",
    "taken": "Taken on",
    "taken-columns": ("What", "Who", "By when"),
    "gaps": "The gaps, in the order to close them",
    "gaps-intro": "The first is the next step of page 1. Each says what was found and what to do.",
    "action": "What to do",
    "road": "Later on the road",
    "road-intro": "These can wait until the gaps above are closed.",
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
"""Headings and captions of the templates."""

MARKS = {
    "open": "missing",
    "no": "missing",
    "absent": "missing",
    "yes": "met",
    "practised": "met",
}
"""Which mark and colour a state or reading takes, where it is not called like one itself."""
