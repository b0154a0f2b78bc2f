"""Files: written whole or not at all, and read as text, with errors that name them."""

import errno
import os
import pathlib
import secrets
import stat

from bpviz.ground.checked import shown

MOST_BYTES = 10_000_000
"""No file that bpviz reads is larger."""


def write(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file (UTF-8) whole or not at all: one sees the old file or the new one, never half of it.

    An old file keeps its permissions, a link still leads to its file. OSError, naming the file, where there is no such
    folder, no file can be, or none may be written; TypeError or ValueError for what can be no path.
    """
    _check("write", path)
    target = pathlib.Path(os.path.realpath(path))  # through links, so that the link stays and its file is replaced
    try:
        _refuse_no_file(path, target)
        _replace(target, text)
    except OSError as problem:
        raise type(problem)(f"cannot write '{path}': {problem.strerror}") from None


def _refuse_no_file(path: str | os.PathLike[str], target: pathlib.Path) -> None:
    if not os.fspath(path) or target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a file needs a name, and this is a folder")
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder '{target.parent}'")
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "this is a device or a pipe, not a file")


def _replace(target: pathlib.Path, text: str) -> None:
    half = target.with_name(f".{secrets.token_hex(8)}.half")
    try:
        half.write_text(text, encoding="utf-8")
        if target.exists():
            half.chmod(stat.S_IMODE(target.stat().st_mode))
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def read(path: str | os.PathLike[str]) -> str:
    """Return the text of a file (UTF-8).

    OSError, naming the file, where it cannot be read; TypeError or ValueError for what can be no path, for a file that
    is too large, and for one that is no text.
    """
    _check("read", path)
    try:
        size = os.stat(path).st_size
        data = pathlib.Path(path).read_bytes() if size <= MOST_BYTES else b""
    except OSError as problem:
        raise type(problem)(f"cannot read '{path}': {problem.strerror}") from None
    if size > MOST_BYTES:
        raise ValueError(f"cannot read '{path}': it has {size:,} bytes, and there is room for {MOST_BYTES:,}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"cannot read '{path}': it is no text") from None


def _check(task: str, path: object) -> None:
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"the path of a file must be a text or a pathlib.Path, not {shown(path)}")
    if "\0" in os.fspath(path):
        raise ValueError(f"cannot {task} {os.fspath(path)!r}: a path holds no null character")
