"""Small sentences that only the pages say: times, intervals, what an answer changed."""

from datetime import datetime, timedelta, timezone
from math import ceil

import streamlit as st

from assessment.method.engine import Standing
from assessment.method.questionnaire import Questionnaire
from assessment.room_account import RoomAccount
from reports.wording import count, spoken_date


def when(moment: datetime, now: datetime) -> str:
    """Say when something happened: the time on the same day, else the day."""
    here, today = _local(moment), _local(now)
    if here.date() == today.date():
        return f"today at {here:%H:%M}"
    if here.date() == today.date() - timedelta(days=1):
        return f"yesterday at {here:%H:%M}"
    return f"on {spoken_date(here)}"


def day(moment: datetime) -> str:
    """Say on which day of the reader's something happens: `3 March 2026`."""
    return spoken_date(_local(moment))


def _local(moment: datetime) -> datetime:
    """The same moment on the clock of the reader's browser; UTC where it does not say."""
    offset = st.context.timezone_offset
    return moment.astimezone(timezone(-timedelta(minutes=offset or 0)))


def interval(level: int, ceiling: int) -> str:
    """Say what is known of a level so far."""
    return f"Level {level}" if level == ceiling else f"Between level {level} and level {ceiling}"


def changed(before: Standing, after: Standing) -> str:
    """Say what an answer changed about the level."""
    if after.ceiling < before.ceiling:
        return f"That answer limits the level to {after.ceiling} at most."
    if after.ceiling > before.ceiling:
        return f"With that, level {after.ceiling} is possible again."
    if after.level > before.level:
        return f"With that answer level {after.level} is shown."
    if after.level < before.level:
        return f"With that answer only level {after.level} is shown."
    return "The level stays as it was."


def still_open(number: int) -> str:
    """Say how many questions can still change the result."""
    if not number:
        return "No question can change the result any more"
    return f"{count(number, 'question')} can still change the result".capitalize()


def progress(answered: int, left: int) -> str:
    """Say how far it is; how much is left depends on the answers to come."""
    return f"{answered} of about {answered + left} questions" if left else f"{answered} answered"


def room_said(account: RoomAccount) -> str:
    """Say what a file holds of a workshop: `what a room said on 3 March 2026`."""
    if account.is_rehearsal:
        return f"what simulated people said in a rehearsal on {spoken_date(account.day)}"
    return f"what a room said on {spoken_date(account.day)}"


def minutes(questions: int, questionnaire: Questionnaire) -> str:
    """Say how long so many questions take, at the pace that the questionnaire names; "" for none.

    Rounded up to whole minutes, since nobody minds having been faster.
    """
    whole = questionnaire.about.minutes if questionnaire.about else None
    if not whole or not questions:
        return ""
    needed = ceil(whole * questions / len(questionnaire.questions))
    return f"about {count(needed, 'minute')}"
