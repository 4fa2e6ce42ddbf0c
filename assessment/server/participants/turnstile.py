"""How many wrong codes may be tried, so that no code is guessed in the hours that it lives.

Nothing here knows of the web: addresses and seconds go in, yes or no comes out.
"""

import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

_log = logging.getLogger(__name__)

_CALM = 60
"""Seconds between two lines in the log about wrong codes."""

MOST_ADDRESSES = 10_000


@dataclass
class _Bucket:
    burst: float
    per_second: float
    tokens: float = field(init=False)
    seen: float = 0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def has_one(self, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.seen) * self.per_second)
        self.seen = now
        return self.tokens >= 1


class Turnstile:
    """Counts wrong codes; right ones cost nothing, so that a whole room passes at once.

    Each address has a bucket of wrong codes, and all together have one: some 58,000 wrong codes in
    eight hours, whoever asks, against 148 million that there are. An address from which somebody
    joined has only its own bucket: while somebody outside is guessing, the room still gets in.
    Whose bucket is empty is not told whether a code is right. So somebody who sits behind the
    room's own address and keeps guessing can keep late joiners out for as long; nobody who is in
    is kept from anything.
    """

    def __init__(self) -> None:
        self._all = _Bucket(300, 2)
        self._each: OrderedDict[str, _Bucket] = OrderedDict()
        self._known: OrderedDict[str, None] = OrderedDict()
        self._wrong = 0
        self._said = float("-inf")

    def may_try(self, address: str, now: float) -> bool:
        """Whether a code from this address is looked at.

        Args:
            address: Where the request comes from.
            now: Seconds on any clock that only goes forward.
        """
        place = _network(address)
        own = self._bucket(place).has_one(now)
        return own and (place in self._known or self._all.has_one(now))

    def wrong(self, address: str, now: float) -> None:
        """Note that a code from this address was wrong."""
        place = _network(address)
        for bucket in (self._bucket(place), self._all):
            bucket.has_one(now)
            bucket.tokens -= 1
        self._wrong += 1
        if self._wrong >= self._all.burst / 10 and now - self._said > _CALM:
            _log.warning("%d wrong workshop codes were tried.", self._wrong)
            self._wrong, self._said = 0, now

    def right(self, address: str) -> None:
        """Note that somebody joined from this address."""
        self._known[_network(address)] = None
        self._known.move_to_end(_network(address))
        if len(self._known) > MOST_ADDRESSES:
            self._known.popitem(last=False)

    def _bucket(self, place: str) -> _Bucket:
        if place not in self._each:
            self._each[place] = _Bucket(30, 0.25)
        self._each.move_to_end(place)
        if len(self._each) > MOST_ADDRESSES:
            self._each.popitem(last=False)
        return self._each[place]


def _network(address: str) -> str:
    """Who has one address of IPv6 has all that begin alike."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> 64)
    return str(parsed)
