"""The frame of a session's screen: which panes and records are shown, and which has the keys.

Three columns from 140 cells, two from 100 (summary and assistance share the second one), one below,
with tabs for the panes. Records that are opened stand in tabs beside the conversation.
"""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widget import Widget

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.holder import TabHolder
from omnitui.console.apps.tabs import AppTab
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.session import another_customer, pane_tabs, pane_title
from omnitui.console.session.assist.pane import AssistPane
from omnitui.console.session.assist.tab import Left, Opened
from omnitui.console.session.conversation import ConversationPane
from omnitui.console.session.state import SessionState
from omnitui.console.session.summary import SummaryPane
from omnitui.console.widgets.bar import Bar
from omnitui.model.case import Case
from omnitui.model.conversation import Conversation


class SessionFrame(TabHolder):
    """See the module. What is read, and what is done with it, is the session view's."""

    DEFAULT_CSS = """
    SessionFrame {
        layout: vertical;
        background: $surface-1;

        & > #session-top {
            height: 1;
            layout: horizontal;
            & > #session-header { width: 1fr; }
            & > #session-summary { width: 38; background: $surface-2; }
            & > #session-assist { width: 42; background: $surface-2; }
            & > #session-panes { width: 40; display: none; background: $surface-2; }
        }
        & #session-apps { display: none; background: $surface-2; }
        & #session-apps.-any { display: block; }
        & #session-whose { display: none; }
        & #session-whose.-another { display: block; }
        & > #session-body { height: 1fr; }
        & #session-middle { width: 1fr; }
        & SummaryPane { width: 38; }
        & AssistPane { width: 42; }

        &.-medium {
            & > #session-top > #session-panes { display: block; }
            & > #session-top > .pane-title { display: none; }
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
                & > .pane-title { display: none; }
            }
            & SummaryPane, & AssistPane { width: 1fr; display: none; }
            & #session-middle { display: none; }
        }
        &.-narrow.-pane-conversation #session-middle { display: block; }
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

        super().__init__(
            link, glyphs, tz, "Transcript", conversation=conversation_id, id=id, classes=classes
        )
        self.state = SessionState(link, conversation_id)
        self._panes = Shown()
        self._painted = False
        self._last_focus: Widget | None = None

    def compose(self) -> ComposeResult:
        """Header over the panes; nothing before the session has been read."""
        if self.state.record is None:
            return
        # Before there are children: every class that changes later restyles all of them.
        self._panes.restore(self.state.layout)
        self._set_classes(self.app.size.width)
        with Container(id="session-top"):
            yield Bar(id="session-summary", classes="pane-title")
            yield Bar(id="session-header")
            yield Bar(id="session-assist", classes="pane-title")
            yield Bar(id="session-panes")
        with Horizontal(id="session-body"):
            yield SummaryPane(self.state, self.glyphs, self.tz)
            with Container(id="session-middle"):
                yield Bar(id="session-apps")
                yield Bar(id="session-whose")
                yield ConversationPane(self.state, self.glyphs, self.tz)
                yield self.apps
            yield AssistPane(self.state, self.glyphs)

    @property
    def linked_case(self) -> Case | None:
        """The case that the conversation is about."""
        return self.state.case if self._painted else None

    @property
    def linked_conversation(self) -> Conversation | None:
        """The conversation of the session."""
        return self.state.conversation if self._painted else None

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
        return self._panes.pane

    def show_pane(self, pane: str) -> None:
        """Show a pane and give it the keys."""
        self._panes.go(pane)
        self._show_panes()
        if pane == "summary":
            self.summary.blocks.focus()
        elif pane == "assist":
            self.assist.focus_inside()
        else:
            self._focus_middle()

    def _focus_middle(self) -> None:
        body = self.apps.body
        if body is not None:
            body.focus_inside()
        elif self.conversation.composer.text:
            self.conversation.composer.field.focus()
        else:
            self.conversation.transcript.focus()

    @property
    def shows_conversation(self) -> bool:
        """Whether the transcript and the composer are on the screen, not a record or a pane."""
        only = self.has_class("-narrow") and self._panes.pane != "conversation"
        return self.apps.front is None and not only

    def next_pane(self, step: int = 1) -> None:
        """Go to the next pane (-1: the one before)."""
        self.show_pane(self._panes.after(step))

    def open_record(self, tab: AppTab) -> None:
        """Open a record in a tab beside the conversation, or bring its tab in front."""
        self._panes.go("conversation")
        self._show_panes()
        super().open_record(tab)

    async def bring(self, tab: AppTab) -> None:
        """Open a record in a tab as `open_record` does, and wait until it is there."""
        self._panes.go("conversation")
        self._show_panes()
        await self.apps.open(tab)

    def open_assist(self, tab: str, query: str | None = None) -> None:
        """Show a tab of the assist pane, with what is looked for in it, and give it the keys.

        Out of sight it takes the keys from nobody: they are there when the session comes in front.
        """
        self._panes.go("assist")
        self._show_panes()
        self.assist.open(tab, query, focus=self.display)
        if not self.display:
            self._last_focus = self.assist.search

    def _to_conversation(self) -> None:
        self._panes.go("conversation")
        if self.apps.front is not None:
            self.tabs.choose("")
            self._show_apps()
        self._show_panes()

    def _show_panes(self) -> None:
        self._set_classes(self.size.width or self.app.size.width)
        narrow = self.has_class("-narrow")
        shown = PANES if narrow else PANES[1:]
        chosen = self._panes.pane if narrow else self._panes.side
        tabs = [(pane, LABELS[pane], 0) for pane in shown]
        self.query_one("#session-panes", Bar).show(
            lambda width: pane_tabs(
                tabs, chosen, width, self.glyphs, active=self._panes.pane == chosen
            )
        )
        for pane in PANES[1:]:
            self._show_title(pane)
        self.query_one("#session-header", Bar).update_line()

    def _show_title(self, pane: str) -> None:
        self.query_one(f"#session-{pane}", Bar).show(
            lambda width: pane_title(
                pane, LABELS[pane], width, self.glyphs, active=self._panes.pane == pane
            )
        )

    def _show_active(self) -> None:
        """Mark the pane that has the keys; nothing is laid out anew."""
        for name in ("panes", "header", *PANES[1:]):
            self.query_one(f"#session-{name}", Bar).update_line()
        self.assist.query_one("#assist-tabs", Bar).update_line()

    def _set_classes(self, width: int) -> None:
        self.update_classes(self._panes.classes(width))

    def _show_apps(self) -> None:
        """Show what is in front: the conversation or a record, and the line that tells which."""
        self.show_tabs(self.query_one("#session-apps", Bar))
        self._show_whose()
        self.conversation.display = self.apps.front is None
        self.apps.display = self.apps.front is not None

    def _show_whose(self) -> None:
        """Say so where the record in front is not that of who is written with."""
        body, item = self.apps.body, self.linked_conversation
        whose = "" if body is None or item is None else body.whose
        if body is not None and item is not None and item.customer_id in body.people:
            whose = ""
        bar = self.query_one("#session-whose", Bar)
        bar.set_class(bool(whose), "-another")
        if whose and item is not None:
            name, known = item.name, item.customer_id is not None
            bar.show_plain(lambda width: another_customer(whose, name, known, width, self.glyphs))

    @on(AppBody.Read)
    def _record_read(self, event: AppBody.Read) -> None:
        event.stop()
        if self._painted:
            self._show_whose()

    @on(Bar.Pressed, "#session-summary")
    @on(Bar.Pressed, "#session-assist")
    def _title_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.show_pane(event.key)

    @on(events.Resize)
    def _resized(self) -> None:
        if self._painted:
            self._show_panes()

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        self._last_focus = event.widget
        for pane in (self.conversation, self.summary, self.assist):
            if pane in event.widget.ancestors:
                self._panes.pane = str(pane.id)
        if self.apps in event.widget.ancestors:
            self._panes.pane = "conversation"
        if self._painted:
            self._show_active()

    def turned(self) -> None:
        """Another tab is in front, or what the tabs say has changed."""
        before = self.apps.display
        self._show_apps()
        focused = self.app.focused
        if before or self.apps.display:
            inside = focused is not None and self.apps.body in focused.ancestors_with_self
            # One that is out of sight takes the keys from nobody.
            if not inside and self.display:
                self._focus_middle()

    @on(Bar.Pressed, "#session-apps")
    def _app_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.start(self.apps.choose(event.key))

    @on(Bar.Pressed, "#session-panes")
    def _pane_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.show_pane(event.key)

    @on(Opened)
    def _assist_opened(self, event: Opened) -> None:
        event.stop()
        self.open_record(event.tab)

    @on(Left)
    def _assist_left(self, event: Left) -> None:
        event.stop()
        self.show_pane("conversation")


WIDE, MEDIUM = 140, 100
"""From how many cells on there are three columns, and two."""

PANES = ("conversation", "summary", "assist")
LABELS = {"conversation": "Conversation", "summary": "Summary", "assist": "Assist"}

_WIDTHS = ("-wide", "-medium", "-narrow")


class Shown:
    """Which pane has the keys, and which is shown beside the conversation."""

    def __init__(self) -> None:
        self.pane = "conversation"
        self.side = "summary"

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show what was shown before."""
        self.pane = kept["pane"] if kept.get("pane") in PANES else "conversation"
        self.side = kept["side"] if kept.get("side") in PANES[1:] else "summary"

    def go(self, pane: str) -> None:
        """Give the keys to a pane."""
        self.pane = pane
        if pane != "conversation":
            self.side = pane

    def after(self, step: int) -> str:
        """The pane `step` further round."""
        return PANES[(PANES.index(self.pane) + step) % len(PANES)]

    def classes(self, width: int) -> dict[str, bool]:
        """The classes at a width."""
        at = "-wide" if width >= WIDE else "-medium" if width >= MEDIUM else "-narrow"
        classes = {name: name == at for name in _WIDTHS}
        for name in PANES:
            classes[f"-pane-{name}"] = name == self.pane
            classes[f"-side-{name}"] = name == self.side
        return classes
