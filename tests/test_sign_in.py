"""Signing in with an account of one's own: who comes in, who does not, and what strangers reach."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer
from itsdangerous.timed import TimestampSigner
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from assessment.pages.identity import NAMELESS, SigningIn, asking
from assessment.server import accounts
from assessment.server.accounts import GO, ONWARD, AccountGate, AccountPage, Accounts
from assessment.server.gate import ACCOUNT
from assessment.server.passphrase import LIFETIME
from assessment.store.access import Visitor
from tests.app_server import free_port
from tests.asgi import anything, ask
from tests.provider import Provider, running_provider
from tests.served import Served
from tests.signing_in import PAGE, Jar, served_with

HERE = "https://audit.example.org"
HOW = SigningIn("Example Corp", HERE, ("example.org", "eve@elsewhere.example"))
ANN = {"iss": "https://id.example", "sub": "1", "name": "Ann", "email": "ann@example.org"}
KEY = "a key of sixteen or more characters"
USER = "_streamlit_user"


@pytest.mark.parametrize(
    ("changes", "comes_in"),
    [
        ({}, True),
        ({"email": "Ann@Example.ORG"}, True),
        ({"email_verified": True}, True),
        ({"email_verified": "true"}, True),
        ({"email": "eve@elsewhere.example"}, True),
        ({"email_verified": False}, False),
        ({"email_verified": "false"}, False),
        ({"email_verified": None}, False),
        ({"email": "bo@elsewhere.example"}, False),
        ({"email": "ann@sub.example.org"}, False),
        ({"email": "ann@example.org.evil.example"}, False),
        ({"email": "ann@notexample.org"}, False),
        ({"email": "example.org"}, False),
        ({"email": "ann@example.org@evil.example"}, False),
        ({"email": None}, False),
        ({"email": ["ann@example.org"]}, False),
        ({"iss": None}, False),
        ({"sub": ""}, False),
        ({"sub": 7}, False),
    ],
)
def test_who_is_let_in_is_decided_by_a_verified_address(
    changes: Mapping[str, Any], comes_in: bool
) -> None:
    assert (HOW.person({**ANN, **changes}) is not None) is comes_in


def test_without_a_list_everybody_comes_in_whom_the_provider_knows() -> None:
    everybody = SigningIn("", HERE)
    nameless = everybody.person({"iss": "i", "sub": "s"})
    assert nameless is not None
    assert nameless.visitor == Visitor("i|s", NAMELESS)
    assert everybody.person({"name": "Ann", "email": "ann@example.org"}) is None


def test_people_are_told_apart_by_issuer_and_subject_and_shown_by_name_and_address() -> None:
    ann = HOW.person(ANN)
    married = HOW.person({**ANN, "name": "Ann \u202eOther\0", "email": "other@example.org"})
    elsewhere = HOW.person({**ANN, "iss": "https://other.example"})
    assert ann is not None
    assert married is not None
    assert elsewhere is not None
    assert ann.visitor == Visitor("https://id.example|1", "Ann (ann@example.org)")
    assert married.visitor == Visitor(ann.person, "Ann Other (other@example.org)")
    assert elsewhere.person != ann.person


def test_somebody_who_may_not_come_in_reads_as_whom_they_came_and_what_to_do() -> None:
    refused = asking(HOW, "eve@elsewhere.example")
    assert "as eve@elsewhere.example" in refused.lead
    assert "Whoever runs it can let you in" in refused.lead
    assert asking(HOW, None).button == "Sign in with Example Corp"
    assert asking(SigningIn("", HERE), None).button == "Sign in"


# The gate, in this process: what counts as somebody who signed in.


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> AccountGate:
    monkeypatch.setattr(accounts, "get_cookie_secret", lambda: KEY)
    known = Accounts(HOW)
    page = AccountPage(known, "")
    routes = [Route(ACCOUNT, page.answer), Route(GO, page.go), Mount("/", anything)]
    return AccountGate(Starlette(routes=routes), known, "", frozenset({"/healthz"}))


def signed(claims: object, key: str = KEY, salt: str = USER, age: float = 0) -> str:
    """A cookie as Streamlit signs it, some seconds ago."""

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - int(age)

    serializer = URLSafeTimedSerializer(key, salt=salt, signer=Earlier)
    return serializer.dumps(json.dumps(claims)).encode().decode()


IN = {**ANN, "origin": HERE, "is_logged_in": True, "provider": "default"}


def reached(gate: AccountGate, cookies: str) -> set[int]:
    """How a page, a file, an upload and the websocket are answered."""
    headers = {"cookie": cookies, "host": "audit.example.org"}
    answers = [ask(gate, "/", **headers), ask(gate, "/media/x.pdf", **headers)]  # type: ignore[arg-type]
    answers.append(ask(gate, "/_stcore/upload_file/a/b", "PUT", **headers))  # type: ignore[arg-type]
    opened = ask(gate, "/_stcore/stream", kind="websocket", **headers)  # type: ignore[arg-type]
    return {answer.status for answer in answers} | {opened.status}


def test_who_signed_in_reaches_everything(gate: AccountGate) -> None:
    assert reached(gate, f"{USER}={signed(IN)}") == {200, 101}
    assert reached(gate, f"{USER}={signed(IN, age=LIFETIME - 60)}; other=1") == {200, 101}


@pytest.mark.parametrize(
    "cookies",
    [
        "",
        f"{USER}=",
        f"{USER}={json.dumps(IN)}",
        f"{USER}={signed(IN)[:-1]}",
        f"{USER}=x{signed(IN)}",
        f"{USER}={signed(IN, key='another key, quite as long as the first')}",
        f"{USER}={signed(IN, key='')}",
        f"{USER}={signed(IN, salt='_streamlit_user_tokens')}",
        f"_streamlit_user_tokens={signed(IN, salt='_streamlit_user_tokens')}",
        f"{USER}={signed(IN, age=LIFETIME + 60)}",
        f"{USER}={signed({**IN, 'origin': 'https://other.example'})}",
        f"{USER}={signed({**IN, 'is_logged_in': False})}",
        f"{USER}={signed({**IN, 'is_logged_in': 'yes'})}",
        f"{USER}={signed({**IN, 'email': 'eve@evil.example'})}",
        f"{USER}={signed({**IN, 'sub': None})}",
        f"{USER}={signed([IN])}",
        f"{USER}={signed('chunks-2')}",
        f"{USER}=\xff\xfe",
    ],
    ids=range(18),
)
def test_no_other_cookie_opens_anything(cookies: str, gate: AccountGate) -> None:
    assert reached(gate, cookies) == {401, 403}
    page = ask(gate, "/", cookie=cookies, accept="text/html")
    assert (page.status, page.headers["location"]) == (303, "/account?next=%2F")


def test_a_text_that_is_signed_but_no_account_opens_nothing(gate: AccountGate) -> None:
    serializer = URLSafeTimedSerializer(KEY, salt=USER)
    for text in ("no json", "chunks-3", "null", "7"):
        assert reached(gate, f"{USER}={serializer.dumps(text)}") == {401, 403}


def test_an_address_that_leads_elsewhere_is_not_followed(gate: AccountGate) -> None:
    for elsewhere in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/a\tb",
        "/account",
    ):
        page = ask(gate, f"/account?next={elsewhere}")
        assert f'href="{HERE}/account/go?next=%2F"' in page.text
        kept = f"{ONWARD}={elsewhere.replace('/', '%2F')}; {USER}={signed(IN)}"
        back = ask(gate, "/", accept="text/html", cookie=kept)
        assert (back.status, back.headers["location"]) == (303, "/")
        assert f'{ONWARD}=""' in back.headers["set-cookie"]


# A server, a provider, and the whole way between them.


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def server(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = served_with(provider, tmp_path_factory.mktemp("accounts"))
    served.start()
    yield served
    served.kill()
    assert served.faults == []


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/", "GET", PAGE, 303),
        ("/result?trace=x", "GET", PAGE, 303),
        ("/?link=x", "GET", PAGE, 303),
        ("/", "GET", {}, 401),
        ("/static/js/index.js", "GET", {}, 401),
        ("/media/0123.pdf", "GET", {}, 401),
        ("/component/x/index.html", "GET", {}, 401),
        ("/_stcore/health", "GET", {}, 401),
        ("/_stcore/host-config", "GET", {}, 401),
        ("/_stcore/metrics", "GET", {}, 401),
        ("/_stcore/upload_file/a/b", "PUT", {}, 401),
        ("/_stcore/upload_file/a/b", "DELETE", {}, 401),
        ("/_stcore/agent/interact", "POST", {}, 401),
        ("/account/go/", "GET", {}, 401),
        ("/account/../_stcore/health", "GET", {}, 401),
        ("/auth/login/x", "GET", {}, 401),
        ("//_stcore/health", "GET", {}, 401),
        ("/%2e%2e/account", "GET", {}, 401),
        ("/", "GET", {"Cookie": "_streamlit_user=x; coordination_audit_onward=%2F"}, 401),
        ("/healthz", "GET", {}, 200),
        ("/readyz", "GET", {}, 200),
        ("/account", "GET", {}, 200),
        ("/account", "POST", {}, 405),
        ("/auth/login", "GET", {}, 302),
        ("/auth/login?provider=default", "GET", {}, 302),
        ("/auth/logout", "GET", {}, 302),
        ("/oauth2callback", "GET", {}, 302),
        ("/oauth2callback?code=x&state=y", "GET", {}, 302),
    ],
)
def test_a_stranger_gets_nothing_but_the_way_to_sign_in(
    path: str, method: str, headers: dict[str, str], status: int, server: Served
) -> None:
    answer = server.ask(path, method, **headers)
    assert answer.status == status
    assert b"streamlit" not in answer.body.lower()
    for cookie in answer.headers.get_all("set-cookie") or []:
        assert not cookie.startswith("_streamlit_user") or "Max-Age=0" in cookie
    if status == 302:
        assert answer.headers["location"] == "/"


def test_a_stranger_opens_no_websocket_and_who_signed_in_does(server: Served) -> None:
    jar = Jar(server)
    assert server.upgrade(Origin=server.url) == 403
    jar.sign_in("ann")
    assert server.upgrade(Cookie=jar.header, Origin=server.url) == 101
    assert server.upgrade(Cookie=jar.header, Origin="http://evil.example") == 403


def test_people_come_back_to_what_they_came_for(server: Served) -> None:
    jar = Jar(server)
    asked = jar.open("/?link=abc&x=1")
    assert asked.headers["location"] == "/account?next=%2F%3Flink%3Dabc%26x%3D1"
    back = jar.sign_in("ann", "%2F%3Flink%3Dabc%26x%3D1")
    assert (back.status, back.headers["location"]) == (302, "/")
    onward = jar.open("/")
    assert (onward.status, onward.headers["location"]) == (303, "/?link=abc&x=1")
    assert ONWARD not in jar.cookies
    assert jar.open("/").status == 200
    assert jar.open("/account").headers["location"] == "/"


@pytest.mark.parametrize(
    ("person", "said"), [("eve", "eve@elsewhere.example"), ("mallory", "ann@example.org")]
)
def test_an_account_that_may_not_come_in_is_told_so(person: str, said: str, server: Served) -> None:
    jar = Jar(server)
    jar.sign_in(person)
    assert jar.open("/").status == 303
    page = jar.open("/account")
    assert page.status == 403
    assert f"You signed in as {said}, and this server is for others." in page.text
    assert "Use another account" in page.text
    assert server.upgrade(Cookie=jar.header, Origin=server.url) == 403
    jar.sign_in("ann")
    assert jar.open("/trace").status == 200


def test_who_does_not_sign_in_at_the_provider_may_try_again(server: Served) -> None:
    jar = Jar(server)
    jar.sign_in("nobody")
    assert jar.open("/").status == 303
    page = jar.open("/account?next=/trace")
    assert page.status == 200
    assert "You were not signed in. Try again" in page.text


def test_the_page_that_asks_loads_nothing_and_stays_nowhere(server: Served) -> None:
    answer = server.ask("/account?next=/trace")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert re.findall(r'(?:src|href)="([^"]+)"', answer.text) == [
        "data:,",
        f"{server.url}/account/go?next=%2Ftrace",
    ]
    assert "<script" not in answer.text


def test_a_cookie_is_for_the_server_alone_and_signing_out_takes_it(server: Served) -> None:
    jar = Jar(server)
    back = jar.sign_in("ann")
    cookie = next(c for c in back.headers.get_all("set-cookie") or [] if c.startswith(f"{USER}="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    jar.open("/auth/logout")
    assert USER not in jar.cookies
    assert jar.open("/").status == 303


def test_a_page_brings_its_own_token_against_forged_requests(server: Served) -> None:
    jar = Jar(server)
    jar.sign_in("ann")
    assert "_streamlit_xsrf" not in jar.cookies
    jar.open("/trace")
    token = jar.cookies["_streamlit_xsrf"].split("|")[-1]
    for path in ("/_stcore/health", "/_stcore/host-config", "/trace"):
        jar.open(path)
        assert jar.cookies["_streamlit_xsrf"].split("|")[-1] == token


def test_a_code_of_the_provider_works_once_and_in_its_browser_alone(server: Served) -> None:
    ann, eve = Jar(server), Jar(server)
    seen: list[str] = []
    opened = ann.open

    def noting(path: str) -> Any:
        seen.append(path)
        return opened(path)

    ann.open = noting  # type: ignore[method-assign]
    ann.sign_in("ann")
    callback = seen[-1]
    assert callback.startswith("/oauth2callback?code=")
    eve.open(callback)
    assert USER not in eve.cookies


@pytest.mark.slow
def test_servers_with_the_same_settings_know_the_same_people_also_after_a_restart(
    provider: Provider, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    one = served_with(provider, folders[0])
    settings = {"public_url": one.url}
    other = served_with(provider, folders[1], **settings)
    stranger = served_with(provider, folders[2], oidc_client_secret="x" * 40, **settings)
    jar = Jar(one)
    own = {"Host": f"127.0.0.1:{one.port}", "Origin": one.url}
    try:
        for server in (one, other, stranger):
            server.start()
        jar.sign_in("ann")
        one.kill()
        one.start()
        assert one.upgrade(Cookie=jar.header, **own) == 101
        assert other.upgrade(Cookie=jar.header, **own) == 101
        assert stranger.upgrade(Cookie=jar.header, **own) == 403
    finally:
        for server in (one, other, stranger):
            server.kill()


@pytest.mark.slow
def test_a_passphrase_can_be_asked_for_as_well(provider: Provider, tmp_path: Path) -> None:
    server = served_with(provider, tmp_path, passphrase="correct horse battery")  # noqa: S106
    server.start()
    try:
        jar = Jar(server)
        assert jar.open("/account").headers["location"] == "/sign-in?next=%2Faccount"
        assert jar.open("/oauth2callback").status == 303
        answer = server.ask("/sign-in", "POST", "passphrase=correct+horse+battery")
        name, _, value = str(answer.headers["set-cookie"]).partition(";")[0].partition("=")
        jar.cookies[name] = value
        assert jar.open("/").headers["location"] == "/account?next=%2F"
        assert server.upgrade(Cookie=jar.header) == 403
        jar.sign_in("ann")
        assert jar.open("/trace").status == 200
        del jar.cookies[name]
        assert jar.open("/trace").headers["location"].startswith("/sign-in")
    finally:
        server.kill()


@pytest.mark.slow
def test_a_provider_that_is_away_is_said_and_harms_nobody_who_is_in(tmp_path: Path) -> None:
    away = f"http://localhost:{free_port()}/.well-known/openid-configuration"
    with running_provider() as nobody:
        server = served_with(nobody, tmp_path, oidc_metadata_url=away)
    server.start()
    try:
        jar = Jar(server)
        login = jar.open(jar.open("/account/go?next=/trace").headers["location"])
        assert (login.status, login.headers["location"]) == (303, "/account")
        assert "You were not signed in. Try again" in jar.open("/account").text
        assert "Authentication error" not in login.text
    finally:
        server.kill()


@pytest.mark.slow
def test_below_a_public_path_and_over_https_people_sign_in_there(
    provider: Provider, tmp_path: Path
) -> None:
    server = served_with(provider, tmp_path, public_url="https://audit.example.org/tools")
    server.path = "/tools"
    server.start()
    try:
        own = {"Host": "audit.example.org"}
        page = server.ask("/tools/account", **own)
        assert 'href="https://audit.example.org/tools/account/go?next=%2Ftools%2F"' in page.text
        go = server.ask("/tools/account/go?next=/tools/trace", **own)
        assert "Path=/tools; SameSite=lax; Secure" in go.headers["set-cookie"]
        login = server.ask(go.headers["location"], **own)
        assert (
            "redirect_uri=https%3A%2F%2Faudit.example.org%2Ftools%2Foauth2callback"
            in (login.headers["location"])
        )
        assert all("Secure" in line for line in login.headers.get_all("set-cookie") or ["-"])
        assert server.ask("/account", **own).status == 401
    finally:
        server.kill()
