"""The app: themes, the desk link, the person's keys. All that is shown belongs to the screen."""

import asyncio
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import tzinfo

from textual import events, on
from textual.notifications import Notify
from textual.theme import Theme

from omnitui.console.cleanup import Cleanup
from omnitui.console.commands import COMMANDS
from omnitui.console.desk_link import DeskLink
from omnitui.console.failures import sentence
from omnitui.console.glyphs import glyphs_for
from omnitui.console.guarded import BROKEN, GuardedApp
from omnitui.console.main.alerts import Alerts
from omnitui.console.main.leaving import unkept, words_of
from omnitui.console.main.screen import TALL, MainScreen, screen_class
from omnitui.console.opening import Start, may_open, start, usual, words
from omnitui.console.palettes import Depth
from omnitui.console.preferences import Preferences
from omnitui.console.terminal_keys import name_alt_keys
from omnitui.console.text import again, most_lines, once
from omnitui.console.theme import DEFAULT_THEME, THEME_NAMES, register_themes, variable_defaults
from omnitui.console.toolkit import (
    act_on_key,
    cut_toasts,
    keep_what_is_set_once,
    know_size,
    withdraw_alike,
    withdraw_oldest,
)
from omnitui.console.work import do_soon
from omnitui.model.errors import Fault, Refused

_TOAST_WIDTH = 56
"""As in the styles below (cells)."""

_SEEN_SECONDS = 0.5
"""How long the first screen has been there before more is made ready."""

_STRUCK_BEFORE = 0.3
"""How long after an editor a Ctrl+C that was struck in it may still arrive (seconds)."""


class OmniApp(GuardedApp[None]):
    """The console on one store, for one agent.

    `depth` is how many colours the terminal shows. `notice` is a short word about this run.
    `trouble` says, when asked, what has gone wrong beside the console; it is shown once. `cleanup`
    decides when garbage is collected; None changes nothing. `seen` is called once the first screen
    has been painted.
    """

    TITLE = "OmniTUI"
    ENABLE_COMMAND_PALETTE = False
    PAUSE_GC_ON_SCROLL = True

    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-high")]

    CSS = """
    /* Under status, tabs, offers and header, and over the middle: the composer and the keys of
       dialogs are below it, so that what is said in passing hides none of them. */
    ToastRack {
        dock: top;
        align: right top;
        margin: 6 0 0 0;
        scrollbar-size: 0 0;
    }
    .-low ToastRack, .-one-offer-row ToastRack { margin: 5 0 0 0; }
    .-low Toast, .-one-offer-row Toast { margin: 0; padding: 0 1; }
    Toast {
        width: 56;
        max-width: 70%;
        background: $surface-3;
        color: $text-plain;
        border: none;
        border-left: outer $primary;
        padding: 0 2;
        &.-warning { border-left: outer $warning; }
        &.-error { border-left: outer $danger; }
        &.-information { border-left: outer $primary; }
    }
    """

    def __init__(
        self,
        link: DeskLink,
        tz: tzinfo,
        preferences: Preferences,
        *,
        ascii: bool = False,  # noqa: A002 - the option's own name
        theme: str | None = None,
        depth: Depth = Depth.TRUE,
        notice: str = "",
        trouble: Callable[[], str | None] | None = None,
        cleanup: Cleanup | None = None,
        seen: Callable[[], None] | None = None,
        start: Start = start,
    ) -> None:
        super().__init__(urgent=[preferences.keymap.key(COMMANDS["screen.quit"])])
        name_alt_keys(map(preferences.keymap.key, COMMANDS.values()))
        self.link = link
        self._tz = tz
        self._preferences = preferences
        self.keymap = preferences.keymap
        self.writing = preferences.writing
        self._alerts = Alerts(self, preferences.alerts)
        self._glyphs = glyphs_for(ascii or preferences.ascii)
        self._notice = notice
        self._trouble = trouble
        self._cleanup = cleanup
        self._seen = seen
        self._start = start
        self._leaving = False
        self._lent_until = 0.0
        register_themes(self, depth)
        wanted = theme or preferences.theme or DEFAULT_THEME
        self.theme = wanted if wanted in THEME_NAMES else DEFAULT_THEME
        cut_toasts()
        keep_what_is_set_once()

    def get_theme(self, theme_name: str) -> Theme | None:
        """The theme of that name: asked for with each line that is painted, so at once."""
        return self._registered_themes.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for styles that are read before our theme is set."""
        return dict(variable_defaults(self.current_theme.dark))

    async def on_mount(self) -> None:
        """Open the store, then the one screen."""
        self._alerts.begin()
        # Whoever ends the process from outside, or takes the terminal away, gets what was typed
        # kept, a whole terminal back, and the desk is told.
        self._each_signal(
            lambda loop, number: loop.add_signal_handler(number, self._signalled, number)
        )
        first = bool(self.link.preparing)
        if first or await self._opened():
            screen = self._main()
            await self.push_screen(screen)
            # Whatever else begins takes the processor's time from what paints.
            if first:
                screen.call_after_refresh(do_soon, screen, self._opened(), "open", beside=True)
            if self._seen is not None:
                screen.call_after_refresh(self._seen)
        if self._cleanup is not None:
            self._cleanup.begin()
            self.set_interval(1, self._cleanup.look)
            self.set_timer(_SEEN_SECONDS, self._get_ready)
        if self._trouble is not None:
            self.set_interval(1, self._ask_for_trouble)

    def _get_ready(self) -> None:
        """Read what a session shows and asks for, before the first one is gone to."""
        self._bring_sessions()
        self.link.read_ahead()

    @staticmethod
    def _bring_sessions() -> None:
        # A name of it: the module alone is not read before something in it is asked for.
        from omnitui.console.session.view import SessionView  # noqa: F401

    async def _opened(self) -> bool:
        """Whether the store could be opened; the console ends with why where it could not."""
        try:
            await self.link.open()
        except (Refused, Fault) as error:
            self.last_words.append(sentence(error))
            self.exit(return_code=BROKEN)
            return False
        return True

    @staticmethod
    def _each_signal(do: Callable[[asyncio.AbstractEventLoop, int], object]) -> None:
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            # Not on Windows, not outside the main thread.
            with suppress(NotImplementedError, ValueError, RuntimeError, AttributeError):
                do(asyncio.get_running_loop(), getattr(signal, name))

    def _signalled(self, number: int) -> None:
        if number == signal.SIGINT and time.monotonic() < self._lent_until:
            return  # it was struck in the editor, and meant it
        self._leave_soon()

    def _leave_soon(self) -> None:
        if not self._leaving:
            self._leaving = True
            self.call_later(self.action_quit)

    def terminal_lost(self) -> None:
        """The terminal has gone, as with a line that drops: leave like an agent who quits."""
        self._leave_soon()

    def unkept_words(self) -> list[str]:
        """What stands typed in the one screen and is kept nowhere."""
        screens = (one for one in self.screen_stack if isinstance(one, MainScreen))
        return [line for screen in screens for line in words_of(unkept(screen))]

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to a program."""
        with super().suspend():
            yield
        self._lent_until = time.monotonic() + _STRUCK_BEFORE

    def _main(self) -> MainScreen:
        keymap = self._preferences.keymap
        screen = screen_class(keymap)(
            self.link, self._glyphs, self._tz, keymap, self._alerts, self._notice
        )
        know_size(screen, self.size)
        return screen

    async def on_event(self, event: events.Event) -> None:
        """Notice that somebody is at the keys."""
        if self._cleanup is not None and isinstance(event, events.InputEvent):
            self._cleanup.used()
        await super().on_event(event)

    async def on_unmount(self) -> None:
        """Let go of the store and of the terminal's title."""
        self._alerts.end()
        self._each_signal(lambda loop, number: loop.remove_signal_handler(number))
        await self.link.close()

    async def action_quit(self) -> None:
        """Leave as the agent would, from wherever the key is pressed."""
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                await screen.leave()
                return
        self.exit()

    @on(Notify)
    def _count_alike(self, event: Notify) -> None:
        """What is said already is counted, never said twice; what is old makes room for it."""
        said = event.notification.message
        shown = withdraw_alike(self, lambda other: once(other) == said)
        if shown:
            event.notification.message = again(shown[-1])
        room = self._toast_room - self._rows_of_toast(event.notification.message)
        withdraw_oldest(self, lambda others: sum(map(self._rows_of_toast, others)) <= room)

    async def on_key(self, event: events.Key) -> None:
        """What no field and no list has taken: a binding's, or a key that says why it is idle."""
        event.prevent_default()
        if not await act_on_key(self, event.key):
            from omnitui.console.main import unused_keys

            unused_keys.tell(self.screen, event.key)

    def fit_toast(self, said: str) -> str:
        """What a toast shows of a sentence: on low screens two lines."""
        room = min(_TOAST_WIDTH, self.size.width * 7 // 10) - (3 if self._low else 5)
        return most_lines(said, room, 2 if self._low else 4, self._glyphs)

    @property
    def _low(self) -> bool:
        return self.size.height < TALL

    @property
    def _toast_room(self) -> int:
        """How many rows toasts take at most: they end above the middle of the screen."""
        return max(2, self.size.height // 2 - (6 if self._low else 7))

    def _rows_of_toast(self, said: str) -> int:
        return self.fit_toast(said).count("\n") + (1 if self._low else 2)

    def on_app_focus(self, event: events.AppFocus) -> None:
        """Somebody looks."""
        self._alerts.looked_at(True)

    def on_app_blur(self, event: events.AppBlur) -> None:
        """Nobody looks: what needs the agent may ring."""
        self._alerts.looked_at(False)

    def _ask_for_trouble(self) -> None:
        said = None if self._trouble is None else self._trouble()
        if said:
            self._trouble = None
            self.notify(said, severity="error", timeout=60, markup=False)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open an address of the web, in the browser or with the command of the preferences.

        Where there is no browser, as on most hosts that are reached over SSH, it is copied.
        """
        if not may_open(url):
            self.notify("Only web addresses can be opened.", severity="warning", markup=False)
            return
        command = self._preferences.browser or usual()
        if command is None:
            self.copy_to_clipboard(url)
            self.notify(f"No browser found. Copied: {url}", timeout=15, markup=False)
        else:
            do_soon(self.screen, self._open(words(command, url)), "open", beside=True)

    async def _open(self, command: Sequence[str]) -> None:
        # On a thread: the program may be on a disk that sleeps.
        await asyncio.to_thread(self._start, command)

    def turn_spelling(self) -> str:
        """Mark misspelt words or stop marking them, and remember it; returns what to say."""
        self.writing.spelling = "" if self.writing.spelling else self._preferences.language
        on = self.writing.spelling
        said = f"Misspelt words are marked ({on})." if on else "Misspelt words are not marked."
        try:
            self._preferences.keep_line("spelling", f'"{on}"')
        except Fault as fault:
            return f"{said} {fault}"
        return said

    def next_theme(self) -> None:
        """Go to the next theme and remember it."""
        at = THEME_NAMES.index(self.theme) if self.theme in THEME_NAMES else 0
        self.theme = THEME_NAMES[(at + 1) % len(THEME_NAMES)]
        self.notify(f"Theme: {self.theme.removeprefix('omni-')}", timeout=2, markup=False)
        try:
            self._preferences.keep_theme(self.theme)
        except Fault as fault:
            self.notify(str(fault), severity="warning", markup=False)
