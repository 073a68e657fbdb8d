"""A session's screen: customer summary, conversation and assistance around one conversation.

`load` reads it and paints; `apply` takes journal entries and reads again only what they may have
changed; `tick` takes the time; `flush` keeps drafts and layout. It holds nothing that is not also
in the store: it may be thrown away at any moment after a `flush`.
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import tzinfo

from textual import events, on

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.case import case_tab
from omnitui.console.command import DoCommand
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.session import session_header
from omnitui.console.present.transcript import not_arrived
from omnitui.console.saving import Unkept, failed, unkept_in
from omnitui.console.session.assist.tab import Insert, Refused
from omnitui.console.session.composer import Composer
from omnitui.console.session.conversation import ConversationPane
from omnitui.console.session.frame import SessionFrame
from omnitui.console.session.summary import SummaryPane
from omnitui.console.terminal_keys import name_alt_keys
from omnitui.console.widgets.bar import Bar
from omnitui.console.work import there
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.session import DraftKind


class SessionView(SessionFrame):
    """See the module. `conversation_id` names the session; `tz` is the agent's time zone."""

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
        super().__init__(link, conversation_id, glyphs, tz, id=id, classes=classes)
        name_alt_keys()
        self._layout_kept = ""
        self._loading = asyncio.Lock()

    async def on_mount(self) -> None:
        """Paint what was read before there was a screen."""
        async with self._loading:
            if self.state.record is not None and not self._painted:
                await self._paint()

    async def load(self) -> None:
        """Read the session and show it. Asked for again, it reads and shows anew."""
        # Asked for twice at once, the second would take away what the first has just shown.
        async with self._loading:
            if not await self.state.load() or not self.is_mounted:
                return
            if not self._painted:
                await self.recompose()
            await self._paint()

    async def _paint(self) -> None:
        self.conversation.show(self.state.loaded.session.seen_id)
        self.conversation.restore()
        self.summary.restore(self.state.layout.get("unfolded"))
        self.summary.recent.restore(self.state.layout.get("cases"))
        await self.apps.restore(self.state.layout.get("apps"))
        if not self._painted:
            self.typed.restore(self.state.layout.get("dialogs"))
        self._painted = True
        self._show_panes()
        self._show_header()
        self._layout_kept = self._layout_text()
        await self.summary.load()
        await self.summary.restore_editing(self.state.layout.get("editing"))
        self.start(self.assist.take_in(), beside=True)

    async def apply(self, entries: Sequence[Entry]) -> None:
        """Take in what has happened; entries that concern neither it nor its tabs are let pass."""
        if self._painted and self.tabs.open:
            # Records of others may be open beside the conversation: they know what concerns them.
            self.start(self.apps.apply(entries), beside=True)
        concerned = [entry for entry in entries if self.state.concerns(entry)]
        if not concerned or not self._painted:
            return
        news = await self.state.refresh(concerned)
        if news.gone or not there(self):
            return
        self.conversation.take_in(news)
        mine = [one.kind for one in concerned if one.actor_id == self.state.me]
        if any(kind.startswith(("draft.", "scheduled.")) for kind in mine):
            self.start(self.conversation.composer.renew(), beside=True)
        self._show_header()
        self.start(self._refresh_beside(), beside=True)

    async def _refresh_beside(self) -> None:
        await self.summary.take_in()
        await self.assist.take_in()

    def tick(self, now: int) -> None:
        """Take the time (epoch ms)."""
        if self._painted and there(self):
            self.conversation.tick(now)
            self.query_one("#session-header", Bar).update_line()
            self.apps.tick()
            if self.summary.display:
                self.summary.tick()

    def focus_default(self) -> None:
        """Give the keys to where they were, or else to where the agent looks first."""
        if not self._painted:
            return
        last = self._last_focus
        if last is not None and last.is_attached and last.display and last.focusable:
            if last is self.conversation.composer.field:
                self.conversation.composer.come_back()
            else:
                last.focus()
        elif self.pane != "conversation" and self.has_class("-narrow"):
            self.show_pane(self.pane)
        else:
            self._focus_middle()

    async def flush(self) -> None:
        """Keep drafts and layout in the store."""
        if not self._painted:
            return
        await self.conversation.composer.flush()
        await self.saver.now()

    async def keep(self) -> Refusal | None:
        """Store the layout, with what is typed into records and dialogs."""
        if not self._painted or not there(self):
            return None
        layout = self._layout_text()
        if layout == self._layout_kept:
            return None
        done = await self.state.link.attempt(
            "session.layout", conversation=self.conversation_id, layout=json.loads(layout)
        )
        if not isinstance(done, Refusal):
            self._layout_kept = layout
        return failed(done)

    @property
    def unkept(self) -> list[Unkept]:
        """What is typed here and the store does not hold."""
        if not self._painted:
            return []
        name = self.state.conversation.name
        words = self.conversation.composer.unkept(name)
        layout = self._layout_text()
        return words if layout == self._layout_kept else words + unkept_in(name, json.loads(layout))

    def _layout_text(self) -> str:
        composer = self.conversation.composer
        layout = {
            "pane": self._panes.pane,
            "side": self._panes.side,
            "writing": composer.kind.value,
            "fields": composer.labels,
            "unfolded": self.summary.unfolded,
            "cases": self.summary.recent.sort.value,
            "apps": self.apps.kept(),
            "editing": self.summary.kept_editing,
            "dialogs": self.typed.kept(),
        }
        return json.dumps(layout)

    @property
    def conversation_id(self) -> int:
        """The conversation it shows."""
        return self.state.conversation_id

    def write(self, kind: DraftKind) -> None:
        """Write a reply or a note."""
        self._to_conversation()
        self.conversation.composer.start(kind)

    def open_replies(self) -> None:
        """Look for a quick reply."""
        self._to_conversation()
        self.conversation.open_replies()

    def find(self) -> None:
        """Search within the conversation."""
        self._to_conversation()
        self.conversation.find()

    def show_message(self, message: int) -> None:
        """Show a message of the conversation, under the cursor, with what was said around it."""
        self._to_conversation()
        self.start(self.conversation.go_to(message))

    def toggle_section(self, section: str) -> None:
        """Fold or unfold a section of the summary; where it is out of sight, show it unfolded."""
        hidden = not self.summary.display
        if hidden:
            self.show_pane("summary")
        if not hidden or section not in self.summary.unfolded:
            self.summary.toggle(section)

    def _show_header(self) -> None:
        state = self.state
        self.query_one("#session-header", Bar).show_plain(
            lambda width: session_header(
                state.conversation,
                state.channel,
                width,
                self.glyphs,
                state.link.now(),
                not_arrived(state.messages),
                active=self.pane == "conversation" and not self.has_class("-narrow"),
            )
        )

    @on(events.Hide)
    def _hidden(self) -> None:
        if self._painted:
            self.conversation.looked_away()
            self.start(self.flush(), beside=True)

    @on(events.Show)
    def look(self) -> None:
        """It is looked at again; whoever shows it says so.

        The toolkit's own event is lost where something asks for a place on the screen between the
        change and its layout.
        """
        if self._painted:
            self.conversation.looked_at()

    @on(Insert)
    def _insert(self, event: Insert) -> None:
        event.stop()
        self._put_into_composer(event.text, event.labels, event.article)

    @on(AppBody.Given)
    def _given(self, event: AppBody.Given) -> None:
        event.stop()
        self._put_into_composer(event.text, article=event.article)

    def insert_text(self, text: str, labels: Sequence[str] = ()) -> None:
        """Insert into the reply; out of sight it takes the keys from nobody."""
        if self.display:
            self._put_into_composer(text, labels)
        elif closed := self.state.why_no_reply():
            self.toast(Refusal("composer.closed", closed))
        elif self.conversation.composer.is_note:
            self.conversation.composer.give_back(text)
        else:
            self.conversation.composer.insert(text, labels=labels)

    def _put_into_composer(
        self, text: str, labels: Sequence[str] = (), article: int | None = None
    ) -> None:
        """Insert into the reply, also while a note is written; into the note where no reply can be.

        An article counts as given to the customer when it goes into the reply.
        """
        composer, closed = self.conversation.composer, self.state.why_no_reply()
        if closed and not composer.is_note:
            self.toast(Refusal("composer.closed", closed))
            return
        note = composer.is_note
        self._to_conversation()
        if not closed:
            composer.start(DraftKind.REPLY)
        composer.insert(text, labels=labels)
        composer.field.focus()
        if closed:
            self.app.notify(f"Inserted into the note, for agents only. {closed}", markup=False)
        elif note:
            self.app.notify("Inserted into the reply; the note does not change.", markup=False)
        if article is not None and not closed:
            known = {"article": article, "conversation": self.conversation_id}
            self.start(self.link.attempt("knowledge.use", **known), beside=True)

    @on(Refused)
    @on(ConversationPane.Refused)
    def _refused(self, event: Refused | ConversationPane.Refused) -> None:
        event.stop()
        self.toast(event.refusal)

    @on(Composer.Left)
    def _composer_left(self, event: Composer.Left) -> None:
        self.start(self.flush(), beside=True)

    @on(SummaryPane.Acted)
    def _acted(self, event: SummaryPane.Acted) -> None:
        event.stop()
        if event.what == "suggest":
            known = {"conversation": self.conversation_id, "customer": event.key}
            self.start(self.link.call("conversation.link_customer", **known))
        elif event.what == "case":
            case = self.summary.recent.find(event.key)
            if case is not None:
                self.open_record(case_tab(case))
        elif event.what == "create_case":
            self.post_message(DoCommand("case.create"))
        elif event.what.startswith("edit_"):
            self.edit(event.what.removeprefix("edit_"))
        else:
            self.post_message(DoCommand("session.link"))

    @on(SummaryPane.Refolded)
    def _refolded(self, event: SummaryPane.Refolded) -> None:
        event.stop()
        self.layout_changed()

    def edit(self, section: str) -> None:
        """Edit a section of the summary where it stands."""
        self.show_pane("summary")
        self.start(self.summary.edit(section))
