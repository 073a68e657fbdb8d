import signal

import pytest
from driver import console
from prepared import BJORN, KIANA, MARCUS, PRIYA, World, ringing

from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.main.screen import MainScreen


async def test_it_opens_on_home_with_what_waits_longest_first(world: World) -> None:
    async with console(world) as ada:
        await ada.shows("My work 5", "Open 5", "Closed today 4")
        rows = [line for line in ada.lines if " active " in line or " wrap-up " in line]
        assert "Marcus Lee" in rows[0]
        assert "12:00" in rows[0]


async def test_an_offer_rings_and_y_takes_it(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer", "Visitor", "why you", "Accept", "Decline", "accepts")
        offered = ada.main.offers.first
        assert offered is not None
        await ada.press("y")
        await ada.until(lambda: ada.main.navigation.here == offered.conversation_id)
        await ada.shows("Ada Byron joined")
        assert world.call("conversation.get", conversation=offered.conversation_id).agent_id == 1


async def test_declining_gives_it_to_nobody_while_nobody_else_has_room(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer")
        offered = ada.main.offers.first
        assert offered is not None
        await ada.press("N")
        await ada.until(lambda: offered.conversation_id not in ada.main.board.ringing)
        item = world.call("conversation.get", conversation=offered.conversation_id)
        assert item.offered_to is None


async def test_an_offer_is_taken_while_typing_only_by_its_own_key(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer")
        await ada.press("r", "y")
        assert ada.session.conversation.composer.text == "y"
        await ada.shows("^y", "Esc N")
        await ada.press("ctrl+y")
        await ada.until(lambda: not ada.main.board.ringing)
        await ada.until(lambda: ada.main.navigation.here != world.keys[KIANA])


@pytest.mark.parametrize(("size", "rows"), [((80, 24), 1), ((120, 36), 2), ((160, 45), 2)])
async def test_an_offer_has_rows_of_its_own_and_moves_nothing_that_is_read(
    world: World, size: tuple[int, int], rows: int
) -> None:
    async with console(world, size) as ada:
        await ada.shows("No offers")
        body = ada.main.query_one("#body").region
        assert ada.main.offers.region.height == rows
        assert ada.main.offers.region.bottom == body.y
        ringing(world)
        await ada.shows("Offer", "accepts", "to others")
        assert ada.main.query_one("#body").region == body
        assert not ada.main.offers.region.overlaps(body)


async def test_what_keys_mean_is_said_in_a_word(world: World) -> None:
    async with console(world) as ada:
        assert ada.footer.startswith(" KEYS ")
        await ada.press("f")
        await ada.until(lambda: ada.footer.startswith(" TEXT "))
        await ada.press("escape", "alt+1")
        await ada.shows("KEYS  reply to Kiana, on live chat")
        await ada.press("r")
        await ada.until(lambda: ada.footer.startswith(" REPLY "))
        await ada.shows("REPLY  to Kiana, on live chat")
        await ada.press("ctrl+n")
        await ada.until(lambda: ada.footer.startswith(" NOTE "))
        await ada.shows("NOTE  agents only")
        await ada.press("escape")
        await ada.until(lambda: ada.footer.startswith(" KEYS "))
        await ada.shows("KEYS  note, agents only")


@pytest.mark.parametrize("typed", ["I am looking", ""])
async def test_who_comes_back_to_what_they_wrote_is_told_that_keys_are_text(
    world: World, typed: str
) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("r")
        await ada.write(typed)
        await ada.press("alt+2")
        await ada.until(lambda: ada.main.navigation.here == world.keys[MARCUS])
        await ada.press("alt+1")
        await ada.shows("you were writing here: keys are text", "Esc gives commands")
        await ada.shows("keys are text here, Esc gives commands")
        await ada.press("right", "x")
        await ada.lacks("you were writing here", "keys are text here")
        assert ada.session.conversation.composer.text == typed + "x"


@pytest.mark.parametrize("size", [(120, 36), (160, 45)])
async def test_the_pane_that_has_the_keys_has_a_bar_before_its_title(
    world: World, size: tuple[int, int]
) -> None:
    async with console(world, size) as ada:
        await ada.press("alt+1")
        await ada.shows("▌◆ Kiana Anderson")
        await ada.press("f6")
        await ada.shows("▌Summary")
        await ada.lacks("▌◆ Kiana Anderson")
        await ada.press("f6")
        await ada.shows("▌Assist")
        await ada.lacks("▌Summary")


async def test_the_record_of_another_customer_is_named_over_it(world: World) -> None:
    marcus = world.call("conversation.get", conversation=world.keys[MARCUS])
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("i")
        await ada.shows("customer since", "Entitlements")
        assert "Another customer" not in ada.text
        ada.main.beside.open_record(AppTab(AppKind.CUSTOMER, marcus.customer_id, "Marcus Lee"))
        await ada.shows("! Another customer: Marcus Lee.  You are writing to Kiana Anderson.")
        await ada.press("q")
        await ada.lacks("Another customer")


async def test_the_header_says_how_much_is_in_hand_once(world: World) -> None:
    async with console(world, (160, 45)) as ada:
        await ada.shows("◐ Busy  load 95/100")
        assert "units in use" not in ada.lines[0]


async def test_times_are_right_from_the_first_frame_after_a_switch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing but the switch itself may bring the times up to date.
    monkeypatch.setattr(MainScreen, "_tick", lambda screen: None)
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.shows("waiting 0:42")
        await ada.press("g", "h")
        await ada.until(lambda: ada.main.navigation.here is None)
        world.clock.advance(60_000)
        await ada.go(world.keys[KIANA])
        await ada.shows("waiting 1:42")
        await ada.shows("waiting        1:42")


async def test_what_is_said_again_is_counted_and_not_said_beside_it(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+9", "alt+9", "alt+9", "alt+8")
        await ada.told("There is no session 8.")
        assert [said for said in ada.toasts if said.startswith("There is no session")] == [
            "There is no session 9. (3 times)",
            "There is no session 8.",
        ]


@pytest.mark.parametrize("ascii", [False, True])
async def test_a_session_that_was_left_with_something_begun_has_a_mark(
    world: World,
    ascii: bool,  # noqa: A002 - the option's own name
) -> None:
    world.ada("session.draft", conversation=world.keys[BJORN], text="Hei", kind="note")
    sign = "%" if ascii else "✎"
    async with console(world, (160, 45), ascii=ascii) as ada:
        await ada.until(lambda: ada.tabs.count(f" {sign}") == 1)
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("r")
        await ada.write("I am looking")
        await ada.press("alt+2")
        await ada.until(lambda: ada.tabs.count(f" {sign}") == 2)
        assert f" {sign}" in ada.tabs[: ada.tabs.index("Marcus")]
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.until(lambda: ada.tabs.count(f" {sign}") == 1)


async def test_the_table_of_keys_is_searched_by_what_a_key_does_or_is_called(world: World) -> None:
    async with console(world) as ada:
        await ada.press("question_mark")
        await ada.shows("A key, or what it does", "acts where you are")
        await ada.press(*"transfer")
        await ada.shows("Transfer")
        await ada.lacks("Quick reply")
        await ada.press(*["backspace"] * 8, "N")
        await ada.shows("Decline the offer")
        await ada.lacks("to another agent or queue")
        await ada.press("z", "z", "z")
        await ada.shows("No key found.")
        await ada.press(*["backspace"] * 4)
        await ada.shows("acts where you are")
        before = ada.text
        await ada.press("pagedown")
        await ada.until(lambda: ada.text != before)
        await ada.press("escape")
        await ada.until(lambda: ada.app.screen is ada.main)


async def test_an_offer_that_runs_out_says_what_follows(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer")
        world.clock.advance(200_000)
        await ada.told("You are Inactive and get no offers.")
        await ada.shows("◌ Inactive")
        await ada.go(None)
        await ada.shows("You are Inactive")
        world.ada("agent.set_presence", presence="available")
        await ada.lacks("You are Inactive")


async def test_the_next_one_in_need_is_a_key_away_and_so_is_the_way_back(world: World) -> None:
    async with console(world) as ada:
        await ada.press("right_square_bracket")
        await ada.until(lambda: ada.main.navigation.here == world.keys[MARCUS])
        await ada.press("right_square_bracket")
        await ada.until(lambda: ada.main.navigation.here == world.keys[PRIYA])
        await ada.press("left_square_bracket")
        await ada.until(lambda: ada.main.navigation.here == world.keys[MARCUS])
        await ada.press("g", "h")
        await ada.until(lambda: ada.main.navigation.here is None)


@pytest.mark.parametrize("keys", [("alt+3",), ("g", "3")])
async def test_a_session_is_reached_by_its_number(world: World, keys: tuple[str, ...]) -> None:
    async with console(world) as ada:
        await ada.press(*keys)
        await ada.until(lambda: ada.main.navigation.here == world.keys[BJORN])
        await ada.shows("fredag kl. 12")


async def test_a_number_without_a_session_is_said(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+9")
        await ada.told("There is no session 9.")


async def test_what_another_console_does_is_seen(world: World) -> None:
    async with console(world) as ada:
        await ada.shows("Open 5")
        world.by("bo", "conversation.pick", conversation=world.keys["web-401"])
        await ada.shows("Open 4")
        world.says(KIANA, "are you still there?")
        await ada.shows("are you still there?")


async def test_a_session_that_is_closed_elsewhere_goes_from_the_tabs(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        world.ada("session.close", conversation=world.keys[KIANA])
        await ada.until(lambda: ada.main.navigation.here is None)
        assert "Kiana" not in ada.tabs


async def test_presence_is_chosen_with_what_it_means(world: World) -> None:
    async with console(world) as ada:
        await ada.press("p")
        await ada.shows("Busy now", "until you next accept or close")
        await ada.shows("no offers until you change it")
        await ada.press("4")
        await ada.shows("Away: You chose it")


async def test_why_a_command_cannot_run_is_said(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: "Reply" in ada.footer)
        await ada.press("z")
        await ada.told("A live conversation cannot be snoozed")


async def test_a_refusal_of_the_desk_is_said(world: World) -> None:
    async with console(world) as ada:
        await ada.press("tab")
        await ada.shows("unassigned")
        taken = ada.main.home.selected
        # Between what the screen shows and the key, somebody else is quicker.
        world.by("bo", "conversation.pick", conversation=taken)
        await ada.press("enter")
        await ada.until(lambda: ada.toasts or ada.main.navigation.here == taken)
        assert world.call("conversation.get", conversation=taken).agent_name == "Bo Lindqvist"


async def test_the_footer_follows_the_focus(world: World) -> None:
    async with console(world) as ada:
        assert "Next list" in ada.footer
        await ada.press("alt+1")
        await ada.until(lambda: "Reply" in ada.footer)
        await ada.press("r")
        await ada.until(lambda: "^p Commands" in ada.footer and "F1 Keys" in ada.footer)
        assert "Reply or note" in ada.footer


async def test_leaving_keeps_the_draft_and_goes_offline(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("r")
        await ada.write("I am looking at")
        await ada.press("ctrl+q")
        await ada.until(lambda: ada.app._exit)
    assert world.ada("agent.get").presence == "offline"
    kept = {s.conversation_id: s.draft_reply for s in world.ada("session.list")}
    assert kept[world.keys[KIANA]] == "I am looking at"


async def test_ended_from_outside_it_leaves_as_the_agent_would(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.press("r")
        await ada.write("I am looking at")
        signal.raise_signal(signal.SIGTERM)
        await ada.until(lambda: ada.app._exit)
    assert world.ada("agent.get").presence == "offline"
    kept = {s.conversation_id: s.draft_reply for s in world.ada("session.list")}
    assert kept[world.keys[KIANA]] == "I am looking at"


async def test_keys_struck_faster_than_a_dialog_comes_ask_once(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.session is not None)
        for _ in range(3):
            ada.main.action_command("session.link")
        await ada.until(lambda: ada.app.screen.query("#dialog"))
        await ada.until(lambda: sum(w.group == "command" for w in ada.app.workers) == 1)
        await ada.press("escape")
        await ada.until(lambda: ada.app.screen is ada.main)
        await ada.rests()
        assert ada.app.screen is ada.main
