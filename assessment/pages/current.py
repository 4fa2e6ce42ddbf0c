"""The database that the pages work on, a trace out of it, and who asks for it.

Clock and chance come in here.
"""

import gc
import logging
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from secrets import token_urlsafe

import streamlit as st

from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import Trace
from assessment.method.gaps import Result, assess
from assessment.method.questionnaire import NAME_FACT, Questionnaire
from assessment.method.record import record
from assessment.pages import identity
from assessment.pages.identity import Person
from assessment.store.access import Access, Visitor
from assessment.store.database import Database, database_url, open_database
from assessment.store.erasure import erase_what_is_due
from assessment.store.errors import StoreUnavailable
from assessment.store.links import LinkStore
from assessment.store.migrate import migrate
from assessment.store.records import Classify, QuestionnaireText, StoredResult, StoredTrace
from assessment.store.traces import TraceStore

UNNAMED = "Unnamed"

ERASE_EVERY = timedelta(hours=1)
"""How often the deleted traces whose grace is over are erased while the server runs."""


class NotSignedIn(Exception):  # noqa: N818 - it is a state, not a mistake
    """People sign in here, and whoever asks has not, or may not come in."""


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
    def access(self) -> Access:
        """What the visitor may do with it; everything where nobody signs in."""
        return self.stored.access

    @property
    def may_edit(self) -> bool:
        """Whether the visitor may change it, or only look at it."""
        return self.access >= Access.EDIT

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


def today() -> date:
    """The day on the reader's calendar; that of UTC where the browser does not say."""
    offset = st.context.timezone_offset
    return (now() - timedelta(minutes=offset or 0)).date()


def person() -> Person | None:
    """Who looks at the pages; None where nobody signs in.

    Raises:
        NotSignedIn: People sign in here, and whoever looks has not, or may not come in.
    """
    how = identity.signing_in
    if how is None:
        return None
    claims = st.user.to_dict()
    found = how.person(claims) if claims.get("is_logged_in") is True else None
    if found is None:
        raise NotSignedIn
    return found


def visitor() -> Visitor | None:
    """Who looks at the pages, as the store knows them; None where nobody signs in.

    Raises:
        NotSignedIn: As `person`.
    """
    found = person()
    return None if found is None else found.visitor


def database() -> Database:
    """The database that DATABASE_URL names, opened once for the whole server.

    What keeps something in it asks who wants it: pass `visitor` along.

    Raises:
        StoreUnavailable: It cannot be used; the next call tries again.
    """
    url = database_url(os.environ)
    opened = _database(url)
    _erase_what_is_due(url)
    return opened


def store() -> TraceStore:
    """The traces that whoever looks at the pages may see.

    Raises:
        NotSignedIn: As `person`.
        StoreUnavailable: As `database`.
    """
    who = visitor()
    return TraceStore(database(), who)


def links() -> LinkStore:
    """The links of the traces that whoever looks at the pages owns; raises as `store`."""
    who = visitor()
    return LinkStore(database(), who)


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
        TraceNotFound: There is none with this id that the visitor may see.
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
