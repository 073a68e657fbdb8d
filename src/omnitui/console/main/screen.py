"""The one screen: status line, tabs, Home and the sessions, offers over them, keys at the bottom.

It holds which session is focused and nothing else that is true: everything shown is read from the
desk when the journal says that it may have changed.
"""

import asyncio
from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input, TextArea

from omnitui.console.commands import ALL, BY_ID
from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.desk_link import DeskLink
from omnitui.console.dialogs.goto import GoTo
from omnitui.console.dialogs.help import HelpDialog
from omnitui.console.dialogs.presence import PresenceDialog
from omnitui.console.dialogs.search import SearchDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.home.view import HomeView
from omnitui.console.main.board import Board, read_board
from omnitui.console.main.keys import footer_keys, key_label
from omnitui.console.session.view import SessionView
from omnitui.console.widgets.key_footer import KeyFooter
from omnitui.console.widgets.offer_panel import OfferPanel
from omnitui.console.widgets.session_tabs import SessionTabs
from omnitui.console.widgets.status_line import StatusLine
from omnitui.model.errors import Refused
from omnitui.model.journal import Entry
from omnitui.model.search import Hit

SETTLE_SECONDS = 0.25
"""Status, tabs and lists are read again at most this often, however much arrives."""


def _bindings() -> list[BindingType]:
    bindings: list[BindingType] = [
        Binding(
            command.key, f"command('{command.id}')", command.label, id=command.id, show=False,
            priority=command.priority or command.grab,
        )
        for command in ALL
        if " " not in command.key
    ]  # fmt: skip
    bindings += [
        Binding(f"alt+{n}", f"command('go.session_{n}')", f"Session {n}", show=False, priority=True)
        for n in range(1, 10)
    ]
    bindings.append(Binding("g", "go", "Go to", id="go.prefix", show=False))
    return bindings


class MainScreen(Screen[None]):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = _bindings()
    AUTO_FOCUS = None

    CSS = """
    MainScreen {
        background: $surface-1;
        & > #body { height: 1fr; }
    }
    """

    def __init__(self, link: DeskLink, glyphs: Glyphs, tz: tzinfo, notice: str = "") -> None:
        super().__init__()
        self.link = link
        self.glyphs = glyphs
        self.tz = tz
        self.notice = notice
        self.board: Board | None = None
        self.focused_id: int | None = None
        self._before: int | None = None
        self._views: dict[int, SessionView] = {}
        self._missed: dict[int, list[Entry]] = {}
        self._changed: set[int] = set()
        self._stale = False
        self._settling = False

    def compose(self) -> ComposeResult:
        """The frame."""
        yield StatusLine(self.glyphs)
        yield SessionTabs(self.glyphs)
        with Container(id="body"):
            yield HomeView(self.link, self.link.actor.id, self.glyphs, self.tz, id="home")
        yield KeyFooter(self.glyphs)
        yield OfferPanel(self.glyphs)

    async def on_mount(self) -> None:
        """Show where the agent was, and follow the journal from here on."""
        await self._read_board()
        await self.home.load()
        board = self.board
        focused = None if board is None else board.focused
        if focused is None:
            await self._show(None)
        else:
            await self.focus_session(focused)
        self.set_interval(1, self._tick)
        self._follow()

    @work(group="follow", exclusive=True)
    async def _follow(self) -> None:
        await self.link.follow(self._told)

    @property
    def home(self) -> HomeView:
        """Home."""
        return self.query_one(HomeView)

    @property
    def offers(self) -> OfferPanel:
        """What is ringing."""
        return self.query_one(OfferPanel)

    @property
    def session_view(self) -> SessionView | None:
        """The focused session, None on Home."""
        return None if self.focused_id is None else self._views.get(self.focused_id)

    async def _told(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.conversation_id is not None:
                self._changed.add(entry.conversation_id)
                if entry.conversation_id != self.focused_id:
                    kept = self._missed.setdefault(entry.conversation_id, [])
                    del kept[:-50]
                    kept.append(entry)
        view = self.session_view
        if view is not None:
            await view.apply(entries)
        self._stale = True
        if not self._settling:
            self._settling = True
            self._settle()

    @work(group="settle")
    async def _settle(self) -> None:
        """Bring frame and Home up to date; what arrives meanwhile waits for the next round."""
        try:
            while self._stale:
                self._stale = False
                changed, self._changed = sorted(self._changed), set()
                await self._read_board()
                await self.home.changed(changed)
                await self._pause()
        finally:
            self._settling = False

    async def _pause(self) -> None:
        await asyncio.sleep(SETTLE_SECONDS)

    async def _read_board(self) -> None:
        before = self.board
        self.board = board = await read_board(self.link, self.home.since())
        now = self.link.now()
        self.query_one(StatusLine).show(board.status(now, self.tz, self.notice))
        self.home.show_counts(board.counts, board.unread)
        self._show_tabs()
        self.offers.show(board.offers(self.link, self.glyphs), now)
        self._show_keys()
        for key in list(self._views):
            if key not in board.order:
                await self._gone(key)
        if before is not None and board.ringing - before.ringing:
            self.app.bell()

    async def _gone(self, key: int) -> None:
        """A session has been closed, here or in another console."""
        view = self._views.pop(key, None)
        if self.focused_id == key:
            await self._show(None)
        if view is not None:
            await view.remove()

    def _show_tabs(self) -> None:
        if self.board is not None:
            at = self.board.place(self.focused_id)
            tabs = self.board.tabs(self.link, self.glyphs)
            self.query_one(SessionTabs).show(tabs, at, self.link.now())

    def _tick(self) -> None:
        now = self.link.now()
        if self.board is not None:
            self.query_one(StatusLine).show(self.board.status(now, self.tz, self.notice))
        self.query_one(SessionTabs).tick(now)
        self.offers.tick(now)
        view = self.session_view
        if view is None:
            self.home.tick()
        else:
            view.tick(now)

    async def focus_number(self, number: int) -> None:
        """Go to the session of that number; 0 is Home."""
        order = () if self.board is None else self.board.order
        if number == 0:
            await self.focus_session(None)
        elif number <= len(order):
            await self.focus_session(order[number - 1])
        else:
            self.app.notify(f"There is no session {number}.", markup=False)

    async def focus_session(self, key: int | None) -> None:
        """Go to a session, or Home. What was typed where you were is kept."""
        if key != self.focused_id:
            self._before = self.focused_id
        leaving = self.session_view
        await self._show(key)
        if leaving is not None and leaving is not self.session_view:
            await leaving.flush()
        await self.link.attempt("session.focus", conversation=key)

    async def _show(self, key: int | None) -> None:
        self.focused_id = key
        view = None if key is None else self._views.get(key)
        if key is not None and view is None:
            view = SessionView(self.link, key, self.glyphs, self.tz, id=f"session-{key}")
            self._views[key] = view
            await view.state.load()
            await self.query_one("#body", Container).mount(view)
        shown = view or self.home
        for child in (self.home, *self._views.values()):
            # A class would restyle every widget of both; what is not displayed only loses its room.
            if child.display != (child is shown):
                child.display = child is shown
        if view is None:
            self.home.list.focus()
        else:
            missed = self._missed.pop(view.conversation_id, [])
            if missed:
                await view.apply(missed)
            view.focus_default()
        self._show_tabs()
        self._show_keys()

    async def accept(self, key: int) -> None:
        """Take an offer; its session opens and is focused."""
        await self.link.call("conversation.accept", conversation=key)
        await self._arrive(key)

    async def open_conversation(self, key: int) -> None:
        """Open a conversation as a session; one that nobody has becomes yours."""
        board = self.board
        if board is not None and key in board.order:
            await self.focus_session(key)
            return
        item = await self.link.call("conversation.get", conversation=key)
        if board is not None and item.offered_to == self.link.actor.id:
            await self.link.call("conversation.accept", conversation=key)
        elif item.state == "open" or (
            item.state == "waiting" and item.agent_id == self.link.actor.id
        ):
            await self.link.call("conversation.pick", conversation=key)
        else:
            await self.link.call("session.open", conversation=key)
        await self._arrive(key)

    async def _arrive(self, key: int) -> None:
        await self._read_board()
        await self.focus_session(key)

    async def go_to_needing(self) -> None:
        """Go to the session whose customer has waited longest, this one aside."""
        found = None if self.board is None else self.board.neediest(self.focused_id)
        if found is None:
            self.app.notify("Nobody else is waiting for you.", markup=False)
        else:
            await self.focus_session(found)

    async def go_back(self) -> None:
        """Go where you were before."""
        before = self._before
        if before is not None and (self.board is None or before not in self.board.order):
            before = None
        await self.focus_session(before)

    async def go_to_stream(self, stream: str) -> None:
        """Go to one of Home's lists."""
        await self.focus_session(None)
        await self.home.show_stream(stream)

    def action_go(self) -> None:
        """Wait for the second key of a `g` command."""
        self.app.push_screen(GoTo(), self._gone_to)

    def _gone_to(self, command: str | None) -> None:
        if command is not None:
            self.action_command(command)

    def action_command(self, name: str) -> None:
        """Run a console command by its id."""
        self.run_command(BY_ID[name])

    @work(group="command")
    async def run_command(self, command: type[ConsoleCommand]) -> None:
        """Run a command, or say why not."""
        why = command.available(self)
        if why is not None:
            self.app.notify(why, markup=False)
            return
        try:
            await command.run(self)
        except Refused as refused:
            self.app.notify(str(refused.refusal), severity="warning", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of Home act on Home, keys of a session in a session; `y` copies unless it rings."""
        if action != "command" or not parameters:
            return True
        command = BY_ID.get(str(parameters[0]))
        if command is None:
            return True
        if command.grab and (self._typing() or command.available(self) is not None):
            return False
        return self.works_here(command)

    def works_here(self, command: type[ConsoleCommand]) -> bool:
        """Whether a command belongs to where the agent is."""
        if command.where is Where.ANYWHERE:
            return True
        return (command.where is Where.HOME) == (self.focused_id is None)

    def _show_keys(self) -> None:
        here = [c for c in ALL if self.works_here(c) and c.available(self) is None]
        self.query_one(KeyFooter).show(footer_keys(here, self.focused))

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self._show_keys()
        self.offers.set_keys(("^y", "N") if self._typing() else ("y", "N"))

    def _typing(self) -> bool:
        return isinstance(self.focused, Input | TextArea)

    @on(KeyFooter.KeyChosen)
    def _key_chosen(self, event: KeyFooter.KeyChosen) -> None:
        for command in ALL:
            if self.works_here(command) and key_label(command.key) == event.key:
                self.run_command(command)
                return

    @on(SessionTabs.TabChosen)
    async def _tab_chosen(self, event: SessionTabs.TabChosen) -> None:
        await self.focus_number(event.index)

    @on(OfferPanel.Accepted)
    def _accepted(self) -> None:
        self.action_command("offer.accept")

    @on(OfferPanel.Declined)
    def _declined(self) -> None:
        self.action_command("offer.decline")

    @on(HomeView.Chosen)
    def _home_chosen(self, event: HomeView.Chosen) -> None:
        self._open_later(event.key)

    @work(group="command")
    async def _open_later(self, key: int) -> None:
        try:
            await self.open_conversation(key)
        except Refused as refused:
            self.app.notify(str(refused.refusal), severity="warning", markup=False)

    def open_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpDialog(self.glyphs, here=self.works_here))

    def open_presence(self) -> None:
        """Choose a presence."""
        if self.board is not None:
            self.app.push_screen(PresenceDialog(self.glyphs, self.board.agent), self._be_present)

    def _be_present(self, presence: str | None) -> None:
        if presence is not None:
            self._set_presence(presence)

    @work(group="command")
    async def _set_presence(self, presence: str) -> None:
        await self.link.attempt("agent.set_presence", presence=presence)

    def open_search(self) -> None:
        """Search everything."""
        self.app.push_screen(SearchDialog(self.link, self.glyphs, self.tz), self._found)

    def _found(self, hit: Hit | None) -> None:
        if hit is not None and hit.conversation_id is not None:
            self._open_later(hit.conversation_id)

    def next_theme(self) -> None:
        """Go to the next theme."""
        from omnitui.console.app import OmniApp

        if isinstance(self.app, OmniApp):
            self.app.next_theme()

    async def leave(self) -> None:
        """Keep what is typed, go offline, close."""
        for view in self._views.values():
            await view.flush()
        await self.link.attempt("agent.set_presence", presence="offline")
        self.app.exit()
