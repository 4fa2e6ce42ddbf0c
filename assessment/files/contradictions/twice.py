"""Ids, numbers and texts that stand in a questionnaire two times."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from assessment.files.contradictions.contradiction import Contradiction
from assessment.files.near_misses import shortened
from assessment.files.positions import Where
from assessment.method.questionnaire import Fact, Level, Pattern, Question, Questionnaire, Stage

Named = Iterable[tuple[Where, object]]
"""Ids, numbers or texts, each with where it stands."""

Identified = Fact | Stage | Question | Level | Pattern

Pair = TypeVar("Pair", tuple[int, int], tuple[str, str])

RENAME = "give each its own"
REWORD = "say what is different about this one"


def things_said_twice(questionnaire: Questionnaire) -> Iterator[Contradiction]:
    """Find what should be there once: ids, places, requirements, texts to choose between."""
    yield from _ids(questionnaire)
    yield from _places(questionnaire)
    yield from _requirements(questionnaire)
    yield from _texts(questionnaire)


def _ids(q: Questionnaire) -> Iterator[Contradiction]:
    groups: tuple[tuple[str, str, Sequence[Identified]], ...] = (
        ("fact", "profile", q.profile),
        ("stage", "stages", q.stages),
        ("question", "questions", q.questions),
        ("level", "levels", q.levels),
        ("pattern", "patterns", q.patterns),
    )
    for kind, key, group in groups:
        named = [((key, i, "id"), one.id) for i, one in enumerate(group)]
        yield from _again(f"the id of another {kind}", named, RENAME)
    for key, checklist in (("readiness", q.readiness), ("skills", q.skills)):
        items = [((key, "items", i, "id"), item.id) for i, item in enumerate(checklist.items)]
        yield from _again("the id of another item", items, RENAME)
    if q.map is not None:
        boxes = [(("map", "nodes", i, "id"), node.id) for i, node in enumerate(q.map.nodes)]
        yield from _again("the id of another box", boxes, RENAME)


def _places(q: Questionnaire) -> Iterator[Contradiction]:
    traced = [(("questions", i, "trace"), x.trace) for i, x in enumerate(q.questions) if x.trace]
    yield from _again("the 'trace' of another question", traced, "number them 1, 2, 3, ...")
    if q.map is None:
        return
    boxes = [(("map", "nodes", i), (node.column, node.row)) for i, node in enumerate(q.map.nodes)]
    for where, (column, row) in _repeated(boxes):
        what = f"another box of the map stands in column {column}, row {row} already"
        yield Contradiction(where, what, "give this one another column or row")
    arrows = [(("map", "links", i), (link.from_, link.to)) for i, link in enumerate(q.map.links)]
    for where, (start, end) in _repeated(arrows):
        what = f"another arrow leads from '{start}' to '{end}' already"
        yield Contradiction(where, what, "keep one of the two")


def _requirements(q: Questionnaire) -> Iterator[Contradiction]:
    gates = [
        (("levels", i, "requires", j), (need.question, need.at_least))
        for i, level in enumerate(q.levels)
        for j, need in enumerate(level.requires)
    ]
    guards = [
        (("safeguards", i), (need.question, need.at_least)) for i, need in enumerate(q.safeguards)
    ]
    for kind, group in (("a level", gates), ("a safeguard", guards)):
        for where, (question, mark) in _repeated(group):
            what = f"{kind} requires '{question}' at least '{mark}' already"
            yield Contradiction(where, what, "keep one of the two")


def _texts(q: Questionnaire) -> Iterator[Contradiction]:
    asks = [(("questions", i, "ask"), question.ask) for i, question in enumerate(q.questions)]
    yield from _again("what another question asks", asks, REWORD)
    facts = [(("profile", i, "ask"), fact.ask) for i, fact in enumerate(q.profile) if fact.ask]
    yield from _again("what another fact asks", facts, REWORD)
    for i, question in enumerate(q.questions):
        options = [
            (("questions", i, "options", o), option.text) for o, option in question.options.items()
        ]
        yield from _again("the text of another option", options, REWORD)
    for i, fact in enumerate(q.profile):
        choices = [(("profile", i, "options", o), fact.option_text(o)) for o in fact.options]
        yield from _again("the text of another choice", choices, REWORD)
    yield from _names(q)
    yield from _shortfalls(q)


def _names(q: Questionnaire) -> Iterator[Contradiction]:
    groups = (
        (
            "stage",
            [(("stages", i, "name"), stage.name) for i, stage in enumerate(q.stages) if stage.name],
        ),
        ("level", [(("levels", i, "name"), level.name) for i, level in enumerate(q.levels)]),
        ("pattern", [(("patterns", i, "name"), one.name) for i, one in enumerate(q.patterns)]),
    )
    for kind, named in groups:
        yield from _again(f"the name of another {kind}", named, RENAME)
    for key, checklist in (("readiness", q.readiness), ("skills", q.skills)):
        items = [((key, "items", i, "name"), item.name) for i, item in enumerate(checklist.items)]
        yield from _again("the name of another item", items, RENAME)


def _shortfalls(q: Questionnaire) -> Iterator[Contradiction]:
    for key in ("missing", "action"):
        said = [
            (("questions", i, "short_of", mark, key), getattr(shortfall, key))
            for i, question in enumerate(q.questions)
            for mark, shortfall in question.short_of.items()
        ]
        yield from _again(f"the '{key}' of another mark", said, REWORD)


def _again(of_another: str, named: Named, fix: str) -> Iterator[Contradiction]:
    seen: set[object] = set()
    for where, value in named:
        shape = _folded(value)
        if shape in seen:
            what = f"'{shortened(str(value))}' is {of_another} already"
            yield Contradiction(where, what, fix)
        seen.add(shape)


def _repeated(pairs: Iterable[tuple[Where, Pair]]) -> Iterator[tuple[Where, Pair]]:
    """Those whose value came before."""
    seen: set[Pair] = set()
    for where, value in pairs:
        if value in seen:
            yield where, value
        seen.add(value)


def _folded(value: object) -> object:
    """Texts that differ only in case, blanks or the last full stop are the same to a reader."""
    return " ".join(value.split()).rstrip(".").casefold() if isinstance(value, str) else value
