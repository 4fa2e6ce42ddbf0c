"""Questionnaires and traces that nobody wrote: small, but with everything the method knows."""

from typing import Any

from hypothesis import strategies as st

from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire

CHANNELS = ("mail", "shop")


@st.composite
def questionnaires(draw: st.DrawFn, most_questions: int = 6) -> Questionnaire:
    """A questionnaire without contradictions; marks are never the weakest option."""
    count = draw(st.integers(2, most_questions))
    stages = [f"s{n}" for n in range(draw(st.integers(1, 3)))]
    questions = [_question(draw, n, stages) for n in range(count)]
    gates = [q for q in questions if "applies_if" not in q]
    top = draw(st.integers(2, 4))
    levels: list[dict[str, Any]] = [{"level": 1, "id": "l1", "name": "Level 1"}]
    for level in range(2, top + 1):
        chosen = draw(st.lists(st.sampled_from(gates), max_size=3, unique_by=lambda q: q["id"]))
        needs = [_requirement(draw, q) for q in chosen]
        levels.append({"level": level, "id": f"l{level}", "name": f"L {level}", "requires": needs})
    guarded = draw(st.lists(st.sampled_from(questions), max_size=3, unique_by=lambda q: q["id"]))
    safeguards = [{**_requirement(draw, q), "from": draw(st.integers(2, top + 1))} for q in guarded]
    return Questionnaire.model_validate(
        {
            "id": "invented",
            "version": "1",
            "title": "Invented",
            "profile": [
                {"id": "name", "type": "text", "required": True},
                {"id": "channel", "type": "choice", "options": list(CHANNELS)},
                {"id": "guess", "type": "level"},
            ],
            "stages": stages,
            "questions": questions,
            "levels": levels,
            "safeguards": safeguards,
            "patterns": [_pattern(draw, n, questions, top) for n in range(draw(st.integers(0, 4)))],
        }
    )


def _question(draw: st.DrawFn, number: int, stages: list[str]) -> dict[str, Any]:
    size = draw(st.integers(2, 4))
    question: dict[str, Any] = {
        "id": f"{draw(st.sampled_from(stages))}.q{number}",
        "ask": f"Question {number}?",
        "options": {f"o{rank}": f"Option {rank}" for rank in range(size)},
    }
    # The first two always apply, so that there is something to make gates of.
    if number >= 2 and draw(st.booleans()):
        question["applies_if"] = {"profile": "channel", "in": ["mail"]}
    return question


def _requirement(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, Any]:
    mark = draw(st.integers(1, len(question["options"]) - 1))
    return {"question": question["id"], "at_least": f"o{mark}"}


def _pattern(
    draw: st.DrawFn, number: int, questions: list[dict[str, Any]], top: int
) -> dict[str, Any]:
    when = [_condition(draw, questions, top) for _ in range(draw(st.integers(1, 3)))]
    pattern: dict[str, Any] = {"id": f"p{number}", "name": f"Pattern {number}", "when": when}
    if draw(st.integers(0, 3)):
        pattern["step"] = _requirement(draw, draw(st.sampled_from(questions)))
        pattern["urgent"] = draw(st.booleans())
    return pattern


def _condition(draw: st.DrawFn, questions: list[dict[str, Any]], top: int) -> dict[str, Any]:
    kind = draw(st.integers(0, 7))
    if kind == 0:
        return {"profile": "channel", "in": [draw(st.sampled_from(CHANNELS))]}
    if kind == 1:
        return {"perceived_above_ceiling": draw(st.integers(1, top - 1))}
    question = draw(st.sampled_from(questions))
    last = len(question["options"]) - 1
    low = draw(st.integers(0, last))
    high = draw(st.integers(low, last))
    side = draw(st.sampled_from(("at_least", "at_most", "both")))
    condition: dict[str, Any] = {"question": question["id"]}
    if side != "at_most":
        condition["at_least"] = f"o{low}"
    if side != "at_least":
        condition["at_most"] = f"o{high}"
    return condition


def answer_to(question: Question) -> st.SearchStrategy[Answer]:
    """Any answer to a question: an option, "we don't know", or none yet; with evidence or not."""
    return st.builds(
        Answer,
        option=st.sampled_from([*question.options, UNKNOWN, None, None]),
        evidence=st.sampled_from([(), ("A page",), ("  ",)]),
    )


@st.composite
def traces(draw: st.DrawFn, questionnaire: Questionnaire) -> Trace:
    """Any trace that a questionnaire admits, its facts given or not."""
    facts: dict[str, FactValue] = {"name": "A use case"}
    channel = next((f for f in questionnaire.profile if f.id == "channel"), None)
    for fact in questionnaire.profile:
        if fact.type == "choice" and draw(st.booleans()):
            facts[fact.id] = draw(st.sampled_from(list(fact.options)))
        if fact.type == "choices" and draw(st.booleans()):
            chosen = draw(st.lists(st.sampled_from(list(fact.options)), min_size=1, unique=True))
            facts[fact.id] = tuple(chosen)
    guess = questionnaire.guess_fact
    if guess is not None and (channel is None or draw(st.booleans())):
        facts[guess.id] = draw(st.integers(1, questionnaire.top))
    answers = {q.id: draw(answer_to(q)) for q in questionnaire.questions}
    return Trace(facts, answers)


@st.composite
def traced(draw: st.DrawFn, most_questions: int = 6) -> tuple[Questionnaire, Trace]:
    """A questionnaire and a trace of it."""
    questionnaire = draw(questionnaires(most_questions))
    return questionnaire, draw(traces(questionnaire))
