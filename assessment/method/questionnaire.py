"""What a questionnaire may say: the models of its file, in the order in which a reader meets them.

Everything the method says is made of one thing, a `Requirement`: "this question is answered at
least so". Levels, safeguards, readiness and skills are named groups of requirements; patterns are
named combinations of answers and facts. See "One primitive" in `questionnaires/README.md`.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from assessment.method.authoring import FromFile, Id, Text, ids_as_keys, spoken

Effort = Literal["S", "M", "L"]
FactType = Literal["text", "choice", "choices", "number", "level"]

NAME_FACT = "name"
"""The one fact that every use case has, whatever the questionnaire: what people call it."""

UNKNOWN = "unknown"
"""The answer "we don't know", which every question accepts beside its own options."""


class Source(FromFile):
    """Where a rule comes from, with the words that carry it."""

    short_form: ClassVar[str | None] = "place"

    document: Id | None = Field(None, description="A key of 'sources'.")
    quote: Text | None = Field(None, description="A few words that stand in the source exactly so.")
    place: Text | None = Field(None, description="Where in the source, in words.")


class Document(FromFile):
    """One document the method rests on."""

    title: Text
    author: Text | None = None
    published: Text | None = Field(None, description="Where and when it appeared.")


class About(FromFile):
    """What somebody reads before starting."""

    promise: Text = Field(description="One sentence: what one gets.")
    subject: Text = Field(description="What is traced, in one or two words: 'AI use case'.")
    gains: Sequence[Text] = Field((), description="What one leaves with, a line each.")
    caution: Text | None = Field(None, description="What the result is not.")
    minutes: int | None = Field(None, ge=1, le=600, description="How long it usually takes.")


class FactOption(FromFile):
    """One choice of a fact."""

    short_form: ClassVar[str | None] = "text"

    text: Text | None = Field(None, description="As the reader sees it; else made from the id.")
    help: Text | None = Field(None, description="A few words that explain the choice.")


class Fact(FromFile):
    """Something about the use case. Facts decide what applies and never raise or lower a level."""

    id: Id
    type: FactType
    required: bool = False
    ask: Text | None = Field(None, description="The question that asks for it.")
    label: Text | None = Field(None, description="A short name for tables.")
    help: Text | None = Field(None, description="Why it is asked or how to find it.")
    example: Text | None = Field(None, description="An example answer, shown in the empty field.")
    unit: Text | None = Field(None, description="What a number counts: 'outputs a month'.")
    options: Annotated[Mapping[Id, FactOption], BeforeValidator(ids_as_keys)] = Field(
        default_factory=dict, description="For choice and choices: id to text."
    )

    @property
    def title(self) -> str:
        """The short name, made from the id where the author gave none."""
        return self.label or spoken(self.id)

    def option_text(self, option: str) -> str:
        """How a choice reads: its text, or its id in words."""
        return self.options[option].text or spoken(option)


class FactCondition(FromFile):
    """Holds when the fact is one of those listed (for several choices: when any of them is)."""

    profile: Id
    in_: Sequence[Id] = Field(alias="in", min_length=1)


class Condition(FromFile):
    """One line under 'when': about a fact, about an answer, or about the guess."""

    profile: Id | None = None
    in_: Sequence[Id] | None = Field(None, alias="in", min_length=1)
    question: Id | None = None
    at_least: Id | None = None
    at_most: Id | None = None
    perceived_above_ceiling: int | None = Field(
        None, ge=1, description="The guess lies at least so many levels above the ceiling."
    )

    @cached_property
    def fact(self) -> FactCondition | None:
        """The condition on a fact, if this is one."""
        if self.profile is None or self.in_ is None:
            return None
        return FactCondition(profile=self.profile, in_=self.in_)


class Requirement(FromFile):
    """The one primitive: this question is answered at least so."""

    question: Id
    at_least: Id


class Safeguard(Requirement):
    """A requirement that never decides a level, but counts once a use case nears level 'from'."""

    from_: int = Field(alias="from", ge=1, description="Counts from one level below this one.")


class Stage(FromFile):
    """One part of the way that the work takes."""

    short_form: ClassVar[str | None] = "id"

    id: Id
    name: Text | None = None
    about: Text | None = Field(None, description="One sentence: what this stage is about.")

    @property
    def title(self) -> str:
        """The name, made from the id where the author gave none."""
        return self.name or spoken(self.id)


class Option(FromFile):
    """One possible answer, describing something one could observe."""

    short_form: ClassVar[str | None] = "text"

    text: Text


class Detail(FromFile):
    """What is asked beside an answer, so that a report can name it: "Who?" -> Maria."""

    short_form: ClassVar[str | None] = "ask"

    ask: Text
    label: Text | None = Field(None, description="How the report calls it: 'Owner'.")
    at_least: Id | None = Field(None, description="Asked from this option on; else always.")


class Check(FromFile):
    """Looking at a few recent cases point by point; what was ticked is kept as evidence."""

    of: Text = Field(description="What is looked at, one of them: 'Request'.")
    times: int = Field(3, ge=1, le=10, description="How many of them.")
    ask: Text | None = Field(None, description="What to do, in a sentence.")
    points: Sequence[Text] = Field(min_length=1, description="What each may have.")


class Shortfall(FromFile):
    """What to say when the answer is below a mark: the gap, and how it is closed."""

    missing: Text = Field(description="What is missing, in plain words.")
    why: Text | None = Field(None, description="Why it matters; else the question's own 'why'.")
    action: Annotated[Text, Field(max_length=240)] = Field(
        description="What to do: starts with a verb, concrete, at most 240 characters."
    )
    who: Text | None = Field(None, description="Who typically does it.")
    after: Text | None = Field(None, description="What exists afterwards that did not before.")
    effort: Effort | None = Field(None, description="Else the question's effort.")
    prove: Text | None = Field(None, description="What would prove it; else the question's own.")
    form: Sequence[Text] = Field(
        (), description="What is written down when it is done, a line each: 'Signal', 'Limit'."
    )
    source: Source | None = Field(None, description="Else the question's source.")


class Question(FromFile):
    """A question with its answers, ordered from weakest to strongest."""

    id: Id
    stage: Id | None = Field(None, description="Else what the id says before its first dot.")
    trace: int | None = Field(
        None, ge=1, description="Its place among the backbone questions that are asked first."
    )
    applies_if: FactCondition | None = Field(
        None, description="Asked only when this holds; a fact not given leaves it applicable."
    )
    ask: Text
    why: Text | None = Field(None, description="Why it matters, in one or two sentences.")
    options: Mapping[Id, Option] = Field(min_length=2, description="Weakest first.")
    counts: Sequence[Text] = Field((), description="Examples that count, where people disagree.")
    does_not_count: Sequence[Text] = Field((), description="Examples that do not count.")
    prove: Text | None = Field(None, description="What would prove the answer.")
    who_knows: Text | None = Field(None, description="Who would know, if we do not.")
    detail: Detail | None = None
    check: Check | None = None
    effort: Effort = "M"
    source: Source | None = None
    short_of: Mapping[Id, Shortfall] = Field(
        default_factory=dict,
        description="Mark (an option's id) to what is said when the answer is below it.",
    )

    @property
    def stage_id(self) -> str:
        """The stage it belongs to."""
        return self.stage or self.id.split(".", 1)[0]

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Option id -> its place, 0 for the weakest."""
        return {option: rank for rank, option in enumerate(self.options)}


class Level(FromFile):
    """A level, and what has to hold for it beside all that the levels below it require."""

    level: int = Field(ge=1)
    id: Id
    name: Text
    in_short: Text | None = Field(
        None, description="A sentence a person can repeat to a colleague: what this level means."
    )
    looks_like: Text | None = Field(None, description="What it looks like at work.")
    brings: Text | None = Field(None, description="What it brings.")
    stuck: Text | None = Field(None, description="Why people get stuck there.")
    requires: Sequence[Requirement] = Field(
        (), description="In the order in which the method would close them."
    )


class ChecklistItem(FromFile):
    """A named group of requirements that is read as one."""

    id: Id
    name: Text
    about: Text | None = Field(None, description="What it means, in a sentence.")
    all: Sequence[Requirement] = Field(min_length=1)


class Checklist(FromFile):
    """Items of one kind, with a heading. A plain list of items is its short form."""

    short_form: ClassVar[str | None] = "items"

    title: Text | None = None
    intro: Text | None = None
    items: Sequence[ChecklistItem] = ()


class Pattern(FromFile):
    """A named situation: shows when everything under 'when' holds on known answers."""

    id: Id
    name: Text
    source: Source | None = None
    urgent: bool = Field(
        False, description="Where only its step's answer is unknown, finding that out comes early."
    )
    step: Requirement | None = Field(None, description="The cure; comes before the next level.")
    when: Sequence[Condition] = Field(min_length=1)
    looks_like: Text | None = Field(None, description="What it looks like.")
    costs: Text | None = Field(None, description="What it costs.")
    breaks_it: Text | None = Field(None, description="What breaks it.")


class Stake(FromFile):
    """A sentence about what the use case touches; the first whose conditions hold is said."""

    when: Sequence[Condition] = ()
    say: Text = Field(description="May name facts in braces: 'About {outputs_per_month} a month'.")


class MapNode(FromFile):
    """A box of the trace map."""

    id: Id
    name: Text
    column: int = Field(ge=1, description="Its place from left to right.")
    row: int = Field(1, ge=1, description="Its place from top to bottom.")
    needs: Sequence[Requirement] = Field((), description="What its state is read from.")
    detail: Sequence[Id] = Field((), description="Questions whose detail is written in the box.")


class MapLink(FromFile):
    """An arrow of the trace map."""

    from_: Id = Field(alias="from")
    to: Id
    name: Text | None = None
    needs: Sequence[Requirement] = ()
    detail: Sequence[Id] = ()


class Map(FromFile):
    """The trace as a picture. A questionnaire without one shows its stages in a row."""

    nodes: Sequence[MapNode] = Field(min_length=1)
    links: Sequence[MapLink] = ()


class Questionnaire(FromFile):
    """A whole questionnaire file."""

    id: Id
    version: Annotated[Text, Field(max_length=40)]
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    about: About | None = None
    sources: Mapping[Id, Document] = Field(default_factory=dict)
    profile: Sequence[Fact] = Field(min_length=1)
    stages: Sequence[Stage] = Field(min_length=1)
    questions: Sequence[Question] = Field(min_length=1)
    levels: Sequence[Level] = Field(min_length=2)
    safeguards: Sequence[Safeguard] = ()
    readiness: Checklist = Checklist()
    skills: Checklist = Checklist()
    patterns: Sequence[Pattern] = ()
    stakes: Sequence[Stake] = ()
    map: Map | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Question id -> question, in the questionnaire's order."""
        return {question.id: question for question in self.questions}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Fact id -> fact, in the questionnaire's order."""
        return {fact.id: fact for fact in self.profile}

    @cached_property
    def gates(self) -> Sequence[tuple[int, Requirement]]:
        """Every requirement of every level with that level, in the contract's order."""
        return tuple((level.level, need) for level in self.levels for need in level.requires)

    @cached_property
    def backbone(self) -> Sequence[Question]:
        """The questions that are asked first, in their order."""
        asked_first = [(q.trace, q) for q in self.questions if q.trace is not None]
        return tuple(question for _, question in sorted(asked_first, key=lambda pair: pair[0]))

    @cached_property
    def guess_fact(self) -> Fact | None:
        """The fact in which people name a level before they start, if there is one."""
        return next((fact for fact in self.profile if fact.type == "level"), None)

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.levels)

    def rank(self, requirement: Requirement) -> int:
        """The place of a requirement's mark among its question's options, 0 for the weakest."""
        return self.by_id[requirement.question].ranks[requirement.at_least]
