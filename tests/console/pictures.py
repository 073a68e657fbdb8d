"""Pictures of screens, compared with those that are kept: one console for all sizes of a screen."""

import asyncio
import inspect
import pickle
import re
from collections.abc import Awaitable, Callable, Mapping
from difflib import unified_diff
from html import unescape
from typing import Any

import pytest
from pytest_textual_snapshot import (
    PseudoApp,
    PseudoConsole,
    SVGImageExtension,
    node_to_report_path,
)
from rest import rest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from textual.app import App
from textual.pilot import Pilot

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "160x45": (160, 45)}

Reach = Callable[[Pilot[None]], Awaitable[None]]
Compare = Callable[..., bool]


def after(keys: list[str]) -> Reach:
    """Bring a screen to where these keys lead from where the console begins."""

    async def press(pilot: Pilot[None]) -> None:
        await rest(pilot.app)
        await pilot.press(*keys)
        await rest(pilot.app)

    return press


class _Picture(SVGImageExtension):
    """A file for each picture: `test_screen[home-80x24].svg`."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: Any, index: Any = 0) -> str:
        if not isinstance(index, str):
            return super().get_snapshot_name(test_location=test_location, index=index)
        name = super().get_snapshot_name(test_location=test_location)
        return f"{name[:-1]}-{index}]" if name.endswith("]") else f"{name}[{index}]"


@pytest.fixture
def snap_compare(snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> Compare:
    """Say whether an app looks as it is kept, once `run_before` has brought it there.

    With `sizes` (names and sizes) the terminal is made as large as each of them in turn. What
    differs is in the report of the plugin whose fixture this takes the place of.
    """

    def compare(
        app: App[Any],
        *,
        run_before: Reach,
        terminal_size: tuple[int, int] = (80, 24),
        sizes: Mapping[str, tuple[int, int]] | None = None,
    ) -> bool:
        wanted: Mapping[Any, tuple[int, int]] = sizes or {None: terminal_size}
        taken = asyncio.run(_taken(app, wanted, run_before))
        same = [_same(snapshot, request.node, name, svg) for name, svg in taken.items()]
        return all(same)

    return compare


async def _taken(
    app: App[Any], sizes: Mapping[str | None, tuple[int, int]], reach: Reach
) -> dict[str | None, str]:
    """The pictures in all sizes. The app begins in the first of them."""
    pictures = {}
    first = next(iter(sizes.values()))
    async with app.run_test(size=first, notifications=True, tooltips=True) as pilot:
        await reach(pilot)
        for name, size in sizes.items():
            if size != tuple(app.size):
                await pilot.resize_terminal(*size)
            await rest(app)
            pictures[name] = app.export_screenshot(title=app.title, simplify=True)
    return pictures


def _same(snapshot: SnapshotAssertion, node: Any, name: str | None, svg: str) -> bool:
    kept = snapshot.use_extension(_Picture)
    if name is not None:
        kept = kept(name=name)
    same = bool(kept == svg)
    if not same:
        _report(kept, node, name, svg)
        print(f"{node.name} {name or ''} looks different (- as kept, + now):")
        print("\n".join(unified_diff(_lines(str(kept)), _lines(svg), lineterm="", n=0)))
    return same


def _lines(svg: str) -> list[str]:
    """What can be read in a picture, line by line."""
    found: dict[float, str] = {}
    for y, words in re.findall(r'<text [^>]*? y="([\d.]+)"[^>]*>([^<]*)<', svg):
        found[float(y)] = found.get(float(y), "") + unescape(words).replace("\xa0", " ")
    return [words for _, words in sorted(found.items())]


def _report(kept: SnapshotAssertion, node: Any, name: str | None, svg: str) -> None:
    """Tell the plugin what differs, for `snapshot_report.html`."""
    path, line, title = node.reportinfo()
    screen = Console(legacy_windows=False, force_terminal=True)
    app = PseudoApp(PseudoConsole(screen.legacy_windows, screen.size))
    told = inspect.getdoc(node.function) or ""
    expected = str(kept)
    row = (False, expected, svg, app, path, line, f"{title} {name or ''}", told, "", bool(expected))
    where = node_to_report_path(node)
    where.with_name(f"{where.name}{name or ''}").write_bytes(pickle.dumps(row))
