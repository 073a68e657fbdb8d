"""`profiles.toml`: capacity profiles, and who has them.

[[profile]] name, most, reset? (immediate | end_of_day), blocking?, agents?
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.model.profile import Reset


class WrittenProfile(Strict, frozen=True, kw_only=True):
    """A capacity profile as it was written; `agents` are the logins of those who have it."""

    name: str
    most: Annotated[int, Meta(ge=1, le=10_000)]
    reset: Reset = Reset.IMMEDIATE
    blocking: bool = False
    agents: list[str] = []


class ProfileFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    profile: list[WrittenProfile]


def read_profiles(path: Path, known: Known) -> list[WrittenProfile]:
    """The profiles in their own order; `known` is what they may refer to, and has them then."""
    file, text = read(path, ProfileFile)
    for error in _wrong(file.profile, text, path, known):
        raise error
    return file.profile


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file; its profiles are known afterwards."""
    try:
        file, text = read(path, ProfileFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file.profile, text, path, known)


def _wrong(
    rows: Sequence[WrittenProfile], text: str, path: Path, known: Known
) -> Iterator[DataError]:
    for number, row in enumerate(rows):
        found: list[tuple[str, str]] = []
        if not row.name.strip() or row.name.isdecimal():
            found.append(("name", f"{row.name!r} is not a valid name for a capacity profile"))
        if row.name.casefold() in known.profiles:
            found.append(("name", f"a capacity profile {row.name} exists already"))
        known.profiles.add(row.name.casefold())
        found += [
            ("agents", f"there is no agent {login!r}")
            for login in row.agents
            if known.logins and login not in known.logins
        ]
        for key, problem in found:
            yield DataError(path, place(text, f"profile[{number}].{key}"), problem)
