"""People who answer over the real protocol, and remember what the screen called saved."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from assessment.method.answers import NOT_ASKED, Answer, Trace
from assessment.pages import address, current
from assessment.pages.saving import key_of
from assessment.pages.start import examples
from assessment.pages.trace.journey import FIRST
from assessment.pages.trace.view import Way
from assessment.store.records import ChangeKind, QuestionnaireText
from assessment.store.traces import TraceStore
from reports.wording import WE_DO_NOT_KNOW
from tests.protocol import GONE, Tab, open_tab

READ = examples.questionnaires()[0]
QUESTIONS = READ.questionnaire.backbone
OPTIONS = {
    question.id: {option: one.text for option, one in question.options.items()}
    for question in QUESTIONS
}
SAVED = "Saved "


def begun(store: TraceStore, trace_id: str, trace: Trace | None = None) -> str:
    """Begin a trace with the questionnaire that ships."""
    questionnaire = READ.questionnaire
    text = QuestionnaireText(READ.fingerprint, questionnaire.id, questionnaire.version, READ.text)
    classify = current.classifying(questionnaire, trace_id)
    store.create(trace_id, text, trace or Trace({"name": trace_id}), classify, current.now())
    return trace_id


def address_of(trace_id: str, question: str | None = None) -> dict[str, str]:
    """What stands behind the question mark at the first questions of a trace, or at one of them."""
    return address.query(trace_id, FIRST, question)


async def choose(tab: Tab, trace_id: str, question: str, option: str) -> None:
    """Choose an option by its id."""
    await tab.choose(key_of(trace_id, question, "option"), OPTIONS[question][option])


def chosen(tab: Tab, trace_id: str, question: str) -> str | None:
    """The id of the option that the page shows as chosen."""
    text = tab.chosen(key_of(trace_id, question, "option"))
    if text is None or text.replace("\u2060", "") == WE_DO_NOT_KNOW:
        return None
    return next(option for option, shown in OPTIONS[question].items() if shown == text)


@dataclass
class Person:
    """Somebody who answers as long as there is a server, and comes back when there is one again.

    Attributes:
        trace: The trace of theirs.
        said: What the screen called saved: question -> option.
        unsure: What was given since then, and the screen had not yet called saved.
        count: How many answers the screen called saved.
        way: Whether all the first questions stand on the page, or one at a time.
    """

    trace: str
    random: Random
    way: Way = "parts"
    said: dict[str, str | None] = field(default_factory=dict)
    unsure: dict[str, set[str]] = field(default_factory=dict)
    count: int = 0
    _tab: Tab | None = None
    _shown: str = QUESTIONS[0].id

    async def answer(self, port: int, ready: asyncio.Event) -> None:
        """Answer until the server is gone.

        Args:
            port: Where it listens.
            ready: Set when the page has come.
        """
        try:
            query = address_of(self.trace, self._question)
            async with open_tab(port, "trace", query, self._tab, self.way) as tab:
                self._tab = tab
                ready.set()
                while True:
                    await self._settle(tab)
                    await self._give(tab)
                    await asyncio.sleep(self.random.uniform(0, 0.05))
        except GONE:
            ready.set()

    def allowed(self, question: str) -> set[str | None]:
        """What may stand in the database for a question."""
        return {self.said.get(question), *self.unsure.get(question, ())}

    async def _settle(self, tab: Tab) -> None:
        """Decide about what the page says is not saved; then believe what it shows."""
        if not tab.mark.startswith(SAVED):
            await tab.press(self.random.choice(["Try again", "Leave it as it was"]))
        if tab.mark.startswith(SAVED):
            for one in self._in_view:
                self.said[one] = chosen(tab, self.trace, one)
                self.unsure.pop(one, None)

    @property
    def _question(self) -> str | None:
        """The question that is shown; None for all of them."""
        return self._shown if self.way == "questions" else None

    @property
    def _in_view(self) -> list[str]:
        return [self._question] if self._question else [one.id for one in QUESTIONS]

    async def _give(self, tab: Tab) -> None:
        question = self.random.choice(QUESTIONS).id
        if self.way == "questions" and question != self._shown:
            self._shown = question
            await tab.visit(address_of(self.trace, question))
            await self._settle(tab)
        option = self.random.choice(list(OPTIONS[question]))
        self.unsure.setdefault(question, set()).add(option)
        try:
            await choose(tab, self.trace, question, option)
        finally:
            if tab.mark.startswith(SAVED):
                self.said[question] = option
                self.unsure.pop(question, None)
                self.count += 1


def is_whole(store: TraceStore, trace_id: str) -> bool:
    """Whether answers, history and result of a trace agree: nothing of it was written by half."""
    stored = store.load(trace_id)
    answers: dict[str, Answer] = {}
    for change in store.history(trace_id):
        if (
            change.kind is ChangeKind.ANSWER
            and change.question
            and isinstance(change.after, Answer)
        ):
            if change.before != answers.get(change.question, NOT_ASKED):
                return False
            answers[change.question] = change.after
    given = {question: answer for question, answer in answers.items() if answer != NOT_ASKED}
    computed = current.classifying(READ.questionnaire, trace_id)(stored.trace)
    return given == stored.trace.answers and computed == stored.result
