"""Where the console is put together: store, clock, feed, preferences, app."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from omnitui.channels.outbox import Outbox
from omnitui.channels.table import build
from omnitui.clock import Clock, ScaledClock, SystemClock
from omnitui.console.cleanup import Cleanup
from omnitui.console.desk_link import DeskLink
from omnitui.console.learning import Learning
from omnitui.console.sign_in import SignedIn, create_agent, sign_in
from omnitui.console.terminal import check_terminal
from omnitui.desk.desk import Desk
from omnitui.desk.opening import open_desk
from omnitui.local_zone import LocalZone
from omnitui.model.actor import SYSTEM
from omnitui.paths import preferences_path
from omnitui.store.faults import faults_told
from omnitui.training.options import FeedOptions

if TYPE_CHECKING:
    from omnitui.console.palettes import Depth
    from omnitui.console.preferences import Preferences

DEMO = FeedOptions("quiet-morning")
DEMO_AGENT = "ada"


class _Beside(Protocol):
    """What delivers replies while the console is open, on threads of its own.

    `trouble` is a sentence about what has gone wrong there.
    """

    @property
    def trouble(self) -> str | None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class _Both:
    """Two of them at once."""

    def __init__(self, one: _Beside, other: _Beside) -> None:
        self._each = (one, other)

    @property
    def trouble(self) -> str | None:
        return next((each.trouble for each in self._each if each.trouble), None)

    def start(self) -> None:
        for each in self._each:
            each.start()

    def stop(self) -> None:
        for each in self._each[::-1]:
            each.stop()


class _Look(Struct, frozen=True):
    ascii: bool
    theme: str | None
    depth: "Depth"
    preferences: "Preferences"


def run_console(
    store: Path,
    *,
    agent: str | None,
    ascii: bool = False,  # noqa: A002 - the option's own name
    theme: str | None = None,
    feed: FeedOptions | None = None,
) -> None:
    """Open the console on `store` and return when it is left.

    With `feed`, simulated customers write while it is open. On a store without agents it asks
    first: the demo on a throwaway store, or a name to begin with. Raises `NoTerminal`, before it
    has touched anything, where nobody could see it.
    """
    check_terminal()
    with faults_told(str(store)):
        _run(store, agent, ascii or not _unicode(), theme, feed)


def _run(
    store: Path, agent: str | None, plain: bool, theme: str | None, feed: FeedOptions | None
) -> None:
    if feed is not None and not store.exists():
        _demo(store, agent or DEMO_AGENT, _look(plain, theme), feed)
        return
    clock: ScaledClock | SystemClock = SystemClock()
    if feed is not None:
        clock = ScaledClock(clock, feed.speed, start=_going_on(store, clock))
    link = DeskLink(lambda: open_desk(store, clock), clock)
    link.begin()
    try:
        look = _look(plain, theme)
        signed_in = link.first(lambda desk: sign_in(desk, agent))
    except BaseException:
        link.drop()
        raise
    if signed_in is None:
        link.drop()
        _first(store, look)
    else:
        link.sign_in(signed_in.actor)
        _show(link, look, feed, [_beside(store, signed_in, clock, feed)])


def _look(plain: bool, theme: str | None) -> _Look:
    # Imported while the desk's thread opens the store.
    from omnitui.console import app  # noqa: F401 - all that is to be seen
    from omnitui.console.preferences import load
    from omnitui.console.theme import depth_of
    from omnitui.console.toolkit import color_system

    return _Look(plain, theme, depth_of(color_system()), load(preferences_path()))


def _going_on(store: Path, clock: Clock) -> int:
    """When a faster clock begins: now, or where it stood when the store was last worked with."""
    desk = open_desk(store, clock, basics=False)
    try:
        # Before it is given to simulated customers, which is itself something that happens now.
        stood = desk.latest()
        # Refused where replies go to real people, before anything simulated is written.
        desk.call("courier.simulate", SYSTEM)
        return max(clock.now(), stood)
    finally:
        desk.close()


def _first(store: Path, look: _Look) -> None:
    from omnitui.console.first_run import FirstStart
    from omnitui.console.guarded import run

    app = FirstStart(str(store), look.theme or look.preferences.theme or None, look.depth)
    choice = run(app)
    if app.return_code:
        sys.exit(app.return_code)
    if choice is None:
        return
    if choice.demo:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="omnitui-", ignore_cleanup_errors=True) as folder:
            _demo(Path(folder) / "demo.db", DEMO_AGENT, look, DEMO)
        return
    clock = SystemClock()
    link = DeskLink(lambda: open_desk(store, clock), clock)
    try:
        signed_in = link.first(lambda desk: sign_in(desk, create_agent(desk, choice.name)))
    except BaseException:
        link.drop()
        raise
    assert signed_in is not None
    link.sign_in(signed_in.actor)
    _show(link, look, None, [_beside(store, signed_in, clock, None)])


def _demo(store: Path, agent: str, look: _Look, feed: FeedOptions) -> None:
    """A demonstration on a new store: its first screen is there before its company is."""
    clock = ScaledClock(SystemClock(), feed.speed)
    clock.pause()
    beside: list[_Beside] = []

    @faults_told(str(store))
    def set_up() -> Desk:
        from omnitui.desk.filling.company import fill

        desk = open_desk(store, clock, basics=False)
        try:
            fill(desk)
            desk.call("settings.set", SYSTEM, key="agents_write_articles", value="yes")
            desk.call("courier.simulate", SYSTEM)
            signed_in = sign_in(desk, agent)
            assert signed_in is not None
            link.sign_in(signed_in.actor)
            clock.resume()
            beside.append(_beside(store, signed_in, clock, feed))
            beside[0].start()
        except BaseException:
            desk.close()
            raise
        return desk

    link = DeskLink(set_up, clock, preparing="Loading the sample company…")
    _show(link, look, feed, beside)


def _beside(
    store: Path,
    signed_in: SignedIn,
    clock: ScaledClock | SystemClock,
    feed: FeedOptions | None,
) -> _Beside:
    if feed is not None and isinstance(clock, ScaledClock):
        # Imported when there is a feed: a working day needs no simulated customers.
        from omnitui.training.runner import FeedRunner

        return _Both(FeedRunner(store, clock, feed, human=signed_in.login), Learning(store))
    outbox = Outbox(
        lambda: open_desk(store, clock, basics=False),
        lambda configured: build(configured, os.environ),
    )
    return _Both(outbox, Learning(store))


def _show(link: DeskLink, look: _Look, feed: FeedOptions | None, beside: Sequence[_Beside]) -> None:
    """The console until it is left, and what is beside it."""
    from omnitui.console.app import OmniApp
    from omnitui.console.guarded import run

    def trouble() -> str | None:
        return next((one.trouble for one in beside if one.trouble), None)

    def seen() -> None:
        for one in beside:
            one.start()

    app = OmniApp(
        link,
        LocalZone(),
        look.preferences,
        ascii=look.ascii,
        theme=look.theme,
        depth=look.depth,
        notice=_notice(feed),
        trouble=trouble,
        cleanup=Cleanup(),
        seen=None if link.preparing else seen,
    )
    try:
        run(app)
    finally:
        for one in beside:
            one.stop()
    if said := trouble():
        print(said, file=sys.stderr)
    if app.return_code:
        sys.exit(app.return_code)


def _unicode() -> bool:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return encoding.startswith("utf")


def _notice(feed: FeedOptions | None) -> str:
    if feed is None:
        return ""
    return f"demo {feed.speed:g}x" if feed.speed != 1 else "demo"
