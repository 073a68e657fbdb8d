"""What the toolkit keeps to itself and the console needs: all in one place, each with a test."""

from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Protocol, runtime_checkable
from unicodedata import category

from rich.console import Console
from textual import constants
from textual._context import active_app
from textual._styles_cache import StylesCache
from textual.app import App
from textual.driver import Driver
from textual.events import Key
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget


@runtime_checkable
class Guard(Protocol):
    """An app that deals with the errors of all message handlers."""

    def survives(self, pump: MessagePump, message: Message, error: Exception) -> bool:
        """Whether it has; False ends the app."""
        ...


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


def guard_messages() -> None:
    """Let apps that are a `Guard` deal with errors in message handlers, whoever's they are.

    The toolkit ends the app for them, and the widget in any case: no override reaches all widgets.
    """
    if getattr(MessagePump, "_guarded", False):
        return
    dispatch = MessagePump._dispatch_message

    async def guarded(self: MessagePump, message: Message) -> None:
        try:
            await dispatch(self, message)
        except Exception as error:
            app: object = active_app.get(None)
            if isinstance(app, Guard) and app.survives(self, message, error):
                return
            raise

    MessagePump._dispatch_message = guarded  # type: ignore[method-assign]
    MessagePump._guarded = True  # type: ignore[attr-defined]


def forget_lines() -> None:
    """Let lines that were painted go with the widget that painted them.

    The toolkit remembers two colours by who asked for them, a thousand times, and with each of them
    whole panes of widgets that are long gone.
    """
    colours = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(colours, classmethod):
        StylesCache.get_inner_outer = classmethod(colours)  # type: ignore[method-assign, assignment]


def let_type() -> None:
    """Let whatever can be typed be typed: the toolkit takes what cannot be seen for a bare key.

    That loses joiners (Persian words, emoji), the spaces of French and Japanese keyboards, the tags
    of flags, and signs that are younger than this Python.
    """
    if getattr(Key, "_types_all", False):
        return

    def is_printable(self: Key) -> bool:
        return self.character is not None and may_be_typed(self.character)

    Key.is_printable = property(is_printable)  # type: ignore[method-assign, assignment]
    Key._types_all = True  # type: ignore[attr-defined]


def may_be_typed(character: str) -> bool:
    """Whether a character that a key brought is text, not a control."""
    if character.isprintable():
        return True
    if len(character) != 1:
        return False
    joins = character in "\u200c\u200d" or "\U000e0020" <= character <= "\U000e007f"
    return joins or category(character) in ("Zs", "Cn", "Co")


class _Enduring:
    """The terminal's file; what is written after the terminal has gone goes nowhere.

    The toolkit's thread that writes would die of it, and with it whoever waits for that thread.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, words: str) -> None:
        with suppress(OSError, ValueError):
            self._file.write(words)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


def enduring(driver: type[Driver]) -> type[Driver]:
    """The same driver, for a terminal that may go away while the app runs."""

    def begin(self: Any, *args: Any, **given: Any) -> None:
        driver.__init__(self, *args, **given)
        if hasattr(self, "_file"):
            self._file = _Enduring(self._file)

    return type(driver.__name__, (driver,), {"__init__": begin, "__module__": driver.__module__})
