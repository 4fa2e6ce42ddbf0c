"""Who somebody is, by what the provider with whom they signed in says of them.

The server asks here before it lets anything through, and the pages once more before they show
anything: one rule for both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.store.access import Visitor

LONGEST_NAME = 80

NAMELESS = "Somebody without a name"


@dataclass(frozen=True)
class Person:
    """Somebody who signed in and may come in.

    Attributes:
        person: Tells them apart from everybody else for good: the provider's issuer, and what it
            calls them (subject). Names and e-mail addresses change hands.
        name: What they are called.
        email: Where they read mail, as the provider says; "" where it does not say.
    """

    person: str
    name: str
    email: str

    @property
    def visitor(self) -> Visitor:
        """The same, as the store knows them: with a name that others can tell apart."""
        known = self.email and self.email != self.name
        return Visitor(self.person, f"{self.name} ({self.email})" if known else self.name)


@dataclass(frozen=True)
class SigningIn:
    """How people sign in at this server.

    Attributes:
        provider: What they call the provider; "" where nobody said.
        address: What people type into their browser, without a slash at its end.
        allowed: E-mail addresses and domains that may come in, in small letters; empty for all.
    """

    provider: str
    address: str
    allowed: tuple[str, ...] = ()

    def person(self, claims: Mapping[str, Any]) -> Person | None:
        """Say who somebody is; None where they may not come in, or the provider does not say.

        Args:
            claims: What the provider says of them (OpenID Connect Core 1.0, 5.1).
        """
        issuer, subject = _text(claims, "iss"), _text(claims, "sub")
        if not (issuer and subject and self._may_come_in(claims)):
            return None
        email = _text(claims, "email")
        named = (_text(claims, key) for key in ("name", "preferred_username"))
        name = next(filter(None, named), email or NAMELESS)
        return Person(f"{issuer}|{subject}", name[:LONGEST_NAME], email)

    def _may_come_in(self, claims: Mapping[str, Any]) -> bool:
        if not self.allowed:
            return True
        email = _text(claims, "email").lower()
        doubted = claims.get("email_verified", True) not in (True, "true")
        _, at, domain = email.rpartition("@")
        return bool(at) and not doubted and (email in self.allowed or domain in self.allowed)


@dataclass(frozen=True)
class Asking:
    """What a page says that asks somebody to sign in."""

    title: str
    lead: str
    button: str


def asking(how: SigningIn, refused: str | None) -> Asking:
    """Put into words what somebody is asked who has not signed in, or may not come in.

    Args:
        how: How people sign in here.
        refused: As whom they signed in, if that may not come in; None where they have not.
    """
    if refused is None:
        return Asking(
            "Sign in",
            "You see your own traces, and those that others share with you.",
            f"Sign in with {how.provider}" if how.provider else "Sign in",
        )
    whom = f" as {refused}" if refused else ""
    return Asking(
        "This account may not come in",
        f"You signed in{whom}, and this server is for others. Whoever runs it can let you in.",
        "Use another account",
    )


signing_in: SigningIn | None = None
"""Set by our server where people sign in; None where nobody does."""


def email_of(claims: Mapping[str, Any]) -> str:
    """The e-mail address that the provider says somebody has, to tell them with which they came."""
    return _text(claims, "email") or _text(claims, "name")


def _text(claims: Mapping[str, Any], key: str) -> str:
    """A text without what no database keeps and no page shows."""
    value = claims.get(key)
    return "".join(c for c in value if c.isprintable()).strip() if isinstance(value, str) else ""
