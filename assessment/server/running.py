"""Running the application until somebody stops it."""

import logging
import os
import socket

import uvicorn
from streamlit import config

from assessment.pages import exposure
from assessment.pages.workshop import join_address
from assessment.server import memory
from assessment.server.addresses import addresses
from assessment.server.application import application, base_path
from assessment.server.slow_clients import PromptRequests
from assessment.server.tidying import keeping_tidy
from assessment.settings import Settings
from assessment.store.database import Database

LONGEST_MESSAGE = 16 * 1024 * 1024
"""Bytes that a browser may send at once over the websocket; files come another way."""

PING = 30
"""Seconds between two signs of life on the websocket; proxies cut what is silent."""

LAST_WORDS = 5
"""Seconds that answers under way get when the server is stopped."""


def run(
    settings: Settings, passphrase: str | None, database: Database, listening: socket.socket
) -> None:
    """Serve until a signal comes, such as Ctrl-C.

    Args:
        settings: What the server was told.
        passphrase: What strangers must give; None opens the app to this computer alone.
        database: What the settings name, with its tables.
        listening: Where to listen: a bound socket.
    """
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    memory.keep_level()
    os.environ["DATABASE_URL"] = settings.database_url
    served = application(database, passphrase, settings.public_url)
    _configure_streamlit(settings, listening.getsockname()[1])
    exposure.is_guarded = True
    join_address.public_url, join_address.others = settings.public_url, addresses()
    server = uvicorn.Server(
        uvicorn.Config(
            served,
            log_config=None,
            access_log=False,  # addresses open traces; they do not belong in a log
            server_header=False,
            forwarded_allow_ips=list(settings.trusted_proxies),
            http=PromptRequests,
            ws="websockets-sansio",
            ws_max_size=LONGEST_MESSAGE,
            ws_ping_interval=PING,
            ws_ping_timeout=PING,
            ws_per_message_deflate=False,  # it would cost every answer more than it saves
            timeout_graceful_shutdown=LAST_WORDS,
        )
    )
    try:
        with keeping_tidy(database):
            server.run(sockets=[listening])
    except KeyboardInterrupt:  # which uvicorn raises again once everything is closed
        return


def _configure_streamlit(settings: Settings, port: int) -> None:
    """Set what must hold however Streamlit's own file is edited, and what only we know."""
    options = {
        "server.address": settings.host,
        "server.port": port,
        "server.baseUrlPath": base_path(settings.public_url).strip("/"),
        "server.headless": True,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "browser.gatherUsageStats": False,
        "logger.level": settings.log_level,
        "runner.postScriptGC": False,  # collecting after every run makes everybody wait
    }
    config.get_config_options(force_reparse=True, options_from_flags=options)
