"""The addresses under which others reach this computer, found without asking anybody."""

import socket
from collections.abc import Mapping

import pytest

from assessment.server import addresses as module
from assessment.server.addresses import addresses, web_address


def test_every_address_is_one_of_this_computer() -> None:
    for address in addresses():
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family) as probe:
            probe.bind((address, 0))


def pretend(monkeypatch: pytest.MonkeyPatch, routes: Mapping[str, str]) -> None:
    """A computer that sends from these addresses: place -> own address."""
    monkeypatch.setattr(module, "_own_address", lambda _, there: routes.get(there))


def test_the_way_out_comes_first_and_each_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    routes = {
        "192.0.2.1": "192.168.1.20",
        "192.168.255.254": "192.168.1.20",
        "10.255.255.254": "10.8.0.3",
        "2001:db8::1": "2001:db8::20",
    }
    pretend(monkeypatch, routes)
    assert addresses() == ("192.168.1.20", "10.8.0.3", "2001:db8::20")


@pytest.mark.parametrize("alone", ["127.0.0.1", "169.254.3.4", "0.0.0.0", "::1", "fe80::1"])  # noqa: S104
def test_an_address_that_others_cannot_use_is_left_out(
    alone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, {"192.0.2.1": alone})
    assert addresses() == ()


def test_without_a_network_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert addresses() == ()


def test_no_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a name was looked up")

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "getfqdn"):
        monkeypatch.setattr(socket, name, refuse)
    addresses()


def test_a_browser_takes_what_is_written() -> None:
    assert web_address("192.168.1.20", 8501) == "http://192.168.1.20:8501"
    assert web_address("2001:db8::20", 8501) == "http://[2001:db8::20]:8501"
