"""Signing in and out, where people do.

Our server asks before it lets anybody reach the pages (see `server.accounts`); what stands here is
for whoever comes past it, and for leaving.
"""

import streamlit as st

from assessment.pages import current, identity
from assessment.pages.current import NotSignedIn
from assessment.pages.markup import element, joined
from assessment.pages.safe_text import plain


def is_needed() -> bool:
    """Whether whoever looks has to sign in before they see anything."""
    try:
        current.person()
    except NotSignedIn:
        return True
    return False


def show() -> None:
    """Ask somebody to sign in, or say that they may not come in; and show nothing else."""
    how = identity.signing_in
    if how is None:
        return
    claims = st.user.to_dict()
    refused = identity.email_of(claims) if claims.get("is_logged_in") is True else None
    asked = identity.asking(how, refused)
    told = joined([element("h1", asked.title), element("p", asked.lead, class_="lead")])
    st.html(element("section", told, class_="message"))
    if st.button(plain(asked.button), type="primary", key="sign-in"):
        st.login()


def show_who() -> None:
    """Say who is signed in, with the way out; nothing where nobody signs in."""
    person = current.person()
    if person is None:
        return
    with st.container(
        key="account", horizontal=True, horizontal_alignment="right", vertical_alignment="center"
    ):
        shown = element("span", person.name, class_="who", dir="auto", title=person.email or None)
        st.html(joined([element("span", "Signed in as ", class_="only-heard"), shown]))
        if st.button("Sign out", type="tertiary", key="sign-out"):
            st.logout()
            st.stop()  # the browser is on its way out; nobody looks any more
