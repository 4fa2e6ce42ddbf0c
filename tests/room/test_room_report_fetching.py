"""Who can fetch a workshop's files: the facilitator before, participants after the release."""

import io
from datetime import timedelta
from secrets import token_urlsafe
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from assessment.server.participants import asking
from assessment.store.workshop_records import Agreement, Step
from tests.room_people import Facilitator, Phone, now, options


def held(room: Facilitator, phone: Phone) -> None:
    """Four people answer the first question, the room agrees, the report is released."""
    phone.join()
    first = room.questions[0]
    weak, *_, strong = options(first)
    room.ask(first)
    phone.vote(first, weak, "Only Ada says this")
    room.others(strong, strong, strong, question=first)
    room.reveal(first)
    said = Agreement(first, strong, "Three of us saw it", "One person works alone", now())
    room.workshops.record(room.key, said)
    room.go(Step.RESULT)
    room.workshops.release(room.key, now())


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_participants_fetch_what_the_room_said(phone: Phone, room: Facilitator) -> None:
    held(room, phone)
    said = text_of(phone.look(f"{phone.path}/report.pdf").body)
    assert "What the room said" in said
    assert "3 of 4" in said
    assert "Three of us saw it" in said
    assert "One person works alone" in said
    assert "Only Ada says this" not in said


def test_participants_fetch_the_tables(phone: Phone, room: Facilitator) -> None:
    held(room, phone)
    given = phone.look(f"{phone.path}/tables.zip")
    assert given.headers["content-type"] == "application/zip"
    assert given.headers["content-disposition"] == 'attachment; filename="workshop-tables.zip"'
    with ZipFile(io.BytesIO(given.body)) as archive:
        asked = archive.read("room_questions.csv").decode("utf-8-sig")
    assert "Three of us saw it" in asked
    assert "Only Ada says this" not in asked


def test_nobody_else_and_nobody_later_fetches_anything(
    phone: Phone, room: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(room, phone)
    tables = f"{phone.path}/tables.zip"
    assert Phone(phone.app, room.code).look(tables).status == 404
    assert phone.look(tables).status == 200
    later = now() + timedelta(hours=24, minutes=1)
    monkeypatch.setattr(asking, "_now", lambda: later)
    assert phone.look(tables).status == 404


def test_before_the_release_there_is_nothing_to_fetch(phone: Phone, room: Facilitator) -> None:
    phone.join()
    room.room.join(room.code, token_urlsafe(16), "Sales", now())
    for name in ("report.pdf", "tables.zip"):
        assert phone.look(f"{phone.path}/{name}").status == 404
