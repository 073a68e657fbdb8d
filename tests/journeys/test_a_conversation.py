from driver import Driver, console
from prepared import KIANA, MARCUS, SECOND, World, ringing

from omnitui.model.conversation import ConversationState, Delivery


def said(world: World, key: int) -> list[tuple[str, str]]:
    """What was said lately, as kind and text."""
    lines = world.call("conversation.messages", conversation=key, limit=10)
    return [(line.kind.value, line.text) for line in lines]


async def go_to(ada: Driver, address: str) -> int:
    key = ada.world.keys[address]
    await ada.until(lambda: key in ada.main.order)
    await ada.press(f"alt+{ada.main.order.index(key) + 1}")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    return key


async def test_an_offer_becomes_a_session_and_is_answered(world: World) -> None:
    ringing(world)
    async with console(world) as ada:
        await ada.shows("Offer")
        await ada.press("y")
        await ada.until(lambda: not ada.main.board.ringing)
        key = ada.main.navigation.here
        assert key is not None
        await ada.press("r")
        await ada.write("Good afternoon! Which box do you have?")
        await ada.press("enter")
        await ada.shows("Good afternoon! Which box do you have?")
        assert ada.session.conversation.composer.text == ""
        line = world.call("conversation.messages", conversation=key, limit=1)[0]
        assert line.delivery is Delivery.HELD
        world.until(world.clock.now() + 9 * SECOND)
        await ada.shows("✓ sent")


async def test_a_reply_is_taken_back_in_time(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("r")
        await ada.write("This is nonsense")
        await ada.press("enter")
        await ada.until(lambda: ("message", "This is nonsense") in said(world, key))
        await ada.press("escape", "u")
        await ada.until(lambda: ada.session.conversation.composer.text == "This is nonsense")
        line = world.call("conversation.messages", conversation=key, limit=1)[0]
        assert line.delivery is Delivery.UNSENT


async def test_a_note_stays_among_agents(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("n")
        await ada.write("She will move to Kelby in May.")
        await ada.press("ctrl+s")
        await ada.until(lambda: ("note", "She will move to Kelby in May.") in said(world, key))
        await ada.shows("only agents read this", "She will move to Kelby in May.")


async def test_enter_is_a_new_line_where_nobody_waits(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, MARCUS)
        before = said(world, key)
        await ada.press("r")
        await ada.write("Hello Marcus,")
        await ada.press("enter")
        await ada.write("the second charge is on its way back.")
        await ada.pilot.pause()
        assert said(world, key) == before
        await ada.press("ctrl+s")
        letter = "Hello Marcus,\nthe second charge is on its way back."
        await ada.until(lambda: ("message", letter) in said(world, key))


async def test_a_quick_reply_is_found_filled_and_sent(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("slash")
        await ada.shows("Quick replies")
        await ada.write("greet")
        await ada.shows("/greeting")
        await ada.press("enter")
        hello = "Hi Kiana, this is Ada. How can I help?"
        await ada.until(lambda: ada.session.conversation.composer.text == hello)
        await ada.press("enter")
        await ada.until(lambda: ("message", hello) in said(world, key))


async def test_knowledge_is_found_read_and_put_into_the_reply(world: World) -> None:
    async with console(world) as ada:
        await go_to(ada, KIANA)
        await ada.press("k")
        await ada.write("peak")
        await ada.shows("Router drops at peak hours")
        await ada.press("enter")
        await ada.shows("What to do", "Choose Update now")
        await ada.press("i")
        await ada.until(
            lambda: "Update Router 6 to 2.1.4" in ada.session.conversation.composer.text
        )


async def test_a_case_is_created_from_what_was_said_and_linked(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("m")
        await ada.shows("New case for Kiana Anderson", "my router drops every evening")
        await ada.press("ctrl+s")
        await ada.shows("CAS-00004")
        item = world.call("conversation.get", conversation=key)
        assert world.call("case.get", case=item.case_id).number == "CAS-00004"


async def test_another_case_is_linked(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("l")
        await ada.shows("Link a case of Kiana Anderson", "Wi-Fi slow upstairs")
        await ada.write("wi-fi")
        await ada.lacks("Firmware 2.1.3 restarts at night")
        await ada.press("enter")
        await ada.until(
            lambda: (
                world.call(
                    "case.get", case=world.call("conversation.get", conversation=key).case_id
                ).title
                == "Wi-Fi slow upstairs"
            )
        )


async def test_a_conversation_is_ended_and_closed_for_good(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("e")
        await ada.shows("End the conversation with Kiana Anderson?")
        await ada.press("enter")
        await ada.shows("Ada Byron ended the conversation")
        await ada.press("w")
        await ada.shows("Disposition")
        await ada.press("enter")
        await ada.until(lambda: ada.main.navigation.here is None)
        item = world.call("conversation.get", conversation=key)
        assert item.state is ConversationState.CLOSED
        assert item.disposition == "Solved"
        await ada.shows("Closed today 5")


async def test_esc_leaves_everything_as_it_was(world: World) -> None:
    async with console(world) as ada:
        key = await go_to(ada, KIANA)
        await ada.press("e")
        await ada.shows("End the conversation with Kiana Anderson?")
        await ada.press("escape")
        await ada.lacks("End the conversation with Kiana Anderson?")
        assert world.call("conversation.get", conversation=key).state is ConversationState.ACTIVE
