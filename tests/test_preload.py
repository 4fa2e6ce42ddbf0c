"""Streamlit's page says sooner what it will need; whatever else is answered stays as it is."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from assessment.server.headers import content_security_policy
from assessment.server.preload import SHOWN_FIRST, PageWithHints, with_hints
from assessment.store.database import open_database
from assessment.store.traces import TraceStore
from tests.app_server import chromium_browser, settle
from tests.asgi import ask
from tests.people import QUESTIONS, address_of, begun
from tests.served import Served

STATIC = Path(file_util.get_static_dir())
SCRIPTS = STATIC / "static/js"
PLAIN = (STATIC / "index.html").read_text(encoding="utf-8")
HINTED = with_hints(PLAIN, SCRIPTS, "")


def announced(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="\./static/js/([^"]+)"', page)


def test_streamlit_still_has_all_parts_that_are_announced() -> None:
    missing = [part for part in SHOWN_FIRST if not list(SCRIPTS.glob(f"{part}.*.js"))]
    assert not missing


def test_every_script_is_announced_once_and_is_there() -> None:
    scripts = announced(HINTED)
    assert len(scripts) == len(set(scripts)) > len(announced(PLAIN))
    assert all((SCRIPTS / name).is_file() for name in scripts)


def test_what_a_part_imports_is_announced_with_it(tmp_path: Path) -> None:
    for name, text in {
        "Radio.a.js": "import{a}from`./field.b.js`;import`./known.c.js`;",
        "field.b.js": 'import "./deep.d.js";const x=()=>import(`./seldom.e.js`)',
        "deep.d.js": "import './Radio.a.js'",
        "known.c.js": "",
        "seldom.e.js": "",
    }.items():
        (tmp_path / name).write_text(text)
    page = '<head><link href="./static/js/known.c.js"></head>'
    names = announced(with_hints(page, tmp_path, ""))
    assert names == ["known.c.js", "Radio.a.js", "field.b.js", "deep.d.js"]


@pytest.mark.parametrize("base", ["", "/tools/audit"])
def test_the_page_says_where_the_server_is_and_may_say_it(base: str) -> None:
    page = with_hints(PLAIN, SCRIPTS, base)
    script = next(s for s in re.findall(r"<script>(.*?)</script>", page) if "BACKEND" in s)
    assert f'BACKEND_BASE_URL:location.origin+"{base}/"' in script
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in content_security_policy(page)


def answering(response: Response) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert b"accept-encoding" not in dict(scope["headers"])
        await response(scope, receive, send)

    return PageWithHints(app, PLAIN, HINTED)


def test_streamlits_page_comes_with_the_hints() -> None:
    of_the_file = {"ETag": '"1"', "Last-Modified": "today", "Accept-Ranges": "bytes"}
    page = HTMLResponse(PLAIN, headers=of_the_file)
    answer = ask(answering(page), "/trace", accept_encoding="gzip")
    assert answer.text == HINTED
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["content-type"].startswith("text/html")
    assert not {"etag", "last-modified", "accept-ranges"} & set(answer.headers)


@pytest.mark.parametrize(
    "other", [HTMLResponse("<head></head>", 403), PlainTextResponse(PLAIN), Response(b"\0\1")]
)
def test_whatever_is_not_the_page_stays_as_it_is(other: Response) -> None:
    answer = ask(answering(other))
    assert answer.body == other.body
    assert answer.status == other.status_code
    assert answer.headers["content-length"] == str(len(other.body))


@pytest.mark.browser
def test_the_first_question_waits_for_no_script_that_was_not_announced(tmp_path: Path) -> None:
    server = Served(tmp_path)
    server.start()
    database = open_database(f"sqlite:///{tmp_path / 'traces.sqlite3'}")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.split("?")[0])

    with chromium_browser() as browser:
        page = browser.new_page(base_url=server.url)
        page.goto("/")  # which makes the tables
        settle(page)
        trace = begun(TraceStore(database), token_urlsafe(16))
        page.on("request", note)
        page.goto(f"/trace?{urlencode(address_of(trace, QUESTIONS[0].id))}")
        page.get_by_role("radiogroup").first.wait_for()
        settle(page)
        told = announced(page.content())
    database.close()
    server.kill()
    scripts = [url.rsplit("/", 1)[1] for url in asked if url.endswith(".js")]
    assert set(scripts) <= set(told)
    assert f"{server.url}/trace/_stcore/health" not in asked
