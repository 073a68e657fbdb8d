"""The one screen: status line, tabs, offers on rows of their own, the body, keys at the bottom.

It holds nothing that is true: everything shown is read from the desk when the journal says that it
may have changed.
"""

from datetime import tzinfo

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input, TextArea

from omnitui.console.alerts import Alerts
from omnitui.console.apps.body import AppBody
from omnitui.console.apps.holder import TabHolder
from omnitui.console.apps.tabs import AppTab
from omnitui.console.commands import ALL, BY_ID
from omnitui.console.commands.base import ConsoleCommand
from omnitui.console.commands.keymap import Keymap
from omnitui.console.desk_link import DeskLink
from omnitui.console.dialogs.goto import GoTo
from omnitui.console.glyphs import Glyphs
from omnitui.console.home.frame import HomeFrame
from omnitui.console.home.view import HomeView
from omnitui.console.main.actions import came_back, keys_of_field, mode, shown_keys, works_here
from omnitui.console.main.board import Board, read_board
from omnitui.console.main.following import Following
from omnitui.console.main.key_footer import KeyFooter
from omnitui.console.main.leaving import leave
from omnitui.console.main.messages import PassingMessages, are_due, are_mentioned, is_inactive
from omnitui.console.main.navigation import Navigation
from omnitui.console.main.offer_panel import OfferPanel
from omnitui.console.main.opening import open_conversation
from omnitui.console.main.search import open_hit, tell_made
from omnitui.console.main.session_tabs import SessionTabs
from omnitui.console.main.status_line import StatusLine
from omnitui.console.main.updates import inactive, were_due, were_mentioned
from omnitui.console.present.frame.footer import Mode
from omnitui.console.present.frame.keys import key_label
from omnitui.console.session.composer import Composer
from omnitui.console.session.composer_text import ComposerText
from omnitui.console.session.view import SessionView
from omnitui.console.type_ahead import held, missed
from omnitui.console.widgets.line_list import LineList
from omnitui.console.work import soon, there
from omnitui.model.errors import Fault, Refused

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
        self.made: AppTab | None = None
        self.home = HomeView(link, link.actor.id, glyphs, tz, id="home")
        self.home_frame = HomeFrame(link, self.home, glyphs, tz)
        self.typed = self.home_frame.typed
        self.offers = OfferPanel(glyphs)
        self._status = StatusLine(glyphs)
        self._tabs = SessionTabs(glyphs)
        self._footer = KeyFooter(glyphs)
        self.alerts = alerts
        self._leaving = False
        self._back = False
        self._nothing_listed = False
        self.passing = PassingMessages(self)
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
        with held(self):
            await self._begin()
        self.set_interval(1, self._tick)
        self._settle()
        self._follow()

    async def _begin(self) -> None:
        try:
            board = await self.read_board()
            await self.home.load()
            await self.home_frame.restore()
            await self.navigation.show(board.focused)
            if board.desk.due:
                self.passing.say(
                    were_due(board.desk.due, self.due_key), holds=self.passing.while_(are_due)
                )
            if board.desk.mentions:
                said = were_mentioned(board.desk.mentions, self.mentions_key)
                self.passing.say(said, holds=self.passing.while_(are_mentioned))
        except (Refused, Fault) as error:
            self.say(f"{error} Trying again.", "error")
            self._following.read_again()
            await self.navigation.show(None)

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
            self.passing.forget()
        self._show_status(board, now)
        self.home.deadlines = board.desk.late is not None
        self.home.show_counts(board.counts, board.unread)
        self.offers.show(board.offers(self.link, self.glyphs), now)
        await self.navigation.settle(board.order)
        self.show_place()
        await self.passing.check()
        self.alerts.compare(before, board, self.navigation.here)
        if before is not None and board.missed_since(before):
            key = self.keymap.label_of("agent.presence")
            said = inactive(board.agent.presence_reason, key)
            self.passing.say(said, "warning", holds=self.passing.while_(is_inactive))
        return board

    @property
    def due_key(self) -> str:
        """The key that lists the follow-ups, as it is written for people."""
        return self.keymap.label_of("go.follow_ups")

    @property
    def mentions_key(self) -> str:
        return self.keymap.label_of("go.mentions")

    def _show_status(self, board: Board, now: int) -> None:
        delivery = self.keymap.label_of("session.delivery")
        status = board.status(now, self.tz, self.notice, self.due_key, delivery, self.mentions_key)
        self._status.show(status)
        self.passing.show_quiet()

    @property
    def order(self) -> tuple[int, ...]:
        """The conversations that are open as sessions, in the order of the tabs."""
        return () if self.board is None else self.board.order

    @property
    def session_view(self) -> SessionView | None:
        """The session in front, None on Home."""
        return self.navigation.view

    @property
    def tab_holder(self) -> TabHolder:
        """What records are opened beside: the session in front, else Home."""
        view = self.navigation.view
        return view if view is not None and view.painted else self.home_frame

    def say(self, sentence: str, severity: str = "information") -> None:
        """Say something in passing; never anything that asks for an answer."""
        self.passing.say(sentence, severity)

    @on(TabHolder.Made)
    def _made(self, event: TabHolder.Made) -> None:
        tell_made(self, event.tab, event.said)

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
        view = self.session_view
        if view is None:
            self.home_frame.tick()
        else:
            view.tick(now)

    async def focus_number(self, number: int) -> None:
        """Go to the session of that number; 0 is Home."""
        if number == 0:
            await self.navigation.to(None)
        elif number <= len(self.order):
            await self.navigation.to(self.order[number - 1])
        else:
            self.say(f"There is no session {number}.")

    def open_record(self, tab: AppTab) -> None:
        """Open a record in a tab: beside the session in front, else beside Home's lists."""
        self.tab_holder.open_record(tab)

    async def leave(self) -> None:
        """Keep what is typed and close; the agent is offline unless another console is open.

        What cannot be kept is printed once the terminal is a terminal again.
        """
        if not self._leaving:
            self._leaving = True
            await leave(self)

    def action_go(self) -> None:
        """Wait for the second key of a `g` command."""
        self.app.push_screen(GoTo(self.keymap), self._gone_to)

    def _gone_to(self, command: type[ConsoleCommand] | None) -> None:
        if command is not None:
            self.run_command(command)

    def action_command(self, name: str) -> None:
        """Run a console command by its id."""
        self.run_command(BY_ID[name])

    @soon("command")
    async def run_command(self, command: type[ConsoleCommand]) -> None:
        """Run a command, or say why not."""
        why = command.available(self)
        if why is not None:
            missed(self)
            self.say(why)
            return
        await command.run(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of Home act on Home, keys of a session in a session; `y` copies unless it rings."""
        command = BY_ID.get(str(parameters[0])) if action == "command" and parameters else None
        if command is None:
            return True
        if command.grab and (self._typing() or command.available(self) is not None):
            return False
        return self.works_here(command)

    def works_here(self, command: type[ConsoleCommand]) -> bool:
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

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        self.call_after_refresh(self._following.key_shown)
        field = event.control
        if isinstance(field, ComposerText) and field.has_focus:
            self.link.heartbeat.typed(self.link.now() if field.typed else None)
            if self._back:
                self._show_keys()

    @on(Composer.Turned)
    @on(LineList.MarksChanged)
    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self._show_keys()

    @on(LineList.Highlighted)
    def _row_in_front(self, event: LineList.Highlighted) -> None:
        """Where a list becomes empty, or holds something again, other keys act."""
        if (event.key is None) is not self._nothing_listed:
            self._nothing_listed = event.key is None
            self._show_keys()

    def _typing(self) -> bool:
        return mode(self) is not Mode.KEYS

    @on(KeyFooter.KeyChosen)
    def _key_chosen(self, event: KeyFooter.KeyChosen) -> None:
        for key, _label in keys_of_field(self):
            if key_label(key) == event.key:
                self.app.simulate_key(key)
                return
        for command in ALL:
            if self.works_here(command) and self.keymap.label(command) == event.key:
                self.run_command(command)
                return

    @on(SessionTabs.TabChosen)
    @soon("command")
    async def _tab_chosen(self, event: SessionTabs.TabChosen) -> None:
        await self.focus_number(event.index)

    @on(OfferPanel.Accepted)
    def _accepted(self) -> None:
        self.action_command("offer.accept")

    @on(OfferPanel.Declined)
    def _declined(self) -> None:
        self.action_command("offer.decline")

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
