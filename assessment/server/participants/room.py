"""A workshop as one phone takes part in it: looking, answering, leaving, fetching the report."""

from dataclasses import replace
from urllib.parse import quote

from assessment.method.questionnaire import UNKNOWN
from assessment.pages.workshop.overdue import Overdue
from assessment.server.participants.asking import Asked
from assessment.server.participants.doors import Doors, Moved
from assessment.server.participants.pages import Notice, Screen
from assessment.server.participants.screens import View, over, report_state, screen_of
from assessment.server.participants.subjects import Subjects
from assessment.server.participants.visits import Visit, new_visit
from assessment.store.database import Database
from assessment.store.participation import Participation
from assessment.store.phones import Phones
from assessment.store.workshop_records import (
    NotOpen,
    Pace,
    Participant,
    Workshop,
    WorkshopNotFound,
)

NO_ANSWER = "Choose an answer first."
GUESS_OVER = "The room has gone on, so your guess was not taken."
CLOSED = "The workshop was closed meanwhile, so nothing was taken."
NOT_IN = "This phone is not in the workshop (any more), so nothing was taken. Join first."


class Room:
    """Answers phones. Every method blocks on the database and belongs in a thread."""

    def __init__(self, database: Database) -> None:
        self._participation = Participation(database)
        self._phones = Phones(database)
        self._subjects = Subjects(database)
        self._overdue = Overdue(database)
        self.doors = Doors(database, self._subjects)

    def look(self, asked: Asked) -> tuple[Screen, Visit | None]:
        """Show a phone its screen, and say what its browser keeps from now on.

        Raises:
            Moved: The page stands elsewhere.
        """
        self._overdue.glance(asked.now)
        visit = asked.visit
        if visit is not None and visit.workshop_id:
            screen = self._inside(asked, visit)
            if screen is not None:
                return screen, None
        found = self.doors.find(asked)
        if isinstance(found, Screen):
            return found, None
        kept = new_visit() if visit is None or visit.workshop_id else visit
        return self.doors.join_screen(found), None if found.plan.is_rehearsal else kept

    def act(self, asked: Asked) -> tuple[Screen, Visit | None]:
        """Take what a phone sends.

        Raises:
            Moved: It was taken; a browser without the script is sent to the screen that says so.
        """
        self._overdue.glance(asked.now)
        if asked.form.get("do") == "join":
            return self._join(asked)
        visit = asked.visit
        if visit is None or not visit.workshop_id:
            return self._stranger(asked)
        try:
            person, query = self._take(asked, visit)
        except WorkshopNotFound:
            return self._stranger(asked)
        except _NotTaken as why:
            now_there = self._taking_part(visit, asked.place.code)
            if now_there is None:
                return self._stranger(asked)
            screen = self._screen(now_there, asked, Notice(str(why), is_trouble=True))
            return replace(screen, status=409), visit
        return self._moved(asked, visit, query, person)

    def version(self, asked: Asked) -> int:
        """Say at which version the phone's workshop is, and note that it is there.

        Raises:
            WorkshopNotFound: It takes part in none.
        """
        self._overdue.glance(asked.now)
        if asked.visit is None or not asked.visit.workshop_id:
            raise WorkshopNotFound("token")
        return self._participation.version(asked.visit.token, asked.now)

    def report(self, asked: Asked, kind: str) -> bytes | None:
        """Make the report for a browser that took part; None where it cannot be fetched.

        Args:
            asked: By whom, and when.
            kind: One of those that `reports.making` knows.

        Raises:
            WorkshopNotFound: The browser took part in none.
            NotMadeError: It cannot be made.
        """
        self._overdue.glance(asked.now)
        if asked.visit is None:
            raise WorkshopNotFound("token")
        workshop = self._phones.by_id(asked.visit.workshop_id)
        if report_state(workshop, asked.now) != "ready":
            return None
        return self._subjects.file(workshop, kind)

    def _join(self, asked: Asked) -> tuple[Screen, Visit | None]:
        found = self.doors.find(asked)
        if isinstance(found, Screen):
            return found, None
        screen, visit = self.doors.join(found, asked)
        return (screen, visit) if screen is not None else self._moved(asked, visit, "")

    def _stranger(self, asked: Asked) -> tuple[Screen, Visit | None]:
        """Tell who is not in the workshop that nothing was taken, and how to come in."""
        closed = self._closed(asked.visit) if asked.visit and asked.visit.workshop_id else None
        if closed is not None:
            screen = over(closed, self._name(closed), asked.now)
            return replace(screen, status=409, notice=Notice(CLOSED, is_trouble=True)), None
        found = self.doors.find(asked)
        if isinstance(found, Screen):
            return found, None
        screen = self.doors.join_screen(found, Notice(NOT_IN, is_trouble=True))
        return screen, asked.visit or new_visit()

    def _moved(
        self, asked: Asked, visit: Visit | None, query: str, person: Participant | None = None
    ) -> tuple[Screen, Visit | None]:
        """Send a browser to the next screen; the page's script gets it at once."""
        if not asked.only_main or visit is None:
            raise Moved(f"{asked.place.room}{query}", visit)
        after = {"after": asked.form.get("question", "")} if query else {}
        looking = replace(asked, query=after, form={})
        screen = self._screen(person, looking) if person else self._inside(looking, visit)
        if screen is None:
            raise WorkshopNotFound("token")
        return screen, visit

    def _inside(self, asked: Asked, visit: Visit) -> Screen | None:
        """The screen of somebody who joined; None where the workshop does not know them."""
        person = self._taking_part(visit, asked.place.code)
        if person is None:
            workshop = self._closed(visit)
            if workshop is None:
                return None
            return over(workshop, self._name(workshop), asked.now)
        return self._screen(person, asked)

    def _screen(self, person: Participant, asked: Asked, trouble: Notice | None = None) -> Screen:
        workshop = person.workshop
        view = View(
            person=person,
            subject=self._subjects.of(workshop),
            query=asked.query,
            now=asked.now,
            shown=lambda question: self._phones.shown(workshop.id, question),
            report=lambda: self._subjects.report(workshop),
        )
        return screen_of(view, trouble)

    def _taking_part(self, visit: Visit | None, code: str) -> Participant | None:
        if visit is None or not visit.workshop_id:
            return None
        try:
            person = self._participation.load(visit.token)
        except WorkshopNotFound:
            return None
        return person if person.workshop.code == code else None

    def _closed(self, visit: Visit) -> Workshop | None:
        try:
            workshop = self._phones.by_id(visit.workshop_id)
        except WorkshopNotFound:
            return None
        return workshop if workshop.closed else None

    def _name(self, workshop: Workshop) -> str:
        try:
            return self._subjects.of(workshop).name
        except WorkshopNotFound:
            return ""

    def _take(self, asked: Asked, visit: Visit) -> tuple[Participant, str]:
        """Do what a form asks for.

        Returns:
            The participant as they stand then, without asking the database again, and the query
            of the address that comes next.

        Raises:
            WorkshopNotFound: The browser does not take part in this workshop.
        """
        if asked.form.get("do") == "vote":
            person = self._vote(asked, visit.token)
            after = f"?after={quote(asked.form.get('question', ''))}"
            return person, after if person.workshop.plan.pace is Pace.OWN else ""
        found = self._taking_part(visit, asked.place.code)
        if found is None:
            raise WorkshopNotFound("token")
        if asked.form.get("do") == "guess":
            return self._guess(asked, visit.token, found), ""
        if asked.form.get("do") == "leave":
            self._participation.leave(visit.token, asked.now)
            return replace(found, has_left=True), ""
        if asked.form.get("do") == "back":
            self._participation.come_back(visit.token, asked.now)
            return replace(found, has_left=False), ""
        return found, ""

    def _guess(self, asked: Asked, token: str, person: Participant) -> Participant:
        level = asked.form.get("level", "")
        top = self._subjects.of(person.workshop).questionnaire.top
        if level not in {str(number) for number in range(1, top + 1)}:
            raise _NotTaken(NO_ANSWER)
        try:
            self._participation.guess(token, int(level), asked.now)
        except NotOpen:
            raise _NotTaken(GUESS_OVER) from None
        return replace(person, guess=int(level), has_left=False)

    def _vote(self, asked: Asked, token: str) -> Participant:
        question, option = (asked.form.get(name, "") for name in ("question", "option"))

        def check(workshop: Workshop) -> None:
            if workshop.code != asked.place.code:
                raise WorkshopNotFound("token")
            known = self._subjects.of(workshop).questionnaire.by_id.get(question)
            if known is None or (option != UNKNOWN and option not in known.options):
                raise _NotTaken(NO_ANSWER)

        try:
            return self._participation.vote(
                token,
                question,
                option,
                asked.form.get("comment", ""),
                asked.now,
                seen_round=_number(asked.form.get("round", "")),
                check=check,
            )
        except NotOpen as closed:
            raise _NotTaken(str(closed)) from None


class _NotTaken(Exception):  # noqa: N818 - it is a state, not a mistake
    """What was sent was not taken; says why."""


def _number(given: str) -> int:
    """A number that a form holds; 0 where it holds none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
