"""The calm clock: how long a part of the agenda has been going on, beside what was planned."""

from dataclasses import dataclass
from datetime import datetime

from assessment.pages.markup import Html, element, if_any
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import Step
from reports.room.agenda import AgendaItem, agenda, box, item_at, takes_turns

OVER = "a little over; move on when it suits"


@dataclass(frozen=True)
class Part:
    """The part of the agenda that a workshop is at.

    `minutes` are planned for it, together with the part that it takes turns with; `since` is None
    where nothing is counted yet.
    """

    item: AgendaItem
    minutes: int
    since: datetime | None


def part(now: Running) -> Part:
    """Find where a workshop is in its agenda."""
    plan = now.workshop.plan
    items = agenda(plan.minutes)
    here = item_at(items, now.workshop.step)
    since = now.workshop.step_since
    if takes_turns(here, plan.pace):
        since = min((one.opened for one in now.rounds), default=since)
    elif now.workshop.step is Step.REVEAL:
        since = min((one.revealed for one in now.rounds if one.revealed), default=since)
    return Part(here, box(items, here, plan.pace), _counted(now, since))


def _counted(now: Running, since: datetime) -> datetime | None:
    """Nobody is hurried while people come in, while the workshop rests, or once it is over."""
    workshop = now.workshop
    is_still = workshop.step is Step.LOBBY or workshop.paused or workshop.closed
    return None if is_still else since


def clock(here: Part, at: datetime, *, with_advice: bool) -> Html:
    """Draw a bar that fills slowly, with whole minutes in words; "" where nothing is counted.

    Args:
        here: The part.
        at: The time now.
        with_advice: Whether to say that the time is up, and what to do; the room is not told.
    """
    if here.since is None:
        return Html()
    spent = max(0.0, (at - here.since).total_seconds() / 60)
    share = min(1.0, spent / here.minutes)
    words = f"{int(spent)} of {here.minutes} minutes"
    if spent >= here.minutes + 1:
        words = f"{words}, {OVER}" if with_advice else ""
    fill = element("span", class_="fill", style=f"width:{100 * share:.1f}%")
    return element(
        "div",
        element("span", fill, class_="track", aria_hidden="true"),
        if_any("span", words, class_="quiet small"),
        class_="clock",
    )
