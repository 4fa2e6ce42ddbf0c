"""The web app as a server: Streamlit's application with what strangers and slow lines call for."""
