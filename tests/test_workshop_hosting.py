"""What the hosting guide says of workshops holds."""

import re
from datetime import timedelta
from pathlib import Path

from assessment.server.participants.turnstile import Turnstile
from assessment.server.tidying import EVERY
from assessment.store.final_close import QUIET_FOR, REPORT_FOR
from assessment.store.join_codes import LENGTH, SIGNS
from assessment.store.participation import MOST

GUIDE = Path(__file__).parents[1] / "docs/hosting.md"


def said() -> str:
    whole = GUIDE.read_text(encoding="utf-8")
    found = re.search("## Workshops and strangers\n(.*?)\n## ", whole, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def tries(turnstile: Turnstile, addresses: int, seconds: int) -> int:
    """How many wrong codes are looked at in so many seconds, ten tried in each."""
    count = 0
    for number in range(seconds * 10):
        address = f"198.51.{number % addresses // 250}.{number % addresses % 250}"
        if turnstile.may_try(address, number / 10):
            turnstile.wrong(address, number / 10)
            count += 1
    return count


def test_the_guide_says_how_long_a_code_lives() -> None:
    hours, days = REPORT_FOR // timedelta(hours=1), QUIET_FOR.days
    assert f"{hours} hours after the report was released, or after {days} days" in said()
    every = timedelta(seconds=EVERY)
    assert every // timedelta(minutes=1) == 10
    assert "every ten minutes" in said()


def test_the_guide_says_how_many_codes_can_be_tried() -> None:
    assert f"{len(SIGNS) ** LENGTH // 10**6} million" in said()
    assert (LENGTH, "six signs" in said()) == (6, True)
    assert "30 and then one more every four seconds" in said()
    assert tries(Turnstile(), 1, 400) in range(129, 132)
    assert "300 and then two a second" in said()
    assert tries(Turnstile(), 1000, 400) in range(1098, 1102)
    assert "58,000 in eight hours" in said()
    assert (300 + 2 * 8 * 3600) // 1000 == 57


def test_the_guide_says_how_many_have_room() -> None:
    assert f"{MOST} have room" in said()
