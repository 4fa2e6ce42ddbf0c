"""People who answer over the real protocol, and remember what the screen called saved."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from assessment.method.answers import NOT_ASKED, Answer, Trace
from assessment.pages import current, examples
from assessment.pages.journey import FIRST
from assessment.pages.saving import key_of
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


def address_of(trace_id: str) -> dict[str, str]:
    """What stands behind the question mark at the first questions of a trace."""
    return {"trace": trace_id, "at": FIRST}


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
    """

    trace: str
    random: Random
    said: dict[str, str | None] = field(default_factory=dict)
    unsure: dict[str, set[str]] = field(default_factory=dict)
    count: int = 0
    _tab: Tab | None = None

    async def answer(self, port: int, ready: asyncio.Event) -> None:
        """Answer until the server is gone.

        Args:
            port: Where it listens.
            ready: Set when the page has come.
        """
        try:
            async with open_tab(port, "trace", address_of(self.trace), self._tab) as tab:
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
            self.said = {one.id: chosen(tab, self.trace, one.id) for one in QUESTIONS}
            self.unsure.clear()

    async def _give(self, tab: Tab) -> None:
        question = self.random.choice(QUESTIONS).id
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
