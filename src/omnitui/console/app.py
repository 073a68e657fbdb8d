"""The app: themes, the desk link, the person's keys. All that is shown belongs to the screen."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import tzinfo

from textual import events, on
from textual.app import App
from textual.notifications import Notify

from omnitui.console.alerts import Alerts
from omnitui.console.desk_link import DeskLink
from omnitui.console.glyphs import glyphs_for
from omnitui.console.main.screen import MainScreen, screen_class
from omnitui.console.opening import Start, may_open, start, words
from omnitui.console.palettes import Depth
from omnitui.console.preferences import Preferences
from omnitui.console.present.text import again, once
from omnitui.console.sweep import Sweep
from omnitui.console.terminal_keys import name_alt_keys
from omnitui.console.theme import DEFAULT_THEME, THEME_NAMES, register_themes, variable_defaults
from omnitui.console.toolkit import withdraw_alike
from omnitui.model.errors import Fault


class OmniApp(App[None]):
    """The console on one store, for one agent.

    `depth` is how many colours the terminal shows. `notice` is a short word about this run.
    `trouble` says, when asked, what has gone wrong beside the console; it is shown once. `sweep`
    decides when garbage is collected; None changes nothing.
    """

    TITLE = "OmniTUI"
    ENABLE_COMMAND_PALETTE = False
    PAUSE_GC_ON_SCROLL = True

    CSS = """
    /* Above the composer: what is said in passing hides nothing that is typed. */
    ToastRack { margin-bottom: 5; }
    Toast {
        width: 56;
        background: $surface-3;
        color: $text-plain;
        border: none;
        border-left: outer $primary;
        padding: 1 2;
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
        sweep: Sweep | None = None,
        start: Start = start,
    ) -> None:
        super().__init__()
        name_alt_keys()
        self.link = link
        self._tz = tz
        self._preferences = preferences
        self._alerts = Alerts(self, preferences.alerts)
        self._glyphs = glyphs_for(ascii or preferences.ascii)
        self._notice = notice
        self._trouble = trouble
        self._sweep = sweep
        self._start = start
        register_themes(self, depth)
        wanted = theme or preferences.theme or DEFAULT_THEME
        self.theme = wanted if wanted in THEME_NAMES else DEFAULT_THEME

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for styles that are read before our theme is set."""
        return dict(variable_defaults(self.current_theme.dark))

    async def on_mount(self) -> None:
        """Open the store, then the one screen."""
        self._alerts.begin()
        # Whoever ends the process from outside gets a whole terminal back, and the desk is told.
        with suppress(
            NotImplementedError, ValueError
        ):  # not on Windows, not outside the main thread
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, self.call_later, self.action_quit)
        await self.link.open()
        await self.push_screen(self._main())
        if self._sweep is not None:
            self.set_interval(1, self._sweep.look)
        if self._trouble is not None:
            self.set_interval(1, self._ask_for_trouble)

    def _main(self) -> MainScreen:
        keymap = self._preferences.keymap
        return screen_class(keymap)(
            self.link, self._glyphs, self._tz, keymap, self._alerts, self._notice
        )

    async def on_event(self, event: events.Event) -> None:
        """Notice that somebody is at the keys."""
        if self._sweep is not None and isinstance(event, events.InputEvent):
            self._sweep.used()
        await super().on_event(event)

    async def on_unmount(self) -> None:
        """Let go of the store and of the terminal's title."""
        self._alerts.end()
        with suppress(NotImplementedError, ValueError):
            asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
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
        """What is said already is counted, never said a second time beside it."""
        said = event.notification.message
        shown = withdraw_alike(self, lambda other: once(other) == said)
        if shown:
            event.notification.message = again(shown[-1])

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
        """Open an address of the web, in the browser or with the command of the preferences."""
        if not may_open(url):
            self.notify("Only addresses of the web are opened.", severity="warning", markup=False)
        elif self._preferences.browser:
            try:
                self._start(words(self._preferences.browser, url))
            except Fault as fault:
                self.notify(str(fault), severity="warning", markup=False)
        else:
            super().open_url(url, new_tab=new_tab)

    def next_theme(self) -> None:
        """Go to the next theme and remember it."""
        at = THEME_NAMES.index(self.theme) if self.theme in THEME_NAMES else 0
        self.theme = THEME_NAMES[(at + 1) % len(THEME_NAMES)]
        self.notify(f"Theme: {self.theme.removeprefix('omni-')}", timeout=2, markup=False)
        try:
            self._preferences.keep_theme(self.theme)
        except Fault as fault:
            self.notify(str(fault), severity="warning", markup=False)
