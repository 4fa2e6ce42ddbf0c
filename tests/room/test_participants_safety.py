"""The participants' pages in wrong hands and bad hours; how light and strict they are."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.types import ASGIApp

from assessment.files.questionnaires import find
from assessment.method.questionnaire import UNKNOWN
from assessment.server.participants import JOIN, asking
from assessment.store.database import Database
from assessment.store.errors import StoreUnavailable
from assessment.store.final_close import REPORT_FOR
from assessment.store.participation import LONGEST_COMMENT, Participation
from assessment.store.workshop_records import Step, WorkshopPlan
from tests.asgi import ask
from tests.room_people import (
    HOSTILE,
    Facilitator,
    Phone,
    now,
    options,
    text_of,
)

QUESTIONNAIRES = Path(__file__).parents[1] / "questionnaires"


def test_no_screen_says_how_many_others_answered(phone: Phone, room: Facilitator) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    room.others(*[options(asked)[0]] * 4)
    for answer in (phone.look(), phone.vote(asked, options(asked)[0])):
        assert not re.search(r"\b[45]\b|four|five|\d of", text_of(answer))


def test_the_report_is_there_for_a_day_after_its_release(
    phone: Phone, room: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.join()
    report = f"{phone.path}/report.pdf"
    assert phone.look(report).status == 404
    room.go(Step.RESULT)
    room.workshops.release(room.key, now())
    stranger = Phone(phone.app, room.code)
    stranger.look()
    assert stranger.look(report).status == 404
    assert "Fetch the report (PDF)" in text_of(phone.look())
    given = phone.look(report)
    assert given.body.startswith(b"%PDF")
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["cache-control"] == "no-store"
    room.workshops.close(room.key, {}, now())
    assert "This workshop is over" in text_of(phone.look())
    assert phone.look(report).body.startswith(b"%PDF")
    later = now() + REPORT_FOR + timedelta(minutes=1)
    monkeypatch.setattr(asking, "_now", lambda: later)
    assert phone.look(report).status == 404
    assert "Ask the facilitator for it." in text_of(phone.look())


def test_after_the_close_a_phone_gets_a_friendly_end(phone: Phone, room: Facilitator) -> None:
    phone.join()
    room.workshops.close(room.key, {}, now())
    answer = phone.look()
    assert answer.status == 200
    assert "Thank you for taking part." in text_of(answer)
    assert phone.look(f"{phone.path}/now").status == 404
    assert "There is no open workshop" in text_of(Phone(phone.app, room.code).look())


def test_asking_what_is_new_costs_a_few_bytes(phone: Phone, room: Facilitator) -> None:
    phone.join()
    first = phone.look(f"{phone.path}/now")
    tag = first.headers["etag"]
    again = phone.look(f"{phone.path}/now", if_none_match=tag)
    assert (first.status, len(first.body) < 10) == (200, True)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["cache-control"] == "no-store"
    room.go(Step.GUESS)
    assert phone.look(f"{phone.path}/now", if_none_match=tag).status == 200


def test_the_script_gets_the_main_part_alone(phone: Phone, room: Facilitator) -> None:
    phone.join()
    whole, part = phone.look(), phone.look(room_part="main")
    assert "<style>" in whole.text
    assert part.text.startswith("<main")
    assert len(part.body) * 3 < len(whole.body)
    assert f'data-version="{room.workshops.load(room.key).version}"' in part.text


def test_only_waiting_screens_look_again_by_themselves_without_a_script(
    phone: Phone, room: Facilitator
) -> None:
    refresh = '<noscript><meta http-equiv="refresh"'
    assert refresh not in phone.look().text
    assert refresh in phone.join().text
    asked = room.questions[0]
    room.ask(asked)
    assert refresh not in phone.look().text
    assert refresh in phone.vote(asked, options(asked)[0]).text
    assert refresh not in phone.look(f"{phone.path}?change={asked}").text
    assert "Look again" in phone.look().text


def test_every_page_is_light_strict_and_kept_nowhere(phone: Phone, room: Facilitator) -> None:
    script = ask(phone.app, f"{JOIN}/room.js")
    pages = [ask(phone.app, JOIN), phone.look(), phone.join()]
    for step in Step:
        room.go(step, room.questions[0])
        pages.append(phone.look())
    for page in pages:
        rules = page.headers["content-security-policy"]
        assert "default-src 'none'" in rules
        assert "unsafe" not in rules
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert " style=" not in page.text
        assert " on" not in re.findall(r"<[^>]* (on)\w+=", page.text)
        assert "http://" not in page.text.replace("http://www.w3.org", "")
        assert len(page.body) + len(script.body) < 60_000
    assert "immutable" in script.headers["cache-control"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9999"])
def test_a_page_of_another_site_can_send_nothing(
    phone: Phone, room: Facilitator, origin: str
) -> None:
    phone.join()
    room.go(Step.GUESS)
    form = urlencode({"do": "guess", "level": "1"}).encode()
    answer = ask(phone.app, phone.path, "POST", form, cookie=phone.cookie, origin=origin)
    assert answer.status == 403
    headers = {"cookie": phone.cookie, "sec_fetch_site": "cross-site"}
    assert ask(phone.app, phone.path, "POST", form, **headers).status == 403
    assert room.said.attendance(room.key, now()).guessed == 0


def test_what_is_no_form_of_ours_is_refused(phone: Phone) -> None:
    phone.join()
    for body, status in ((b"x" * 20_000, 413), (b"a=1&" * 40, 400)):
        assert ask(phone.app, phone.path, "POST", body, cookie=phone.cookie).status == status
    assert ask(phone.app, phone.path, "PUT", cookie=phone.cookie).status == 405
    assert ask(phone.app, phone.path, "POST", b"do=%ff%00&x", cookie=phone.cookie).status == 303


@pytest.mark.parametrize("comment", [HOSTILE, "</textarea><b>x", "\0\r\n\t", "🎉" * 600])
def test_a_comment_is_kept_as_text_and_cut_at_its_length(
    phone: Phone, room: Facilitator, comment: str
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    answer = phone.vote(asked, options(asked)[0], comment)
    form = phone.look(f"{phone.path}?change={asked}")
    for page in (answer, form):
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert "<b>x" not in page.text
        assert page.text.count("🎉") <= LONGEST_COMMENT


def test_hostile_names_of_functions_and_use_cases_are_text(
    database: Database, app: ASGIApp
) -> None:
    room = Facilitator(database, WorkshopPlan((HOSTILE, "Sales")), name=HOSTILE)
    phone = Phone(app, room.code)
    for page in (phone.look(), phone.join(0)):
        assert "<script>alert" not in page.text
    assert room.room.load(phone.cookie.rpartition(".")[2]).function == HOSTILE


@pytest.mark.parametrize("name", ["tiny", "complaint-handover"])
def test_any_other_questionnaire_works(database: Database, app: ASGIApp, name: str) -> None:
    read = find(QUESTIONNAIRES / f"{name}.yaml")
    room = Facilitator(database, read=read)
    phone = Phone(app, room.code)
    phone.join()
    room.go(Step.GUESS)
    assert read.questionnaire.levels[-1].name in text_of(phone.look())
    assert phone.send("guess", level=str(read.questionnaire.top)).status == 200
    for question in read.questionnaire.questions:
        room.ask(question.id)
        assert question.ask in text_of(phone.look())
        first = next(iter(question.options))
        assert "Your answer is in" in text_of(phone.vote(question.id, first))
        room.others(first, UNKNOWN, question=question.id)
        room.reveal(question.id)
        assert "2 of 3" in text_of(phone.look())
    room.go(Step.RESULT)
    assert phone.look().status == 200


def test_where_the_database_is_away_nothing_is_called_in(
    phone: Phone, room: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("/secret/place", "the disk is full", "Free some space.")

    monkeypatch.setattr(Participation, "vote", away)
    answer = phone.vote(asked, options(asked)[0])
    assert answer.status == 503
    assert "What you sent was not taken." in text_of(answer)
    assert "/secret/place" not in answer.text
