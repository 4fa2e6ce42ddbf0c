"""The files in `deploy/` and the text about hosting agree with the program and with each other."""

import ast
import configparser
import http.client
import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment.server.application import ALIVE, READY
from assessment.server.passphrase import PassphraseProblem, chosen_passphrase
from assessment.server.running import LAST_WORDS, PING
from assessment.server.slow_clients import HEAD_WITHIN
from assessment.settings import KEYS, PREFIX, Settings, read_settings, variable
from assessment.store.deletion import GRACE
from tests.app_server import free_port
from tests.cli_runs import run
from tests.conftest import ROOT
from tests.served import RIGHT, Served

DEPLOY = ROOT / "deploy"
SAID = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
EVERY = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.iterdir() if path.is_file()}
VARIABLES = {variable(key) for key in KEYS} | {f"{PREFIX}CONFIG"}


def unit() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(EVERY["coordination-audit.service"])
    return parser["Service"]


def in_settings_file() -> dict[str, str]:
    """What a shell and systemd read from the example."""
    lines = shlex.split(EVERY["settings.env"], comments=True)
    return dict(line.split("=", 1) for line in lines)


def in_image() -> dict[str, str]:
    pairs = re.findall(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)
    return dict(one.split("=", 1) for line in pairs for one in shlex.split(line))


@pytest.mark.parametrize("name", ["hosting.md", *EVERY])
def test_every_variable_that_is_named_exists(name: str) -> None:
    text = SAID if name == "hosting.md" else EVERY[name]
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", text))
    assert named - VARIABLES == set()


def test_the_text_names_every_file_of_the_folder_and_no_other() -> None:
    linked = set(re.findall(r"\(\.\./deploy/([\w.-]+)\)", SAID))
    also = {Path(path).name for path in re.findall(r"deploy/[\w.-]+", SAID)}
    assert linked | also == set(EVERY)


def test_the_commands_in_the_text_exist() -> None:
    blocks = re.findall(r"```sh\n(.+?)```", SAID, re.DOTALL)
    used = {
        word
        for block in blocks
        for word in re.findall(
            r"^(?:docker compose exec app )?coordination-audit (\w+)", block, re.MULTILINE
        )
    }
    assert {"backup", "restore", "config"} <= used
    assert {word for word in used if run(word, "--help").exit_code} == set()


def test_the_links_within_the_text_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", SAID, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", SAID)) <= anchors
    for path in re.findall(r"\]\(([^)#:]+)\)", SAID):
        assert (ROOT / "docs" / path).exists(), path


def test_the_example_of_settings_is_read_and_its_passphrase_refused() -> None:
    given = in_settings_file()
    settings = read_settings({**given, f"{PREFIX}CONFIG": ""}).values
    assert settings.public_url == "https://audit.example.org"
    assert settings.database_url.startswith(f"sqlite:////var/lib/{unit()['StateDirectory']}/")
    with pytest.raises(PassphraseProblem, match="too easy to guess"):
        chosen_passphrase(settings.passphrase, None)
    for name in ("settings.env", "coordination-audit.service"):
        assert "/etc/coordination-audit/settings.env" in EVERY[name]


def test_proxy_server_and_image_meet_at_one_port() -> None:
    port = in_settings_file()[variable("port")]
    assert in_image()[variable("port")] == port
    assert f"EXPOSE {port}\n" in DOCKERFILE
    assert f"server 127.0.0.1:{port};" in NGINX
    assert f"'127.0.0.1', {port}" in DOCKERFILE
    assert f"http://127.0.0.1:{port}{ALIVE}" in SAID


def test_nothing_listens_wider_than_it_must() -> None:
    assert variable("host") not in in_settings_file()
    assert Settings.model_fields["host"].default == "localhost"
    published = {name for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published == {"proxy"}
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_proxy_waits_longer_and_takes_more_than_the_server() -> None:
    waits = re.findall(r"proxy_(?:read|send)_timeout (\d+)h;", NGINX)
    assert [int(hours) * 3600 > 2 * PING for hours in waits] == [True, True]
    streamlit = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    body = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert body is not None
    assert int(body[1]) > streamlit["server"]["maxUploadSize"]
    head = re.search(r"client_header_timeout (\d+)s;", NGINX)
    assert head is not None
    assert int(head[1]) <= HEAD_WITHIN
    assert f"after {head[1]} seconds" in SAID
    assert f"after {HEAD_WITHIN:.0f}" in SAID


def test_the_log_of_the_proxy_keeps_no_address_of_a_trace() -> None:
    form = re.search(r"log_format audit '(.+)';", NGINX)
    assert form is not None
    named = set(re.findall(r"\$\w+", form[1]))
    assert named & {"$request", "$request_uri", "$args", "$query_string", "$http_referer"} == set()
    assert set(re.findall(r"access_log (.+);", NGINX)) == {"off", "/var/log/nginx/audit.log audit"}


def test_the_unit_starts_the_program_with_little_else_to_do() -> None:
    service = unit()
    command = service["ExecStart"].split()
    assert command[1:] == ["serve", "--no-browser"]
    assert command[0] == "/opt/coordination-audit/.venv/bin/coordination-audit"
    assert service["User"] == "coordination-audit"
    assert (service["ProtectSystem"], service["UMask"]) == ("strict", "0077")
    assert service["CapabilityBoundingSet"] == ""
    assert int(service["TimeoutStopSec"]) > LAST_WORDS
    assert f"within {LAST_WORDS} seconds" in SAID


def test_the_image_holds_what_runs_and_nothing_else() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {name.rstrip("*") for name in packages} <= names
    assert {"app.py", ".streamlit", "requirements.txt"} <= names
    assert not names & {"tests", "docs", "deploy", ".", "requirements-test.txt"}
    assert all((ROOT / name).exists() for name in names)
    assert "--require-hashes -r requirements.txt" in DOCKERFILE


def test_the_image_runs_as_nobody_special_and_writes_in_one_place() -> None:
    assert re.search(r"^USER [1-9]\d+$", DOCKERFILE, re.MULTILINE)
    assert in_image()["DATABASE_URL"] == "sqlite:////data/traces.sqlite3"
    assert "\nVOLUME /data\n" in DOCKERFILE
    app = COMPOSE["services"]["app"]
    assert (app["read_only"], app["cap_drop"]) == (True, ["ALL"])
    assert app["volumes"] == ["backups:/data"]
    settings = read_settings({**in_image(), f"{PREFIX}CONFIG": ""}).values
    assert settings.host == "0.0.0.0"  # noqa: S104 - within the container
    assert json.loads(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[0])[1:] == [
        "serve",
        "--no-browser",
    ]


def test_compose_asks_for_every_value_that_has_no_default() -> None:
    asked = set(re.findall(r"\$\{(\w+):\?", EVERY["compose.yaml"]))
    assert set(re.findall(r"\$\{(\w+)", EVERY["compose.yaml"])) == asked
    block = next(b for b in re.findall(r"```sh\n(.+?)```", SAID, re.DOTALL) if "PUBLIC_URL=h" in b)
    assert {line.split("=")[0] for line in block.splitlines()} == asked
    own = {name for name in COMPOSE["services"]["app"]["environment"] if PREFIX in name}
    assert own == {variable("public_url"), variable("passphrase"), variable("trusted_proxies")}


def test_compose_leads_the_shipped_proxy_to_the_app() -> None:
    proxy = COMPOSE["services"]["proxy"]
    files = dict(volume.split(":")[:2] for volume in proxy["volumes"])
    assert files == {"./nginx.conf": "/audit.conf", "./tls": "/etc/nginx/tls"}
    command = proxy["command"][2]
    assert "/etc/nginx/conf.d/default.conf && exec nginx" in command
    rewrite = command.split(" /audit.conf")[0].split()
    done = subprocess.run([*rewrite, DEPLOY / "nginx.conf"], capture_output=True, check=True)
    assert "server app:8501;" in done.stdout.decode()
    assert "127.0.0.1" not in done.stdout.decode()


def health_check() -> list[str]:
    found = re.search(r"^HEALTHCHECK .+? CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    command: list[str] = json.loads(found[1])
    return command


def test_the_health_check_of_the_image_is_python() -> None:
    program, flag, text = health_check()
    assert (program, flag) == ("python", "-c")
    ast.parse(text)
    assert ALIVE in text


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", "/tools/audit"], ids=["root", "path"])
def test_the_health_check_of_the_image_tells_alive_from_away(path: str, tmp_path: Path) -> None:
    url = f"https://localhost{path}"
    server = Served(tmp_path, passphrase=RIGHT, public_url=url)
    server.path = path
    text = health_check()[2].replace("8501", str(server.port))
    environment = {variable("public_url"): url, "http_proxy": f"http://127.0.0.1:{free_port()}"}

    def checked() -> int:
        return subprocess.run(
            [sys.executable, "-c", text], env=environment, capture_output=True, check=False
        ).returncode

    assert checked() != 0
    server.start()
    try:
        assert checked() == 0
        assert server.ask(f"{path}{READY}").status == http.client.OK
    finally:
        server.kill()


def test_the_text_says_how_long_things_last() -> None:
    assert f"brought back for {GRACE.days} days" in SAID
    for path in (ALIVE, READY):
        assert f"`{path}`" in SAID


def test_ci_installs_the_proxy_that_the_tests_run() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert {"nginx", "openssl"} <= set(re.split(r"\s+", script))
