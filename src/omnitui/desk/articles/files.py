"""Articles from Markdown files that are edited elsewhere: read again whenever a file changes.

A timer looks at the folder every few seconds: one listing, and the text of what has changed since,
a few files at a time. A file that cannot be read leaves its article as it was, with the reason for
whoever looks after the desk (`omnitui doctor`). A file that is gone leaves its article, too.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from omnitui.datafiles.knowledge import WrittenArticle, read_article
from omnitui.desk.articles import saving
from omnitui.desk.call import Call
from omnitui.desk.registry import command
from omnitui.model.actor import SYSTEM, Permission
from omnitui.model.errors import DataError, Refused
from omnitui.store import article_files, timers

EVERY_MS = 5_000
"""How often the folder is looked at (ms)."""
_AT_ONCE = 20
"""So many changed files are read in one go, so that nobody waits long for the store."""
_MOST_FILES = 2_000
_LARGEST = 1_000_000
_SOON_MS = 100


class Read(Struct, frozen=True):
    """What became of the files of a folder: how many were read, and what is wrong, with places."""

    files: int
    changed: tuple[str, ...]
    problems: tuple[str, ...]


def put(call: Call, article: WrittenArticle, *, quiet: bool = True) -> list[str]:
    """Write an article as its file says; which fields have changed. `quiet` tells nobody."""
    about = article.about
    given = {
        "title": about.title,
        "summary": about.summary,
        "body": article.body,
        "keywords": about.keywords,
        "audience": about.audience,
        "language": about.language,
        "key": about.key,
    }
    _, changed = saving.put(call, article.slug, given, about.updated.isoformat(), quiet=quiet)
    return changed


def begin(call: Call) -> None:
    """Read the folder that was named just now from the start, or stop looking at the last one."""
    article_files.forget(call.store)
    if call.settings.knowledge_folder:
        timers.start(call.store, "article_files", 0, call.now)
    else:
        timers.stop(call.store, "article_files", 0)


@command("knowledge.read_folder", Permission.ADMINISTER)
def read_folder(call: Call) -> Read:
    """Read what has changed in the knowledge folder now, instead of within a few seconds."""
    if not call.settings.knowledge_folder:
        raise Refused(
            "knowledge.no_folder",
            "No knowledge folder is set.",
            "Name one with settings.set key=knowledge_folder value=FOLDER.",
        )
    return _read(call, _MOST_FILES)


def look(call: Call) -> None:
    """Read what has changed, and look again later."""
    if not call.settings.knowledge_folder:
        return
    found = _read(call, _AT_ONCE)
    pause = _SOON_MS if found.files >= _AT_ONCE else EVERY_MS
    timers.start(call.store, "article_files", 0, call.now + pause)


def _read(call: Call, most: int) -> Read:
    folder = Path(call.settings.knowledge_folder)
    known = article_files.stamps(call.store)
    by_files = replace(call, actor=replace(SYSTEM, name=folder.name or "knowledge folder"))
    try:
        there = dict(_listed(folder))
    except OSError as error:
        why = f"{folder} cannot be read: {error.strerror or error}."
        article_files.note(call.store, "", "", call.now, why)
        return Read(0, (), (why,))
    for name in known.keys() - there.keys():
        article_files.remove(call.store, name)
    changed: list[str] = []
    new = [name for name, stamp in sorted(there.items()) if known.get(name) != stamp][:most]
    for name in new:
        problem = _take(by_files, folder / name, changed)
        article_files.note(call.store, name, there[name], call.now, problem)
        if problem:
            by_files.journal("knowledge.file_wrong", file=name, reason=problem)
    problems = article_files.problems(call.store)
    return Read(len(new), tuple(changed), tuple(problems))


def _take(call: Call, path: Path, changed: list[str]) -> str:
    """Write the article of a file; what is wrong with the file, and empty if nothing is."""
    try:
        with call.store.transaction():
            if path.stat().st_size > _LARGEST:
                raise DataError(path, "", f"it is larger than {_LARGEST:,} bytes")
            article = read_article(path)
            if put(call, article, quiet=False):
                changed.append(article.slug)
    except DataError as error:
        return str(error)
    except Refused as refused:
        return f"{path}: {refused.refusal.message}"
    except OSError as error:
        return f"{path}: it cannot be read: {error.strerror or error}."
    except (ValueError, TypeError, RecursionError) as error:
        # Whatever a file holds, it must not end the looking at all the others.
        return f"{path}: it cannot be read: {type(error).__name__}."
    return ""


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    """The Markdown files of a folder, each with what differs once it is changed.

    Only plain files: a pipe would never end.
    """
    with os.scandir(folder) as entries:
        count = 0
        for entry in entries:
            if not entry.name.endswith(".md") or entry.name.startswith("."):
                continue
            try:
                seen = entry.stat()
            except OSError:
                continue
            if stat.S_ISREG(seen.st_mode) and count < _MOST_FILES:
                count += 1
                yield entry.name, f"{seen.st_mtime_ns}:{seen.st_size}:{seen.st_ino}"
