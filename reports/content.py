"""What the reader is told: one `Report` feeds the screen, the PDF and the tables.

It decides what is said and in which order; it knows no renderer. All advice comes from the
questionnaire, all figures from the result.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from assessment.method.answers import applies
from assessment.method.engine import Standing
from assessment.method.gaps import Result
from assessment.method.questionnaire import NAME_FACT, Pattern, Questionnaire
from assessment.room_account import RoomAccount
from assessment.taken_on import NO_PLAN, Plan
from reports.charts.flow import TraceMap, trace_map
from reports.checklists import ChecklistPart, write_readiness, write_skills
from reports.gap_cards import GapCard, StepCard, action_text, write_gaps, write_next_step
from reports.headline import Headline, write_headline
from reports.plan_cards import TakenCard, TargetPart, write_taken, write_target
from reports.reasons import ReasonRow, blocks, holds, to_prove, touches
from reports.room.report import RoomReport, write_room
from reports.wording import (
    answer_text,
    fact_value,
    source_text,
    spoken_date,
)

TOP_GAPS = 3
"""How many gaps the first page names."""

TOP_PATTERNS = 3
"""How many patterns a page names before it folds the rest (`trace.yaml`, 'patterns')."""


@dataclass(frozen=True)
class Imprint:
    """What ties a report to its data.

    `fingerprint` is the questionnaire's SHA-256 in hex; `changed` the time of the last answer,
    with its zone, None for a file that does not say.
    """

    trace_id: str
    fingerprint: str
    changed: datetime | None = None


@dataclass(frozen=True)
class LevelRung:
    """One level of the ladder; the flags say which readings stand on it."""

    level: int
    name: str
    in_short: str
    is_level: bool
    is_ceiling: bool
    is_evidenced: bool
    is_guess: bool


@dataclass(frozen=True)
class PatternCard:
    """A pattern that shows, as a short story; `step` is the cure's action, if it has one."""

    pattern_id: str
    name: str
    looks_like: str
    costs: str
    breaks_it: str
    step: str
    source: str


@dataclass(frozen=True)
class AnswerRow:
    """One question as it was answered.

    `state` is an option's id, unknown, not_asked or not_applicable; `rank` counts options from 1,
    0 without a known answer.
    """

    question_id: str
    stage_id: str
    stage: str
    question: str
    state: str
    answer: str
    rank: int
    options: int
    detail_label: str
    detail: str
    evidence: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class StageRow:
    """A stage and the highest level that it supports."""

    stage_id: str
    title: str
    about: str
    supports: int
    is_weakest: bool


@dataclass(frozen=True)
class Report:
    """Everything a reader is told, in reading order; `room` only where a workshop traced it."""

    title: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    headline: Headline
    ladder: tuple[LevelRung, ...]
    touches: str
    holds: tuple[ReasonRow, ...]
    blocks: tuple[ReasonRow, ...]
    to_prove: tuple[ReasonRow, ...]
    target: TargetPart
    next_step: StepCard
    taken: tuple[TakenCard, ...]
    gaps: tuple[GapCard, ...]
    road: tuple[GapCard, ...]
    stages: tuple[StageRow, ...]
    trace_map: TraceMap
    patterns: tuple[PatternCard, ...]
    readiness: ChecklistPart
    skills: ChecklistPart
    answers: tuple[AnswerRow, ...]
    caution: str
    questionnaire: str
    questionnaire_title: str
    fingerprint: str
    trace_id: str
    dated: str
    changed: datetime | None
    room: RoomReport | None = None

    @property
    def needed(self) -> tuple[GapCard, ...]:
        """The gaps to close for the target, in the method's order; without one those near."""
        return tuple(card for card in (*self.gaps, *self.road) if card.is_needed)

    @property
    def beyond(self) -> tuple[GapCard, ...]:
        """The other gaps, in the method's order: the road behind the target."""
        return tuple(card for card in (*self.gaps, *self.road) if not card.is_needed)

    @property
    def top_gaps(self) -> tuple[GapCard, ...]:
        """The first gaps after the one that the next step is about."""
        after = (card for card in self.needed if card != self.next_step.gap)
        return tuple(islice(after, TOP_GAPS))


def write_report(
    result: Result, imprint: Imprint, plan: Plan = NO_PLAN, account: RoomAccount | None = None
) -> Report:
    """Put a result into words.

    Args:
        result: What the method says of a trace.
        imprint: What ties the report to its data.
        plan: What people took on and aim at. It decides what is shown first and what is folded,
            and changes neither the level nor the order of the gaps.
        account: What the workshop left behind, where the use case was traced in one.

    Returns:
        The report, every text ready to be shown as plain text.
    """
    questionnaire = result.questionnaire
    target, taken = write_target(result, plan), write_taken(result, plan)
    cards = write_gaps(result, target, taken)
    near = len(result.near_gaps)
    about = questionnaire.about
    return Report(
        title=str(result.trace.facts.get(NAME_FACT) or "Unnamed"),
        subject=about.subject if about else "Use case",
        facts=_facts(result),
        headline=write_headline(result),
        ladder=_ladder(result),
        touches=touches(result),
        holds=holds(result),
        blocks=blocks(result),
        to_prove=to_prove(result),
        target=target,
        next_step=write_next_step(result, cards, target),
        taken=taken,
        gaps=cards[:near],
        road=cards[near:],
        stages=_stages(result.standing),
        trace_map=trace_map(result, plan.target),
        patterns=tuple(_pattern(questionnaire, pattern) for pattern in result.patterns),
        readiness=write_readiness(result),
        skills=write_skills(result),
        answers=_answers(result),
        caution=(about.caution if about else None) or "",
        questionnaire=f"{questionnaire.id} {questionnaire.version}",
        questionnaire_title=questionnaire.title,
        fingerprint=imprint.fingerprint,
        trace_id=imprint.trace_id,
        dated=spoken_date(imprint.changed),
        changed=imprint.changed,
        room=write_room(account, result, taken) if account else None,
    )


def _stages(standing: Standing) -> tuple[StageRow, ...]:
    questionnaire, profile = standing.questionnaire, standing.stage_profile
    return tuple(
        StageRow(
            stage_id=stage.id,
            title=stage.title,
            about=stage.about or "",
            supports=profile[stage.id],
            is_weakest=profile[stage.id] == standing.level < questionnaire.top,
        )
        for stage in questionnaire.stages
    )


def _facts(result: Result) -> tuple[tuple[str, str], ...]:
    given = ((f, result.trace.facts.get(f.id)) for f in result.questionnaire.profile)
    return tuple(
        (fact.title, fact_value(fact, value))
        for fact, value in given
        if value not in (None, "", ()) and value is not None and fact.id != NAME_FACT
    )


def _ladder(result: Result) -> tuple[LevelRung, ...]:
    standing = result.standing
    return tuple(
        LevelRung(
            level=level.level,
            name=level.name,
            in_short=level.in_short or "",
            is_level=level.level == standing.level,
            is_ceiling=level.level == standing.ceiling,
            is_evidenced=level.level == standing.evidenced,
            is_guess=level.level == standing.perceived,
        )
        for level in result.questionnaire.levels
    )


def _pattern(questionnaire: Questionnaire, pattern: Pattern) -> PatternCard:
    return PatternCard(
        pattern_id=pattern.id,
        name=pattern.name,
        looks_like=pattern.looks_like or "",
        costs=pattern.costs or "",
        breaks_it=pattern.breaks_it or "",
        step=action_text(questionnaire, pattern.step) if pattern.step else "",
        source=source_text(pattern.source, questionnaire),
    )


def _answers(result: Result) -> tuple[AnswerRow, ...]:
    questionnaire, trace = result.questionnaire, result.trace
    stages = {stage.id: stage for stage in questionnaire.stages}
    rows = []
    for question in questionnaire.questions:
        answer = trace.answer(question.id)
        state = (answer.option or "not_asked") if applies(question, trace) else "not_applicable"
        rows.append(
            AnswerRow(
                question_id=question.id,
                stage_id=question.stage_id,
                stage=stages[question.stage_id].title,
                question=question.ask,
                state=state,
                answer=answer_text(question, answer, trace),
                rank=question.ranks.get(state, -1) + 1,
                options=len(question.options),
                detail_label=(question.detail.label or question.detail.ask)
                if question.detail
                else "",
                detail=answer.detail.strip(),
                evidence=tuple(piece.strip() for piece in answer.evidence if piece.strip()),
                note=answer.note.strip(),
            )
        )
    return tuple(rows)
