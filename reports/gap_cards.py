"""Gaps and the next step in words: what is missing, why it matters, what to do, who does it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.method.engine import State
from assessment.method.gaps import Gap, Kind, NextStep, Reason, Result
from assessment.method.plan import is_for, needed
from assessment.method.questionnaire import Questionnaire, Requirement, Shortfall
from reports.plan_cards import TakenCard, TargetPart, enough_action, taken_for
from reports.wording import EFFORTS, KINDS, NOT_ASKED, answer_text, capital, sentence, source_text

HOW_LONG = "How long"
AFTERWARDS = "What exists afterwards"
PROOF = "What would prove it"

TRACE_AGAIN = "Nothing is short. Trace this use case again when something around it changes."


@dataclass(frozen=True)
class GapCard:
    """A gap as a reader meets it. Texts may be empty where the questionnaire says nothing.

    `level` is a number or None; `kind_label` and `state_label` say kind and state in words;
    `needed_for` lists everything it is needed for; `effort` is S, M, L and `effort_text` its span,
    both empty for a question that is only not asked yet. `mark` is the option that the answer
    should come to; `is_needed` tells whether the target needs it; `taken` is what somebody took
    on about it.
    """

    number: int
    question_id: str
    stage_id: str
    stage: str
    question: str
    answer: str
    detail: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    level: int | None
    missing: str
    why: str
    action: str
    who: str
    after: str
    effort: str
    effort_text: str
    proof: str
    source: str
    needed_for: tuple[str, ...]
    mark: str
    is_needed: bool
    taken: TakenCard | None = None

    @property
    def title(self) -> str:
        """What the card is about, in one line that can stand alone."""
        return self.missing if self.state == State.OPEN else self.question

    @property
    def who_label(self) -> str:
        """What `who` is: whoever does it, or whoever may know."""
        return "Who, typically" if self.state == State.OPEN else "Who would know"

    @property
    def whose(self) -> tuple[str, str]:
        """Who took it on and by when; else who does it typically."""
        return (self.taken.label, self.taken.line) if self.taken else (self.who_label, self.who)

    @property
    def to_do(self) -> tuple[tuple[str, str], ...]:
        """Caption and text of who does it, how long, what exists afterwards, what proves it."""
        return (
            self.whose,
            (HOW_LONG, capital(self.effort_text)),
            (AFTERWARDS, self.after),
            (PROOF, self.proof),
        )


@dataclass(frozen=True)
class StepCard:
    """The one suggested next step.

    `label` names what kind of step it is; `gap` holds the rest, None when nothing is short.
    """

    label: str
    action: str
    why_this: str
    gap: GapCard | None


def write_gaps(
    result: Result, target: TargetPart, taken: Sequence[TakenCard]
) -> tuple[GapCard, ...]:
    """Put the gap list into words, numbered from 1 in the method's order, the road last."""
    for_target = {gap.question.id for gap in needed(result, target.level)}
    return tuple(
        replace(
            _card(result, gap, number),
            is_needed=gap.question.id in for_target,
            taken=taken_for(taken, gap.question.id, gap.requirement.at_least),
        )
        for number, gap in enumerate(result.gaps, start=1)
    )


def write_next_step(
    result: Result, gaps: tuple[GapCard, ...], target: TargetPart | None = None
) -> StepCard:
    """Put the suggested next step into words; `gaps` are the cards of the same result.

    Where a level was chosen that is enough for now, it is the first step that counts there. While
    a question can still change the level, nothing is called enough.
    """
    if target is not None and target.is_enough and not result.unasked_gates:
        return _step_that_counts(result, gaps, target)
    step = result.next_step
    if step.gap is None:
        return StepCard("Next step", TRACE_AGAIN, "Every requirement and safeguard is met.", None)
    return StepCard(_step_label(step), gaps[0].action, _why_this(result, step), gaps[0])


def _step_that_counts(result: Result, gaps: tuple[GapCard, ...], target: TargetPart) -> StepCard:
    first = next(iter(needed(result, target.level)), None)
    if first is None:
        card = next((card for card in gaps), None)
        on = f"To go on from there: {card.action}" if card else ""
        return StepCard("Enough for now", enough_action(target), on, None)
    counting = tuple(reason for reason in first.reasons if is_for(reason, target.level))
    reasons = counting or first.reasons  # at the top everything counts, whatever it names
    step = NextStep(reasons[0].kind, replace(first, kind=reasons[0].kind, reasons=reasons))
    card = next(card for card in gaps if card.question_id == first.question.id)
    return StepCard(_step_label(step), card.action, _why_this(result, step), card)


def _step_label(step: NextStep) -> str:
    if step.is_answering:
        return "Next question to answer"
    return "Find out next" if step.kind is Kind.FIND_OUT else "Next step"


def shortfall(questionnaire: Questionnaire, requirement: Requirement) -> Shortfall | None:
    """What the questionnaire says when an answer is below a mark, if it says anything."""
    return questionnaire.by_id[requirement.question].short_of.get(requirement.at_least)


def action_text(questionnaire: Questionnaire, requirement: Requirement) -> str:
    """What to do about a requirement; the mark itself where the author wrote no action."""
    said = shortfall(questionnaire, requirement)
    if said is not None:
        return said.action
    question = questionnaire.by_id[requirement.question]
    return f"Bring it to: {question.options[requirement.at_least].text}"


def _card(result: Result, gap: Gap, number: int) -> GapCard:
    questionnaire, question = result.questionnaire, gap.question
    said = shortfall(questionnaire, gap.requirement)
    is_unknown = gap.state is State.UNKNOWN
    effort = _effort(gap, said)
    stage = next(s for s in questionnaire.stages if s.id == question.stage_id)
    return GapCard(
        number=number,
        question_id=question.id,
        stage_id=stage.id,
        stage=stage.title,
        question=question.ask,
        answer=answer_text(question, result.trace.answer(question.id), result.trace),
        detail=result.trace.answer(question.id).detail.strip(),
        kind=str(gap.kind),
        kind_label=_kind_label(gap),
        state=_state(gap),
        state_label={"open": "Missing", "unknown": "Not known", "not_asked": NOT_ASKED}[
            _state(gap)
        ],
        level=gap.level,
        missing=_missing(gap, said),
        why=(said.why if said else None) or question.why or "",
        action=_find_out(gap) if is_unknown else action_text(questionnaire, gap.requirement),
        who=(question.who_knows if is_unknown else said.who if said else None) or "",
        after=_after(gap, said),
        effort=effort,
        effort_text=EFFORTS.get(effort, ""),
        proof=(said.prove if said else None) or question.prove or "",
        source=source_text((said.source if said else None) or question.source, questionnaire),
        needed_for=tuple(_needed_for(questionnaire, reason) for reason in gap.reasons),
        mark=gap.requirement.at_least,
        is_needed=gap.kind is not Kind.ROAD,
    )


def _effort(gap: Gap, said: Shortfall | None) -> str:
    """To find out is small work; to answer a question is none."""
    if gap.state is State.UNKNOWN:
        return "S" if gap.is_asked else ""
    return (said.effort if said else None) or gap.question.effort


def _state(gap: Gap) -> str:
    if gap.state is State.UNKNOWN and not gap.is_asked:
        return "not_asked"
    return str(gap.state)


def _kind_label(gap: Gap) -> str:
    if gap.kind is Kind.FIND_OUT and not gap.is_asked:
        return NOT_ASKED
    return KINDS[gap.kind]


def _missing(gap: Gap, said: Shortfall | None) -> str:
    if gap.state is State.UNKNOWN:
        return "Nobody has answered this yet." if not gap.is_asked else "We don't know yet."
    if said is not None:
        return said.missing
    return f"Not yet: {gap.question.options[gap.requirement.at_least].text}"


def _find_out(gap: Gap) -> str:
    verb = "Find out" if gap.is_asked else "Answer"
    return f"{verb}: {gap.question.ask}"


def _after(gap: Gap, said: Shortfall | None) -> str:
    if gap.state is State.UNKNOWN:
        return "A known answer, and a result with one doubt less."
    return said.after or "" if said else ""


def _needed_for(questionnaire: Questionnaire, reason: Reason) -> str:
    if reason.pattern is not None:
        return f"Ends the pattern “{reason.pattern.name}”"
    if reason.level is None:
        return KINDS[reason.kind]
    if not _is_gate(questionnaire, reason):
        return f"Safeguard from level {reason.level}"
    return f"Level {reason.level}, {questionnaire.levels[reason.level - 1].name}"


def _is_gate(questionnaire: Questionnaire, reason: Reason) -> bool:
    return any(need is reason.requirement for _, need in questionnaire.gates)


def _why_this(result: Result, step: NextStep) -> str:
    assert step.gap is not None  # noqa: S101 - the caller has no card to explain without a gap
    first = step.gap.reasons[0]
    next_level = min(result.standing.level + 1, result.questionnaire.top)
    name = f"level {next_level}, {result.questionnaire.levels[next_level - 1].name}"
    if step.kind is Kind.PATTERN and first.pattern is not None:
        costs = sentence(first.pattern.costs) if first.pattern.costs else ""
        return f"It comes before the climb because “{first.pattern.name}” shows. {costs}".strip()
    if step.is_answering:
        return "The answer can still change this result."
    if step.kind is Kind.FIND_OUT and first.pattern is not None:
        return f"Until it is known, “{first.pattern.name}” cannot be ruled out."
    if step.kind is Kind.FIND_OUT and _is_gate(result.questionnaire, first):
        return f"Nothing is known to be missing for {name}; this is the first thing not known."
    if step.kind is Kind.GATE:
        return f"It is the first of what {name} still needs, in the order in which it builds up."
    return "No level depends on it, but it protects what has been reached."
