"""Reading an export back: the same trace and result, or every problem of the file.

Nothing that stands in it is believed: the questionnaire is read again from its text, its
fingerprint and the result are computed again.
"""

import re
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import NoReturn

from assessment.files.case_answers import read_answers
from assessment.files.case_facts import read_facts
from assessment.files.complaints import Complaints
from assessment.files.export import (
    DERIVED_KEYS,
    ENTRY_KEYS,
    FILE_KEYS,
    FORMAT,
    FORMAT_VERSION,
    LARGEST_EXPORT,
    QUESTIONNAIRE_KEYS,
    USE_CASE_KEYS,
    WORKSHOP_KEY,
    Export,
    TracedUseCase,
)
from assessment.files.export_parts import EXPORT_AGAIN, Keys, Parts
from assessment.files.export_plan import read_plan
from assessment.files.export_workshop_reader import read_workshop
from assessment.files.near_misses import shortened
from assessment.files.positioned_json import parse_json
from assessment.files.positions import Data, Positioned, Where, decoded, normalized
from assessment.files.problems import FileProblems, Problem, Severity
from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import FactValue, Trace
from assessment.method.differences import Difference, differences
from assessment.method.gaps import Result, assess
from assessment.method.questionnaire import Questionnaire
from assessment.method.record import record

_SIGN = re.compile(rb'"format"\s*:\s*"' + FORMAT.encode())
_WHOLE_NUMBER = re.compile(r"[1-9]\d{0,8}")


def is_export(content: bytes) -> bool:
    """Tell an export, whole or broken, from any other file."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and bool(
        _SIGN.search(content)
    )


def read_export(content: str | bytes, path: str) -> Export:
    """Read what `write_export` wrote.

    Args:
        content: The file's text or bytes.
        path: How problems name the file.

    Returns:
        The trace with its questionnaire, and the result, computed now.

    Raises:
        FileProblems: It is no export, from a newer version, or something is wrong in it; carries
            everything that is.
    """
    document = parse_json(decoded(content, path, LARGEST_EXPORT), path)
    reading = _Reading(document)
    export = reading.read()
    if export is None or any(problem.is_error for problem in reading.problems):
        raise FileProblems(reading.problems)
    return export


class _Reading:
    """One pass over an export."""

    def __init__(self, document: Positioned) -> None:
        self._document = document
        self._complaints = Complaints(document)
        self._complaints.problems.extend(document.problems)
        self._parts = Parts(self._complaints)

    @property
    def problems(self) -> list[Problem]:
        return self._complaints.problems

    def read(self) -> Export | None:
        """Read everything; None where there is not enough for a trace."""
        data, is_first_format = self._recognized()
        known = [key for key in FILE_KEYS if not (is_first_format and key == "plan")]
        known += [WORKSHOP_KEY] if WORKSHOP_KEY in data and not is_first_format else []
        self._parts.check_keys(data, (), tuple(known))
        about = self._parts.keys(data, "use_case", (), USE_CASE_KEYS)
        derived = self._parts.keys(data, "derived", (), DERIVED_KEYS)
        generator = self._parts.text(data, "generator", ())
        name = self._parts.text(about, "id", ("use_case",))
        exported_at = self._parts.moment(data, "exported_at", ())
        changed = self._parts.moment(about, "changed", ("use_case",), may_be_null=True)
        read = self._questionnaire(self._parts.keys(data, "questionnaire", (), QUESTIONNAIRE_KEYS))
        if read is None:
            return None
        answers = data.get("answers")
        answered_at = self._times(answers)
        trace = Trace(
            self._facts(read.questionnaire, about.get("facts")),
            read_answers(
                read.questionnaire, _without_times(answers), ("answers",), self._complaints
            ),
        )
        plan = read_plan(read.questionnaire, data.get("plan"), self._parts)
        workshop = None
        if WORKSHOP_KEY in known:
            workshop = read_workshop(read.questionnaire, data[WORKSHOP_KEY], self._parts)
        if exported_at is None or self._complaints.has_errors:
            return None
        result = assess(read.questionnaire, trace)
        differ = self._compare(derived.get("result"), result, name)
        return Export(
            use_case=TracedUseCase(name, read, trace, changed, answered_at, plan, workshop),
            generator=generator,
            exported_at=exported_at,
            result=result,
            differences=differ,
            warnings=tuple(sorted(set(self.problems))),
        )

    def _recognized(self) -> tuple[Keys, bool]:
        """The file's keys, and whether it is of the first format, which had no plan."""
        data = self._document.data
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            fix = f"name a file that was exported as JSON; its 'format' is '{FORMAT}'"
            self._stop(("format",), "this is no export of a trace", fix)
        version = data.get("format_version")
        if not isinstance(version, str) or not _WHOLE_NUMBER.fullmatch(version):
            self._stop(("format_version",), "'format_version' must be a whole number", EXPORT_AGAIN)
        if int(version) > FORMAT_VERSION:
            what = f"a newer version of this program wrote this file (format {version})"
            fix = f"update the program; this one reads up to format {FORMAT_VERSION}"
            self._stop(("format_version",), what, fix)
        return data, version == "1"

    def _stop(self, where: Where, what: str, fix: str) -> NoReturn:
        self._complaints.add(where, what, fix)
        raise FileProblems(self.problems)

    def _questionnaire(self, data: Keys) -> ReadQuestionnaire | None:
        text = self._parts.text(data, "text", ("questionnaire",))
        if not text:
            return None
        found = sha256(normalized(text).encode()).hexdigest()
        if found != data.get("fingerprint"):
            what = "the questionnaire's text is not the one that this fingerprint was made of"
            self._complaints.add(("questionnaire", "fingerprint"), what, EXPORT_AGAIN)
            return None
        try:
            read = read_questionnaire(text, f"{self._document.path} (questionnaire)")
        except FileProblems as inside:
            first = next(problem for problem in inside.problems if problem.is_error)
            line = first.position.line
            what = f"its questionnaire cannot be used: line {line}: {first.message}"
            self._complaints.add(("questionnaire", "text"), what, first.fix)
            return None
        for key, said in (("id", read.questionnaire.id), ("version", read.questionnaire.version)):
            if key in data and data[key] != said:
                what = f"the questionnaire's own text says that its {key} is '{shortened(said)}'"
                self._complaints.add(("questionnaire", key), what, EXPORT_AGAIN)
        return read

    def _facts(self, questionnaire: Questionnaire, given: Data) -> dict[str, FactValue]:
        """The facts, texts with the blanks around them, which a case file's reader takes off."""
        where = ("use_case", "facts")
        if not isinstance(given, dict):
            return read_facts(questionnaire, given, where, self._complaints)
        kinds = {name: questionnaire.facts[name].type for name in questionnaire.facts}
        plain = {
            name: _in_digits(value) if kinds.get(name) == "number" else value
            for name, value in given.items()
        }
        facts = read_facts(questionnaire, plain, where, self._complaints)
        for name in facts:
            value = given[name]
            if kinds[name] == "text" and isinstance(value, str):
                facts[name] = value
        return facts

    def _times(self, answers: Data) -> dict[str, datetime]:
        found = {}
        for name, entry in answers.items() if isinstance(answers, dict) else ():
            where = ("answers", name)
            if not isinstance(entry, dict):
                self._complaints.add(where, f"'{shortened(name)}' must have keys", EXPORT_AGAIN)
                continue
            self._parts.check_keys(entry, where, ENTRY_KEYS)
            moment = self._parts.moment(entry, "answered_at", where, may_be_null=True)
            if moment is not None:
                found[name] = moment
        return found

    def _compare(self, stored: Data, result: Result, name: str) -> tuple[Difference, ...]:
        """Where the result in the file is not the one that was computed, said if there is any."""
        found = differences(stored if isinstance(stored, dict) else {}, record(result, name))
        if found:
            what = "the result that stands here is not what the answers come to"
            fix = (
                "export it again to bring this up to date; what counts is computed from the answers"
            )
            self._complaints.add(("derived", "result"), what, fix, Severity.WARNING)
        return found


def _without_times(answers: Data) -> Data:
    if not isinstance(answers, dict):
        return answers
    return {
        name: {key: said for key, said in entry.items() if key in ENTRY_KEYS[:-1]}
        for name, entry in answers.items()
        if isinstance(entry, dict)
    }


def _in_digits(value: Data) -> Data:
    """A number without an exponent, which JSON writes for the very small."""
    if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?[eE]-?\d{1,3}", value):
        return f"{Decimal(value):f}"
    return value
