"""Workshops that were held, without a database: what their tables would hold, and the report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from assessment.files.questionnaires import ReadQuestionnaire, find
from assessment.method.gaps import assess
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from assessment.method.room import Ballot, guesses, spread
from assessment.method.session import agreed_trace
from assessment.method.simulated import simulated_answer, simulated_guess
from assessment.room_account import RoomAccount
from assessment.store.room_accounts import Held, account_of, summary_of
from assessment.store.workshop_records import Agreement, Round, Step, Workshop, WorkshopPlan
from assessment.taken_on import Action, Plan, Terms
from reports.content import Imprint, Report, write_report

OWN = find("coordination-trace")
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
FACTS: Mapping[str, str] = {"name": "Replies to supplier complaints"}
FUNCTIONS = ("Fn-Marketing", "Fn-Sales", "Fn-Legal", "Fn-Support")


def workshop(*, is_rehearsal: bool = False) -> Workshop:
    plan = WorkshopPlan(FUNCTIONS, is_rehearsal=is_rehearsal)
    closed = {"paused": None, "released": None, "closed": None, "summary": None}
    return Workshop("w", "t", "ABCDEF", plan, Step.PLAN, None, 1, NOW, NOW, **closed)


def held(
    questionnaire: Questionnaire,
    ballots: Sequence[Ballot],
    agreements: Sequence[Agreement] = (),
    hands: Mapping[str, Mapping[str, int]] | None = None,
    *,
    is_rehearsal: bool = False,
) -> Held:
    """A workshop whose questions were all put to the room once and revealed."""
    hands = hands or {}
    asked = {q for ballot in ballots for q in ballot.answers} | hands.keys()
    rounds = [
        Round(question.id, 1, NOW, NOW, hands.get(question.id), None)
        for question in questionnaire.questions
        if question.id in asked
    ]
    return Held(workshop(is_rehearsal=is_rehearsal), rounds, agreements, ballots)


def closed(questionnaire: Questionnaire, before: Held) -> Held:
    """The same workshop after its final close: counts, and nobody."""
    rounds = []
    for one in before.rounds:
        said = spread(questionnaire.by_id[one.question], before.ballots)
        counts = {option: n for option, n in said.counts.items() if n}
        counts |= {UNKNOWN: said.unknown} if said.unknown else {}
        rounds.append(one if one.hands is not None else replace(one, kept=counts))
    summary = summary_of(questionnaire, FACTS, before.ballots)
    ended = replace(before.workshop, code=None, closed=NOW, summary=summary)
    return Held(ended, rounds, before.agreements, ())


def simulated(
    people: int,
    read: ReadQuestionnaire = OWN,
    *,
    is_rehearsal: bool = False,
    reason: str = "We looked at ten cases.",
    minority: str = "Sales sees it differently.",
) -> Held:
    """People who disagree, in three functions, asked the backbone; every third is not agreed."""
    questionnaire = read.questionnaire
    asked = questionnaire.backbone
    ballots = [
        Ballot(
            FUNCTIONS[person % 3],
            {q.id: simulated_answer(q, person, 7) for q in asked},
            simulated_guess(questionnaire, person, 7),
        )
        for person in range(people)
    ]
    agreements = [
        Agreement(
            question.id,
            None if place % 3 == 2 else spread(question, ballots).median,
            reason,
            minority if place % 2 else "",
            NOW,
        )
        for place, question in enumerate(asked)
    ]
    return held(questionnaire, ballots, agreements, is_rehearsal=is_rehearsal)


def account(before: Held, questionnaire: Questionnaire = OWN.questionnaire) -> RoomAccount:
    return account_of(before, questionnaire, FACTS)


def report_of(before: Held, read: ReadQuestionnaire = OWN) -> Report:
    """The report of a workshop, with one thing taken on."""
    agreed = {one.question: one.option for one in before.agreements}
    result = assess(read.questionnaire, agreed_trace(FACTS, agreed))
    gap = result.gaps[0]
    terms = Terms("Maria Lind", date(2026, 12, 5))
    action = Action(gap.question.id, gap.requirement.at_least, "Name one person", terms, NOW)
    imprint = Imprint("t", read.fingerprint, NOW)
    found = account_of(before, read.questionnaire, FACTS)
    return write_report(result, imprint, Plan((action,)), found)


@st.composite
def rooms(draw: st.DrawFn, questionnaire: Questionnaire = OWN.questionnaire) -> Held:
    """Any small room, by phone and by hands, with or without functions of three."""
    asked = draw(st.permutations(list(questionnaire.questions)))[:3]
    people = draw(st.integers(0, 9))
    ballots = []
    for _ in range(people):
        answers = {q.id: draw(st.sampled_from([*q.options, UNKNOWN, ""])) for q in asked}
        guess = draw(st.none() | st.integers(1, questionnaire.top))
        given = {q: option for q, option in answers.items() if option}
        ballots.append(Ballot(draw(st.sampled_from(FUNCTIONS)), given, guess))
    counted = st.fixed_dictionaries({option: st.integers(0, 3) for option in asked[0].options})
    hands = {asked[0].id: draw(counted)} if draw(st.booleans()) else {}
    recorded = [
        Agreement(q.id, draw(st.none() | st.sampled_from([*q.options, UNKNOWN])), "", "", NOW)
        for q in asked
        if draw(st.booleans())
    ]
    return held(questionnaire, ballots, recorded, hands)


def guessed(before: Held) -> int:
    """How many guessed."""
    return sum(guesses(OWN.questionnaire, before.ballots))
