"""The server: what it answers to whom, with which headers, and how much goes over the line."""

import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from streamlit import file_util

from assessment.server.compression import CompressedFiles
from assessment.server.headers import SecurityHeaders, content_security_policy
from assessment.server.health import UNEXPLAINED, Readiness
from assessment.server.origins import THIS_COMPUTER, OwnPagesOnly
from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate, revisions
from assessment.store.schema import VERSION_TABLE
from tests.asgi import Answer, anything, ask
from tests.served import Served

STATIC = Path(file_util.get_static_dir())
BIGGEST = max((STATIC / "static/js").glob("*.js"), key=lambda file: file.stat().st_size)
SCRIPT = f"/static/js/{BIGGEST.name}"
RIGHT = "correct horse battery"

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for this computer alone."""
    yield from _started(Served(tmp_path_factory.mktemp("local")))


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that other computers reach."""
    folder = tmp_path_factory.mktemp("wide")
    yield from _started(Served(folder, "0.0.0.0", passphrase=RIGHT))  # noqa: S104


def _started(server: Served) -> Iterator[Served]:
    server.start()
    yield server
    server.kill()
    assert server.faults == []


def signed_in(server: Served, **headers: str) -> str:
    """The cookie of a browser that gave the passphrase."""
    form = urlencode({"passphrase": RIGHT, "next": "/"})
    answer = server.ask("/sign-in", "POST", form, **headers)
    assert answer.status == 303
    return str(answer.headers["set-cookie"]).partition(";")[0]


@pytest.mark.parametrize("path", ["/", "/trace", SCRIPT, "/healthz", "/readyz", "/_stcore/health"])
def test_every_answer_tells_browsers_what_to_refuse(path: str, local: Served) -> None:
    answer = local.ask(path)
    assert answer.status == 200
    for name, value in EVERYWHERE.items():
        assert answer.headers[name] == value, name
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert not any("://" in allowed or "*" in allowed for allowed in policy.values())
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers


def test_an_answer_keeps_what_it_says_itself() -> None:
    async def says(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Content-Security-Policy": "own", "Cache-Control": "public"}
        await PlainTextResponse("", headers=headers)(scope, receive, send)

    headers = ask(SecurityHeaders(says, "ours"), "/").headers
    assert headers.getlist("content-security-policy") == ["own"]
    assert headers.getlist("cache-control") == ["public"]
    assert ask(SecurityHeaders(anything, "ours"), "/").headers["cache-control"] == "no-store"


def test_the_one_script_in_streamlits_page_is_allowed_by_its_hash() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    assert content_security_policy(page).count("'sha256-") == page.count("<script>") > 0


@pytest.mark.parametrize(
    ("path", "cached"), [(SCRIPT, "public, immutable, max-age=31536000"), ("/trace", "no-cache")]
)
def test_files_go_over_the_line_compressed_and_unchanged(
    path: str, cached: str, local: Served
) -> None:
    plain = local.ask(path)
    assert "content-encoding" not in plain.headers
    for _ in range(2):
        small = local.ask(path, Accept_Encoding="br, gzip")
        assert small.headers["content-encoding"] == "gzip"
        assert small.headers["cache-control"] == plain.headers["cache-control"] == cached
        assert small.headers["content-type"] == plain.headers["content-type"]
        assert "Accept-Encoding" in small.headers["vary"]
        assert len(small.body) == int(small.headers["content-length"]) < len(plain.body) * 0.45
        assert gzip.decompress(small.body) == plain.body


def test_what_a_browser_has_is_not_sent_again(local: Served) -> None:
    small = local.ask(SCRIPT, Accept_Encoding="gzip")
    for etag in (small.headers["etag"], local.ask(SCRIPT).headers["etag"]):
        again = local.ask(SCRIPT, Accept_Encoding="gzip", If_None_Match=etag)
        assert (again.status, again.body) == (304, b"")


def test_a_file_is_compressed_once() -> None:
    asked = []

    async def files(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        lasts = {"cache-control": "public, immutable" if "known" in scope["path"] else "no-cache"}
        answer = PlainTextResponse("text " * 1000, headers=lasts)
        await answer(scope, receive, send)

    app = CompressedFiles(files, "/static/")
    for _ in range(3):
        answer = ask(app, "/static/known.js", accept_encoding="gzip")
        assert gzip.decompress(answer.body) == b"text " * 1000
        assert ask(app, "/static/made-up.js", accept_encoding="gzip").body == b"text " * 1000
    assert asked.count("/static/known.js") == 1
    assert asked.count("/static/made-up.js") == 3  # what is made up by strangers is not kept
    assert ask(app, "/static/known.js").body == b"text " * 1000
    part = ask(app, "/static/known.js", accept_encoding="gzip", range="bytes=0-3")
    assert "content-encoding" not in part.headers


def test_the_process_lives_and_the_database_is_ready(local: Served) -> None:
    assert local.ask("/healthz").text == "ok\n"
    assert local.ask("/readyz").text == "ready\n"
    assert local.ask("/healthz", "POST").status == 405


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'traces.sqlite3'}")
    yield opened
    opened.close()


def readiness(database: Database, may_know_why: bool) -> Answer:
    asked = Readiness(database, lambda _: may_know_why)
    return ask(Starlette(routes=[Route("/readyz", asked.answer)]), "/readyz")


def leave_as_it_is(_: Path) -> None:
    pass


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(f"UPDATE {VERSION_TABLE} SET version_num = 'f00d'")  # noqa: S608 - a constant
        opened.commit()


def make_older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(f"UPDATE {VERSION_TABLE} SET version_num = ?", revisions()[-1:])  # noqa: S608
        opened.commit()


def make_empty(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(f"DELETE FROM {VERSION_TABLE}")  # noqa: S608 - a constant
        opened.commit()


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (leave_as_it_is, None),
        (make_newer, "a newer version of this program wrote this database"),
        (make_older, "an older version of this program made its tables"),
        (make_empty, "the tables that this program needs are not in this database"),
        (Path.unlink, "the database file is gone"),
    ],
)
def test_readiness_says_what_is_wrong_but_not_to_strangers(
    happens: Callable[[Path], None], said: str | None, database: Database
) -> None:
    migrate(database)
    happens(Path(database.place))
    told, stranger = readiness(database, True), readiness(database, False)
    assert told.status == stranger.status == (200 if said is None else 503)
    if said is None:
        assert told.text == stranger.text == "ready\n"
    else:
        assert said in told.text
        assert stranger.text == f"{UNEXPLAINED}\n"


def test_asking_for_readiness_often_costs_the_database_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Database] = []
    monkeypatch.setattr("assessment.server.health.check", looked.append)
    app = Starlette(routes=[Route("/readyz", Readiness(database, lambda _: True).answer)])
    answers = [ask(app, "/readyz").status for _ in range(20)]
    assert answers == [200] * 20
    assert len(looked) < 5


PAGE = {"Accept": "text/html", "Sec_Fetch_Mode": "navigate"}


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/", "GET", PAGE, 303),
        ("/trace?trace=x", "GET", PAGE, 303),
        ("/result", "GET", PAGE, 303),
        ("/", "GET", {}, 401),
        (SCRIPT, "GET", {}, 401),
        ("/favicon.png", "GET", {}, 401),
        ("/manifest.json", "GET", {}, 401),
        ("/media/0123.pdf", "GET", {}, 401),
        ("/component/x/index.html", "GET", {}, 401),
        ("/_stcore/health", "GET", {}, 401),
        ("/_stcore/host-config", "GET", {}, 401),
        ("/_stcore/metrics", "GET", {}, 401),
        ("/_stcore/upload_file/a/b", "PUT", {}, 401),
        ("/_stcore/upload_file/a/b", "DELETE", {}, 401),
        ("/_stcore/upload_file/a/b", "OPTIONS", {}, 401),
        ("/_stcore/agent/interact", "POST", {}, 401),
        ("/_stcore/agent/openapi.json", "GET", {}, 401),
        ("/oauth2callback", "GET", {}, 401),
        ("/auth/login", "GET", {}, 401),
        ("/%2e%2e/healthz/..", "GET", {}, 401),
        ("/healthz%2f", "GET", {}, 401),
        ("/", "GET", {"X_Forwarded_For": "127.0.0.1"}, 401),
        ("/", "GET", {"Cookie": "coordination_audit=1"}, 401),
        ("/healthz", "GET", {}, 200),
        ("/readyz", "GET", {}, 200),
        ("/sign-in", "GET", {}, 200),
    ],
)
def test_a_stranger_gets_nothing(
    path: str, method: str, headers: dict[str, str], status: int, wide: Served
) -> None:
    answer = wide.ask(path, method, **headers)
    assert answer.status == status
    assert b"streamlit" not in answer.body.lower()
    for name, value in EVERYWHERE.items():
        assert answer.headers[name] == value, name
    assert "server" not in answer.headers


def test_a_stranger_opens_no_websocket_and_who_signed_in_does(wide: Served) -> None:
    assert wide.upgrade() == 403
    cookie = signed_in(wide)
    assert wide.upgrade(Cookie=cookie) == 101
    assert wide.upgrade(Cookie=cookie, Origin="http://evil.example") == 403
    assert wide.ask("/", Cookie=cookie).status == 200
    assert wide.ask("/_stcore/health", Cookie=cookie).text == "ok"


def test_no_other_site_can_sign_somebody_in(wide: Served) -> None:
    form = urlencode({"passphrase": RIGHT})
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{wide.port + 1}"):
        answer = wide.ask("/sign-in", "POST", form, Origin=origin)
        assert answer.status == 403
        assert "set-cookie" not in answer.headers
    assert signed_in(wide, Origin=wide.url)


def test_the_sign_in_page_loads_nothing_and_stays_nowhere(wide: Served) -> None:
    answer = wide.ask("/sign-in?next=/trace")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert 'name="next" value="/trace"' in answer.text
    assert "<script" not in answer.text
    assert "://" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "localhost"}, 200),
        ({"host": "localhost:8501"}, 200),
        ({"host": "LOCALHOST.:80"}, 200),
        ({"host": "127.0.0.1:8501"}, 200),
        ({"host": "[::1]:8501"}, 200),
        ({"host": "evil.example"}, 421),
        ({"host": "localhost.evil.example"}, 421),
        ({"host": "evil.example:8501"}, 421),
        ({"host": "localhost@evil.example"}, 421),
        ({"host": "evil@localhost"}, 421),
        ({"host": "localhost/x"}, 421),
        ({"host": "localhost:x"}, 421),
        ({"host": "[::1"}, 421),
        ({"host": "192.168.0.7"}, 421),
        ({"host": ""}, 400),
        ({"x_forwarded_for": "192.0.2.1"}, 403),
        ({"forwarded": "for=192.0.2.1"}, 403),
        ({"origin": "http://localhost:8501"}, 200),
        ({"origin": "http://localhost:8502"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[x"}, 403),
    ],
)
def test_for_this_computer_alone_only_its_own_names_and_pages_count(
    headers: dict[str, str], status: int
) -> None:
    app = OwnPagesOnly(anything, None, THIS_COMPUTER)
    assert ask(app, "/", **headers).status == status  # type: ignore[arg-type]
    opened = ask(app, "/_stcore/stream", kind="websocket", **headers)  # type: ignore[arg-type]
    assert opened.status == (101 if status == 200 else 403)


def test_behind_a_proxy_the_public_address_counts_as_our_own() -> None:
    app = OwnPagesOnly(anything, "https://audit.example.org/tools", None)
    for origin, status in (
        ("https://audit.example.org", 200),
        ("http://audit.example.org", 403),
        ("https://audit.example.org.evil.example", 403),
    ):
        answer = ask(app, "/", host="inside:8501", origin=origin, x_forwarded_for="192.0.2.1")
        assert answer.status == status


def test_a_name_that_points_here_opens_nothing(local: Served) -> None:
    for host in ("evil.example", f"evil.example:{local.port}"):
        refused = local.ask("/", Host=host)
        assert refused.status == 421
        assert "coordination-audit serve --host" in refused.text
        assert local.upgrade(Host=host) == 403
    assert local.upgrade() == 101
    assert local.upgrade(Host=f"localhost:{local.port}") == 101


@pytest.mark.slow
def test_below_a_public_path_the_app_lives_there(tmp_path: Path) -> None:
    public_url = "https://audit.example.org/tools/audit"
    server = Served(tmp_path, public_url=public_url, passphrase=RIGHT)
    server.path = "/tools/audit"
    server.start()
    try:
        form = urlencode({"passphrase": RIGHT, "next": "/tools/audit/trace"})
        origin = {"Host": "audit.example.org", "Origin": "https://audit.example.org"}
        answer = server.ask("/tools/audit/sign-in", "POST", form, **origin)
        assert (answer.status, answer.headers["location"]) == (303, "/tools/audit/trace")
        assert "Secure" in answer.headers["set-cookie"]
        cookie = str(answer.headers["set-cookie"]).partition(";")[0]
        page = server.ask("/tools/audit/trace", Cookie=cookie)
        assert b"streamlit" in page.body.lower()
        script = server.ask(f"/tools/audit{SCRIPT}", Cookie=cookie, Accept_Encoding="gzip")
        assert script.headers["content-encoding"] == "gzip"
        assert server.upgrade("/tools/audit/_stcore/stream", Cookie=cookie, **origin) == 101
        assert server.upgrade("/tools/audit/_stcore/stream", **origin) == 403
        assert server.ask("/").status == 401
    finally:
        server.kill()


@pytest.mark.slow
def test_the_server_ends_at_once_when_asked_though_somebody_is_connected(tmp_path: Path) -> None:
    server = Served(tmp_path)
    server.start()
    assert server.upgrade() == 101
    assert server.stop() == 0
    assert server.faults == []
