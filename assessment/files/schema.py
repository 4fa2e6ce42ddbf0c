"""The JSON Schema of a questionnaire file, made from the models, for editors.

An editor that knows it completes keys and underlines mistakes while an author writes; the first
line of our own files names it. `python -m assessment.files.schema` writes it anew.
"""

import json
from typing import Any

from assessment.files.questionnaires import SHIPPED
from assessment.method.questionnaire import Questionnaire

PATH = SHIPPED / "schema.json"


def schema_text() -> str:
    """Make the schema as the text of its file."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    models = schema.pop("$defs")
    choices = models["Fact"]["properties"]["options"]
    ids = {"type": "array", "items": {"type": "string"}}
    models["Fact"]["properties"]["options"] = {
        "description": choices.pop("description"),
        "anyOf": [ids, choices],
    }
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_as_read(schema),
        "title": "A questionnaire of the coordination audit",
        "$defs": {name: _as_read(model) for name, model in models.items()},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _as_read(part: Any) -> Any:
    """Say what our reader accepts, which is not quite what the models do.

    What an editor takes for a number or truth value is text to our reader: `version: 1.10` and
    `text: 2024` are fine. What is empty is refused, so that null is never right. Names that
    pydantic made from the keys are left out; nobody needs to be told that `at_least` is
    "At Least".
    """
    if isinstance(part, list):
        return [_as_read(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _as_read(inner) for key, inner in part.items() if not _is_noise(key, inner)}
    if kept.get("type") == "string" and "enum" not in kept:
        kept["type"] = ["string", "number", "boolean"]
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    alternatives = kept.get("anyOf", ())
    if {"type": "null"} in alternatives:
        needed = [inner for inner in alternatives if inner != {"type": "null"}]
        kept.pop("anyOf")
        kept = needed[0] | kept
    return kept


def _is_noise(key: str, inner: object) -> bool:
    is_made_up = key == "title" and isinstance(inner, str)
    return is_made_up or (key == "default" and not isinstance(inner, (str, int)))


def main() -> None:
    """Write the schema beside the questionnaires."""
    PATH.write_text(schema_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
