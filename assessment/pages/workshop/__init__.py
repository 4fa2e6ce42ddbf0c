"""The facilitators' pages of a workshop: opening one, leading it, and the screen for the room."""
