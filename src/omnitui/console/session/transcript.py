"""A conversation of any length, of which a window of messages is held and a screenful drawn.

The owner shows a page of messages and adds to either end: what arrives (`append`), and the pages
the widget asks for when it is scrolled near an edge (`OlderNeeded`, `NewerNeeded`). It follows the
tail unless scrolled up; then a line at the bottom counts what came below. Nothing else moves what
is being read. One message may be under the cursor, and text can be searched for in what is held.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.times import same_day
from omnitui.console.present.transcript import HIT_STYLE, Look, copied, matches
from omnitui.console.session.message_window import MessageWindow, first_unseen
from omnitui.console.text import fill
from omnitui.console.widgets.lines import FromWidget, LineView, strip_of
from omnitui.model.conversation import Delivery, Message

HELD_AT_MOST = 400
"""How many messages are resident."""

_ROOMY_FROM = 18


class Transcript(LineView, inherit_bindings=False):
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

    def __init__(
        self,
        glyphs: Glyphs = UNICODE,
        *,
        me: int | None = None,
        empty: Content | None = None,
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._says = empty
        self._now = 0
        self._look = Look(width=0, tz=UTC, glyphs=glyphs, me=me)
        self._window = MessageWindow(HELD_AT_MOST)
        self.following = True
        """Whether the tail is on screen and followed."""
        self._below = 0
        self._current = 0
        self._unplaced = 0
        self._asked: set[tuple[bool, int]] = set()

    def show(
        self,
        messages: Sequence[Message],
        *,
        has_older: bool,
        seen_id: int,
        now: int,
        tz: tzinfo,
        has_newer: bool = False,
    ) -> None:
        """Show a conversation from its tail, or from what the agent (`seen_id`) has not seen."""
        unseen = first_unseen(messages, seen_id, self._look.me)
        self._now = now
        self._look = replace(self._look, tz=tz, new_from=unseen, find="", hit=(0, 0))
        self.empty = self._says
        self.following, self._below, self._current = True, 0, 0
        self._asked.clear()
        self._window.show(messages, has_older, has_newer)
        self._unplaced = unseen
        self._fit()

    def append(self, messages: Sequence[Message]) -> None:
        """Add what has just arrived; followed, or counted below when the agent has scrolled up."""
        fresh = sum(self._window.place_of(message.id) is None for message in messages)
        if not self.following:
            self._below += fresh
        if not self._window.has_newer:
            self._add(messages)
        self.refresh()

    def extend(self, messages: Sequence[Message], has_newer: bool) -> None:
        """Add a page of newer messages that was asked for."""
        self._window.has_newer = has_newer
        self._add(messages)

    def prepend(self, messages: Sequence[Message], has_older: bool) -> None:
        """Add a page of older messages; what is being read stays where it is."""
        with self._steady():
            self._window.prepend(messages, has_older)

    def replace_message(self, message: Message) -> None:
        """Show a message that has changed (delivery, text)."""
        with self._steady():
            self._window.replace(message)

    def tell_unserved(self, unserved: Mapping[str, str]) -> None:
        """Take which channels nothing delivers on: labels by key."""
        if unserved != self._look.unserved:
            self._set_look(replace(self._look, unserved=dict(unserved)))

    def tick(self, now: int) -> None:
        """Take the time: what is held shrinks, and at midnight the days change their names."""
        before, self._now = self._now, now
        if not same_day(before, now, self._look.tz):
            self._window.forget_all()
            self.refresh()
        for place in self._window.places(self.scroll_offset.y, self.size.height):
            if self._window.messages[place].delivery is Delivery.HELD:
                self._window.forget(place)
                self.refresh_lines(self._window.start(place), self._window.height(place))

    @property
    def line_count(self) -> int:
        """How many lines the messages held have."""
        return self._window.lines

    @property
    def lines_shown(self) -> int:
        """How many lines fit above the one that tells of what is below."""
        return max(1, self.size.height - 1)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if y == self.size.height - 1 and (below := self._below_line(width)) is not None:
            return strip_of(below, self.get_visual_style("transcript--below"), width)
        return super().render_line(y)

    def draw_line(self, number: int, width: int) -> Strip:
        """A line of a message, with the sign of the cursor where it is on it."""
        line = self._window.line(number, self._now)
        style = self.get_visual_style(*["transcript--note"] * line.note)
        current = self.has_focus and line.message_id == self._current

        def shown() -> Content:
            if current and line.content:
                return Content.assemble((self._glyphs.cursor, "$primary"), line.content[1:])
            return line.content

        key = (line.message_id, number, current, style, width)
        return self.keep_line(number, width, key, line, style, shown)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected of the messages' own text, as it was written."""
        lines = self.selected_lines(selection)
        text = copied([(self._window.line(at, self._now), start, end) for at, start, end in lines])
        return (text, "\n") if text else None

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
            self.reveal(self._window.start(place), self._window.height(place))

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
        lines = self._window.drawn(place, self._now)
        lit = (
            n for n, one in enumerate(lines) if HIT_STYLE in [s.style for s in one.content.spans]
        )
        start = self._window.start(place) + next(lit, 0)
        if not self.scroll_offset.y <= start < self.scroll_offset.y + self.size.height - 1:
            self.go_to_line(start - self.size.height // 2)

    @on(events.Resize)
    def _resized(self) -> None:
        self._fit()

    def _watch_scroll_y(self) -> None:
        if not self.size.height:
            return
        at_end = self.scroll_offset.y >= self.max_scroll_y and not self._window.has_newer
        if at_end != self.following:
            self.following = at_end
            self._below = 0 if at_end else self._below
            self.refresh()
        if self.scroll_offset.y < self.size.height:
            self._ask(older=True)
        if self.scroll_offset.y > self.max_scroll_y - self.size.height:
            self._ask(older=False)

    def _ask(self, *, older: bool) -> None:
        window = self._window
        edge = window.first_id if older else window.last_id
        goes_on = window.has_older if older else window.has_newer
        if goes_on and (older, edge) not in self._asked:
            self._asked.add((older, edge))
            wanted = self.OlderNeeded if older else self.NewerNeeded
            self.post_message(wanted(self, edge))

    def _add(self, messages: Sequence[Message]) -> None:
        with self._steady():
            found = self._window.at(self.scroll_offset.y)
            keep = len(self._window) if self.following or found is None else found[0]
            self._window.append(messages, keep)

    @contextmanager
    def _steady(self) -> Iterator[None]:
        """Keep what is on the first line there, or the tail in sight, whatever changes."""
        window, top, width = self._window, self.scroll_offset.y, self._window.width
        found = window.at(top)
        place = 0 if found is None else found[0]
        anchor = window.messages[place].id if found is not None else 0
        above, below = top - window.start(place), window.start(place + 1) - top
        first, following = self._window.first_id, self.following
        yield
        self.resize_lines(self._look.width)
        if self._window.first_id != first and self.text_selection is not None:
            self.screen.clear_selection()
        if following:
            self._follow()
        elif (at := window.place_of(anchor)) is not None:
            # What stands above a message's own text (day, name) may come and go, so its end holds
            # still; unless its text is wrapped anew.
            kept = window.start(at + 1) - below
            anew = window.start(at) + min(above, window.height(at) - 1)
            self.go_to_line(kept if window.width == width else anew)
        self.refresh()

    def _fit(self) -> None:
        region = self.scrollable_content_region
        if not region.width:
            return
        roomy = region.height >= _ROOMY_FROM
        self._set_look(replace(self._look, width=region.width, roomy=roomy))
        place = self._window.place_of(self._unplaced) if self._unplaced else None
        self._unplaced = 0
        if place is not None:
            line = max(0, self._window.start(place) - 1)
            self.following = line >= self.max_scroll_y and not self._window.has_newer
            self.go_to_line(line)

    def _set_look(self, look: Look) -> None:
        self._look = look
        with self._steady():
            self._window.look(look)

    def _follow(self) -> None:
        self.following, self._below = not self._window.has_newer, 0
        self.go_to_line(self.max_scroll_y)
        self.refresh()

    def _below_line(self, width: int) -> Content | None:
        if self.following or not (self._below or self._window.has_newer):
            return None
        count = f"{self._below} new below" if self._below else "more below"
        label = Content.assemble(f" {self._glyphs.below} {count}", ("   end", "$text-dim"))
        return fill(label, width, self._glyphs)
