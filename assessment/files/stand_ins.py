"""A questionnaire with a misspelled key can still be searched for contradictions.

Where a file is wrong in small ways, each gets a stand-in: a key the name that it nearly has, a
text or number that is no use some other, an id the nearest that is one. What is found in the
result is true of the file as long as it does not lie in a part that was touched; so an author
learns of all problems at once.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessment.files.contradictions import Contradiction, contradictions
from assessment.files.model_keys import KEY, keys_of, model_at, short_forms
from assessment.files.near_misses import as_id, closest
from assessment.files.positions import Data, Where
from assessment.files.problems import Severity
from assessment.method.questionnaire import Questionnaire

ROUNDS = 4
"""Taking out, putting a text in, putting a number or word in its place: then it must be right."""

STAND_IN = "stand-in"

SHORT_FORMS = short_forms(Questionnaire)

USELESS = frozenset(
    {
        "string_type",
        "string_too_short",
        "string_too_long",
        "int_parsing",
        "int_type",
        "int_parsing_size",
        "greater_than_equal",
        "less_than_equal",
        "bool_parsing",
        "bool_type",
        "literal_error",
    }
)
"""Errors of one value, to which nothing else in a file refers."""


def found_nevertheless(data: Data) -> Iterator[Contradiction]:
    """Find contradictions in a questionnaire that cannot be read as it is.

    Args:
        data: The file's data; stays as it is.

    Yields:
        The errors that are there whatever the touched parts turn out to be; none where a part
        is so wrong that nothing can stand in for it.
    """
    if not isinstance(data, dict):
        return
    copy = deepcopy(data)
    touched: set[Where] = set()
    for _ in range(ROUNDS):
        try:
            questionnaire = Questionnaire.model_validate(copy, by_name=False)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            for found in sorted(errors, key=lambda one: one["type"] != "extra_forbidden"):
                if not _mended(copy, found):
                    return
                touched.add(_touched_by(found))
        else:
            yield from _certain(questionnaire, touched)
            return


def _touched_by(found: ErrorDetails) -> Where:
    """What cannot be judged any more: the part around, of an id only the id."""
    where = found["loc"]
    if found["type"] != "string_pattern_mismatch":
        return where[:-1]
    return where[:-2] if where[-1] == KEY else where


def _certain(questionnaire: Questionnaire, touched: set[Where]) -> Iterator[Contradiction]:
    for found in contradictions(questionnaire):
        lies_in = {found.where[:length] for length in range(1, len(found.where) + 1)}
        if found.severity is Severity.ERROR and not lies_in & touched:
            yield found


def _mended(data: Data, found: ErrorDetails) -> bool:
    """Put something in place of what is wrong; False where nothing can be."""
    *way, key = found["loc"]
    around, part = _at(data, way)
    if found["type"] == "string_pattern_mismatch":
        return _with_right_id(around, part, found)
    if isinstance(part, str):  # a short form: the text stands where its key would
        return found["type"] in USELESS and _put(around, way[-1], f"{STAND_IN} {len(way)} {way}")
    if isinstance(part, list):
        return found["type"] in USELESS and _put(part, key, f"{STAND_IN} {key}")
    if not isinstance(part, dict):
        return False
    if found["type"] == "extra_forbidden":
        return _renamed(part, str(key), found["loc"])
    if found["type"] == "missing":
        part.setdefault(str(key), f"{STAND_IN} {found['loc']}")
        return True
    return found["type"] in USELESS and _replaced(part, str(key), found)


def _at(data: Any, way: Sequence[str | int]) -> tuple[Any, Any]:
    """What is found at the end of a way, and what is around it; None where nothing is."""
    around, part = None, data
    for step in way:
        if step in _steps(part):
            around, part = part, part[step]
        elif step not in SHORT_FORMS:
            around, part = part, None
    return around, part


def _with_right_id(around: Any, part: Any, found: ErrorDetails) -> bool:
    """Give an id the shape of one, where it is a value, a key, one of a list or a short form."""
    *way, key = found["loc"]
    wrong, right = found["input"], as_id(str(found["input"]))
    if key != KEY:
        return _put(around, way[-1], right) if isinstance(part, str) else _put(part, key, right)
    if isinstance(around, list):
        around[:] = [right if one == wrong else one for one in around]
    elif isinstance(around, dict):
        entries = {right if name == wrong else name: value for name, value in around.items()}
        around.clear()
        around.update(entries)
    return isinstance(around, (list, dict))


def _put(around: Any, key: str | int, value: str) -> bool:
    is_there = key in _steps(around)
    if is_there:
        around[key] = value
    return is_there


def _steps(part: Any) -> Any:
    if isinstance(part, list):
        return range(len(part))
    return part if isinstance(part, dict) else ()


def _renamed(part: dict[str, Any], key: str, where: tuple[int | str, ...]) -> bool:
    model = model_at(Questionnaire, where[:-1])
    free = [] if model is None else [known for known in keys_of(model) if known not in part]
    value, near = part.pop(key), closest(key, free)
    if near is not None:
        part[near] = value
    return True


def _replaced(part: dict[str, Any], key: str, found: ErrorDetails) -> bool:
    """Take a value out; the second time, when it turned out to be needed, find one that fits."""
    allowed = re.findall(r"'([^']*)'", str(found.get("ctx", {}).get("expected", "")))
    near = closest(str(found["input"]), allowed)
    if near is not None:
        part[key] = near
    elif not str(found["input"]).startswith(STAND_IN):
        del part[key]
    elif allowed:
        part[key] = "choice" if "options" in part else allowed[0]
    else:
        places = [step for step in found["loc"] if isinstance(step, int)]
        part[key] = str((places or [0])[-1] + 1)
    return True
