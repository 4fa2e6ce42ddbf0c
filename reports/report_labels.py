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
"""Headings and captions of the templates."""

MARKS = {
    "open": "missing",
    "no": "missing",
    "absent": "missing",
    "yes": "met",
    "practised": "met",
}
"""Which mark and colour a state or reading takes, where it is not called like one itself."""
