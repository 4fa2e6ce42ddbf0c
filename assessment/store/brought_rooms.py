"""What a room elsewhere said of a trace: its account, which came with the trace out of a file."""

import logging
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, insert, select

from assessment.room_account import RoomAccount
from assessment.store.access import Access, Visitor, require
from assessment.store.database import Database
from assessment.store.packing import storable
from assessment.store.schema import brought_rooms

_log = logging.getLogger(__name__)

_ACCOUNT = TypeAdapter(RoomAccount)


class BroughtRooms:
    """Keeps accounts that came out of files. Every method is one transaction, and asks who may.

    All of them raise `StoreUnavailable` where the database cannot be used, and `TraceNotFound`
    (or one of its kinds) where there is no such trace for this visitor, or they may not edit it:
    the link to look at it may have been given away before the workshop.
    """

    def __init__(self, database: Database, visitor: Visitor | None = None) -> None:
        self._database = database
        self._visitor = visitor

    def keep(self, use_case_id: str, account: RoomAccount, now: datetime) -> None:
        """Keep an account, in place of one that was brought before.

        Args:
            use_case_id: The trace that the room talked about.
            account: Its texts are kept as given, but for what `packing.storable` takes out.
            now: When this happens, with its time zone.
        """
        row = {"use_case": use_case_id, "account": _packed(account), "brought": now}
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT, lock=True)
            this = brought_rooms.c.use_case == use_case_id
            connection.execute(delete(brought_rooms).where(this))
            connection.execute(insert(brought_rooms).values(row))

    def account(self, use_case_id: str) -> RoomAccount | None:
        """Read the account that was brought.

        Returns:
            It as it was kept. None where none was, or where another version of the program kept it
            in a shape that this one cannot read: it stays where it is, and the log says so.
        """
        query = select(brought_rooms.c.account).where(brought_rooms.c.use_case == use_case_id)
        with self._database.reading() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT)
            kept = connection.execute(query).scalar_one_or_none()
        return None if kept is None else _unpacked(kept)


def _packed(value: Any) -> Any:
    """Lay an account, or a part of one, out as plain data that both databases keep."""
    if is_dataclass(value):
        return {part.name: _packed(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {storable(key): _packed(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_packed(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return storable(value) if isinstance(value, str) else value


def _unpacked(kept: Any) -> RoomAccount | None:
    try:
        return _ACCOUNT.validate_python(kept)
    except ValidationError as error:  # its text would repeat what people wrote
        where = error.errors(include_input=False, include_url=False)[0]["loc"]
        _log.warning("what a room said cannot be read, at %s", where)
        return None
