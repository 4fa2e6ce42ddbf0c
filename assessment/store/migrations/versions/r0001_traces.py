"""Questionnaires, use cases with their answers, history and result."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    _questionnaires_and_use_cases()
    _answers_and_history()
    op.create_table(
        "results",
        _use_case(primary_key=True),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("ceiling", sa.Integer, nullable=False),
        sa.Column("evidenced", sa.Integer, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.Column("computed", sa.DateTime(timezone=True), nullable=False),
    )


def _questionnaires_and_use_cases() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "use_cases",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column(
            "questionnaire",
            sa.Text,
            sa.ForeignKey("questionnaires.fingerprint"),
            nullable=False,
        ),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_use_cases_changed", "use_cases", ["changed"])


def _answers_and_history() -> None:
    op.create_table(
        "answers",
        _use_case(primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("option", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "history",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        _use_case(primary_key=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_use_case_id", "history", ["use_case", "id"])


def _use_case(*, primary_key: bool) -> "sa.Column[str]":
    return sa.Column(
        "use_case",
        sa.Text,
        sa.ForeignKey("use_cases.id"),
        primary_key=primary_key,
        nullable=False,
    )
