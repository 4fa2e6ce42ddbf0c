"""Workshops: who is in, what they answered round by round, and what was agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; there was no workshop before."""
    _workshops()
    op.create_table(
        "participants",
        sa.Column("token", sa.Text, primary_key=True),
        _workshop(primary_key=False),
        sa.Column("function", sa.Text, nullable=False),
        sa.Column("guess", sa.Integer),
        _moment("joined"),
        _moment("seen"),
        sa.Column("left", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_participants_workshop", "participants", ["workshop"])
    _rounds_and_votes()
    op.create_table(
        "agreements",
        _workshop(primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("option", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("minority", sa.Text, nullable=False),
        _moment("at"),
    )


def _workshops() -> None:
    op.create_table(
        "workshops",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("use_case", sa.Text, sa.ForeignKey("use_cases.id"), nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("pace", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("functions", sa.JSON, nullable=False),
        sa.Column("rehearsal", sa.Integer, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        _moment("opened"),
        _moment("step_since"),
        sa.Column("paused", sa.DateTime(timezone=True)),
        sa.Column("released", sa.DateTime(timezone=True)),
        sa.Column("closed", sa.DateTime(timezone=True)),
        sa.Column("summary", sa.JSON),
    )
    op.create_index("ix_workshops_key", "workshops", ["key"], unique=True)
    op.create_index("ix_workshops_code", "workshops", ["code"], unique=True)
    op.create_index("ix_workshops_use_case", "workshops", ["use_case"])


def _rounds_and_votes() -> None:
    op.create_table(
        "rounds",
        _workshop(primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        _moment("opened"),
        sa.Column("revealed", sa.DateTime(timezone=True)),
        sa.Column("hands", sa.JSON),
        sa.Column("kept", sa.JSON),
    )
    op.create_table(
        "votes",
        sa.Column("participant", sa.Text, sa.ForeignKey("participants.token"), primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True),
        _workshop(primary_key=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        _moment("changed"),
    )
    op.create_index("ix_votes_workshop_question_round", "votes", ["workshop", "question", "round"])


def _workshop(*, primary_key: bool) -> "sa.Column[str]":
    return sa.Column(
        "workshop",
        sa.Text,
        sa.ForeignKey("workshops.id"),
        primary_key=primary_key,
        nullable=False,
    )


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
