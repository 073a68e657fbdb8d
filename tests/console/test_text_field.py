"""A text of several lines: any amount of it is undone and done again."""

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from omnitui.console.session.composer_text import ComposerText
from omnitui.console.widgets.fields import Text


class Holder(App[None]):
    CSS = "Text { height: 4; }"

    def __init__(self, field: Text) -> None:
        super().__init__()
        self.field = field

    def compose(self) -> ComposeResult:
        yield self.field


LONG = "\n".join(f"line {number} " + "long " * 30 for number in range(20))


@pytest.mark.parametrize("make", [ComposerText, Text])
@pytest.mark.parametrize("texts", [[LONG], ["a", LONG, "b"], [LONG, LONG], ["wide " * 300]])
async def test_what_was_put_in_at_once_is_undone_and_done_again(
    make: type[Text], texts: Sequence[str]
) -> None:
    app = Holder(make())
    async with app.run_test(size=(60, 12)) as pilot:
        app.field.focus()
        stood = [""]
        for text in texts:
            app.field.history.checkpoint()
            app.field.insert(text)
            await pilot.pause()
            stood.append(app.field.text)
        app.field.history.checkpoint()
        app.field.select_all()
        app.field.delete(*app.field.selection)
        await pilot.pause()
        while app.field.history.undo_stack:
            app.field.undo()
            await pilot.pause()
        assert app.field.text == ""
        while app.field.history.redo_stack:
            app.field.redo()
            await pilot.pause()
        assert app.field.text == ""
        app.field.undo()
        await pilot.pause()
        assert app.field.text == stood[-1]
