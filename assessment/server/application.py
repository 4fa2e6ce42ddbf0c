"""The application: Streamlit's, with our middleware around it and our few routes beside it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.routing import Route
from streamlit import file_util

from assessment.pages import identity
from assessment.server.accounts import GO, AccountGate, AccountPage, Accounts
from assessment.server.compression import SMALLEST, CompressedFiles
from assessment.server.gate import ACCOUNT, SIGN_IN, Gate, SignIn, is_known
from assessment.server.hang_ups import HangUps
from assessment.server.headers import SecurityHeaders, content_security_policy
from assessment.server.health import Readiness, alive
from assessment.server.origins import THIS_COMPUTER, OwnPagesOnly
from assessment.server.participants import JOIN, participant_routes
from assessment.server.passphrase import Keeper
from assessment.server.preload import PageWithHints, with_hints
from assessment.store.database import Database

SCRIPT = Path(__file__).resolve().parents[2] / "app.py"

ALIVE = "/healthz"
READY = "/readyz"


def application(
    database: Database, passphrase: str | None = None, public_url: str | None = None
) -> st.App:
    """Make the application.

    Args:
        database: What readiness is judged by; the pages open their own, by DATABASE_URL.
        passphrase: What strangers must give. Without it, and where nobody signs in either (see
            `accounts.prepare`), the app is open to this computer alone, by its own names and
            without a proxy.
        public_url: The address that people type where a proxy stands before the server.
    """
    keeper = None if passphrase is None else Keeper(passphrase)
    accounts = Accounts(identity.signing_in) if identity.signing_in else None
    base = base_path(public_url)
    front_end = Path(file_util.get_static_dir())
    plain = (front_end / "index.html").read_text(encoding="utf-8")
    page = with_hints(plain, front_end / "static/js", base)
    hosts = None if keeper or accounts else THIS_COMPUTER
    around = [
        Middleware(HangUps),
        Middleware(SecurityHeaders, policy=content_security_policy(page)),
        Middleware(OwnPagesOnly, public_url=public_url, hosts=hosts),
    ]
    beside = [
        Route(f"{base}{ALIVE}", alive),
        Route(f"{base}{READY}", Readiness(database, _may_know_why(keeper, accounts)).answer),
        *participant_routes(database, base, public_url),
    ]
    gates, doors = _gates(keeper, accounts, base, public_url)
    around += [
        *gates,
        Middleware(GZipMiddleware, minimum_size=SMALLEST),
        Middleware(CompressedFiles, folder=f"{base}/static/"),
        Middleware(PageWithHints, plain=plain, hinted=page),
    ]
    return st.App(SCRIPT, routes=[*beside, *doors], middleware=around)


def _gates(
    keeper: Keeper | None, accounts: Accounts | None, base: str, public_url: str | None
) -> tuple[list[Middleware], list[Route]]:
    """Make what keeps strangers out, and the pages that ask them who they are."""
    gates: list[Middleware] = []
    doors: list[Route] = []
    for_strangers = frozenset(f"{base}{path}" for path in (ALIVE, READY, JOIN, f"{JOIN}/"))
    if keeper is not None:
        form, asks = SignIn(keeper, base, public_url), f"{base}{SIGN_IN}"
        knows = partial(is_known, keeper)
        gates.append(Middleware(Gate, knows=knows, asks=asks, for_strangers=for_strangers))
        doors.append(Route(asks, form.answer, methods=["GET", "POST"]))
        for_strangers |= {asks}
    if accounts is not None:
        asking = AccountPage(accounts, base)
        gates.append(
            Middleware(AccountGate, accounts=accounts, base=base, for_strangers=for_strangers)
        )
        doors += [Route(f"{base}{ACCOUNT}", asking.answer), Route(f"{base}{GO}", asking.go)]
    return gates, doors


def base_path(public_url: str | None) -> str:
    """The path under which the app lives: "" for the root, else like `/tools/audit`."""
    return urlsplit(public_url or "").path.rstrip("/")


def _may_know_why(keeper: Keeper | None, accounts: Accounts | None) -> Callable[[Request], bool]:
    """Who is told what is wrong with the database: whoever may see the pages."""

    def may_know(request: Request) -> bool:
        has_passphrase = keeper is None or is_known(keeper, request)
        return has_passphrase and (accounts is None or accounts.knows(request))

    return may_know
