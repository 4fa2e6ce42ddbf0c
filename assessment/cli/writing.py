"""Writing files: whole or not at all."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


class NotWrittenError(Exception):
    """A file could not be written; the one that may have stood there is as it was.

    Its text says which file, why, and what to do, for the user.
    """

    def __init__(self, path: Path, error: OSError) -> None:
        """Say it from what the system said."""
        reason = (error.strerror or type(error).__name__).lower()
        super().__init__(f"{path}: cannot be written: {reason}\n    fix: {_mend(path, error)}")


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files: first each beside its place, and when all are on the disk, into their places.

    Args:
        files: Path -> content. A link stays one; a device or pipe is written to directly.

    Raises:
        NotWrittenError: One of them cannot be written; then none is.
    """
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            target = path.resolve()
            if target.exists() and not target.is_file():
                target.write_bytes(content)  # a folder refuses
            else:
                parts[target] = target.with_name(f".{os.getpid()}-{len(parts)}.part")
                _write_durably(parts[target], content)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise NotWrittenError(path, error) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Write a file piece by piece: it takes its place, for this user only, when all is on the disk.

    What an exception in the block leaves behind is taken away.

    Args:
        path: A file or a link to one, there already or not.

    Raises:
        NotWrittenError: It cannot be written; then what may have stood there is as it was.
    """
    target = path.resolve()
    part = target.with_name(f".{os.getpid()}.part")
    try:
        _require_replaceable(target)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise NotWrittenError(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder, and those around it, unless it is there.

    Raises:
        NotWrittenError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWrittenError(path, error) from error


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _require_replaceable(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "it is no file")


def _mend(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"make the folder {path.parent} first"
    if isinstance(error, IsADirectoryError):
        return "name a file in this folder"
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return "name a folder; this is a file"
    return "choose another place, or free some space and check that you may write there"
