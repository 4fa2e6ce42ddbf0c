"""Which screen a participant gets: read from where the workshop is and what they said so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from assessment.method.questionnaire import UNKNOWN, Question
from assessment.server.participants.pages import Notice, Screen
from assessment.server.participants.subjects import Subject
from assessment.store.final_close import REPORT_FOR
from assessment.store.phones import Shown
from assessment.store.workshop_records import Pace, Participant, Step, Workshop
from reports.content import Report
from reports.room.words import bars, spread_of, spread_text
from reports.wording import WE_DO_NOT_KNOW, count, spoken_date

GUESS = "guess"
"""What stands in an address for the guess, where a question's id would stand."""


@dataclass(frozen=True)
class View:
    """What a participant's screen is made from.

    `query` is what the address asks for; `shown` reads what was revealed of a question, `report`
    what the room came to.
    """

    person: Participant
    subject: Subject
    query: Mapping[str, str]
    now: datetime
    shown: Callable[[str], Shown | None]
    report: Callable[[], Report]

    @property
    def workshop(self) -> Workshop:
        """The workshop as it stands."""
        return self.person.workshop

    def question(self, question_id: str | None) -> Question | None:
        """A question of the questionnaire; None where it has none with this id."""
        return self.subject.questionnaire.by_id.get(question_id or "")

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that may be answered now, the backbone's first."""
        asked = self.subject.questionnaire
        order = dict.fromkeys([*(q.id for q in asked.backbone), *asked.by_id])
        return tuple(asked.by_id[q] for q in order if q in self.person.open)


def screen_of(view: View, notice: Notice | None = None) -> Screen:
    """Choose a participant's screen and fill it."""
    if view.person.has_left:
        data = {"report_state": report_state(view.workshop, view.now)}
        return Screen("left", "You have left the workshop", "left", data=data)
    make = {
        Step.LOBBY: _lobby,
        Step.GUESS: _guess,
        Step.ANSWER: _answer,
        Step.REVEAL: _reveal,
        Step.RESULT: _result,
        Step.PLAN: _result,
    }[view.workshop.step]
    screen = _paused(view) if view.workshop.paused else make(view)
    common = {
        "name": view.subject.name,
        "function": view.person.function,
        "report_state": report_state(view.workshop, view.now),
    }
    return replace(
        screen,
        version=view.workshop.version,
        notice=notice or screen.notice,
        data={**common, **screen.data},
    )


def report_state(workshop: Workshop, now: datetime) -> str:
    """Whether the report can be fetched: "not yet", "ready" or "past"."""
    if workshop.released is None:
        return "not yet"
    return "ready" if now < workshop.released + REPORT_FOR else "past"


def over(workshop: Workshop, name: str, now: datetime) -> Screen:
    """The screen after the final close."""
    data = {
        "name": name,
        "report_state": report_state(workshop, now),
        **_until(workshop),
    }
    return Screen("over", "This workshop is over", "over", data=data)


def _until(workshop: Workshop) -> dict[str, Any]:
    """Until when the report can be fetched, and how to say that; the script says it locally."""
    until = workshop.released + REPORT_FOR if workshop.released else None
    return {"until": until, "spoken": lambda day: f"{spoken_date(day)}, {day:%H:%M} UTC"}


def _lobby(_: View) -> Screen:
    return Screen("waiting", "You are in", "lobby", is_waiting=True, data={"what": "lobby"})


def _paused(_: View) -> Screen:
    return Screen("waiting", "The workshop rests", "paused", is_waiting=True, data={"what": "rest"})


def _between() -> Screen:
    title = "The next question comes in a moment"
    return Screen("waiting", title, "between", is_waiting=True, data={"what": "between"})


def _guess(view: View) -> Screen:
    levels, guess = view.subject.questionnaire.levels, view.person.guess
    if guess is not None and guess <= len(levels) and view.query.get("change") != GUESS:
        data = {"level": levels[guess - 1], "change": _query(change=GUESS)}
        return Screen("guessed", "Your guess is in", "guessed", is_waiting=True, data=data)
    title = "At which level do you believe it is?"
    query = _query(change=GUESS) if guess is not None else ""
    return Screen("guess", title, "guess", query=query, data={"levels": levels, "guess": guess})


def _answer(view: View) -> Screen:
    if view.workshop.plan.pace is Pace.OWN:
        return _at_own_pace(view)
    question = view.question(view.workshop.question)
    if question is None:
        return _between()
    if question.id in view.person.revealed:
        return _reveal(view)
    if question.id in view.person.answers and view.query.get("change") != question.id:
        return _answered(view, question)
    return _ask(view, question)


def _ask(view: View, question: Question) -> Screen:
    given, comment = view.person.answers.get(question.id, ("", ""))
    is_own = view.workshop.plan.pace is Pace.OWN
    data = {
        "question": question,
        "round": view.person.rounds[question.id],
        "given": given,
        "comment": comment,
        "unknown": UNKNOWN,
        "we_do_not_know": WE_DO_NOT_KNOW,
        "is_own_pace": is_own,
        "place_in": _place_in(view, question) if is_own else "",
    }
    change = _query(change=question.id) if given else ""
    query = _query(q=question.id) if is_own else change
    key = _key("answer", view, question)
    return Screen("answer", question.ask, key, query=query, data=data)


def _answered(view: View, question: Question) -> Screen:
    given, comment = view.person.answers[question.id]
    data = {
        "question": question,
        "said": _option_text(question, given),
        "comment": comment,
        "change": _query(change=question.id),
    }
    key = _key("answered", view, question)
    return Screen("answered", "Your answer is in", key, is_waiting=True, data=data)


def _key(name: str, view: View, question: Question) -> str:
    """Tells rounds apart as well: what somebody chose in one and did not send ends with it."""
    return f"{name} {question.id} {view.person.rounds[question.id]}"


def _at_own_pace(view: View) -> Screen:
    questions, query, answers = view.open, view.query, view.person.answers
    if not questions:
        return _between()
    by_id = {question.id: question for question in questions}
    rest = [question for question in questions if question.id not in answers]
    if query.get("q") in by_id:
        return _ask(view, by_id[query["q"]])
    is_in = query.get("after") in answers
    if is_in and rest:
        notice = Notice("Your answer is in. You can change it until the reveal.")
        return replace(_ask(view, _next(questions, rest, query["after"])), notice=notice)
    if view.workshop.question in by_id and view.workshop.question not in answers and not query:
        return _ask(view, by_id[view.workshop.question])
    title = f"{len(questions) - len(rest)} of {len(questions)} answers in"
    if not rest:
        title = "All your answers are in"
    lines = [(_query(q=q.id), q.ask, q.id in answers) for q in questions]
    data = {"lines": lines, "onward": _query(q=rest[0].id) if rest else "", "rest": len(rest)}
    return Screen("list", title, "list", is_waiting=not rest, query=_query(list="1"), data=data)


def _next(questions: tuple[Question, ...], rest: list[Question], after: str) -> Question:
    """The first one without an answer after a certain one, else the first of all."""
    order = [question.id for question in questions]
    start = order.index(after) if after in order else -1
    return next((q for q in rest if order.index(q.id) > start), rest[0])


def _place_in(view: View, question: Question) -> str:
    order = [one.id for one in view.open]
    return f"{order.index(question.id) + 1} of {len(order)}"


def _reveal(view: View) -> Screen:
    question = view.question(view.workshop.question)
    shown = view.shown(question.id) if question is not None else None
    if question is None or shown is None:
        return _between()
    spread = spread_of(question, shown.counts)
    own, _ = view.person.answers.get(question.id, ("", ""))
    agreed = shown.agreement
    data = {
        "question": question,
        "words": spread_text(spread),
        "answered": count(spread.answered, "person", "people").capitalize(),
        "bars": [(bar, bar.option == own) for bar in bars(spread)],
        "own": _option_text(question, own) if own else "",
        "agreed": agreed,
        "agreed_text": _option_text(question, agreed.option or "") if agreed else "",
    }
    return Screen("reveal", question.ask, f"reveal {question.id}", is_waiting=True, data=data)


def _result(view: View) -> Screen:
    report = view.report()
    headline = report.headline
    standing = {
        rung.level: [
            word
            for word, holds in (
                (headline.labels[0], rung.is_level),
                (headline.labels[1], rung.is_ceiling),
                (headline.labels[2], rung.is_evidenced),
                ("You guessed", rung.level == view.person.guess),
            )
            if holds
        ]
        for rung in report.ladder
    }
    data: dict[str, Any] = {
        "headline": headline,
        "rungs": [(rung, standing[rung.level]) for rung in reversed(report.ladder)],
        **_until(view.workshop),
    }
    return Screen("result", headline.text, "result", is_waiting=True, data=data)


def _option_text(question: Question, option: str) -> str:
    known = question.options.get(option)
    return WE_DO_NOT_KNOW if known is None else known.text


def _query(**values: str) -> str:
    return f"?{urlencode(values)}"
