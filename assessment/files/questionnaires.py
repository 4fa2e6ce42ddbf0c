"""Questionnaire files: one text in, a questionnaire or every problem with it out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from assessment.files.contradictions import Contradiction, contradictions
from assessment.files.documents import parse
from assessment.files.model_keys import short_forms
from assessment.files.near_misses import closest, quoted, shortened
from assessment.files.plain_words import empty_parts, in_authors_words, named, parts
from assessment.files.positions import LARGEST_FILE, Positioned, decoded, normalized
from assessment.files.problems import START, FileProblems, Problem
from assessment.files.stand_ins import found_nevertheless
from assessment.method.questionnaire import Questionnaire

SHIPPED = Path(__file__).resolve().parents[2] / "questionnaires"
"""Where the product's own questionnaires lie: `<id>.yaml`."""

FILE_ENDINGS = frozenset({".yaml", ".yml", ".json"})
"""A name that ends so is the name of a file, not an id."""


@dataclass(frozen=True)
class ReadQuestionnaire:
    """A questionnaire together with the text it was read from."""

    questionnaire: Questionnaire
    text: str
    """Line endings normalized; what the fingerprint is made of."""

    fingerprint: str
    """SHA-256 of the text, in hexadecimal digits. The same whatever a system's line endings are."""

    warnings: tuple[Problem, ...] = ()


class QuestionnaireNotFoundError(Exception):
    """No questionnaire goes by that name; carries what is wrong and how to mend it."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Say which name was looked for and which there are."""
        near = closest(name, known)
        self.message = f"there is no questionnaire '{shortened(name)}'"
        self.fix = (f"did you mean '{near}'? " if near else "") + (
            f"known are {quoted(known)}; a file of your own needs its ending, .yaml"
        )
        super().__init__(f"{self.message}\n    fix: {self.fix}")


def read_questionnaire(content: str | bytes, path: str) -> ReadQuestionnaire:
    """Read a questionnaire.

    Args:
        content: The file's text or bytes.
        path: How problems name the file.

    Returns:
        The questionnaire, with its text and fingerprint. Reading the same text again is free.

    Raises:
        FileProblems: Something is wrong in it; carries everything that is.
    """
    return _read_again(content, path)


@lru_cache(maxsize=32)
def _read_again(content: str | bytes, path: str) -> ReadQuestionnaire:
    """Pages read the questionnaire of a trace each time they run; even decoding it takes long."""
    return _read(normalized(decoded(content, path)), path)


@lru_cache(maxsize=32)
def _read(text: str, path: str) -> ReadQuestionnaire:
    document = parse(text, path)
    _refuse_cases(document)
    problems = [*document.problems, *_repeated_choices(document)]
    try:
        questionnaire = Questionnaire.model_validate(document.data, by_name=False)
    except ValidationError as error:
        problems.extend(in_authors_words(error, document, Questionnaire))
        problems.extend(_placed(document, found_nevertheless(document.data)))
        raise FileProblems([*problems, *_empty_parts(document, problems)]) from None
    problems.extend(_placed(document, contradictions(questionnaire)))
    problems.extend(_empty_parts(document, problems))
    if any(problem.is_error for problem in problems):
        raise FileProblems(problems)
    fingerprint = sha256(text.encode()).hexdigest()
    return ReadQuestionnaire(questionnaire, text, fingerprint, tuple(sorted(problems)))


def _refuse_cases(document: Positioned) -> None:
    """Say of a case file that it is one, instead of missing every key of a questionnaire."""
    if not isinstance(document.data, dict) or "questions" in document.data:
        return
    if document.data.keys() & {"cases", "use_case", "answers"}:
        what, fix = "this is a case file, not a questionnaire", "name the file with the questions"
        raise FileProblems([Problem(document.path, START, what, fix)])


def _placed(document: Positioned, found: Iterable[Contradiction]) -> Iterator[Problem]:
    skip = short_forms(Questionnaire)
    for one in found:
        position = document.locate(one.where, skip)
        yield Problem(document.path, position, one.what, one.fix, one.severity)


def _empty_parts(document: Positioned, said: Iterable[Problem]) -> Iterator[Problem]:
    """Keys and list items behind which nothing stands and of which nothing is said yet."""
    places = {problem.position for problem in said}
    return (empty for empty in empty_parts(document) if empty.position not in places)


def _repeated_choices(document: Positioned) -> list[Problem]:
    """Ids that stand twice in a list of choices; as keys of the model they become one."""
    problems = []
    for where, value in parts(document.data):
        if isinstance(value, list) and where[-1:] in (("options",), ("in",)):
            for index, choice in enumerate(value):
                if isinstance(choice, str) and choice in value[:index]:
                    place = document.locate((*where, index))
                    what = f"'{shortened(choice)}' stands twice in {named(where)}"
                    problems.append(Problem(document.path, place, what, "take one of them out"))
    return problems


def shipped() -> tuple[str, ...]:
    """The ids of the product's own questionnaires, sorted."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def find(name: str | Path) -> ReadQuestionnaire:
    """Read a questionnaire by its id, or by the path of its file.

    Raises:
        QuestionnaireNotFoundError: There is none with this id.
        FileProblems: The file cannot be read, or something is wrong in it.
    """
    known = shipped()
    if str(name) in known:
        path = SHIPPED / f"{name}.yaml"
        return read_questionnaire(content_of(path), f"{SHIPPED.name}/{path.name}")
    path = Path(name)
    if path.suffix.lower() in FILE_ENDINGS or len(path.parts) > 1:
        return read_questionnaire(content_of(path), str(name))
    raise QuestionnaireNotFoundError(str(name), known)


def content_of(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """Read a file from disk; of one that is too large, no more than shows that it is.

    Raises:
        FileProblems: It is not there, is a folder, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError:
        what, fix = "there is no such file", "check the path"
    except IsADirectoryError:
        what, fix = "this is a folder, not a file", "name a file in it"
    except OSError as error:
        what, fix = f"the file cannot be read: {error.strerror}", "check that you may read it"
    except ValueError:  # a NUL in the name
        what, fix = "no file can have this name", "check the path"
    raise FileProblems([Problem(str(path), START, what, fix)])
