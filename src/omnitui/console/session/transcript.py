"""A conversation of any length, of which a window of messages is held and a screenful drawn.

The owner shows a page of messages and adds to either end: what arrives (`append`), and the pages
the widget asks for when it is scrolled near an edge (`OlderNeeded`, `NewerNeeded`). It follows the
tail unless scrolled up; then a line at the bottom counts what came below. Nothing else moves what
is being read. One message may be under the cursor, and text can be searched for in what is held.
"""

from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.geometry import Offset

from omnitui.console.present.transcript import HIT_STYLE, matches
from omnitui.console.session.message_view import MessageView
from omnitui.console.widgets.lines import FromWidget
from omnitui.model.conversation import Message


class Transcript(MessageView, inherit_bindings=False):
    """See the module. `me` is the agent whose own messages are `you`."""

    DEFAULT_CSS = """
    Transcript {
        & > .transcript--note { background: $note-surface; }
        & > .transcript--below { background: $surface-3; color: $primary; text-style: bold; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"transcript--note", "transcript--below"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next message", id="transcript.down", show=False),
        Binding("up", "move(-1)", "Previous message", id="transcript.up", show=False),
        Binding("pagedown", "page(1)", "Page down", id="transcript.page_down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="transcript.page_up", show=False),
        Binding("home", "top", "Oldest", id="transcript.top", show=False),
        Binding("end,G", "tail", "Newest", id="transcript.tail", show=False),
        Binding("y", "copy", "Copy message", id="transcript.copy", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class OlderNeeded(FromWidget):
        """Near the top: messages before `before_id` are wanted (`prepend`)."""

        before_id: int

    @dataclass(eq=False, repr=False)
    class NewerNeeded(FromWidget):
        """Near the bottom of what is held: messages after `after_id` are wanted (`extend`)."""

        after_id: int

    @dataclass(eq=False, repr=False)
    class TailNeeded(FromWidget):
        """The newest messages are wanted, and they are not held (`show`)."""

    @dataclass(eq=False, repr=False)
    class CopyMessage(FromWidget):
        """The agent wants a copy of a message's text."""

        message_id: int

    @dataclass(eq=False, repr=False)
    class Moved(FromWidget):
        """The cursor stands on another message; 0 when on none."""

        message_id: int

    def _wants_page(self, older: bool, edge: int) -> None:
        self.post_message(self.OlderNeeded(self, edge) if older else self.NewerNeeded(self, edge))

    @property
    def current_id(self) -> int:
        """The message under the cursor, 0 for none."""
        return self._current

    @property
    def current_message(self) -> Message | None:
        """The message under the cursor, or else the newest one held."""
        messages = self._window.messages
        place = self._window.place_of(self._current)
        return messages[-1 if place is None else place] if messages else None

    def go_to(self, message_id: int) -> bool:
        """Put the cursor on a message and show it; False when it is not held."""
        if self._window.place_of(message_id) is None:
            return False
        self._set_current(message_id)
        self._unplaced = message_id
        self._fit()
        return True

    def find(self, text: str) -> int:
        """Highlight `text` wherever it is held and go to the last one; how many there are."""
        hits = self._hits(text)
        self._set_look(replace(self._look, find=text, hit=hits[-1] if hits else (0, 0)))
        self._show_hit()
        return len(hits)

    def find_next(self, step: int = 1) -> tuple[int, int]:
        """Go to the next thing found (-1: the one before); its number from 1, and of how many.

        Before the first one that is held, older messages are asked for.
        """
        hits = self._hits(self._look.find)
        if not hits:
            return 0, 0
        at = hits.index(self._look.hit) if self._look.hit in hits else len(hits) - 1
        if at + step < 0 and self._window.has_older:
            self._ask(older=True)
        at = (at + step) % len(hits)
        self._set_look(replace(self._look, hit=hits[at]))
        self._show_hit()
        return at + 1, len(hits)

    def action_move(self, step: int) -> None:
        """Put the cursor on the next message, or on the one before."""
        place = self._window.place_of(self._current)
        if place is None:
            seen = list(self._window.places(self.scroll_offset.y, self.size.height))
            place = (seen[-1] if step < 0 else seen[0]) if seen else None
        else:
            place = max(0, min(place + step, len(self._window) - 1))
        if place is not None:
            self._set_current(self._window.messages[place].id)
            self._reveal(place)

    def action_top(self) -> None:
        """Go to the oldest message held."""
        self.go_to_line(0)

    def action_tail(self) -> None:
        """Go to the newest message and follow the tail again."""
        self._set_current(0)
        if self._window.has_newer:
            self.post_message(self.TailNeeded(self))
        self._follow()

    def action_copy(self) -> None:
        """Ask for a copy of the message under the cursor, or else of the newest."""
        if (message := self.current_message) is not None:
            self.post_message(self.CopyMessage(self, message.id))

    def pressed(self, offset: Offset, number: int | None, clicks: int) -> None:
        """The cursor goes to the message that is pressed; what tells of the newest goes there."""
        below = self._below_line(self.size.width)
        if below is not None and offset.y == self.size.height - 1:
            self.action_tail()
        elif number is not None and (found := self._window.at(number)) is not None:
            self._set_current(self._window.messages[found[0]].id)

    def _reveal(self, place: int) -> None:
        self.reveal(self._window.start(place), self._window.height(place))

    def _set_current(self, message_id: int) -> None:
        if message_id != self._current:
            before, self._current = self._current, message_id
            self._refresh_message(before)
            self._refresh_message(message_id)
            self.post_message(self.Moved(self, message_id))

    def _refresh_message(self, message_id: int) -> None:
        place = self._window.place_of(message_id) if message_id else None
        if place is not None:
            self.refresh_lines(self._window.start(place), self._window.height(place))

    def _hits(self, text: str) -> list[tuple[int, int]]:
        messages = self._window.messages if text else []
        return [(m.id, number) for m in messages for number in range(matches(m, text))]

    def _show_hit(self) -> None:
        place = self._window.place_of(self._look.hit[0])
        if place is None:
            return
        self._set_current(self._look.hit[0])
        start = self._window.start(place)
        for number, line in enumerate(self._window.drawn(place, self._now)):
            if any(span.style == HIT_STYLE for span in line.content.spans):
                start += number
                break
        if not self.scroll_offset.y <= start < self.scroll_offset.y + self.size.height - 1:
            self.go_to_line(start - self.size.height // 2)
