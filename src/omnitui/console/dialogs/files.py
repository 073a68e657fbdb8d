"""Files to attach, found by typing their path, and files of a conversation, to be saved."""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Field
from omnitui.console.work import do_soon
from omnitui.desk.drafts import Attached
from omnitui.model.envelope import File
from omnitui.rules.files import described, kind_words, size_words

MOST_COMPLETIONS = 200
_START = "~/"


class Entry(Struct, frozen=True):
    """A file or folder that a path may become: what is typed then, and its size (bytes)."""

    path: str
    folder: bool
    size: int = 0


class Found(Struct, frozen=True):
    """What a path may be completed to, and why nothing can be listed, empty for no reason."""

    entries: tuple[Entry, ...] = ()
    why_not: str = ""


class Chosen(Struct, frozen=True):
    """A path to attach, or the number of an attached file to remove (from 1)."""

    path: str = ""
    number: int = 0


def completions(typed: str, here: Path | None = None) -> Found:
    """The files and folders that a typed path may become: folders first, hidden ones only when
    asked for with a dot. `~` is the home folder; paths are below `here` otherwise."""
    if typed.strip() == "~":
        typed = _START
    folder, slash, start = typed.rpartition("/")
    base = f"{folder}{slash}" if slash else ""
    try:
        place = Path(base or ".").expanduser()
        place = place if place.is_absolute() or here is None else here / place
        with os.scandir(place) as found:
            fit = [one for one in found if _fits(one.name, start)]
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", "") or "it is no path"
        return Found(why_not=f"{base or 'This folder'} cannot be listed ({why}).")
    fit.sort(key=lambda one: (not _is_folder(one), one.name.casefold()))
    # Sizes are asked for last: a folder may have a hundred thousand files.
    return Found(tuple(_entry(base, one) for one in fit[:MOST_COMPLETIONS]))


def _fits(name: str, start: str) -> bool:
    hidden = name.startswith(".") and not start.startswith(".")
    # What cannot be seen cannot be typed either.
    return not hidden and name.isprintable() and name.casefold().startswith(start.casefold())


def _is_folder(found: "os.DirEntry[str]") -> bool:
    try:
        return found.is_dir()
    except OSError:
        return False


def _entry(base: str, found: "os.DirEntry[str]") -> Entry:
    if _is_folder(found):
        return Entry(f"{base}{found.name}/", True)
    size = 0
    with suppress(OSError):
        size = found.stat().st_size
    return Entry(f"{base}{found.name}", False, size)


def completed(typed: str, entries: Sequence[Entry]) -> str:
    """The path as far as it is certain: what all that it may become have in common."""
    paths = sorted(one.path for one in entries)
    first, last = (paths[0], paths[-1]) if paths else ("", "")
    same = next((n for n, sign in enumerate(first) if last[n : n + 1] != sign), len(first))
    common = first[:same]
    return common if len(common) > len(typed) else typed


class AttachDialog(Pick[Chosen]):
    """Answers with a path, typed with completion, or with an attached file to be removed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", show=False, priority=True)
    ]

    keys = (("enter", "attach"), ("tab", "complete"), ("esc", "close"))
    find_hint = "Path of a file, such as ~/Documents/offer.pdf"
    find_id = "path"
    width = 84
    list_height = 12
    unchosen = "Type the path of a file."

    def __init__(
        self, attached: Sequence[File], about: str, glyphs: Glyphs, typed: dict[str, str]
    ) -> None:
        super().__init__("Attach a file", about, glyphs, typed)
        self._attached = attached
        self._listed = Found()
        self.nothing = "Nothing here begins like that."

    def begin(self) -> None:
        """Begin in the folder of the last file."""
        field = self.query_one("#path", Input)
        field.value = self.typed.get("path") or _START
        field.cursor_position = len(field.value)
        super().begin()
        self._look()

    def _look(self) -> None:
        do_soon(self, self._list(), "completions", exclusive=True)

    async def _list(self) -> None:
        # A folder may be on another machine, which may take its time.
        typed = self.query_one("#path", Input).value
        self._listed = await asyncio.to_thread(completions, typed)
        self.nothing = self._listed.why_not or "Nothing here begins like that."
        self.rows = [*map(self._offered, self._listed.entries), *self._removable()]
        self.found.show(self.blocks, from_top=True)

    def _offered(self, one: Entry) -> Row:
        name = one.path.rstrip("/").rpartition("/")[2]
        said = "folder" if one.folder else f"{kind_words(File(name))}, {size_words(one.size)}"
        start = Content.assemble(
            "  ", (f"{text.inline(name)}{'/' if one.folder else ''}", "$text-plain")
        )
        return Row(one.path, partial(self._line, start, said), one)

    def _removable(self) -> list[Row]:
        rows = []
        for number, file in enumerate(self._attached, 1):
            start = Content.assemble(
                ("  attached  ", "$primary"), (text.inline(described(file)), "$text-plain")
            )
            draw = partial(self._line, start, "enter removes it")
            rows.append(Row(f"attached {number}", draw, Chosen(number=number)))
        return rows

    def _line(self, start: Content, end: str, width: int) -> list[Content]:
        return [
            text.between(start, Content.assemble((f"{end} ", "$text-dim")), width, self._glyphs)
        ]

    def blocks(self, width: int) -> Sequence[Block]:
        """What the path may become, and what is attached."""
        shown = [Block(row.key, row.draw(width), True) for row in self.rows]
        if self._listed.entries:
            return shown
        return [Block("", [Content.assemble("  ", (self.nothing, "$text-dim"))]), *shown]

    def changed(self, key: str) -> None:
        """List what the path may become now."""
        if key == "path":
            self.wrong("")
            self._look()

    def action_complete(self) -> None:
        """Complete the path as far as it is certain; with nothing certain, to the one in front."""
        field = self.query_one("#path", Input)
        entries = self._listed.entries
        known = completed(field.value, entries)
        row = self.row
        if known == field.value and row is not None and isinstance(row.answer, Entry):
            known = row.answer.path
        self._type(known)

    def _type(self, path: str) -> None:
        field = self.query_one("#path", Input)
        field.value = path
        field.cursor_position = len(path)
        field.focus()

    def accept(self, values: Values) -> None:
        """Attach the file, go into the folder, or remove what is attached."""
        typed = self.query_one("#path", Input).value.strip()
        row = self._row(values["chosen"])
        answer = None if row is None else row.answer
        removes = isinstance(answer, Chosen)
        if removes and (self.found.has_focus or typed in ("", _START)):
            self.dismiss(answer)
        elif isinstance(answer, Entry) and answer.folder:
            self._type(answer.path)
        elif isinstance(answer, Entry):
            self.dismiss(Chosen(answer.path))
        elif typed and not typed.endswith("/"):
            self.dismiss(Chosen(typed))
        else:
            self.wrong(self.unchosen)


def files_dialog(files: Sequence[Attached], now: int, tz: tzinfo, glyphs: Glyphs) -> Pick[Attached]:
    """Answers with the file that is to be saved. Nothing is ever opened or run."""

    def row(number: int, one: Attached) -> Row:
        start = Content.assemble("  ", (text.inline(described(one.file)), "$text-plain"))
        when = times.moment(one.at, now, tz)
        end = Content.assemble((f"{text.inline(one.author)}, {when} ", "$text-dim"))
        refused = "" if one.file.path else "Only its name came: there is nothing to save."
        draw = partial(_between, start, end, glyphs)
        return Row(str(number), draw, one, refused=refused)

    return Pick(
        "Attachments",
        "",
        glyphs,
        rows=[row(number, one) for number, one in enumerate(files)],
        keys=(("enter", "save"), ("esc", "close")),
        width=84,
    )


def _between(start: Content, end: Content, glyphs: Glyphs, width: int) -> list[Content]:
    return [text.between(start, end, width, glyphs)]


class SaveTo(Struct, frozen=True):
    """Where a file is to be saved."""

    path: str


def save_dialog(file: File, glyphs: Glyphs, home: Path | None = None) -> Form[SaveTo]:
    """Answers with the path; by default in the folder for downloads, by a name that is free."""
    field = Field("path", "Save as", free_path(file.name, home), most=1_000)
    return Form(
        f"Save {file.name}",
        "It is saved and not opened.",
        glyphs,
        asks=(field,),
        into=SaveTo,
        check=lambda values: "" if values["path"] else "Type where to save it.",
        keys=(("enter", "save"), ("esc", "cancel")),
        width=84,
    )


def free_path(name: str, home: Path | None = None) -> str:
    """A path for a file of that name that does not exist yet."""
    home = Path.home() if home is None else home
    folder = home / "Downloads"
    folder = folder if folder.is_dir() else home
    path, number = folder / name, 1
    stem, dot, end = name.rpartition(".")
    while path.exists():
        number += 1
        path = folder / (f"{stem} ({number}).{end}" if dot and stem else f"{name} ({number})")
    return str(path)


def save(file: File, path: str) -> str:
    """Save a kept file; returns why that could not be done, empty when it was.

    Nothing is replaced, and what is saved can be read and written, never run.
    """
    from omnitui.model.errors import Fault
    from omnitui.store.files import read

    try:
        content = read(Path(file.path), file.name, file.digest)
        target = Path(path).expanduser()
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(content)
    except FileExistsError:
        return f"{path} exists already. Give another name."
    except (OSError, ValueError, RuntimeError) as error:
        return f"{path} cannot be written ({getattr(error, 'strerror', '') or error})."
    except Fault as fault:
        return str(fault)
    return ""
