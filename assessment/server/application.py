"""The application: Streamlit's, with our middleware around it and our few routes beside it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.routing import Route
from streamlit import file_util

from assessment.server.compression import SMALLEST, CompressedFiles
from assessment.server.gate import SIGN_IN, Gate, SignIn, is_known
from assessment.server.headers import SecurityHeaders, content_security_policy
from assessment.server.health import Readiness, alive
from assessment.server.origins import THIS_COMPUTER, OwnPagesOnly
from assessment.server.passphrase import Keeper
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
        passphrase: What strangers must give. None opens the app to this computer alone, by its
            own names and without a proxy.
        public_url: The address that people type where a proxy stands before the server.
    """
    keeper = None if passphrase is None else Keeper(passphrase)
    base = base_path(public_url)
    page = Path(file_util.get_static_dir()) / "index.html"
    around = [
        Middleware(SecurityHeaders, policy=content_security_policy(page)),
        Middleware(OwnPagesOnly, public_url=public_url, hosts=None if keeper else THIS_COMPUTER),
    ]
    beside = [
        Route(f"{base}{ALIVE}", alive),
        Route(f"{base}{READY}", Readiness(database, _may_know_why(keeper)).answer),
    ]
    if keeper is not None:
        for_strangers = frozenset({f"{base}{ALIVE}", f"{base}{READY}"})
        around.append(Middleware(Gate, keeper=keeper, base=base, for_strangers=for_strangers))
        form = SignIn(keeper, base, public_url)
        beside.append(Route(f"{base}{SIGN_IN}", form.answer, methods=["GET", "POST"]))
    around += [
        Middleware(GZipMiddleware, minimum_size=SMALLEST),
        Middleware(CompressedFiles, folder=f"{base}/static/"),
    ]
    return st.App(SCRIPT, routes=beside, middleware=around)


def base_path(public_url: str | None) -> str:
    """The path under which the app lives: "" for the root, else like `/tools/audit`."""
    return urlsplit(public_url or "").path.rstrip("/")


def _may_know_why(keeper: Keeper | None) -> Callable[[Request], bool]:
    """Who is told what is wrong with the database: whoever may see the pages."""
    return lambda request: keeper is None or is_known(keeper, request)
