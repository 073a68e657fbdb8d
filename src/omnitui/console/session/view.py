"""A session's screen: customer summary, conversation and assistance around one conversation.

`load` reads it and paints; `apply` takes journal entries and reads again only what they may have
changed; `tick` takes the time; `flush` keeps drafts and layout. It holds nothing that is not also
in the store: it may be thrown away at any moment after a `flush`.

Three columns from 140 cells, two from 100 (summary and assistance share the second one), one below,
with tabs for the panes.
"""

import json
from collections.abc import Coroutine, Sequence
from datetime import tzinfo
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.session import pane_tabs, session_header
from omnitui.console.session import actions
from omnitui.console.session.assist import AssistPane
from omnitui.console.session.bar import Bar
from omnitui.console.session.composer import Composer
from omnitui.console.session.conversation import ConversationPane
from omnitui.console.session.link import Link
from omnitui.console.session.panes import LABELS, PANES, pane_classes
from omnitui.console.session.state import SessionState
from omnitui.console.session.summary import SummaryPane
from omnitui.console.session.work import do_soon, there
from omnitui.console.terminal_keys import name_alt_keys
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.session import DraftKind


class SessionView(Widget):
    """See the module. `conversation_id` names the session; `tz` is the agent's time zone."""

    DEFAULT_CSS = """
    SessionView {
        layout: vertical;
        background: $surface-1;

        & > #session-top {
            height: 1;
            layout: horizontal;
            & > #session-header { width: 1fr; }
            & > #session-panes { width: 40; display: none; background: $surface-2; }
        }
        & > #session-body { height: 1fr; }
        & SummaryPane { width: 38; }
        & AssistPane { width: 42; }

        &.-medium {
            & > #session-top > #session-panes { display: block; }
            & SummaryPane { width: 40; dock: right; display: none; }
            & AssistPane { width: 40; display: none; }
        }
        &.-medium.-side-summary SummaryPane { display: block; }
        &.-medium.-side-assist AssistPane { display: block; }

        &.-narrow {
            & > #session-top {
                height: 2;
                layout: vertical;
                & > #session-panes { width: 1fr; display: block; }
            }
            & SummaryPane, & AssistPane { width: 1fr; display: none; }
            & ConversationPane { display: none; }
        }
        &.-narrow.-pane-conversation ConversationPane { display: block; }
        &.-narrow.-pane-summary SummaryPane { display: block; }
        &.-narrow.-pane-assist AssistPane { display: block; }
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
        name_alt_keys()
        self.state = SessionState(link, conversation_id)
        self._typed: dict[str, dict[str, str]] = {}
        self.glyphs = glyphs
        self.tz = tz
        self._pane = "conversation"
        self._side = "summary"
        self._painted = False
        self._last_focus: Widget | None = None
        self._layout_kept = ""

    def compose(self) -> ComposeResult:
        """Header over the panes; nothing before the session has been read."""
        if self.state.record is None:
            return
        # Before there are children: every class that changes later restyles all of them.
        self._restore_panes()
        self._set_classes(self.app.size.width)
        with Container(id="session-top"):
            yield Bar(id="session-header")
            yield Bar(id="session-panes")
        with Horizontal(id="session-body"):
            yield SummaryPane(self.state, self.glyphs, self.tz)
            yield ConversationPane(self.state, self.glyphs, self.tz)
            yield AssistPane(self.state, self.glyphs)

    async def on_mount(self) -> None:
        """Paint what was read before there was a screen."""
        if self.state.record is not None:
            await self._paint()

    async def load(self) -> None:
        """Read the session and show it. Asked for again, it reads and shows anew."""
        if not await self.state.load() or not self.is_mounted:
            return
        if not self._painted:
            await self.recompose()
        await self._paint()

    async def _paint(self) -> None:
        self.conversation.show(self.state.loaded.session.seen_id)
        self.conversation.restore()
        self.summary.restore(self.state.layout.get("unfolded"))
        self._painted = True
        self._show_panes()
        self._show_header()
        self._layout_kept = self._layout_text()
        await self.summary.load()
        self.start(self.assist.suggest())

    def _restore_panes(self) -> None:
        kept = self.state.layout
        self._pane = kept["pane"] if kept.get("pane") in PANES else "conversation"
        self._side = kept["side"] if kept.get("side") in PANES[1:] else "summary"

    async def apply(self, entries: Sequence[Entry]) -> None:
        """Take in what has happened; entries that do not concern this session are let pass."""
        concerned = [entry for entry in entries if self.state.concerns(entry)]
        if not concerned or not self._painted:
            return
        news = await self.state.refresh(concerned)
        if news.gone or not there(self):
            return
        self.conversation.take_in(news)
        self._show_header()
        self.start(self._refresh_beside(concerned))

    async def _refresh_beside(self, entries: Sequence[Entry]) -> None:
        await self.summary.refresh_from(entries)
        await self.assist.suggest()

    def tick(self, now: int) -> None:
        """Take the time (epoch ms)."""
        if self._painted:
            self.conversation.tick(now)
            self.query_one("#session-header", Bar).update_line()
            if self.summary.display:
                self.summary.tick()

    def focus_default(self) -> None:
        """Give the keys to where they were, or else to where the agent looks first."""
        if not self._painted:
            return
        last = self._last_focus
        if last is not None and last.is_attached and last.display and last.focusable:
            last.focus()
        elif self._pane != "conversation" and self.has_class("-narrow"):
            self.show_pane(self._pane)
        elif self.conversation.composer.text:
            self.conversation.composer.field.focus()
        else:
            self.conversation.transcript.focus()

    async def flush(self) -> None:
        """Keep drafts and layout in the store."""
        if not self._painted:
            return
        await self.conversation.composer.flush()
        layout = self._layout_text()
        if layout != self._layout_kept:
            self._layout_kept = layout
            await self.state.link.attempt(
                "session.layout", conversation=self.conversation_id, layout=json.loads(layout)
            )

    def _layout_text(self) -> str:
        composer = self.conversation.composer
        layout = {
            "pane": self._pane,
            "side": self._side,
            "writing": composer.kind.value,
            "fields": composer.labels,
            "unfolded": self.summary.unfolded,
        }
        return json.dumps(layout)

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that takes a moment, without holding up keys."""
        do_soon(self, work, "session")

    @property
    def conversation_id(self) -> int:
        """The conversation it shows."""
        return self.state.conversation_id

    @property
    def painted(self) -> bool:
        """Whether there is something to see."""
        return self._painted

    @property
    def conversation(self) -> ConversationPane:
        """What is said and written."""
        return self.query_one(ConversationPane)

    @property
    def summary(self) -> SummaryPane:
        """Who the customer is."""
        return self.query_one(SummaryPane)

    @property
    def assist(self) -> AssistPane:
        """What may help."""
        return self.query_one(AssistPane)

    @property
    def pane(self) -> str:
        """The pane that has the keys, or had them last."""
        return self._pane

    def show_pane(self, pane: str) -> None:
        """Show a pane and give it the keys."""
        self._pane = pane
        if pane != "conversation":
            self._side = pane
        self._show_panes()
        if pane == "summary":
            self.summary.blocks.focus()
        elif pane == "assist":
            self.assist.focus_inside()
        elif self.conversation.composer.text:
            self.conversation.composer.field.focus()
        else:
            self.conversation.transcript.focus()

    def next_pane(self, step: int = 1) -> None:
        """Go to the next pane (-1: the one before)."""
        self.show_pane(PANES[(PANES.index(self._pane) + step) % len(PANES)])

    def write(self, kind: DraftKind) -> None:
        """Write a reply or a note."""
        self._to_conversation()
        self.conversation.composer.start(kind)

    def open_replies(self) -> None:
        """Look for a quick reply."""
        self._to_conversation()
        self.conversation.open_replies()

    def open_assist(self, tab: str) -> None:
        """Show a tab of the assist pane and give it the keys."""
        self._pane = self._side = "assist"
        self._show_panes()
        self.assist.open(tab)

    def find(self) -> None:
        """Search within the conversation."""
        self._to_conversation()
        self.conversation.find()

    def typed_in(self, dialog: str) -> dict[str, str]:
        """What was typed into a dialog that was left; what is typed next is kept in it as well."""
        return self._typed.setdefault(dialog, {})

    def forget_typed(self, dialog: str) -> None:
        """A dialog has done its work: the next one begins empty."""
        self._typed.pop(dialog, None)

    def toggle_section(self, section: str) -> None:
        """Fold or unfold a section of the summary; where it is out of sight, show it unfolded."""
        hidden = not self.summary.display
        if hidden:
            self.show_pane("summary")
        if not hidden or section not in self.summary.unfolded:
            self.summary.toggle(section)

    def toast(self, refusal: Refusal) -> None:
        """Say why something was not done."""
        self.app.notify(str(refusal), severity="warning", markup=False)

    def _to_conversation(self) -> None:
        self._pane = "conversation"
        self._show_panes()

    def _show_panes(self) -> None:
        self._set_classes(self.size.width or self.app.size.width)
        narrow = self.has_class("-narrow")
        shown = PANES if narrow else PANES[1:]
        chosen = self._pane if narrow else self._side
        tabs = [(pane, LABELS[pane], 0) for pane in shown]
        self.query_one("#session-panes", Bar).show(
            lambda width: pane_tabs(tabs, chosen, width, self.glyphs)
        )

    def _show_header(self) -> None:
        state = self.state
        self.query_one("#session-header", Bar).show_plain(
            lambda width: session_header(
                state.conversation, state.channel, width, self.glyphs, state.link.now()
            )
        )

    def _set_classes(self, width: int) -> None:
        self.update_classes(pane_classes(width, self._pane, self._side))

    @on(events.Resize)
    def _resized(self) -> None:
        if self._painted:
            self._show_panes()

    @on(events.Hide)
    def _hidden(self) -> None:
        if self._painted:
            self.conversation.looked_away()
            self.start(self.flush())

    @on(events.Show)
    def _shown(self) -> None:
        if self._painted:
            self.conversation.looked_at()

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        self._last_focus = event.widget
        for pane in (self.conversation, self.summary, self.assist):
            if pane in event.widget.ancestors:
                self._pane = str(pane.id)

    @on(Bar.Pressed, "#session-panes")
    def _pane_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.show_pane(event.key)

    @on(AssistPane.Insert)
    def _insert(self, event: AssistPane.Insert) -> None:
        event.stop()
        composer = self.conversation.composer
        if composer.field.read_only:
            self.toast(Refusal("composer.closed", self.state.why_no_reply()))
            return
        self._to_conversation()
        composer.insert(event.text, labels=event.labels)
        composer.field.focus()

    @on(AssistPane.Left)
    def _assist_left(self, event: AssistPane.Left) -> None:
        event.stop()
        self.show_pane("conversation")

    @on(AssistPane.Refused)
    @on(ConversationPane.Refused)
    def _refused(self, event: AssistPane.Refused | ConversationPane.Refused) -> None:
        event.stop()
        self.toast(event.refusal)

    @on(Composer.Left)
    def _composer_left(self, event: Composer.Left) -> None:
        self.start(self.flush())

    @on(SummaryPane.Acted)
    def _acted(self, event: SummaryPane.Acted) -> None:
        event.stop()
        if event.what == "suggest":
            self.start(actions.link_known(self, event.key))
        elif event.what == "create_case":
            self.start(actions.create_case(self))
        else:
            self.start(actions.link(self))

    @on(SummaryPane.Refolded)
    def _refolded(self, event: SummaryPane.Refolded) -> None:
        event.stop()
        self.start(self.flush())
