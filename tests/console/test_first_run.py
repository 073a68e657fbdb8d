"""The first screen, before there is a store: its letters work from the first key on."""

import pytest

from omnitui.console.first_run import FirstChoice, FirstStart


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (["d"], FirstChoice(demo=True)),
        (["n", *"Nora", "enter"], FirstChoice(name="Nora")),
        (["n", *"Nora", "escape"], None),
        (["q"], None),
        (["escape"], None),
    ],
)
async def test_what_is_pressed_is_what_comes_next(
    keys: list[str], choice: FirstChoice | None
) -> None:
    app = FirstStart("own.db")
    async with app.run_test() as pilot:
        await pilot.press(*keys)
    assert app.return_value == choice
