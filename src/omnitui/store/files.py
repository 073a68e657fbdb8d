"""Attached files, kept in a folder beside the store under the SHA-256 of their content.

`omnitui.db` has `omnitui.db.files/ab/abcdef...`. The same content is kept once and never changed.
A file is there before a row names it; one that no row names is unused after a while, and may go.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from omnitui.model.envelope import File, envelope_of
from omnitui.model.errors import Fault
from omnitui.store import access, partial
from omnitui.store.engine import Store
from omnitui.store.faults import is_full
from omnitui.store.reading import MEANS_NOTHING

ENDING = ".files"
UNUSED_SECONDS = 7 * 86_400
"""For how long a file is kept that no row names: what is being attached, or undone, needs it."""
_TABLES = ("messages", "sessions", "scheduled")
_DIGEST = 64


class Kept(Struct, frozen=True):
    """What is kept beside a store: how many files and bytes, names of missing ones, unused ones."""

    files: int
    bytes: int
    missing: tuple[str, ...]
    unused: tuple[Path, ...]


def folder_of(store_path: Path | str) -> Path:
    """The folder of a store's files."""
    path = Path(store_path)
    return path.with_name(path.name + ENDING)


def path_of(store: Store, digest: str) -> Path:
    """Where the content of that digest is kept."""
    return folder_of(store.path) / digest[:2] / digest


def keep(store: Store, content: bytes) -> str:
    """Keep content; returns its digest. Raises `Fault` where it cannot be written."""
    if store.path == ":memory:":
        raise Fault("A store in memory keeps no files.")
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(store, digest)
    try:
        if path.is_file() and path.stat().st_size == len(content):
            os.utime(path)  # it counts as new again
            return digest
        access.make_folder(path.parent)
        with partial.whole(path) as fresh:
            access.make_file(fresh)
            fresh.write_bytes(content)
    except OSError as error:
        if is_full(error):
            raise Fault("The file cannot be kept: the disk is full. Make room on it.") from error
        raise Fault(f"{path} cannot be written ({error.strerror or error}).") from error
    return digest


def read(path: Path, name: str, digest: str) -> bytes:
    """The content of a kept file. Raises `Fault` where it is gone or is not the same any more."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Fault(f"{name} cannot be read from {path} ({error.strerror}).") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Fault(f"{name} is damaged: {path} is not what was attached. Attach it again.")
    return content


def look_after(store: Store, now: float | None = None) -> Kept:
    """What is kept beside a store, what of it is missing, and what nothing names any more."""
    named = {file.digest: file.name for file in _named(store) if file.digest}
    files = size = 0
    unused = []
    there = set()
    for path in _every(folder_of(store.path)):
        there.add(path.name)
        stat = path.stat()
        files, size = files + 1, size + stat.st_size
        old = (time.time() if now is None else now) - stat.st_mtime >= UNUSED_SECONDS
        if path.name not in named and old:
            unused.append(path)
    missing = sorted({name for digest, name in named.items() if digest not in there})
    return Kept(files, size, tuple(missing), tuple(unused))


def copy_all(source: Path | str, target: Path | str) -> int:
    """Copy a store's files to those of another one; returns how many were copied.

    Called after the rows were copied: whatever these name is there. Raises `OSError`.
    """
    copied = 0
    for path in _every(folder_of(source)):
        copy = folder_of(target) / path.parent.name / path.name
        if copy.is_file() and copy.stat().st_size == path.stat().st_size:
            continue
        access.make_folder(copy.parent)
        with partial.whole(copy) as fresh:
            access.make_file(fresh)
            shutil.copyfile(path, fresh)
        copied += 1
    return copied


def copy_beside(source: Path | str, target: Path | str) -> int:
    """Copy as `copy_all` does; raises `Fault` where that fails."""
    try:
        return copy_all(source, target)
    except OSError as error:
        raise Fault(
            f"The attached files cannot be copied to {folder_of(target)}"
            f" ({error.strerror or error}); {target} is complete without them."
        ) from error


def _every(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.glob("??/*")) if len(path.name) == _DIGEST)


def _named(store: Store) -> Iterator[File]:
    for table in _TABLES:
        for row in store.rows(f"SELECT envelope FROM {table} WHERE envelope <> '{{}}'"):
            try:
                yield from envelope_of(row[0]).files
            except MEANS_NOTHING:
                continue
