"""A browser's tab without the browser: Streamlit's own websocket protocol, as far as tests need it.

A tab sends what its widgets hold, and gets back what the page shows, one message an element. It
keeps what it has seen, as a browser does: large messages are sent only once, by their hash later.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from assessment.pages.trace.view import COOKIE, Way

MARK = re.compile(r'<span class="mark[^"]*" role="status">([^<]*)</span>')
TAGS = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)

PATIENCE = 60
"""Seconds that a page may take to come on a busy machine."""

WIDGETS = ("radio", "text_input", "text_area", "button", "checkbox")
"""What a tab can give something to."""

GONE = (WebSocketException, OSError)
"""What a tab raises when the server is not there any more."""


class Tab:
    """One tab at one page.

    Attributes:
        elements: What the page shows: the elements of the last run, in their order.
        mark: What stands where "Saved today at 10:03" does since something was sent; empty until
            the server says so.
        marked_at: When it said so, as `perf_counter` counts.
        session: The server's name for this tab, to come back with.
        received: Bytes that came so far.
    """

    def __init__(self, socket: ClientConnection, page: str, query: Mapping[str, str]) -> None:
        self._socket = socket
        self._page = page
        self._page_hash = ""
        self._query = urlencode(query)
        self._states: dict[str, WidgetState] = {}
        self._seen: dict[str, ForwardMsg] = {}
        self._coming: dict[tuple[int, ...], tuple[Element, str]] = {}
        self._fragments: dict[str, str] = {}
        self._begun = False
        self.elements: tuple[Element, ...] = ()
        self.mark = ""
        self.marked_at = 0.0
        self.session = ""
        self.received = 0

    async def run(self, change: WidgetState | None = None) -> None:
        """Send what the widgets hold, and wait until the page is whole again."""
        await self.send(change)
        await self.settle()

    async def send(self, change: WidgetState | None = None) -> None:
        """Send what the widgets hold, and what changes or is pressed now; do not wait."""
        held = {**self._states, **({change.id: change} if change else {})}
        if change and not change.HasField("trigger_value"):
            self._states[change.id] = change
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_name = "" if self._page_hash else self._page
        state.page_script_hash = self._page_hash
        state.fragment_id = self._fragments.get(change.id, "") if change else ""
        state.widget_states.widgets.extend(held.values())
        state.cached_message_hashes.extend(self._seen)
        state.context_info.timezone_offset = 0
        state.context_info.color_scheme = "light"
        self.mark = ""
        self._begun = False  # what may still come of an earlier run does not count
        await self._socket.send(message.SerializeToString())

    async def visit(self, query: Mapping[str, str]) -> None:
        """Go to another address of the same page."""
        self._query = urlencode(query)
        await self.run()

    async def settle(self) -> None:
        """Take in what comes until a run of the page has ended."""
        while True:
            content = await self._socket.recv()
            self.received += len(content)
            message = ForwardMsg()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
            if self._take(message):
                return

    async def settle_with(self, kind: str, key: str) -> None:
        """Take in what comes until a page is whole that has this widget on it."""
        async with asyncio.timeout(PATIENCE):
            while not self.has(kind, key):
                await self.settle()

    async def choose(self, key: str, option: str) -> None:
        """Choose an option of a radio by its text."""
        await self.run(WidgetState(id=self.widget("radio", key).id, string_value=option))

    async def write(self, key: str, text: str) -> None:
        """Write a text into a field and leave it."""
        await self.run(WidgetState(id=self.widget("text_input", key).id, string_value=text))

    async def press(self, label: str) -> None:
        """Press the button that says this."""
        for element in self.elements:
            if element.WhichOneof("type") == "button" and element.button.label == label:
                await self.run(WidgetState(id=element.button.id, trigger_value=True))
                return
        raise LookupError(f"no button '{label}' on this page: {self.words}")

    async def download(self, label: str) -> str:
        """Ask for the file of a download button; gives its path on the server."""
        buttons = (e.download_button for e in self.elements if e.HasField("download_button"))
        message = BackMsg()
        request = message.backend_operation_request
        request.request_id = label
        request.session_id = self.session
        request.deferred_file.file_id = next(
            button.deferred_file_id for button in buttons if button.label == label
        )
        await self._socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self._socket.recv(decode=False))
            if answer.HasField("backend_operation_response"):
                return str(answer.backend_operation_response.deferred_file.url)

    def widget(self, kind: str, key: str) -> Any:
        """The widget of a kind with a key, as the server described it."""
        for element in self.elements:
            if element.WhichOneof("type") == kind:
                widget = getattr(element, kind)
                if widget.id.endswith(f"-{key}"):
                    return widget
        raise LookupError(f"no {kind} '{key}' on this page: {self.words}")

    def has(self, kind: str, key: str) -> bool:
        """Whether there is such a widget."""
        try:
            return bool(self.widget(kind, key))
        except LookupError:
            return False

    def chosen(self, key: str) -> str | None:
        """The text of the option that a radio shows as chosen."""
        state = self._states.get(self.widget("radio", key).id)
        return state.string_value if state and state.HasField("string_value") else None

    @property
    def trace(self) -> str:
        """The id of the trace in the address."""
        return parse_qs(self._query)["trace"][0]

    @property
    def words(self) -> str:
        """Everything that can be read on the page, but for what stands in widgets."""
        return " ".join(filter(None, map(_said, self.elements)))

    def _take(self, message: ForwardMsg) -> bool:
        """Take a message in; True where it says that the page is whole."""
        if message.HasField("ref_hash"):
            path = list(message.metadata.delta_path)
            message = ForwardMsg.FromString(self._seen[message.ref_hash].SerializeToString())
            message.metadata.delta_path[:] = path
        elif message.metadata.cacheable:
            self._seen[message.hash] = message
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._forget(set(message.metadata.run.fragment_ids))
            self._begun = True
            self.session = message.new_session.initialize.session_id or self.session
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.HasField("new_element"):
            place = tuple(message.metadata.delta_path)
            self._coming[place] = (message.delta.new_element, message.delta.fragment_id)
            self._show(message.delta.new_element, message.delta.fragment_id)
        elif kind == "script_finished":
            return self._finish(message)
        return False

    def _forget(self, fragments: set[str]) -> None:
        """Forget what the parts of the page that run anew showed; all of it where none is named."""
        kept = {p: shown for p, shown in self._coming.items() if shown[1] not in fragments}
        self._coming = kept if fragments else {}

    def _show(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind in WIDGETS:
            self._fragments[getattr(element, kind).id] = fragment
        if kind == "html" and (mark := MARK.search(element.html.body)):
            self.mark = unescape(mark[1])
            self.marked_at = perf_counter()
        elif kind in ("radio", "text_input", "text_area"):
            self._hold(getattr(element, kind), kind)

    def _hold(self, widget: Any, kind: str) -> None:
        """Hold what a widget shows: what the server sets, or what it begins with."""
        if widget.set_value:
            value = (widget.raw_value or None) if kind == "radio" else widget.value
        elif widget.id in self._states:
            return
        elif kind == "radio":
            value = widget.options[widget.default] if widget.HasField("default") else None
        else:
            value = widget.default
        held = WidgetState(id=widget.id)
        if value is not None:
            held.string_value = value
        self._states[widget.id] = held

    def _finish(self, message: ForwardMsg) -> bool:
        early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if early or not self._begun:
            return False
        self.elements = tuple(self._coming[path][0] for path in sorted(self._coming))
        shown = {
            getattr(element, kind).id
            for element in self.elements
            if (kind := element.WhichOneof("type")) in ("radio", "text_input", "text_area")
        }
        self._states = {key: state for key, state in self._states.items() if key in shown}
        return True


@asynccontextmanager
async def open_tab(
    port: int,
    page: str = "",
    query: Mapping[str, str] | None = None,
    back_as: Tab | None = None,
    way: Way = "parts",
) -> AsyncIterator[Tab]:
    """Open a tab at a page of the server on this computer.

    Args:
        port: Where the server listens.
        page: The path of the page; empty for the first.
        query: What stands behind the question mark.
        back_as: A tab whose connection broke: it comes back, with all that it showed and held.
        way: How its browser remembers that the trace is shown.
    """
    protocols = ["streamlit", "none", back_as.session] if back_as else ["streamlit"]
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(
        url,
        subprotocols=protocols,  # type: ignore[arg-type]
        max_size=None,
        open_timeout=PATIENCE,
        ping_interval=None,
        compression=None,
        additional_headers={"Cookie": f"{COOKIE}={way}"},
    ) as socket:
        tab = Tab(socket, page, query or {})
        if back_as:
            tab._page_hash, tab._query = back_as._page_hash, back_as._query
            tab._states, tab._seen = back_as._states, back_as._seen
        await tab.run()
        yield tab


def _said(element: Element) -> str:
    kind = element.WhichOneof("type")
    if kind == "html":
        return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", element.html.body))).strip()
    if kind == "alert":
        return f"{element.alert.title} {element.alert.body}"
    if kind in ("button", "page_link"):
        return str(getattr(element, kind).label)
    return ""
