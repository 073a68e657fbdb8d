"""What goes with the reply that is being written: shown above and below it, changed on the desk.

It is in the store as soon as it is there; only what is shown is held here.
"""

from collections.abc import Callable
from typing import Any

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.present import enclosed as present
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon, there
from omnitui.desk.drafts import Enclosed
from omnitui.local_zone import LocalZone
from omnitui.model.conversation import Speaker
from omnitui.model.envelope import NOTHING, Envelope, Scheduled
from omnitui.model.errors import Refusal

Lines = Callable[[int], list[Content]]


class BesideLines(PlainStatic):
    """Lines above or below the text; out of the way where there are none."""

    DEFAULT_CSS = """
    BesideLines { height: auto; display: none; margin: 0 0 0 1; background: $surface-2; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - the framework's own name
        super().__init__("", id=id)
        self._lines: Lines = lambda _width: []
        self._drawn: tuple[Any, ...] = ()

    def show(self, lines: Lines) -> None:
        """Show other lines."""
        self._lines = lines
        self._draw()

    def _draw(self) -> None:
        parent = self.parent
        width = parent.size.width - 1 if isinstance(parent, Widget) else 0
        found = self._lines(max(20, width))
        drawn = (width, *(line.plain for line in found))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.display = bool(found)
        self.update(Content("\n").join(found))

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._draw)


class Enclosing:
    """See the module. `above` and `below` are its lines; `composer` does its work."""

    def __init__(self, composer: Widget, state: SessionState, glyphs: Glyphs) -> None:
        self._composer = composer
        self._state = state
        self._glyphs = glyphs
        self.above = BesideLines("composer-above")
        self.below = BesideLines("composer-below")
        self.known: Enclosed | None = None
        self.note = False

    @property
    def envelope(self) -> Envelope:
        """What goes with the reply."""
        return NOTHING if self.known is None else self.known.envelope

    def restore(self) -> None:
        """Show what the store has; asked for only where a reply can have anything beside it."""
        channel = self._state.channel
        stored = self._state.loaded.session.envelope
        if stored != NOTHING or (channel is not None and channel.letters) or self.known is not None:
            self.read_soon()
        self.show()

    def read_soon(self) -> None:
        """Read it from the store."""
        do_soon(self._composer, self.read(), "enclosed", exclusive=True)

    async def read(self) -> None:
        """Read it from the store, and show it."""
        await self._take("draft.enclosed")

    async def change(self, name: str, **given: Any) -> Refusal | None:
        """Carry out a command on it; why that was refused, None when it was not."""
        return await self._take(name, **given)

    async def _take(self, name: str, **given: Any) -> Refusal | None:
        key = self._state.conversation_id
        found: Enclosed | Refusal = await self._state.link.attempt(name, conversation=key, **given)
        if isinstance(found, Refusal):
            return found
        self.known = found
        if there(self._composer):
            self.show()
        return None

    def show(self, *, note: bool | None = None) -> None:
        """Show it as it is known; beside a note there is nothing."""
        self.note = self.note if note is None else note
        view = self._view()
        link, tz = self._state.link, LocalZone()
        self.above.show(
            lambda width: (
                [] if self.note else present.above(view, width, self._glyphs, link.now(), tz)
            )
        )
        self.below.show(
            lambda width: [] if self.note else present.below(view.signature, width, self._glyphs)
        )

    def _view(self) -> present.EnclosedView:
        known = self.known
        scheduled = self._state.loaded.scheduled
        answered = frozenset(one.id for one in scheduled if not one.anyway and self._since(one))
        if known is None or self._state.why_no_reply():
            return present.EnclosedView(scheduled=scheduled, answered=answered)
        return present.EnclosedView(
            known.envelope,
            known.letters,
            known.subject,
            known.quote,
            known.signature,
            address=key_for("composer.address"),
            quotes=key_for("composer.quote"),
            attach=key_for("composer.attach"),
            later=key_for("composer.later"),
            scheduled=scheduled,
            answered=answered,
        )

    def _since(self, one: Scheduled) -> bool:
        """Whether the customer has written since a reply was scheduled."""
        return any(
            line.id > one.seen_id and line.speaker is Speaker.CUSTOMER
            for line in self._state.messages
        )
