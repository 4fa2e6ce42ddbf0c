"""What a setting may be: each type takes what can be used, and says what is wrong with the rest."""

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator


def is_this_computer(address: str | None) -> bool:
    """Whether an address to listen on is reached from this computer alone; None means all."""
    try:
        return address == "localhost" or ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


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


def _provider_address(value: str) -> str:
    parts = urlsplit(value)  # some carry a query
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError("it is no address like https://id.example.org/openid-configuration")
    if parts.scheme != "https" and not is_this_computer(parts.hostname):
        raise ValueError("it must begin with https://, or whoever is on the way lets people in")
    return value


def _listed(value: object) -> object:
    """What stands in one text, in the environment, as the list that a file can hold."""
    return re.findall(r"[^\s,;]+", value) if isinstance(value, str) else value


def _whom(value: str) -> str:
    whom = value.strip().lower().removeprefix("@")
    if not re.fullmatch(r"([^@\s]+@)?[a-z0-9-]+(\.[a-z0-9-]+)+", whom):
        raise ValueError("it takes e-mail addresses, or what stands behind their @: example.org")
    return whom


def _proxy(value: str) -> str:
    try:
        return value if value == "*" else str(ipaddress.ip_network(value))
    except ValueError:
        raise ValueError(
            "it takes numbers of computers or networks: 10.0.0.2, 10.0.0.0/8"
        ) from None


Text = Annotated[str, AfterValidator(_stripped)]
"""A text that says something."""

WebAddress = Annotated[Text, AfterValidator(_web_address)]
"""Where people find a server, without a slash at its end."""

ProviderAddress = Annotated[Text, AfterValidator(_provider_address)]
"""Where a provider is asked who somebody is: nobody may be able to answer in its place."""

Proxies = Annotated[tuple[Annotated[str, AfterValidator(_proxy)], ...], BeforeValidator(_listed)]
"""Numbers of computers, or of networks like 10.0.0.0/8; "*" is all."""

People = Annotated[tuple[Annotated[str, AfterValidator(_whom)], ...], BeforeValidator(_listed)]
"""E-mail addresses, and domains with everybody there; in small letters."""
