"""What a room said, in words: the phones, the room's screen and the report take theirs from here.

Fewer than three answers are never spelt out. Texts of options and functions come in as they were
written; whoever shows them escapes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.method.consensus import consensus, median_step
from assessment.method.questionnaire import UNKNOWN, Level, Question, Questionnaire
from assessment.method.room import FEWEST, Outcome, Reason, Revealed, Spread
from assessment.room_account import FunctionLevel, RoomAccount
from reports.wording import WE_DO_NOT_KNOW, count, listed

HANDS = "Hands were counted."

FEW = 15
"""Up to so many people, one of them moves the figure for agreement enough to be told."""

NEAR, APART = 0.8, 0.5
"""From where on answers lie close together; below which they lie far apart."""


@dataclass(frozen=True)
class Bar:
    """One line of a spread or of the guesses.

    `option` is the option's id, "unknown", or a level as text; `people` is how many answered.
    """

    option: str
    text: str
    count: int
    people: int

    @property
    def share(self) -> float:
        """From 0 to 1, of all who answered."""
        return self.count / self.people

    @property
    def words(self) -> str:
        """The same in words: "7 of 9"."""
        return f"{self.count} of {self.people}"


def too_few(answered: int) -> str:
    """Say why no spread is shown."""
    if not answered:
        return "Nobody answered this question."
    return f"Fewer than {_fewest()} answered, so no answers are shown."


def bars(spread: Spread) -> tuple[Bar, ...]:
    """Lay out a spread, the weakest option first and "we don't know" last; none for too few."""
    if not spread.is_shown:
        return ()
    lines = [(o, spread.question.options[o].text, n) for o, n in spread.counts.items()]
    lines.append((UNKNOWN, WE_DO_NOT_KNOW, spread.unknown))
    return tuple(Bar(option, text, n, spread.answered) for option, text, n in lines)


def spread_text(spread: Spread) -> str:
    """Say how a room answered, as in `7 of 9 say “Nobody”; 2 say “Named”; one does not know`."""
    if not spread.is_shown:
        return too_few(spread.answered)
    if spread.unknown == spread.answered:
        return f"All {spread.answered} say that they don't know."
    said = sorted(((n, o) for o, n in spread.counts.items() if n), key=lambda pair: -pair[0])
    first, *rest = ((n, _quoted(spread.question, option)) for n, option in said)
    everybody = first[0] == spread.answered
    parts = [f"All {first[0]} say {first[1]}" if everybody else _of(spread, *first)]
    parts += [f"{n} {'says' if n == 1 else 'say'} {text}" for n, text in rest]
    if spread.unknown:
        parts.append("one does not know" if spread.unknown == 1 else _do_not_know(spread.unknown))
    return f"{'; '.join(parts)}."


def reason_text(revealed: Revealed, next_level: Level | None) -> str:
    """Say why a question is worth talking about.

    Args:
        revealed: The question.
        next_level: The level above the one that the room's median answers come to; None at the top.
    """
    if revealed.reason is Reason.GATE and next_level is not None:
        return (
            f"The answers fall on both sides of what level {next_level.level}, {next_level.name},"
            " asks for. This question decides the level."
        )
    if revealed.reason in (Reason.GATE, Reason.MARK):
        return "The answers fall on both sides of something that the method asks for."
    if revealed.spread.consensus is None:
        return "Nobody knows, so somebody has to find out."
    if revealed.spread.consensus == 1:
        return "All who know say the same; there is little to talk about."
    return "The answers differ, and nothing that the method asks for lies between them."


def outcome_texts(revealed: Revealed) -> tuple[str, ...]:
    """Say what the level would be under either answer, all else at the room's middle answers."""
    if not revealed.spread.is_shown:
        return ()
    groups: dict[tuple[int, int], list[Outcome]] = {}
    for one in revealed.outcomes:
        groups.setdefault((one.level, one.ceiling), []).append(one)
    if len(groups) == 1:
        (interval,) = groups
        return (f"Whichever answer holds, it is {level_range(*interval)}.",)
    return tuple(
        f"If {listed([_answer(revealed, one.answer) for one in same], 'or')} holds:"
        f" {level_range(*interval)}."
        for interval, same in groups.items()
    )


def level_range(level: int, ceiling: int) -> str:
    """Say an interval: `level 2`, or `level 2, up to 4 possible`."""
    return f"level {level}" + (f", up to {ceiling} possible" if ceiling > level else "")


def agreement_text(spread: Spread) -> str:
    """Say how far a room agrees, as words with the figure, and what the figure cannot bear."""
    figure = spread.consensus
    if not spread.is_shown:
        return too_few(spread.answered)
    if figure is None:
        return "Nobody knows, so there is no agreement to measure."
    known = spread.answered - spread.unknown
    if known == 1:
        return "Only one person knows, so there is no agreement to measure."
    who = "All who know" if spread.unknown else "All"
    if figure == 1:
        return f"{who} say the same (agreement 1 of 1).{_limits(spread, known)}"
    said = f"agreement {_figure(figure)}, where 1 is all alike and 0 an even split between the ends"
    return f"The answers lie {_how(figure)} ({said}).{_limits(spread, known)}"


def agreement_line(spread: Spread) -> str:
    """Say the same in a line, for a list whose reader was told what the figure means."""
    figure, known = spread.consensus, spread.answered - spread.unknown
    if not spread.is_shown or figure is None or known < 2:
        return agreement_text(spread)
    how = "All who know say the same" if figure == 1 else _how(figure).capitalize()
    low, high = _reach(spread)
    moved = f"; {low} to {high}, had one person said another thing" if known <= FEW else ""
    return f"{how}: agreement {_figure(figure)}{moved}."


def guess_bars(questionnaire: Questionnaire, guesses: Sequence[int]) -> tuple[Bar, ...]:
    """Lay out the guesses, level 1 first; none for too few.

    Args:
        questionnaire: Its levels.
        guesses: How many guessed each level, from level 1 on.
    """
    people = sum(guesses)
    if people < FEWEST:
        return ()
    pairs = zip(questionnaire.levels, guesses, strict=True)
    return tuple(Bar(str(level.level), level.name, n, people) for level, n in pairs)


def guess_text(guesses: Sequence[int], level: int, ceiling: int) -> str:
    """Set the room's guesses against the result.

    Args:
        guesses: How many guessed each level, from level 1 on.
        level: What was shown.
        ceiling: What is possible.
    """
    people, middle = sum(guesses), median_step(guesses)
    if people < FEWEST or middle is None:
        return f"Fewer than {_fewest()} guessed, so no guesses are shown."
    above = sum(guesses[ceiling:])
    below = sum(guesses[: level - 1])
    within = people - above - below
    place = f"level {level}" if level == ceiling else f"levels {level} to {ceiling}"
    it = "it" if within else place
    parts = [
        f"{within} at {place}" if within else "",
        f"{above} above {it}" if above else "",
        f"{below} below {it}" if below else "",
    ]
    said = listed([part for part in parts if part])
    return (
        f"The middle guess of {people} people was level {middle + 1}; the result is"
        f" {level_range(level, ceiling)}. Guessed: {said}."
    )


def function_text(view: FunctionLevel) -> str:
    """Say what the use case looks like to one function."""
    seen = level_range(view.level, view.ceiling)
    return f"{view.function} ({count(view.people, 'person', 'people')}): {seen}."


def has_hands(account: RoomAccount) -> bool:
    """Whether hands, or forms on paper, were counted for any question."""
    return any(one.by_hand for one in account.questions)


def has_phones(account: RoomAccount) -> bool:
    """Whether answers that came by phone are shown. Who was there may have been counted."""
    return any(one.counts and not one.by_hand for one in account.questions)


def spread_of(question: Question, counts: Mapping[str, int]) -> Spread:
    """Make a spread of plain counts, such as hands or what is kept after the close."""
    given = {option: counts.get(option, 0) for option in question.options}
    return Spread(question, given, counts.get(UNKNOWN, 0))


def _limits(spread: Spread, known: int) -> str:
    """What one person more or less of a mind would do to the figure, where that is much."""
    if known > FEW:
        return ""
    low, high = _reach(spread)
    return (
        f" With {known} people, one different answer could make it anything from"
        f" {low} to {high}; the counts say more."
    )


def _reach(spread: Spread) -> tuple[str, str]:
    """The lowest and the highest figure that one different answer could make."""
    figures = list(_with_one_changed(tuple(spread.counts.values())))
    return _figure(min(figures)), _figure(max(figures))


def _how(figure: float) -> str:
    if figure >= NEAR:
        return "close together"
    return "far apart" if figure < APART else "some way apart"


def _with_one_changed(counts: tuple[int, ...]) -> Iterator[float]:
    for out in (step for step, n in enumerate(counts) if n):
        for into in range(len(counts)):
            if into != out:
                changed = [n - (s == out) + (s == into) for s, n in enumerate(counts)]
                figure = consensus(changed)
                if figure is not None:
                    yield figure


def _of(spread: Spread, number: int, text: str) -> str:
    return f"{number} of {spread.answered} {'says' if number == 1 else 'say'} {text}"


def _do_not_know(number: int) -> str:
    return f"{number} do not know"


def _answer(revealed: Revealed, answer: str) -> str:
    if answer == UNKNOWN:
        return f"“{WE_DO_NOT_KNOW}”"
    return _quoted(revealed.spread.question, answer)


def _quoted(question: Question, option: str) -> str:
    return f"“{question.options[option].text.rstrip('.')}”"


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _fewest() -> str:
    return count(FEWEST, "person", "people")
