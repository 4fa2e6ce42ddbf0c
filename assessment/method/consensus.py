"""How far a room agrees on an ordered scale: one figure, and the answer in the middle.

Consensus is the measure of W. J. Tastle and M. J. Wierman, "Consensus and dissention: A measure of
ordinal dispersion", International Journal of Approximate Reasoning 45(3), 2007, 531-545. With few
people it moves in large steps: of three, one who chose the next of four options brings it from 1 to
0.77, one who chose the far end to 0.08.
"""

from collections.abc import Sequence
from math import log2


def consensus(counts: Sequence[int]) -> float | None:
    """Say how far answers on an ordered scale agree.

    Args:
        counts: How many chose each step of the scale, in its order; steps nobody chose count 0.

    Returns:
        From 0 (split evenly between the two ends) to 1 (all alike); None without an answer.
        The distance is that of the whole scale, whichever of its steps were chosen.
    """
    people = sum(counts)
    if not people:
        return None
    width = len(counts) - 1
    mean = sum(step * count for step, count in enumerate(counts)) / people
    lost = sum(
        count / people * log2(1 - abs(step - mean) / width)
        for step, count in enumerate(counts)
        if count and step != mean
    )
    return min(1.0, max(0.0, 1 + lost))


def median_step(counts: Sequence[int]) -> int | None:
    """Find the step in the middle, the lower of two; None without an answer.

    Args:
        counts: How many chose each step of the scale, in its order.
    """
    people = sum(counts)
    seen = 0
    for step, count in enumerate(counts):
        seen += count
        if count and seen * 2 >= people:
            return step
    return None


def crosses(counts: Sequence[int], mark: int) -> bool:
    """Whether answers fall on both sides of a mark: some below the step, some on it or above."""
    return any(counts[:mark]) and any(counts[mark:])
