"""What a room said, for a report: every sentence of its own section is written here, once."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.method.gaps import Result
from assessment.room_account import RoomAccount
from reports.plan_cards import TakenCard
from reports.room.agenda import LENGTHS, AgendaItem, agenda
from reports.room.limits import limits
from reports.room.questions import (
    AGREED,
    NOT_AGREED,
    NOT_RECORDED,
    RoomQuestion,
    write_questions,
)
from reports.room.words import (
    HANDS,
    Bar,
    guess_bars,
    guess_text,
    has_hands,
    has_phones,
    level_range,
)
from reports.wording import capital, count, listed, spoken_date

REHEARSAL = "Rehearsal: simulated people, not what anybody said"
"""Stands on every page of a rehearsal's report."""

OTHERS = "Other functions together"


@dataclass(frozen=True)
class AgendaRow:
    """A part of the agenda: its time box, and what came of it."""

    title: str
    minutes: int
    outcome: str


@dataclass(frozen=True)
class FunctionRow:
    """The use case as one function sees it."""

    function: str
    people: int
    level: int
    ceiling: int

    @property
    def sees(self) -> str:
        """The interval in words."""
        return capital(level_range(self.level, self.ceiling))


@dataclass(frozen=True)
class RoomReport:
    """What a report says of a workshop, in reading order.

    Attributes:
        account: What it is made of.
        mark: What stands on every page; "" but for a rehearsal.
        opening: What happened, in two or three sentences.
        agenda: What was done, part by part.
        people: Who was there, in a sentence.
        groups: The same by function, where functions may be shown.
        guess: The guesses against the result.
        guesses: The guesses by level.
        questions: What was asked, the most useful to talk about first.
        functions: The level by function.
        functions_note: What to know about it, or why there is none.
        splits: The questions that split the functions, as they are asked.
        open: The questions that the room could not agree on, as they are asked.
        taken: What was taken on, a sentence each.
        limits: What all this cannot say.
    """

    account: RoomAccount
    mark: str
    opening: str
    agenda: tuple[AgendaRow, ...]
    people: str
    groups: tuple[Bar, ...]
    guess: str
    guesses: tuple[Bar, ...]
    questions: tuple[RoomQuestion, ...]
    functions: tuple[FunctionRow, ...]
    functions_note: str
    splits: tuple[str, ...]
    open: tuple[str, ...]
    taken: tuple[str, ...]
    limits: tuple[str, ...]


def write_room(account: RoomAccount, result: Result, taken: Sequence[TakenCard]) -> RoomReport:
    """Put a workshop into words.

    Args:
        account: What it left behind.
        result: What the trace comes to by now.
        taken: What was taken on about it.
    """
    standing, by_id = result.standing, result.questionnaire.by_id
    questions = write_questions(account, result)
    return RoomReport(
        account=account,
        mark=REHEARSAL if account.is_rehearsal else "",
        opening=_opening(account, questions),
        agenda=_agenda(account, questions, result, len(taken)),
        people=_people(account),
        groups=_groups(account),
        guess=_guess(account, standing.level, standing.ceiling),
        guesses=guess_bars(result.questionnaire, account.guesses),
        questions=questions,
        functions=tuple(
            FunctionRow(view.function, view.people, view.level, view.ceiling)
            for view in account.functions
        ),
        functions_note=_functions_note(account),
        splits=tuple(by_id[name].ask for name in account.splits if name in by_id),
        open=tuple(one.ask for one in questions if one.state == NOT_AGREED),
        taken=tuple(f"{card.action.words} ({card.line})" for card in taken),
        limits=limits(account),
    )


def _opening(account: RoomAccount, questions: Sequence[RoomQuestion]) -> str:
    day, outcome = spoken_date(account.day), capital(_outcome(questions))
    hands = "on paper" if account.pace == "own" else "by raising hands or on paper"
    how = [
        *(["alone and without names, on their phones"] if has_phones(account) else []),
        *([hands] if has_hands(account) else []),
    ]
    who = _who(account) if account.people or not how else "people in one room"
    if not how:
        return f"On {day}, {who} met. {outcome}."
    return (
        f"On {day}, {who} answered {listed(how)}; then everybody saw the answers and talked."
        f" {outcome}."
    )


def _who(account: RoomAccount) -> str:
    kind = "simulated " if account.is_rehearsal else ""
    if account.people is None:
        return f"fewer than three {kind}people"
    if account.people == 0:
        return f"{kind}people in one room"
    return count(account.people, f"{kind}person", f"{kind}people")


def _outcome(questions: Sequence[RoomQuestion]) -> str:
    """How many questions were agreed on, and how many not."""
    found = [one.state for one in questions]
    said = [
        f"{number} {word}"
        for state, word in (
            (AGREED, "agreed"),
            (NOT_AGREED, "not agreed"),
            (NOT_RECORDED, "left without a record"),
        )
        if (number := found.count(state))
    ]
    asked = count(len(questions), "question")
    return f"{asked} {'was' if len(questions) == 1 else 'were'} talked about" + (
        f": {listed(said)}" if said else ""
    )


def _agenda(
    account: RoomAccount, questions: Sequence[RoomQuestion], result: Result, taken: int
) -> tuple[AgendaRow, ...]:
    if account.minutes not in LENGTHS:
        return ()
    standing = result.standing
    again = sum(one.rounds > 1 for one in account.questions)
    pace = "question by question" if account.pace == "together" else "everybody at their own pace"
    found = {
        "open": "Nobody joined by phone" if account.people == 0 else _came(account),
        "guess": f"{count(sum(account.guesses), 'person', 'people')} guessed"
        if account.guesses
        else "No guesses to show",
        "answer": f"{count(len(questions), 'question')} answered, {pace}",
        "agree": _outcome(questions) + (f"; {again} voted on again" if again else ""),
        "result": level_range(standing.level, standing.ceiling),
        "plan": f"{count(taken, 'thing')} taken on",
    }
    return tuple(_agenda_row(item, found) for item in agenda(account.minutes))


def _agenda_row(item: AgendaItem, found: dict[str, str]) -> AgendaRow:
    return AgendaRow(item.title, item.minutes, f"{capital(found[item.id])}.")


def _people(account: RoomAccount) -> str:
    if account.people is None:
        return f"{capital(_came(account))}, so they are not shown by function."
    if account.people == 0:
        return "Nobody joined by phone, so there are no functions to show."
    if not account.groups:
        return (
            f"{capital(_came(account))}. No function is shown apart: that takes three people"
            " in it, and three or none among the rest."
        )
    return f"{capital(_came(account))}. A function with fewer than three is not shown apart."


def _came(account: RoomAccount) -> str:
    """Who was there, and how that is known."""
    how = "were counted in the room" if account.people_by_hand else "joined"
    return f"{_who(account)} {how}"


def _guess(account: RoomAccount, level: int, ceiling: int) -> str:
    said = guess_text(account.guesses, level, ceiling)
    return f"{said} {HANDS}" if account.guesses_by_hand else said


def _groups(account: RoomAccount) -> tuple[Bar, ...]:
    people = account.people or 0
    sizes = [(group.function, group.people) for group in account.groups]
    if sizes and account.others:
        sizes.append((OTHERS, account.others))
    return tuple(Bar("", name, n, people) for name, n in sizes)


def _functions_note(account: RoomAccount) -> str:
    if account.functions:
        return (
            "Each is the level of the middle answers of the people of that function. A question"
            " counts here only where three or more of them answered it, and three or more others"
            " or none."
        )
    if has_hands(account) and not has_phones(account):
        return (
            "The level by function is not shown: what was counted by hand belongs to the whole"
            " room, and to no function."
        )
    return (
        "The level by function is not shown: that takes two functions, with three people or more"
        " behind what is shown and behind the rest."
    )
