"""What is worth asking: exactly what brute force over all completions finds."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import given, settings

from assessment.method.answers import Answer, Trace, applies
from assessment.method.gaps import assess
from assessment.method.inquiry import inquire
from assessment.method.questionnaire import Question, Questionnaire
from tests.invented import traced


def completions(questionnaire: Questionnaire, trace: Trace) -> Iterator[Mapping[str, Answer]]:
    """Every way to give every applicable question that has no known answer one of its options."""
    free = [
        q for q in questionnaire.questions if applies(q, trace) and not trace.answer(q.id).is_known
    ]
    for chosen in product(*(q.options for q in free)):
        given_ = {q.id: Answer(option) for q, option in zip(free, chosen, strict=True)}
        yield {**trace.answers, **given_}


def conclusion(questionnaire: Questionnaire, trace: Trace) -> tuple[int, Any]:
    """The level; and next step and near gaps by kind, as the method compares them."""
    result = assess(questionnaire, trace)
    near = frozenset((gap.question.id, gap.kind) for gap in result.near_gaps)
    return result.standing.level, (result.next_step.question, result.next_step.kind, near)


def by_brute_force(questionnaire: Questionnaire, trace: Trace) -> tuple[set[str], set[str]]:
    """The two groups, found by comparing completions that differ in one answer."""
    concluded = {
        tuple(sorted((q, a.option or "") for q, a in answers.items())): conclusion(
            questionnaire, replace(trace, answers=answers)
        )
        for answers in completions(questionnaire, trace)
    }
    for_level, for_next_step = set(), set()
    for question in _unasked(questionnaire, trace):
        together: dict[Any, set[Any]] = {}
        levels: dict[Any, set[int]] = {}
        for answers, (level, rest) in concluded.items():
            others = tuple(pair for pair in answers if pair[0] != question.id)
            together.setdefault(others, set()).add(rest)
            levels.setdefault(others, set()).add(level)
        if any(len(seen) > 1 for seen in levels.values()):
            for_level.add(question.id)
        elif any(len(seen) > 1 for seen in together.values()):
            for_next_step.add(question.id)
    return for_level, for_next_step


def _unasked(questionnaire: Questionnaire, trace: Trace) -> list[Question]:
    return [
        q
        for q in questionnaire.questions
        if applies(q, trace) and trace.answer(q.id).option is None
    ]


@given(traced(most_questions=5))
@settings(max_examples=150)
def test_it_equals_brute_force_over_invented_questionnaires(
    case: tuple[Questionnaire, Trace],
) -> None:
    questionnaire, trace = case
    found = inquire(questionnaire, trace)
    for_level, for_next_step = by_brute_force(questionnaire, trace)
    assert {q.id for q in found.for_level} == for_level
    assert {q.id for q in found.for_next_step} == for_next_step
