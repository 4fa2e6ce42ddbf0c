"""How many are there and how many have answered: counted by hand, else by phone."""

from assessment.pages.markup import Html, element
from assessment.store.workshop_records import Attendance, Workshop
from reports.wording import capital, count


def in_the_room(workshop: Workshop, there: Attendance) -> tuple[int, str]:
    """How many are there, and in words where: counted by hand, else those who are in by phone."""
    if workshop.counted_people:
        return sum(workshop.counted_people.values()), "counted here"
    return there.present, "in the room"


def guesses(workshop: Workshop, there: Attendance) -> Html:
    """How many guessed, never what: hands that were counted, else phones."""
    if workshop.counted_guesses:
        hands = count(sum(workshop.counted_guesses.values()), "guess", "guesses")
        return element("div", element("p", f"{capital(hands)} counted"), class_="counted")
    return counted(there.guessed, there.present, "guessed")


def counted(done: int, people: int, verb: str) -> Html:
    """How many of those who are there did something, as a bar and in words; "" for nobody."""
    if not people:
        return Html()
    share = f"width:{100 * min(1.0, done / max(1, people)):.0f}%"
    bar = element("span", element("span", class_="fill", style=share), class_="track")
    return element("div", element("p", f"{done} of {people} {verb}"), bar, class_="counted")
