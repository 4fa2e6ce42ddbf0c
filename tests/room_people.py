"""A workshop on a real questionnaire, and the facilitator who leads it, for tests of its pages."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from secrets import token_urlsafe
from urllib.parse import urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from assessment.files.questionnaires import ReadQuestionnaire, find
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.method.record import record
from assessment.store.database import Database
from assessment.store.join_codes import make_code
from assessment.store.participation import Participation
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.room import RoomStore
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Pace, Step, WorkshopPlan
from assessment.store.workshops import WorkshopStore
from tests.asgi import Answer, ask

OWN = find("coordination-trace")
FUNCTIONS = ("Marketing", "Sales", "Customer service")
HOSTILE = "<script>alert(1)</script>\"'&\u202e"
USE_CASE = "Replies to supplier complaints"


def options(question: str) -> list[str]:
    """The options of a question of our own questionnaire, the weakest first."""
    return list(OWN.questionnaire.by_id[question].options)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Facilitator:
    """Leads one workshop, as the facilitators' pages will."""

    database: Database
    plan: WorkshopPlan = field(default_factory=lambda: WorkshopPlan(FUNCTIONS))
    read: ReadQuestionnaire = OWN
    name: str = USE_CASE

    def __post_init__(self) -> None:
        questionnaire = self.read.questionnaire
        text = QuestionnaireText(
            self.read.fingerprint, questionnaire.id, questionnaire.version, self.read.text
        )

        def classify(trace: Trace) -> StoredResult:
            result = assess(questionnaire, trace)
            at = result.standing
            return StoredResult(at.level, at.ceiling, at.evidenced, record(result, self.use_case))

        self.use_case = token_urlsafe(16)
        self.key, self.code, self.id = token_urlsafe(16), make_code(), token_urlsafe(16)
        self.traces = TraceStore(self.database)
        self.traces.create(self.use_case, text, Trace({"name": self.name}), classify, now())
        self.workshops = WorkshopStore(self.database)
        self.said = RoomStore(self.database)
        self.room = Participation(self.database)
        self.workshops.open((self.id, self.key, self.code), self.use_case, self.plan, now())
        self.questions = [question.id for question in questionnaire.backbone]

    def go(self, step: Step, question: str | None = None) -> None:
        self.workshops.move(self.key, self.workshops.load(self.key).version, step, question, now())

    def ask(self, question: str) -> None:
        self.go(Step.ANSWER, question)

    def ask_all(self) -> None:
        self.workshops.put(self.key, self.questions, now())
        self.go(Step.ANSWER)

    def reveal(self, question: str) -> None:
        self.workshops.reveal(self.key, question, now())

    def others(self, *options: str, question: str = "") -> None:
        """Let as many others join and answer."""
        for option in options:
            token = token_urlsafe(16)
            self.room.join(self.code, token, FUNCTIONS[0], now())
            self.room.vote(token, question or self.questions[0], option, "", now())

    @property
    def answered(self) -> dict[str, int]:
        return dict(self.said.attendance(self.key, now()).answered)


OWN_PACE = WorkshopPlan(FUNCTIONS, pace=Pace.OWN)
REHEARSAL = WorkshopPlan(FUNCTIONS, is_rehearsal=True)


class Phone:
    """A browser without a script, in this process: keeps its cookie, follows where it is sent."""

    def __init__(self, app: ASGIApp, code: str, address: str = "192.0.2.7") -> None:
        self.app, self.path, self.cookie, self.address = app, f"/join/{code}", "", address
        self.at, self.round = self.path, "1"

    def look(self, path: str = "", **headers: str) -> Answer:
        """Open a page, by default the workshop's."""
        return self._ask(path or self.path, "GET", b"", headers)

    def send(self, do: str, **form: str) -> Answer:
        """Send a form, and follow to what comes then."""
        body = urlencode({"do": do, **form}).encode()
        answer = self._ask(self.path, "POST", body, {})
        if answer.status == 303:
            self.at = answer.headers["location"]
            return self.look(self.at)
        return answer

    def join(self, function: int = 0) -> Answer:
        """Come in by the code, and choose a function."""
        self.look()
        return self.send("join", function=str(function))

    def vote(self, question: str, option: str, comment: str = "") -> Answer:
        said = {"question": question, "option": option, "comment": comment}
        return self.send("vote", round=self.round, **said)

    def _ask(self, path: str, method: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = {"cookie": self.cookie, **headers}
        answer = ask(self._from_here, path, method, body, **given)
        for kept in answer.headers.getlist("set-cookie"):
            self.cookie = kept.partition(";")[0]
        if shown := re.search(rb'name="round" value="(\d+)"', answer.body):
            self.round = shown[1].decode()
        return answer

    async def _from_here(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app({**scope, "client": (self.address, 50000)}, receive, send)


def text_of(answer: Answer) -> str:
    """What a page says, without its tags and its style."""
    page = re.sub(r"<(style|head).*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]*>", " ", page)).split())
