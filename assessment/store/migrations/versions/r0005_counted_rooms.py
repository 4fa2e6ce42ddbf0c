"""What was counted in a room without phones, and rooms that came with a trace out of a file."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns and a table; nothing was counted or brought in before."""
    op.add_column("workshops", sa.Column("counted_people", sa.JSON))
    op.add_column("workshops", sa.Column("counted_guesses", sa.JSON))
    op.create_table(
        "brought_rooms",
        sa.Column("use_case", sa.Text, sa.ForeignKey("use_cases.id"), primary_key=True),
        sa.Column("account", sa.JSON, nullable=False),
        sa.Column("brought", sa.DateTime(timezone=True), nullable=False),
    )
