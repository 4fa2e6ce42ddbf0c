"""The plan in an export: the target, and what was taken on."""

from datetime import date

from assessment.files.export import ACTION_KEYS, PLAN_KEYS
from assessment.files.export_parts import EXPORT_AGAIN, Parts
from assessment.files.near_misses import quoted, shortened, suggestion
from assessment.files.positions import Data, Where
from assessment.method.questionnaire import Questionnaire
from assessment.taken_on import NO_PLAN, Action, Plan, Terms

PLAN: Where = ("plan",)


def read_plan(questionnaire: Questionnaire, given: Data, parts: Parts) -> Plan:
    """Read what an export says under 'plan'.

    Args:
        questionnaire: Whose questions and levels it names.
        given: What stands there; None in a file of the first format.
        parts: Reads keys, and receives everything that is wrong.

    Returns:
        What is right of it.
    """
    if given is None:
        return NO_PLAN
    data = parts.keys({"plan": given}, "plan", (), PLAN_KEYS)
    actions = data.get("actions", [])
    if not isinstance(actions, list):
        parts.complaints.add((*PLAN, "actions"), "'actions' must be a list", EXPORT_AGAIN)
        actions = []
    found: dict[tuple[str, str], Action] = {}
    for number, one in enumerate(actions):
        where: Where = (*PLAN, "actions", number)
        action = _action(questionnaire, one, where, parts)
        if action is None:
            continue
        if (action.question, action.mark) in found:
            what = "this is taken on twice"
            parts.complaints.add(where, what, "leave one of the two")
        found[action.question, action.mark] = action
    return Plan(tuple(found.values()), _target(questionnaire, data.get("target"), parts))


def _target(questionnaire: Questionnaire, given: Data, parts: Parts) -> int | None:
    if given is None:
        return None
    levels = [str(level.level) for level in questionnaire.levels]
    if isinstance(given, str) and given in levels:
        return int(given)
    what = "'target' must be one of the levels"
    parts.complaints.add((*PLAN, "target"), what, f"write {quoted(levels)}, or null")
    return None


def _action(questionnaire: Questionnaire, given: Data, where: Where, parts: Parts) -> Action | None:
    if not isinstance(given, dict):
        parts.complaints.add(where, "an action must have keys", EXPORT_AGAIN)
        return None
    parts.check_keys(given, where, ACTION_KEYS)
    question, mark, words, owner, note = (
        parts.text(given, key, where) for key in ("question", "mark", "words", "owner", "note")
    )
    _check_mark(questionnaire, question, mark, where, parts)
    if not owner.strip():
        parts.complaints.add((*where, "owner"), "nobody owns this", "name a person or a role")
    taken = parts.moment(given, "taken", where)
    due = _day(given.get("due"), (*where, "due"), parts)
    outcome = _outcome(given.get("outcome"), (*where, "outcome"), parts)
    done = parts.moment(given, "done", where, may_be_null=True)
    if taken is None:
        return None
    return Action(question, mark, words, Terms(owner, due, note), taken, outcome, done)


def _check_mark(
    questionnaire: Questionnaire, question: str, mark: str, where: Where, parts: Parts
) -> None:
    about = questionnaire.by_id.get(question)
    if about is None:
        what = f"no question is called '{shortened(question)}'"
        fix = suggestion(question, questionnaire.by_id)
        parts.complaints.add((*where, "question"), what, fix)
    elif mark not in about.options:
        what = f"question '{question}' has no option '{shortened(mark)}'"
        parts.complaints.add((*where, "mark"), what, suggestion(mark, about.options))


def _day(given: Data, where: Where, parts: Parts) -> date | None:
    if given is None:
        return None
    try:
        if isinstance(given, str) and len(given) == len("2026-11-21"):
            return date.fromisoformat(given)
    except ValueError:
        pass
    parts.complaints.add(where, "'due' must be a day", "write e.g. '2026-11-21', or null")
    return None


def _outcome(given: Data, where: Where, parts: Parts) -> dict[str, str]:
    if isinstance(given, dict) and all(isinstance(said, str) for said in given.values()):
        return {label: str(said) for label, said in given.items()}
    parts.complaints.add(where, "'outcome' must be texts under their labels", EXPORT_AGAIN)
    return {}
