"""The worked examples and the questionnaires that ship with the product."""

from functools import cache

from assessment.files.cases import Case, read_cases
from assessment.files.problems import FileProblems
from assessment.files.questionnaires import (
    SHIPPED,
    QuestionnaireNotFoundError,
    ReadQuestionnaire,
    content_of,
    find,
    shipped,
)

FOLDER = SHIPPED / "examples"


@cache
def examples() -> tuple[tuple[ReadQuestionnaire, Case], ...]:
    """Read every example with its questionnaire; a file with problems is left out."""
    found: list[tuple[ReadQuestionnaire, Case]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        cases, _ = read_cases(content_of(path), path.name, lambda name: _read(name).questionnaire)
        found.extend((_read(case.questionnaire_id), case) for case in cases)
    return tuple(found)


def _read(name: str | None) -> ReadQuestionnaire:
    known = shipped()
    if name is None and len(known) != 1:
        raise QuestionnaireNotFoundError("", known)
    return find(name or known[0])


def questionnaires() -> tuple[ReadQuestionnaire, ...]:
    """Read the questionnaires that ship; one with problems is left out, as there are others."""
    found = []
    problems: FileProblems | None = None
    for name in shipped():
        try:
            found.append(find(name))
        except FileProblems as error:
            problems = error
    if not found and problems is not None:
        raise problems
    return tuple(found)
