"""The passphrase: making one, telling right from wrong, and remembering who gave it.

Everybody who has the passphrase may see and change everything; it keeps strangers out and tells
nobody apart. Nothing here knows of the web: text and seconds go in, text and yes or no come out.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
"""Digits and letters that nobody takes for one another, without vowels: they make no words."""

GROUPS = 4
GROUP_LENGTH = 4
"""16 out of 27 signs: 76 bits of chance."""

SHORTEST = 12
"""Bytes of a passphrase that somebody chose, not counting blanks and dashes."""

LIFETIME = 12 * 60 * 60
"""Seconds for which a browser is remembered: a working day."""

_SALT = b"coordination-audit passphrase 1"


class PassphraseProblem(Exception):  # noqa: N818 - says what is wrong with it
    """A passphrase cannot be used; says why and what to do."""


def make_passphrase() -> str:
    """Make a passphrase that can be read aloud and typed on a phone: `7kmx-p3hq-w9dn-c4tz`."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def chosen_passphrase(passphrase: SecretStr | None, file: Path | None) -> str | None:
    """Give the passphrase that the settings name; None where they name none.

    Args:
        passphrase: The passphrase itself.
        file: A file whose first line it is.

    Raises:
        PassphraseProblem: The file cannot be read, or the passphrase is too easy to guess.
    """
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            raise PassphraseProblem(
                f"The passphrase file {file} cannot be read. Check its name and who may read it."
            ) from None
        return _strong(lines[0] if lines else "", f"The first line of {file}")
    return None if passphrase is None else _strong(passphrase.get_secret_value(), "The passphrase")


def _strong(passphrase: str, name: str) -> str:
    heart = _heart(passphrase)
    if len(heart) < SHORTEST or len(set(heart)) < SHORTEST // 2:
        raise PassphraseProblem(
            f"{name} is too easy to guess. Give at least {SHORTEST} letters or digits, not always"
            " the same; or leave it out and one is made."
        )
    return passphrase


def _heart(passphrase: str) -> bytes:
    """What of a passphrase counts: phones put capitals and blanks where nobody meant any."""
    folded = unicodedata.normalize("NFKC", passphrase).casefold()
    kept = (c for c in folded if not c.isspace() and unicodedata.category(c) != "Pd")
    return "".join(kept).encode("utf-8", errors="surrogatepass")


class Keeper:
    """Knows the passphrase, and signs what a browser keeps so that it need not be given again.

    The signing key comes from the passphrase alone. So a server that starts again, or another one
    beside it, with the same passphrase knows the same browsers; with another, none. A cookie that
    got into wrong hands could be used to try passphrases out at leisure, so the key is dear to
    compute (scrypt, RFC 7914; 16 MiB, some 50 ms a guess).
    """

    def __init__(self, passphrase: str) -> None:
        heart = _heart(passphrase)
        self._key = hashlib.scrypt(heart, salt=_SALT, n=2**14, r=8, p=1, dklen=32)
        self._proof = self._mac(heart)
        self.cookie = f"coordination_audit_{self._mac(b'name')[:8]}"
        """The cookie's name: servers on one computer with different passphrases do not quarrel."""

    def is_right(self, guess: str) -> bool:
        """Whether this is the passphrase; takes as long for a near miss as for a far one."""
        return hmac.compare_digest(self._mac(_heart(guess)), self._proof)

    def sign(self, now: float) -> str:
        """Make what a browser keeps.

        Args:
            now: Seconds since 1970.
        """
        until = str(int(now) + LIFETIME)
        return f"{until}.{self._mac(b'until ' + until.encode())}"

    def knows(self, kept: str, now: float) -> bool:
        """Whether a browser keeps something that we signed and that still holds."""
        until, _, mac = kept.partition(".")
        if not (until.isascii() and until.isdigit() and len(until) <= 12 and mac.isascii()):
            return False
        signed = hmac.compare_digest(mac, self._mac(b"until " + until.encode()))
        return signed and now < int(until) <= now + LIFETIME

    def _mac(self, message: bytes) -> str:
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()


@dataclass
class Patience:
    """How long the answer to a wrong passphrase waits.

    One bucket for everybody, not one for each address: a meeting room sits behind one address, and
    whoever wants to guess has many. A wrong guess takes a token and is answered after a moment;
    without tokens it waits for the next one, up to `longest`. Who waits is answered late but is
    not kept from trying, and the right passphrase never waits, whatever others do: the room gets
    in while somebody outside is guessing.

    What that cannot do is stop somebody who opens many connections at once and takes silence for
    "wrong". Against that stands the passphrase itself: one that `serve` makes takes 2^75 guesses,
    and a chosen one has a least length. Beyond `most_waiting` the answer comes at once, so that
    the waiting cannot be used to fill the server up.

    Attributes:
        tokens: How many wrong guesses are free now.
        waiting: How many answers wait now; counted by whoever waits.
    """

    burst: float = 10
    per_second: float = 0.5
    least: float = 0.5
    longest: float = 8
    most_waiting: int = 200
    tokens: float = field(default=10, init=False)
    waiting: int = field(default=0, init=False)
    _seen: float = field(default=0, init=False)

    def after_wrong(self, now: float) -> float:
        """Take a token for a wrong guess.

        Args:
            now: Seconds on any clock that only goes forward.

        Returns:
            Seconds that its answer waits.
        """
        if self.waiting >= self.most_waiting:
            return 0
        self.tokens = min(self.burst, self.tokens + (now - self._seen) * self.per_second)
        self._seen = now
        deepest = -self.longest * self.per_second
        self.tokens = max(self.tokens - 1, deepest)
        return max(self.least, min(self.longest, -self.tokens / self.per_second))
