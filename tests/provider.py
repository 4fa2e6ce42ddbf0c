"""A sign-in provider of our own: OpenID Connect as small as it can be, with keys of its own.

It asks nobody for a password: whoever comes chooses whom to be.
"""

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote_plus, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.app_server import free_port

CLIENT_ID = "the-audit"
CLIENT_SECRET = "a client secret that only the two of them know"  # noqa: S105 - made up

PEOPLE: dict[str, dict[str, Any]] = {
    "ann": {"name": "Ann Example", "email": "ann@example.org", "email_verified": True},
    "bo": {"name": "Bo Sample", "email": "bo@example.org"},
    "eve": {"name": "Eve <b>Stranger</b>", "email": "eve@elsewhere.example"},
    "mallory": {"name": "Mallory", "email": "ann@example.org", "email_verified": False},
}


class Provider:
    """The provider: who it knows, and what it has promised to whom.

    Attributes:
        url: Its address, and issuer.
        left: How often somebody signed out here.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.left = 0
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, dict[str, str]] = {}

    @property
    def metadata_url(self) -> str:
        """Where it describes itself."""
        return f"{self.url}/.well-known/openid-configuration"

    def app(self) -> Starlette:
        """The application to serve."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/authorize", self._authorize),
                Route("/chosen", self._chosen),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/end", self._end),
            ]
        )

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "end_session_endpoint": f"{self.url}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        links = "".join(
            f'<p><a href="{escape(chosen(asked, person))}">{person}</a></p>'
            for person in (*PEOPLE, "nobody")
        )
        return HTMLResponse(f"<!DOCTYPE html><title>Provider</title><h1>Who are you?</h1>{links}")

    async def _chosen(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked["person"] == "nobody":
            said = {"error": "access_denied", "state": asked["state"]}
        else:
            code = token_urlsafe(16)
            self._codes[code] = asked
            said = {"code": code, "state": asked["state"]}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(said)}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        pair = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        asked = self._codes.pop(str(form["code"]), None)
        proof = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        is_ours = request.headers.get("authorization") in (f"Basic {pair}", _escaped_pair())
        if asked is None or not is_ours or challenge != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        claims = {
            **PEOPLE[asked["person"]],
            "iss": self.url,
            "sub": f"id-of-{asked['person']}",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self._key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    async def _end(self, request: Request) -> Response:
        self.left += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


def chosen(asked: dict[str, str], person: str) -> str:
    """Where whoever was sent here goes to say who they are."""
    return f"/chosen?{urlencode({**asked, 'person': person})}"


def _escaped_pair() -> str:
    """The same as RFC 6749, 2.3.1 wants it: each part written as in a form."""
    pair = f"{quote_plus(CLIENT_ID)}:{quote_plus(CLIENT_SECRET)}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider on a free port until the block ends."""
    port = free_port()
    provider = Provider(port)
    config = uvicorn.Config(provider.app(), port=port, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join()
