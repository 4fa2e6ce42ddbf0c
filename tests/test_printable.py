"""Whatever people write can be printed, and what no font can show is told apart."""

from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fonts import measure
from reports.printing.printable import BOX, BREAK, LONG_WORD, can_print, printable

FONTS = sorted(measure.FOLDER.glob("*.ttf"))


class Colour(StrEnum):
    RED = "red\u202e"


@dataclass(frozen=True)
class Note:
    text: str
    tags: tuple[str, ...]
    colour: Colour = Colour.RED


@pytest.mark.parametrize(
    ("written", "is_printed"),
    [
        ("Plain text, as it was.", "Plain text, as it was."),
        ("e\u0301 and o\u0308", "é and ö"),
        ("ﬁne ² and Å", "ﬁne ² and Å"),
        ("NUL \0 bell \a escape \x1b[0m", "NUL  bell  escape [0m"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\tstays", "tab\tstays"),
        ("turned \u202egnp.exe\u202c and \u2066kept\u2069", "turned gnp.exe and kept"),
        ("a heart ❤\ufe0f", "a heart ❤" if can_print("❤") else f"a heart {BOX}"),
        ("co\u00adoperate\u200e \ufeffhere", "cooperate here"),
        ("thin\u2009and\u3000wide", "thin\u2009and\u3000wide"),
        ("Ελένη Ґалаґан Nguyễn 山田 فاطمة שרה 서연", "Ελένη Ґалаґан Nguyễn 山田 فاطمة שרה 서연"),
    ],
)
def test_a_text_is_cleaned(written: str, is_printed: str) -> None:
    assert printable(written).data == is_printed


@pytest.mark.parametrize("character", ["🚀", "\ud800", "\ue000", "\ufffe", "\u0378", "\u0f00"])
def test_what_no_font_can_show_becomes_a_box(character: str) -> None:
    done = printable(f"a{character}b{character}")
    assert done.data == f"a{BOX}b{BOX}"
    assert done.lost == {character}


def test_a_box_that_somebody_wrote_is_not_counted() -> None:
    assert printable(BOX) == printable(BOX)
    assert printable(BOX).lost == frozenset()


def test_data_keeps_its_shape() -> None:
    data = {"n🚀": [1, None, True, ("a\0", 2.5)], "note": Note("x\0", ("y\0",))}
    assert printable(data).data == {"n🚀": [1, None, True, ("a", 2.5)], "note": Note("x", ("y",))}


def test_an_enumeration_is_left_as_it_is() -> None:
    assert printable(Note("", ())).data.colour is Colour.RED


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("x" * (LONG_WORD - 1), 1),
        ("x" * LONG_WORD, 2),
        ("x" * 300, 22),
        ("https://example.com/a/very/long/path", 8),
        ("first.last.name@department.example.com", 6),
        ("漢" * 100, 1),
    ],
)
def test_only_long_words_get_places_to_break(word: str, pieces: int) -> None:
    said = printable(f"{word} short").data
    assert said.count(BREAK) == pieces - 1
    assert said.replace(BREAK, "") == f"{word} short"
    assert printable(word, long_words=False).data == word


def test_an_accent_stays_with_its_letter() -> None:
    word = "q\u0301" * 40
    pieces = printable(word).data.split(BREAK)
    assert len(pieces) > 4
    assert all(piece.startswith("q") for piece in pieces)


@given(st.text())
def test_every_text_ends_up_printable(text: str) -> None:
    said = printable(text).data
    said.encode()
    assert all(can_print(c) or c in "\n\t\u200c\u200d" + BREAK for c in said)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = printable(text, long_words=False)
    again = printable(once.data, long_words=False)
    assert again.data == once.data
    assert again.lost == frozenset()


def test_the_list_of_characters_belongs_to_the_fonts() -> None:
    shipped = (measure.FOLDER / "coverage.json").read_text(encoding="utf-8")
    assert shipped == measure.coverage_text(FONTS)


def test_every_font_comes_with_its_license() -> None:
    assert len(FONTS) > 4
    for font in FONTS:
        family = font.name.partition("-")[0]
        license_text = (measure.FOLDER / f"{family}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in license_text.upper()
