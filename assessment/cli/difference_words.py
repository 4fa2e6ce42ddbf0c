"""Differences between two results in words, a line each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.cli.terminal import wrapped
from assessment.files.near_misses import shortened
from assessment.method.differences import GAPS, NEXT_STEP, Difference
from assessment.method.gaps import Kind
from assessment.method.questionnaire import ChecklistItem, Questionnaire
from reports.wording import KINDS, READINESS, SKILLS, STATES

NOT_SAID = "nothing"

INDENT = 4

VALUES = {
    "level": "Level",
    "ceiling": "Ceiling",
    "evidenced": "Level with evidence",
    "perception_gap": "Levels between the guess and what is possible",
    "id": "Id of the trace",
}
"""Parts of one value, as a reader calls them."""

NEW_AND_GONE = {
    GAPS: ("Gap that is new", "Gap that is gone"),
    "patterns": ("Pattern that shows now", "Pattern that shows no more"),
    "ahead": ("Ahead of its base now", "Ahead of its base no more"),
    "blocking": ("Blocks the next level now", "Blocks the next level no more"),
    "safeguards": ("Safeguard that is short now", "Safeguard that is short no more"),
}
"""Parts that are lists, as what is new in them and what is gone from them is called."""

_IN_GAPS = frozenset({"blocking", "safeguards"})
"""What the gap list says already, where that differs as well."""


@dataclass(frozen=True)
class Names:
    """What ids are called; the questionnaire that is read now goes before the older one."""

    now: Questionnaire
    before: Questionnaire

    def level(self, level: Any, questionnaire: Questionnaire) -> str:
        """A level by number and name."""
        number = _plain(level)
        named = {str(one.level): one.name for one in questionnaire.levels}
        return f"{number}, {named[number]}" if number in named else number

    def question(self, question: str, aside: str = "") -> str:
        """A question as it is asked, with its id and an aside behind it."""
        asked = {one.id: one.ask for q in (self.before, self.now) for one in q.questions}
        more = f"; {aside}" if aside else ""
        return f"{asked.get(question, 'A question')} ({_plain(question)}{more})"

    def pattern(self, pattern: str) -> str:
        """A pattern's name, with its id."""
        return self._called(pattern, lambda q: {one.id: one.name for one in q.patterns})

    def stage(self, stage: str) -> str:
        """A stage's title."""
        return self._called(stage, lambda q: {one.id: one.title for one in q.stages})

    def item(self, item: str) -> str:
        """An item of readiness or skills, by its name."""
        return self._called(item, lambda q: {one.id: one.name for one in _items(q)})

    def _called(self, one: str, names: Callable[[Questionnaire], Mapping[str, str]]) -> str:
        name = names(self.now).get(one) or names(self.before).get(one)
        return f"{name} ({one})" if name else _plain(one)


Said = tuple[str, str]
"""What happened, and what it happened to; one caption may hold for several."""


def words(
    differences: Iterable[Difference], now: Questionnaire, before: Questionnaire, becomes: str
) -> Iterator[str]:
    """Put differences into words.

    Args:
        differences: What differs between two records, the first one as it is or was.
        now: The questionnaire of the second record.
        before: That of the first.
        becomes: How the second one is told from the first: "now" or "would be".

    Yields:
        Lines for the terminal, indented, those that are of one kind below one caption. What
        another line says already is left out.
    """
    found = list(differences)
    says_gaps = any(one.part == GAPS for one in found)
    names = Names(now, before)
    said: dict[str, list[str]] = {}
    for one in found:
        if not (says_gaps and one.part in _IN_GAPS):
            caption, item = _said(one, names, becomes)
            said.setdefault(caption, []).append(item)
    for caption, items in said.items():
        if len(items) == 1:
            yield wrapped(f"{caption}: {items[0]}", INDENT, "- ")
            continue
        yield wrapped(f"{caption}:", INDENT, "- ")
        for item in items:
            yield wrapped(item, INDENT + 2, "- ")


def _said(one: Difference, names: Names, becomes: str) -> Said:
    if one.part in VALUES:
        return VALUES[one.part], f"{_value(one, names, old=True)}; {becomes} {_value(one, names)}"
    if one.part == NEXT_STEP:
        return "Next step", f"{_step(one.before, names)}; {becomes} {_step(one.after, names)}"
    if not one.subject:
        return _part(one.part), "in another order or form"
    if one.part == GAPS and one.before is not None and one.after is not None:
        return _moved(one.before, one.after, becomes), _subject(one, names)
    if one.part in NEW_AND_GONE:
        is_new = one.before is None
        caption = NEW_AND_GONE[one.part][0 if is_new else 1]
        if one.part == GAPS and is_new:
            return caption, names.question(one.subject, _gap(one.after))
        return caption, _subject(one, names)
    return _subject(one, names), f"{_reading(one.before)}; {becomes} {_reading(one.after)}"


def _value(one: Difference, names: Names, *, old: bool = False) -> str:
    said = one.before if old else one.after
    if one.part in ("level", "ceiling", "evidenced"):
        return names.level(said, names.before if old else names.now)
    return _plain(said)


def _moved(before: Mapping[str, Any], after: Mapping[str, Any], becomes: str) -> str:
    """How a gap changed: its kind, or else what it counts for and its state."""
    if before.get("kind") != after.get("kind"):
        kinds = _kind(before.get("kind")), _kind(after.get("kind"))
        return f"Gap of another kind, “{kinds[0]}”; {becomes} “{kinds[1]}”"
    return f"Gap, {_gap(before)}; {becomes} {_gap(after)}"


def _subject(one: Difference, names: Names) -> str:
    if one.part == "patterns":
        return names.pattern(one.subject)
    if one.part == "ahead":
        return f"level {names.level(one.subject, names.now)}"
    if one.part == "stage_profile":
        return f"Highest level that {names.stage(one.subject)} supports"
    if one.part in ("readiness", "skills"):
        return names.item(one.subject)
    return names.question(one.subject)


def _part(part: str) -> str:
    return {GAPS: "The gaps", "patterns": "The patterns"}.get(part, f"'{_plain(part)}'")


def _step(step: Any, names: Names) -> str:
    if not isinstance(step, Mapping):
        return _plain(step)
    if step.get("question") is None:
        return "nothing is short" if step.get("kind") == Kind.TRACE_AGAIN else NOT_SAID
    return names.question(_plain(step["question"]), _kind(step.get("kind")).lower())


def _gap(gap: Any) -> str:
    """A gap's kind, its level where it has one, and its state."""
    level = "" if gap.get("level") is None else f", level {_plain(gap.get('level'))}"
    state = _plain(gap.get("state"))
    return f"{_kind(gap.get('kind')).lower()}{level}, {STATES.get(state, state)}"  # type: ignore[call-overload]


def _kind(kind: Any) -> str:
    return KINDS.get(kind, _plain(kind)) if isinstance(kind, str) else _plain(kind)  # type: ignore[call-overload]


def _reading(reading: Any) -> str:
    said = _plain(reading)
    return READINESS.get(said) or SKILLS.get(said) or said


def _items(questionnaire: Questionnaire) -> Iterator[ChecklistItem]:
    yield from questionnaire.readiness.items
    yield from questionnaire.skills.items


def _plain(value: Any) -> str:
    """A value of a file as a reader may see it, however long or deep it is."""
    if isinstance(value, (Mapping, list)):
        return "something else"
    return NOT_SAID if value is None else shortened(str(value))
