"""What a phone sends, read strictly: it may be anything."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.requests import Request

from assessment.server.participants.pages import Place
from assessment.server.participants.visits import Visit, visit_of

LONGEST_FORM = 16 * 1024
"""Bytes; a comment of 500 characters takes 6,000 at most."""

PART = "room-part"
"""The header by which the page's script asks for the main part alone."""

_FIELDS = 12


class BadForm(ValueError):  # noqa: N818 - it says it all
    """What was sent is no form of ours; carries the status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """One request of a phone.

    `clock` counts seconds and only goes forward, `now` is the time; `form` and `query` hold the
    first value of each name.
    """

    place: Place
    visit: Visit | None
    query: Mapping[str, str]
    form: Mapping[str, str]
    address: str
    only_main: bool
    secure: bool
    now: datetime
    clock: float


async def asked_by(request: Request, join: str, *, secure: bool) -> Asked:
    """Read a request.

    Args:
        request: The request.
        join: The path of these pages.
        secure: Whether people come by https.

    Raises:
        BadForm: It is too long, no form, or a page of another site sent it.
    """
    return Asked(
        place=Place(join, request.path_params.get("code", "")),
        visit=visit_of(request),
        query=dict(request.query_params),
        form=await _form(request) if request.method == "POST" else {},
        address=request.client.host if request.client else "",
        only_main=PART in request.headers,
        secure=secure,
        now=_now(),
        clock=time.monotonic(),
    )


def _now() -> datetime:
    return datetime.now(UTC)


async def _form(request: Request) -> Mapping[str, str]:
    """Read a form of our own pages; `OwnPagesOnly` has refused foreign origins before."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise BadForm(403)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise BadForm(413)
    text = body.decode("utf-8", errors="replace")
    try:
        given = parse_qs(text, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise BadForm(400) from None
    return {name: values[0] for name, values in given.items()}
