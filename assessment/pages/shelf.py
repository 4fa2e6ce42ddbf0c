"""The shelf of traces and what belongs to each, for whoever looks at the pages."""

from assessment.pages import current
from assessment.pages.workshop import running
from assessment.store.brought_rooms import BroughtRooms
from assessment.store.plans import PlanStore
from assessment.store.shelf import Shelf
from assessment.store.workshop_records import WorkshopNotFound


def shelf() -> Shelf:
    """Give the shelf of traces.

    Raises:
        NotSignedIn: As `current.visitor`.
        StoreUnavailable: As `current.database`.
    """
    who = current.visitor()
    return Shelf(current.database(), who)


def plans() -> PlanStore:
    """Give what was taken on; raises as `shelf`."""
    who = current.visitor()
    return PlanStore(current.database(), who)


def brought_rooms() -> BroughtRooms:
    """Give what rooms elsewhere said of traces out of files; raises as `shelf`."""
    who = current.visitor()
    return BroughtRooms(current.database(), who)


def plans_about(trace_id: str) -> PlanStore:
    """Give what was taken on about a trace, to change it; raises as `shelf`.

    Who leads an open workshop on it, with its key in the address, needs no right on the trace:
    the room takes its next step on at the screen of whoever stands there.
    """
    key = running.key()
    try:
        at = running.workshops().load(key) if key else None
    except WorkshopNotFound:
        at = None
    leads = at is not None and at.closed is None and at.use_case_id == trace_id
    return PlanStore(current.database()) if leads else plans()
