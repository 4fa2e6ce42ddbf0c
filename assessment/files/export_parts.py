"""What the parts of an export are read with: keys, texts and times, each with its complaints."""

from collections.abc import Iterable
from datetime import UTC, datetime

from assessment.files.complaints import Complaints
from assessment.files.near_misses import shortened, suggestion
from assessment.files.positions import Data, Where

EXPORT_AGAIN = "export it again, or take an untouched copy"

Keys = dict[str, Data]


class Parts:
    """Takes parts out of an export; what is wrong with one goes to the complaints."""

    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints

    def keys(self, data: Keys, key: str, around: Where, known: Iterable[str]) -> Keys:
        """Take the keys that stand under a key, after checking that they are those known."""
        inner = data.get(key)
        if not isinstance(inner, dict):
            if key in data:
                self.complaints.add((*around, key), f"'{key}' must have keys", EXPORT_AGAIN)
            return {}
        self.check_keys(inner, (*around, key), tuple(known))
        return inner

    def check_keys(self, data: Keys, where: Where, known: tuple[str, ...]) -> None:
        """Complain about keys that nobody knows, and about those that are missing."""
        unknown = [key for key in data if key not in known]
        for key in unknown:
            what = f"unknown key '{shortened(key)}'"
            self.complaints.add((*where, key), what, suggestion(key, known))
        for key in known:
            if key not in data and not unknown:  # else it is one of those, misspelled
                self.complaints.add(where, f"'{key}' is missing", EXPORT_AGAIN)

    def text(self, data: Keys, key: str, where: Where) -> str:
        """Take a text; "" where there is none."""
        value = data.get(key)
        if isinstance(value, str):
            return value
        if key in data:
            self.complaints.add((*where, key), f"'{key}' must be a text", EXPORT_AGAIN)
        return ""

    def moment(
        self, data: Keys, key: str, where: Where, *, may_be_null: bool = False
    ) -> datetime | None:
        """Take a time, in UTC; None where there is none."""
        value = data.get(key)
        if key not in data or (value is None and may_be_null):
            return None
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        what = f"'{key}' must be a time with its zone"
        self.complaints.add((*where, key), what, "write e.g. '2026-11-21T09:30:00Z'")
        return None
