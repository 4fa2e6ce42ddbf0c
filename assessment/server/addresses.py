"""The addresses under which other computers in the same network reach this one.

Nothing is sent and no name is looked up: the system is asked which of its own addresses it would
send from.
"""

import socket
from contextlib import closing
from ipaddress import ip_address

_ELSEWHERE = (
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET, "192.168.255.254"),
    (socket.AF_INET, "10.255.255.254"),
    (socket.AF_INET, "172.31.255.254"),
    (socket.AF_INET6, "2001:db8::1"),
)
"""Somewhere else: first where the way out leads, then the networks of homes and companies.

The first and the last stand for any place: RFC 5737 and RFC 3849 keep them out of the network.
"""

_ANY_PORT = 9


def addresses() -> tuple[str, ...]:
    """Find this computer's addresses for others, the likeliest first; empty without a network.

    Of IPv6 only the address that is used towards any place.
    """
    found = (_own_address(family, there) for family, there in _ELSEWHERE)
    return tuple(dict.fromkeys(address for address in found if address and _is_for_others(address)))


def web_address(address: str, port: int) -> str:
    """Write what somebody types into a browser."""
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def _own_address(family: socket.AddressFamily, there: str) -> str | None:
    """The address that this computer would send from; connecting such a socket sends nothing."""
    try:
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
            probe.connect((there, _ANY_PORT))
            address: str = probe.getsockname()[0]
    except OSError:
        return None
    return address


def _is_for_others(address: str) -> bool:
    parsed = ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
