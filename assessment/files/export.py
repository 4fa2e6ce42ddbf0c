"""The complete export of a trace as JSON, and back without loss.

It embeds the questionnaire's text, so that the trace is always read with the questionnaire it was
answered with. What stands under 'derived' is computed again when the file is read. The history of
changes is not in it: whoever hands over a report need not hand over what was taken back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from assessment.files.case_answers import ANSWER_KEYS
from assessment.files.export_texts import moment_text, whole
from assessment.files.export_workshop import workshop_part
from assessment.files.problems import Problem
from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.differences import Difference
from assessment.method.gaps import Result, assess
from assessment.method.record import record
from assessment.room_account import RoomAccount
from assessment.taken_on import NO_PLAN, Action, Plan

FORMAT = "coordination-audit/trace"
FORMAT_VERSION = 2
"""1 had no plan."""

LARGEST_EXPORT = 4 * 2**20
"""In bytes. A questionnaire and every note at its longest stay below it."""

FILE_KEYS = (
    "format",
    "format_version",
    "generator",
    "exported_at",
    "use_case",
    "answers",
    "plan",
    "derived",
    "questionnaire",
)
WORKSHOP_KEY = "workshop"
"""Only where the use case was traced in a workshop; stands after the plan."""

USE_CASE_KEYS = ("id", "changed", "facts")
DERIVED_KEYS = ("result",)
QUESTIONNAIRE_KEYS = ("id", "version", "fingerprint", "text")
ENTRY_KEYS = (*ANSWER_KEYS, "answered_at")
PLAN_KEYS = ("target", "actions")
ACTION_KEYS = (
    "question",
    "mark",
    "words",
    "owner",
    "due",
    "note",
    "outcome",
    "taken",
    "done",
)

NEVER: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True)
class TracedUseCase:
    """A trace with what belongs to it; what an export holds and a report is made of.

    Attributes:
        id: The trace's id in the store, or the case's in its file.
        read: The questionnaire it was answered with, and its text.
        trace: The facts and the answers.
        changed: When anything in it changed last, None where nobody noted it.
        answered_at: Question id to when its answer last changed, as far as it is known.
        plan: What was taken on, and the target.
        workshop: What the room said, where it was traced in a workshop.
    """

    id: str
    read: ReadQuestionnaire
    trace: Trace
    changed: datetime | None = None
    answered_at: Mapping[str, datetime] = field(default_factory=lambda: NEVER)
    plan: Plan = NO_PLAN
    workshop: RoomAccount | None = None


@dataclass(frozen=True)
class Export:
    """An export that was read.

    Attributes:
        use_case: The trace with what belongs to it.
        generator: Which program wrote it, with its version.
        exported_at: When it was written.
        result: What the answers come to, computed now.
        differences: Where the result in the file is not what the answers come to.
        warnings: What its author will want to know.
    """

    use_case: TracedUseCase
    generator: str
    exported_at: datetime
    result: Result
    differences: tuple[Difference, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the result in the file is still what the answers come to."""
        return not self.differences


def write_export(use_case: TracedUseCase, generator: str, exported_at: datetime) -> str:
    """Write the complete export of a trace.

    The order is the questionnaire's, so the same trace always gives the same text. Every question
    is in it; `null` stands for one that is not asked yet.

    Args:
        use_case: What to write.
        generator: Which program writes it, with its version.
        exported_at: When, with its time zone.

    Returns:
        JSON text that `read_export` reads back.

    Raises:
        ValueError: A time has no time zone, or a number is infinite.
    """
    read, trace = use_case.read, use_case.trace
    questionnaire = read.questionnaire
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "generator": generator,
        "exported_at": moment_text(exported_at),
        "use_case": {
            "id": whole(use_case.id),
            "changed": moment_text(use_case.changed),
            "facts": _facts(use_case),
        },
        "answers": {
            question.id: _entry(trace.answer(question.id), use_case.answered_at.get(question.id))
            for question in questionnaire.questions
        },
        "plan": {
            "target": use_case.plan.target,
            "actions": [_action(action) for action in use_case.plan.actions],
        },
        **({WORKSHOP_KEY: workshop_part(use_case.workshop)} if use_case.workshop else {}),
        "derived": {"result": record(assess(questionnaire, trace), whole(use_case.id))},
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "fingerprint": read.fingerprint,
            "text": read.text,
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _facts(use_case: TracedUseCase) -> dict[str, Any]:
    given = use_case.trace.facts
    named = (fact.id for fact in use_case.read.questionnaire.profile)
    return {name: _plain(given[name]) for name in named if name in given}


def _plain(value: FactValue) -> Any:
    if isinstance(value, str):
        return whole(value)
    return [whole(item) for item in value] if isinstance(value, tuple) else value


def _entry(answer: Answer, answered_at: datetime | None) -> dict[str, Any]:
    return {
        "answer": answer.option,
        "detail": whole(answer.detail),
        "evidence": [whole(piece) for piece in answer.evidence],
        "note": whole(answer.note),
        "answered_at": moment_text(answered_at),
    }


def _action(action: Action) -> dict[str, Any]:
    terms = action.terms
    return {
        "question": whole(action.question),
        "mark": whole(action.mark),
        "words": whole(action.words),
        "owner": whole(terms.owner),
        "due": terms.due.isoformat() if terms.due else None,
        "note": whole(terms.note),
        "outcome": {whole(label): whole(said) for label, said in action.outcome.items()},
        "taken": moment_text(action.taken),
        "done": moment_text(action.done),
    }
