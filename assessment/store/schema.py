"""The tables. `migrations` makes them; a test holds the two together."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, in UTC on the way in and on the way out.

    SQLite drops time zones, and PostgreSQL answers in the session's: this makes both equal.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any moment into UTC; one without a time zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


VERSION_TABLE = "coordination_audit_schema"
"""Where Alembic notes the schema's version: a name of our own, for databases that are shared."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Json = JSON(none_as_null=True)

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("fingerprint", Text, primary_key=True),  # of the text; the text never changes
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
)

use_cases = Table(
    "use_cases",
    metadata,
    Column("id", Text, primary_key=True),  # made by the caller; whoever knows it may edit
    Column("questionnaire", ForeignKey("questionnaires.fingerprint"), nullable=False),
    Column("facts", _Json, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("changed", UtcDateTime, nullable=False),
    Column("deleted", UtcDateTime),  # hidden since then, and erased when its grace is over
    Index(None, "changed"),
    Index(None, "deleted"),
)

answers = Table(
    "answers",  # what is not asked has no row
    metadata,
    Column("use_case", ForeignKey("use_cases.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("option", Text),
    Column("detail", Text, nullable=False),
    Column("evidence", _Json, nullable=False),
    Column("note", Text, nullable=False),
    Column("changed", UtcDateTime, nullable=False),
)

history = Table(
    "history",  # append-only; the ids say the order, also where a clock was set back
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("use_case", ForeignKey("use_cases.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", Text, nullable=False),
    Column("question", Text),
    Column("before", _Json),
    Column("after", _Json),
    Index(None, "use_case", "id"),
    sqlite_autoincrement=True,
)

results = Table(
    "results",  # what the answers come to now
    metadata,
    Column("use_case", ForeignKey("use_cases.id"), primary_key=True),
    Column("level", Integer, nullable=False),
    Column("ceiling", Integer, nullable=False),
    Column("evidenced", Integer, nullable=False),
    Column("record", _Json, nullable=False),
    Column("computed", UtcDateTime, nullable=False),
)
