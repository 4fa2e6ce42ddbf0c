"""What a level rests on, in people's own answers: what holds it, blocks the next, wants proof."""

import string
from collections.abc import Iterable
from dataclasses import dataclass

from assessment.method.engine import Finding
from assessment.method.gaps import Result, conditions_hold
from assessment.method.questionnaire import UNKNOWN
from reports.wording import answer_text, sentence


@dataclass(frozen=True)
class ReasonRow:
    """One answer that the level rests on.

    `level` is the one that asks for it; `state` is met, open, unknown or not_asked; `prove` says
    what would prove the answer, empty where the questionnaire does not.
    """

    question_id: str
    stage_id: str
    question: str
    answer: str
    detail: str
    level: int
    state: str
    is_proven: bool
    prove: str


def holds(result: Result) -> tuple[ReasonRow, ...]:
    """The answers that hold the level, in the order in which it builds up."""
    return _rows(result, result.standing.holding)


def blocks(result: Result) -> tuple[ReasonRow, ...]:
    """The answers that block the next level, in the order in which to change them."""
    return _rows(result, result.standing.blocking)


def to_prove(result: Result) -> tuple[ReasonRow, ...]:
    """The answers up to the level that nothing proves yet.

    With evidence on all of them, the evidenced level is the level.
    """
    standing = result.standing
    bare = (g for g in standing.gates if g.level <= standing.level and not g.is_evidenced)
    return _rows(result, bare)


def _rows(result: Result, findings: Iterable[Finding]) -> tuple[ReasonRow, ...]:
    """A row a question, where the first of its marks stands."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.question.id, finding)
    return tuple(_row(result, finding) for finding in first.values())


def _row(result: Result, finding: Finding) -> ReasonRow:
    question, answer = finding.question, finding.answer
    said = question.short_of.get(finding.requirement.at_least)
    is_unasked = not finding.is_asked and finding.state.is_short
    return ReasonRow(
        question_id=question.id,
        stage_id=question.stage_id,
        question=question.ask,
        answer=answer_text(question, answer, result.trace),
        detail=answer.detail.strip() if answer.option != UNKNOWN else "",
        level=finding.level,
        state="not_asked" if is_unasked else str(finding.state),
        is_proven=answer.is_evidenced,
        prove=(said.prove if said else None) or question.prove or "",
    )


def touches(result: Result) -> str:
    """Say what the result touches: the first stake that holds and whose facts are all given."""
    facts, profile = result.questionnaire.facts, result.trace.facts
    for stake in result.questionnaire.stakes:
        named = {name for _, name, _, _ in string.Formatter().parse(stake.say) if name}
        if conditions_hold(stake.when, result.standing) and named <= profile.keys():
            values = {name: _bare_value(facts[name].type, profile[name]) for name in named}
            return sentence(stake.say.format_map(values))
    return ""


def _bare_value(kind: str, value: object) -> str:
    if kind == "number" and isinstance(value, (int, float)):
        return f"{value:,}"
    return str(value)
