"""What a phone keeps of a workshop: one cookie, for that workshop's addresses alone."""

import re
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

COOKIE = "coordination_audit_room"

KEPT = 7 * 24 * 60 * 60
"""Seconds; a workshop may rest for days, and the report is there for one after it."""

_BITS = "[A-Za-z0-9_-]{22,64}"
_KEPT = re.compile(rf"(?:({_BITS})|-)\.({_BITS})")


@dataclass(frozen=True)
class Visit:
    """One browser in one workshop.

    Attributes:
        token: 128 random bits that tell it from others; the store keeps only their hash.
        workshop_id: The workshop that it takes part in; "" until it joined. After the close, when
            nobody can be told apart, this is what is left, and it opens the released report.
    """

    token: str
    workshop_id: str = ""


def new_visit() -> Visit:
    """Make a visit of a browser that has not joined yet."""
    return Visit(token_urlsafe(16))


def visit_of(connection: HTTPConnection) -> Visit | None:
    """Read what a browser keeps; None where that is nothing, or nothing of ours."""
    found = _KEPT.fullmatch(connection.cookies.get(COOKIE, ""))
    if found is None:
        return None
    return Visit(found[2], found[1] or "")


def keep(response: Response, visit: Visit, path: str, *, secure: bool) -> None:
    """Let the browser keep a visit for a workshop's path, out of reach of scripts."""
    response.set_cookie(
        COOKIE,
        f"{visit.workshop_id or '-'}.{visit.token}",
        max_age=KEPT,
        path=path,
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def is_https(request: Request, public_url: str | None) -> bool:
    """Whether people reach us by https, here or at the proxy before us."""
    public = urlsplit(public_url or "")
    over_proxy = public.scheme == "https" and public.netloc == request.headers.get("host")
    return request.url.scheme == "https" or over_proxy
