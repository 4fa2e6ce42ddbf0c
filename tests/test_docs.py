"""The guide for authors is complete and true."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from assessment.files.model_keys import keys_of, models_within
from assessment.files.questionnaires import read_questionnaire
from assessment.method.questionnaire import Questionnaire
from tests.test_schema import first_block_of_the_readme

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "questionnaires/README.md").read_text(encoding="utf-8")
MODELS = sorted(models_within(Questionnaire), key=lambda model: model.__name__)


def test_the_first_example_of_the_guide_works_as_it_stands() -> None:
    read = read_questionnaire(first_block_of_the_readme(), "README.md")
    assert read.warnings == ()
    assert (len(read.questionnaire.questions), read.questionnaire.top) == (2, 2)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_guide_explains_every_key(model: type[BaseModel]) -> None:
    said = set(re.findall(r"`([a-z_]+)`", GUIDE))
    said |= {
        key for line in re.findall(r"`\{(.+?)\}`", GUIDE) for key in re.findall(r"(\w+):", line)
    }
    assert [key for key in keys_of(model) if key not in said] == []


def test_the_guide_explains_no_key_that_does_not_exist() -> None:
    every = {key for model in MODELS for key in keys_of(model)}
    tables = re.findall(r"^\| key \|.*?\n\|---\|---\|\n((?:\|.*\n)+)", GUIDE, re.MULTILINE)
    explained = {
        key
        for table in tables
        for row in table.splitlines()
        for key in re.findall(r"`([a-z_]+)`", row.split("|")[1])
    }
    assert len(explained) > 50
    assert explained <= every
