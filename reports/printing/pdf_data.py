"""What the printed report's template is given: plain data, with the limits of its page 1."""

from dataclasses import asdict
from typing import Any

from reports.content import Report
from reports.palette import LIGHT
from reports.printing.pdf_design import FONTS, LONGEST_ON_PAGE_1, MOST_AIR, PAGE_1
from reports.printing.printable import BOX
from reports.report_data import report_data
from reports.wording import capital, count


def template_data(report: Report, made: str) -> dict[str, Any]:
    """Turn a report into what the template reads.

    Args:
        report: The report.
        made: The day on which this file is made, in words.

    Returns:
        Texts, numbers, lists and mappings only; the template gets nothing else.
    """
    data = report_data(report, made)
    return {
        **data,
        "fonts": FONTS,
        "page-1": PAGE_1,
        "most-air": MOST_AIR,
        "colours": {name: value for name, value in asdict(LIGHT).items() if type(value) is str},
        "first": _first_page(data["first"]),
    }


def _first_page(first: dict[str, Any]) -> dict[str, Any]:
    """The first part with as much of each text as page 1 may have room for."""
    facts = [f"{_one_line(name)}: {_one_line(value)}" for name, value in first["facts"]]
    return {
        key: _each_on_one_line(value)
        for key, value in {**first, "facts": " · ".join(facts)}.items()
    }


def _one_line(text: str) -> str:
    return " ".join(text[:LONGEST_ON_PAGE_1].split())


def _each_on_one_line(data: Any) -> Any:
    if isinstance(data, str):
        return _one_line(data)
    if isinstance(data, dict):
        return {key: _each_on_one_line(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_each_on_one_line(item) for item in data]
    return data


def lost_note(lost: int) -> str:
    """Say that characters could not be printed, and where they are kept; empty for none."""
    if lost == 0:
        return ""
    which = capital(count(lost, "character"))
    if lost == 1:
        return f"{which} could not be printed and stands here as {BOX}. The JSON export keeps it."
    return f"{which} could not be printed and stand here as {BOX}. The JSON export keeps them."
