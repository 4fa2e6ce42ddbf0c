"""The answers of a case file."""

from assessment.files.case_facts import meant
from assessment.files.complaints import Complaints
from assessment.files.near_misses import quoted, shortened, suggestion
from assessment.files.positions import Data, Where
from assessment.method.answers import NOT_ASKED, Answer
from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire

ANSWER_KEYS = ("answer", "detail", "evidence", "note")


def read_answers(
    questionnaire: Questionnaire, given: Data, where: Where, complaints: Complaints
) -> dict[str, Answer]:
    """Read what a case says under 'answers'.

    Args:
        questionnaire: Whose questions are answered.
        given: Question id to an option, `unknown`, or a mapping with `ANSWER_KEYS`.
        where: The way to it in the file.
        complaints: Receives everything that is wrong.

    Returns:
        The answers that are right. What is empty is not asked yet and left out, unless a
        detail, evidence or note stands beside it.
    """
    if given is None:
        return {}
    if not isinstance(given, dict):
        what = "'answers' must have keys"
        complaints.add(where, what, "write a line 'question: option' for each, without '- '")
        return {}
    answers: dict[str, Answer] = {}
    for name, value in given.items():
        question = questionnaire.by_id.get(name)
        if question is None:
            what = f"no question is called '{shortened(name)}'"
            complaints.add((*where, name), what, suggestion(name, questionnaire.by_id))
            continue
        answer = _answer(question, value, (*where, name), complaints)
        if answer != NOT_ASKED:
            answers[name] = answer
    return answers


def _answer(question: Question, value: Data, where: Where, complaints: Complaints) -> Answer:
    if not isinstance(value, dict):
        return Answer(option=_option(question, value, where, complaints))
    for key in value:
        if key not in ANSWER_KEYS:
            fix = suggestion(key, ANSWER_KEYS)
            complaints.add((*where, key), f"unknown key '{shortened(key)}'", fix)
    return Answer(
        option=_option(question, value.get("answer"), (*where, "answer"), complaints),
        detail=_text(value.get("detail"), (*where, "detail"), complaints),
        evidence=_evidence(value.get("evidence"), (*where, "evidence"), complaints),
        note=_text(value.get("note"), (*where, "note"), complaints),
    )


def _option(question: Question, value: Data, where: Where, complaints: Complaints) -> str | None:
    if not isinstance(value, str):
        if value is not None:
            what = f"the answer to '{question.id}' must be one option"
            complaints.add(where, what, f"write {quoted((*question.options, UNKNOWN))}")
        return None
    option = value.strip()
    if not option:
        return None
    if option in question.options or option == UNKNOWN:
        return option
    texts = {one: question.options[one].text for one in question.options}
    fix = meant(option, {**texts, UNKNOWN: "we don't know"})
    what = f"question '{question.id}' has no option '{shortened(option)}'"
    complaints.add(where, what, fix)
    return None


def _text(value: Data, where: Where, complaints: Complaints) -> str:
    if isinstance(value, (list, dict)):
        what = f"'{where[-1]}' must be a text"
        complaints.add(where, what, "write one text; one that starts with a bracket needs quotes")
        return ""
    return value or ""


def _evidence(value: Data, where: Where, complaints: Complaints) -> tuple[str, ...]:
    """One piece of evidence or a list of them; a blank one is none."""
    pieces = value if isinstance(value, list) else [value]
    if any(isinstance(piece, (list, dict)) for piece in pieces):
        fix = "write a text in quotes, or a list of texts"
        complaints.add(where, "'evidence' must be a text or a list of texts", fix)
        return ()
    return tuple(piece for piece in pieces if isinstance(piece, str) and piece.strip())
