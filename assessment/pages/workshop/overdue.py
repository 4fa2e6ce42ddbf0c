"""Workshops that nobody closed: they close by themselves, and each access sees to it.

When that is, and why, stands in `assessment.store.final_close`.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from assessment.files.problems import FileProblems
from assessment.files.questionnaires import read_questionnaire
from assessment.store.database import Database
from assessment.store.errors import StoreUnavailable, TraceNotFound
from assessment.store.final_close import QUIET_FOR, REPORT_FOR
from assessment.store.room import RoomStore
from assessment.store.room_accounts import summary_of
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import WorkshopNotFound
from assessment.store.workshops import WorkshopStore

CLOSES_BY_ITSELF = (
    f"Where nobody closes it, that happens {REPORT_FOR // timedelta(hours=1)} hours after the"
    f" report is released, or after {QUIET_FOR.days} days in which nothing happened."
)
"""What people are told of it; stands after a sentence that says what the final close does."""

LOOKED_EVERY = timedelta(minutes=1)
"""How often an access looks; the others cost nothing."""

_log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def watching(database: Database) -> "Overdue":
    """Give the one that watches over a database, for pages that are made anew at each run."""
    return Overdue(database)


class Overdue:
    """Closes what is overdue, on behalf of the server and not of a visitor."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._workshops = WorkshopStore(database)
        self._next: datetime | None = None

    def glance(self, now: datetime) -> None:
        """Close what is overdue, unless somebody looked a moment ago; trouble keeps nobody out."""
        if self._next is not None and now < self._next:
            return
        self._next = now + LOOKED_EVERY
        try:
            self.close(now)
        except StoreUnavailable as error:
            _log.warning("Workshops could not be closed; tried again later: %s", error)

    def close(self, now: datetime) -> int:
        """Close what is overdue; gives how many workshops that were.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        keys = self._workshops.overdue(now)
        for key in keys:
            try:
                self._workshops.close_overdue(key, self._summary(key), now)
            except WorkshopNotFound:
                continue  # its key was renewed, or its trace was erased, in this very moment
        return len(keys)

    def _summary(self, key: str) -> Mapping[str, Any]:
        """Say of the room what a report needs; what cannot be read any more keeps nobody's data."""
        ballots = RoomStore(self._database).ballots(key)
        try:
            workshop = self._workshops.load(key)
            stored = TraceStore(self._database).load(workshop.use_case_id)
            text = stored.questionnaire
            read = read_questionnaire(text.text, f"{text.id} {text.version}")
        except (TraceNotFound, FileProblems):
            return {"people": len(ballots)}
        return summary_of(read.questionnaire, stored.trace.facts, ballots)
