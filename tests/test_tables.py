"""The tables are tidy, keep their columns, and run nothing in a spreadsheet."""

import csv
import io
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.cases import read_cases
from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from assessment.taken_on import NO_PLAN, Action, Plan, Terms
from reports.content import Imprint, Report, write_report
from reports.formulas import guarded
from reports.table_columns import ANSWERS, GAPS, SUMMARY
from reports.tables import (
    actions,
    answers,
    csv_archive,
    csv_files,
    gaps,
    summary,
    to_csv,
)
from tests.invented import traced

HERE = Path(__file__).parent
OWN = find("coordination-trace")
CASES = read_cases(
    (HERE / "cases/coordination-trace.yaml").read_bytes(), "cases.yaml", OWN.questionnaire
)[0]
TINY = find(HERE / "questionnaires/tiny.yaml")
CHANGED = datetime(2026, 11, 20, 22, 15, tzinfo=UTC)
HOSTILE = '=HYPERLINK("x","y")'


def report_of(trace: Trace, questionnaire: Questionnaire = OWN.questionnaire) -> Report:
    return planned(trace, NO_PLAN, questionnaire)


def planned(trace: Trace, plan: Plan, questionnaire: Questionnaire = OWN.questionnaire) -> Report:
    imprint = Imprint("a1", OWN.fingerprint, CHANGED)
    return write_report(assess(questionnaire, trace), imprint, plan)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module", params=CASES[::5], ids=lambda case: case.id)
def report(request: pytest.FixtureRequest) -> Report:
    return report_of(request.param.trace)


def test_the_summary_is_one_row_that_says_what_the_report_says(report: Report) -> None:
    table = summary(report)
    (row,) = table.to_dict("records")
    assert list(table.columns[: len(SUMMARY)]) == list(SUMMARY)
    assert row["headline"] == report.headline.text
    assert row["gaps"] == len(report.gaps)
    assert row["last_changed"] == "2026-11-20"
    assert [row[f"stage_{stage.stage_id}"] for stage in report.stages] == [
        stage.supports for stage in report.stages
    ]


def test_every_question_is_one_row_of_the_answers(report: Report) -> None:
    table = answers(report)
    assert list(table.columns) == list(ANSWERS)
    assert list(table["question_id"]) == list(OWN.questionnaire.by_id)


def test_every_gap_is_one_row_and_the_next_step_is_the_first(report: Report) -> None:
    table = gaps(report)
    assert list(table.columns) == list(GAPS)
    assert list(table["order"]) == list(range(1, len(report.gaps) + len(report.road) + 1))
    assert list(table["part"]) == ["near"] * len(report.gaps) + ["road"] * len(report.road)
    expected = [True] + [False] * (len(table) - 1) if report.gaps else [False] * len(table)
    assert list(table["is_next_step"]) == expected


def test_the_ids_of_the_tables_join(report: Report) -> None:
    joined = gaps(report).merge(
        answers(report), on=["trace_id", "question_id", "stage_id"], validate="one_to_one"
    )
    assert len(joined) == len(report.gaps) + len(report.road)
    assert set(joined["trace_id"]) <= set(summary(report)["trace_id"])


def test_every_table_names_the_questionnaire_with_version_and_fingerprint(report: Report) -> None:
    for table in (summary(report), answers(report)):
        assert set(table["questionnaire_id"]) == {OWN.questionnaire.id}
        assert set(table["questionnaire_version"]) == {OWN.questionnaire.version}
        assert set(table["questionnaire_fingerprint"]) == {OWN.fingerprint}


def test_column_names_are_plain_snake_case(report: Report) -> None:
    for table in (summary(report), answers(report), gaps(report), actions(report)):
        assert all(str(name).isidentifier() and str(name).islower() for name in table.columns)


def test_summaries_of_several_use_cases_stack() -> None:
    stacked = pd.concat([summary(report_of(case.trace)) for case in CASES])
    assert len(stacked) == len(CASES)
    assert list(stacked.columns) == list(summary(report_of(Trace())).columns)


def test_columns_and_their_types_stay_where_there_is_nothing_to_say() -> None:
    nothing, much = report_of(Trace()), report_of(CASES[0].trace)
    for table in (summary, answers, gaps, actions):
        assert list(table(nothing).dtypes) == list(table(much).dtypes)
    perfect = Trace({}, {q.id: Answer(list(q.options)[-1]) for q in TINY.questionnaire.questions})
    empty = gaps(report_of(perfect, TINY.questionnaire))
    assert empty.empty
    assert list(empty.columns) == list(GAPS)
    assert to_csv(empty).count(b"\r\n") == 1


def test_the_tables_follow_any_questionnaire() -> None:
    table = summary(report_of(Trace(), TINY.questionnaire))
    assert {"stage_water", "stage_light", "readiness_handover", "skill_watering"} <= set(table)


def test_a_file_is_rfc_4180_in_utf_8_with_a_byte_order_mark(report: Report) -> None:
    for name, content in csv_files(report).items():
        assert content.startswith(b"\xef\xbb\xbf"), name
        text = content.decode("utf-8-sig")
        assert text.endswith("\r\n")
        widths = {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)}
        assert len(widths) == 1, name


def test_a_file_reads_back_as_the_table_with_csv_and_with_pandas(report: Report) -> None:
    for table, name in ((answers(report), "answers.csv"), (gaps(report), "gaps.csv")):
        content = csv_files(report)[name]
        rows = rows_of(content)
        again = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        assert [list(row.values()) for row in rows] == again.to_numpy().tolist()
        for column in ("question_id", "stage_id", "state", "answer"):
            assert [row[column] for row in rows] == list(table[column])


def test_quotes_commas_and_line_breaks_survive() -> None:
    note = 'She said "no", twice;\nthen\tleft.'
    question = OWN.questionnaire.questions[0]
    trace = Trace({}, {question.id: Answer(note=note, evidence=("a, b", 'c "d"'))})
    row = rows_of(csv_files(report_of(trace))["answers.csv"])[0]
    assert row["note"] == note
    assert row["evidence"] == 'a, b\nc "d"'
    assert row["evidence_count"] == "2"


def test_a_missing_number_is_an_empty_cell_and_a_number_stays_one() -> None:
    table = pd.DataFrame(
        {
            "whole": pd.array([-3, None], dtype="Int64"),
            "part": [-1.5, float("nan")],
            "text": ["-3", "x"],
        }
    )
    assert to_csv(table).decode("utf-8-sig") == "whole,part,text\r\n-3,-1.5,'-3\r\n,,x\r\n"


def test_the_archive_holds_the_files_and_is_always_the_same(report: Report) -> None:
    archive = csv_archive(report)
    assert archive == csv_archive(report)
    with ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == csv_files(report)
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "\u202e=1",
        "\x00=1",
        "\x01=1",
        "\u0301=1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM",
        " \r=1",
        "-",
    ],
)
def test_a_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text.replace("\0", "")


@pytest.mark.parametrize(
    "text",
    ["", " ", "a=1", "1-2", "x@y.example", "(=1)", "'=1", "\u2212 1", "عمر", "🙂 =1", "“=1”"],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_half_a_character_does_not_break_a_file() -> None:
    assert guarded("a\ud83d") == "a\ufffd"


def runs(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula; written apart from the guard."""
    if cell[:1] in ("\t", "\r", "\n"):
        return True
    unseen = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me")
    seen = [letter for letter in cell if unicodedata.category(letter) not in unseen]
    return bool(seen) and unicodedata.normalize("NFKC", seen[0])[0] in "=+-@"


hostile_texts = st.text(st.characters() | st.sampled_from("=+-@\t\r\n \u200b＝\0'\""), max_size=12)


def test_half_a_character_in_every_text_keeps_no_table_from_being_made() -> None:
    half = "\ud800"
    trace = CASES[0].trace
    said = {q: Answer(one.option, half, (half,), half) for q, one in trace.answers.items()}
    files = csv_files(report_of(Trace({**trace.facts, "name": half}, said)))
    assert {row["use_case"] for row in rows_of(files["summary.csv"])} == {"\ufffd"}
    assert "\ufffd" in {row["note"] for row in rows_of(files["answers.csv"])}


@given(case=traced(), texts=st.lists(hostile_texts, min_size=4, max_size=4), data=st.data())
def test_no_text_cell_can_be_a_formula(
    case: tuple[Questionnaire, Trace], texts: list[str], data: st.DataObject
) -> None:
    questionnaire, trace = case
    name, detail, evidence, note = texts
    question = data.draw(st.sampled_from(list(questionnaire.by_id)))
    option = trace.answer(question).option
    changed = {**trace.answers, question: Answer(option, detail, (evidence, HOSTILE), note)}
    action = Action(question, "", note, Terms(name, None, evidence), CHANGED, {detail: note})
    named = Trace({**trace.facts, "name": name}, changed)
    report = planned(named, Plan((action,)), questionnaire)
    tables: Mapping[str, pd.DataFrame] = {
        "summary.csv": summary(report),
        "answers.csv": answers(report),
        "gaps.csv": gaps(report),
        "actions.csv": actions(report),
    }
    for file, content in csv_files(report).items():
        rows = rows_of(content)
        assert len(rows) == len(tables[file])
        texts_of = [c for c, kind in tables[file].dtypes.items() if kind == "str"]
        assert not any(runs(row[str(column)]) for row in rows for column in texts_of)


def test_owner_and_day_stand_with_the_next_step_its_gap_and_in_a_table_of_their_own() -> None:
    trace = CASES[0].trace
    first = report_of(trace).gaps[0]
    terms = Terms("Maria", date(2026, 12, 1), "Ask Tom")
    action = Action(first.question_id, first.mark, first.action, terms, CHANGED, {"Limit": "3"})
    files = csv_files(planned(trace, Plan((action,), 4)))
    (row,) = rows_of(files["summary.csv"])
    said = (row["next_step_owner"], row["next_step_due"], row["target"])
    assert said == ("Maria", "2026-12-01", "4")
    gap = rows_of(files["gaps.csv"])[0]
    assert (gap["owner"], gap["due"], gap["done"]) == ("Maria", "2026-12-01", "")
    (taken,) = rows_of(files["actions.csv"])
    assert (taken["action"], taken["owner"], taken["due"]) == (first.action, "Maria", "2026-12-01")
    assert (taken["gap_order"], taken["outcome"]) == ("1", "Limit: 3")
