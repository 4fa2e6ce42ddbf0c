"""Collects what is wrong with one part of a file while it is being read."""

from assessment.files.positions import Positioned, Where
from assessment.files.problems import Problem, Severity


class Complaints:
    """The problems of one case, in the order in which they were met."""

    def __init__(self, document: Positioned) -> None:
        """Start without any; `document` knows where each part stands."""
        self._document = document
        self.problems: list[Problem] = []

    def add(self, where: Where, what: str, fix: str, severity: Severity = Severity.ERROR) -> None:
        """Note what is wrong with the part at `where`, and how to mend it."""
        position = self._document.locate(where)
        self.problems.append(Problem(self._document.path, position, what, fix, severity))

    @property
    def has_errors(self) -> bool:
        """Whether what was read cannot be used."""
        return any(problem.is_error for problem in self.problems)
