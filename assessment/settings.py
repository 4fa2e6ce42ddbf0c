"""Every setting of the server in one place: from the environment, a file, or the default.

A page needs none of this: it finds its database in DATABASE_URL, which `serve` sets from here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from assessment.files.near_misses import shortened, suggestion
from assessment.setting_types import People, ProviderAddress, Proxies, Text, WebAddress
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
        trusted_proxies: The proxies that may say for whom they ask, by their numbers, or networks
            like 10.0.0.0/8; "*" believes everybody, where nobody else reaches the server.
        log_level: The least that is worth a line in the log.
        oidc_metadata_url: Where the provider with whom people sign in describes itself; it ends in
            `/.well-known/openid-configuration`. Without it nobody signs in.
        oidc_client_id: What the provider calls this server.
        oidc_client_secret: What proves to the provider that it is this server.
        oidc_client_secret_file: A file whose first line is that.
        oidc_provider: What people call the provider, for the button: `Example Corp`.
        oidc_allowed: Who may come in, of those whom the provider knows: e-mail addresses, or
            what stands behind their @. Empty lets in everybody whom the provider signs in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: Text = "localhost"
    port: int | None = Field(default=None, ge=1, le=65535)
    database_url: Text
    passphrase: SecretStr | None = None
    passphrase_file: Path | None = None
    public_url: WebAddress | None = None
    trusted_proxies: Proxies = ("127.0.0.1", "::1")
    log_level: Level = "warning"
    oidc_metadata_url: ProviderAddress | None = None
    oidc_client_id: Text | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_client_secret_file: Path | None = None
    oidc_provider: Text | None = None
    oidc_allowed: People = ()

    @model_validator(mode="after")
    def _one_secret_each(self) -> Self:
        for key, other in EITHER.items():
            if getattr(self, key) and getattr(self, other):
                raise ValueError(f"{key} and {other} are both set; leave one of them out")
        return self

    @model_validator(mode="after")
    def _all_that_signing_in_needs(self) -> Self:
        given = {key for key in KEYS if key.startswith("oidc_") and getattr(self, key)}
        if not given:
            return self
        missing = [key for key in ("oidc_metadata_url", "oidc_client_id") if key not in given]
        if not given & {"oidc_client_secret", "oidc_client_secret_file"}:
            missing.append("oidc_client_secret")
        if missing:
            raise ValueError(f"signing in needs {' and '.join(missing)} as well")
        if self.host in ("0.0.0.0", "::") and not self.public_url:  # noqa: S104 - compared
            raise ValueError(
                "signing in needs public_url: the address that people type, to which the provider"
                " sends them back"
            )
        return self

    @property
    def people_sign_in(self) -> bool:
        """Whether everybody signs in, each with an account of their own."""
        return self.oidc_metadata_url is not None


KEYS = tuple(Settings.model_fields)

EITHER = {"passphrase": "passphrase_file", "oidc_client_secret": "oidc_client_secret_file"}
"""Secrets that can be given themselves or in a file, never both."""


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
            _take_other_way_back(key, values, sources)
    for key, value in (given or {}).items():
        if value is not None:
            values[key], sources[key] = value, GIVEN
            _take_other_way_back(key, values, sources)
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


def _take_other_way_back(key: str, values: dict[str, object], sources: dict[str, str]) -> None:
    """A secret said nearer overrules the same secret said further off, in whichever way."""
    other = {**EITHER, **{file: secret for secret, file in EITHER.items()}}.get(key)
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
    if value is None or value == ():
        return NOT_SET
    if isinstance(value, tuple):
        return ", ".join(value)
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
