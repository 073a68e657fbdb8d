import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

import omnitui.console.present
import omnitui.console.widgets
from omnitui.console.main.bars import KeyFooter, OfferPanel, SessionTabs, StatusLine
from omnitui.console.present.frame.offers import OfferView, QuietView
from omnitui.console.present.frame.status import StatusView
from omnitui.console.present.frame.tabs import TabView
from omnitui.console.theme import register_themes, theme, variable_defaults
from omnitui.console.widgets.bar import Bar, BaseBar
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.agent import Presence

OFFER = OfferView(7, "Kiana", "chat", "◆", "Internet", 0, 0, 20_000)
STATUS = StatusView(Presence.AVAILABLE, "Ada Byron", "14:03")


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[tuple[str, str]] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield StatusLine()
        yield SessionTabs()
        yield OfferPanel()
        yield Input()
        yield PlainStatic("[/] [@click=app.bell]hi[/]")
        yield KeyFooter()

    def on_mount(self) -> None:
        register_themes(self)
        self.query_one(Input).focus()

    def on_base_bar_pressed(self, event: BaseBar.Pressed) -> None:
        self.pressed.append((type(event.control).__name__, event.key))

    def text(self, kind: type[Any]) -> str:
        widget = self.query_one(kind)
        return "\n".join(widget.render_line(y).text for y in range(widget.size.height))


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        await pilot.pause()
    pytest.fail("the condition never came true")


async def test_the_status_line_shows_the_last_view_it_was_given() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        host.query_one(StatusLine).show(STATUS)
        await until(pilot, lambda: "● Available" in host.text(StatusLine))
        host.query_one(StatusLine).show(replace(STATUS, presence=Presence.AWAY, reason="lunch"))
        await until(pilot, lambda: "◎ Away: lunch" in host.text(StatusLine))


async def test_a_click_on_a_tab_chooses_it() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        tabs = host.query_one(SessionTabs)
        tabs.show([TabView("Kiana", "◆"), TabView("Marcus", "✉")], 1, now=0)
        await until(pilot, lambda: "Marcus" in host.text(SessionTabs))
        await pilot.click(SessionTabs, offset=(host.text(SessionTabs).index("Marcus"), 0))
        await pilot.click(SessionTabs, offset=(2, 0))
        await pilot.click(SessionTabs, offset=(90, 0))
        await pilot.pause()
        assert host.pressed == [("SessionTabs", "2"), ("SessionTabs", "0")]
        assert isinstance(host.focused, Input)


async def test_waits_on_tabs_go_on_with_the_clock() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        tabs = host.query_one(SessionTabs)
        tabs.show([TabView("Kiana", "◆", waiting_since=0)], 1, now=42_000)
        await until(pilot, lambda: "0:42" in host.text(SessionTabs))
        tabs.tick(43_000)
        await until(pilot, lambda: "0:43" in host.text(SessionTabs))


async def test_an_offer_comes_and_goes_and_moves_and_takes_nothing() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        panel = host.query_one(OfferPanel)
        panel.show_quiet(QuietView(Presence.AVAILABLE, "p"))
        await until(pilot, lambda: "No offers" in host.text(OfferPanel))
        places = {widget: widget.region for widget in host.screen.children}
        panel.show([OFFER, replace(OFFER, conversation_id=8, name="Marcus")], now=0)
        await until(pilot, lambda: "Kiana" in host.text(OfferPanel))
        assert "+1" in host.text(OfferPanel)
        assert {widget: widget.region for widget in places} == places
        assert not any(
            panel.region.overlaps(widget.region) for widget in places if widget is not panel
        )
        assert isinstance(host.focused, Input)
        await pilot.press("y")
        assert host.query_one(Input).value == "y"
        panel.show([], now=0)
        await until(pilot, lambda: "No offers" in host.text(OfferPanel))
        assert {widget: widget.region for widget in places} == places
        assert panel.first is None


async def test_a_click_on_an_offers_key_says_which() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        panel = host.query_one(OfferPanel)
        panel.show([OFFER], now=0)
        await until(pilot, lambda: "accepts" in host.text(OfferPanel))
        keys = host.text(OfferPanel)
        await pilot.click(OfferPanel, offset=(keys.index("accepts"), 0))
        await pilot.click(OfferPanel, offset=(keys.index("to others"), 0))
        await pilot.click(OfferPanel, offset=(5, 0))
        await pilot.pause()
        assert host.pressed == [("OfferPanel", "accept"), ("OfferPanel", "decline")]


async def test_the_time_left_of_an_offer_goes_on_with_the_clock() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        panel = host.query_one(OfferPanel)
        panel.show([OFFER], now=0)
        await until(pilot, lambda: "20 s" in host.text(OfferPanel))
        panel.tick(5_000)
        await until(pilot, lambda: "15 s" in host.text(OfferPanel))
        panel.set_keys(("^y", "^n"))
        await until(pilot, lambda: "^y" in host.text(OfferPanel))


async def test_a_click_on_a_key_of_the_footer_says_which() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        host.query_one(KeyFooter).show([("r", "Reply"), ("n", "Note")])
        await until(pilot, lambda: "Reply" in host.text(KeyFooter))
        text = host.text(KeyFooter)
        await pilot.click(KeyFooter, offset=(text.index("Note"), 0))
        await pilot.click(KeyFooter, offset=(text.index("Keys"), 0))
        await pilot.pause()
        assert host.pressed == [("KeyFooter", "n"), ("KeyFooter", "?")]


async def test_plain_text_is_never_read_as_markup() -> None:
    host = Host()
    async with host.run_test(size=(100, 24)) as pilot:
        assert "[/] [@click=app.bell]hi[/]" in host.text(PlainStatic)
        host.query_one(PlainStatic).update("[/red] [b")
        await until(pilot, lambda: "[/red] [b" in host.text(PlainStatic))


async def test_every_widget_can_be_drawn_in_every_theme_and_size() -> None:
    host = Host()
    async with host.run_test(size=(160, 45)) as pilot:
        host.query_one(StatusLine).show(STATUS)
        host.query_one(SessionTabs).show([TabView("Kiana", "◆")] * 9, 4, now=0)
        host.query_one(OfferPanel).show([OFFER], now=0)
        for name, size in (
            ("omni-dark", (80, 24)),
            ("omni-light", (40, 12)),
            ("omni-contrast", (120, 36)),
            ("omni-contrast-light", (20, 8)),
        ):
            host.theme = name
            await pilot.resize_terminal(*size)
            await until(pilot, lambda width=size[0]: host.size.width == width)  # type: ignore[misc]
            assert len(host.text(StatusLine)) == host.query_one(StatusLine).size.width
            assert host.query_one(OfferPanel).region.right <= size[0]


def test_every_colour_that_is_named_exists_in_the_theme() -> None:
    known = theme("omni-dark").to_color_system().generate().keys() | theme("omni-dark").variables
    for package in (omnitui.console.present, omnitui.console.widgets):
        for path in Path(package.__path__[0]).glob("*.py"):
            used = set(re.findall(r"\$([a-z][a-z0-9-]*)", path.read_text()))
            assert not used - known, path.name


class OneBar(App[None]):
    """A bar that says what `words` are when it is laid out."""

    words = "first"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield Bar()

    def on_mount(self) -> None:
        self.query_one(Bar).show_plain(lambda _width: Content(self.words))


async def test_a_bar_that_is_drawn_later_than_asked_says_what_is_so_by_then() -> None:
    app = OneBar()
    async with app.run_test():
        bar = app.query_one(Bar)
        app.words = "asked"
        bar.update_line()
        app.words = "drawn"
        assert bar.render().plain == "drawn"
