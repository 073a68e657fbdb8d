"""The one screen: status line, tabs, offers on rows of their own, the body, keys at the bottom.

It holds nothing that is true: everything shown is read from the desk when the journal says that it
may have changed.
"""

from contextlib import ExitStack
from datetime import tzinfo
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.holder import TabHolder
from omnitui.console.apps.tabs import AppTab
from omnitui.console.command import Command, DoCommand
from omnitui.console.commands.opening import open_conversation, open_hit
from omnitui.console.desk_link import DeskLink
from omnitui.console.dialogs import base as dialogs
from omnitui.console.dialogs import goto
from omnitui.console.glyphs import Glyphs
from omnitui.console.home.frame import HomeFrame
from omnitui.console.home.view import HomeView
from omnitui.console.keymap import Keymap, key_label
from omnitui.console.keys import key_for
from omnitui.console.main.actions import (
    came_back,
    keys_of_field,
    mode,
    reply_in,
    shown_keys,
    works_here,
)
from omnitui.console.main.alerts import Alerts
from omnitui.console.main.bars import KeyFooter, OfferPanel, SessionTabs, StatusLine
from omnitui.console.main.board import Board, read_board
from omnitui.console.main.following import Following
from omnitui.console.main.leaving import leave
from omnitui.console.main.messages import (
    Messages,
    are_due,
    are_mentioned,
    is_inactive,
)
from omnitui.console.main.navigation import Navigation
from omnitui.console.main.updates import inactive, were_due, were_mentioned
from omnitui.console.present.frame.footer import Mode
from omnitui.console.type_ahead import held, missed
from omnitui.console.widgets.line_list import LineList
from omnitui.console.work import soon, there
from omnitui.model.agent import Agent
from omnitui.model.errors import Fault, Refused

if TYPE_CHECKING:
    from omnitui.console.dialogs.base import Answer, Dialog
    from omnitui.console.session.view import SessionView

_NARROW, _WIDE = 100, 140
TALL = 30
"""From how many rows on a screen has room to spare."""


class MainScreen(Screen[None]):
    """See the module. `screen_class` gives the one whose keys are the person's."""

    AUTO_FOCUS = ""  # None would give the keys to the first field there is, Home's filter
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_NARROW, "-medium"), (_WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-one-offer-row"), (TALL, "-two-offer-rows")]

    DEFAULT_CSS = """
    MainScreen {
        background: $surface-1;
        & > #body { height: 1fr; }
        &.-two-offer-rows > OfferPanel { height: 2; }
    }
    """

    def __init__(
        self,
        link: DeskLink,
        glyphs: Glyphs,
        tz: tzinfo,
        keymap: Keymap,
        alerts: Alerts,
        notice: str = "",
    ) -> None:
        super().__init__()
        self.link = link
        self.glyphs = glyphs
        self.tz = tz
        self.keymap = keymap
        self.notice = notice
        self.board: Board | None = None
        self.navigation = Navigation(self)
        self.created: AppTab | None = None
        self.home = HomeView(link, lambda: link.actor.id, glyphs, tz, id="home")
        self.home_frame = HomeFrame(link, self.home, glyphs, tz)
        self.home_typed = self.home_frame.typed
        self.offers = OfferPanel(glyphs)
        self._status = StatusLine(glyphs)
        self._tabs = SessionTabs(glyphs)
        self._footer = KeyFooter(glyphs)
        self.alerts = alerts
        self._leaving = False
        self._back = False
        self._nothing_listed = False
        self.messages = Messages(self)
        self._following = Following(self)

    def compose(self) -> ComposeResult:
        """The frame."""
        yield self._status
        yield self._tabs
        yield self.offers
        with Container(id="body"):
            yield self.home_frame
        yield self._footer

    async def on_mount(self) -> None:
        """Show where the agent was, and follow the journal from here on."""
        if not self.link.preparing:
            with held(self):
                await self._begin()
            return
        # What is being done stands where the rows will be.
        self.home.list.set_empty(Content.styled(self.link.preparing, "$text-plain"))
        self.home.list.set_keys(())
        self.home.add_class("-empty")
        self.home.show_counts({}, {})
        with ExitStack() as keys:
            keys.enter_context(held(self))
            self._begin_later(keys.pop_all())

    @soon("begin", beside=True)
    async def _begin_later(self, keys: ExitStack) -> None:
        with keys:
            await self._begin()

    async def _begin(self) -> None:
        try:
            board = await self.read_board()
            await self.home.load()
            await self.home_frame.restore()
            await self.navigation.show(board.focused)
            if board.desk.due:
                said = were_due(board.desk.due, key_for("go.follow_ups"))
                self.messages.say(said, holds=self.messages.while_(are_due))
            if board.desk.mentions:
                said = were_mentioned(board.desk.mentions, key_for("go.mentions"))
                self.messages.say(said, holds=self.messages.while_(are_mentioned))
        except (Refused, Fault) as error:
            self.messages.say(f"{error} Trying again.", "error")
            self._following.read_again()
            await self.navigation.show(None)
        self.set_interval(1, self._tick)
        self._settle()
        self._follow()

    @soon("follow")
    async def _follow(self) -> None:
        await self._following.follow()

    @soon("settle")
    async def _settle(self) -> None:
        await self._following.settle()

    async def read_board(self) -> Board:
        """Read the frame anew and show it."""
        before = self.board
        home = self.home
        with home.counting.doing_if_due() as views:
            self.board = board = await read_board(self.link, home.since(), views=views)
        if not there(self):
            return board
        if board.views is not None:
            home.counting.is_done()
            await home.take_views(board.views)
        now = self.link.now()
        if before is not None and before.missed_since(board):
            self.messages.forget()
        self._show_status(board, now)
        self.home.deadlines = board.desk.late is not None
        self.home.show_counts(board.counts, board.unread)
        self.offers.show(board.offers(self.link, self.glyphs), now)
        await self.navigation.settle(board.order)
        self.show_place()
        await self.messages.check()
        self.alerts.compare(before, board, self.navigation.here)
        if before is not None and board.missed_since(before):
            key = self.keymap.label_of("agent.presence")
            said = inactive(board.agent.presence_reason, key)
            self.messages.say(said, "warning", holds=self.messages.while_(is_inactive))
        return board

    def _show_status(self, board: Board, now: int) -> None:
        keys = map(self.keymap.label_of, ("go.follow_ups", "session.delivery", "go.mentions"))
        self._status.show(board.status(now, self.tz, self.notice, *keys))
        self.messages.show_quiet()

    @property
    def order(self) -> tuple[int, ...]:
        """The conversations that are open as sessions, in the order of the tabs."""
        return () if self.board is None else self.board.order

    @property
    def agent(self) -> Agent | None:
        """Who is at the keys, as the desk said last."""
        return None if self.board is None else self.board.agent

    @property
    def offered(self) -> int | None:
        """The conversation that rings first."""
        return None if self.offers.first is None else self.offers.first.conversation_id

    @property
    def session(self) -> "SessionView | None":
        """The session in front, once it is drawn; None on Home."""
        view = self.navigation.view
        return view if view is not None and view.painted else None

    @property
    def beside(self) -> TabHolder:
        """What records are opened beside: the session in front, else Home."""
        return self.session or self.home_frame

    async def ask(self, dialog: "Dialog[Answer]") -> "Answer | None":
        """Show a dialog and wait for its answer; None when it is left."""
        return await dialogs.ask(self.app, dialog)

    def show_place(self) -> None:
        """Show in tabs and keys where the agent is."""
        if self.board is not None:
            tabs = self.board.tabs(self.link, self.glyphs, self.navigation.drafts)
            at = self.board.place(self.navigation.here)
            self._tabs.show(tabs, at, self.link.now())
        self._show_keys()

    def _tick(self) -> None:
        now = self.link.now()
        if self.board is not None:
            self._show_status(self.board, now)
        self._tabs.tick(now)
        self.offers.tick(now)
        view = self.navigation.view
        if view is None:
            self.home_frame.tick()
        else:
            view.tick(now)

    async def leave(self) -> None:
        """Keep what is typed and close; the agent is offline unless another console is open.

        What cannot be kept is printed once the terminal is a terminal again.
        """
        if not self._leaving:
            self._leaving = True
            await leave(self)

    def action_go(self) -> None:
        """Wait for the second key of a `g` command."""
        self.app.push_screen(goto.GoTo(self.keymap), self._gone_to)

    def _gone_to(self, command: Command | None) -> None:
        if command is not None:
            self.run_command(command)

    def action_command(self, name: str) -> None:
        """Run a console command by its id."""
        self.run_command(self.keymap.commands[name])

    @on(DoCommand)
    def _do_command(self, event: DoCommand) -> None:
        self.action_command(event.command)

    @soon("command")
    async def run_command(self, command: Command) -> None:
        """Run a command, or say why not: the one place where commands are run.

        What it raises (a refusal, a fault, a mistake) is said by `work.py`.
        """
        why = command.why_not(self)
        if why:
            missed(self)
            self.messages.say(why)
            return
        await command.run(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of Home act on Home, keys of a session in a session; `y` copies unless it rings."""
        name = str(parameters[0]) if action == "command" and parameters else ""
        command = self.keymap.commands.get(name)
        if command is None:
            return True
        if command.grab and (self._typing() or command.why_not(self)):
            return False
        return self.works_here(command)

    def works_here(self, command: Command) -> bool:
        """Whether a command belongs to where the agent is."""
        return works_here(self, command)

    def _show_keys(self) -> None:
        """What keys mean now, and those that act, the most useful first."""
        now = mode(self)
        typing = now is not Mode.KEYS
        acting, last = shown_keys(self, typing=typing)
        keys = [(key_label(key), label) for key, label in keys_of_field(self)]
        keys += [(self.keymap.label(command), command.label) for command in acting]
        self._back = came_back(self)
        self._footer.show(keys, (self.keymap.label(last), last.label), now, back=self._back)
        accept = self.keymap.label_of("offer.accept_now" if typing else "offer.accept")
        decline = self.keymap.label_of("offer.decline")
        self.offers.set_keys((accept, f"Esc {decline}" if typing else decline))

    def on_input_changed(self) -> None:
        """Something was typed into a line."""
        self.call_after_refresh(self._following.key_shown)

    def on_text_area_changed(self, event: Message) -> None:
        """Something was typed into a text; whoever has a reply before them sees that."""
        self.call_after_refresh(self._following.key_shown)
        reply = reply_in(self)
        if reply is not None and event.control is reply:
            self.link.heartbeat.typed(self.link.now() if reply.typed else None)
            if self._back:
                self._show_keys()

    @on(LineList.MarksChanged)
    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self._show_keys()

    def on_composer_turned(self) -> None:
        """It is a note now, or a reply. By this name the composer need not be imported here."""
        self._show_keys()

    @on(LineList.Highlighted)
    def _row_in_front(self, event: LineList.Highlighted) -> None:
        """Where a list becomes empty, or holds something again, other keys act."""
        if (event.key is None) is not self._nothing_listed:
            self._nothing_listed = event.key is None
            self._show_keys()

    def _typing(self) -> bool:
        return mode(self) is not Mode.KEYS

    @on(KeyFooter.Pressed, "KeyFooter")
    def _key_chosen(self, event: KeyFooter.Pressed) -> None:
        for key, _label in keys_of_field(self):
            if key_label(key) == event.key:
                self.app.simulate_key(key)
                return
        for command in self.keymap.commands.values():
            if self.works_here(command) and self.keymap.label(command) == event.key:
                self.run_command(command)
                return

    @on(SessionTabs.Pressed, "SessionTabs")
    @soon("command")
    async def _tab_chosen(self, event: SessionTabs.Pressed) -> None:
        await self.navigation.to_number(int(event.key))

    @on(OfferPanel.Pressed, "OfferPanel")
    def _offer_pressed(self, event: OfferPanel.Pressed) -> None:
        self.action_command(f"offer.{event.key}")

    @on(AppBody.Wanted)
    @soon("command")
    async def _wanted(self, event: AppBody.Wanted) -> None:
        if event.conversation is not None:
            await open_conversation(self, event.conversation)
        elif event.hit is not None:
            await open_hit(self, event.hit)

    @on(HomeView.Chosen)
    def _home_chosen(self) -> None:
        self.action_command("home.open")


def screen_class(keymap: Keymap) -> type[MainScreen]:
    """The screen with these keys."""
    bindings: list[BindingType] = keymap.bindings()
    return type("MainScreen", (MainScreen,), {"BINDINGS": bindings})
