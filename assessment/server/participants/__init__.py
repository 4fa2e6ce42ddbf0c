"""The participants' pages of a workshop: light, without an account, and complete without a script.

They stand beside Streamlit's application, open to strangers, and only below `JOIN`.
"""

from assessment.server.participants.routes import JOIN, participant_routes

__all__ = ["JOIN", "participant_routes"]
