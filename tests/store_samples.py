"""Traces, times and results that the tests of the store have in common."""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from assessment.method.answers import Trace
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.traces import TraceStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAPER = QuestionnaireText("ab" * 32, "paper", "1.0.0", "id: paper\ntitle: Ł ź ά 漢字 🎉\r\n")


def counted(trace: Trace) -> StoredResult:
    """A result from which one can see what it was computed from."""
    told = {question: answer.option for question, answer in trace.answers.items()}
    known = sum(answer.is_known for answer in trace.answers.values())
    return StoredResult(known, len(told), 0, {"answers": told, "facts": sorted(trace.facts)})


def a_trace(store: TraceStore, trace: Trace | None = None, now: datetime = NOON) -> str:
    """Begin a trace and return its id."""
    use_case = token_urlsafe(16)
    store.create(use_case, PAPER, trace or Trace({"name": "Blog"}), counted, now)
    return use_case
