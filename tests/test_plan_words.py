"""What a plan changes in a report: who and by when, what is shown first; never level or order."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.cases import read_cases
from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import Gap, Kind, assess
from assessment.method.plan import needed
from assessment.method.questionnaire import Questionnaire
from assessment.taken_on import NO_PLAN, Action, Plan, Terms
from reports.content import Imprint, Report, write_report
from reports.links import pieces
from reports.report_data import report_data
from tests.invented import traced

HERE = Path(__file__).parent
OWN = find("coordination-trace").questionnaire
FILE = HERE / "cases/coordination-trace.yaml"
CASES = {case.id: case.trace for case in read_cases(FILE.read_bytes(), FILE.name, OWN)[0]}
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CASE = CASES["financial-lead-scoring-before"]


def report_on(trace: Trace, plan: Plan = NO_PLAN, questionnaire: Questionnaire = OWN) -> Report:
    return write_report(assess(questionnaire, trace), Imprint("t1", "ab" * 32), plan)


def taken(gap: Gap, owner: str = "Maria", due: date | None = date(2026, 12, 1)) -> Action:
    mark = gap.requirement.at_least
    return Action(gap.question.id, mark, "What it said then", Terms(owner, due), NOW)


@given(case=traced())
def test_without_a_target_the_gaps_near_are_those_needed(
    case: tuple[Questionnaire, Trace],
) -> None:
    report = report_on(case[1], questionnaire=case[0])
    assert report.needed == report.gaps
    assert report.beyond == report.road


@given(case=traced(), level=st.integers(1, 9))
def test_a_target_changes_neither_the_level_nor_the_order(
    case: tuple[Questionnaire, Trace], level: int
) -> None:
    questionnaire, trace = case
    bare, aimed = (report_on(trace, Plan((), n), questionnaire) for n in (None, level))
    assert aimed.headline == bare.headline
    assert aimed.ladder == bare.ladder
    for cards in (aimed.needed, aimed.beyond):
        numbers = [card.number for card in cards]
        assert numbers == sorted(numbers)
    every = {card.question_id for card in (*aimed.needed, *aimed.beyond)}
    assert every == {card.question_id for card in (*bare.gaps, *bare.road)}


@given(case=traced())
def test_a_higher_target_needs_no_less(case: tuple[Questionnaire, Trace]) -> None:
    result = assess(*case)
    sizes = [len(needed(result, level)) for level in range(1, case[0].top + 1)]
    assert sizes == sorted(sizes)
    gates = [gap for gap in result.gaps if gap.kind in (Kind.GATE, Kind.ROAD)]
    assert set(map(id, gates)) <= set(map(id, needed(result, case[0].top)))


def test_the_next_step_says_who_took_it_on_and_by_when() -> None:
    gap = assess(OWN, CASE).gaps[0]
    report = report_on(CASE, Plan((taken(gap),)))
    assert report.next_step == replace(report_on(CASE).next_step, gap=report.gaps[0])
    assert report.gaps[0].to_do[0] == ("Taken on by", "Maria, by 1 December 2026")
    first = report_data(report, "today")["first"]
    assert ("Taken on by", "Maria, by 1 December 2026") in first["step"]["facts"]


def test_what_comes_after_names_the_owner_in_place_of_the_kind() -> None:
    gap = assess(OWN, CASE).gaps[1]
    done = replace(taken(gap), done=NOW)
    data = report_data(report_on(CASE, Plan((done,))), "today")
    assert data["first"]["gaps"][0]["aside"] == "Maria, done on 21 November 2026"
    (row,) = data["taken"]
    assert (row["words"], row["status"]) == ("What it said then", "Done on 21 November 2026")


def test_what_is_to_be_done_first_stands_first_and_what_is_done_last() -> None:
    gaps = assess(OWN, CASE).gaps
    actions = (
        replace(taken(gaps[0]), done=NOW),
        taken(gaps[1], due=None),
        taken(gaps[2], due=date(2027, 1, 1)),
        taken(gaps[3]),
    )
    order = [card.number for card in report_on(CASE, Plan(actions)).taken]
    assert order == [4, 3, 2, 1]


def test_an_action_says_what_has_become_of_its_gap() -> None:
    gap = assess(OWN, CASE).gaps[0]
    (card,) = report_on(CASE, Plan((taken(gap),))).taken
    assert (card.outlook, card.is_short, card.number) == ("", True, 1)
    best = Answer(list(gap.question.options)[-1])
    closed = Trace(CASE.facts, {**CASE.answers, gap.question.id: best})
    (card,) = report_on(closed, Plan((taken(gap),))).taken
    assert "in place" in card.outlook
    assert (card.is_short, card.number) == (False, None)
    gone = replace(taken(gap), question="nobody.asks")
    (card,) = report_on(CASE, Plan((gone,))).taken
    assert "does not ask for this any more" in card.outlook


@pytest.mark.parametrize("case", CASES)
def test_enough_for_now_keeps_what_does_harm_and_lets_the_climb_wait(case: str) -> None:
    result = assess(OWN, CASES[case])
    report = report_on(CASES[case], Plan((), result.standing.level))
    climbing = {gap.question.id for gap in result.gaps if gap.reasons[0].kind is Kind.GATE}
    harmful = {gap.question.id for gap in result.gaps if gap.reasons[0].pattern}
    shown = {card.question_id for card in report.needed}
    assert harmful <= shown
    if result.unasked_gates:
        assert report.next_step == report_on(CASES[case]).next_step
    elif report.next_step.gap is None and result.gaps:
        assert report.next_step.label == "Enough for now"
        assert not shown
    elif report.next_step.gap is not None:
        assert report.next_step.gap.question_id not in climbing - shown


@pytest.mark.parametrize("case", CASES)
def test_with_evidence_on_all_that_is_to_prove_the_level_is_evidenced(case: str) -> None:
    trace = CASES[case]
    rows = report_on(trace).to_prove
    proven = {
        row.question_id: replace(trace.answer(row.question_id), evidence=("A page",))
        for row in rows
    }
    standing = assess(OWN, Trace(trace.facts, {**trace.answers, **proven})).standing
    assert standing.evidenced == standing.level


@pytest.mark.parametrize("case", CASES)
def test_the_reasons_are_those_of_the_result_in_peoples_own_answers(case: str) -> None:
    result = assess(OWN, CASES[case])
    report = report_on(CASES[case])
    assert {row.question_id for row in report.holds} == {
        finding.question.id for finding in result.standing.holding
    }
    blocking = [finding.question.id for finding in result.standing.blocking]
    assert [row.question_id for row in report.blocks] == blocking
    said = {row.question_id: row.answer for row in report.answers}
    assert all(row.answer == said[row.question_id] for row in (*report.holds, *report.blocks))


def test_what_is_not_known_is_not_called_the_most_that_a_stage_carries() -> None:
    assert report_on(Trace()).headline.weakest.endswith("so far.")
    weak = {question.id: Answer(next(iter(question.options))) for question in OWN.questions}
    assert report_on(Trace({}, weak)).headline.weakest.endswith("at most.")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("(see http://example.org/x_(y)), then.", ["http://example.org/x_(y)"]),
        ("HTTPS://EXAMPLE.org, and http://b.example!", ["HTTPS://EXAMPLE.org", "http://b.example"]),
        ("javascript:alert(1) data:text/html,x ftp://example.org file:///etc", []),
        ("https:// http://[x https://", []),
        ('https://example.org/"onclick="x', ["https://example.org/"]),
        ("no address", []),
        ("", []),
    ],
)
def test_only_addresses_of_the_web_become_links(text: str, addresses: list[str]) -> None:
    found = list(pieces(text))
    assert [piece.address for piece in found if piece.address] == addresses
    assert "".join(piece.text for piece in found) == text


@given(st.text(st.sampled_from("htps:/.example()[]<>\"' \n?#@&é"), max_size=60))
def test_the_pieces_of_any_text_are_the_text(text: str) -> None:
    found = list(pieces(text))
    assert "".join(piece.text for piece in found) == text
    assert all(p.address.lower().startswith(("http://", "https://")) for p in found if p.address)
