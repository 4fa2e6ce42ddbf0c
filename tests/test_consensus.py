"""How far a room agrees: the published measure, and what must not change it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.method.consensus import consensus, crosses, median_step

scales = st.lists(st.integers(0, 40), min_size=2, max_size=7)
answered = scales.filter(any)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # the worked example of the documentation of R's package agrmt, `consensus`
        ([30, 40, 210, 130, 530, 50, 10], 0.7256876),
        # by hand: mean 2 of 0..4; 1 + 2/5 * log2(1/2) + 2/5 * log2(3/4)
        ([1, 1, 1, 1, 1], 0.4339850),
        # by hand: mean 1/3 of 0..2; 1 + 2/3 * log2(5/6) + 1/3 * log2(2/3)
        ([2, 1, 0], 0.6296563),
        ([2, 1, 0, 0], 0.7658600),
        ([2, 0, 0, 1], 0.0817042),
    ],
)
def test_the_published_measure(counts: list[int], expected: float) -> None:
    assert consensus(counts) == pytest.approx(expected, abs=1e-7)


@given(st.integers(2, 7), st.integers(1, 40), st.data())
def test_all_alike_is_one(steps: int, people: int, data: st.DataObject) -> None:
    counts = [0] * steps
    counts[data.draw(st.integers(0, steps - 1))] = people
    assert consensus(counts) == 1


@given(st.integers(2, 7), st.integers(1, 40))
def test_split_evenly_between_the_ends_is_zero(steps: int, people: int) -> None:
    counts = [0] * steps
    counts[0] = counts[-1] = people
    assert consensus(counts) == pytest.approx(0)


@given(answered)
def test_it_stays_between_zero_and_one(counts: list[int]) -> None:
    found = consensus(counts)
    assert found is not None
    assert 0 <= found <= 1


@given(answered)
def test_reversing_the_scale_changes_nothing(counts: list[int]) -> None:
    assert consensus(counts[::-1]) == pytest.approx(consensus(counts))


@given(answered, st.integers(2, 5))
def test_doubling_every_count_changes_nothing(counts: list[int], times: int) -> None:
    assert consensus([count * times for count in counts]) == pytest.approx(consensus(counts))


def test_nobody_agrees_or_disagrees_where_nobody_answered() -> None:
    assert consensus([0, 0, 0]) is None
    assert median_step([0, 0, 0]) is None


@given(answered)
def test_the_median_is_the_lower_one_of_the_two_in_the_middle(counts: list[int]) -> None:
    people = sorted(step for step, count in enumerate(counts) for _ in range(count))
    assert median_step(counts) == people[(len(people) - 1) // 2]


@given(answered, st.data())
def test_a_mark_is_crossed_where_some_are_below_and_some_are_not(
    counts: list[int], data: st.DataObject
) -> None:
    mark = data.draw(st.integers(1, len(counts) - 1))
    chosen = [step for step, count in enumerate(counts) if count]
    assert crosses(counts, mark) == (min(chosen) < mark <= max(chosen))
