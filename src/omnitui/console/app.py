"""The app: themes, the desk link, key overrides. Everything that is shown belongs to the screen."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from omnitui.console.commands import ALL
from omnitui.console.desk_link import DeskLink
from omnitui.console.glyphs import glyphs_for
from omnitui.console.main.keys import key_label
from omnitui.console.main.screen import MainScreen
from omnitui.console.preferences import Preferences
from omnitui.console.terminal_keys import name_alt_keys
from omnitui.console.theme import DEFAULT_THEME, THEME_NAMES, register_themes, variable_defaults


class CommandProvider(Provider):
    """The palette's entries: the console commands that belong to where the agent is."""

    async def search(self, query: str) -> Hits:
        """The commands whose label or help is like what is typed."""
        matcher = self.matcher(query)
        for command in self._here():
            text = f"{command.label}  {key_label(command.key)}"
            score = max(matcher.match(command.label), matcher.match(command.help()) * 0.8)
            if score > 0:
                yield Hit(score, text, self._runner(command.id), help=command.help())

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._here():
            text = f"{command.label}  {key_label(command.key)}"
            yield DiscoveryHit(text, self._runner(command.id), help=command.help())

    def _here(self) -> Iterable[Any]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return ()
        seen: set[str] = set()
        found = []
        for command in ALL:
            if (
                screen.works_here(command)
                and command.help() not in seen
                and command.id not in _SELF
            ):
                seen.add(command.help())
                found.append(command)
        return found

    def _runner(self, command: str) -> Any:
        screen = self.screen
        assert isinstance(screen, MainScreen)
        return lambda: screen.action_command(command)


_SELF = ("screen.palette",)


class OmniApp(App[None]):
    """The console on one store, for one agent."""

    TITLE = "OmniTUI"
    COMMANDS: ClassVar[set[Any]] = {CommandProvider}
    COMMAND_PALETTE_BINDING = "f12"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = []
    PAUSE_GC_ON_SCROLL = True

    def __init__(
        self,
        link: DeskLink,
        tz: tzinfo,
        preferences: Preferences,
        *,
        ascii: bool = False,  # noqa: A002 - the option's own name
        theme: str | None = None,
        notice: str = "",
    ) -> None:
        super().__init__()
        name_alt_keys()
        self.link = link
        self._tz = tz
        self._preferences = preferences
        self._glyphs = glyphs_for(ascii)
        self._notice = notice
        register_themes(self)
        wanted = theme or preferences.theme or DEFAULT_THEME
        self.theme = wanted if wanted in THEME_NAMES else DEFAULT_THEME
        if preferences.keys:
            self.set_keymap(dict(preferences.keys))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for styles that are read before our theme is set."""
        return dict(variable_defaults(self.current_theme.dark))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of the framework's: the palette holds our own commands only."""
        return ()

    async def on_mount(self) -> None:
        """Open the store, then the one screen."""
        await self.link.open()
        await self.push_screen(MainScreen(self.link, self._glyphs, self._tz, self._notice))

    def next_theme(self) -> None:
        """Go to the next theme and remember it."""
        at = THEME_NAMES.index(self.theme) if self.theme in THEME_NAMES else 0
        self.theme = THEME_NAMES[(at + 1) % len(THEME_NAMES)]
        self._preferences.keep_theme(self.theme)
        self.notify(f"Theme: {self.theme}", markup=False)
