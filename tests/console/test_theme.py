import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widgets import Static

from omnitui.console.theme import (
    DEFAULT_THEME,
    SURFACES,
    TEXTS,
    THEME_NAMES,
    register_themes,
    theme,
    variable_defaults,
)

NAMES = pytest.mark.parametrize("name", THEME_NAMES)


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
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("text-plain", "note-surface"),
        ("text-dim", "note-surface"),
        ("note", "note-surface"),
        ("agent", "note-surface"),
        ("danger", "note-surface"),
        ("text-plain", "find-surface"),
        ("on-accent", "primary"),
    ],
)
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
