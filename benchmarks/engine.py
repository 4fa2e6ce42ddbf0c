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
from assessment.pages import examples
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
    questionnaire, text = read.questionnaire, read.text
    worked = [case.trace for _, case in examples.examples()]
    random = Random(1)  # noqa: S311
    number = MANY // 20 if quick else MANY
    traces = [invented(questionnaire, random) for _ in range(number)]
    packed = [as_json(trace) for trace in traces]

    def all_worked() -> None:
        for trace in worked:
            assess(questionnaire, trace)

    def all_read() -> None:
        for one in map(as_json, worked):
            json.loads(one)

    one, one_floor = (
        [seconds / len(worked) for seconds in taken]
        for taken in in_turn(all_worked, all_read, times=20 if quick else 200)
    )
    start = perf_counter()
    for trace in traces:
        assess(questionnaire, trace)
    many = (perf_counter() - start) * MANY / number
    start = perf_counter()
    for content in packed:
        json.loads(content)
    many_floor = (perf_counter() - start) * MANY / number
    load, peer = in_turn(
        partial(_read_anew, text, count()),
        partial(yaml.safe_load, text),
        times=2 if quick else 7,
    )
    scaled = f" (from {number})" if quick else ""
    return [
        Figure(
            f"One case assessed ({len(worked)} worked examples)",
            spread(one),
            f"the same answers to JSON and back: {ms(p50(one_floor))}",
            "1 ms",
            p50(one) <= ONE_CASE,
        ),
        Figure(
            f"{MANY:,} invented cases on one core{scaled}",
            f"{many:.2f} s",
            f"reading the same from JSON: {many_floor:.2f} s",
            "5 s",
            many < MANY_CASES,
        ),
        Figure(
            f"Load the questionnaire ({len(text) // 1024} KiB, checked, with line numbers)",
            spread(load),
            f"yaml.safe_load of the same text: {ms(p50(peer))}",
        ),
    ]
