"""The passphrase: strangers get the form and nothing else, people who know it are let in."""

import re
from collections.abc import Callable
from functools import partial
from math import log2
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from assessment.server import gate
from assessment.server.gate import SIGN_IN, Gate, SignIn
from assessment.server.passphrase import (
    ALPHABET,
    LIFETIME,
    SHORTEST,
    Keeper,
    PassphraseProblem,
    Patience,
    chosen_passphrase,
    make_passphrase,
)
from tests.asgi import Answer, anything, ask

RIGHT = "correct horse battery"
KEEPER = Keeper(RIGHT)
NOW = 1_800_000_000.0


def test_a_made_passphrase_is_readable_and_holds_70_bits_of_chance() -> None:
    made = {make_passphrase() for _ in range(500)}
    assert len(made) == 500
    assert all(re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", one) for one in made)
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set(ALPHABET) & set("0o1liaeuy")
    assert 16 * log2(len(ALPHABET)) >= 70


@pytest.mark.parametrize(
    ("guess", "is_right"),
    [
        (RIGHT, True),
        ("Correct Horse Battery ", True),
        ("correct-horse\u2013battery\n", True),
        ("ｃorrecthorsebattery", True),
        ("correct horse batter", False),
        ("correct horse battery1", False),
        ("", False),
        ("\0\ud83d", False),
        ("é" * 10_000, False),
    ],
)
def test_phones_may_change_capitals_blanks_and_dashes_but_nothing_else(
    guess: str, is_right: bool
) -> None:
    assert KEEPER.is_right(guess) is is_right


@pytest.mark.parametrize("guess", ["short", "a" * 40, "ababababababab", "--------------", ""])
def test_a_passphrase_that_is_easy_to_guess_is_not_taken(guess: str, tmp_path: Path) -> None:
    with pytest.raises(PassphraseProblem, match="too easy to guess") as found:
        chosen_passphrase(SecretStr(guess), None)
    assert str(SHORTEST) in str(found.value)
    file = tmp_path / "passphrase"
    file.write_text(f"{guess}\nsecond line", encoding="utf-8")
    with pytest.raises(PassphraseProblem, match="The first line of"):
        chosen_passphrase(None, file)


def test_a_passphrase_comes_from_the_first_line_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(f"\ufeff{RIGHT}\r\nnot this\n", encoding="utf-8")
    assert chosen_passphrase(None, file) == RIGHT
    assert chosen_passphrase(None, None) is None
    for wrong in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(PassphraseProblem, match="cannot be read"):
            chosen_passphrase(None, wrong)


def test_a_restart_with_the_same_passphrase_keeps_people_signed_in() -> None:
    kept = KEEPER.sign(NOW)
    again, other = Keeper("Correct horse-battery"), Keeper("another one entirely")
    assert again.knows(kept, NOW + 60)
    assert again.cookie == KEEPER.cookie
    assert not other.knows(kept, NOW + 60)
    assert other.cookie != KEEPER.cookie


@pytest.mark.parametrize(
    ("changed", "later", "is_known"),
    [
        (lambda kept: kept, 0, True),
        (lambda kept: kept, LIFETIME - 1, True),
        (lambda kept: kept, LIFETIME, False),
        (lambda kept: kept, -3600, False),
        (lambda kept: kept[:-1] + ("0" if kept[-1] != "0" else "1"), 0, False),
        (lambda kept: "9" + kept[1:], 0, False),
        (lambda kept: kept.replace(".", ""), 0, False),
        (lambda kept: kept + "é", 0, False),
        (lambda _: "", 0, False),
        (lambda _: "." * 5000, 0, False),
        (lambda _: "²." + "0" * 64, 0, False),
        (lambda _: "9" * 5000 + ".x", 0, False),
    ],
)
def test_a_cookie_holds_for_a_working_day_and_cannot_be_made_or_changed(
    changed: Callable[[str], str], later: float, is_known: bool
) -> None:
    assert KEEPER.knows(changed(KEEPER.sign(NOW)), NOW + later) is is_known


def test_wrong_guesses_wait_longer_and_longer_and_a_pause_forgives() -> None:
    patience = Patience()
    waits = [patience.after_wrong(1000) for _ in range(60)]
    assert waits[:10] == [patience.least] * 10
    assert waits == sorted(waits)
    assert waits[-1] == patience.longest
    assert patience.after_wrong(1000 + 3600) == patience.least


def test_waiting_cannot_be_used_to_fill_the_server_up() -> None:
    patience = Patience()
    patience.waiting = patience.most_waiting
    assert patience.after_wrong(1000) == 0


def guarded(base: str = "", public_url: str | None = None) -> ASGIApp:
    form = SignIn(KEEPER, base, public_url)
    routes = [
        Route(f"{base}{SIGN_IN}", form.answer, methods=["GET", "POST"]),
        Mount("/", anything),
    ]
    knows = partial(gate.is_known, KEEPER)
    open_to_all = frozenset({f"{base}/healthz"})
    return Gate(Starlette(routes=routes), knows, f"{base}{SIGN_IN}", open_to_all)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each answer to a wrong guess would have waited."""
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(gate, "sleep", note)
    return waited


def give(app: ASGIApp, passphrase: str, onward: str = "/", **options: str) -> Answer:
    form = urlencode({"passphrase": passphrase, "next": onward}).encode()
    return ask(app, SIGN_IN, "POST", form, **options)


def test_the_right_passphrase_leads_on_and_is_remembered() -> None:
    app = guarded()
    answer = give(app, RIGHT, "/trace?trace=abc&at=x")
    assert (answer.status, answer.headers["location"]) == (303, "/trace?trace=abc&at=x")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Path=/", f"Max-Age={LIFETIME}"):
        assert part in cookie
    assert "Secure" not in cookie
    known = ask(app, "/trace", cookie=cookie.partition(";")[0])
    assert (known.status, known.text) == (200, "secret")
    again = ask(app, f"{SIGN_IN}?next=/trace", cookie=cookie.partition(";")[0])
    assert (again.status, again.headers["location"]) == (303, "/trace")


@pytest.mark.parametrize(
    ("public_url", "options"),
    [
        (None, {"scheme": "https"}),
        ("https://audit.example.org", {"host": "audit.example.org"}),
    ],
)
def test_over_https_the_cookie_never_travels_without_it(
    public_url: str | None, options: dict[str, str]
) -> None:
    answer = give(guarded(public_url=public_url), RIGHT, **options)
    assert "Secure" in answer.headers["set-cookie"]


def test_wrong_guesses_are_told_and_slowed_down_while_the_right_one_gets_in_at_once(
    waits: list[float],
) -> None:
    app = guarded()
    for _ in range(40):
        answer = give(app, "wrong", '"><script>alert(1)</script>')
        assert answer.status == 403
        assert "set-cookie" not in answer.headers
    assert 'role="alert"' in answer.text
    assert "<script" not in answer.text
    assert len(waits) == 40
    assert waits[-1] > waits[0] > 0
    waits.clear()
    assert give(app, RIGHT).status == 303
    assert waits == []


@pytest.mark.parametrize("where", ["//evil.example", "/\\evil.example", "https://evil.example",
    "//evil.example/%2f..", "/\t/evil.example", "javascript:alert(1)", "/\r\nX: y", "evil", "",
    SIGN_IN, "/" + "x" * 5000])  # fmt: skip
def test_signing_in_never_leads_to_another_site(where: str) -> None:
    answer = give(guarded(), RIGHT, where)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    shown = ask(guarded(), f"{SIGN_IN}?next={quote(where)}")
    assert 'name="next" value="/"' in shown.text


def test_a_form_that_is_too_long_is_not_read() -> None:
    assert give(guarded(), "x" * 10_000).status == 413


PAGE = {"accept": "text/html,*/*", "sec_fetch_mode": "navigate"}


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        ("/", PAGE, 303),
        ("/trace", PAGE, 303),
        ("/trace", {"accept": "text/html"}, 303),
        ("/", {}, 401),
        ("/", {"accept": "text/html", "sec_fetch_mode": "cors"}, 401),
        ("/", {**PAGE, "method": "POST"}, 401),
        ("/", {"method": "HEAD"}, 401),
        ("/static/js/index.js", {"accept": "*/*"}, 401),
        ("/media/0123.pdf", {"accept": "*/*"}, 401),
        ("/_stcore/upload_file/a/b", {"method": "PUT"}, 401),
        ("/_stcore/health", {}, 401),
        ("/_stcore/stream", {"kind": "websocket"}, 403),
        ("/healthz", {"kind": "websocket"}, 403),
        (SIGN_IN, {"kind": "websocket"}, 403),
        ("/healthz/../trace", {}, 401),
        ("//healthz", {}, 401),
        ("/sign-in/", {}, 401),
        ("/SIGN-IN", {}, 401),
        ("/", {"cookie": f"{KEEPER.cookie}=1.2"}, 401),
        ("/", {"cookie": f"other={KEEPER.sign(NOW)}"}, 401),
        ("/", {"authorization": f"Bearer {RIGHT}"}, 401),
        ("/healthz", {}, 200),
    ],
)
def test_a_stranger_gets_the_form_and_nothing_else(
    path: str, options: dict[str, str], status: int
) -> None:
    answer = ask(guarded(), path, **options)  # type: ignore[arg-type]
    assert answer.status == status
    if status != 200:
        assert "secret" not in answer.text
    if status == 303:
        assert answer.headers["location"] == f"{SIGN_IN}?next={quote(path, safe='')}"
        assert answer.headers["cache-control"] == "no-store"


def test_below_a_path_everything_stays_below_it() -> None:
    app = guarded("/tools/audit")
    assert ask(app, "/tools/audit/trace", accept="text/html").headers["location"] == (
        "/tools/audit/sign-in?next=%2Ftools%2Faudit%2Ftrace"
    )
    form = urlencode({"passphrase": RIGHT, "next": "/elsewhere"}).encode()
    answer = ask(app, f"/tools/audit{SIGN_IN}", "POST", form)
    assert answer.headers["location"] == "/tools/audit/"
    assert "Path=/tools/audit" in answer.headers["set-cookie"]
