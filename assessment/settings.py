"""Every setting of the server in one place: from the environment, a file, or the default.

A page needs none of this: it finds its database in DATABASE_URL, which `serve` sets from here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_config_path
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from assessment.files.near_misses import shortened, suggestion
from assessment.version import PROGRAM

PREFIX = "COORDINATION_AUDIT_"
CONFIG = f"{PREFIX}CONFIG"
DEBUG = f"{PREFIX}DEBUG"
"""Read by the terminal itself: shows the details of what went wrong."""

HIDDEN = "(set, not shown)"
NOT_SET = "(not set)"
DEFAULT = "default"
GIVEN = "the command line"

Level = Literal["critical", "error", "warning", "info", "debug"]


def _stripped(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    return value.strip()


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    plain = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if not plain or parts.query or parts.fragment or parts.port == 0:
        raise ValueError("it is no address like https://audit.example.org/tools")
    return value.rstrip("/")


class Settings(BaseModel):
    """What the server can be told. Each field is a key of the file.

    In the environment a key is called COORDINATION_AUDIT_ and its name in capitals, but for
    `database_url`, which is DATABASE_URL as with most programs.

    Attributes:
        host: Where to listen: a name or number of this computer; 0.0.0.0 is all of them.
        port: Which port, 1..65535; None takes the first free one from 8501 on.
        database_url: `sqlite:///path` or `postgresql://user:password@host/name`.
        passphrase: What people must give before they see anything.
        passphrase_file: A file whose first line is that; for containers and service managers.
        public_url: What people type into their browser where a proxy stands before the server;
            a path in it is where the app lives.
        log_level: The least that is worth a line in the log.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: Annotated[str, AfterValidator(_stripped)] = "localhost"
    port: int | None = Field(default=None, ge=1, le=65535)
    database_url: Annotated[str, AfterValidator(_stripped)]
    passphrase: SecretStr | None = None
    passphrase_file: Path | None = None
    public_url: Annotated[str, AfterValidator(_stripped), AfterValidator(_web_address)] | None = (
        None
    )
    log_level: Level = "warning"

    @model_validator(mode="after")
    def _one_passphrase(self) -> Self:
        if self.passphrase and self.passphrase_file:
            raise ValueError("passphrase and passphrase_file are both set; leave one of them out")
        return self


KEYS = tuple(Settings.model_fields)


class SettingsProblem(Exception):  # noqa: N818 - it holds several
    """The settings cannot be used.

    Attributes:
        problems: One line each: the key, where it was set, what is wrong.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        """Give one line a problem."""
        return "\n".join(self.problems)


@dataclass(frozen=True)
class ReadSettings:
    """The settings, and for each key where its value comes from.

    Attributes:
        values: The settings.
        sources: For each key `default`, the name of a variable, a file, or the command line.
        file: Where the file of settings is looked for; it need not be there.
    """

    values: Settings
    sources: Mapping[str, str] = field(repr=False)
    file: Path

    def shown(self) -> list[tuple[str, str, str]]:
        """Every key with its value, without secrets, and where it comes from."""
        return [(key, _redacted(self.values, key), self.sources[key]) for key in KEYS]


def variable(key: str) -> str:
    """Give the name of a key in the environment."""
    return "DATABASE_URL" if key == "database_url" else f"{PREFIX}{key.upper()}"


def config_file(environment: Mapping[str, str]) -> Path:
    """Find where the file of settings is, or would be: COORDINATION_AUDIT_CONFIG names another."""
    named = environment.get(CONFIG, "").strip()
    folder = user_config_path(PROGRAM, appauthor=False)
    return Path(named).expanduser() if named else folder / "config.toml"


def read_settings(
    environment: Mapping[str, str], given: Mapping[str, object] | None = None
) -> ReadSettings:
    """Read the settings: the command line before the environment, the file, the default.

    Args:
        environment: The variables; an empty one counts as not set.
        given: What the command line says; None counts as not said.

    Raises:
        SettingsProblem: Something in them cannot be used; names every key and source.
    """
    from assessment.store.database import database_url  # noqa: PLC0415 - slow

    file = config_file(environment)
    found, problems = _in_file(file, is_named=bool(environment.get(CONFIG, "").strip()))
    sources = dict.fromkeys(KEYS, DEFAULT) | dict.fromkeys(found, str(file))
    values: dict[str, object] = {"database_url": database_url({}), **found}
    problems += _unknown_variables(environment)
    for key in KEYS:
        if environment.get(variable(key), "").strip():
            values[key], sources[key] = environment[variable(key)], variable(key)
            _take_other_passphrase_back(key, values, sources)
    for key, value in (given or {}).items():
        if value is not None:
            values[key], sources[key] = value, GIVEN
            _take_other_passphrase_back(key, values, sources)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsProblem((*problems, *_in_words(error, sources))) from None
    if problems:
        raise SettingsProblem(tuple(problems))
    return ReadSettings(settings, sources, file)


def _in_file(file: Path, is_named: bool) -> tuple[dict[str, object], list[str]]:
    try:
        found: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}, [f"{CONFIG}: there is no file {file}"] if is_named else []
    except OSError as error:
        return {}, [f"{file}: it cannot be read ({error.strerror})"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"{file}: it is not TOML ({error})"]
    unknown = [key for key in found if key not in KEYS]
    problems = [
        f"{shortened(key)} in {file}: there is no such setting; {suggestion(key, KEYS)}"
        for key in unknown
    ]
    return {key: value for key, value in found.items() if key in KEYS}, problems


def _unknown_variables(environment: Mapping[str, str]) -> list[str]:
    known = [*map(variable, KEYS), CONFIG, DEBUG]
    return [
        f"{shortened(name)} in the environment: there is no such setting; {suggestion(name, known)}"
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    ]


def _take_other_passphrase_back(
    key: str, values: dict[str, object], sources: dict[str, str]
) -> None:
    """A passphrase said nearer overrules a passphrase said further off, in whichever way."""
    other = {"passphrase": "passphrase_file", "passphrase_file": "passphrase"}.get(key)
    if other in values and sources[other] != sources[key] and not _same_place(sources, key, other):
        del values[other]
        sources[other] = DEFAULT


def _same_place(sources: Mapping[str, str], one: str, other: str) -> bool:
    return sources[one].startswith(PREFIX) and sources[other].startswith(PREFIX)


def _in_words(error: ValidationError, sources: Mapping[str, str]) -> list[str]:
    """Put what pydantic found into words, without repeating a value: it may be a secret."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        words = problem["msg"].removeprefix("Value error, ")
        words = words[:1].lower() + words[1:]
        key = str(problem["loc"][0]) if problem["loc"] else ""
        lines.append(f"{key} from {sources[key]}: {words}" if key else words)
    return lines


def _redacted(settings: Settings, key: str) -> str:
    value = getattr(settings, key)
    if value is None:
        return NOT_SET
    if isinstance(value, SecretStr):
        return HIDDEN
    return _without_password(value) if key == "database_url" else str(value)


def _without_password(url: str) -> str:
    from sqlalchemy import exc, make_url  # noqa: PLC0415 - slow

    try:
        parsed = make_url(url)
    except (exc.ArgumentError, ValueError):
        return HIDDEN
    secret = {key: "hidden" for key in parsed.query if "pass" in key or "key" in key}
    return parsed.update_query_dict(secret).render_as_string(hide_password=True)
