import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual import constants
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widgets import Static

from omnitui.console.palettes import Depth
from omnitui.console.theme import (
    DEFAULT_THEME,
    SURFACES,
    TEXTS,
    THEME_NAMES,
    depth_of,
    register_themes,
    theme,
    variable_defaults,
)
from omnitui.console.toolkit import color_system

NAMES = pytest.mark.parametrize("name", THEME_NAMES)
SPECIAL = [
    ("text-plain", "note-surface"),
    ("text-dim", "note-surface"),
    ("note", "note-surface"),
    ("agent", "note-surface"),
    ("danger", "note-surface"),
    ("text-plain", "find-surface"),
    ("on-accent", "primary"),
    ("on-accent", "note"),
    ("on-accent", "info"),
    ("on-accent", "warning"),
    ("on-accent", "danger"),
]
"""The mode words, the countdowns and the banners stand on the colours that text has elsewhere."""


def colours(name: str) -> dict[str, str]:
    return theme(name).to_color_system().generate() | theme(name).variables


def luminance(colour: Color) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(Color.parse(first)), luminance(Color.parse(second))))
    return (high + 0.05) / (low + 0.05)


def floor(name: str) -> float:
    return 7.0 if "contrast" in name else 4.5


SYSTEMS = {Depth.EIGHT_BIT: ColorSystem.EIGHT_BIT, Depth.STANDARD: ColorSystem.STANDARD}
FEWER = pytest.mark.parametrize("depth", SYSTEMS)


def shown(colour: str, depth: Depth) -> str:
    """What a terminal of a depth shows for a colour, as the toolkit sends it."""
    fewer = RichColor.parse(colour).downgrade(SYSTEMS[depth])
    if depth is Depth.STANDARD:
        # What is shown for the sixteen is the terminal's own; these are those of a console.
        assert fewer.number is not None
        return Color(*STANDARD_PALETTE[fewer.number]).hex
    return str(fewer.get_truecolor().hex)


XTERM = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)


@NAMES
def test_the_sixteen_colours_of_another_terminal_can_be_read_too(name: str) -> None:
    values = theme(name, Depth.STANDARD).to_color_system().generate()
    values |= theme(name, Depth.STANDARD).variables

    def there(role: str) -> str:
        number = RichColor.parse(values[role]).downgrade(ColorSystem.STANDARD).number
        assert number is not None
        return XTERM[number]

    pairs = [(text, surface) for surface in SURFACES for text in TEXTS] + SPECIAL
    low = {pair for pair in pairs if contrast(there(pair[0]), there(pair[1])) < 2.9}
    assert not low


@FEWER
@NAMES
def test_on_fewer_colours_every_text_is_readable_on_every_surface(name: str, depth: Depth) -> None:
    values = theme(name, depth).to_color_system().generate() | theme(name, depth).variables
    pairs = [(text, surface) for surface in SURFACES for text in TEXTS] + SPECIAL
    low = {
        (text, surface): round(got, 2)
        for text, surface in pairs
        if (got := contrast(shown(values[text], depth), shown(values[surface], depth))) < 4.5
    }
    assert not low


@FEWER
@NAMES
def test_on_fewer_colours_what_was_picked_is_what_is_shown(name: str, depth: Depth) -> None:
    """Nothing falls on a colour that nobody has looked at; greys may miss by a shade."""
    for colour in theme(name, depth).variables.values():
        if colour.startswith("#"):
            asked, got = Color.parse(colour), Color.parse(shown(colour, depth))
            assert max(abs(a - b) for a, b in zip(asked.rgb, got.rgb, strict=True)) <= 7, colour


@NAMES
def test_with_256_colours_surfaces_and_meanings_stay_apart(name: str) -> None:
    values = theme(name, Depth.EIGHT_BIT).variables
    seen = {surface: shown(values[surface], Depth.EIGHT_BIT) for surface in SURFACES}
    assert len(set(seen.values())) == len(SURFACES)
    meanings = ("customer", "agent", "bot", "note", "positive", "danger", "text-plain", "text-dim")
    assert len({shown(values[one], Depth.EIGHT_BIT) for one in meanings}) == len(meanings)


@NAMES
def test_with_16_colours_the_cursor_stays_apart(name: str) -> None:
    values = theme(name, Depth.STANDARD).variables
    assert values["cursor-surface"] != values["surface-1"]
    assert values["find-surface"] != values["surface-1"]
    assert len({values[one] for one in ("text-plain", "agent", "positive", "danger")}) >= 3


@pytest.mark.parametrize(
    ("system", "environment", "depth"),
    [
        ("truecolor", {}, Depth.TRUE),
        ("256", {}, Depth.EIGHT_BIT),
        ("standard", {}, Depth.STANDARD),
        ("windows", {}, Depth.STANDARD),
        (None, {}, Depth.TRUE),
        ("256", {"NO_COLOR": "1"}, Depth.TRUE),
    ],
)
def test_the_depth_follows_the_terminal(
    system: str | None, environment: dict[str, str], depth: Depth
) -> None:
    assert depth_of(system, environment) is depth


@pytest.mark.parametrize(
    ("term", "colorterm", "system"),
    [
        ("xterm-256color", "", "256"),
        ("tmux-256color", "", "256"),
        ("screen-256color", "truecolor", "truecolor"),
        ("xterm", "24bit", "truecolor"),
        ("xterm", "", "standard"),
        ("screen", "", "standard"),
        ("linux", "", "standard"),
    ],
)
def test_the_toolkit_tells_colours_by_the_terminals_name(
    term: str, colorterm: str, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "auto")
    assert color_system() == system


def test_contrast_is_measured_as_the_web_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@NAMES
def test_every_text_colour_is_readable_on_every_surface(name: str) -> None:
    values = colours(name)
    low = {
        (text, surface): round(contrast(values[text], values[surface]), 2)
        for surface in SURFACES
        for text in TEXTS
        if contrast(values[text], values[surface]) < floor(name)
    }
    assert not low


@NAMES
@pytest.mark.parametrize(("text", "surface"), SPECIAL)
def test_special_pairs_are_readable(name: str, text: str, surface: str) -> None:
    values = colours(name)
    assert contrast(values[text], values[surface]) >= floor(name)


@NAMES
def test_the_three_surfaces_differ(name: str) -> None:
    values = colours(name)
    assert len({values[surface] for surface in SURFACES}) == len(SURFACES)


def test_the_themes_have_the_same_vocabulary() -> None:
    assert len({frozenset(theme(name).variables) for name in THEME_NAMES}) == 1


class Host(App[None]):
    CSS = "Static { background: $surface-2; color: $text-dim; }"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)

    def on_mount(self) -> None:
        register_themes(self)
        self.theme = DEFAULT_THEME

    def compose(self) -> ComposeResult:
        yield Static(
            Content.assemble(("who", "$customer"), ("note", "bold $note on $note-surface"))
        )


async def test_variables_reach_style_sheets_and_text_in_every_theme() -> None:
    app = Host()
    async with app.run_test(size=(20, 3)) as pilot:
        for name in (*THEME_NAMES, "textual-dark", "textual-light"):
            app.theme = name
            await pilot.pause()
            strip = app.query_one(Static).render_line(0)
            drawn = {segment.text: segment.style for segment in strip}
            expected = app.theme_variables
            style = drawn["who"]
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            assert Color.from_rich_color(style.color) == Color.parse(expected["customer"])
            assert Color.from_rich_color(style.bgcolor) == Color.parse(expected["surface-2"])
