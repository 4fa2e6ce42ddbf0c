"""Case files: one use case, or several, with what was answered about each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from assessment.files.case_answers import read_answers
from assessment.files.case_facts import read_facts
from assessment.files.complaints import Complaints
from assessment.files.documents import parse
from assessment.files.near_misses import shortened, suggestion
from assessment.files.positions import Data, Positioned, Where
from assessment.files.problems import START, FileProblems, Position, Problem, Severity
from assessment.files.questionnaires import QuestionnaireNotFoundError
from assessment.method.answers import Trace
from assessment.method.questionnaire import Questionnaire

FOR_READERS = ("story", "source", "because", "contested", "expect")
"""Keys that change nothing; whatever they hold is fine."""

CASE_KEYS = ("id", "questionnaire", "use_case", "answers", *FOR_READERS)

FILE_KEYS = ("cases", "questionnaire", *FOR_READERS)
"""The keys of a file with several cases; its questionnaire holds for each that names none."""

Resolver = Callable[[str | None], Questionnaire]
"""Finds the questionnaire with an id; is asked with None for a case that names none.

Raises `QuestionnaireNotFoundError` or `FileProblems` where it has none to give.
"""

Member = tuple[Where, dict[str, Data]]
"""One case as it stands in the file, and where."""


@dataclass(frozen=True)
class Case:
    """One case of a file; `questionnaire_id` is None where it names none."""

    id: str
    questionnaire_id: str | None
    trace: Trace
    story: str = ""
    source: str = ""


def read_cases(
    content: str | bytes, path: str, questionnaire: Questionnaire | Resolver
) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Read a case file, YAML or JSON: one case, or several under 'cases'.

    Args:
        content: The file's text or bytes.
        path: How problems name the file; its stem is the id of a case without one.
        questionnaire: What the answers belong to, or who finds it for each case.

    Returns:
        The cases without errors, in the order of the file, and the problems of all, warnings
        included. Whatever stands in the file, nothing is raised.
    """
    try:
        document = parse(content, path)
    except FileProblems as problems:
        return (), problems.problems
    reading = _Reading(document, questionnaire)
    cases = tuple(reading.cases())
    return cases, tuple(sorted(set(reading.problems)))


class _Reading:
    """One pass over the cases of a file."""

    def __init__(self, document: Positioned, questionnaire: Questionnaire | Resolver) -> None:
        self._document = document
        self._questionnaire = questionnaire
        self._default: str | None = None
        self._seen: set[str] = set()
        self.problems: list[Problem] = list(document.problems)

    def cases(self) -> Iterator[Case]:
        """Give every case without errors; `problems` is complete afterwards."""
        around = Complaints(self._document)
        members = list(self._members(self._document.data, around))
        self.problems.extend(around.problems)
        starts = [self._document.locate(where) for where, _ in members]
        for index, (where, data) in enumerate(members):
            complaints = Complaints(self._document)
            case = self._case(data, where, complaints)
            self.problems.extend(complaints.problems)
            begins = starts[index] if index > 0 else START
            ends = starts[index + 1] if index + 1 < len(starts) else None
            if case is not None and self._is_whole(begins, ends) and not complaints.has_errors:
                yield case

    def _is_whole(self, begins: Position, ends: Position | None) -> bool:
        """Whether the text between two places could be read without leaving anything out."""
        return not any(
            begins <= problem.position and (ends is None or problem.position < ends)
            for problem in self._document.problems
        )

    def _members(self, data: Data, complaints: Complaints) -> Iterator[Member]:
        """Every case of the file with where it stands."""
        if not isinstance(data, dict):
            fix = "write 'use_case:' and 'answers:', or 'cases:' above a list of such"
            complaints.add((), "this is no case", fix)
        elif "questions" in data and "answers" not in data:
            fix = "name the file that holds the answers"
            complaints.add((), "this is a questionnaire, not a case", fix)
        elif "cases" not in data:
            yield (), data
        else:
            _refuse_unknown(data, (), FILE_KEYS, complaints)
            self._default = _text(data, "questionnaire", (), complaints)
            yield from _listed(data["cases"], complaints)

    def _case(self, data: dict[str, Data], where: Where, complaints: Complaints) -> Case | None:
        _refuse_unknown(data, where, CASE_KEYS, complaints)
        if "use_case" not in data and "answers" not in data:
            complaints.add(where, "this case says nothing", "add 'use_case:' and 'answers:'")
        name = self._id(data, where, complaints)
        wanted = _text(data, "questionnaire", where, complaints) or self._default
        questionnaire = self._found(wanted, (*where, "questionnaire"), complaints)
        if questionnaire is None:
            return None
        facts = (*where, "use_case")
        answers = (*where, "answers")
        trace = Trace(
            read_facts(questionnaire, data.get("use_case"), facts, complaints),
            read_answers(questionnaire, data.get("answers"), answers, complaints),
        )
        return Case(name, wanted, trace, _aside(data, "story"), _aside(data, "source"))

    def _id(self, data: dict[str, Data], where: Where, complaints: Complaints) -> str:
        given = _text(data, "id", where, complaints)
        name = given or PurePath(self._document.path).stem
        if given and given in self._seen:
            what = f"another case of this file has the id '{shortened(given)}'"
            complaints.add((*where, "id"), what, "give each its own", Severity.WARNING)
        self._seen.add(name)
        return name

    def _found(
        self, wanted: str | None, where: Where, complaints: Complaints
    ) -> Questionnaire | None:
        if isinstance(self._questionnaire, Questionnaire):
            if wanted in (None, self._questionnaire.id):
                return self._questionnaire
            what = f"this case belongs to the questionnaire '{shortened(str(wanted))}'"
            fix = f"read it with that one; here it is '{self._questionnaire.id}'"
            complaints.add(where, what, fix)
            return None
        try:
            return self._questionnaire(wanted)
        except QuestionnaireNotFoundError as error:
            complaints.add(where, error.message, error.fix)
        except FileProblems as error:
            first = error.problems[0]
            what = f"its questionnaire cannot be used: {first.message}"
            complaints.add(where, what, f"in {first.path}: {first.fix}")
        return None


def _listed(cases: Data, complaints: Complaints) -> Iterator[Member]:
    if not isinstance(cases, list) or not cases:
        fix = "start each case with '- ' on a line of its own"
        complaints.add(("cases",), "'cases' must be a list of cases", fix)
        return
    for index, case in enumerate(cases):
        if isinstance(case, dict):
            yield ("cases", index), case
        else:
            what = f"item {index + 1} of 'cases' is no case"
            complaints.add(("cases", index), what, "write 'id:', 'use_case:' and 'answers:'")


def _refuse_unknown(
    data: dict[str, Data], where: Where, known: tuple[str, ...], complaints: Complaints
) -> None:
    for key in data:
        if key not in known:
            what = f"unknown key '{shortened(key)}'"
            complaints.add((*where, key), what, suggestion(key, known))


def _text(data: dict[str, Data], key: str, where: Where, complaints: Complaints) -> str | None:
    value = data.get(key)
    if isinstance(value, (list, dict)):
        complaints.add((*where, key), f"'{key}' must be a text", "write one word")
        return None
    return value.strip() or None if value else None


def _aside(data: dict[str, Data], key: str) -> str:
    """What a case tells its readers; anything but a text is passed over."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""
