"""Many threads share a few arenas of memory, so that what the server holds stays level."""

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.server import memory

HEAPS = """
import ctypes, sys, threading
from assessment.server.memory import keep_level

if sys.argv[1] == "level":
    keep_level()
together = threading.Barrier(8)
def work():
    together.wait()
    held = [bytearray(2000) for _ in range(100)]
    together.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
told = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(told))
libc.fclose(ctypes.c_void_p(told))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas to share")
def test_many_threads_share_two_arenas(tmp_path: Path) -> None:
    def heaps(way: str) -> int:
        told = tmp_path / f"{way}.xml"
        subprocess.run([sys.executable, "-c", HEAPS, way, str(told)], check=True)
        return told.read_text().count("<heap nr=")

    assert heaps("level") <= memory.ARENAS < heaps("as-it-is")


def test_a_system_without_that_setting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    memory.keep_level()
