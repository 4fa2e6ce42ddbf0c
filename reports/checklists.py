"""Readiness and skills in words: each item with its reading, and what is still to do."""

from dataclasses import dataclass

from assessment.method.engine import State, state_of
from assessment.method.gaps import Result
from assessment.method.questionnaire import ChecklistItem
from reports.gap_cards import action_text
from reports.wording import READINESS, SKILLS


@dataclass(frozen=True)
class ChecklistRow:
    """One item of readiness or skills: its reading as id and word, and what is still to do."""

    item_id: str
    name: str
    about: str
    reading: str
    reading_label: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class ChecklistPart:
    """A checklist with its heading; without rows where the questionnaire has none."""

    title: str
    intro: str
    rows: tuple[ChecklistRow, ...]


def write_readiness(result: Result) -> ChecklistPart:
    """Put into words whether the use case is ready to grow."""
    checklist = result.questionnaire.readiness
    rows = (
        _row(result, item, result.readiness[item.id], READINESS[result.readiness[item.id]])
        for item in checklist.items
    )
    return ChecklistPart(checklist.title or "Readiness", checklist.intro or "", tuple(rows))


def write_skills(result: Result) -> ChecklistPart:
    """Put into words which skills are practised."""
    checklist = result.questionnaire.skills
    rows = (
        _row(result, item, result.skills[item.id], SKILLS[result.skills[item.id]])
        for item in checklist.items
    )
    return ChecklistPart(checklist.title or "Skills", checklist.intro or "", tuple(rows))


def _row(result: Result, item: ChecklistItem, reading: str, label: str) -> ChecklistRow:
    questionnaire, trace = result.questionnaire, result.trace
    open_ = (n for n in item.all if state_of(questionnaire, trace, n) is State.OPEN)
    return ChecklistRow(
        item_id=item.id,
        name=item.name,
        about=item.about or "",
        reading=reading,
        reading_label=label,
        actions=tuple(action_text(questionnaire, need) for need in open_),
    )
