"""What the figures of a workshop cannot say, in plain words."""

from assessment.room_account import RoomAccount
from reports.room.words import FEW, has_hands, has_phones

_SAMPLE = (
    "The figures tell what the people in this room said. They are no sample of the company, and"
    " nothing follows for those who were not there."
)
_AGREEMENT = (
    "Agreement is the consensus of Tastle and Wierman: 1 where all who know say the same, 0 where"
    " they split evenly between the two ends. “We don't know” is counted beside it."
)


def limits(account: RoomAccount) -> tuple[str, ...]:
    """Say what a reader must know before taking the figures for more than they are.

    Args:
        account: Of the workshop; what does not concern it is left out.
    """
    largest = max((sum(one.counts.values()) for one in account.questions if one.counts), default=0)
    said = [_SAMPLE, _AGREEMENT]
    if 0 < largest <= FEW:
        said.append(
            f"With at most {largest} answers to a question, one person of another mind moves the"
            " figure a long way; each line says how far. Go by the counts."
        )
    if account.functions:
        said.append(
            "A level by function rests on a handful of people. It says where to talk, not who is"
            " right, and it does not stand for the function."
        )
    if account.people != 0 and (has_phones(account) or not has_hands(account)):
        said.append(
            "One vote a browser: nothing kept somebody with two phones from answering twice."
        )
    said.append(
        "Nothing here tells who said what. Answers are counts, comments are left out, and fewer"
        " than three people are never shown apart."
    )
    return tuple(said)
