"""`notices.toml`: what customers are told by the desk itself.

    [[notice]] occasion (waiting | declined | joined | transferred | agent_gone | not_taken |
    ended), text,
    language? (en), channels? (all if left out)

`{customer.first_name}`, `{agent.first_name}` and `{conversation.queue}` are filled.
"""

from collections.abc import Iterator
from pathlib import Path

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.model.notice import Occasion
from omnitui.rules.notices import FALLBACK, unfit


class WrittenNotice(Strict, frozen=True, kw_only=True):
    """A notice as it was written."""

    occasion: Occasion
    text: str
    language: str = FALLBACK
    channels: list[str] = []


class NoticeFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    notice: list[WrittenNotice]


def read_notices(path: Path, known: Known) -> list[WrittenNotice]:
    """The notices in their own order; `known` is what they may refer to."""
    file, text = read(path, NoticeFile)
    for error in _wrong(file, text, path, known):
        raise error
    return file.notice


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, NoticeFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path, known)


def _wrong(file: NoticeFile, text: str, path: Path, known: Known) -> Iterator[DataError]:
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for number, row in enumerate(file.notice):
        found = [("text", problem) for problem in unfit(row.text)]
        found += [
            ("channels", f"there is no channel {channel!r}")
            for channel in row.channels
            if known.channels and channel not in known.channels
        ]
        same = (row.occasion.value, row.language, tuple(sorted(row.channels)))
        if same in seen:
            found.append(("occasion", f"{row.occasion} is given twice in {row.language}"))
        seen.add(same)
        for key, problem in found:
            yield DataError(path, place(text, f"notice[{number}].{key}"), problem)
