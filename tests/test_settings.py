"""Settings: from the command line, the environment, a file or the default; problems are said."""

import re
from pathlib import Path
from typing import Any

import pytest

from assessment.settings import (
    CONFIG,
    DEBUG,
    DEFAULT,
    GIVEN,
    HIDDEN,
    KEYS,
    SettingsProblem,
    read_settings,
    variable,
)
from tests.cli_runs import run

HUSH = "hush hush hush 7"
OIDC = 'oidc_metadata_url = "https://id.example/.well-known/openid-configuration"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def environment(file: Path, text: str, **variables: str) -> dict[str, str]:
    file.write_text(text, encoding="utf-8")
    return {CONFIG: str(file), **variables}


def test_without_anything_set_the_server_is_for_this_computer_alone(tmp_path: Path) -> None:
    empty = tmp_path / "empty.toml"
    read = read_settings(environment(empty, ""))
    assert read.values.host == "localhost"
    assert read.values.port is None
    assert read.values.passphrase is None
    assert read.values.database_url.startswith("sqlite:///")
    assert set(read.sources.values()) == {DEFAULT}
    assert set(read.sources) == set(KEYS)


def test_what_is_said_nearer_wins_and_its_source_is_known(file: Path) -> None:
    said = 'host = "1.1.1.1"\nport = 1001\nlog_level = "error"'
    variables = environment(
        file, said, COORDINATION_AUDIT_PORT="2002", COORDINATION_AUDIT_HOST="2.2.2.2"
    )
    read = read_settings(variables, {"host": "3.3.3.3", "port": None})
    assert (read.values.host, read.values.port, read.values.log_level) == ("3.3.3.3", 2002, "error")
    assert (read.sources["host"], read.sources["port"]) == (GIVEN, variable("port"))
    assert read.sources["log_level"] == str(file)


def test_the_database_is_named_as_everywhere(file: Path) -> None:
    url = "postgresql://ann:hush@db/x"
    read = read_settings(environment(file, 'database_url = "sqlite:///y"', DATABASE_URL=url))
    assert read.values.database_url == url
    assert read.sources["database_url"] == "DATABASE_URL"


@pytest.mark.parametrize(
    ("text", "variables", "said"),
    [
        ("port = 70000", {}, "port from {file}: input should be less than or equal to 65535"),
        ("", {"COORDINATION_AUDIT_PORT": "http"}, "port from COORDINATION_AUDIT_PORT: input"),
        ("prot = 1", {}, "prot in {file}: there is no such setting; did you mean 'port'?"),
        ("[server]\nport = 1", {}, "server in {file}: there is no such setting"),
        ("port = ", {}, "{file}: it is not TOML"),
        ("", {"COORDINATION_AUDIT_PASSPHRSE": HUSH}, "mean 'COORDINATION_AUDIT_PASSPHRASE'"),
        ("", {CONFIG: "/no/where.toml"}, f"{CONFIG}: there is no file /no/where.toml"),
        ("", {CONFIG: "/"}, "/: it cannot be read"),
        ('host = " "', {}, "host from {file}: it is empty"),
        ('log_level = "loud"', {}, "log_level from {file}: input should be 'critical', 'error'"),
        ("passphrase = 7", {}, "passphrase from {file}: input should be a valid string"),
        ('public_url = "example.org"', {}, "public_url from {file}: it is no address like https://"),
        ('public_url = "https://u:p@x.org"', {}, "public_url from {file}: it is no address"),
        ('public_url = "https://[x"', {}, "public_url from {file}: "),
        ('oidc_provider = "Corp"', {}, "signing in needs oidc_metadata_url and oidc_client_id and"),
        (f'{OIDC}oidc_client_id = "x"', {}, "signing in needs oidc_client_secret as well"),
        ('oidc_metadata_url = "http://id.example"', {}, "oidc_metadata_url from {file}: it must"),
        ('oidc_metadata_url = "id.example"', {}, "oidc_metadata_url from {file}: it is no address"),
        ('oidc_allowed = ["example"]', {}, "oidc_allowed from {file}: it takes e-mail addresses"),
        ('trusted_proxies = "nginx"', {}, "trusted_proxies from {file}: it takes numbers of"),
        ("oidc_allowed = 7", {}, "oidc_allowed from {file}: input should be"),
        (
            f'{OIDC}oidc_client_id = "x"\noidc_client_secret = "{HUSH}"\nhost = "0.0.0.0"',
            {},
            "signing in needs public_url: the address that people type",
        ),
        (
            f'{OIDC}oidc_client_id = "x"\noidc_client_secret = "h"\noidc_client_secret_file = "x"',
            {},
            "oidc_client_secret and oidc_client_secret_file are both set",
        ),
        (
            f'passphrase = "{HUSH}"\npassphrase_file = "x"',
            {},
            "passphrase and passphrase_file are both set",
        ),
    ],
)  # fmt: skip
def test_a_problem_names_the_key_and_where_it_was_set(
    text: str, variables: dict[str, str], said: str, file: Path
) -> None:
    with pytest.raises(SettingsProblem) as found:
        read_settings({**environment(file, text), **variables})
    assert len(found.value.problems) == 1
    assert said.format(file=file) in found.value.problems[0]
    assert HUSH not in str(found.value)


def test_every_problem_is_said_at_once(file: Path) -> None:
    variables = environment(
        file, 'prot = 1\nhost = ""\nlog_level = "loud"', COORDINATION_AUDIT_PORT="x"
    )
    with pytest.raises(SettingsProblem) as found:
        read_settings(variables)
    assert len(found.value.problems) == 4


def test_a_passphrase_said_nearer_overrules_one_said_further_off(file: Path) -> None:
    variables = environment(file, f'passphrase = "{HUSH}"')
    read = read_settings(variables, {"passphrase_file": Path("x")})
    assert (read.values.passphrase, read.values.passphrase_file) == (None, Path("x"))
    read = read_settings({**variables, variable("passphrase_file"): "y"})
    assert (read.values.passphrase, read.values.passphrase_file) == (None, Path("y"))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:hush@db:5433/x", "postgresql://ann:***@db:5433/x"),
        ("postgresql://db/x?user=ann&password=hush", "postgresql://db/x?password=hidden&user=ann"),
        ("postgresql://db/x?passfile=/hush&sslkey=/hush", "sslkey=hidden"),
        ("hush", HIDDEN),
        ("postgresql://ann:hush@db:port/x", HIDDEN),
    ],
)
def test_config_shows_everything_but_secrets(
    url: str, shown: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = f'''{OIDC}oidc_client_id = "x"
    passphrase = "{HUSH}"
    oidc_client_secret = "{HUSH}"
    oidc_allowed = ["Example.org", "ann@example.com"]'''
    for name, value in environment(file, said, DATABASE_URL=url).items():
        monkeypatch.setenv(name, value)
    result = run("config")
    assert result.exit_code == 0
    assert shown in result.stdout
    assert "hush" not in result.output
    for key in KEYS:
        assert f"\n{key} " in f"\n{result.stdout}"
    assert re.search(rf"^passphrase +{re.escape(HIDDEN)} ", result.stdout, re.MULTILINE)
    assert re.search(rf"^oidc_client_secret +{re.escape(HIDDEN)} ", result.stdout, re.MULTILINE)
    assert re.search(r"^oidc_allowed +example\.org, ann@example\.com ", result.stdout, re.MULTILINE)
    assert f"File of settings: {file}\n" in result.stdout


@pytest.mark.parametrize("command", ["config", "serve"])
def test_a_command_says_what_is_wrong_with_the_settings(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COORDINATION_AUDIT_PORT", "eighty")
    result = run(command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("port from COORDINATION_AUDIT_PORT: ")


def test_the_switch_for_details_is_no_unknown_setting(file: Path) -> None:
    assert read_settings({**environment(file, ""), DEBUG: "1"}).values.host == "localhost"


def test_every_key_can_be_set_in_a_file_and_in_the_environment(file: Path) -> None:
    good: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": "8600",
        "database_url": "sqlite:///x",
        "passphrase_file": "/x",
        "public_url": "https://x.example/tools/",
        "log_level": "info",
        "oidc_metadata_url": "https://id.example/configuration?policy=x",
        "oidc_client_id": "audit",
        "oidc_client_secret_file": "/y",
        "oidc_provider": "Example Corp",
        "oidc_allowed": "example.org",
        "trusted_proxies": "10.0.0.2, 10.1.0.0/16",
    }
    secrets = f'passphrase = "{HUSH}"\noidc_client_secret = "{HUSH}"\n'
    enough = f'{secrets}{OIDC}oidc_client_id = "y"\n'
    variables = environment(file, enough)
    from_file = read_settings(variables)
    assert from_file.values.passphrase is not None
    assert from_file.values.people_sign_in
    for key, value in good.items():
        read = read_settings({**variables, variable(key): value})
        assert read.sources[key] == variable(key)
        file_of_one = file.with_name(f"{key}.toml")
        text = f"{key} = {value if key == 'port' else repr(value)}\n"
        others = "".join(
            line + "\n"
            for line in enough.splitlines()
            if not line.startswith((f"{key} ", f"{key.removesuffix('_file')} "))
        )
        assert read_settings(environment(file_of_one, text + others)).sources[key] == str(
            file_of_one
        )
    assert set(good) | {"passphrase", "oidc_client_secret"} == set(KEYS)


@pytest.mark.parametrize(
    "said",
    [
        "example.org ann@Example.com",
        "example.org,ann@example.com",
        " @example.org; ann@example.com ",
    ],
)
def test_people_can_be_listed_in_one_variable(said: str, file: Path) -> None:
    text = f'{OIDC}oidc_client_id = "x"\noidc_client_secret = "{HUSH}"'
    read = read_settings(environment(file, text, COORDINATION_AUDIT_OIDC_ALLOWED=said))
    assert read.values.oidc_allowed == ("example.org", "ann@example.com")


def test_a_client_secret_said_nearer_overrules_one_said_further_off(file: Path) -> None:
    text = f'{OIDC}oidc_client_id = "x"\noidc_client_secret = "{HUSH}"'
    read = read_settings({**environment(file, text), variable("oidc_client_secret_file"): "y"})
    values = read.values
    assert (values.oidc_client_secret, values.oidc_client_secret_file) == (None, Path("y"))


def test_a_provider_on_this_computer_may_speak_http(file: Path) -> None:
    text = 'oidc_client_id = "x"\noidc_metadata_url = "http://localhost:9/x"\n'
    read = read_settings(environment(file, f'{text}oidc_client_secret = "{HUSH}"'))
    assert read.values.people_sign_in
