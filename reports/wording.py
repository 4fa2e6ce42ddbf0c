"""Small words that every output shares: numbers, lists, states, kinds, sizes, sources."""

from collections.abc import Sequence
from datetime import date

from assessment.method.answers import Answer, FactValue, Trace, applies
from assessment.method.engine import State
from assessment.method.gaps import Kind
from assessment.method.questionnaire import UNKNOWN, Fact, Question, Questionnaire, Source

DOES_NOT_APPLY = "Does not apply here"
NOT_ASKED = "Not asked yet"
WE_DO_NOT_KNOW = "We don't know"

STATES = {
    State.MET: "in place",
    State.OPEN: "missing",
    State.UNKNOWN: "not known",
    State.NOT_APPLICABLE: "does not apply",
}

KINDS = {
    Kind.PATTERN: "Does harm now",
    Kind.GATE: "Blocks the next level",
    Kind.FIND_OUT: "To find out",
    Kind.SAFEGUARD: "Safeguard",
    Kind.ROAD: "Later on the road",
}

EFFORTS = {"S": "within a week", "M": "within a month", "L": "within a quarter"}

READINESS = {"yes": "Yes", "no": "Not yet", "unknown": "Not known"}
SKILLS = {
    "practised": "Practised",
    "forming": "Forming",
    "unknown": "Not known",
    "absent": "Not there yet",
}

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def count(number: int, one: str, many: str | None = None) -> str:
    """Say how many of something: `no gap`, `one gap`, `12 gaps`."""
    words = _SMALL[number] if number < len(_SMALL) else f"{number:,}"
    return f"{words} {one if number == 1 else many or one + 's'}"


def listed(items: Sequence[str], joiner: str = "and") -> str:
    """Join items as in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def sentence(text: str) -> str:
    """Make a text end as a sentence does."""
    return text if text.endswith((".", "!", "?", "…", ".”", '."')) else f"{text}."


def capital(text: str) -> str:
    """Start a text with a capital, leaving the rest as it is."""
    return text[:1].upper() + text[1:]


def fact_value(fact: Fact, value: FactValue) -> str:
    """Say a fact's value: the choices' texts, a number with thousands separators and unit."""
    if isinstance(value, tuple):
        return listed([fact.option_text(item) for item in value])
    if fact.type == "choice":
        return fact.option_text(str(value))
    if fact.type == "number" and isinstance(value, (int, float)):
        return f"{value:,}" + (f" {fact.unit}" if fact.unit else "")
    return str(value)


def answer_text(question: Question, answer: Answer, trace: Trace) -> str:
    """Say what was answered, in the option's own words."""
    if not applies(question, trace):
        return DOES_NOT_APPLY
    if answer.option is None:
        return NOT_ASKED
    if answer.option == UNKNOWN:
        return WE_DO_NOT_KNOW
    return question.options[answer.option].text


def source_text(source: Source | None, questionnaire: Questionnaire) -> str:
    """Say where something comes from: quotation, place and the document's title."""
    if source is None:
        return ""
    document = questionnaire.sources.get(source.document or "")
    parts = [f"“{source.quote}”" if source.quote else "", source.place or ""]
    if document is not None:
        parts.append(": ".join(part for part in (document.author, document.title) if part))
    return " · ".join(part for part in parts if part)


def spoken_date(moment: date | None) -> str:
    """Say a day in words that no reader can take for another: `21 November 2026`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}" if moment else ""
