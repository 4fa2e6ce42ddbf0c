"""What every table is made with."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assessment.files.export_texts import whole
from reports.content import Report
from reports.table_columns import IMPRINT

if TYPE_CHECKING:
    from pandas import DataFrame


def table(rows: Iterable[Mapping[str, Any]], kinds: Mapping[str, str]) -> "DataFrame":
    """Make a table with these columns, each of its kind, from rows that have them all."""
    from pandas import DataFrame  # noqa: PLC0415 - takes a third of a second

    cells = [[_cell(row[column]) for column in kinds] for row in rows]
    return DataFrame(cells, columns=list(kinds)).astype(dict(kinds))


def _cell(value: object) -> object:
    """A text without halves of characters, which no table takes; all else as it is."""
    return whole(value) if isinstance(value, str) else value


def imprint(report: Report) -> dict[str, Any]:
    """What every row begins with."""
    questionnaire_id, _, version = report.questionnaire.partition(" ")
    values = (report.trace_id, report.title, questionnaire_id, version, report.fingerprint)
    is_rehearsal = report.room is not None and report.room.account.is_rehearsal
    return dict(zip(IMPRINT, (*values, is_rehearsal), strict=True))
