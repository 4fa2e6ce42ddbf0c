"""When a trace was deleted; it is erased some time after."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the time of deletion; what is there was not deleted."""
    op.add_column("use_cases", sa.Column("deleted", sa.DateTime(timezone=True)))
    op.create_index("ix_use_cases_deleted", "use_cases", ["deleted"])
