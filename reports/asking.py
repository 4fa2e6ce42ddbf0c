"""What nobody knew, as questions to pass on: grouped by who would know, ready for a mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from assessment.method.answers import applies
from assessment.method.gaps import Result
from assessment.method.questionnaire import NAME_FACT, UNKNOWN, Question
from reports.wording import capital, count

SOMEBODY_ELSE = "Somebody else"
"""Who is asked where the questionnaire does not say who would know."""

UNNAMED = "this use case"


@dataclass(frozen=True)
class ToAsk:
    """One question that was answered with "we don't know"."""

    question_id: str
    stage: str
    question: str
    why: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class AskGroup:
    """The questions that the same people would know. `mail` asks all of them, as plain text."""

    who: str
    questions: tuple[ToAsk, ...]
    subject: str
    mail: str


def write_asking(result: Result) -> tuple[AskGroup, ...]:
    """Collect what nobody knew.

    Args:
        result: What the method says of a trace.

    Returns:
        A group for each kind of people who would know; the question that matters most comes first,
        and the group that it is in. Empty where nothing was answered with "we don't know".
    """
    name = str(result.trace.facts.get(NAME_FACT) or "").strip()
    groups: dict[str, list[ToAsk]] = {}
    for question in _in_order(result):
        who = question.who_knows or SOMEBODY_ELSE
        groups.setdefault(who, []).append(_to_ask(result, question))
    return tuple(_group(name, who, tuple(asked)) for who, asked in groups.items())


def _in_order(result: Result) -> Iterator[Question]:
    """Unknown questions in the order of the gaps, then those that no gap is about."""
    trace = result.trace
    unknown = {
        question.id: question
        for question in result.questionnaire.questions
        if applies(question, trace) and trace.answer(question.id).option == UNKNOWN
    }
    gaps = dict.fromkeys(gap.question.id for gap in result.gaps if gap.question.id in unknown)
    yield from (unknown[question] for question in gaps)
    yield from (question for key, question in unknown.items() if key not in gaps)


def _to_ask(result: Result, question: Question) -> ToAsk:
    stages = {stage.id: stage.title for stage in result.questionnaire.stages}
    return ToAsk(
        question_id=question.id,
        stage=stages[question.stage_id],
        question=question.ask,
        why=question.why or "",
        options=tuple(option.text for option in question.options.values()),
    )


def _group(name: str, who: str, asked: tuple[ToAsk, ...]) -> AskGroup:
    about = f"“{name}”" if name else UNNAMED
    subject = capital(f"{count(len(asked), 'question')} about {about}")
    return AskGroup(who, asked, subject, _mail(about, asked))


def _mail(about: str, asked: tuple[ToAsk, ...]) -> str:
    one = len(asked) == 1
    lines = ["Hello,", "", _please(about, "this question" if one else "each question")]
    for number, to_ask in enumerate(asked, start=1):
        lines += ["", to_ask.question if one else f"{number}. {to_ask.question}"]
        lines += [
            f"   {letter}) {option}"
            for letter, option in zip(ascii_lowercase, to_ask.options, strict=False)
        ]
    return "\n".join([*lines, "", "Thank you!"])


def _please(about: str, each: str) -> str:
    return (
        f"We are looking at how the work around {about} is organized. You may know what we could"
        f" not say. For {each}, please name the last line that is fully true, and where one can"
        " see it. “Nobody knows” is an answer too."
    )
