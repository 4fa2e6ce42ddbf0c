"""The participants' pages as routes: read what a phone asks, call the store, show a screen."""

import logging
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import Receive, Scope, Send

from assessment.files.problems import FileProblems
from assessment.server.participants import pages
from assessment.server.participants.asking import Asked, BadForm, asked_by
from assessment.server.participants.doors import Doors, Moved, code_screen
from assessment.server.participants.pages import Notice, Screen
from assessment.server.participants.room import Room
from assessment.server.participants.visits import Visit, is_https, keep
from assessment.store.database import Database
from assessment.store.errors import StoreUnavailable
from assessment.store.workshop_records import WorkshopNotFound
from reports.making import NotMadeError

JOIN = "/join"
"""The path of the participants' pages. All below it stands open to strangers, and nothing else."""

READERS, WRITERS, MAKERS = 4, 4, 4
"""Requests that are worked on at once. With more the processor would only change between them.

Who waits for a report to be made keeps nobody from answering.
"""

FILES = {"report.pdf": ("pdf", "application/pdf"), "tables.zip": ("csv", "application/zip")}
"""What participants can fetch: name -> the kind that `reports.making` knows, and the media type."""

_log = logging.getLogger(__name__)

_BAD = {403: "This form comes from another site.", 413: "This form is too long."}


def participant_routes(database: Database, base: str, public_url: str | None) -> list[BaseRoute]:
    """Make the participants' pages.

    Args:
        database: Where the workshops are kept.
        base: The path under which the app lives; "" for the root.
        public_url: The address that people type where a proxy stands before the server.

    Returns:
        Routes that answer `JOIN` and everything below it, so that no request there goes further.
    """
    served = _Pages(database, f"{base}{JOIN}", public_url)
    below = Router(
        [
            Route("/room.js", served.script),
            Route("/{code}", served.room, methods=["GET", "POST"]),
            Route("/{code}/now", served.now),
            *(Route(f"/{{code}}/{name}", served.report) for name in FILES),
        ],
        default=served.nothing,
        redirect_slashes=False,
    )
    return [Route(f"{base}{JOIN}", served.code), Mount(f"{base}{JOIN}", app=below)]


class _Pages:
    def __init__(self, database: Database, join: str, public_url: str | None) -> None:
        self._room = Room(database)
        self._doors: Doors = self._room.doors
        self._join = join
        self._public_url = public_url
        self._reading = CapacityLimiter(READERS)
        self._writing = CapacityLimiter(WRITERS)
        self._making = CapacityLimiter(MAKERS)

    async def code(self, request: Request) -> Response:
        """Ask for the code."""
        return await self._answered(request, lambda asked: (self._doors.code(asked), None))

    async def room(self, request: Request) -> Response:
        """Show where the workshop is, or take what somebody sends."""
        posted = request.method == "POST"
        return await self._answered(request, self._room.act if posted else self._room.look)

    async def now(self, request: Request) -> Response:
        """Say at which version the workshop is: 304 where the phone knows, 404 where it is over."""
        asked = await asked_by(request, self._join, secure=False)
        try:
            version = await to_thread.run_sync(self._room.version, asked, limiter=self._reading)
        except WorkshopNotFound:
            return PlainTextResponse("over\n", 404)
        except StoreUnavailable as error:
            _log.warning("A phone could not be answered: %s", error)
            return PlainTextResponse("later\n", 503)
        headers = {"ETag": f'W/"{version}"', "Cache-Control": "no-store"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(None, 304, headers)
        return PlainTextResponse(f"{version}\n", headers=headers)

    async def report(self, request: Request) -> Response:
        """Give the released report to a browser that took part."""
        asked = await asked_by(request, self._join, secure=False)
        name = request.url.path.rpartition("/")[2]
        kind, media = FILES[name]
        try:
            content = await to_thread.run_sync(self._room.report, asked, kind, limiter=self._making)
        except (WorkshopNotFound, StoreUnavailable, FileProblems, NotMadeError):
            content = None
        if content is None:
            title, what = "No report here", "There is none (any more). Ask the facilitator for it."
            screen = Screen("trouble", title, "none", status=404, data={"what": what})
            return pages.write(screen, asked.place, only_main=False)
        headers = {
            "Content-Disposition": f'attachment; filename="workshop-{name}"',
            "Cache-Control": "no-store",
        }
        return Response(content, media_type=media, headers=headers)

    async def script(self, _: Request) -> Response:
        """Give the script."""
        return pages.script()

    async def nothing(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say that there is no such page, and let nothing go further."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        place = pages.Place(self._join)
        answer: Response = RedirectResponse(self._join, 303)
        if scope["path"] != f"{self._join}/":
            answer = pages.write(code_screen(status=404), place, only_main=False)
        await answer(scope, receive, send)

    async def _answered(
        self, request: Request, act: Callable[[Asked], tuple[Screen, Visit | None]]
    ) -> Response:
        secure = is_https(request, self._public_url)
        try:
            asked = await asked_by(request, self._join, secure=secure)
        except BadForm as bad:
            why = _BAD.get(bad.status, "This form cannot be read.")
            return PlainTextResponse(f"{why}\n", bad.status)
        limiter = self._writing if request.method == "POST" else self._reading
        return await to_thread.run_sync(self._made, act, asked, limiter=limiter)

    def _made(self, act: Callable[[Asked], tuple[Screen, Visit | None]], asked: Asked) -> Response:
        visit: Visit | None = None
        try:
            screen, visit = act(asked)
        except Moved as moved:
            answer: Response = RedirectResponse(moved.to, 303, {"Cache-Control": "no-store"})
            visit = moved.visit
        except (StoreUnavailable, FileProblems, WorkshopNotFound) as error:
            answer = pages.write(_trouble(error, asked), asked.place, only_main=asked.only_main)
        else:
            answer = pages.write(screen, asked.place, only_main=asked.only_main)
        if visit is not None and visit != asked.visit:
            keep(answer, visit, asked.place.room, secure=asked.secure)
        return answer


def _trouble(error: Exception, asked: Asked) -> Screen:
    if isinstance(error, WorkshopNotFound):
        return code_screen("", Notice(str(error), is_trouble=True), 404)
    _log.warning("A phone could not be answered: %s", error)
    what = "The server cannot be used just now."
    if asked.form:
        what += " What you sent was not taken. Go back and send it again in a moment."
    return Screen("trouble", "Not now", "trouble", status=503, data={"what": what})
