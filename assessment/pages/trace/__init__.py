"""The trace page: facts and questions, one at a time or a part at a time."""
