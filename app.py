"""The browser's door: page set-up, navigation, and the trace's id kept in the address."""

from functools import partial
from pathlib import Path

import streamlit as st

from assessment.pages import address, appearance, exposure, sharing, sign_in, trouble

HERE = Path(__file__).parent

st.set_page_config(
    page_title="Coordination audit",
    page_icon=appearance.icon(),
    layout="centered",
    menu_items={"About": None},
)
address.keep()
appearance.dress()

pages = [
    st.Page(HERE / address.START_PAGE, title="Start", default=True),
    st.Page(HERE / address.TRACE_PAGE, title="Trace", url_path="trace"),
    st.Page(HERE / address.RESULT_PAGE, title="Result", url_path="result"),
    st.Page(HERE / address.ASKING_PAGE, title="To find out", url_path="to-find-out"),
    st.Page(HERE / address.WORKSHOP_PAGE, title="Workshop", url_path="workshop"),
    st.Page(HERE / address.ROOM_PAGE, title="Room", url_path="room", visibility="hidden"),
]
if exposure.is_open_to_strangers():
    exposure.show_how_to_start()
elif sign_in.is_needed():
    sign_in.show()
else:
    page = st.navigation(pages, position="top")
    sign_in.show_who()
    trouble.page(partial(sharing.run, page))
