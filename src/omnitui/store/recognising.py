"""Whether a file that cannot be opened is a damaged store, or something else altogether."""

from contextlib import suppress
from pathlib import Path

from omnitui.store.schema import LATEST

APPLICATION_ID = 0x4F4D4E49
"""`OMNI`: written into the file's header, so that a store can be told from any other database."""

MAGIC = b"SQLite format 3\0"
_OWN = (b"CREATE TABLE conversations", b"CREATE TABLE queue_members", b"CREATE TABLE agent_skills")
"""What the list of tables of every store holds, and no other program's."""


def version_in(header: bytes) -> int | None:
    """The version of the store of which these are the first 100 bytes; None where they are none."""
    version, owner = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    return version if header.startswith(MAGIC) and owner == APPLICATION_ID and version > 0 else None


def is_database(path: Path) -> bool:
    """Whether the file is a database or the log of one."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(len(MAGIC)) == MAGIC or is_database(_whose_log(path))
    return False


def _whose_log(path: Path) -> Path:
    ends = ("-wal", "-shm", "-journal")
    end = next((end for end in ends if path.name.endswith(end)), None)
    return path.parent if end is None else path.with_name(path.name.removesuffix(end))


def is_store(path: Path) -> bool:
    """Whether a file is a store by its header, or by what it holds where that is damaged."""
    with suppress(OSError):
        if not path.is_file():
            return False
        with path.open("rb") as file:
            header = file.read(100)
        if version_in(header) is not None:
            return True
        owner = int.from_bytes(header[68:72], "big")
        if header.startswith(MAGIC) and owner not in (0, APPLICATION_ID):
            return False
        raw = path.read_bytes()
        return b"\0" in raw and sum(words in raw for words in _OWN) > 1
    return False


def pages_of(header: bytes) -> int:
    """How many pages a file says that it has."""
    return int.from_bytes(header[28:32], "big") if header.startswith(MAGIC) else 0


def known_version(header: bytes) -> int:
    """The version that a header says, the latest where it says none."""
    return version_in(header) or LATEST
