"""What the toolkit keeps to itself and the console needs: all in one place, each with a test."""

from collections.abc import Callable
from typing import Any

from rich.console import Console
from textual import constants
from textual.app import App
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.widget import Widget


def key_of(character: str) -> str:
    """The toolkit's name of the key that types a character: `?` is `question_mark`."""
    return _character_to_key(character)


def color_system() -> str | None:
    """What the toolkit takes the terminal's colours for: `truecolor`, `256`, `standard`.

    It goes by COLORTERM and TERM, and by TEXTUAL_COLOR_SYSTEM where somebody knows better.
    """
    return Console(color_system=constants.COLOR_SYSTEM, force_terminal=True).color_system  # type: ignore[arg-type]


def withdraw_alike(app: App[Any], alike: Callable[[str], bool]) -> list[str]:
    """Take what is said in passing from the screen if it is `alike`; the sentences taken."""
    found = [said for said in app._notifications if alike(said.message)]
    for said in found:
        app._unnotify(said, refresh=False)
    return [said.message for said in found]


def outdate(widget: Widget) -> None:
    """Let a widget that is out of sight be drawn anew when it comes back, and nothing before.

    The toolkit would show the lines it showed last; to refresh what is not on the screen upsets
    how it counts what comes into sight.
    """
    width, height = widget.app.size
    widget._set_dirty(Region(0, 0, width, height))


def write_raw(app: App[Any], sequence: str) -> None:
    """Send a control sequence to the terminal, as the app's own bell is sent."""
    driver = app._driver
    if driver is not None and not app.is_headless:
        driver.write(sequence)
        driver.flush()
