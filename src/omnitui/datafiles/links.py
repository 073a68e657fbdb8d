"""`links.toml`: links into other systems.

    [[link]] name, url

`url` begins with https:// or http:// and may have slots after the host: `{customer.name}`,
`{customer.account}`, `{case.number}` and others, which are filled percent-encoded.
"""

from collections.abc import Iterator
from pathlib import Path

from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.model.link import LinkTemplate
from omnitui.rules import links as rules


class WrittenLink(Strict, frozen=True, kw_only=True):
    """A link as it was written."""

    name: str
    url: str


class LinkFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    link: list[WrittenLink]


def read_links(path: Path) -> list[LinkTemplate]:
    """The links in their own order."""
    file, text = read(path, LinkFile)
    for error in _wrong(file, text, path):
        raise error
    return [LinkTemplate(row.name.strip(), row.url.strip()) for row in file.link]


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, LinkFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path)


def _wrong(file: LinkFile, text: str, path: Path) -> Iterator[DataError]:
    seen: set[str] = set()
    for number, row in enumerate(file.link):
        found = [("url", problem) for problem in rules.problems(row.url.strip())]
        name = row.name.strip().casefold()
        if not name or len(name) > 60:
            found.append(("name", "it needs a name of 1 to 60 characters"))
        elif name in seen:
            found.append(("name", f"a link {row.name.strip()!r} exists already"))
        seen.add(name)
        for key, problem in found:
            yield DataError(path, place(text, f"link[{number}].{key}"), problem)
