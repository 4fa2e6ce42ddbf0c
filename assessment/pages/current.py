"""The database that the pages work on, and a trace out of it. Clock and chance come in here."""

import gc
import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

import streamlit as st

from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import Trace
from assessment.method.gaps import Result, assess
from assessment.method.questionnaire import NAME_FACT, Questionnaire
from assessment.method.record import record
from assessment.store.database import Database, database_url, open_database
from assessment.store.erasure import erase_what_is_due
from assessment.store.errors import StoreUnavailable
from assessment.store.migrate import migrate
from assessment.store.records import Classify, QuestionnaireText, StoredResult, StoredTrace
from assessment.store.traces import TraceStore

UNNAMED = "Unnamed"

ERASE_EVERY = timedelta(hours=1)
"""How often the deleted traces whose grace is over are erased while the server runs."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenTrace:
    """A trace as it stands in the database, read with the questionnaire it is answered with."""

    stored: StoredTrace
    read: ReadQuestionnaire

    @property
    def id(self) -> str:
        """The id in the address."""
        return self.stored.id

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire it is answered with, which may be older than the one that ships."""
        return self.read.questionnaire

    @property
    def trace(self) -> Trace:
        """The facts and answers."""
        return self.stored.trace

    @property
    def name(self) -> str:
        """What people call the use case."""
        return str(self.trace.facts.get(NAME_FACT) or UNNAMED)

    @property
    def result(self) -> Result:
        """Everything the method says of it."""
        return assess(self.questionnaire, self.trace)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def store() -> TraceStore:
    """The database that DATABASE_URL names, opened once for the whole server.

    Raises:
        StoreUnavailable: It cannot be used; the next call tries again.
    """
    url = database_url(os.environ)
    database = _database(url)
    _erase_what_is_due(url)
    return TraceStore(database)


@st.cache_resource(show_spinner=False, on_release=Database.close)
def _database(url: str) -> Database:
    database = open_database(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    gc.collect()
    gc.freeze()  # what is loaded by now stays; no collection needs to look at it again
    return database


@st.cache_resource(show_spinner=False, ttl=ERASE_EVERY)
def _erase_what_is_due(url: str) -> None:
    """Erase what is due; where that cannot be done now, people can still read."""
    try:
        erase_what_is_due(_database(url), now())
    except StoreUnavailable:
        _log.warning("deleted traces could not be erased; tried again later", exc_info=True)


def load(trace_id: str) -> OpenTrace:
    """Read a trace.

    Raises:
        TraceNotFound: There is none with this id.
        StoreUnavailable: The database cannot be used.
        FileProblems: This version of the program cannot read its questionnaire.
    """
    stored = store().load(trace_id)
    text = stored.questionnaire
    return OpenTrace(stored, read_questionnaire(text.text, f"{text.id} {text.version}"))


def begin(read: ReadQuestionnaire, trace: Trace) -> str:
    """Keep a new trace, empty or with answers, and return its id: 128 random bits."""
    trace_id = token_urlsafe(16)
    questionnaire = read.questionnaire
    kept = QuestionnaireText(read.fingerprint, questionnaire.id, questionnaire.version, read.text)
    store().create(trace_id, kept, trace, classifying(questionnaire, trace_id), now())
    return trace_id


def classifying(questionnaire: Questionnaire, trace_id: str) -> Classify:
    """How the store computes the result that it keeps beside the answers."""

    def classify(trace: Trace) -> StoredResult:
        result = assess(questionnaire, trace)
        at = result.standing
        return StoredResult(at.level, at.ceiling, at.evidenced, record(result, trace_id))

    return classify
