"""The address that phones open to join: found by itself, with the choices if there are several."""

from urllib.parse import urlsplit

import streamlit as st

from assessment.setting_types import is_this_computer

JOIN = "join"

public_url: str | None = None
"""Set by our server where a proxy stands before it."""

others: tuple[str, ...] = ()
"""Set by our server: this computer's addresses for others, the likeliest first."""


def is_reachable() -> bool:
    """Whether phones can reach this server at all."""
    return public_url is not None or not is_this_computer(st.get_option("server.address"))


def choices() -> tuple[str, ...]:
    """The addresses that phones may be able to open, the likeliest first; never empty."""
    if public_url is not None:
        return (public_url,)
    here = urlsplit(st.context.url or "")
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    port = st.get_option("server.port")
    named = f"{here.scheme}://{here.netloc}" if here.netloc else f"http://localhost:{port}"
    found = [named] if not is_this_computer(here.hostname) else []
    found += [f"http://[{a}]:{port}" if ":" in a else f"http://{a}:{port}" for a in others]
    return tuple(f"{one}/{base}".rstrip("/") for one in dict.fromkeys(found or [named]))


def join_url(root: str, code: str | None = None) -> str:
    """The address to type, or with a code the one behind the QR code."""
    return f"{root}/{JOIN}/{code}" if code else f"{root}/{JOIN}"


def spoken(url: str) -> str:
    """An address as people read and type it: without the scheme, which browsers add."""
    return url.removeprefix("https://").removeprefix("http://")
