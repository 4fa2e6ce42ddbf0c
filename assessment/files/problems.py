"""What can be wrong with a file: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """The file cannot be used before this is mended."""

    WARNING = "warning"
    """The file works; its author will want to know."""


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text; line and column both count from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a file that its author must change, or should look at.

    Problems sort by file, then by place.
    """

    path: str
    position: Position
    message: str
    fix: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used before this is mended."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        """Format it as editors and CI turn it into a link, the mend on a line of its own."""
        warning = "" if self.is_error else "warning: "
        place = f"{self.path}:{self.position.line}:{self.position.column}"
        return f"{place}: {warning}{self.message}\n    fix: {self.fix}"


class FileProblems(Exception):  # noqa: N818 - it is what it carries: every problem of a file
    """A file that cannot be used, with all its problems, warnings included, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry these problems, once each, sorted by place."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
