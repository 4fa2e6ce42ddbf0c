"""The method alone: no file is read, nothing is written."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import count
from random import Random
from time import perf_counter

import yaml

from assessment.files.questionnaires import read_questionnaire
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from assessment.pages.start import examples
from benchmarks.table import Figure, in_turn, ms, p50, spread

MANY = 10_000
ONE_CASE, MANY_CASES = 0.001, 5.0
"""Goals, in seconds."""


def invented(questionnaire: Questionnaire, random: Random) -> Trace:
    """A trace with about nine of ten questions answered, at random."""
    given = {
        question.id: Answer(random.choice([*question.options, UNKNOWN]), note="a note")
        for question in questionnaire.questions
        if random.random() < 0.9
    }
    return Trace({"name": "Invented"}, given)


def as_json(trace: Trace) -> str:
    """The facts and answers as JSON, the least that a program could do with them."""
    answers = {question: vars(answer) for question, answer in trace.answers.items()}
    return json.dumps({"facts": dict(trace.facts), "answers": answers})


def _read_anew(text: str, numbers: Iterator[int]) -> None:
    """Read a text that was not read before: the same with another comment at its end."""
    read_questionnaire(f"{text}\n# {next(numbers)}\n", "questionnaire.yaml")


def figures(quick: bool) -> list[Figure]:
    """Time the engine on worked and invented cases, and the reading of a questionnaire."""
    read = examples.questionnaires()[0]
    return [
        _one_case(read.questionnaire, quick),
        _many_cases(read.questionnaire, MANY // 20 if quick else MANY),
        _loading(read.text, quick),
    ]


def _one_case(questionnaire: Questionnaire, quick: bool) -> Figure:
    worked = [case.trace for _, case in examples.examples()]

    def all_worked() -> None:
        for trace in worked:
            assess(questionnaire, trace)

    def all_read() -> None:
        for one in map(as_json, worked):
            json.loads(one)

    one, floor = (
        [seconds / len(worked) for seconds in taken]
        for taken in in_turn(all_worked, all_read, times=20 if quick else 200)
    )
    return Figure(
        f"One case assessed ({len(worked)} worked examples)",
        spread(one),
        f"the same answers to JSON and back: {ms(p50(floor))}",
        "1 ms",
        p50(one) <= ONE_CASE,
    )


def _many_cases(questionnaire: Questionnaire, number: int) -> Figure:
    random = Random(1)  # noqa: S311
    traces = [invented(questionnaire, random) for _ in range(number)]
    packed = [as_json(trace) for trace in traces]
    start = perf_counter()
    for trace in traces:
        assess(questionnaire, trace)
    many = (perf_counter() - start) * MANY / number
    start = perf_counter()
    for content in packed:
        json.loads(content)
    floor = (perf_counter() - start) * MANY / number
    scaled = f" (from {number})" if number < MANY else ""
    return Figure(
        f"{MANY:,} invented cases on one core{scaled}",
        f"{many:.2f} s",
        f"reading the same from JSON: {floor:.2f} s",
        "5 s",
        many < MANY_CASES,
    )


def _loading(text: str, quick: bool) -> Figure:
    load, peer = in_turn(
        partial(_read_anew, text, count()),
        partial(yaml.safe_load, text),
        times=2 if quick else 7,
    )
    return Figure(
        f"Load the questionnaire ({len(text) // 1024} KiB, checked, with line numbers)",
        spread(load),
        f"yaml.safe_load of the same text: {ms(p50(peer))}",
    )
