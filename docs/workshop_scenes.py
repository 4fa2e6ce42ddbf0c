"""Workshops at each of their steps, for pictures: twelve people who disagree, always the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import NAME_FACT, UNKNOWN, Question
from assessment.method.record import record
from assessment.method.room import Ballot, spread
from assessment.method.session import next_questions
from assessment.method.simulated import simulated_answer
from assessment.store.database import Database
from assessment.store.participation import Participation
from assessment.store.plans import PlanStore
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Agreement, Pace, Step, WorkshopPlan
from assessment.store.workshops import WorkshopStore
from assessment.taken_on import Action, Terms

PEOPLE = 12
FUNCTIONS = ("Marketing", "Sales", "Customer service", "Product", "Leadership")
NAME = "Replies to customer complaints"

MINUTES = timedelta(minutes=4)
"""Since when each step has been going on."""

LONG = timedelta(hours=3)
"""Phones were heard of so much later than now, so that nobody is away while pictures are made."""

SEED = 84
"""Of the answers; with this one the room has something to talk about at each step."""

GUESSES = (4, 3, 4, 2, 3, 4, 5, 3, 4, 4, 3, 2)

NOT_AGREED, TALKED_ABOUT = 5, 3
"""Which question the room cannot agree on, and which one it is at in pictures; counted from 0."""

CODES = {
    Step.LOBBY: "KH7QWX",
    Step.GUESS: "M4TRWP",
    Step.ANSWER: "R9DKFH",
    Step.REVEAL: "T3XNPJ",
    Step.RESULT: "W6CGHM",
    Step.PLAN: "X8FPQT",
}


@dataclass(frozen=True)
class Scene:
    """A workshop at a step: its id, the facilitators' secret, and the code to join by."""

    workshop_id: str
    key: str
    code: str

    def token(self, person: int) -> str:
        """What tells a participant's browser from others; people are counted from 0."""
        return f"phone-{person}-{self.workshop_id}"


class _Room:
    """One workshop that is led to where it should be."""

    def __init__(self, database: Database, read: ReadQuestionnaire, step: Step, pace: Pace) -> None:
        self.database, self.read, self.step = database, read, step
        name = f"{step}-{pace}"
        self.trace = f"trace-of-the-workshop-{name}"
        code = CODES[step] if pace is Pace.TOGETHER else "Y5HJRK"
        self.scene = Scene(f"the-workshop-at-the-{name}", f"key-of-the-{name}", code)
        self.workshops, self.people = WorkshopStore(database), Participation(database)
        self.facts = {NAME_FACT: NAME}
        self.given: dict[str, list[str]] = {}
        self.agreed: dict[str, str] = {}
        self.plan = WorkshopPlan(FUNCTIONS, pace=pace)

    def open(self, now: datetime) -> None:
        read, scene = self.read, self.scene
        about = read.questionnaire
        text = QuestionnaireText(read.fingerprint, about.id, about.version, read.text)
        TraceStore(self.database).create(self.trace, text, Trace(self.facts), self.classify, now)
        ids = (scene.workshop_id, scene.key, scene.code)
        self.workshops.open(ids, self.trace, self.plan, now - MINUTES)
        for person in range(PEOPLE):
            function = FUNCTIONS[person % 3]
            self.people.join(scene.code, self.scene.token(person), function, now + LONG)

    def classify(self, trace: Trace) -> StoredResult:
        result = assess(self.read.questionnaire, trace)
        at = result.standing
        return StoredResult(at.level, at.ceiling, at.evidenced, record(result, self.trace))

    def go(self, step: Step, question: str | None, now: datetime) -> None:
        version = self.workshops.load(self.scene.key).version
        self.workshops.move(self.scene.key, version, step, question, now - MINUTES)

    def guess(self, now: datetime, people: int) -> None:
        self.go(Step.GUESS, None, now)
        for person, level in enumerate(GUESSES[:people]):
            self.people.guess(self.scene.token(person), level, now + LONG)

    def answer(self, question: Question, now: datetime, people: int) -> None:
        for person in range(people):
            option = simulated_answer(question, person, SEED)
            self.given.setdefault(question.id, []).append(option)
            said = COMMENTS.get(person, "")
            self.people.vote(self.scene.token(person), question.id, option, said, now + LONG)

    def agree(self, question: Question, now: datetime) -> None:
        said = spread(question, [Ballot("", {question.id: o}) for o in self.given[question.id]])
        option = None if len(self.agreed) == NOT_AGREED else said.median
        self.agreed[question.id] = option or UNKNOWN
        one = Agreement(question.id, option, REASON, MINORITY, now)
        self.workshops.record(self.scene.key, one)
        answer = Answer(option or UNKNOWN)
        change = partial(_instead, answer)
        TraceStore(self.database).change_answer(self.trace, question.id, change, self.classify, now)

    def next(self) -> Question | None:
        answers = {question: Answer(option) for question, option in self.agreed.items()}
        asked = next_questions(self.read.questionnaire, Trace(self.facts, answers), True)
        return next((question for question in asked if question.id not in self.agreed), None)


COMMENTS = {
    3: "Two of us keep our own version of the prompt.",
    7: "It was written down once; nobody has looked since.",
}
REASON = "The team lead showed where it is written down."
MINORITY = "Customer service works from an older version."


def scenes(database: Database, read: ReadQuestionnaire, now: datetime) -> Mapping[str, Scene]:
    """Open workshops and lead each to a step.

    Args:
        database: Where they are kept.
        read: The questionnaire that the rooms answer.
        now: When it is.

    Returns:
        By the name of the step; "own" is one at everybody's own pace, while they answer.
    """
    made = {str(step): _lead(_Room(database, read, step, Pace.TOGETHER), now) for step in Step}
    own = _Room(database, read, Step.ANSWER, Pace.OWN)
    own.open(now)
    own.guess(now, PEOPLE)
    backbone = read.questionnaire.backbone
    own.workshops.put(own.scene.key, [question.id for question in backbone], now - MINUTES)
    own.go(Step.ANSWER, None, now)
    for place, question in enumerate(backbone):
        own.answer(question, now, PEOPLE - place)
    return {**made, "own": own.scene}


def _lead(room: _Room, now: datetime) -> Scene:
    room.open(now)
    if room.step is Step.LOBBY:
        return room.scene
    room.guess(now, PEOPLE if room.step is not Step.GUESS else 9)
    if room.step is Step.GUESS:
        return room.scene
    _ask(room, now)
    if room.step in (Step.RESULT, Step.PLAN):
        room.go(room.step, None, now)
    if room.step is Step.PLAN:
        _take_on(room, now)
    return room.scene


def _ask(room: _Room, now: datetime) -> None:
    """Put questions and record what was agreed; stop before the end where the step says so."""
    while (question := room.next()) is not None:
        room.go(Step.ANSWER, question.id, now)
        is_here = room.step in (Step.ANSWER, Step.REVEAL) and len(room.agreed) == TALKED_ABOUT
        if is_here and room.step is Step.ANSWER:
            room.answer(question, now, PEOPLE - 3)
            return
        room.answer(question, now, PEOPLE)
        room.workshops.reveal(room.scene.key, question.id, now)
        if is_here:
            return
        room.agree(question, now)


def _take_on(room: _Room, now: datetime) -> None:
    stored = TraceStore(room.database).load(room.trace)
    gap = assess(room.read.questionnaire, stored.trace).next_step.gap
    if gap is None:
        return
    mark = gap.requirement.at_least
    words = gap.question.short_of[mark].action
    terms = Terms("Maria Lind", (now + timedelta(days=7)).date())
    action = Action(gap.question.id, mark, words, terms, now)
    PlanStore(room.database).take_on(room.trace, action)
    room.workshops.release(room.scene.key, now)


def _instead(answer: Answer, _: Answer) -> Answer:
    return answer
