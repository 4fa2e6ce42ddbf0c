"""What is worth asking: exactly what brute force over all completions finds."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from assessment.method.answers import Answer, FactValue, Trace, applies
from assessment.method.gaps import assess
from assessment.method.inquiry import inquire
from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire
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


def sampled(
    questionnaire: Questionnaire, trace: Trace, random: Random, question: Question
) -> tuple[set[int], set[Any]]:
    """What one random completion concludes under each answer to one question."""
    answers = dict(trace.answers)
    for other in questionnaire.questions:
        if applies(other, trace) and not trace.answer(other.id).is_known:
            # The extremes show most: what is worth asking shows where all else is settled.
            options = list(other.options)
            answers[other.id] = Answer(random.choice([options[0], options[-1], *options]))
    seen = [
        conclusion(questionnaire, replace(trace, answers={**answers, question.id: Answer(option)}))
        for option in question.options
    ]
    return {level for level, _ in seen}, {rest for _, rest in seen}


@pytest.mark.parametrize("seed", range(12))
def test_over_our_own_questionnaire_no_sampled_completion_contradicts_it(
    seed: int, own: Questionnaire
) -> None:
    random = Random(seed)
    facts: dict[str, FactValue] = {"name": "A use case"}
    for fact in own.profile:
        if fact.type == "choice" and random.random() < 0.8:
            facts[fact.id] = random.choice(list(fact.options))
        if fact.type == "choices" and random.random() < 0.8:
            facts[fact.id] = (random.choice(list(fact.options)),)
        if fact.type == "level":
            facts[fact.id] = random.randint(1, own.top)
    share = random.random()
    answers = {
        q.id: Answer(random.choice([*q.options, UNKNOWN]))
        for q in own.questions
        if random.random() < share
    }
    trace = Trace(facts, answers)
    inquiry = inquire(own, trace)
    for_level = {q.id for q in inquiry.for_level}
    worth = for_level | {q.id for q in inquiry.for_next_step}
    for question in _unasked(own, trace):
        for _ in range(25):
            levels, rest = sampled(own, trace, random, question)
            assert len(levels) == 1 or question.id in for_level
            assert len(rest) == 1 or question.id in worth


def test_a_trace_that_nobody_answered_asks_the_backbone_first(own: Questionnaire) -> None:
    inquiry = inquire(own, Trace({"name": "A use case"}))
    upcoming = [q.id for q in inquiry.upcoming]
    assert upcoming[:8] == [q.id for q in own.backbone]
    assert {q.id for q in inquiry.for_level} == {need.question for _, need in own.gates}


def test_the_level_is_settled_once_a_gate_of_the_next_level_is_known_to_be_missing(
    own: Questionnaire,
) -> None:
    weakest = {q.id: Answer(next(iter(q.options))) for q in own.backbone}
    inquiry = inquire(own, Trace({"name": "A use case"}, weakest))
    assert inquiry.is_level_settled
    assert inquiry.for_next_step
