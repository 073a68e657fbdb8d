"""What a day needs many times: one text to many, one case for many, labels, the end, mentions."""

from typing import Any

from driver import console
from homelist import item
from prepared import GRETE, KIANA, MARCUS, World

from omnitui.model.conversation import ConversationState, MessageKind

S = ConversationState


def last(world: World, address: str) -> Any:
    key = world.keys[address]
    found = world.call("conversation.messages", conversation=key, limit=50)
    return [one for one in found if one.kind is MessageKind.MESSAGE][-1]


async def test_one_text_goes_to_all_that_is_marked_and_comes_back_in_one(world: World) -> None:
    async with console(world) as driver:
        await driver.go(None)
        await driver.press("g", "m")
        await driver.until(lambda: world.keys[KIANA] in driver.main.home.list.keys)
        count = len(driver.main.home.list.keys)
        await driver.press("asterisk")
        await driver.shows(f"{count} marked")
        await driver.press("r")
        await driver.shows("Reply to", "Filled for each")
        await driver.write("Dear {customer.first_name}, it works again.")
        await driver.shows("get it.", "it works again.", "1 not: ", "has ended")
        await driver.press("ctrl+s")
        await driver.shows("Replied to", "undoes it")
        assert last(world, KIANA).text == "Dear Kiana, it works again."
        assert last(world, KIANA).delivery == "held"
        await driver.press("u")
        await driver.told("Undone: replied to")
        assert last(world, KIANA).delivery == "unsent"


async def test_a_text_that_nobody_can_get_is_said_and_kept(world: World) -> None:
    async with console(world) as driver:
        await driver.go(None)
        await driver.press("g", "m", "r")
        await driver.shows("Filled for each")
        await driver.write("It is {customer.shoe_size}")
        await driver.shows("there is no slot {customer.shoe_size}")
        await driver.press("ctrl+s", "escape", "r")
        await driver.shows("It is {customer.shoe_size}")


async def test_one_case_is_linked_to_what_is_marked_of_its_customer(world: World) -> None:
    whose = item(world, KIANA).customer_id
    made = world.call("case.create", customer=whose, title="Wide outage", origin="chat")
    async with console(world) as driver:
        await driver.go(None)
        await driver.press("g", "m")
        await driver.until(lambda: world.keys[KIANA] in driver.main.home.list.keys)
        await driver.press("asterisk", "l")
        await driver.shows("Link a case to")
        await driver.press(*"wide")
        await driver.shows("Wide outage", "linked to 1 of")
        await driver.press("enter")
        await driver.shows(f"Linked {made.number} to 1 of")
        assert item(world, KIANA).case_id == made.id
        await driver.press("u")
        await driver.until(lambda: item(world, KIANA).case_id != made.id)


async def test_labels_from_within_a_session(world: World) -> None:
    world.call("conversation.label", conversation=world.keys[MARCUS], add=["vip"])
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.press("B")
        await driver.shows("Label Kiana", "known: ", "vip")
        await driver.press(*"urgent", "enter")
        await driver.until(lambda: "urgent" in item(world, KIANA).labels)
        await driver.press("u")
        await driver.until(lambda: "urgent" not in item(world, KIANA).labels)


async def test_the_end_and_wrap_up_in_one_step(world: World) -> None:
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.press("Q")
        await driver.shows("End and close the conversation with Kiana", "and closes it")
        await driver.press("enter")
        await driver.until(lambda: item(world, KIANA).state is S.CLOSED)
        assert item(world, KIANA).disposition == "Solved"
        await driver.press("u")
        await driver.until(lambda: item(world, KIANA).state is S.ACTIVE)


async def test_a_colleague_is_completed_in_a_note_and_told(world: World) -> None:
    others = [one for one in world.call("agent.list") if one.login != "ada"]
    bo = others[0]
    async with console(world) as driver:
        await driver.go(world.keys[GRETE])
        await driver.press("n")
        await driver.until(lambda: driver.session.conversation.composer.field.has_focus)
        await driver.press("at", *bo.login[:2])
        await driver.shows("Mention", f"@{bo.login}")
        await driver.press("tab", *"look")
        assert driver.session.conversation.composer.text == f"@{bo.login} look"
        await driver.press("ctrl+s")
        await driver.until(lambda: world.by(bo.login, "home.status").mentions == 1)


async def test_no_colleague_is_listed_in_a_reply_or_an_address(world: World) -> None:
    async with console(world) as driver:
        await driver.go(world.keys[KIANA])
        await driver.press("r", *"write to a", "at", *"bo")
        await driver.rests()
        assert not driver.session.conversation.mentions.looking
        await driver.press("ctrl+n", *"kiana", "at", *"bo")
        await driver.rests()
        assert not driver.session.conversation.mentions.looking


async def test_a_mention_is_in_the_status_line_until_it_is_seen(world: World) -> None:
    other = next(one for one in world.call("agent.list") if one.login != "ada")
    async with console(world, (160, 45)) as driver:
        key = world.keys[KIANA]
        world.by(other.login, "conversation.note", conversation=key, text="@ada ask her")
        await driver.told("mentions you about Kiana")
        await driver.shows("1 mention g @")
        await driver.go(None)
        await driver.press("g", "at")
        await driver.shows("Mentions", "@ada ask her")
        await driver.press("enter")
        await driver.until(lambda: driver.main.navigation.here == key)
        await driver.lacks("1 mention")
        assert world.ada("home.status").mentions == 0


async def test_mentions_from_before_are_told_when_the_console_starts(world: World) -> None:
    other = next(one for one in world.call("agent.list") if one.login != "ada")
    given = {"conversation": world.keys[KIANA], "text": "@ada ask her"}
    world.by(other.login, "conversation.note", **given)
    async with console(world) as driver:
        await driver.told("1 note mentions you.")
        await driver.press("g", "at")
        await driver.shows("@ada ask her")
        await driver.press("d")
        await driver.shows("seen, ")
        assert world.ada("home.status").mentions == 0
