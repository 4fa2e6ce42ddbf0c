"""Texts and times as an export holds them."""

from datetime import UTC, datetime


def whole(text: str) -> str:
    """Take out what JSON's readers choke on: NUL, and halves of characters."""
    halves = text.replace("\0", "").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace")


def moment_text(moment: datetime | None) -> str | None:
    """Write a time in UTC, as ISO 8601 with a Z; None stays None.

    Raises:
        ValueError: It has no time zone.
    """
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a time needs its time zone")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
