"""A trace as a case file to fill in: every question, its options beside it as comments.

What is written here reads back as the same trace.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap

from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.questionnaire import UNKNOWN, Fact, Question, Questionnaire

WIDTH = 100

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+)*")
"""Text that YAML reads as itself without quotes, unless it is one of `NOTHING`."""

NOTHING = frozenset({"null", "Null", "NULL"})

ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML refuses or reads as a line break and JSON's quotes leave as it is."""

UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

HOW_TO = (
    "Write the id of an option behind each question; each option is listed above it, the weakest "
    f"first. '{UNKNOWN}' means: we don't know. What is left empty is not asked yet. To say more, "
    "write {answer: id, detail: who or where, evidence: [what proves it], note: anything}."
)


def write_case(
    questionnaire: Questionnaire, trace: Trace, case_id: str, *, story: str = "", source: str = ""
) -> str:
    """Write a case file, YAML, with everything that can still be answered.

    Args:
        questionnaire: Whose facts and questions are listed.
        trace: What is filled in already; may be empty.
        case_id: The case's id.
        story: What happens there, for readers.
        source: Where the case comes from, for readers.

    Returns:
        The file's text. `read_cases` reads it back as the same trace.
    """
    lines = [
        *_comment(f"{questionnaire.title}, version {questionnaire.version}"),
        *_comment(HOW_TO),
        f"id: {quoted(case_id)}",
        f"questionnaire: {quoted(questionnaire.id)}",
        *(text_under(key, text, 0) for key, text in (("story", story), ("source", source)) if text),
        "",
        "use_case:",
    ]
    for fact in questionnaire.profile:
        lines.extend(_fact(questionnaire, fact, trace.facts.get(fact.id)))
    lines.extend(("", "answers:"))
    for stage in questionnaire.stages:
        lines.extend(("", *_comment(f"--- {stage.title}", 2)))
        for question in questionnaire.questions:
            if question.stage_id == stage.id:
                lines.extend(_question(question, trace.answer(question.id)))
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Write a text so that YAML reads back exactly this text, on one line."""
    if PLAIN.fullmatch(text) and text not in NOTHING:
        return text
    return ESCAPED.sub(_escaped, json.dumps(text, ensure_ascii=False))


def text_under(key: str, text: str, indent: int) -> str:
    """Write a key with its text; one of several lines stays so where YAML can keep it exactly."""
    start = " " * indent
    lines = text.split("\n")
    is_tidy = all(line == line.rstrip() for line in lines) and text == text.strip()
    if len(lines) > 1 and is_tidy and not any(UNSEEN.search(line) for line in lines):
        below = "\n".join(f"{start}  {line}" if line else "" for line in lines)
        return f"{start}{key}: |-\n{below}"
    return f"{start}{key}: {quoted(text)}"


def _escaped(found: re.Match[str]) -> str:
    return f"\\U{ord(found.group()):08x}"


def _fact(questionnaire: Questionnaire, fact: Fact, value: FactValue | None) -> Iterator[str]:
    yield from _comment(fact.ask or fact.title, 2)
    if fact.type in ("choice", "choices"):
        how_many = "one or several, as [one, two]" if fact.type == "choices" else "one"
        yield from _comment(f"{how_many} of: {', '.join(fact.options)}", 2)
    elif fact.type == "level":
        names = "; ".join(f"{level.level} {level.name}" for level in questionnaire.levels)
        yield from _comment(names, 2)
    elif fact.type == "number":
        yield from _comment(f"a number{f' of {fact.unit}' if fact.unit else ''}", 2)
    if value is None or value in ("", ()):
        yield f"  {fact.id}:"
    elif isinstance(value, str):
        yield text_under(fact.id, value, 2)
    elif isinstance(value, tuple):
        yield f"  {fact.id}: [{', '.join(quoted(one) for one in value)}]"
    else:
        yield f"  {fact.id}: {Decimal(repr(value)):f}"


def _question(question: Question, answer: Answer) -> Iterator[str]:
    yield ""
    number = f"{question.trace}. " if question.trace is not None else ""
    yield from _comment(f"{number}{question.ask}", 2)
    if question.applies_if is not None:
        condition = question.applies_if
        yield from _comment(f"(only where {condition.profile}: {' or '.join(condition.in_)})", 2)
    widest = max(len(option) for option in question.options)
    for option, said in question.options.items():
        yield from _comment(f"  {option.ljust(widest)}  {_one_line(said.text)}", 2, widest + 4)
    if question.detail is not None:
        yield from _comment(f"detail: {question.detail.ask}", 2)
    yield from _answer(question.id, answer)


def _answer(name: str, answer: Answer) -> Iterator[str]:
    if not (answer.detail or answer.evidence or answer.note):
        yield f"  {name}: {quoted(answer.option) if answer.option else ''}".rstrip()
        return
    yield f"  {name}:"
    yield f"    answer: {quoted(answer.option) if answer.option else ''}".rstrip()
    if answer.detail:
        yield text_under("detail", answer.detail, 4)
    if answer.evidence:
        yield "    evidence:"
        yield from (f"      - {quoted(piece)}" for piece in answer.evidence)
    if answer.note:
        yield text_under("note", answer.note, 4)


def _comment(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    """A comment over as many lines as it needs; nothing in the text can end it early."""
    start = f"{' ' * indent}# "
    kept = text if hanging else _one_line(text)
    return wrap(
        UNSEEN.sub(" ", kept),
        WIDTH,
        initial_indent=start,
        subsequent_indent=start + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
