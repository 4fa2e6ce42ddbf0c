"""What no schema can see: a questionnaire whose parts contradict each other, or lack something.

`twice`: what stands in it two times. `names`: names of things that do not exist. `rules`: rules
that could never hold, would always hold, or could be read in two ways. `unfinished`: what works,
but leaves a reader without words.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from assessment.files.contradictions.contradiction import Contradiction
from assessment.files.contradictions.names import unknown_names
from assessment.files.contradictions.rules import broken_rules
from assessment.files.contradictions.twice import things_said_twice
from assessment.files.contradictions.unfinished import what_readers_miss
from assessment.files.positions import Where
from assessment.method.questionnaire import Fact, Question, Questionnaire

__all__ = ["Contradiction", "contradictions"]


Part = TypeVar("Part", Fact, Question)


def contradictions(questionnaire: Questionnaire) -> Iterator[Contradiction]:
    """Find everything that contradicts itself or is left unsaid, each with where and the mend.

    Of two questions or facts with one id, names mean the first; of the other nothing is said
    until it has an id of its own.
    """
    yield from things_said_twice(questionnaire)
    distinct, renamed = _with_distinct_ids(questionnaire)
    for checks in (unknown_names, broken_rules, what_readers_miss):
        for found in checks(distinct):
            if found.where[:2] not in renamed:
                yield found


def _with_distinct_ids(q: Questionnaire) -> tuple[Questionnaire, set[Where]]:
    """The same questionnaire with each id once, and where another stands for it."""
    profile, questions = _distinct(q.profile), _distinct(q.questions)
    renamed = {
        *_changed("profile", q.profile, profile),
        *_changed("questions", q.questions, questions),
    }
    if not renamed:
        return q, renamed
    fields = {name: getattr(q, name) for name in Questionnaire.model_fields}
    fields |= {"profile": profile, "questions": questions}
    return Questionnaire.model_construct(**fields), renamed


def _distinct(parts: Sequence[Part]) -> list[Part]:
    seen: set[str] = set()
    distinct = []
    for part in parts:
        again = part.id in seen
        seen.add(part.id)
        distinct.append(part.model_copy(update={"id": f"{part.id} again"}) if again else part)
    return distinct


def _changed(key: str, before: Sequence[Part], after: Sequence[Part]) -> Iterator[Where]:
    for index, part in enumerate(before):
        if part.id != after[index].id:
            yield key, index
