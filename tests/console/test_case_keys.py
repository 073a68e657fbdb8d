"""Cases by keys alone: how they stand, merged and parted, under one another, ended with warning."""

from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World
from test_record_tabs import open_case, the_case

from omnitui.model.case import CaseReason, CaseStatus


def another(world: World, title: str = "Router drops again", **given: Any) -> Any:
    """One more active case of Kiana's."""
    whose = the_case(world).customer_id
    return world.call("case.create", customer=whose, title=title, origin="chat", **given)


def case(world: World, key: int) -> Any:
    return world.call("case.get", case=key)


async def closed(ada: Driver) -> None:
    await ada.until(lambda: not ada.app.screen.query("#dialog"))


async def test_a_case_is_put_on_hold_and_that_is_taken_back(world: World) -> None:
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("S")
        await ada.shows("Status reason of CAS-00003", "Researching", "now")
        await ada.press("down")
        await ada.press("enter")
        await ada.until(lambda: the_case(world).reason is CaseReason.ON_HOLD)
        await ada.shows("on hold")
        await ada.press("u")
        await ada.until(lambda: the_case(world).reason is CaseReason.IN_PROGRESS)
        await ada.told("Undone: set CAS-00003 to on hold.")


async def test_how_it_stands_is_a_field_too(world: World) -> None:
    async with console(world) as ada:
        body = await open_case(ada)
        body.query_one("#field-reason").focus()
        await ada.until(lambda: body.query_one("#field-reason").has_focus)
        await ada.press("r", "ctrl+s")
        await ada.until(lambda: the_case(world).reason is CaseReason.RESEARCHING)


async def test_cases_are_merged_and_parted(world: World) -> None:
    other = another(world)
    world.call("timeline.add", customer=other.customer_id, kind="task", title="T", case=other.id)
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("M")
        await ada.shows("Merge cases of Kiana", "Router drops again", "kept")
        await ada.press("enter")
        await ada.shows("Mark another case first")
        await ada.press("down", "space")
        await ada.shows(f"{other.number} is cancelled, merged into CAS-00003.", "1 open task")
        await ada.press("enter")
        await ada.until(lambda: case(world, other.id).merged_number == "CAS-00003")
        await closed(ada)
        await ada.shows("Merged cases")
        await ada.press("F")
        await ada.shows("Parent and children of CAS-00003", f"Unmerge {other.number}")
        await ada.press("down", "enter")
        await ada.until(lambda: case(world, other.id).status is CaseStatus.ACTIVE)
        await ada.lacks("Merged cases")


async def test_another_one_may_stay_and_the_conversation_goes_with_it(world: World) -> None:
    other = another(world)
    before = the_case(world)
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("M")
        await ada.shows("Merge cases")
        await ada.press("down", "s")
        await ada.shows(f"CAS-00003 is cancelled, merged into {other.number}.")
        await ada.press("enter")
        await ada.until(lambda: the_case(world).id == other.id)
        await ada.until(lambda: ada.session.state.case.id == other.id)
        await ada.until(lambda: ada.session.apps.front_name == f"case-{other.id}")
        await ada.press("u")
        await ada.until(lambda: the_case(world).id == before.id)


async def test_a_child_is_created_and_taken_out_again(world: World) -> None:
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("F")
        await ada.shows("Parent and children of CAS-00003")
        await ada.press("enter")
        await ada.shows("New child of CAS-00003")
        await ada.press("end")
        await ada.write(" too")
        await ada.press("ctrl+s")
        await ada.until(lambda: len(world.call("case.family", case="CAS-00003").children) == 1)
        (child,) = world.call("case.family", case="CAS-00003").children
        assert child.title.endswith(" too")
        await ada.until(lambda: ada.session.apps.front_name == f"case-{child.id}")
        await ada.shows("Parent", child.number)
        await ada.press("F")
        await ada.shows("Remove the parent CAS-00003")
        await ada.press("enter")
        await ada.until(lambda: case(world, child.id).parent_id is None)


async def test_what_hangs_on_a_case_is_said_before_it_is_resolved(world: World) -> None:
    one = the_case(world)
    given = {"customer": one.customer_id, "case": one.id}
    task = world.call("timeline.add", kind="task", title="Ring her", **given)
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("R")
        await ada.shows("Resolve CAS-00003", "1 task is open: “Ring her”.", "stays open")
        await ada.write("New cable")
        await ada.press("tab", "right", "ctrl+s")
        await ada.until(lambda: the_case(world).status is CaseStatus.RESOLVED)
        assert the_case(world).reason is CaseReason.INFORMATION_PROVIDED
        await ada.shows("resolved, information provided")
    (found,) = [a for a in world.call("timeline.list", **given) if a.id == task]
    assert found.cancelled


async def test_what_another_origin_does_is_said_before_it_is_saved(world: World) -> None:
    one = the_case(world)
    year = {"starts": "2026-01-01", "ends": "2026-12-31"}
    owed = world.call(
        "entitlement.create", customer=one.customer_id, name="Box", total=9, **year
    ).id
    world.call("entitlement.activate", entitlement=owed)
    world.call("case.update", case=one.id, entitlement=owed)
    async with console(world) as ada:
        body = await open_case(ada)
        body.query_one("#field-origin").focus()
        await ada.until(lambda: body.query_one("#field-origin").has_focus)
        await ada.press("right", "ctrl+s")
        await ada.shows("Change CAS-00003?", "returns 1 case to Box")
        await ada.press("escape")
        await closed(ada)
        assert the_case(world).origin == one.origin
        assert "origin" in body.form.edits
        await ada.press("ctrl+s")
        await ada.shows("Change CAS-00003?")
        await ada.press("enter")
        await ada.until(lambda: the_case(world).origin != one.origin)


@pytest.mark.parametrize("size", SIZES)
def test_merging(size: str, world: World, snap_compare: Any) -> None:
    other = another(world)
    another(world, "The invoice shows the old plan", priority="high")
    given = {"customer": other.customer_id, "case": other.id}
    world.call("timeline.add", kind="task", title="Ring her", **given)
    keys = ["alt+1", "c", "M", "down", "down", "space"]
    assert KIANA in world.keys
    assert snap_compare(world.app(), terminal_size=SIZES[size], run_before=after(keys))
