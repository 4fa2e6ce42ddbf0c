"""Who a trace belongs to and is shared with, what was taken on, its target, and the archive."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; what is there belongs to nobody yet, and nothing was taken on."""
    op.add_column("use_cases", sa.Column("archived", sa.DateTime(timezone=True)))
    op.add_column("use_cases", sa.Column("owner", sa.Text))
    op.add_column("use_cases", sa.Column("target", sa.Integer))
    op.create_index("ix_use_cases_owner_changed", "use_cases", ["owner", "changed"])
    _links_and_guests()
    op.create_table(
        "actions",
        _use_case(primary_key=True),
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.DateTime(timezone=True)),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
    )


def _links_and_guests() -> None:
    op.create_table(
        "links",
        sa.Column("token", sa.Text, primary_key=True),
        _use_case(primary_key=False),
        sa.Column("access", sa.Text, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_links_use_case", "links", ["use_case"])
    op.create_table(
        "guests",
        sa.Column("link", sa.Text, sa.ForeignKey("links.token"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        _use_case(primary_key=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_guests_person", "guests", ["person"])
    op.create_index("ix_guests_use_case", "guests", ["use_case"])


def _use_case(*, primary_key: bool) -> "sa.Column[str]":
    return sa.Column(
        "use_case",
        sa.Text,
        sa.ForeignKey("use_cases.id"),
        primary_key=primary_key,
        nullable=False,
    )
