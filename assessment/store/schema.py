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
    Column("archived", UtcDateTime),  # out of the way since then; nothing else changes
    Column("owner", Text),  # the person who made it, where people sign in
    Column("target", Integer),  # the level that is enough for now, where somebody chose one
    Index(None, "changed"),
    Index(None, "deleted"),
    Index(None, "owner", "changed"),
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

links = Table(
    "links",  # what a trace is shared by, where people sign in; to take one back is to delete it
    metadata,
    Column("token", Text, primary_key=True),
    Column("use_case", ForeignKey("use_cases.id"), nullable=False),
    Column("access", Text, nullable=False),  # edit or view
    Column("created", UtcDateTime, nullable=False),
    Index(None, "use_case"),
)

guests = Table(
    "guests",  # who came by which link; they lose their access with it
    metadata,
    Column("link", ForeignKey("links.token"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("use_case", ForeignKey("use_cases.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Index(None, "person"),
    Index(None, "use_case"),
)

actions = Table(
    "actions",  # what somebody took on: to bring a question's answer to a mark, or to find it out
    metadata,
    Column("use_case", ForeignKey("use_cases.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("mark", Text, primary_key=True),
    Column("words", Text, nullable=False),  # of the action, as they were when it was taken on
    Column("owner", Text, nullable=False),
    Column("due", Text),  # a day, as in ISO 8601
    Column("note", Text, nullable=False),
    Column("outcome", _Json, nullable=False),  # label -> what was written down when it was done
    Column("taken", UtcDateTime, nullable=False),
    Column("done", UtcDateTime),
    Column("changed", UtcDateTime, nullable=False),
)

workshops = Table(
    "workshops",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False),  # the facilitators' secret; may be renewed
    Column("code", Text),  # what people join by; none once it is closed
    Column("use_case", ForeignKey("use_cases.id"), nullable=False),
    Column("scope", Text, nullable=False),
    Column("pace", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("functions", _Json, nullable=False),
    Column("rehearsal", Integer, nullable=False),  # 1 where the people are simulated
    Column("step", Text, nullable=False),
    Column("question", Text),  # the one that the room is at
    Column("version", Integer, nullable=False),  # counts every change that a screen shows
    Column("opened", UtcDateTime, nullable=False),
    Column("step_since", UtcDateTime, nullable=False),
    Column("paused", UtcDateTime),
    Column("released", UtcDateTime),  # the report, for participants to fetch
    Column("closed", UtcDateTime),  # finally: nobody can be told apart any more
    Column("summary", _Json),  # what a report says of the room, kept when it is closed
    Column("counted_people", _Json),  # function -> how many, where people were counted by hand
    Column("counted_guesses", _Json),  # level -> how many, likewise
    Index(None, "key", unique=True),
    Index(None, "code", unique=True),
    Index(None, "use_case"),
)

participants = Table(
    "participants",  # erased at the final close
    metadata,
    Column("token", Text, primary_key=True),  # the SHA-256 of what the browser holds
    Column("workshop", ForeignKey("workshops.id"), nullable=False),
    Column("function", Text, nullable=False),
    Column("guess", Integer),
    Column("joined", UtcDateTime, nullable=False),
    Column("seen", UtcDateTime, nullable=False),
    Column("left", UtcDateTime),
    Index(None, "workshop"),
)

rounds = Table(
    "rounds",  # each time that a question was put to the room
    metadata,
    Column("workshop", ForeignKey("workshops.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("opened", UtcDateTime, nullable=False),
    Column("revealed", UtcDateTime),
    Column("hands", _Json),  # option -> how many, where hands were counted instead
    Column("kept", _Json),  # option -> how many, once the votes are erased
)

votes = Table(
    "votes",  # erased at the final close
    metadata,
    Column("participant", ForeignKey("participants.token"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("workshop", ForeignKey("workshops.id"), nullable=False),
    Column("option", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("changed", UtcDateTime, nullable=False),
    Index(None, "workshop", "question", "round"),
)

agreements = Table(
    "agreements",  # what the room recorded about a question
    metadata,
    Column("workshop", ForeignKey("workshops.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("option", Text),  # none: not agreed
    Column("reason", Text, nullable=False),
    Column("minority", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

brought_rooms = Table(
    "brought_rooms",  # what a room elsewhere said of a trace that came out of a file
    metadata,
    Column("use_case", ForeignKey("use_cases.id"), primary_key=True),
    Column("account", _Json, nullable=False),
    Column("brought", UtcDateTime, nullable=False),
)
