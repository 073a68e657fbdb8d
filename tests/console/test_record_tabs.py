"""Records in tabs beside a conversation: opened, edited, kept, saved, closed; by keys alone."""

from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World
from textual.widgets import Input

from omnitui.model.case import CaseStatus


async def kiana(ada: Driver) -> int:
    key = ada.world.keys[KIANA]
    await ada.until(lambda: key in ada.main.order)
    await ada.press(f"alt+{ada.main.order.index(key) + 1}")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    return key


def ready(ada: Driver) -> bool:
    body = ada.session.apps.body
    return body is not None and body.painted and body.has_focus_within


async def open_case(ada: Driver) -> Any:
    await kiana(ada)
    await ada.press("c")
    await ada.until(lambda: ready(ada))
    return ada.session.apps.body


def the_case(world: World) -> Any:
    item = world.call("conversation.get", conversation=world.keys[KIANA])
    return world.call("case.get", case=item.case_id)


async def test_a_case_is_opened_edited_and_saved(world: World) -> None:
    async with console(world) as ada:
        body = await open_case(ada)
        await ada.shows("CAS-00003", "Title", "Timeline")
        await ada.press("tab")
        await ada.press("end")
        await ada.write(" again")
        await ada.shows("Not saved: Title.")
        assert not the_case(world).title.endswith("again")
        await ada.press("ctrl+s")
        await ada.until(lambda: the_case(world).title.endswith(" again"))
        await ada.until(lambda: not body.form.edits)


async def test_what_is_not_saved_survives_a_switch_and_a_crash(world: World) -> None:
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("tab")
        await ada.press("end")
        await ada.write(" twice")
        await ada.press("escape", "comma")
        await ada.until(lambda: ada.session.apps.front is None)
        assert ada.session.conversation.display
        await ada.press("alt+2")
        await ada.until(lambda: ada.main.navigation.here != world.keys[KIANA])
    async with console(world) as ada:
        await kiana(ada)
        await ada.until(lambda: bool(ada.session.apps.views))
        await ada.press("full_stop")
        await ada.until(lambda: ready(ada))
        await ada.shows("Not saved: Title.")
        form = ada.session.apps.body.form
        assert form.edits["title"].endswith(" twice")
        assert not the_case(world).title.endswith("twice")


async def test_what_somebody_else_changed_is_said_and_not_overwritten(world: World) -> None:
    async with console(world) as ada:
        body = await open_case(ada)
        await ada.press("tab")
        await ada.press("end")
        await ada.write(" mine")
        world.call("case.update", case=the_case(world).id, title="Theirs", product="Router 7")
        await ada.shows("Conflict: changed to Theirs", "Router 7")
        assert body.form.edits["title"].endswith(" mine")
        await ada.press("ctrl+z")
        await ada.until(lambda: not body.form.edits)
        assert body.query_one("#field-title", Input).value == "Theirs"


async def test_a_tab_with_something_unsaved_is_closed_only_on_purpose(world: World) -> None:
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("tab")
        await ada.write("x")
        await ada.press("escape", "q")
        await ada.shows("Close CAS-00003?")
        await ada.press("escape")
        await ada.until(lambda: not ada.app.screen.query("#dialog"))
        assert ada.session.apps.front is not None
        await ada.press("q")
        await ada.shows("Close CAS-00003?")
        await ada.press("enter")
        await ada.until(lambda: ada.session.apps.front is None)
        assert ada.session.apps.views == []


async def test_a_case_is_cancelled_and_reopened_from_its_tab(world: World) -> None:
    async with console(world) as ada:
        await open_case(ada)
        await ada.press("X")
        await ada.shows("Cancel CAS-00003")
        await ada.write("a twin of another")
        await ada.press("enter")
        await ada.until(lambda: the_case(world).status is CaseStatus.CANCELLED)
        await ada.shows("a twin of another", "cancelled")
        await ada.press("O")
        await ada.until(lambda: the_case(world).status is CaseStatus.ACTIVE)
        await ada.until(lambda: ada.session.apps.body.query("#field-title"))


async def test_a_customer_is_opened_and_leads_to_their_cases(world: World) -> None:
    async with console(world) as ada:
        await kiana(ada)
        await ada.press("i")
        await ada.until(lambda: ready(ada))
        await ada.shows("kiana@example.com", "New address", "Entitlements", "Cases")
        await ada.press("c")
        await ada.until(lambda: len(ada.session.apps.views) == 3)
        await ada.press("ctrl+pageup")
        await ada.until(lambda: ada.session.apps.front_name.startswith("customer"))


async def test_a_job_title_is_typed_shown_in_the_summary_and_taken_back(world: World) -> None:
    def title() -> str:
        item = world.call("conversation.get", conversation=world.keys[KIANA])
        return str(world.call("customer.get", customer=item.customer_id).title)

    async with console(world) as ada:
        await kiana(ada)
        await ada.press("i")
        await ada.until(lambda: ready(ada))
        await ada.shows("Job title")
        await ada.press("tab", "down", "down")
        await ada.write("Head of IT")
        await ada.shows("Not saved: Job title.")
        await ada.press("ctrl+s")
        await ada.until(lambda: title() == "Head of IT")
        await ada.press("escape", "q")
        await ada.until(lambda: ada.session.apps.front is None)
        ada.app.clear_notifications()  # what it says stands over the summary
        await ada.shows("Head of IT")
        await ada.press("u")
        await ada.until(lambda: title() == "")


async def test_a_refused_edit_stays_and_says_why(world: World) -> None:
    async with console(world) as ada:
        body = await open_case(ada)
        await ada.press("tab")
        await ada.until(lambda: ada.app.focused is body.query_one("#field-title", Input))
        await ada.press("tab", "tab", "tab", "tab", "tab")
        assert ada.app.focused is body.query_one("#field-owner", Input)
        await ada.write("nobody-here")
        await ada.press("ctrl+s")
        await ada.until(lambda: bool(ada.app._notifications))
        assert body.form.edits["owner"].endswith("nobody-here")
        assert the_case(world).owner_name != "nobody-here"


async def open_timeline(ada: Driver) -> Any:
    await kiana(ada)
    await ada.press("T")
    await ada.until(lambda: ada.session.apps.body is not None)
    await ada.until(lambda: ada.session.apps.body.query("#timeline-words"))
    return ada.session.apps.body


async def test_a_timeline_is_narrowed_by_kind_and_by_words(world: World) -> None:
    async with console(world) as ada:
        body = await open_timeline(ada)
        await ada.shows("Router drops, restarted it with her", "CAS-00003")
        body.query_one("#timeline-kind").focus()
        await ada.until(lambda: body.query_one("#timeline-kind").has_focus)
        await ada.press("c", "c", "c")
        await ada.until(lambda: body.query_one("#timeline-kind").value == "cases")
        await ada.until(lambda: not [a for a in body.rows if a.kind not in ("case", "event")])
        assert body.rows
        await ada.press("a", "tab")
        await ada.write("restarted her")
        await ada.until(lambda: body.rows and [a.kind for a in body.rows] == ["call"])
        await ada.write("zzz")
        await ada.shows("No entries.")


async def test_what_was_missed_is_marked_and_then_it_is_not(world: World) -> None:
    async with console(world) as ada:
        await open_timeline(ada)
        await ada.shows("Timeline")
        await ada.press("escape", "q")
        await ada.until(lambda: ada.session.apps.front is None)
        item = world.call("conversation.get", conversation=world.keys[KIANA])
        world.clock.advance(60_000)
        world.call("timeline.add", customer=item.customer_id, kind="call", title="Rang about it")
        await open_timeline(ada)
        await ada.shows("1 new since you looked", "Rang about it")
        body = ada.session.apps.body
        body.query_one("#timeline-kind").focus()
        await ada.until(lambda: body.query_one("#timeline-kind").has_focus)
        await ada.press("n")
        await ada.until(lambda: [a.title for a in body.rows] == ["Rang about it"])
        await ada.press("escape", "q")
        await ada.until(lambda: ada.session.apps.front is None)
        await open_timeline(ada)
        await ada.shows("nothing new since you looked")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("record", ["c", "i", "T"])
def test_record(record: str, size: str, world: World, snap_compare: Any) -> None:
    keys = ["alt+1", record]
    assert snap_compare(world.app(), terminal_size=SIZES[size], run_before=after(keys))
