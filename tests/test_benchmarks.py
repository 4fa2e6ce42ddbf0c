"""The table of the benchmarks says of every goal whether it is met."""

import pytest

from benchmarks.table import Figure, markdown, ms, p50, p95

FIGURES = [
    Figure("a", "1 ms", "", "2 ms", met=True),
    Figure("b", "3 ms", "1 ms", "2 ms", met=False),
]


def test_a_goal_that_is_missed_stands_out() -> None:
    met, missed = markdown([("Part", FIGURES)]).splitlines()[-2:]
    assert met == "| a | 1 ms | 2 ms | yes |  |"
    assert missed == "| b | 3 ms | 2 ms | **no** | 1 ms |"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.00005, "0.050 ms"), (0.00123, "1.23 ms"), (0.0126, "12.6 ms"), (0.126, "126 ms")],
)
def test_times_are_said_with_the_digits_that_mean_something(seconds: float, said: str) -> None:
    assert ms(seconds) == said


def test_the_slowest_of_twenty_shows_in_p95_and_not_in_the_median() -> None:
    seconds = [0.01] * 18 + [1.0] * 2
    assert p50(seconds) == 0.01
    assert p95(seconds) == 1.0
