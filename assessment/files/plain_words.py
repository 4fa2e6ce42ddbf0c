"""What the models refuse, in the words of whoever wrote the file."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessment.files.model_keys import (
    KEY,
    choices_of,
    keys_of,
    model_at,
    required_keys,
    short_forms,
)
from assessment.files.near_misses import as_id, closest, quoted, shortened, suggestion
from assessment.files.positions import Positioned, Where
from assessment.files.problems import Problem
from assessment.method.questionnaire import Questionnaire

Words = tuple[str, str]
"""What is wrong, and how to mend it."""
NO_NUMBER = ("{name} must be a whole number, not {shown}", "write e.g. '{key}: 2'")
NO_LIST = ("{name} must be a list, not {shown}", "start each entry with '- ' on a line of its own")
NO_KEYS = ("{name} must have keys, not be {shown}", "write lines such as 'key: value'")
NO_TRUTH = ("{name} must be true or false, not {shown}", "write '{key}: true', or take it out")

SAYINGS: Mapping[str, Words] = {
    "missing": ("the key {name} is missing", "add a line '{key}: ...'"),
    "string_type": (
        "{name} must be a text, not {shown}",
        "write one text; one that starts with a bracket needs quotes",
    ),
    "string_too_short": ("{name} is empty", "write what belongs there, or take it out"),
    "string_too_long": (
        "{name} has {size} characters; at most {max_length} are allowed",
        "shorten it",
    ),
    "int_parsing": NO_NUMBER,
    "int_type": NO_NUMBER,
    "int_parsing_size": NO_NUMBER,
    "int_from_float": NO_NUMBER,
    "greater_than_equal": ("{name} must be at least {ge}, not {shown}", "write a larger number"),
    "less_than_equal": ("{name} must be at most {le}, not {shown}", "write a smaller number"),
    "bool_parsing": NO_TRUTH,
    "bool_type": NO_TRUTH,
    "too_short": (
        "{name} needs at least {min_length} entries and has {size}",
        "add what is missing",
    ),
    "sequence_str": NO_LIST,
    "list_type": NO_LIST,
    "is_instance_of": NO_LIST,
    "dict_type": NO_KEYS,
    "mapping_type": NO_KEYS,
}
"""pydantic's kinds of error: what is wrong, and how to mend it."""

OTHERWISE = ("{name} cannot be {shown}", "compare it with a questionnaire that works")


def in_authors_words(
    error: ValidationError, document: Positioned, model: type[BaseModel]
) -> tuple[Problem, ...]:
    """Turn everything that pydantic found into problems of the file.

    Args:
        error: What validating `document` as `model` raised.
        document: The data and where each part of it stands.
        model: What the whole document was read as.

    Returns:
        One problem for each thing that is wrong, in the order of the file. What is empty is
        left to `empty_parts`.
    """
    skip = short_forms(model)
    errors = error.errors(include_url=False)
    misspelled = set(_misspelled(errors, model))
    problems = []
    for found in errors:
        has_nothing = found["input"] is None and found["type"] != "extra_forbidden"
        if has_nothing or (found["type"] == "missing" and found["loc"] in misspelled):
            continue
        where = found["loc"]
        if where not in document.positions and where[-1] in skip and found["type"] != "missing":
            where = where[:-1]
        what, fix = _words(found, where, model)
        problems.append(Problem(document.path, document.locate(where, skip), what, fix))
    return tuple(sorted(problems))


def _misspelled(errors: Sequence[ErrorDetails], model: type[BaseModel]) -> Iterator[Where]:
    """The keys that are there under another name; that they are missing needs no saying."""
    for found in errors:
        around = model_at(model, found["loc"][:-1])
        if found["type"] == "extra_forbidden" and around is not None:
            near = closest(str(found["loc"][-1]), keys_of(around))
            yield (*found["loc"][:-1], near or "")


def empty_parts(document: Positioned) -> tuple[Problem, ...]:
    """Every key and list item behind which nothing stands."""
    return tuple(
        Problem(
            document.path,
            document.positions[where],
            f"{named(where)} is empty",
            "write what belongs there, or take it out",
        )
        for where, value in parts(document.data)
        if value is None
    )


def parts(data: object, where: Where = ()) -> list[tuple[Where, object]]:
    """Every part of some data with the way to it, the whole first."""
    found: list[tuple[Where, object]] = [(where, data)]
    if isinstance(data, dict):
        for key, value in data.items():
            found.extend(parts(value, (*where, key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found.extend(parts(value, (*where, index)))
    return found


def named(where: Sequence[str | int]) -> str:
    """Name a part for its author: `'ask'`, `item 2 of 'questions'`, or `the file`."""
    keys = [part for part in where if part != KEY]
    if not keys:
        return "the file"
    last = keys[-1]
    if isinstance(last, str):
        return f"'{shortened(last)}'"
    return f"item {last + 1} of {named(keys[:-1])}"


def _words(found: ErrorDetails, where: Where, model: type[BaseModel]) -> Words:
    special = {
        "extra_forbidden": _unknown_key,
        "model_type": _without_keys,
        "literal_error": _not_among,
        "string_pattern_mismatch": _wrong_shape,
    }
    if found["type"] in special:
        return special[found["type"]](found, model)
    name, given = named(where), found["input"]
    size = len(given.strip() if isinstance(given, str) else given) if _has_size(given) else 0
    limits = found.get("ctx", {})
    what, fix = SAYINGS.get(found["type"], OTHERWISE)
    if found["type"] == "sequence_str" and re.fullmatch(r"[\w.-]{1,40}", given):
        fix = "write '{key}: [" + given + "]'"
    facts = {**limits, "name": name, "key": name[1:-1], "shown": _shown(given), "size": size}
    return what.format(**facts), fix.format(**facts)


def _unknown_key(found: ErrorDetails, model: type[BaseModel]) -> Words:
    around = model_at(model, found["loc"][:-1])
    known = () if around is None else keys_of(around)
    near = closest(str(found["loc"][-1]), known)
    if found["input"] is None and near is None:
        what = f"{named(found['loc'])} stands here like a key"
        return what, "a text with a comma in it needs quotes inside { }"
    fix = f"did you mean '{near}'?" if near else f"the keys here are {', '.join(known)}"
    return f"unknown key {named(found['loc'])}", fix


def _without_keys(found: ErrorDetails, model: type[BaseModel]) -> Words:
    here = model_at(model, found["loc"])
    needed = ", ".join(f"'{key}: ...'" for key in (required_keys(here) if here else ()))
    what = NO_KEYS[0].format(name=named(found["loc"]), shown=_shown(found["input"]))
    return what, f"write {needed}" if needed else NO_KEYS[1]


def _not_among(found: ErrorDetails, model: type[BaseModel]) -> Words:
    around = model_at(model, found["loc"][:-1])
    allowed = () if around is None else choices_of(around, str(found["loc"][-1]))
    what = f"{named(found['loc'])} must be {quoted(allowed)}, not {_shown(found['input'])}"
    return what, suggestion(str(found["input"]), allowed)


def _wrong_shape(found: ErrorDetails, model: type[BaseModel]) -> Words:
    shown = _shown(found["input"])
    if model is Questionnaire and found["loc"] == ("language",):
        return f"'language' must be a language code, not {shown}", "write e.g. 'en' or 'pt-BR'"
    rule = "use small letters, digits, '_', '-' and '.'"
    return f"{shown} cannot be an id", f"{rule}: e.g. '{as_id(str(found['input']))}'"


def _has_size(given: object) -> bool:
    return isinstance(given, (str, list, dict))


def _shown(given: object) -> str:
    """A value as it can stand in a message."""
    if isinstance(given, dict):
        return "keys with values"
    return "a list" if isinstance(given, list) else f"'{shortened(str(given))}'"
