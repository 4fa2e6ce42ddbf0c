"""Two questions that machines ask: does the process live, and can people work now?"""

import logging
import time
from collections.abc import Callable

from anyio import Lock, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from assessment.store.database import Database
from assessment.store.errors import StoreUnavailable
from assessment.store.readiness import check

_log = logging.getLogger(__name__)

REMEMBERED = 1.0
"""Seconds for which an answer holds, so that asking often costs the database nothing."""


UNEXPLAINED = "People cannot work now; the server's log and its owner know why."


async def alive(_: Request) -> PlainTextResponse:
    """Say that the process answers; looks at nothing else."""
    return PlainTextResponse("ok\n")


class Readiness:
    """Says whether the database can be reached and has the tables of this version."""

    def __init__(self, database: Database, may_know_why: Callable[[Request], bool]) -> None:
        """Take the database, and who is told what is wrong with it; others get yes or no."""
        self._database = database
        self._may_know_why = may_know_why
        self._asking = Lock()
        self._trouble = ""
        self._until = 0.0

    async def answer(self, request: Request) -> PlainTextResponse:
        """Answer 200, or 503 with one sentence."""
        async with self._asking:
            if time.monotonic() >= self._until:
                self._trouble = await to_thread.run_sync(self._look)
                self._until = time.monotonic() + REMEMBERED
        if not self._trouble:
            return PlainTextResponse("ready\n")
        why = self._trouble if self._may_know_why(request) else UNEXPLAINED
        return PlainTextResponse(f"{why}\n", 503)

    def _look(self) -> str:
        try:
            check(self._database)
        except StoreUnavailable as error:
            _log.warning("Not ready: %s", error)
            return str(error)
        return ""
