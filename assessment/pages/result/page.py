"""The result page: what the answers come to, why, and the one thing to take on; with its files."""

import streamlit as st

from assessment.method.questionnaire import UNKNOWN
from assessment.pages import address, current, downloads, sharing, trouble
from assessment.pages.appearance import palette
from assessment.pages.arrival import arrive
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.result import (
    answer_parts,
    gap_list,
    gap_parts,
    plan,
    proofs,
    report_parts,
    sections,
    taking_on,
)
from assessment.pages.result.trace_map import show_trace_map
from assessment.pages.shelf import plans
from assessment.pages.workshop.files import account_of_last
from reports.charts.chartdata import ladder_spec, profile_spec
from reports.content import TOP_PATTERNS, Imprint, Report, write_report
from reports.reasons import ReasonRow
from reports.wording import capital, count


def show() -> None:
    """Show the result of the trace in the address."""
    trace_id = address.trace_id()
    if trace_id is None:
        trouble.no_trace()
        return
    opened = current.load(trace_id)
    st.set_page_config(page_title=f"{opened.name} · Result")
    imprint = Imprint(opened.id, opened.read.fingerprint, opened.stored.changed)
    account = account_of_last(opened)
    report = write_report(opened.result, imprint, plans().plan(opened.id), account)
    _where_it_stands(opened, report)
    _what_to_do(opened, report)
    _why(report)
    gap_list.show_gaps(opened.id, report, may_edit=opened.may_edit)
    _patterns(report)
    _how_it_runs(opened, report)
    _checklists(report)
    proofs.show_proofs(opened, report)
    _answers(report)
    st.html(report_parts.imprint(report))
    sharing.show_sharing(opened)
    arrive(opened.id)


def _where_it_stands(opened: OpenTrace, report: Report) -> None:
    gap = report.next_step.gap
    here = gap.taken if gap else None
    st.html(report_parts.headline(report))
    st.html(sections.contents(report))
    plan.tell(opened.id)
    plan.show_due(opened.id, report.taken, here, may_edit=opened.may_edit)
    st.html(report_parts.ladder(ladder_spec(report, wide=False)))
    with st.container(key="result-ways", horizontal=True, vertical_alignment="center"):
        if not report.headline.is_settled:
            said = f"{count(report.headline.unasked, 'question')} can still change the level."
            st.html(element("p", capital(said)), width="stretch")
        st.page_link(
            address.TRACE_PAGE,
            label="Back to the questions" if report.headline.is_settled else "Go on answering",
            query_params=address.query(opened.id),
        )
        unknown = sum(row.state == UNKNOWN for row in report.answers)
        if unknown:
            label = f"Pass on what nobody knew ({unknown})"
            st.page_link(address.ASKING_PAGE, label=label, query_params=address.query(opened.id))
        if opened.may_edit:
            label, query = "Hold a workshop on it", address.query(opened.id)
            st.page_link(address.WORKSHOP_PAGE, label=label, query_params=query)


def _what_to_do(opened: OpenTrace, report: Report) -> None:
    gap = report.next_step.gap
    with st.container(key="next-step", gap="small"):
        st.html(joined([plan.due_here(gap.taken if gap else None), report_parts.next_step(report)]))
        if gap is not None and opened.may_edit:
            if gap.state == "not_asked":
                there = address.to_question(opened.id, gap.question_id)
                with st.container(key="answer-now"):
                    st.page_link(address.TRACE_PAGE, label="Answer it now", query_params=there)
            taking_on.offer(opened.id, gap, taking_on.STEP)
            if gap.taken is not None:
                plan.show_here(opened.id, gap.taken)
    downloads.show_downloads(opened, report)
    here = gap.taken if gap else None
    plan.show_taken(opened.id, report.taken, here, may_edit=opened.may_edit)


def _why(report: Report) -> None:
    held = f"What holds it: {count(len(report.holds), 'requirement')}"
    blocked = f"What blocks the next level: {count(len(report.blocks), 'requirement')}"
    st.html(
        joined(
            [report_parts.why(report), _folded(held, report.holds), _folded(blocked, report.blocks)]
        )
    )


def _folded(title: str, rows: tuple[ReasonRow, ...]) -> str:
    return gap_parts.fold(title, report_parts.reasons(rows)) if rows else ""


def _patterns(report: Report) -> None:
    if not report.patterns:
        return
    numbers = {card.action: card.number for card in report.needed}
    stories = [gap_parts.pattern(card, numbers.get(card.step)) for card in report.patterns]
    st.html(joined([sections.heading(sections.PATTERNS), *stories[:TOP_PATTERNS]]))
    rest = stories[TOP_PATTERNS:]
    if rest:
        title = capital(count(len(rest), "more pattern"))
        with st.expander(title, key="patterns", on_change="rerun") as more:
            if more.open:
                st.html(joined(rest))


def _how_it_runs(opened: OpenTrace, report: Report) -> None:
    st.html(sections.heading(sections.WORK))
    show_trace_map(opened, report)
    st.html(
        joined(
            [
                sections.heading(sections.STAGES),
                if_any("p", report.headline.weakest),
                report_parts.profile(report),
            ]
        )
    )
    with st.expander("As a chart", key="profile", type="compact", on_change="rerun") as chart:
        if chart.open:
            _profile_chart(report)


def _profile_chart(report: Report) -> None:
    from reports.charts.plotly_charts import profile_figure  # noqa: PLC0415 - large, and only used here

    spec = profile_spec(report)
    st.plotly_chart(
        profile_figure(spec, palette()),
        config={"displayModeBar": False},
        theme=None,
        key="profile-chart",
        alt=spec.alt,
    )


def _checklists(report: Report) -> None:
    parts = {sections.readiness(report): report.readiness, sections.skills(report): report.skills}
    for section, part in parts.items():
        if part.rows:
            st.html(gap_parts.checklist(part, sections.heading(section)))


def _answers(report: Report) -> None:
    st.html(
        joined(
            [
                sections.heading(sections.ANSWERS),
                report_parts.facts(report) if report.facts else None,
            ]
        )
    )
    with st.expander("Every question and its answer", key="answers", on_change="rerun") as every:
        if every.open:
            st.html(answer_parts.answers(report.answers))


if __name__ == "__main__":
    show()
