"""Writing the pages: one template a screen, one style sheet in the page, one script beside it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from assessment.server.headers import fingerprint, policy
from assessment.store.participation import LONGEST_COMMENT
from reports.palette import DARK, LIGHT, Palette

HERE = Path(__file__).parent

REFRESH = 5
"""Seconds after which a waiting page without a script looks again."""


@dataclass(frozen=True)
class Notice:
    """What happened to what somebody just sent; `is_trouble` where it was not taken."""

    text: str
    is_trouble: bool = False


@dataclass(frozen=True)
class Screen:
    """One screen of a phone.

    Attributes:
        template: The name of its template, without the ending.
        title: Its heading.
        key: Tells screens apart: with another key the phone reads the heading aloud.
        version: The workshop's, where the screen follows it; None where nothing more will come.
        is_waiting: Whether there is nothing to do on it.
        status: The answer's status.
        notice: What happened to what was just sent.
        query: What belongs to its address, such as `?q=use.users`.
        data: What its template reads.
    """

    template: str
    title: str
    key: str = ""
    version: int | None = None
    is_waiting: bool = False
    status: int = 200
    notice: Notice | None = None
    query: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a screen stands: `join` is the path of all of them, `code` the workshop's or ""."""

    join: str
    code: str = ""

    @property
    def room(self) -> str:
        """The path of the workshop."""
        return f"{self.join}/{self.code}" if self.code else self.join


def write(screen: Screen, place: Place, *, only_main: bool) -> Response:
    """Write a screen as an answer.

    Args:
        screen: The screen.
        place: Where it stands.
        only_main: Whether the page's script asked, which has all but the main part already.
    """
    template = _environment().get_template("main.html" if only_main else "page.html")
    text = template.render(
        screen=screen,
        place=place,
        style="" if only_main else style(),
        script=f"{place.join}/room.js?v={script_version()}",
        refresh=REFRESH if screen.is_waiting else 0,
        longest_comment=LONGEST_COMMENT,
        **screen.data,
    )
    headers = {
        "Content-Security-Policy": page_policy(),
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return HTMLResponse(_whole(text), screen.status, headers)


def _whole(text: str) -> str:
    """Half characters cannot be sent."""
    return text.encode("utf-8", "replace").decode()


def script() -> Response:
    """The script, which a browser may keep: its address changes with it."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_script(), media_type="text/javascript", headers=headers)


@cache
def page_policy() -> str:
    """What the pages may load: their own style and script, and small requests to us."""
    return policy(
        default="'none'",
        style=f"'{fingerprint(style())}'",
        script="'self'",
        connect="'self'",
        img="data:",
    )


@cache
def style() -> str:
    """The style sheet, with the product's colours."""
    sheet = (HERE / "room.css").read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{ {_variables(DARK)} }}"
    return f"{_variables(LIGHT)}\n{dark}\n{sheet}"


@cache
def script_version() -> str:
    """Changes with the script."""
    return hashlib.sha256(_script()).hexdigest()[:12]


@cache
def _script() -> bytes:
    return (HERE / "room.js").read_bytes()


def _variables(palette: Palette) -> str:
    colours = {name: value for name, value in vars(palette).items() if isinstance(value, str)}
    lines = (f"--{name.replace('_', '-')}: {value};" for name, value in colours.items())
    return f":root {{ {' '.join(lines)} }}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
