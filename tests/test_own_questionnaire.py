"""The product's own questionnaire: the contract kept, the words finished, the quotes true."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment.method.questionnaire import Question, Questionnaire, Requirement, Source

ROOT = Path(__file__).parent.parent
SOURCES = ROOT.parent / "shared" / "sources"


@pytest.fixture(scope="module")
def contract() -> Questionnaire:
    """The method's contract: ids, order, gates, as the method's authors fixed them."""
    text = (ROOT / "tests/contract/coordination-trace.yaml").read_text(encoding="utf-8")
    plain = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    return Questionnaire.model_validate(plain)


def rules(questionnaire: Questionnaire) -> dict[str, Any]:
    """Everything the method computes with, without a word that is only read."""
    return {
        "facts": [(f.id, f.type, f.required, list(f.options)) for f in questionnaire.profile],
        "stages": [stage.id for stage in questionnaire.stages],
        "questions": [
            (q.id, q.trace, q.applies_if, list(q.options), q.effort)
            for q in questionnaire.questions
        ],
        "levels": [(lv.level, lv.id, lv.name, list(lv.requires)) for lv in questionnaire.levels],
        "safeguards": list(questionnaire.safeguards),
        "readiness": [(i.id, i.name, list(i.all)) for i in questionnaire.readiness.items],
        "skills": [(i.id, i.name, list(i.all)) for i in questionnaire.skills.items],
        "patterns": [
            (p.id, p.name, p.urgent, p.step, list(p.when)) for p in questionnaire.patterns
        ],
    }


@pytest.mark.parametrize(
    "part",
    ["facts", "stages", "questions", "levels", "safeguards", "readiness", "skills", "patterns"],
)
def test_it_keeps_the_contract(part: str, own: Questionnaire, contract: Questionnaire) -> None:
    assert rules(own)[part] == rules(contract)[part]


def marks(questionnaire: Questionnaire) -> Iterator[Requirement]:
    """Every requirement that a reader can fall short of."""
    yield from (need for _, need in questionnaire.gates)
    yield from questionnaire.safeguards
    for checklist in (questionnaire.readiness, questionnaire.skills):
        for item in checklist.items:
            yield from item.all
    yield from (p.step for p in questionnaire.patterns if p.step is not None)


def test_every_mark_says_what_is_missing_and_what_to_do(own: Questionnaire) -> None:
    for need in marks(own):
        said = own.by_id[need.question].short_of.get(need.at_least)
        assert said is not None, need
        assert said.who
        assert said.after


@pytest.mark.parametrize("field", ["why", "prove", "who_knows", "source"])
def test_every_question_is_finished(field: str, own: Questionnaire) -> None:
    assert [q.id for q in own.questions if not getattr(q, field)] == []


def test_every_level_and_pattern_is_finished(own: Questionnaire) -> None:
    for level in own.levels:
        assert level.in_short
        assert level.looks_like
        assert level.brings
        assert level.stuck
    for pattern in own.patterns:
        assert pattern.looks_like
        assert pattern.costs
        assert pattern.breaks_it
        assert pattern.source


def test_an_action_starts_with_a_verb_and_ends_as_a_sentence(own: Questionnaire) -> None:
    for question in own.questions:
        for said in question.short_of.values():
            first = said.action.split()[0]
            assert re.fullmatch(r"[A-Z][a-z]+", first), said.action
            assert said.action.endswith(".")


def spoken_texts(question: Question) -> Iterator[str]:
    yield question.ask
    yield from (option.text for option in question.options.values())
    yield from question.counts
    yield from question.does_not_count
    for said in question.short_of.values():
        yield from (said.missing, said.action, said.after or said.action + "?")


def test_no_sentence_is_said_twice(own: Questionnaire) -> None:
    said = Counter(text for question in own.questions for text in spoken_texts(question))
    assert [text for text, times in said.items() if times > 1] == []


def quotes(questionnaire: Questionnaire) -> Iterator[Source]:
    for question in questionnaire.questions:
        yield from (s for s in (question.source,) if s)
        yield from (said.source for said in question.short_of.values() if said.source)
    yield from (pattern.source for pattern in questionnaire.patterns if pattern.source)


def test_every_quote_stands_in_its_source_word_for_word(own: Questionnaire) -> None:
    if not SOURCES.is_dir():
        if os.environ.get("REQUIRE_SOURCES"):
            pytest.fail("the articles are not beside the checkout")
        pytest.skip("the articles are not beside the checkout; they are not ours to ship")
    texts = {
        path.name[:3]: " ".join(path.read_text(encoding="utf-8").split())
        for path in SOURCES.glob("*.txt")
    }
    for source in quotes(own):
        assert source.document in own.sources
        assert source.quote is not None
        assert " ".join(source.quote.split()) in texts[source.document or ""], source.quote
        assert len(source.quote.split()) <= 20
