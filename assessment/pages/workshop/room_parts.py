"""What stands beside everything on the room's screen: the way in, who is there, the clock."""

from datetime import datetime

from assessment.pages.markup import Html, element, if_any, joined
from assessment.pages.workshop import beside, join_address
from assessment.pages.workshop.drawings import qr_code
from assessment.pages.workshop.presence import in_the_room
from assessment.pages.workshop.running import Running
from assessment.pages.workshop.timing import clock, part
from assessment.store.workshop_records import Attendance, Step


def way_in(now: Running) -> tuple[str, Html]:
    """The address to type, and the QR code that leads straight in.

    Both are empty in a rehearsal, after the close, and where phones cannot reach this server.
    """
    code = now.workshop.code
    if code is None or now.workshop.plan.is_rehearsal or not join_address.is_reachable():
        return "", Html()
    root = beside.chosen_root()
    picture = element("div", qr_code(join_address.join_url(root, code)), class_="qr")
    return join_address.spoken(join_address.join_url(root)), picture


def rail(now: Running, there: Attendance, at: datetime) -> Html:
    """Lay it out; the first step shows the way in large, so it is left out there."""
    if now.workshop.closed is not None:
        return Html()
    address, picture = way_in(now) if now.workshop.step is not Step.LOBBY else ("", Html())
    late = ""
    if address:
        label = "Fetch the report" if now.workshop.released else "Join at any time"
        late = joined(
            [
                picture,
                element("p", label, class_="quiet"),
                element("p", _breakable(address), class_="address"),
                element("p", now.workshop.code, class_="code"),
            ]
        )
    people, where = in_the_room(now.workshop, there)
    figure = element("strong", str(people), class_="figure")
    has_people = there.joined or now.workshop.counted_people
    return element(
        "aside",
        if_any("div", late, class_="late"),
        element("p", figure, f" {where}", class_="people") if has_people else None,
        clock(part(now), at, with_advice=False),
        aria_label="The way in, and how many are here",
    )


def _breakable(address: str) -> Html:
    """An address that may go on in a second line, before its path and nowhere else."""
    host, slash, path = address.partition("/")
    return joined([host, Html("<wbr>"), slash, path])
