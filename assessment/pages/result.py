"""The result page: what the answers come to, why, and what to do next; with its files."""

import streamlit as st

from assessment.pages import address, current, downloads, report_parts, trouble
from assessment.pages.appearance import living_palette, palette
from assessment.pages.arrival import arrive
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.picture import show_picture
from reports.chartdata import ladder_spec, profile_spec
from reports.content import TOP_PATTERNS, Imprint, Report, write_report
from reports.gap_cards import GapCard
from reports.map_chart import map_spec
from reports.svg_map import map_svg
from reports.wording import count


def show() -> None:
    """Show the result of the trace in the address."""
    trace_id = address.trace_id()
    if trace_id is None:
        trouble.no_trace()
        return
    opened = current.load(trace_id)
    st.set_page_config(page_title=f"{opened.name} · Result")
    imprint = Imprint(opened.id, opened.read.fingerprint, opened.stored.changed)
    report = write_report(opened.result, imprint)
    st.html(report_parts.headline(report))
    st.html(report_parts.ladder(ladder_spec(report, wide=False)))
    _unsettled(opened, report)
    st.html(report_parts.next_step(report))
    downloads.show_downloads(opened, report)
    st.html(report_parts.why(report))
    _profile(report)
    _map(report)
    _gaps(report)
    _patterns(report)
    for checklist in (report.readiness, report.skills):
        if checklist.rows:
            st.html(report_parts.checklist(checklist))
    _answers(report)
    st.html(report_parts.imprint(report))
    arrive(opened.id)


def _unsettled(opened: OpenTrace, report: Report) -> None:
    """The way back to the questions, while some can still change the level."""
    with st.container(key="way-back", horizontal=True, vertical_alignment="center"):
        if not report.headline.is_settled:
            said = f"{count(report.headline.unasked, 'question')} can still change the level."
            st.html(element("p", said[:1].upper() + said[1:]), width="stretch")
        st.page_link(
            address.TRACE_PAGE,
            label="Back to the questions" if report.headline.is_settled else "Go on answering",
            query_params=address.query(opened.id),
        )


def _profile(report: Report) -> None:
    from reports.plotly_charts import profile_figure  # noqa: PLC0415 - large, and only used here

    spec = profile_spec(report)
    st.html(joined([element("h2", "Stage by stage"), if_any("p", report.headline.weakest)]))
    st.plotly_chart(
        profile_figure(spec, palette()),
        config={"displayModeBar": False},
        theme=None,
        key="profile",
        alt=spec.alt,
    )
    with st.expander("The same as a table", type="compact"):
        st.html(report_parts.profile_table(report, spec))


def _map(report: Report) -> None:
    wide, tall = (map_spec(report, columns_wide=width) for width in (True, False))
    st.html(element("h2", wide.title))
    colours = living_palette()
    show_picture(map_svg(wide, colours), map_svg(tall, colours), key="map")
    with st.expander("The same in words", type="compact"):
        st.html(element("p", wide.alt))


def _gaps(report: Report) -> None:
    if report.gaps or report.road:
        st.html(element("h2", "Gaps, in the order in which to close them"))
    shown = 1 + len(report.top_gaps)
    for card in report.gaps[:shown]:
        _gap(card)
    rest = report.gaps[shown:]
    if rest:
        with st.expander(count(len(rest), "more gap").capitalize(), key="gaps"):
            for card in rest:
                _gap(card)
    if report.road:
        title = f"{count(len(report.road), 'step')} further along the road".capitalize()
        with st.expander(title, key="road"):
            for card in report.road:
                _gap(card)


def _gap(card: GapCard) -> None:
    with st.container(key=f"gap-{card.question_id}", gap="xsmall"):
        st.html(report_parts.gap_line(card))
        with st.expander("Why, who and how to prove it", type="compact"):
            st.html(report_parts.gap(card))


def _patterns(report: Report) -> None:
    if not report.patterns:
        return
    st.html(element("h2", "Patterns that show"))
    for card in report.patterns[:TOP_PATTERNS]:
        st.html(report_parts.pattern(card))
    rest = report.patterns[TOP_PATTERNS:]
    if rest:
        with st.expander(count(len(rest), "more pattern").capitalize(), key="patterns"):
            for card in rest:
                st.html(report_parts.pattern(card))


def _answers(report: Report) -> None:
    st.html(element("h2", "What was answered"))
    if report.facts:
        st.html(report_parts.facts(report))
    with st.expander("Every question and its answer", key="answers"):
        st.html(report_parts.answers(report.answers))


if __name__ == "__main__":
    show()
