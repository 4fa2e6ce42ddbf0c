"""The schema for editors: fresh, content with what works, and awake to typical mistakes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from assessment.files.schema import PATH, schema_text

ROOT = Path(__file__).parent.parent


OLD_MEANINGS = ("timestamp", "bool")
"""What version 1.1 of YAML, which PyYAML reads, makes of dates and of words such as 'no'."""


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (version 1.2): numbers, true and false, but no dates and no 'no'."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in resolvers if tag.split(":")[-1] not in OLD_MEANINGS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF")
)


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a SafeLoader with less


def first_block_of_the_readme() -> str:
    readme = (ROOT / "questionnaires/README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    return found.group(1)


WORKING = {
    **{
        path.name: path.read_text(encoding="utf-8")
        for folder in ("questionnaires", "tests/questionnaires")
        for path in sorted((ROOT / folder).glob("*.yaml"))
    },
    "README.md": first_block_of_the_readme(),
}


@pytest.fixture(scope="module")
def editor() -> Draft202012Validator:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_schema_is_fresh() -> None:
    said = "run 'python -m assessment.files.schema'"
    assert PATH.read_text(encoding="utf-8") == schema_text(), said


@pytest.mark.parametrize("name", WORKING)
def test_an_editor_underlines_nothing_in_a_file_that_works(
    name: str, editor: Draft202012Validator
) -> None:
    errors = editor.iter_errors(as_an_editor_reads(WORKING[name]))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


MISTAKES = {
    "a misspelled key": ("title: How one", "titel: How one"),
    "a key with nothing behind it": ("prove: A link to the rota", "prove:"),
    "a key that is missing": ("version: 1.0.0\n", ""),
    "an effort that does not exist": ("effort: S", "effort: XL"),
    "a type that does not exist": ("type: choice", "type: option"),
    "a word for a number": ("trace: 1", "trace: first"),
    "a text for a list": ("stages: [reading, answering]", "stages: reading"),
    "a list for a text": ("who: The team lead", "who: [The team lead]"),
    "an id that cannot be one": ("id: shared-mailbox", "id: Shared mailbox"),
    "an option's id that cannot be one": ("rota: A rota says", "The Rota: A rota says"),
    "a requirement without its mark": (
        "{question: answering.time, at_least: agreed}",
        "{question: answering.time}",
    ),
    "a single option": ("      whoever_looks: Whoever happens to look\n", ""),
    "a level below one": ("- level: 1", "- level: 0"),
    "an action that is too long": ("action: Write", "action: Write " + "very " * 50),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_editor_underlines(mistake: str, editor: Draft202012Validator) -> None:
    right, wrong = MISTAKES[mistake]
    text = WORKING["README.md"]
    assert text.count(right) == 1
    assert not editor.is_valid(as_an_editor_reads(text.replace(right, wrong)))
