"""How the C library hands out memory to many threads."""

import ctypes

M_ARENA_MAX = -8
"""The setting's number in glibc's malloc.h."""

ARENAS = 2


def keep_level() -> None:
    """Let threads share a few arenas of memory, so that what the server holds stays level.

    Streamlit runs every answer in a thread of its own, and glibc keeps up to eight arenas a core
    for them, each with holes that the others cannot use (mallopt(3), M_ARENA_MAX). Must come before
    threads are started. Other C libraries have no such setting.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl, macOS; Windows
        return
    mallopt(M_ARENA_MAX, ARENAS)
