"""Sharing a trace by links, and arriving by one; only where people sign in."""

from functools import partial
from secrets import token_urlsafe

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.pages import address, current, identity, trouble
from assessment.pages.current import OpenTrace
from assessment.pages.markup import Html, element, joined
from assessment.pages.saving import failure
from assessment.store.access import Access
from assessment.store.errors import LinkNotFound, StoreUnavailable, TraceNotFound
from assessment.store.links import LINK, Link, path_of
from reports.wording import listed

_ASKED = "take-back-asked"
_FAILED = "sharing-failed"

KINDS = {
    Access.EDIT: ("To work on it together", "a link to edit", "may answer and change everything"),
    Access.VIEW: ("To look at it", "a link to view", "see the result, and change nothing"),
}
"""For each kind of link: its heading, what it is called, what people can do who open it."""


def run(page: StreamlitPage) -> None:
    """Run a page, as far as whoever looks may go; or go where the link in the address leads.

    Raises:
        TraceNotFound: The trace in the address is not for them.
        StoreUnavailable: The database cannot be used.
    """
    if token := st.query_params.get(LINK):
        _arrive(token)
        return
    trace_id = address.trace_id()
    if trace_id and page.url_path and current.visitor() is not None:
        _show_what_is_shared(page.url_path, trace_id)
    page.run()


def _show_what_is_shared(path: str, trace_id: str) -> None:
    """Lead those who may only look from the questions to the result, and say that they may."""
    if path not in ("trace", "result") or current.store().access(trace_id) is not Access.VIEW:
        return
    if path == "trace":
        address.go(address.RESULT_PAGE, trace_id)
    st.html(element("p", "Shared with you to look at", class_="shared"))


def _arrive(token: str) -> None:
    try:
        opened = current.links().redeem(token, current.now())
    except LinkNotFound as error:
        told = [element("h1", "This link leads nowhere"), element("p", str(error), class_="lead")]
        st.html(element("section", *told, class_="message"))
        st.page_link(address.START_PAGE, label="Go to the start page", query_params={})
        return
    may_edit = opened.access >= Access.EDIT
    address.go(address.TRACE_PAGE if may_edit else address.RESULT_PAGE, opened.use_case_id)


def show_sharing(opened: OpenTrace) -> None:
    """Offer the owner to share a trace; nothing for others, and where nobody signs in."""
    if identity.signing_in is not None and opened.access is Access.OWN:
        _show(opened.id)


@st.fragment
def _show(trace_id: str) -> None:
    with st.expander("Share this trace", key=f"share-{trace_id}", type="compact"):
        trouble.page(partial(_show_links, trace_id))


def _show_links(trace_id: str) -> None:
    if why := st.session_state.pop(_FAILED, ""):
        st.error(why)
    links = current.links().of(trace_id)
    about = "Whoever opens a link signs in first. You see who came, and can take a link back."
    st.html(element("p", about, class_="small quiet"))
    for access, (heading, name, may) in KINDS.items():
        of_kind = [link for link in links if link.access is access]
        told = f"People who open {name} {may}."
        st.html(joined([element("h3", heading), element("p", told, class_="small quiet")]))
        for link in of_kind:
            _show_link(trace_id, link)
        st.button(
            "Make another link" if of_kind else f"Make {name}",
            key=f"make-{access.name}",
            type="tertiary" if of_kind else "secondary",
            on_click=_make,
            args=(trace_id, access),
        )


def _show_link(trace_id: str, link: Link) -> None:
    with st.container(key=f"link-{link.token}", gap="small"):
        st.code(address_of(link), language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(_who_came(link), width="stretch")
            st.button(
                "Take back",
                key=f"take-back-{link.token}",
                type="tertiary",
                on_click=_ask,
                args=(link.token,),
            )
        if st.session_state.get(_ASKED) == link.token:
            _confirm(trace_id, link)


def _confirm(trace_id: str, link: Link) -> None:
    names = listed([guest.name for guest in link.guests])
    loses = "lose" if len(link.guests) > 1 else "loses"
    lost = f"{names} {loses} this access at once." if names else "The link stops working at once."
    with st.container(key=f"confirm-link-{link.token}", gap="small"):
        st.html(element("p", lost, class_="small", role="status", dir="auto"))
        with st.container(horizontal=True):
            st.button(
                "Take it back",
                key=f"do-take-back-{link.token}",
                on_click=_take_back,
                args=(trace_id, link.token),
            )
            st.button(
                "Keep it",
                key=f"keep-link-{link.token}",
                type="tertiary",
                on_click=_ask,
                args=(None,),
            )


def address_of(link: Link) -> str:
    """What somebody opens to come by a link."""
    home = identity.signing_in.address if identity.signing_in else ""
    return f"{home}{path_of(link)}"


def _who_came(link: Link) -> Html:
    names = listed([guest.name for guest in link.guests])
    return element(
        "p", f"Opened by {names}" if names else "Nobody has opened it yet", class_="small"
    )


def _make(trace_id: str, access: Access) -> None:
    try:
        current.links().make(trace_id, token_urlsafe(16), access, current.now())
    except (StoreUnavailable, TraceNotFound) as error:
        st.session_state[_FAILED] = failure(error)


def _take_back(trace_id: str, token: str) -> None:
    try:
        current.links().take_back(trace_id, token)
    except (StoreUnavailable, TraceNotFound) as error:
        st.session_state[_FAILED] = failure(error)
    else:
        _ask(None)


def _ask(token: str | None) -> None:
    """Ask about a link before it is taken back; None asks no more."""
    st.session_state[_ASKED] = token
