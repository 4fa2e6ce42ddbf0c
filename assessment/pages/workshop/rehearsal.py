"""Twelve simulated people for a rehearsal: they come and answer one after another."""

import hashlib
from datetime import datetime

from assessment.method.simulated import simulated_answer, simulated_guess
from assessment.pages import current
from assessment.pages.workshop.running import Running
from assessment.store.participation import Participation
from assessment.store.workshop_records import NotOpen, Step, WorkshopNotFound

PEOPLE = 12

PACE = 1.0
"""Seconds between two of them."""


def act(now: Running, at: datetime) -> None:
    """Let as many act as would have by now; harmless to call again, and in real workshops."""
    workshop = now.workshop
    if not workshop.plan.is_rehearsal or workshop.closed or workshop.paused:
        return
    since = (at - workshop.step_since).total_seconds()
    ready = min(PEOPLE, int(since / PACE) + 1)
    room = Participation(current.database())
    for person in range(ready if workshop.step is Step.LOBBY else PEOPLE):
        _be_there(room, now, person, at)
    for person in range(ready):
        _answer(room, now, person, at)


def _be_there(room: Participation, now: Running, person: int, at: datetime) -> None:
    token = _token(now, person)
    try:
        room.version(token, at)
    except WorkshopNotFound:
        functions = now.workshop.plan.functions
        function = functions[person % min(len(functions), 3)]
        room.join(now.workshop.code or "", token, function, at)


def _answer(room: Participation, now: Running, person: int, at: datetime) -> None:
    token, seed = _token(now, person), len(now.name)
    try:
        mine = room.load(token)
        if now.workshop.step is Step.GUESS and mine.guess is None:
            room.guess(token, simulated_guess(now.questionnaire, person, seed), at)
        for question in mine.open:
            if question not in mine.answers:
                asked = now.questionnaire.by_id[question]
                room.vote(token, question, simulated_answer(asked, person, seed), "", at)
    except (NotOpen, WorkshopNotFound):
        return  # the facilitator moved on at this moment


def _token(now: Running, person: int) -> str:
    return hashlib.sha256(f"{now.key} {person}".encode()).hexdigest()
