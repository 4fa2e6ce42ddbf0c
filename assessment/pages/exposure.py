"""Whether strangers could reach these pages, and what they show instead.

`coordination-audit serve` stands between the pages and strangers. Streamlit alone does not: started
on an address that other computers reach, the pages show how to start properly, and nothing else.
"""

from urllib.parse import urlsplit

import streamlit as st

from assessment.pages.markup import element, joined
from assessment.setting_types import is_this_computer
from assessment.version import PROGRAM

is_guarded = False
"""Set by our server, which asks strangers for a passphrase, or to sign in."""


def is_open_to_strangers() -> bool:
    """Whether other computers reach the pages and nothing asks who they are.

    That is so as well where the browser came by a name that is not this computer's own: through a
    proxy, or because somebody pointed that name here (DNS rebinding).
    """
    if is_guarded:
        return False
    named = st.context.headers.get("Host")
    came_from_here = named is None or is_this_computer(_without_port(named))
    return not (came_from_here and is_this_computer(st.get_option("server.address")))


def _without_port(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def show_how_to_start() -> None:
    """Show the one page that strangers may see."""
    why = (
        "It was started so that everybody in the network could read and change every trace, so it"
        " shows none. Whoever runs it: stop it, and start it in one of these ways."
    )
    title = element("h1", "Start this server properly")
    st.html(element("section", title, element("p", why, class_="lead"), class_="message"))
    for whom, command in (
        ("For you alone, on this computer", f"{PROGRAM} serve"),
        ("For a team, with a passphrase", f"{PROGRAM} serve --host 0.0.0.0"),
    ):
        st.html(joined([element("h2", whom), element("p", element("code", command))]))
