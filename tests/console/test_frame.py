import signal

import pytest
from driver import console
from prepared import BJORN, KIANA, MARCUS, PRIYA, World, ringing


async def test_it_opens_on_home_with_what_waits_longest_first(world: World) -> None:
    async with console(world) as ada:
        await ada.shows("My work 5", "Open 5", "Closed today 4")
        rows = [line for line in ada.lines if " active " in line or " wrap-up " in line]
        assert "Marcus Lee" in rows[0]
        assert "12:00" in rows[0]


async def test_an_offer_rings_and_y_takes_it(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer", "Visitor", "why you", "Accept", "Decline")
        offered = ada.main.offers.first
        assert offered is not None
        await ada.press("y")
        await ada.until(lambda: ada.main.going.here == offered.conversation_id)
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
        await ada.until(lambda: ada.main.going.here != world.keys[KIANA])


async def test_an_offer_stands_clear_of_the_field_that_is_typed_into(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer")
        await ada.press("k")
        await ada.until(lambda: ada.main._typing())
        field = ada.app.focused
        assert field is not None
        await ada.until(lambda: not field.region.overlaps(ada.main.offers.region))


async def test_an_offer_that_runs_out_says_what_follows(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer")
        world.clock.advance(200_000)
        await ada.told("You are Inactive: nothing is offered to you until you choose another")
        await ada.shows("◌ Inactive")


async def test_the_next_one_in_need_is_a_key_away_and_so_is_the_way_back(world: World) -> None:
    async with console(world) as ada:
        await ada.press("right_square_bracket")
        await ada.until(lambda: ada.main.going.here == world.keys[MARCUS])
        await ada.press("right_square_bracket")
        await ada.until(lambda: ada.main.going.here == world.keys[PRIYA])
        await ada.press("left_square_bracket")
        await ada.until(lambda: ada.main.going.here == world.keys[MARCUS])
        await ada.press("g", "h")
        await ada.until(lambda: ada.main.going.here is None)


@pytest.mark.parametrize("keys", [("alt+3",), ("g", "3")])
async def test_a_session_is_reached_by_its_number(world: World, keys: tuple[str, ...]) -> None:
    async with console(world) as ada:
        await ada.press(*keys)
        await ada.until(lambda: ada.main.going.here == world.keys[BJORN])
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
        await ada.until(lambda: ada.main.going.here == world.keys[KIANA])
        world.ada("session.close", conversation=world.keys[KIANA])
        await ada.until(lambda: ada.main.going.here is None)
        assert "Kiana" not in ada.tabs


async def test_presence_is_chosen_with_what_it_means(world: World) -> None:
    async with console(world) as ada:
        await ada.press("p")
        await ada.shows("Busy now", "holds until the next accept or close")
        await ada.shows("no offers until you change it")
        await ada.press("4")
        await ada.shows("Away: You chose it")


async def test_why_a_command_cannot_run_is_said(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.until(lambda: "Reply" in ada.footer)
        await ada.press("z")
        await ada.told("A live conversation cannot be put off")


async def test_a_refusal_of_the_desk_is_said(world: World) -> None:
    async with console(world) as ada:
        await ada.press("tab")
        await ada.shows("with nobody")
        taken = ada.main.home.selected
        # Between what the screen shows and the key, somebody else is quicker.
        world.by("bo", "conversation.pick", conversation=taken)
        await ada.press("enter")
        await ada.until(lambda: ada.toasts or ada.main.going.here == taken)
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
        await ada.until(lambda: ada.main.going.here == world.keys[KIANA])
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
        await ada.until(lambda: ada.main.going.here == world.keys[KIANA])
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
        await ada.until(lambda: ada.main.session_view is not None and ada.session.painted)
        for _ in range(3):
            ada.main.action_command("session.link")
        await ada.until(lambda: ada.app.screen.query("#dialog"))
        await ada.until(lambda: sum(w.group == "session" for w in ada.app.workers) == 1)
        await ada.press("escape")
        await ada.until(lambda: ada.app.screen is ada.main)
        await ada.rests()
        assert ada.app.screen is ada.main
