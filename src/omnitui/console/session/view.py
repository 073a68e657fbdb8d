"""A session's screen: customer summary, conversation and assistance around one conversation.

`load` reads it and paints; `apply` takes journal entries and reads again only what they may have
changed; `tick` takes the time; `flush` keeps drafts and layout. It holds nothing that is not also
in the store: it may be thrown away at any moment after a `flush`.
"""

from collections.abc import Sequence
from datetime import tzinfo

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.session import session_header
from omnitui.console.session.bar import Bar
from omnitui.console.session.link import Link
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.transcript import Transcript
from omnitui.model.journal import Entry


class SessionView(Widget):
    """See the module. `conversation_id` names the session; `tz` is the agent's time zone."""

    DEFAULT_CSS = """
    SessionView {
        layout: vertical;
        background: $surface-1;
        & > #session-body { height: 1fr; }
    }
    """

    def __init__(
        self,
        link: Link,
        conversation_id: int,
        glyphs: Glyphs,
        tz: tzinfo,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.state = SessionState(link, conversation_id)
        self._glyphs = glyphs
        self._tz = tz

    @property
    def conversation_id(self) -> int:
        """The conversation it shows."""
        return self.state.conversation_id

    def compose(self) -> ComposeResult:
        """Header over the panes."""
        yield Bar(id="session-header")
        with Horizontal(id="session-body"):
            yield Transcript(self._glyphs, id="transcript")

    async def load(self) -> None:
        """Read the session and show it."""
        if not await self.state.load():
            return
        state = self.state
        self.query_one(Transcript).show(
            state.messages,
            has_older=state.has_older,
            seen_id=state.loaded.session.seen_id,
            now=state.link.now(),
            tz=self._tz,
        )
        self._show_header()

    async def apply(self, entries: Sequence[Entry]) -> None:
        """Take in what has happened; entries that do not concern this session are let pass."""
        concerned = [entry for entry in entries if self.state.concerns(entry)]
        if not concerned or self.state.record is None:
            return
        news = await self.state.refresh(concerned)
        transcript = self.query_one(Transcript)
        for message in news.changed:
            transcript.replace_message(message)
        if news.fresh:
            transcript.append(news.fresh)
        self._show_header()

    def tick(self, now: int) -> None:
        """Take the time (epoch ms)."""
        self.query_one(Transcript).tick(now)
        self.query_one("#session-header", Bar).update_line()

    def focus_default(self) -> None:
        """Give the keys to where the agent would look first."""
        self.query_one(Transcript).focus()

    async def flush(self) -> None:
        """Keep drafts and layout in the store."""

    def _show_header(self) -> None:
        state = self.state
        self.query_one("#session-header", Bar).show_plain(
            lambda width: session_header(
                state.conversation, state.channel, width, self._glyphs, state.link.now()
            )
        )
