"""The peer: the least Streamlit app that asks a question and shows the answer."""

import streamlit as st

chosen = st.radio("A question", ["one", "two", "three"], index=None, key="question")
st.html(f'<p class="progress">Chosen: {chosen}</p>')
