"""What works, but leaves a reader without words: warnings, few lines however bare the file is."""

from collections.abc import Iterable, Iterator, Sequence

from assessment.files.contradictions.contradiction import Contradiction
from assessment.files.near_misses import listed
from assessment.files.positions import Where
from assessment.files.problems import Severity
from assessment.method.questionnaire import (
    Fact,
    Level,
    MapLink,
    MapNode,
    Pattern,
    Question,
    Questionnaire,
    Requirement,
)

MOST_NAMED = 5
"""So many parts are named in one warning; the others are counted."""

READER_TEXTS = (
    ("fact", "profile", ("ask",)),
    ("question", "questions", ("why", "prove")),
    ("level", "levels", ("in_short", "looks_like", "brings", "stuck")),
    ("pattern", "patterns", ("looks_like", "costs", "breaks_it")),
)
"""What a reader looks for beside the name of each kind of part."""


def what_readers_miss(questionnaire: Questionnaire) -> Iterator[Contradiction]:
    """Find questions without a use, marks without advice, and parts without their texts."""
    yield from _unmentioned_questions(questionnaire)
    yield from _empty_stages(questionnaire)
    yield from _pointless_gates(questionnaire)
    yield from _marks_without_advice(questionnaire)
    yield from _parts_without_texts(questionnaire)
    yield from _boxes_without_detail(questionnaire)
    if questionnaire.about is None:
        what = "'about' is missing: nobody learns what this is for before they start"
        yield _warning((), what, "add 'about:' with a promise and a subject")


def _unmentioned_questions(q: Questionnaire) -> Iterator[Contradiction]:
    mentioned = {need.question for need in (*_advised(q), *_skills(q))}
    mentioned |= {c.question for pattern in q.patterns for c in pattern.when if c.question}
    for i, question in enumerate(q.questions):
        if question.id not in mentioned:
            what = f"no rule mentions '{question.id}': its answer changes nothing"
            fix = "use it in a level, safeguard, checklist or pattern, or take the question out"
            yield _warning(("questions", i), what, fix)


def _empty_stages(q: Questionnaire) -> Iterator[Contradiction]:
    used = {question.stage_id for question in q.questions}
    for i, stage in enumerate(q.stages):
        if stage.id not in used:
            what = f"no question belongs to stage '{stage.id}'"
            yield _warning(("stages", i), what, "add one, or take the stage out")


def _pointless_gates(q: Questionnaire) -> Iterator[Contradiction]:
    required: dict[str, int] = {}
    for i, level in enumerate(q.levels):
        if i > 0 and not level.requires:
            what = f"level {level.level} requires nothing: whoever reaches the one below has it"
            yield _warning(("levels", i), what, "add 'requires:', or take the level out")
        for j, need in enumerate(level.requires):
            asked = q.by_id.get(need.question)
            rank = 0 if asked is None else asked.ranks.get(need.at_least, 0)
            if rank < required.get(need.question, 0):
                what = f"a level below requires more of '{need.question}' already"
                fix = "name a stronger option, or take the requirement out"
                yield _warning(("levels", i, "requires", j), what, fix)
            required[need.question] = max(rank, required.get(need.question, 0))


def _marks_without_advice(q: Questionnaire) -> Iterator[Contradiction]:
    bare: dict[tuple[str, str], Where] = {}
    places = {question.id: ("questions", i) for i, question in enumerate(q.questions)}
    for need in _advised(q):
        asked = q.by_id.get(need.question)
        is_mark = asked is not None and asked.ranks.get(need.at_least, 0) > 0
        if asked is not None and is_mark and need.at_least not in asked.short_of:
            bare[asked.id, need.at_least] = places[asked.id]
    if bare:
        names = listed((f"{question} ({mark})" for question, mark in bare), MOST_NAMED)
        what = f"nothing is said when these marks are missed: {names}"
        fix = "add each under its question's 'short_of', with 'missing' and 'action'"
        yield _warning(min(bare.values(), key=_order), what, fix)


def _parts_without_texts(q: Questionnaire) -> Iterator[Contradiction]:
    for kind, key, wanted in READER_TEXTS:
        group: Sequence[Fact | Question | Level | Pattern] = getattr(q, key)
        lacking = {
            i: missing
            for i, part in enumerate(group)
            if (missing := [text for text in wanted if getattr(part, text) is None])
        }
        if lacking:
            keys = {text: None for missing in lacking.values() for text in missing}
            names = listed((group[i].id for i in lacking), MOST_NAMED)
            texts = ", ".join(f"'{text}'" for text in keys)
            what = f"texts for readers are missing ({texts}) in {kind} {names}"
            yield _warning((key, min(lacking)), what, "write them when the rules stand")


def _boxes_without_detail(q: Questionnaire) -> Iterator[Contradiction]:
    if q.map is None:
        return
    groups: tuple[tuple[str, Sequence[MapNode | MapLink]], ...] = (
        ("nodes", q.map.nodes),
        ("links", q.map.links),
    )
    for key, group in groups:
        for i, part in enumerate(group):
            for j, name in enumerate(part.detail):
                if name in q.by_id and q.by_id[name].detail is None:
                    what = f"'{name}' asks for no detail that the map could show"
                    where = ("map", key, i, "detail", j)
                    yield _warning(where, what, "add 'detail:' to the question, or take it out")


def _advised(q: Questionnaire) -> Iterator[Requirement]:
    """The requirements that become gaps or name an action when they are short."""
    for level in q.levels:
        yield from level.requires
    yield from q.safeguards
    for item in q.readiness.items:
        yield from item.all
    yield from (pattern.step for pattern in q.patterns if pattern.step is not None)


def _skills(q: Questionnaire) -> Iterable[Requirement]:
    return (need for item in q.skills.items for need in item.all)


def _order(where: Where) -> int:
    return int(where[1])


def _warning(where: Where, what: str, fix: str) -> Contradiction:
    return Contradiction(where, what, fix, Severity.WARNING)
