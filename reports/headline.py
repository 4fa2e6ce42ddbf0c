"""The honest headline: level, ceiling and evidenced level in words, and why it is so.

While a gate up to the ceiling has not been asked, the headline is an interval and gives no verdict
on the guess. Source: "Honest headline" in `questionnaires/README.md`.
"""

from dataclasses import dataclass

from assessment.method.engine import Finding, State
from assessment.method.gaps import Result
from assessment.method.questionnaire import Level
from reports.wording import capital, count, listed, sentence


@dataclass(frozen=True)
class Headline:
    """What is said first. Every text is one or two sentences, ready to be shown.

    `unasked` counts the questions that can still change the level; while there are any,
    `is_settled` is False. `requirements_met` and `requirements` count those of the next level
    (0 of 0 at the top), for "6 of 9".
    """

    text: str
    meaning: str
    demonstrated: str
    ceiling: str
    evidenced: str
    why: str
    ahead: str
    guess: str
    weakest: str
    is_settled: bool
    unasked: int
    requirements_met: int
    requirements: int

    @property
    def labels(self) -> tuple[str, str, str, str]:
        """What level, ceiling, evidenced level and guess are called, in this order.

        Until all is asked, level and ceiling are the ends of an interval, and say so.
        """
        ends = ("Shown", "Possible") if self.is_settled else ("At least", "At most")
        return (*ends, "With evidence", "Guessed")

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Each of them with what it rests on; the guess only where there is one."""
        said = (self.demonstrated, self.ceiling, self.evidenced, self.guess)
        pairs = zip(self.labels, said, strict=True)
        return tuple((label, text) for label, text in pairs if text)


def write_headline(result: Result) -> Headline:
    """Put level, ceiling, evidenced level and their reasons into words."""
    next_level = result.standing.at(result.standing.level + 1)
    applicable = [f for f in next_level if f.state is not State.NOT_APPLICABLE]
    return Headline(
        text=_text(result),
        meaning=_meaning(result),
        demonstrated=_demonstrated(result),
        ceiling=_ceiling(result),
        evidenced=_evidenced(result),
        why=_why(result, applicable),
        ahead=_ahead(result),
        guess=_guess(result),
        weakest=_weakest(result),
        is_settled=not result.unasked_gates,
        unasked=_unasked(result),
        requirements_met=sum(f.state is State.MET for f in applicable),
        requirements=len(applicable),
    )


def level_name(result: Result, level: int) -> str:
    """A level as the reader knows it: `level 2, Tool standardization`."""
    return f"level {level}, {_level(result, level).name}"


def _level(result: Result, level: int) -> Level:
    return result.questionnaire.levels[level - 1]


def _unasked(result: Result) -> int:
    return len({gate.question.id for gate in result.unasked_gates})


def _unknown(result: Result) -> int:
    """How many answers "we don't know" keep level and ceiling apart."""
    standing = result.standing
    between = (g for g in standing.gates if standing.level < g.level <= standing.ceiling)
    return len({g.question.id for g in between if g.state is State.UNKNOWN and g.is_asked})


def _text(result: Result) -> str:
    standing = result.standing
    level, ceiling, top = standing.level, standing.ceiling, result.questionnaire.top
    unasked = _unasked(result)
    if unasked:
        return f"Between level {level} and {ceiling}; {count(unasked, 'question')} not asked"
    if level < ceiling:
        return f"Level {level} is shown, up to {ceiling} is possible"
    return f"Level {level} of {top}: {_level(result, level).name}"


def _meaning(result: Result) -> str:
    standing = result.standing
    if result.unasked_gates and not standing.holding:
        if not any(answer.option for answer in result.trace.answers.values()):
            return "Nothing has been answered yet, so this is where every trace starts."
        return "Too little has been asked to name a level; the answers so far only set its limits."
    in_short = _level(result, standing.level).in_short
    return sentence(in_short) if in_short else ""


def _demonstrated(result: Result) -> str:
    standing = result.standing
    name = capital(level_name(result, standing.level))
    if standing.level == 1:
        return f"{name}: where every use case starts; nothing is required for it."
    held = len(standing.holding)
    if held == 1:
        return f"{name}: the one requirement up to here is met."
    return f"{name}: all {count(held, 'requirement')} up to here are met."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _ceiling(result: Result) -> str:
    standing = result.standing
    if standing.level == result.questionnaire.top:
        return "There is no higher level."
    if standing.level == standing.ceiling:
        return f"Also level {standing.ceiling}: what holds it back is known."
    unasked, unknown = _unasked(result), _unknown(result)
    missing = [
        f"{count(unasked, 'question')} not asked" if unasked else "",
        f"{count(unknown, 'answer')} not known" if unknown else "",
    ]
    because = listed([part for part in missing if part])
    return f"Could turn out to be {level_name(result, standing.ceiling)}: {because}."


def _evidenced(result: Result) -> str:
    standing = result.standing
    if standing.evidenced == standing.level:
        if standing.level == 1:
            return "Level 1 needs no evidence."
        return f"Every requirement up to level {standing.level} has evidence."
    lacking = [g for g in standing.gates if g.level <= standing.level and not g.is_evidenced]
    missing = len({g.question.id for g in lacking})
    return (
        f"Evidence carries it to level {standing.evidenced}; "
        f"{count(missing, 'answer')} up to level {standing.level} {_have(missing)} none yet."
    )


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _why(result: Result, next_level: list[Finding]) -> str:
    standing = result.standing
    if not next_level:
        return "Every requirement of every level is met."
    met = sum(f.state is State.MET for f in next_level)
    open_ = sum(f.state is State.OPEN for f in next_level)
    unknown = [f for f in next_level if f.state is State.UNKNOWN]
    not_known = sum(f.is_asked for f in unknown)
    unasked = len(unknown) - not_known
    parts = [
        f"{open_} {_are(open_)} missing" if open_ else "",
        f"{not_known} {_are(not_known)} not known" if not_known else "",
        f"{unasked} {_are(unasked)} not asked yet" if unasked else "",
    ]
    rest = listed([part for part in parts if part])
    name = _level(result, standing.level + 1).name
    return f"{met} of {len(next_level)} requirements of {name} {_are(met)} met; {rest}."


def _ahead(result: Result) -> str:
    ahead = result.standing.ahead
    if not ahead:
        return ""
    names = listed([level_name(result, level) for level in ahead])
    return (
        f"Ahead of its base: what {names} asks for is there, but the levels below are not. "
        "That strength rests on something that is missing."
    )


def _guess(result: Result) -> str:
    standing = result.standing
    gap, perceived = standing.perception_gap, standing.perceived
    if gap is None or perceived is None:
        return ""
    if result.unasked_gates:
        return f"The guess before the start was level {perceived}."
    if gap == 0:
        fits = "was right" if standing.level == standing.ceiling else "lies within what is possible"
        return f"The guess before the start, level {perceived}, {fits}."
    where = "above what it can be" if gap > 0 else "below what is shown"
    levels = count(abs(gap), "level")
    return f"The guess before the start, level {perceived}, lies {levels} {where}."


def _weakest(result: Result) -> str:
    profile = result.standing.stage_profile
    least = min(profile.values())
    if least == result.questionnaire.top:
        return "Every stage carries the highest level."
    weakest = [s for s in result.questionnaire.stages if profile[s.id] == least]
    limit = "at most" if _is_known(result, {s.id for s in weakest}, least + 1) else "so far"
    if len(weakest) == len(profile):
        return f"Every stage carries level {least} {limit}."
    link, verb = ("link", "carries") if len(weakest) == 1 else ("links", "carry")
    titles = listed([stage.title for stage in weakest])
    return f"The weakest {link}: {titles} {verb} level {least} {limit}."


def _is_known(result: Result, stages: set[str], level: int) -> bool:
    """Whether something is known to be missing in each stage for a level; unknown is not no."""
    missing = (f for f in result.standing.at(level) if f.state is State.OPEN)
    return stages <= {finding.question.stage_id for finding in missing}
