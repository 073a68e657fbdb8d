"""The customer and the case, edited in the summary where they stand."""

from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World
from textual.widgets import Input

from omnitui.console.widgets.fields import Choice


async def begin(ada: Driver, key: str) -> Any:
    talk = ada.world.keys[KIANA]
    await ada.press("alt+1")
    await ada.until(lambda: ada.main.navigation.here == talk and ada.session.painted)
    await ada.press(key)
    summary = ada.session.summary
    await ada.until(lambda: summary.editing is not None and summary.editing.has_focus_within)
    return summary


def field(summary: Any, key: str) -> Any:
    return summary.editing.query_one(f"#field-{key}")


async def retype(ada: Driver, summary: Any, key: str, value: str) -> None:
    editor = field(summary, key)
    editor.focus()
    await ada.until(lambda: editor.has_focus)
    assert isinstance(editor, Input)
    editor.value = value
    await ada.until(lambda: key in summary.editing.edits)


def linked(world: World) -> Any:
    talk = world.call("conversation.get", conversation=world.keys[KIANA])
    return world.call("case.get", case=talk.case_id)


def kiana(world: World) -> Any:
    talk = world.call("conversation.get", conversation=world.keys[KIANA])
    return world.call("customer.get", customer=talk.customer_id)


async def test_the_case_is_edited_where_it_stands(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "f2")
        await retype(ada, summary, "title", "Router drops at night")
        priority = field(summary, "priority")
        assert isinstance(priority, Choice)
        priority.focus()
        await ada.until(lambda: priority.has_focus)
        await ada.press("left")
        await ada.press("ctrl+s")
        await ada.until(lambda: summary.editing is None)
        await ada.shows("Router drops at night")
        case = linked(world)
        assert (case.title, case.priority) == ("Router drops at night", "normal")
        assert ada.app.focused is summary.blocks


async def test_what_was_saved_is_taken_back(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "shift+f2")
        await retype(ada, summary, "name", "Kiana Berg")
        await ada.press("ctrl+s")
        await ada.shows("Kiana Berg · live chat")
        await ada.press("u")
        await ada.told("Undone: changed the details of Kiana Berg.")
        await ada.shows("Kiana Anderson · live chat")
        assert kiana(world).name == "Kiana Anderson"


async def test_tab_goes_from_field_to_field(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "f2")
        first = ada.app.focused
        await ada.press("tab")
        await ada.until(lambda: ada.app.focused is not first)
        assert summary.editing.has_focus_within
        await ada.press("shift+tab")
        await ada.until(lambda: ada.app.focused is first)


async def test_what_closing_would_forget_is_said_first(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "f2")
        await retype(ada, summary, "title", "Router drops at night")
        await ada.press("escape")
        await ada.until(lambda: summary.editing is None)
        await ada.press("w")
        await ada.shows("Your changes to CAS-00003 are not saved.", "Closing discards")
        await ada.press("escape")
        await ada.until(lambda: not ada.app.screen.query("#dialog"))
        assert summary.unsaved == {"case"}


async def test_what_is_refused_is_said_there_and_stays_typed(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "f2")
        await retype(ada, summary, "owner", "Nobody At All")
        await ada.press("ctrl+s")
        await ada.shows("Nobody At All")
        said = summary.editing.query_one("#edit-wrong")
        await ada.until(lambda: said.has_class("-said"))
        assert linked(world).owner_name == "Bo Lindqvist"
        assert summary.editing.edits == {"owner": "Nobody At All"}


async def test_esc_goes_back_and_what_is_typed_is_there_again_next_time(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "f2")
        await retype(ada, summary, "title", "Half a tit")
        await ada.main.navigation.flush()
    async with console(world, size=(160, 45)) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.session.painted and ada.session.summary.editing is not None)
        assert field(ada.session.summary, "title").value == "Half a tit"
        field(ada.session.summary, "title").focus()
        await ada.press("escape")
        await ada.until(lambda: ada.session.summary.editing is None)
        await ada.shows("not saved")
        await ada.until(lambda: ada.session.summary.blocks.cursor_key == "case")
        await ada.press("f2")
        await ada.until(lambda: ada.session.summary.editing is not None)
        assert field(ada.session.summary, "title").value == "Half a tit"


async def test_what_somebody_else_changes_meanwhile_is_told_and_not_overwritten(
    world: World,
) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "f2")
        await retype(ada, summary, "title", "Mine")
        world.call("case.update", case=linked(world).id, title="Theirs")
        await ada.shows("Conflict: changed to", "Theirs")
        assert field(summary, "title").value == "Mine"


async def test_the_customer_is_edited_with_their_addresses(world: World) -> None:
    before = {address.value for address in kiana(world).addresses}
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "shift+f2")
        await retype(ada, summary, "city", "Moss")
        await retype(ada, summary, "address-new", "sms: +47 555 09 99")
        await ada.press("ctrl+s")
        await ada.until(lambda: summary.editing is None)
        await ada.shows("Moss")
        now = kiana(world)
        assert now.city == "Moss"
        assert {a.value for a in now.addresses} == before | {"+47 555 09 99"}
        await ada.press("shift+f2")
        await ada.until(lambda: summary.editing is not None)
        (new,) = (one for one in summary.editing.query(Input) if one.value == "+47 555 09 99")
        await retype(ada, summary, new.id.removeprefix("field-"), "")
        await ada.press("ctrl+s")
        await ada.until(lambda: summary.editing is None)
        assert {a.value for a in kiana(world).addresses} == before


async def test_an_address_that_says_no_channel_is_refused_where_it_stands(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada, "shift+f2")
        await retype(ada, summary, "address-new", "somewhere")
        await ada.press("ctrl+s")
        await ada.shows("“somewhere” has no channel.")
        assert summary.editing is not None


async def test_enter_on_the_facts_edits_them(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.session.painted)
        summary = ada.session.summary
        ada.session.show_pane("summary")
        summary.blocks.focus()
        summary.blocks.move_to("case")
        await ada.until(lambda: summary.blocks.has_focus)
        await ada.press("enter")
        await ada.until(lambda: summary.editing is not None and summary.editing.what == "case")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["f2", "shift+f2"])
def test_editing(key: str, size: str, world: World, snap_compare: Any) -> None:
    app, keys = world.app(), ["alt+1", key, "down"]
    assert snap_compare(app, terminal_size=SIZES[size], run_before=after(keys))
