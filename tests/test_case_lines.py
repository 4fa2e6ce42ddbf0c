"""Recent cases, ticked point by point: kept as lines of evidence, and read back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from assessment.method.questionnaire import Check
from assessment.pages.trace.case_lines import Case, others, read_cases, split, write_cases

CHECK = Check(
    of="Request",
    times=3,
    points=["Outcome", "Audience", "Context", "SEO terms", "Goal"],
)

names = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "June ”: outcome",
            "“x”: without outcome",
            "1: outcome",
            "عربي",
            "a; without b",
            "<b>x</b>",
        ]
    ),
).map(lambda name: " ".join(name.split()))
ticks = st.sets(st.sampled_from(CHECK.points)).map(
    lambda ticked: tuple(point for point in CHECK.points if point in ticked)
)
cases = st.builds(Case, names, ticks)
forms = st.dictionaries(st.integers(1, 3), cases.filter(lambda case: case.name or case.ticked))


def test_a_case_reads_as_a_sentence() -> None:
    lines = write_cases(
        CHECK,
        {
            1: Case("June newsletter", ("Outcome", "Audience", "Context")),
            2: Case("", tuple(CHECK.points)),
            3: Case("Partner post"),
        },
    )
    assert lines == (
        "Request 1 “June newsletter”: outcome, audience, context; without SEO terms, goal",
        "Request 2: outcome, audience, context, SEO terms, goal",
        "Request 3 “Partner post”: without outcome, audience, context, SEO terms, goal",
    )


def test_a_case_that_nothing_is_said_of_leaves_no_line() -> None:
    assert write_cases(CHECK, {1: Case(), 2: Case("  ")}) == ()


@given(forms)
def test_what_was_ticked_is_read_back_as_it_was(form: dict[int, Case]) -> None:
    lines = write_cases(CHECK, form)
    assert read_cases(CHECK, lines) == form
    assert split(CHECK, lines) == lines
    assert all("\n" not in line and line == line.strip() for line in lines)


@given(forms, st.lists(names.filter(bool)))
def test_other_evidence_stays_beside_it(form: dict[int, Case], typed: list[str]) -> None:
    lines = write_cases(CHECK, form)
    assert split(CHECK, [*typed, *lines]) == lines
    assert others(CHECK, [*typed, *lines]) == tuple(typed)


@given(st.lists(st.text(max_size=60)))
def test_no_line_is_lost_whatever_it_says(typed: list[str]) -> None:
    assert sorted([*split(CHECK, typed), *others(CHECK, typed)]) == sorted(typed)
    assert others(None, typed) == tuple(typed)


def test_a_line_of_another_form_is_other_evidence() -> None:
    for line in (
        "Request 4: without outcome, audience, context, SEO terms, goal",
        "Request 1 “x”: outcome",
        "Request 1 “x”: outcome; without audience",
        "Request “x”: without outcome, audience, context, SEO terms, goal",
        "Brief 1: outcome",
    ):
        assert read_cases(CHECK, [line]) == {}
        assert others(CHECK, [line]) == (line,)
