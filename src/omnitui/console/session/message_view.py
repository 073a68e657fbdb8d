"""Messages drawn line by line in a window that scrolls: what a `Transcript` stands on.

It measures and draws, keeps still what is being read, follows the tail, and notices when an edge of
what is held comes near. Keys, cursor and search are the transcript's.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, tzinfo

from msgspec.structs import replace
from textual import events, on
from textual.content import Content
from textual.selection import Selection
from textual.strip import Strip

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.times import same_day
from omnitui.console.present.transcript import Look, copied
from omnitui.console.session.message_window import MessageWindow
from omnitui.console.text import fill
from omnitui.console.widgets.lines import LineView, strip_of
from omnitui.model.conversation import Delivery, Message

HELD_AT_MOST = 400
"""How many messages are resident."""

_ROOMY_FROM = 18


class MessageView(LineView, inherit_bindings=False):
    """See the module. `me` is the agent whose own messages are `you`."""

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
        self._following = True
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
        unseen = self._first_unseen(messages, seen_id)
        self._now = now
        self._look = replace(self._look, tz=tz, new_from=unseen, find="", hit=(0, 0))
        self.empty = self._says
        self._following, self._below, self._current = True, 0, 0
        self._asked.clear()
        self._window.show(messages, has_older, has_newer)
        self._unplaced = unseen
        self._fit()

    def append(self, messages: Sequence[Message]) -> None:
        """Add what has just arrived; followed, or counted below when the agent has scrolled up."""
        fresh = sum(self._window.place_of(message.id) is None for message in messages)
        if not self._following:
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
        self.refresh()

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
    def following(self) -> bool:
        """Whether the tail is on screen and followed."""
        return self._following

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
        return self.keep_line(number, key, line, style, shown)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected of the messages' own text, as it was written."""
        lines = self.selected_lines(selection)
        text = copied([(self._window.line(at, self._now), start, end) for at, start, end in lines])
        return (text, "\n") if text else None

    def _wants_page(self, older: bool, edge: int) -> None:
        """Called once when messages before (`older`) or after the message `edge` are needed."""

    @on(events.Resize)
    def _resized(self) -> None:
        self._fit()

    def _watch_scroll_y(self) -> None:
        if not self.size.height:
            return
        at_end = self.scroll_offset.y >= self.max_scroll_y and not self._window.has_newer
        if at_end != self._following:
            self._following = at_end
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
            self._wants_page(older, edge)

    def _add(self, messages: Sequence[Message]) -> None:
        with self._steady():
            found = self._window.at(self.scroll_offset.y)
            keep = len(self._window) if self._following or found is None else found[0]
            self._window.append(messages, keep)

    @contextmanager
    def _steady(self) -> Iterator[None]:
        """Keep what is on the first line there, or the tail in sight, whatever changes."""
        window, top, width = self._window, self.scroll_offset.y, self._window.width
        found = window.at(top)
        place = 0 if found is None else found[0]
        anchor = window.messages[place].id if found is not None else 0
        above, below = top - window.start(place), window.start(place + 1) - top
        first, following = self._window.first_id, self._following
        yield
        self.resize_lines()
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
            self._following = line >= self.max_scroll_y and not self._window.has_newer
            self.go_to_line(line)

    def _first_unseen(self, messages: Sequence[Message], seen_id: int) -> int:
        """The first message that somebody else has written since `seen_id`, 0 for none.

        When not even the oldest one here was seen there is nothing to tell apart.
        """
        if not seen_id or not messages or messages[0].id > seen_id:
            return 0
        me = self._look.me
        news = (m.id for m in messages if m.id > seen_id and (me is None or m.agent_id != me))
        return next(news, 0)

    def _set_look(self, look: Look) -> None:
        self._look = look
        with self._steady():
            self._window.look(look)

    def _follow(self) -> None:
        self._following, self._below = not self._window.has_newer, 0
        self.go_to_line(self.max_scroll_y)
        self.refresh()

    def _below_line(self, width: int) -> Content | None:
        if self._following or not (self._below or self._window.has_newer):
            return None
        count = f"{self._below} new below" if self._below else "more below"
        label = Content.assemble(f" {self._glyphs.below} {count}", ("   end", "$text-dim"))
        return fill(label, width, self._glyphs)
