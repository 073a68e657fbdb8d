"""Finding everything that is wrong in data files, whatever a path points at.

Kinds of file are told apart by their names: `assistant.toml`, `channels.toml`, `hours.toml`,
`sla.toml`, `profiles.toml`, `workstreams.toml`, `classification.toml`, `notices.toml`,
`replies.toml`, `scripts.toml`, `links.toml`, `entitlements.toml`, `knowledge/*.md`,
`company/queues.toml`, `company/agents.toml`, `topics/*.toml`, `customers/*.toml`,
`sentiment/*.toml`.
Scenarios belong to the training and are checked through `others`.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from omnitui.datafiles import (
    assistant,
    channels,
    classification,
    company,
    entitlements,
    hours,
    knowledge,
    links,
    notices,
    profiles,
    replies,
    scripts,
    sentiment,
    sla,
    topics,
    workstreams,
)
from omnitui.model.errors import DataError

Checker = Callable[[Path], Iterator[DataError]]


class Checked(Struct):
    """How many files were checked, and what is wrong in them."""

    files: list[Path] = field(default_factory=list)
    problems: list[DataError] = field(default_factory=list)


def check(paths: Sequence[Path], others: Callable[[Path], Checker | None]) -> Checked:
    """Look at files and folders; `others` knows the kinds of file that are not this package's."""
    checked = Checked()
    known = company.Known()
    for path in _in_order(paths, checked):
        checker = _checker(path, known) or others(path)
        if checker is None:
            checked.problems.append(
                DataError(path, "", "it is not a data file of OmniTUI (name or folder unknown)")
            )
            continue
        checked.files.append(path)
        checked.problems.extend(checker(path))
    return checked


def _in_order(paths: Sequence[Path], checked: Checked) -> list[Path]:
    """Every file of interest once; what others refer to (channels, queues, agents) comes first."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(
                file for file in sorted(path.rglob("*")) if file.suffix in (".toml", ".md")
            )
        elif path.exists():
            found[path] = None
        else:
            checked.problems.append(DataError(path, "", "there is no such file or folder"))
    first = ("channels.toml", "hours.toml", "queues.toml", "agents.toml", "profiles.toml")

    def place(path: Path) -> tuple[int, bool]:
        at = first.index(path.name) if path.name in first else len(first)
        return at, path.parent.name != _TOPICS

    return sorted(found, key=place)


_TOPICS = "topics"


_BY_NAME: dict[str, Callable[[Path, company.Known], Iterator[DataError]]] = {
    "agents.toml": company.agent_problems,
    "assistant.toml": lambda path, _: assistant.problems(path),
    "classification.toml": classification.problems,
    "channels.toml": lambda path, known: _channels(path, known),
    "entitlements.toml": entitlements.problems,
    "hours.toml": hours.problems,
    "links.toml": lambda path, _: links.problems(path),
    "notices.toml": notices.problems,
    "profiles.toml": profiles.problems,
    "queues.toml": company.queue_problems,
    "replies.toml": lambda path, _: replies.problems(path),
    "scripts.toml": scripts.problems,
    "sla.toml": sla.problems,
    "workstreams.toml": workstreams.problems,
}


def _checker(path: Path, known: company.Known) -> Checker | None:
    named = _BY_NAME.get(path.name)
    if named is not None:
        return lambda p: named(p, known)
    if path.parent.name == _TOPICS and path.suffix == ".toml":
        return lambda p: topics.problems(p, known)
    if path.parent.name == "customers":
        return lambda p: company.customer_problems(p, known)
    if path.parent.name == "sentiment" and path.suffix == ".toml":
        return sentiment.problems
    if path.suffix == ".md":
        return knowledge.problems
    return None


def _channels(path: Path, known: company.Known) -> Iterator[DataError]:
    wrong = list(channels.problems(path))
    yield from wrong
    if not wrong:
        known.channels = {channel.key: channel for channel in channels.read_channels(path)}
