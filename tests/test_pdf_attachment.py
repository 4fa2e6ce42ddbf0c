"""A report as PDF may carry its data; from any PDF, that data or one clear message comes out."""

import hashlib
import json
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import page
import pytest
from pypdf import PdfReader, PdfWriter

from assessment.files import pdf_attachment
from assessment.files.pdf_attachment import export_within, is_pdf
from assessment.files.problems import FileProblems
from reports.printing.pdf import ATTACHED, CARRIES, Pdf, render_pdf
from tests.cli_runs import EXAMPLE, EXPORT, process, run
from tests.test_pdf import CASES as TRACES
from tests.test_pdf import MADE, printed, report_on, whole_text

DATA = EXPORT.read_bytes()
CASE = "financial-lead-scoring-before"


@cache
def carrying() -> Pdf:
    return render_pdf(report_on(TRACES[CASE]), MADE, DATA)


def test_the_data_comes_out_as_it_went_in() -> None:
    assert export_within(carrying().content, "x.pdf") == DATA
    assert [one.name for one in PdfReader(BytesIO(carrying().content)).attachment_list] == [
        ATTACHED
    ]


def test_a_report_says_that_it_carries_its_data_and_only_then_does() -> None:
    said = "".join(CARRIES.split())
    assert said in whole_text(carrying())
    assert said not in whole_text(printed(CASE))
    assert not PdfReader(BytesIO(printed(CASE).content)).attachments


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_report_with_data_is_as_accessible_and_made_to_be_kept(profile: str) -> None:
    checked = page.validate_pdf_bytes(carrying().content, profile=profile)
    assert [failure.rule_id for failure in checked.failures] == []
    assert carrying().notes == ()


def test_the_same_data_gives_the_same_file() -> None:
    again = render_pdf(report_on(TRACES[CASE]), MADE, DATA)
    assert hashlib.sha256(again.content).digest() == hashlib.sha256(carrying().content).digest()


def test_a_report_that_cannot_be_tagged_carries_its_data_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    takes_no_files = ("ua-1", "a-2a")
    monkeypatch.setattr("reports.printing.pdf.STANDARDS_WITH_DATA", takes_no_files)
    made = render_pdf(report_on(TRACES[CASE]), MADE, DATA)
    assert len(made.notes) == 1
    assert export_within(made.content, "x.pdf") == DATA


def test_the_terminal_writes_one_checks_it_and_reads_it_back(tmp_path: Path) -> None:
    pdf, json_ = tmp_path / "x.pdf", tmp_path / "x.json"
    day = ("--date", "2026-11-21")
    assert run("report", EXAMPLE, "--pdf", pdf, "--json", json_, "--with-data", *day).exit_code == 0
    assert export_within(pdf.read_bytes(), "x.pdf") == json_.read_bytes()
    checked = run("check", pdf)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert f"{pdf}: the result still holds" in checked.stdout
    assert run("check", "-", typed=pdf.read_bytes()).exit_code == 0
    assert run("classify", pdf).stdout == run("classify", json_).stdout


def test_without_a_pdf_there_is_nothing_to_carry_data(tmp_path: Path) -> None:
    result = run("report", EXAMPLE, "--json", tmp_path / "x.json", "--with-data")
    assert result.exit_code == 2
    assert "--with-data needs --pdf" in result.stderr


def with_attachments(**files: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in files.items():
        writer.add_attachment(f"{name}.json", content)
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(with_attachments(trace=DATA)))
    writer.encrypt("secret", algorithm="RC4-128")
    return saved(writer)


def bomb() -> bytes:
    """A few kilobytes that would become more than anybody has room for."""
    packed = zlib.compress(b'{"format": "coordination-audit/trace"' + b" " * 90_000_000, 9)
    head = f"/Length {len(packed)} /Filter /FlateDecode".encode()
    names = b"/Names << /EmbeddedFiles << /Names [(a.json) 3 0 R] >> >>"
    parts = [
        b"1 0 obj << /Type /Catalog /Pages 2 0 R " + names + b" >> endobj\n",
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n",
        b"3 0 obj << /Type /Filespec /F (a.json) /UF (a.json) /EF << /F 4 0 R >> >> endobj\n",
        b"4 0 obj << /Type /EmbeddedFile "
        + head
        + b" >> stream\n"
        + packed
        + b"\nendstream endobj\n",
    ]
    content, places = b"%PDF-1.7\n", []
    for part in parts:
        places.append(len(content))
        content += part
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def circle() -> bytes:
    """A tree of attachments that holds itself."""
    names = b"/Names << /EmbeddedFiles 3 0 R >>"
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R " + names + b" >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
        b"3 0 obj << /Kids [3 0 R] >> endobj\n"
        b"trailer << /Size 4 /Root 1 0 R >>\n%%EOF\n"
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "only a sign": (lambda: b"%PDF-", "damaged"),
    "a sign and noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50, "damaged"),
    "half of one": (lambda: carrying().content[: len(carrying().content) // 2], "damaged"),
    "without data": (lambda: printed(CASE).content, "carries no data"),
    "with another file": (lambda: with_attachments(trace=b"hello"), "carries no data"),
    "with a password": (encrypted, "protected with a password"),
    "a bomb": (bomb, "damaged"),
    "a circle": (circle, ""),
    "too large": (lambda: b"%PDF-1.7\n" + b" " * pdf_attachment.LARGEST_PDF, "larger than 32 MiB"),
    "too many files": (
        lambda: with_attachments(**{f"a{n:02}": b"x" for n in range(30)}, z=DATA),
        "carries no data",
    ),
    "a file that is too large": (
        lambda: with_attachments(trace=DATA + b" " * 5 * 2**20),
        "carries no data",
    ),
}


@pytest.mark.parametrize(("made", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_pdf_that_gives_nothing_is_one_message(
    made: Callable[[], bytes], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(made())
    result = run("check", path, "-q")
    assert (result.exit_code, result.stdout) == (1, "")
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{path}:1:1: this PDF ")
    assert said in first
    assert second.startswith("    fix: ")


def test_a_pdf_that_ends_too_early_gives_its_whole_data_or_one_message() -> None:
    whole = carrying().content
    refused: list[FileProblems] = []
    for end in range(5, len(whole), len(whole) // 40):
        try:
            assert export_within(whole[:end], "x.pdf") == DATA
        except FileProblems as found:
            refused.append(found)
    assert {len(found.problems) for found in refused} == {1}
    assert len(refused) > 30


def test_the_readers_own_remarks_stay_off_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(circle())
    done = process(sys.executable, "-m", "assessment", "check", path, "-q")
    assert len(done.stderr.splitlines()) == 2


def test_data_that_was_changed_in_the_pdf_is_noticed(tmp_path: Path) -> None:
    document = json.loads(DATA)
    document["derived"]["result"]["level"] = 3
    path = tmp_path / "x.pdf"
    path.write_bytes(with_attachments(trace=json.dumps(document).encode()))
    result = run("check", path)
    assert result.exit_code == 1
    assert "Level: 3, Thriving; now 2, Growing" in result.stderr


def test_the_first_attachment_that_is_an_export_counts() -> None:
    assert export_within(with_attachments(a=b"hello", b=DATA), "x.pdf") == DATA


def test_a_pdf_is_told_by_its_content() -> None:
    assert is_pdf(carrying().content)
    assert is_pdf(b"\n\n%PDF-1.4")
    assert not is_pdf(DATA)
    assert not is_pdf(b"use_case: {name: x}")


def test_the_time_of_making_is_the_only_one_in_the_file() -> None:
    later = render_pdf(report_on(TRACES[CASE]), datetime(2027, 1, 1, tzinfo=UTC), DATA)
    assert b"D:2026" not in later.content
