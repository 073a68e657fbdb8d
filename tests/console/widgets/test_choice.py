"""A choice of a few words on a line, wider or narrower than its room."""

import pytest
from textual.app import App, ComposeResult

from omnitui.console.glyphs import UNICODE
from omnitui.console.theme import register_themes, variable_defaults
from omnitui.console.widgets.fields import Choice

WORDS = ("All", "Customers", "Conversations", "Cases", "Messages")


class Host(App[None]):
    def __init__(self, width: int, chosen: str) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "omni-dark"
        self.choice = Choice([(word, word) for word in WORDS], chosen, UNICODE)
        self.choice.styles.width = width

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield self.choice


@pytest.mark.parametrize(
    ("width", "chosen", "seen"),
    [
        (60, "All", "▌All   Customers   Conversations   Cases   Messages"),
        (51, "All", "▌All   Customers   Conversations   Cases   Messages"),
        (50, "All", "▌All   Customers   Conversations   Cases  ›"),
        (50, "Messages", "‹  Customers   Conversations   Cases  ▌Messages"),
        (31, "Conversations", "‹  Customers  ▌Conversations  ›"),
        (30, "Conversations", "‹ ▌Conversations   Cases  ›"),
        (16, "Conversations", "‹ ▌Conversations  ›"),
        (10, "Cases", "‹ ▌Cases  ›"),
    ],
)
async def test_the_words_around_the_chosen_one_are_shown(
    width: int, chosen: str, seen: str
) -> None:
    async with Host(width, chosen).run_test() as pilot:
        await pilot.pause()
        assert pilot.app.choice.render().plain.rstrip() == seen


@pytest.mark.parametrize("width", [9, 16, 24, 30, 41, 60])
async def test_every_word_can_be_clicked_wherever_it_is_shown(width: int) -> None:
    async with Host(width, "All").run_test() as pilot:
        for _ in WORDS:
            shown = pilot.app.choice.render().plain
            for word in (word for word in WORDS if word in shown):
                place = shown.index(word)
                if place < width:
                    await pilot.click(Choice, offset=(place, 0))
                    assert pilot.app.choice.value == word
                shown = pilot.app.choice.render().plain
            await pilot.press("right")


@pytest.mark.parametrize("width", [9, 16, 24, 30, 41, 60])
async def test_the_keys_come_to_every_word(width: int) -> None:
    async with Host(width, "All").run_test() as pilot:
        pilot.app.choice.focus()
        for word in (*WORDS[1:], WORDS[0]):
            await pilot.press("right")
            assert pilot.app.choice.value == word
            shown = pilot.app.choice.render().plain[:width]
            assert word[: width - 4] in shown
