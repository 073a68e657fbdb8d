"""Dialogs of three kinds: a question, a form, a list. What each does whatever it is about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any

import pytest
from msgspec import Struct
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from omnitui.console.dialogs.base import Confirm, Dialog
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row, option
from omnitui.console.glyphs import UNICODE
from omnitui.console.theme import register_themes, variable_defaults
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.errors import Refusal

UNANSWERED = object()


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "omni-dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()


class Asked:
    """A dialog in front, and what it has answered."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.answer: object = UNANSWERED

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def line(self, name: str) -> str:
        return str(self.pilot.app.screen.query_one(f"#{name}", PlainStatic).render())

    @property
    def focused(self) -> str | None:
        return None if self.pilot.app.focused is None else self.pilot.app.focused.id


@asynccontextmanager
async def asked(dialog: Dialog[Any]) -> AsyncIterator[Asked]:
    async with Host().run_test(size=(80, 30)) as pilot:
        found = Asked(pilot)
        await pilot.app.push_screen(dialog, lambda answer: setattr(found, "answer", answer))
        await pilot.pause()
        yield found


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Order(Struct, frozen=True):
    what: str
    size: Size
    count: int | None


FIELDS = (
    Field("what", "What", needed="Say what it is."),
    Field("size", "Size", "small", FieldKind.CHOICE, (("small", "Small"), ("large", "Large"))),
    Field("count", "How many", kind=FieldKind.NUMBER, most=4),
)


def form(typed: dict[str, str] | None = None, **look: Any) -> Form[Order]:
    return Form("Order", "", UNICODE, typed, **{"asks": FIELDS, "into": Order, **look})


@pytest.mark.parametrize("key", ["ctrl+s", "enter"])
async def test_a_form_answers_with_its_struct(key: str) -> None:
    async with asked(form()) as dialog:
        await dialog.press("t", "e", "a", "down", "right", "down", "4", "2", key)
        assert dialog.answer == Order("tea", Size.LARGE, 42)


async def test_enter_on_a_choice_accepts_too_and_an_empty_number_is_none() -> None:
    async with asked(form()) as dialog:
        await dialog.press("t", "tab", "l", "enter")
        assert dialog.answer == Order("t", Size.LARGE, None)


async def test_what_is_missing_is_said_and_nothing_is_answered() -> None:
    async with asked(form()) as dialog:
        await dialog.press("enter")
        assert (dialog.line("dialog-wrong"), dialog.answer) == ("Say what it is.", UNANSWERED)
        await dialog.press("x", "down", "down", "minus", "4", "enter")
        assert dialog.line("dialog-wrong") == "How many: give a whole number."
        await dialog.press("backspace", "backspace", "ctrl+s")
        assert dialog.answer == Order("x", Size.SMALL, None)


async def test_what_is_typed_is_there_again_after_esc() -> None:
    typed: dict[str, str] = {}
    async with asked(form(typed)) as dialog:
        await dialog.press("t", "e", "a", "down", "right", "escape")
        assert dialog.answer is None
    async with asked(form(typed)) as dialog:
        await dialog.press("ctrl+s")
        assert dialog.answer == Order("tea", Size.LARGE, None)


async def test_consequences_follow_what_is_typed_and_refuse() -> None:
    seen: list[object] = []

    async def consider(values: Values) -> Consequences | Refusal:
        seen.append(values["count"])
        many = (values["count"] or 0) > 9
        return Consequences(("It is packed.",), "That is too many." if many else "")

    look = {"consider": consider, "turns": ("count",), "known": Consequences(("Nothing yet.",))}
    async with asked(form({"what": "tea"}, **look)) as dialog:
        assert "Nothing yet." in dialog.line("consequences")
        await dialog.press("down", "down", "9")
        await dialog.pilot.app.workers.wait_for_complete()
        assert "It is packed." in dialog.line("consequences")
        await dialog.press("9")
        await dialog.pilot.app.workers.wait_for_complete()
        await dialog.press("enter")
        assert "That is too many." in dialog.line("consequences")
        assert "see the line above" in dialog.line("dialog-wrong")
        assert (dialog.answer, seen) == (UNANSWERED, [9, 99])


async def test_what_a_form_checks_is_said_after_what_is_missing() -> None:
    def check(values: Values) -> str:
        return "No tea is left." if values["what"] == "tea" else ""

    async with asked(form({"what": "tea"}, check=check)) as dialog:
        await dialog.press("enter")
        assert (dialog.line("dialog-wrong"), dialog.answer) == ("No tea is left.", UNANSWERED)


@pytest.mark.parametrize(
    ("key", "answer"),
    [("enter", "all"), ("ctrl+s", "all"), ("D", "all"), ("f", "some"), ("escape", None)],
)
async def test_a_question_answers_by_its_keys(key: str, answer: str | None) -> None:
    others = (("f", "only some", "some"),)
    dialog = Confirm("Delete?", "", UNICODE, "delete", "all", also="D", others=others)
    async with asked(dialog) as shown:
        assert shown.line("dialog-keys").split() == ("enter delete f only some esc cancel".split())
        await shown.press("d")
        assert shown.answer is UNANSWERED
        await shown.press(key)
        assert shown.answer == answer


def fruit(key: str, **more: Any) -> Row:
    return Row(key, option(key, key, UNICODE).draw, f"a {key}", key, **more)


FRUIT = (
    fruit("apple", does="It is red."),
    fruit("pear", does="It is green."),
    fruit("plum", does="It is not ripe.", refused="Choose another one."),
)
NOTE = Field("note", "Note")


def pick(typed: dict[str, str] | None = None, **look: Any) -> Pick[Any]:
    return Pick("Fruit", "", UNICODE, typed, **{"rows": FRUIT, "find_hint": "Name", **look})


async def test_what_is_typed_narrows_the_list_and_enter_takes_the_first() -> None:
    async with asked(pick()) as dialog:
        await dialog.press("p", "e", "enter")
        assert dialog.answer == "a pear"


async def test_down_goes_into_the_list() -> None:
    async with asked(pick()) as dialog:
        await dialog.press("down", "enter")
        assert dialog.answer == "a pear"


async def test_what_choosing_does_is_said_and_what_is_refused_is_not_chosen() -> None:
    async with asked(pick(tells=True, nothing="No such fruit.", unchosen="Choose one.")) as dialog:
        assert dialog.line("what") == "It is red."
        await dialog.press("p", "l", "u")
        assert dialog.line("what") == "It is not ripe."
        await dialog.press("enter")
        assert (dialog.line("dialog-wrong"), dialog.answer) == ("Choose another one.", UNANSWERED)
        await dialog.press("x")
        assert (dialog.line("what"), dialog.line("dialog-wrong")) == ("No such fruit.", "")
        await dialog.press("enter")
        assert (dialog.line("dialog-wrong"), dialog.answer) == ("Choose one.", UNANSWERED)


async def test_an_empty_list_says_so_and_enter_does_nothing() -> None:
    dialog = pick(rows=(), nothing="There is no fruit.")
    async with asked(dialog) as shown:
        assert dialog.found.text.strip() == "There is no fruit."
        await shown.press("enter", "down", "enter")
        assert shown.answer is UNANSWERED


async def test_the_fields_of_a_list_come_with_what_is_chosen() -> None:
    dialog = pick(asks=(NOTE,), into=lambda what, note: (what, note))
    async with asked(dialog) as shown:
        await shown.press("tab", "o", "k", "enter")
        assert shown.answer == ("a apple", "ok")


@pytest.mark.parametrize(("fields", "stop"), [((), "found"), ((NOTE,), "note")])
async def test_tab_passes_over_a_list_that_is_moved_in_from_its_line(
    fields: tuple[Field, ...], stop: str
) -> None:
    async with asked(pick(asks=fields)) as dialog:
        assert dialog.focused == "find"
        await dialog.press("tab")
        assert dialog.focused == stop


async def test_a_field_stands_in_for_choosing_and_enter_on_the_list_passes_it_over() -> None:
    look: dict[str, Any] = {
        "find_hint": "",
        "asks": (NOTE,),
        "instead": "note",
        "into": lambda what, note: note or what,
    }
    typed: dict[str, str] = {}
    async with asked(pick(typed, **look)) as dialog:
        await dialog.press("tab", "o", "k", "enter")
        assert dialog.answer == "ok"
    async with asked(pick(typed, **look)) as dialog:
        await dialog.press("enter")
        assert dialog.answer == "a apple"


async def test_a_sign_chooses_at_once_and_the_cursor_starts_where_it_should() -> None:
    rows = [option(key, key, UNICODE, sign=sign) for key, sign in (("one", "1"), ("two", "2"))]
    dialog = pick(rows=rows, find_hint="", start="two")
    async with asked(dialog) as shown:
        await shown.pilot.pause()
        assert dialog.found.cursor_key == "two"
        await shown.press("1")
        assert shown.answer == "one"


async def test_other_keys_answer_otherwise_of_the_row_or_refuse() -> None:
    def eaten(answer: str) -> str | Refusal:
        return Refusal("fruit", "It is eaten.") if answer == "a apple" else f"{answer}, eaten"

    async with asked(pick(find_hint="", verbs={"e": eaten})) as dialog:
        await dialog.press("e")
        assert (dialog.line("dialog-wrong"), dialog.answer) == ("It is eaten.", UNANSWERED)
        await dialog.press("down", "e")
        assert dialog.answer == "a pear, eaten"


@pytest.mark.parametrize(("rows", "answer"), [((), (None, "ok")), (FRUIT, ("a apple", "ok"))])
async def test_where_the_list_is_optional_its_fields_come_first(
    rows: tuple[Row, ...], answer: tuple[str | None, str]
) -> None:
    look = {"find_hint": "", "optional": True, "asks": (NOTE,), "lead": "Fruit", "rows": rows}
    async with asked(pick(into=lambda what, note: (what, note), **look)) as dialog:
        assert dialog.focused == "note"
        await dialog.press("o", "k", "enter")
        assert dialog.answer == answer


async def test_space_marks_only_where_several_may_be_chosen() -> None:
    class Several(Pick[list[str]]):
        several = True

        def answer(self, values: Values) -> list[str]:
            return sorted(self.marked)

    async with asked(Several("Fruit", "", UNICODE, rows=FRUIT)) as dialog:
        await dialog.press("space", "down", "space", "space", "enter")
        assert dialog.answer == ["apple"]
    async with asked(pick()) as shown:
        await shown.press("a", "space", "l")
        assert shown.pilot.app.screen.query_one("#find", Input).value == "a l"


async def test_a_key_that_does_nothing_says_what_the_keys_are_until_something_is_wrong() -> None:
    dialog = form()
    async with asked(dialog) as shown:
        dialog.idle("F6")
        assert shown.line("dialog-wrong").startswith("F6 does nothing in this dialog: ^s OK")
        await shown.press("enter")
        dialog.idle("F6")
        assert shown.line("dialog-wrong") == "Say what it is."


async def test_why_it_was_refused_before_is_said_at_once() -> None:
    async with asked(form(refused="Somebody is called so already.")) as dialog:
        assert dialog.line("dialog-wrong") == "Somebody is called so already."


def test_a_dialog_is_told_nothing_that_it_does_not_know() -> None:
    with pytest.raises(AssertionError, match="colour"):
        form(colour="red")


async def test_every_kind_of_field_shows_and_gives_back_its_value() -> None:
    values = {"line": "a", "number": "3", "text": "x\ny", "choice": "b", "fact": ""}
    fields = [Field(kind, kind, values[kind], kind, (("a", "A"), ("b", "B"))) for kind in FieldKind]
    dialog = form(asks=fields, into=dict)
    async with asked(dialog):
        assert {kind.value: dialog.value(kind) for kind in FieldKind} == values
