"""What stands beside every step: who is in, the way in, the room's screen, pausing and closing."""

from secrets import token_urlsafe
from urllib.parse import urlencode

import streamlit as st

from assessment.pages import address, current
from assessment.pages.markup import element, joined
from assessment.pages.workshop import closing, join_address, rehearsal, resting, running
from assessment.pages.workshop.presence import in_the_room
from assessment.pages.workshop.running import Running


def show_beside(now: Running) -> None:
    """Show it in the side bar."""
    with st.sidebar, st.container(key="workshop-beside", gap="small"):
        if now.workshop.closed is None:
            resting.follow(_people, now)
            _way_in(now)
        _screens(now)
        if now.workshop.closed is None:
            _rest(now)
            _others(now)
        closing.show_closing(now)


def _people(now: Running) -> None:
    """Count people, and show the page anew where another screen moved the workshop on."""
    at = current.now()
    if now.workshop.plan.is_rehearsal:
        now = running.load(now.key)
        rehearsal.act(now, at)
    if running.workshops().load(now.key).version != now.workshop.version:
        st.rerun()
    there = running.attendance(now.key, at)
    people, where = in_the_room(now.workshop, there)
    is_away = there.joined != there.present and not now.workshop.counted_people
    said = [
        element("strong", str(people), class_="figure"),
        element("span", f"{where} ({there.joined} joined)" if is_away else where, class_="quiet"),
    ]
    st.html(element("p", *said, class_="people", role="status"))


def _way_in(now: Running) -> None:
    code = now.workshop.code or ""
    if now.workshop.plan.is_rehearsal:
        st.html(element("p", "Simulated people need no code.", class_="quiet small"))
        return
    if not join_address.is_reachable():
        st.warning(
            "Phones cannot reach this server: it listens on this computer only. Start it with"
            " `coordination-audit serve --host 0.0.0.0`, or count hands instead."
        )
        return
    typed = join_address.spoken(join_address.join_url(chosen_root()))
    st.html(
        joined(
            [
                element("p", "Join at ", element("strong", typed)),
                element("p", "with the code ", element("strong", code, class_="code")),
            ]
        )
    )
    found = join_address.choices()
    if len(found) > 1:
        place = found.index(chosen_root())
        st.session_state["join-address"] = st.selectbox(
            "Address for phones", found, index=place, format_func=join_address.spoken
        )


def chosen_root() -> str:
    """The address that the facilitator chose for phones, the likeliest before anybody did."""
    found = join_address.choices()
    if len(found) == 1:
        return found[0]
    kept = st.session_state.get("join-address")
    return kept if kept in found else found[0]


def _screens(now: Running) -> None:
    """Lead to other screens in tabs of their own, so that this one stays where it is."""
    st.link_button(
        "Screen for the room",
        _here("room", {running.KEY: now.key}),
        icon=":material/open_in_new:",
        help="Opens in a new tab: put that one on the projector.",
        width="stretch",
    )
    st.link_button(
        "Result of the trace",
        _here("result", address.query(now.stored.id)),
        icon=":material/open_in_new:",
        help="Opens in a new tab.",
        type="tertiary",
        width="stretch",
    )


def _here(page: str, query: dict[str, str]) -> str:
    """The address of another page of this installation, as this browser reaches it."""
    own = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{own.rpartition('/')[0]}/{page}?{urlencode(query)}"


def _rest(now: Running) -> None:
    if now.workshop.paused:
        st.button("Go on", type="primary", on_click=_go_on, args=(now.key,), width="stretch")
    else:
        st.button("Pause", on_click=_pause, args=(now.key,), width="stretch")


def _pause(key: str) -> None:
    running.workshops().pause(key, current.now())


def _go_on(key: str) -> None:
    running.workshops().go_on(key)


def _others(now: Running) -> None:
    with st.expander("Second facilitator", type="compact"):
        st.caption("Whoever has this address can lead the workshop. Keep it between you.")
        st.code(_here("workshop", {running.KEY: now.key}), language=None, wrap_lines=True)
        if st.button("Make a new address", help="The old one then leads nowhere."):
            renewed = token_urlsafe(16)
            running.workshops().renew_key(now.key, renewed)
            st.query_params[running.KEY] = renewed
            st.rerun()
