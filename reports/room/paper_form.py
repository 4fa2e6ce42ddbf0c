"""The questions of a workshop on paper, for a room without phones: what stands on the form.

A form asks for no name and has no room for one: what is ticked is counted, then thrown away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from assessment.method.answers import Trace
from assessment.method.questionnaire import NAME_FACT, Question, Questionnaire
from assessment.method.session import next_questions
from reports.wording import WE_DO_NOT_KNOW, count

DO_NOT_KNOW = "?"
"""The letter of "we don't know", on the form and on the tally sheet."""


@dataclass(frozen=True)
class PaperQuestion:
    """A question with its options, each with the letter that it is counted under."""

    number: int
    ask: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PaperForm:
    """A form, and the sheet on which a facilitator counts the forms.

    Attributes:
        title: Of the questionnaire.
        use_case: What people call it; "" leaves a line to write on.
        functions: To choose from; none leaves a line to write on.
        levels: Number, name and what it means, for the guess.
        questions: In the order of asking.
        letters: The columns of the tally sheet.
        questionnaire: Its id and version.
    """

    title: str
    use_case: str
    functions: tuple[str, ...]
    levels: tuple[tuple[int, str, str], ...]
    questions: tuple[PaperQuestion, ...]
    letters: tuple[str, ...]
    questionnaire: str

    @property
    def length(self) -> str:
        """How many questions it asks, in words."""
        return count(len(self.questions), "question")


def write_form(
    questionnaire: Questionnaire, trace: Trace, functions: Sequence[str], *, is_short: bool
) -> PaperForm:
    """Put a form together.

    Args:
        questionnaire: What is asked.
        trace: Of the use case; its facts decide what applies, its answers what is still to ask.
        functions: What people can belong to.
        is_short: Whether only the backbone is asked, else everything worth asking.
    """
    asked: Sequence[Question] = questionnaire.backbone
    if not is_short:
        asked = next_questions(questionnaire, trace, is_short=False) or questionnaire.questions
    most = max(len(question.options) for question in asked)
    return PaperForm(
        title=questionnaire.title,
        use_case=str(trace.facts.get(NAME_FACT) or ""),
        functions=tuple(functions),
        levels=tuple((one.level, one.name, one.in_short or "") for one in questionnaire.levels),
        questions=tuple(_question(number, one) for number, one in enumerate(asked, start=1)),
        letters=(*ascii_uppercase[:most], DO_NOT_KNOW),
        questionnaire=f"{questionnaire.id} {questionnaire.version}",
    )


def _question(number: int, question: Question) -> PaperQuestion:
    texts = [option.text for option in question.options.values()]
    options = zip(
        (*ascii_uppercase[: len(texts)], DO_NOT_KNOW), (*texts, WE_DO_NOT_KNOW), strict=True
    )
    return PaperQuestion(number, question.ask, tuple(options))
