"""What the participants' pages read beside `participation`: which workshop, and what was shown.

Nothing here tells one participant from another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from assessment.store import workshop_rows as rows
from assessment.store.database import Database
from assessment.store.room_accounts import Held
from assessment.store.schema import workshops
from assessment.store.workshop_records import Agreement, Workshop, WorkshopNotFound


@dataclass(frozen=True)
class Shown:
    """What everybody may see of a question that was revealed.

    `counts` is option or "unknown" -> how many, of its last round.
    """

    counts: Mapping[str, int]
    agreement: Agreement | None


class Phones:
    """Reads for participants' pages. Every method is one transaction.

    All of them raise `StoreUnavailable` where the database cannot be used, and `WorkshopNotFound`
    where there is no such workshop.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_code(self, codes: Sequence[str]) -> Workshop:
        """Read the open workshop with one of these codes; of several, the first named."""
        if not codes:
            raise WorkshopNotFound("code")
        query = select(workshops).where(workshops.c.code.in_(codes))
        with self._database.reading() as connection:
            found = {row.code: row for row in connection.execute(query)}
        for code in codes:
            if code in found:
                return rows.workshop_from(found[code])
        raise WorkshopNotFound("code")

    def by_id(self, workshop_id: str) -> Workshop:
        """Read a workshop, open or closed, for a browser that took part in it."""
        with self._database.reading() as connection:
            return rows.workshop_by(connection, id=workshop_id)

    def shown(self, workshop_id: str, question: str) -> Shown | None:
        """Read what a room said to a question; None where that was not revealed."""
        with self._database.reading() as connection:
            one = rows.last_rounds(connection, workshop_id).get(question)
            if one is None or one.revealed is None:
                return None
            counts = one.hands if one.hands is not None else one.kept
            if counts is None:
                counts = rows.counted(connection, workshop_id, one)
            agreed = rows.read_agreements(connection, workshop_id)
        mine = (agreement for agreement in agreed if agreement.question == question)
        return Shown(counts, next(mine, None))

    def agreed(self, workshop_id: str) -> tuple[Agreement, ...]:
        """Read what the room recorded."""
        with self._database.reading() as connection:
            return rows.read_agreements(connection, workshop_id)

    def held(self, workshop: Workshop) -> Held:
        """Read what is held of a workshop, for its report."""
        with self._database.reading() as connection:
            return Held(
                workshop,
                rows.read_rounds(connection, workshop.id),
                rows.read_agreements(connection, workshop.id),
                rows.read_ballots(connection, workshop),
            )
