"""What a workshop leaves behind: its account, made of what its tables hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.method.answers import FactValue
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from assessment.method.room import (
    FEWEST,
    Ballot,
    by_function,
    guesses,
    splitting_questions,
    spread,
)
from assessment.room_account import (
    AskedQuestion,
    FunctionLevel,
    Group,
    Recorded,
    RoomAccount,
)
from assessment.store.counted import groups_of, summary_by_hand
from assessment.store.workshop_records import Agreement, Round, Step, Workshop


@dataclass(frozen=True)
class Held:
    """What is held of a workshop; the ballots are gone once it is closed."""

    workshop: Workshop
    rounds: Sequence[Round]
    agreements: Sequence[Agreement]
    ballots: Sequence[Ballot]


def summary_of(
    questionnaire: Questionnaire, facts: Mapping[str, FactValue], ballots: Sequence[Ballot]
) -> dict[str, Any]:
    """Say of a room what is kept beside the counts when nobody can be told apart any more.

    Functions stand in it only where they may be shown.

    Args:
        questionnaire: The one that was answered.
        facts: Of the use case.
        ballots: What was said by phone.

    Returns:
        Ready for JSON.
    """
    views = by_function(questionnaire, facts, ballots)
    functions = [ballot.function for ballot in ballots]
    return {
        "people": len(ballots),
        "guesses": list(guesses(questionnaire, ballots)),
        "groups": groups_of(functions),
        "functions": [
            {
                "function": view.function,
                "people": view.people,
                "level": view.standing.level,
                "ceiling": view.standing.ceiling,
            }
            for view in views
        ],
        "splits": [question.id for question in splitting_questions(views)],
    }


def account_of(
    held: Held, questionnaire: Questionnaire, facts: Mapping[str, FactValue]
) -> RoomAccount:
    """Give account of a workshop, open or closed; what was counted by hand counts.

    Args:
        held: What is held of it.
        questionnaire: The one that was answered.
        facts: Of the use case.
    """
    workshop, plan = held.workshop, held.workshop.plan
    summary = workshop.summary
    if summary is None:
        # As with phones, nobody learns what was guessed before the result.
        levels = questionnaire.top if workshop.step in (Step.RESULT, Step.PLAN) else 0
        by_phone = summary_of(questionnaire, facts, held.ballots)
        summary = {**by_phone, **summary_by_hand(workshop, levels)}
    people, guessed = summary.get("people", 0), summary.get("guesses", ())
    return RoomAccount(
        day=workshop.opened.date(),
        minutes=plan.minutes,
        scope=plan.scope.value,
        pace=plan.pace.value,
        is_rehearsal=plan.is_rehearsal,
        people=None if 0 < people < FEWEST else people,
        groups=tuple(Group(**group) for group in summary.get("groups", ())),
        guesses=tuple(guessed) if sum(guessed) >= FEWEST else (),
        questions=_asked(held, questionnaire),
        functions=tuple(FunctionLevel(**view) for view in summary.get("functions", ())),
        splits=tuple(summary.get("splits", ())),
        people_by_hand=bool(people and summary.get("people_by_hand")),
        guesses_by_hand=bool(sum(guessed) >= FEWEST and summary.get("guesses_by_hand")),
    )


def _asked(held: Held, questionnaire: Questionnaire) -> tuple[AskedQuestion, ...]:
    last = {one.question: one for one in sorted(held.rounds, key=lambda one: one.number)}
    agreed = {one.question: one for one in held.agreements}
    found = []
    for question in questionnaire.questions:
        one, said = last.get(question.id), agreed.get(question.id)
        if said is None and (one is None or one.revealed is None):
            continue
        counts = _counts(questionnaire, question.id, one, held.ballots)
        asked = AskedQuestion(
            question=question.id,
            rounds=one.number if one else 0,
            counts=counts if sum(counts.values()) >= FEWEST else None,
            by_hand=one is not None and one.hands is not None,
            recorded=Recorded(said.option, said.reason, said.minority) if said else None,
        )
        found.append(asked)
    return tuple(found)


def _counts(
    questionnaire: Questionnaire, question: str, one: Round | None, ballots: Sequence[Ballot]
) -> dict[str, int]:
    """How many said what in the last round; none before it was revealed."""
    if one is None or one.revealed is None:
        return {}
    asked = questionnaire.by_id[question]
    kept = one.hands if one.hands is not None else one.kept
    if kept is None:
        said = spread(asked, ballots)
        kept = {**said.counts, UNKNOWN: said.unknown}
    return {option: kept.get(option, 0) for option in (*asked.options, UNKNOWN)}
