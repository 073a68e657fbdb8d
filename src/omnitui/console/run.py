"""Where the console is put together: store, clock, feed, preferences, app."""

import os
import sys
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from omnitui.channels.outbox import Outbox
from omnitui.channels.table import build
from omnitui.clock import Clock, ScaledClock, SystemClock
from omnitui.console.app import OmniApp
from omnitui.console.cleanup import Cleanup
from omnitui.console.desk_link import DeskLink
from omnitui.console.first_run import FirstStart
from omnitui.console.guarded import run
from omnitui.console.palettes import Depth
from omnitui.console.preferences import Preferences
from omnitui.console.preferences import load as load_preferences
from omnitui.console.sign_in import SignedIn, create_agent, sign_in
from omnitui.console.terminal import check_terminal
from omnitui.console.theme import depth_of
from omnitui.console.toolkit import color_system
from omnitui.desk.opening import open_desk
from omnitui.local_zone import LocalZone
from omnitui.model.actor import SYSTEM
from omnitui.paths import preferences_path
from omnitui.store.faults import faults_told
from omnitui.training.options import FeedOptions

DEMO = FeedOptions("quiet-morning")
DEMO_AGENT = "ada"


class _Beside(Protocol):
    """What delivers replies while the console is open, on threads of its own.

    `trouble` is a sentence about what has gone wrong there.
    """

    trouble: str | None

    def start(self) -> None: ...

    def stop(self) -> None: ...


class _Look(Struct, frozen=True):
    ascii: bool
    theme: str | None
    depth: Depth
    preferences: Preferences


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
    look = _Look(plain, theme, depth_of(color_system()), load_preferences(preferences_path()))
    clock: ScaledClock | SystemClock = SystemClock()
    if feed is not None:
        clock = ScaledClock(clock, feed.speed, start=_going_on(store, clock))
    signed_in = _sign_in(store, clock, agent)
    if signed_in is None:
        _first(store, look)
    else:
        _open(store, signed_in, clock, look, feed)


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


def _sign_in(store: Path, clock: Clock, agent: str | None) -> SignedIn | None:
    desk = open_desk(store, clock)
    try:
        return sign_in(desk, agent)
    finally:
        desk.close()


def _first(store: Path, look: _Look) -> None:
    app = FirstStart(str(store), look.theme or look.preferences.theme or None, look.depth)
    choice = run(app)
    if app.return_code:
        sys.exit(app.return_code)
    if choice is None:
        return
    clock = SystemClock()
    if not choice.demo:
        desk = open_desk(store, clock)
        login = create_agent(desk, choice.name)
        signed_in = sign_in(desk, login)
        desk.close()
        assert signed_in is not None
        _open(store, signed_in, clock, look, None)
        return
    import tempfile

    from omnitui.desk.filling.company import fill

    with tempfile.TemporaryDirectory(prefix="omnitui-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "demo.db"
        scaled = ScaledClock(clock)
        desk = open_desk(path, scaled, basics=False)
        fill(desk)
        desk.close()
        signed_in = _sign_in(path, scaled, DEMO_AGENT)
        assert signed_in is not None
        _open(path, signed_in, scaled, look, DEMO)


def _open(
    store: Path,
    signed_in: SignedIn,
    clock: ScaledClock | SystemClock,
    look: _Look,
    feed: FeedOptions | None,
) -> None:
    beside: _Beside = Outbox(
        lambda: open_desk(store, clock, basics=False),
        lambda configured: build(configured, os.environ),
    )
    if feed is not None and isinstance(clock, ScaledClock):
        # Imported when there is a feed: a working day needs no simulated customers.
        from omnitui.training.runner import FeedRunner

        beside = FeedRunner(store, clock, feed, human=signed_in.login)
    link = DeskLink(lambda: open_desk(store, clock), clock)
    link.sign_in(signed_in.actor)
    app = OmniApp(
        link,
        LocalZone(),
        look.preferences,
        ascii=look.ascii,
        theme=look.theme,
        depth=look.depth,
        notice=_notice(feed),
        trouble=lambda: beside.trouble,
        cleanup=Cleanup(),
    )
    beside.start()
    try:
        run(app)
    finally:
        beside.stop()
    if beside.trouble:
        print(beside.trouble, file=sys.stderr)
    if app.return_code:
        sys.exit(app.return_code)


def _unicode() -> bool:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return encoding.startswith("utf")


def _notice(feed: FeedOptions | None) -> str:
    if feed is None:
        return ""
    return f"demo {feed.speed:g}x" if feed.speed != 1 else "demo"
