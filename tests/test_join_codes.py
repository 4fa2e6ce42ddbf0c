"""Join codes: read as people type them, and hard to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.store.join_codes import LENGTH, MOST_READINGS, SIGNS, make_code, readings


def test_a_code_has_no_signs_that_people_take_for_one_another() -> None:
    for pair in ("8B", "5S", "2Z", "6G", "0O", "1I", "1L", "VU", "QO"):
        assert not set(pair) <= set(SIGNS)
    assert not set("AEIOUY") & set(SIGNS)
    assert len(SIGNS) ** LENGTH > 10**8


def test_no_two_codes_are_alike() -> None:
    made = {make_code() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(code) == LENGTH and set(code) <= set(SIGNS) for code in made)


@given(st.text(SIGNS, min_size=LENGTH, max_size=LENGTH))
def test_small_letters_spaces_and_dashes_make_no_difference(code: str) -> None:
    for typed in (code, code.lower(), f" {code[:3]} – {code[3:]}\n", ".".join(code)):
        assert readings(typed)[0] == code


def test_look_alikes_make_no_difference() -> None:
    assert "K8528X" in readings("KBSZ8X")
    assert "QVVH6C" in readings("OUYHGC")
    assert "QQ2345" in readings("0o2345")


@pytest.mark.parametrize("typed", ["", "KH7QW", "KH7QWXX", "KH7QW+", "KH7QWÄ", "К" * 6, "A" * 9999])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert readings(typed) == ()


@given(st.text())
def test_anything_may_be_typed(typed: str) -> None:
    found = readings(typed)
    assert len(found) <= MOST_READINGS
    assert all(len(code) == LENGTH and code.isascii() and code.isalnum() for code in found)
