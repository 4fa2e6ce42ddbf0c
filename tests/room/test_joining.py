"""Coming into a workshop: the code, the cookie, leaving, and those who guess codes."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assessment.server.gate import Gate
from assessment.server.participants import JOIN, asking, participant_routes
from assessment.server.participants.turnstile import Turnstile
from assessment.store.database import Database
from assessment.store.final_close import REPORT_FOR
from assessment.store.workshop_records import Step
from tests.asgi import anything, ask
from tests.room_people import (
    OWN,
    REHEARSAL,
    USE_CASE,
    Facilitator,
    Phone,
    now,
    options,
    text_of,
)


def test_the_code_may_be_typed_in_any_way_that_people_type_it(
    app: ASGIApp, room: Facilitator
) -> None:
    code = room.code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", " ".join(code)):
        answer = ask(app, f"{JOIN}?{urlencode({'code': typed})}")
        assert (answer.status, answer.headers["location"]) == (303, f"{JOIN}/{code}"), typed


def test_a_code_in_another_spelling_leads_to_the_same_address(
    app: ASGIApp, room: Facilitator
) -> None:
    answer = ask(app, f"{JOIN}/{room.code.lower()}")
    assert (answer.status, answer.headers["location"]) == (303, f"{JOIN}/{room.code}")


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    "wrong", ["ZZZZZZ", "' OR 1=1 --", "a%00b", "%F0%9F%8E%89" * 6, "A" * 5000]
)
def test_a_wrong_code_leads_back_to_the_field_and_says_so(app: ASGIApp, wrong: str) -> None:
    answer = ask(app, f"{JOIN}?code={wrong.replace(' ', '%20')}")
    assert answer.status == 404
    assert "There is no open workshop with this code." in text_of(answer)
    assert "set-cookie" not in answer.headers


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("path", ["x", "x/y/z", "..", "../_stcore/health", "room.js/x", "%2e%2e/x"])
def test_whatever_stands_below_the_path_is_answered_here(app: ASGIApp, path: str) -> None:
    answer = ask(app, f"{JOIN}/{path}")
    assert answer.status == 404
    assert "Join a workshop" in text_of(answer)


def test_before_joining_people_read_what_happens_with_their_answers(phone: Phone) -> None:
    said = text_of(phone.look())
    for true in (
        "Nobody asks your name.",
        "only when at least three people answered",
        "whoever holds the database could look",
        "24 hours after the report is released, or after 7 days in which nothing happened",
        "One vote a browser",
    ):
        assert true in said
    assert USE_CASE not in said


def test_somebody_joins_and_waits(phone: Phone, room: Facilitator) -> None:
    said = text_of(phone.join(1))
    assert "You are in" in said
    assert "You are here for Sales." in said
    assert USE_CASE in said
    assert room.said.attendance(room.key, now()).joined == 1


def test_joining_twice_is_joining_once(phone: Phone, room: Facilitator) -> None:
    phone.look()
    for _ in range(3):
        phone.send("join", function="0")
    assert room.said.attendance(room.key, now()).joined == 1


def test_who_keeps_no_cookie_is_told_and_not_counted(phone: Phone, room: Facilitator) -> None:
    said = text_of(phone.send("join", function="0"))
    assert "Allow cookies for this page" in said
    assert room.said.attendance(room.key, now()).joined == 0
    assert "You are in" in text_of(phone.send("join", function="0"))


@pytest.mark.parametrize("function", ["", "3", "-1", "99999999999", "²", "Sales", "0x1"])
def test_a_function_that_is_none_of_the_workshops_is_refused(phone: Phone, function: str) -> None:
    phone.look()
    answer = phone.send("join", function=function)
    assert answer.status == 400
    assert "Choose your function first." in text_of(answer)


def test_a_rehearsal_says_so_and_lets_nobody_in(database: Database, app: ASGIApp) -> None:
    rehearsal = Facilitator(database, REHEARSAL)
    phone = Phone(app, rehearsal.code)
    for answer in (phone.look(), phone.send("join", function="0")):
        assert "This is a rehearsal" in text_of(answer)
    assert phone.cookie == ""
    assert rehearsal.said.attendance(rehearsal.key, now()).joined == 0


def test_the_cookie_is_this_workshops_and_out_of_reach_of_scripts(phone: Phone) -> None:
    kept = phone.look().headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", f"Path={phone.path}"} <= set(kept.split("; "))
    assert "Secure" not in kept
    token = kept.partition("=")[2].partition(";")[0].removeprefix("-.")
    assert len(token) >= 22  # 128 bits


def test_behind_https_the_cookie_stays_there(database: Database, room: Facilitator) -> None:
    routes = participant_routes(database, "/audit", "https://audit.example/audit")
    answer = ask(Starlette(routes=routes), f"/audit/join/{room.code}", host="audit.example")
    assert "Secure" in answer.headers["set-cookie"]
    assert f"Path=/audit/join/{room.code}" in answer.headers["set-cookie"]
    assert f'action="/audit/join/{room.code}"' in answer.text


@pytest.mark.parametrize("kept", ["", "x", "-.x", "-." + "a" * 22, "a" * 22 + "." + "b" * 22, "é"])
def test_a_cookie_that_means_nothing_is_a_stranger(phone: Phone, kept: str) -> None:
    phone.cookie = f"coordination_audit_room={kept}".encode().decode("latin-1")
    assert "Join the workshop" in text_of(phone.look())
    assert ask(phone.app, f"{phone.path}/now", cookie=phone.cookie).status == 404
    assert ask(phone.app, f"{phone.path}/report.pdf", cookie=phone.cookie).status == 404


def test_two_workshops_in_one_browser_do_not_mix(
    database: Database, app: ASGIApp, phone: Phone
) -> None:
    phone.join()
    other = Phone(app, Facilitator(database).code)
    other.cookie = phone.cookie  # whatever a browser sends
    assert "Join the workshop" in text_of(other.look())
    assert "You are in" in text_of(other.send("join", function="2"))
    assert "You are here for Marketing." in text_of(phone.look())


def test_a_late_joiner_gets_in_at_the_current_question(phone: Phone, room: Facilitator) -> None:
    asked = room.questions[3]
    room.ask(asked)
    assert OWN.questionnaire.by_id[asked].ask in text_of(phone.join())


def test_who_leaves_can_come_back_as_the_same(phone: Phone, room: Facilitator) -> None:
    phone.join(2)
    asked = room.questions[0]
    room.ask(asked)
    phone.vote(asked, options(asked)[0])
    assert "You have left the workshop" in text_of(phone.send("leave"))
    assert "You have left the workshop" in text_of(phone.look())
    assert room.said.attendance(room.key, now()).present == 0
    said = text_of(phone.send("back"))
    assert "Your answer is in" in said
    assert "You are here for Customer service." in said
    there = room.said.attendance(room.key, now())
    assert (there.joined, there.present) == (1, 1)


def test_who_has_left_is_not_waited_for_until_they_answer_again(
    phone: Phone, room: Facilitator
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    room.others(options(asked)[0])
    other_tab = Phone(phone.app, room.code)
    other_tab.cookie = phone.cookie
    phone.send("leave")
    there = room.said.attendance(room.key, now())
    assert (there.joined, there.present, there.answered) == (2, 1, {asked: 1})
    assert "You have left the workshop" in text_of(other_tab.look())
    assert other_tab.look(f"{phone.path}/now").status == 200
    assert room.said.attendance(room.key, now()).present == 1, "to look is not to come back"
    assert "Your answer is in" in text_of(other_tab.vote(asked, options(asked)[0]))
    there = room.said.attendance(room.key, now())
    assert (there.joined, there.present, there.answered) == (2, 2, {asked: 2})


def test_a_workshop_that_nobody_closed_is_over_a_day_after_its_release(
    phone: Phone, room: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    room.workshops.release(room.key, now())
    later = now() + REPORT_FOR
    monkeypatch.setattr(asking, "_now", lambda: later)
    answer = phone.vote(asked, options(asked)[0])
    said = "The workshop was closed meanwhile, so nothing was taken. This workshop is over"
    assert (answer.status, said in text_of(answer)) == (409, True)
    assert room.workshops.load(room.key).closed == later


def test_forty_phones_that_send_after_the_close_are_no_guessers(
    app: ASGIApp, room: Facilitator
) -> None:
    phones = [Phone(app, room.code) for _ in range(40)]
    for phone in phones:
        phone.join()
    room.workshops.close(room.key, {}, now())
    for phone in phones:
        assert "so nothing was taken" in text_of(phone.send("guess", level="1"))
    assert "You are in" in text_of(Phone(app, Facilitator(room.database).code).join())


def test_a_deleted_trace_ends_its_workshop_for_phones(phone: Phone, room: Facilitator) -> None:
    room.traces.delete(room.use_case, now())
    answer = phone.look()
    assert (answer.status, "There is no open workshop" in text_of(answer)) == (404, True)


def test_sixty_people_behind_one_address_join_within_a_minute(
    app: ASGIApp, room: Facilitator
) -> None:
    for number in range(60):
        phone = Phone(app, room.code)
        if number % 4 == 0:  # some mistype the code first
            assert ask(app, f"{JOIN}?code=ZZZZZ{number % 10}").status == 404
        assert "You are in" in text_of(phone.join(number % 3))
    assert room.said.attendance(room.key, now()).joined == 60


def test_who_keeps_guessing_is_not_even_told_when_a_code_is_right(
    app: ASGIApp, room: Facilitator
) -> None:
    guesser = Phone(app, room.code, address="198.51.100.9")
    tried = [guesser.look(f"{JOIN}?code=HHHHH{n % 10}").status for n in range(60)]
    assert tried.count(404) < 40
    assert tried[-1] == 429
    right = guesser.look()
    assert (right.status, "Too many wrong codes" in text_of(right)) == (429, True)
    assert "You are in" in text_of(Phone(app, room.code).join())


def test_those_who_are_in_stay_in_whoever_guesses_beside_them(
    phone: Phone, room: Facilitator
) -> None:
    phone.join()
    for _ in range(60):
        phone.look(f"{JOIN}?code=HHHHHH")
    room.go(Step.GUESS)
    assert "Your guess is in" in text_of(phone.send("guess", level="3"))


@pytest.mark.parametrize("addresses", [1, 1000])
def test_in_eight_hours_nobody_tries_more_than_a_sliver_of_the_codes(addresses: int) -> None:
    turnstile, tried = Turnstile(), 0
    for number in range(8 * 60 * 60 * 10):  # ten a second, for eight hours
        address, at = f"2001:db8:{number % addresses:x}::1", number / 10
        if turnstile.may_try(address, at):
            turnstile.wrong(address, at)
            tried += 1
    assert tried / 23**6 < 0.0005


def test_a_whole_network_of_the_new_kind_counts_as_one_address() -> None:
    turnstile = Turnstile()
    for number in range(40):
        turnstile.wrong(f"2001:db8::{number:x}", 0)
    assert not turnstile.may_try("2001:db8::ffff", 0)
    assert turnstile.may_try("2001:db9::1", 0)


def test_while_the_world_guesses_a_room_with_people_in_it_still_gets_in() -> None:
    turnstile = Turnstile()
    turnstile.right("192.0.2.7")
    for number in range(2000):
        turnstile.wrong(f"198.51.{number // 250}.{number % 250}", 0)
    assert not turnstile.may_try("203.0.113.1", 0)
    assert turnstile.may_try("192.0.2.7", 0)


@pytest.mark.parametrize(
    ("path", "is_open"),
    [
        ("/join", True),
        ("/join/", True),
        ("/join/KH7QWX/now", True),
        ("/joint", False),
        ("/", False),
        ("/trace", False),
        ("/joi", False),
        ("/static/join/", False),
    ],
)
def test_the_gate_lets_strangers_to_these_pages_and_no_others(path: str, is_open: bool) -> None:
    gate = Gate(anything, lambda _: False, "/sign-in", frozenset({JOIN, f"{JOIN}/"}))
    assert (ask(gate, path).status == 200) is is_open
    assert ask(gate, path, kind="websocket").status == 403


def test_nothing_below_the_path_reaches_what_lies_beside(database: Database) -> None:
    reached: list[str] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["path"])
        await anything(scope, receive, send)

    routes = [*participant_routes(database, "", None), Route("/{rest:path}", _All(streamlit))]
    app = Starlette(routes=routes)
    calls: list[Callable[[str], object]] = [
        lambda path: ask(app, path),
        lambda path: ask(app, path, "PUT"),
        lambda path: ask(app, path, "DELETE"),
    ]
    for call in calls:
        for path in ("/join/", "/join/x", "/join/../static/x", "/join//", "/join/a/b/c"):
            call(path)
    assert reached == []


class _All:
    """An application as an endpoint, which takes every method."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
