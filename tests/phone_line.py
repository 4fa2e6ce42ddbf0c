"""A participant's phone over real HTTP, and cheap: one connection, no browser, no HTTP library.

It sends what the page's script sends (the page's own forms, its cookie, its origin, the small
conditional request), and keeps of each page only what it needs to answer.
"""

import asyncio
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

VERSION = re.compile(r'data-version="(\d+)"')
KEY = re.compile(r'data-key="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
OPTION = re.compile(r'<input type="radio" name="(?:option|level)" value="([^"]*)"')

GONE = (OSError, asyncio.IncompleteReadError)
"""What a phone raises when the server is not there any more."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class PhoneLine:
    """One phone in one workshop.

    Attributes:
        port: Of the server on this computer.
        code: The workshop's.
        cookie: What the server gave it to keep.
        version: The workshop's, as the page shows it.
        key: Of the screen that is shown, such as `answer use.users`.
        hidden: The fields of the page's form that nobody sees.
        options: What the page's form offers.
    """

    port: int
    code: str
    cookie: str = ""
    version: str = ""
    key: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def token(self) -> str:
        """What tells this phone from others."""
        return self.cookie.rpartition(".")[2]

    @property
    def path(self) -> str:
        """The workshop's address on the server."""
        return f"/join/{self.code}"

    async def join(self, function: int = 0) -> None:
        """Come in by the code, and choose a function."""
        await self.ask("GET", self.path)
        await self.send("join", {"function": str(function)})

    async def look(self, query: str = "") -> Answer:
        """Fetch the page's main part, as the script does when something is new."""
        answer = await self.ask("GET", f"{self.path}{query}", {"room-part": "main"})
        self.take(answer)
        return answer

    async def is_behind(self) -> bool:
        """Ask the small question: whether there is something new."""
        tag = {"if-none-match": f'W/"{self.version}"'}
        answer = await self.ask("GET", f"{self.path}/now", tag)
        return answer.status != 304 and answer.text.strip() != self.version

    async def answer(self, option: str, comment: str = "") -> Answer:
        """Send the page's form with one of its options."""
        form = {**self.hidden, "option": option, "comment": comment}
        return await self.send("vote", form)

    async def send(self, do: str, form: dict[str, str]) -> Answer:
        """Send a form of the page, as the script does."""
        body = urlencode({**form, "do": do}).encode()
        headers = {
            "room-part": "main",
            "content-type": "application/x-www-form-urlencoded",
            "origin": f"http://127.0.0.1:{self.port}",
            "sec-fetch-site": "same-origin",
        }
        answer = await self.ask("POST", self.path, headers, body)
        self.take(answer)
        return answer

    def take(self, answer: Answer) -> None:
        """Show what came."""
        self.version = _first(VERSION.findall(answer.text))
        self.key = _first(KEY.findall(answer.text))
        self.hidden = dict(HIDDEN.findall(answer.text))
        self.options = OPTION.findall(answer.text)

    async def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Ask once; `GONE` where the server does not answer, and the next call connects anew."""
        is_used = self._line is not None
        try:
            return await self._asked(method, path, headers or {}, body)
        except GONE:
            self.close()
            if not is_used:
                raise
        try:  # the server lets idle lines go; a browser then takes another one, and so do we
            return await self._asked(method, path, headers or {}, body)
        except GONE:
            self.close()
            raise

    def turn_to(self, port: int) -> None:
        """Ask another server from now on."""
        self.close()
        self.port = port

    def close(self) -> None:
        """Drop the connection, as a phone does that loses its line."""
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def _asked(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._line
        given = {"host": f"127.0.0.1:{self.port}", "accept-encoding": "gzip", **headers}
        if self.cookie:
            given["cookie"] = self.cookie
        if body:
            given["content-length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in given.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        got = dict(_header(line) for line in head[1:] if line)
        content = await reader.readexactly(int(got.get("content-length", "0")))
        if got.get("content-encoding") == "gzip":
            content = zlib.decompress(content, 31)
        if "set-cookie" in got:
            self.cookie = got["set-cookie"].partition(";")[0]
        return Answer(int(head[0].split()[1]), got, content.decode())


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def _first(found: Iterable[str]) -> str:
    return next(iter(found), "")
