"""The way into a workshop: the code, the function, and what somebody is told who cannot join."""

from urllib.parse import quote

from assessment.pages.workshop.overdue import CLOSES_BY_ITSELF
from assessment.server.participants.asking import Asked
from assessment.server.participants.pages import Notice, Screen
from assessment.server.participants.subjects import Subjects
from assessment.server.participants.turnstile import Turnstile
from assessment.server.participants.visits import Visit, new_visit
from assessment.store.database import Database
from assessment.store.join_codes import readings
from assessment.store.participation import Participation
from assessment.store.phones import Phones
from assessment.store.workshop_records import Full, Workshop, WorkshopNotFound

CROWDED = "Too many wrong codes were tried from here. Wait a minute, then try again."


class Moved(Exception):  # noqa: N818 - it is no error
    """The browser is sent on.

    Attributes:
        to: Where.
        visit: What it keeps from now on; None where that does not change.
    """

    def __init__(self, to: str, visit: Visit | None = None) -> None:
        super().__init__(to)
        self.to = to
        self.visit = visit


class Doors:
    """Judges codes and lets people in."""

    def __init__(self, database: Database, subjects: Subjects) -> None:
        self._phones = Phones(database)
        self._participation = Participation(database)
        self._subjects = subjects
        self._turnstile = Turnstile()

    def code(self, asked: Asked) -> Screen:
        """Ask for the code, or send on who gave one.

        Raises:
            Moved: The code may be right.
        """
        typed = asked.query.get("code", "")
        if not typed.strip():
            return code_screen()
        found = self._find(typed, asked)
        if isinstance(found, Screen):
            return found
        raise Moved(f"{asked.place.join}/{found.code}")

    def find(self, asked: Asked) -> Workshop | Screen:
        """Find the workshop whose code stands in the address, or say why there is none.

        Raises:
            Moved: The code stands there in another spelling.
        """
        found = self._find(asked.place.code, asked)
        if isinstance(found, Workshop) and found.code != asked.place.code:
            raise Moved(f"{asked.place.join}/{quote(found.code or '')}")
        return found

    def join_screen(self, workshop: Workshop, notice: Notice | None = None) -> Screen:
        """Ask which function somebody works in; a rehearsal lets nobody in."""
        if workshop.plan.is_rehearsal:
            return Screen("rehearsal", "This is a rehearsal", "rehearsal")
        about = self._subjects.of(workshop).questionnaire.about
        data = {
            "functions": workshop.plan.functions,
            "chosen": "",
            "kind": about.subject if about else "use case",
            "closes_by_itself": CLOSES_BY_ITSELF,
        }
        status = 400 if notice else 200
        return Screen("join", "Join the workshop", "join", status=status, notice=notice, data=data)

    def join(self, workshop: Workshop, asked: Asked) -> tuple[Screen | None, Visit | None]:
        """Let somebody in.

        Returns:
            What to show where that did not work, and what the browser keeps from now on.
        """
        if workshop.plan.is_rehearsal:
            return self.join_screen(workshop), None
        if asked.visit is None:
            trouble = (
                "Your browser did not keep this page's cookie, so it would not be known again."
                " Allow cookies for this page, then join."
            )
            return self.join_screen(workshop, Notice(trouble, is_trouble=True)), new_visit()
        function = _chosen(workshop, asked.form.get("function", ""))
        if function is None:
            return self.join_screen(workshop, Notice("Choose your function first.", True)), None
        visit = Visit(asked.visit.token, workshop.id)
        try:
            self._participation.join(workshop.code or "", visit.token, function, asked.now)
        except Full as full:
            return self.join_screen(workshop, Notice(str(full), is_trouble=True)), None
        self._turnstile.right(asked.address)
        return None, visit

    def _find(self, typed: str, asked: Asked) -> Workshop | Screen:
        if not self._turnstile.may_try(asked.address, asked.clock):
            return code_screen(typed, Notice(CROWDED, is_trouble=True), 429)
        try:
            return self._phones.by_code(readings(typed))
        except WorkshopNotFound as missing:
            self._turnstile.wrong(asked.address, asked.clock)
            return code_screen(typed, Notice(str(missing), is_trouble=True), 404)


def code_screen(typed: str = "", notice: Notice | None = None, status: int = 200) -> Screen:
    """The screen that asks for the code."""
    title, data = "Join a workshop", {"typed": typed[:64]}
    return Screen("code", title, "code", status=status, notice=notice, data=data)


def _chosen(workshop: Workshop, given: str) -> str | None:
    """The function that a form names by its place; None where it names none."""
    functions = workshop.plan.functions
    is_place = given.isascii() and given.isdigit() and len(given) < 4
    return functions[int(given)] if is_place and int(given) < len(functions) else None
