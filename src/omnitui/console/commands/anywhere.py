"""What can be done from everywhere: presence, theme, keys, the palette, leaving."""

from functools import partial
from typing import Protocol, runtime_checkable

from omnitui.console.command import Where, command
from omnitui.console.commands.stage import Stage
from omnitui.console.commands.table import grouped
from omnitui.console.dialogs import help as help_dialogs
from omnitui.console.dialogs import palette as palette_dialogs
from omnitui.console.dialogs import routing

_anywhere = partial(command, where=Where.ANYWHERE, group="Anywhere")


@runtime_checkable
class _Themed(Protocol):
    def next_theme(self) -> None: ...


@_anywhere("agent.presence", "p", "Presence", footer=60)
async def set_presence(stage: Stage) -> None:
    """Choose your presence."""
    if stage.agent is not None:
        dialog = routing.presence_dialog(stage.glyphs, stage.agent)
        chosen = await stage.ask(dialog)
        if chosen is not None:
            await stage.link.call("agent.set_presence", presence=chosen)


@_anywhere("screen.theme", "f8", "Theme", priority=True)
async def next_theme(stage: Stage) -> None:
    """Change the theme: dark, light, high contrast dark and light."""
    if isinstance(stage.app, _Themed):
        stage.app.next_theme()


_HELP_NOW = "Show every key, even while you type."


@_anywhere("screen.help_now", "f1", "Keys", priority=True, twin=True, help=_HELP_NOW)
@_anywhere("screen.help", "question_mark", "Keys", footer=99)
async def show_keys(stage: Stage) -> None:
    """Show every key."""
    groups = grouped(stage.keymap)
    await stage.ask(help_dialogs.HelpDialog(groups, stage.glyphs, stage.works_here))


@_anywhere("screen.palette", "ctrl+p", "Commands", footer=90, priority=True)
async def show_palette(stage: Stage) -> None:
    """Find a command by its name."""
    every = stage.keymap.commands.values()
    offered = [
        one
        for one in every
        if one.run is not show_palette and not one.twin and stage.works_here(one)
    ]
    why_not = {one.id: one.why_not(stage) for one in offered}
    dialog = palette_dialogs.PaletteDialog(offered, stage.keymap.label, why_not, stage.glyphs)
    chosen = await stage.ask(dialog)
    if chosen is not None:
        stage.run_command(chosen)


@_anywhere("screen.quit", "ctrl+q", "Quit", priority=True)
async def quit_console(stage: Stage) -> None:
    """Quit. Sessions, drafts and tabs are kept; with your last console you become Offline."""
    await stage.leave()
