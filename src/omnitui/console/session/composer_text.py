"""The composer's text field: what is typed is on screen at once, whatever the desk is doing."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text as RichText
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets.text_area import Document, Selection

from omnitui.console.session.typing import (
    BURST_KEYS,
    Do,
    SlashWord,
    Standing,
    at_word,
    in_one_go,
    meaning,
    next_field,
    open_fields,
    slash_word,
)
from omnitui.console.widgets.fields import Text
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.writing import is_block, writing_of
from omnitui.safetext import clean

_MISSPELT = Style(underline=True, italic=True)
"""A shape and not a colour: it is seen in every theme."""


class ComposerText(Text):
    """See the module. What keys do depends on `standing`; see `session.typing.meaning`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "send", "Send", id="composer.send", show=False),
        Binding(
            "ctrl+j,alt+enter,shift+enter", "newline", "New line", id="composer.newline", show=False
        ),
        Binding("ctrl+n", "toggle_note", "Reply or note", id="composer.note", show=False),
        Binding("ctrl+e", "editor", "Editor", id="composer.editor", show=False),
        Binding("ctrl+z", "take_back", "Undo or unsend", id="composer.undo", show=False),
        Binding("home", "cursor_line_start", "Line start", show=False),
        Binding("end", "cursor_line_end", "Line end", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Pressed(FromWidget):
        """A key asked for something that is not the text field's to do.

        `firm` is set by keys that can mean nothing else.
        """

        do: Do
        firm: bool = False

    @dataclass(eq=False, repr=False)
    class Asked(FromWidget):
        """One of `note`, `editor`, `take_back`."""

        what: str

    @dataclass(eq=False, repr=False)
    class PastedBlock(FromWidget):
        """A block was pasted into a reply: what is to become of it is asked first."""

        text: str

    def __init__(self) -> None:
        super().__init__(
            id="composer-text",
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            tab_behavior="focus",
        )
        self.live = True
        self.slash_left = -1
        self.notes = False
        self.at_left = -1
        self.popup_open = False
        self.labels: tuple[str, ...] = ()
        self.misspelt: dict[int, list[tuple[int, int]]] = {}
        self._given = ""
        self._key_times: deque[float] = deque(maxlen=BURST_KEYS)

    def set_text(self, text: str) -> None:
        """Show another text with the cursor at its end; what was typed before is not undone to."""
        self.load_text(clean(text))
        self._given = self.text
        self.move_cursor(self.document.end)

    def mark_misspelt(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these places of the text."""
        document = self.document
        found: dict[int, list[tuple[int, int]]] = {}
        assert isinstance(document, Document)
        for start, end in spans:
            row, column = document.get_location_from_index(start)
            found.setdefault(row, []).append((column, column + end - start))
        if found != self.misspelt:
            self.misspelt = found
            self._line_cache.clear()
            self.refresh()

    def forget_marks(self) -> None:
        """The text has changed at the cursor: what is marked behind it stands elsewhere by now."""
        if self.misspelt:
            row, column = self.cursor_location
            before = [span for span in self.misspelt.get(row, ()) if span[1] < column]
            self.misspelt = {at: found for at, found in self.misspelt.items() if at < row}
            self.misspelt |= {row: before} if before else {}

    def get_line(self, line_index: int) -> RichText:
        """A line with its misspelt words underlined."""
        line = super().get_line(line_index)
        for start, end in self.misspelt.get(line_index, ()) if self.misspelt else ():
            line.stylize(_MISSPELT, start, end)
        return line

    @property
    def hint(self) -> str:
        """What stands behind the cursor and is no part of the text."""
        return self.suggestion

    @hint.setter
    def hint(self, said: str) -> None:
        # Within a text it would push letters aside.
        self.suggestion = said if self.cursor_location == self.document.end else ""

    def action_cursor_right(self, select: bool = False) -> None:
        """Move; what stands behind the cursor is never taken into the text."""
        self.suggestion = ""
        super().action_cursor_right(select)

    @property
    def typed(self) -> bool:
        """Whether there is a text that somebody typed, not just one that was put here for them."""
        return bool(self.text) and self.text != self._given

    def put(self, text: str) -> None:
        """Insert at the cursor, or in place of what is selected."""
        self._put(text, *self.selection)

    def put_over_slash(self, text: str) -> None:
        """Insert in place of the quick reply's slash and what was typed after it."""
        row, column = self.cursor_location
        found = slash_word(self.before_cursor)
        start = (row, column if found is None else found.column)
        self._put(text, start, (row, column))

    def _put(self, text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.history.checkpoint()
        result = self.replace(clean(text), start, end, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        self.history.checkpoint()

    @property
    def before_cursor(self) -> str:
        """The text of the cursor's line up to the cursor."""
        row, column = self.cursor_location
        return str(self.document[row])[:column] if row < self.document.line_count else ""

    @property
    def slash(self) -> SlashWord | None:
        """The quick reply that is looked for; not one whose slash was left as it is."""
        found = None if self.read_only else slash_word(self.before_cursor)
        return None if found is None or found.column == self.slash_left else found

    def leave_slash(self) -> None:
        """The slash before the cursor is a slash and asks for nothing."""
        found = slash_word(self.before_cursor)
        self.slash_left = -1 if found is None else found.column

    @property
    def popup(self) -> bool:
        """Whether keys are for what is looked for, and not for the text."""
        return self.slash is not None or (self.at is not None and self.popup_open)

    @property
    def at(self) -> SlashWord | None:
        """The colleague who is being mentioned, in notes only; not one that was left as it is."""
        found = at_word(self.before_cursor) if self.notes and not self.read_only else None
        return None if found is None or found.column == self.at_left else found

    def leave_at(self) -> None:
        """The at sign before the cursor is an at sign and mentions nobody who is listed."""
        found = at_word(self.before_cursor)
        self.at_left = -1 if found is None else found.column

    def put_over_at(self, text: str) -> None:
        """Insert in place of the at sign and what was typed after it."""
        row, column = self.cursor_location
        found = at_word(self.before_cursor)
        start = (row, column if found is None else found.column)
        self._put(text, start, (row, column))

    @property
    def fields(self) -> list[tuple[int, int]]:
        """Where the fields that are still to be filled stand."""
        return open_fields(self.text, self.labels) if self.labels else []

    def select_field(self, step: int = 1, *, first: bool = False) -> bool:
        """Select the next field to fill, or the first one; False when there is none."""
        document = self.document
        assert isinstance(document, Document)
        start, end = sorted(self.selection)
        at = document.get_index_from_location(end if step > 0 else start)
        span = next_field(self.fields, 0 if first else at, step)
        if span is None:
            return False
        self.selection = Selection(
            document.get_location_from_index(span[0]), document.get_location_from_index(span[1])
        )
        self.scroll_cursor_visible()
        return True

    async def _on_key(self, event: events.Key) -> None:
        self._key_times.append(event.time)
        standing = Standing(
            live=self.live,
            popup=self.popup,
            fields=bool(self.labels and self.fields),
            pasted=in_one_go(self._key_times),
        )
        do = meaning(event.key, standing)
        if do is Do.PASS or (self.read_only and do is not Do.LEAVE):
            return
        event.stop()
        event.prevent_default()
        if do is Do.NEWLINE:
            self.action_newline()
        elif do in (Do.NEXT_FIELD, Do.PREVIOUS_FIELD):
            self.select_field(1 if do is Do.NEXT_FIELD else -1)
        else:
            self.post_message(self.Pressed(self, do))

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
        if self._asks_about(event.text):
            event.stop()
            event.prevent_default()

    def action_paste(self) -> None:
        """Insert what was copied."""
        text = clean(self.app.clipboard)
        if not self.read_only and text and not self._asks_about(text):
            self.put(text)

    def _asks_about(self, pasted: str) -> bool:
        """Whether a pasted block is asked about, because it would go to somebody who waits."""
        goes = self.live and not self.notes and not self.read_only
        if not (goes and is_block(pasted) and writing_of(self.app).paste_asks):
            return False
        self.post_message(self.PastedBlock(self, pasted))
        return True

    def action_newline(self) -> None:
        """Begin a new line."""
        if not self.read_only:
            self.put("\n")

    def action_send(self) -> None:
        """Send, on any channel."""
        self.post_message(self.Pressed(self, Do.SEND, firm=True))

    def action_toggle_note(self) -> None:
        """Write a note instead of a reply, or the other way round."""
        self.post_message(self.Asked(self, "note"))

    def action_editor(self) -> None:
        """Write in the editor."""
        self.post_message(self.Asked(self, "editor"))

    def action_take_back(self) -> None:
        """Undo what was typed; with nothing typed, take back what was sent last."""
        if self.text:
            self.undo()
        else:
            self.post_message(self.Asked(self, "take_back"))
