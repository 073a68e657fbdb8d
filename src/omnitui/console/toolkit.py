"""What the toolkit keeps to itself and the console needs: all in one place, each with a test."""

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from encodings.utf_8 import IncrementalDecoder
from functools import wraps
from typing import IO, Any, Protocol, runtime_checkable
from unicodedata import category

from rich.console import Console
from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._context import active_app
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.content import Content
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Key
from textual.geometry import Region, Size
from textual.keys import Keys, _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets._toast import Toast

_ESC = "\x1b"


@runtime_checkable
class Guard(Protocol):
    """An app that deals with the errors of all message handlers."""

    def survives(self, pump: MessagePump, message: Message, error: Exception) -> bool:
        """Whether it has; False ends the app."""
        ...


def running_app() -> App[Any] | None:
    """The app whose handler, timer or worker this is; None outside of all."""
    return active_app.get(None)


async def act_on_key(app: App[Any], key: str) -> bool:
    """Let the binding act that a key means where the focus is; False when there is none."""
    return await app._check_bindings(key)


def key_of(character: str) -> str:
    """The toolkit's name of the key that types a character: `?` is `question_mark`."""
    return _character_to_key(character)


def color_system() -> str | None:
    """What the toolkit takes the terminal's colours for: `truecolor`, `256`, `standard`.

    It goes by COLORTERM and TERM, and by TEXTUAL_COLOR_SYSTEM where somebody knows better.
    """
    return Console(color_system=constants.COLOR_SYSTEM, force_terminal=True).color_system  # type: ignore[arg-type]


@runtime_checkable
class Fits(Protocol):
    """An app that decides how much of a sentence its toasts show."""

    def fit_toast(self, said: str) -> str:
        """What is shown of it."""
        ...


def cut_toasts() -> None:
    """Let apps that are `Fits` cut what toasts show; what was said is kept whole."""
    if getattr(Toast, "_cut", False):
        return
    whole = Toast.render

    def render(self: Toast) -> Content:
        app: object = self.app
        if isinstance(app, Fits):
            return Content(app.fit_toast(self._notification.message))
        return whole(self)

    Toast.render = render  # type: ignore[method-assign]
    Toast._cut = True  # type: ignore[attr-defined]


def keep_what_is_set_once() -> None:
    """Let a timer that goes off once go off, however late the process comes to it.

    The toolkit leaves out what is overdue, and here that is all there is: a busy machine that takes
    the processor away for some milliseconds just then loses the timer, and with it, for good, what
    it was for (a terminal's new size, words to be saved).
    """
    if getattr(Timer, "_keeps", False):
        return
    make = Timer.__init__

    @wraps(make)
    def init(self: Timer, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self._skip = self._skip and self._repeat != 0

    Timer.__init__ = init  # type: ignore[method-assign]
    Timer._keeps = True  # type: ignore[attr-defined]


def withdraw_alike(app: App[Any], alike: Callable[[str], bool]) -> list[str]:
    """Take what is said in passing from the screen if it is `alike`; the sentences taken."""
    found = [said for said in app._notifications if alike(said.message)]
    for said in found:
        app._unnotify(said, refresh=False)
    return [said.message for said in found]


def withdraw_oldest(app: App[Any], fit: Callable[[list[str]], bool]) -> None:
    """Take the oldest of what is said in passing from the screen until the rest of it `fit`."""
    said = list(app._notifications)
    while said and not fit([one.message for one in said]):
        app._unnotify(said.pop(0), refresh=False)


def outdate(widget: Widget) -> None:
    """Let a widget that is out of sight be drawn anew when it comes back, and nothing before.

    The toolkit would show the lines it showed last; to refresh what is not on the screen upsets
    how it counts what comes into sight.
    """
    width, height = widget.app.size
    widget._set_dirty(Region(0, 0, width, height))


def is_a(node: DOMNode, name: str) -> bool:
    """Whether it is of the widget class of that name, which is not imported for the question."""
    return name in node._css_type_names


def know_size(screen: Screen[Any], size: Size) -> None:
    """Let a screen have the classes of its size from the beginning.

    Else all of it is styled anew when it is told its size, which it is before it is first seen.
    """
    wide = screen._get_breakpoint_classes(size.width, screen.HORIZONTAL_BREAKPOINTS or [])
    high = screen._get_breakpoint_classes(size.height, screen.VERTICAL_BREAKPOINTS or [])
    screen.add_class(*wide, *high, update=False)


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


_BEGIN_SEQUENCES = frozenset("[O]PX^_")
"""What may go on as a longer sequence after ESC: it is waited for, as before."""


def part_escape() -> None:
    """Let Esc and what is typed within the moment after it be two keys.

    Terminals send Alt and a key as ESC and the key, so that the toolkit takes Esc and a quick `g`
    for Alt and `g`: Esc would do nothing. Keys with Alt that mean something have names of their
    own (`terminal_keys.py`), and terminals with the extended protocol tell both apart.
    """
    if getattr(XTermParser, "_parts", False):
        return
    whole = XTermParser._sequence_to_key_events

    def parted(self: XTermParser, sequence: str, alt: bool = False) -> Iterable[Key]:
        last = sequence[1:]
        struck = (
            len(sequence) == 2
            and sequence[0] == _ESC
            and sequence not in ANSI_SEQUENCES_KEYS
            and last.isprintable()
            and last not in _BEGIN_SEQUENCES
        )
        if alt or struck:
            yield Key("escape", _ESC)
            sequence = last if struck else sequence
        yield from whole(self, sequence)

    XTermParser._sequence_to_key_events = parted  # type: ignore[method-assign]
    XTermParser._parts = True  # type: ignore[attr-defined]


def take_any_bytes() -> None:
    """Let no byte that comes from the terminal end the app: the toolkit reads strict UTF-8.

    A terminal set to Latin-1, one that sends Alt as an eighth bit and a bad line send others, and
    what is pasted may hold anything. What is no character is shown as such; what is no key is none.
    """
    if getattr(XTermParser, "_takes_any", False):
        return
    read = XTermParser._sequence_to_key_events

    def understood(self: XTermParser, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            # All of them before the first is passed on: none is half a key.
            keys = list(read(self, sequence, alt))
        except (ValueError, OverflowError):
            keys = [_NO_KEY.copy()]
        for key in keys:
            yield _NO_KEY.copy() if _is_half(key.character or "") else key

    XTermParser._sequence_to_key_events = understood  # type: ignore[method-assign]
    XTermParser._takes_any = True  # type: ignore[attr-defined]
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = lambda encoding: _Typed  # type: ignore[attr-defined, assignment]


class _Typed(IncrementalDecoder):
    """Text from what a terminal sends, which sends nothing only when it has gone.

    The toolkit would read that again and again. The console is told by a signal as a rule, but not
    where a program between the two keeps it to itself, as `make` does.
    """

    def __init__(self) -> None:
        super().__init__("replace")

    def decode(self, given: Any, final: bool = False) -> str:
        """The characters that are whole; EOFError where the terminal has gone."""
        if not given and not final:
            raise EOFError("The terminal has gone.")
        return super().decode(given, final)


_NO_KEY = Key(Keys.Ignore, None)
"""What the toolkit makes of a sequence that it knows and that means nothing: it ends there."""


def _is_half(character: str) -> bool:
    """Whether it is half of a character, which nothing can store."""
    return any("\ud800" <= one <= "\udfff" for one in character)


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
