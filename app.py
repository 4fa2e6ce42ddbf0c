"""The browser's door: page set-up, navigation, and the trace's id kept in the address."""

from pathlib import Path

import streamlit as st

from assessment.pages import address, appearance, exposure, trouble

HERE = Path(__file__).parent

st.set_page_config(page_title="Coordination audit", layout="centered", menu_items={"About": None})
address.keep()
appearance.dress()

pages = [
    st.Page(HERE / address.START_PAGE, title="Start", default=True),
    st.Page(HERE / address.TRACE_PAGE, title="Trace", url_path="trace"),
    st.Page(HERE / address.RESULT_PAGE, title="Result", url_path="result"),
]
if exposure.is_open_to_strangers():
    exposure.show_how_to_start()
else:
    trouble.page(st.navigation(pages, position="top").run)
