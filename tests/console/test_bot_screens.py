"""The virtual agent in the console: what it does can be seen, and one key takes it over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import console
from pictures import SIZES, after
from prepared import SECOND, World

from omnitui.datafiles import folder
from omnitui.model.conversation import ConversationState

S = ConversationState
TOPICS = (folder() / "topics" / "support.toml").read_text(encoding="utf-8")
ADDRESS = "web-bot-1"


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    made.call("bot.set", bot="support", topics=TOPICS)
    made.call("workstream.create", name="Bot first", channels=["chat"], bot="support")
    made.desk.store.update("agents", made.agents["ada"].id, {"capacity": 400})
    yield made
    made.close()


def talks(world: World, *texts: str) -> int:
    """A stranger writes to the bot, and it answers each message; the conversation's key."""
    key = 0
    for text in texts:
        key = world.says(ADDRESS, text)
        world.until(world.clock.now() + 5 * SECOND)
    return key


def test_the_bot_answers(world: World, snap_compare: Any) -> None:
    key = talks(world, "is there an outage in my area", "20417")
    world.ada("session.open", conversation=key)
    world.ada("session.focus", conversation=key)
    assert snap_compare(world.app(), sizes=SIZES, run_before=after([]))


def test_handed_over(world: World, snap_compare: Any) -> None:
    key = talks(world, "is there an outage in my area", "20417", "yes it is")
    if world.call("conversation.get", conversation=key).offered_to is None:
        world.ada("conversation.pick", conversation=key, anyway=True)
    else:
        world.call("supervisor.assign", conversation=key, agent="ada", anyway=True)
    world.ada("session.focus", conversation=key)
    assert snap_compare(world.app(), sizes=SIZES, run_before=after([]))


async def test_one_key_takes_it_over(world: World) -> None:
    key = talks(world, "is there an outage in my area", "20417")
    async with console(world) as driver:
        world.ada("session.open", conversation=key)
        await driver.go(key)
        await driver.shows("with the bot", "20417")
        await driver.press("K")
        await driver.shows("took over from the bot")
        talk = world.call("conversation.get", conversation=key)
        assert (talk.state, talk.agent_id) == (S.ACTIVE, world.agents["ada"].id)
        await driver.lacks("with the bot")


async def test_whoever_replies_has_taken_over(world: World) -> None:
    key = talks(world, "is there an outage in my area")
    async with console(world) as driver:
        world.ada("session.open", conversation=key)
        await driver.go(key)
        await driver.shows("with the bot")
        await driver.press("r")
        await driver.write("Hello, this is Ada.")
        await driver.press("enter")
        await driver.shows("took over from the bot", "Hello, this is Ada.")
        assert world.call("conversation.get", conversation=key).agent_name == "Ada Byron"


async def test_a_hand_over_can_be_read_with_what_the_bot_knows(world: World) -> None:
    key = talks(world, "is there an outage in my area", "20417", "yes it is")
    world.call("supervisor.assign", conversation=key, agent="ada", anyway=True)
    async with console(world, size=(160, 60)) as driver:
        await driver.go(key)
        await driver.shows("bot handed over: the line may be down")
        await driver.shows("hand-over", "account", "20417")


async def test_taking_over_what_it_does_not_have_says_why(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "K")
        await driver.told("not with a virtual agent")


async def test_home_shows_what_the_bot_has_and_takes_it_over(world: World) -> None:
    key = talks(world, "is there an outage in my area")
    async with console(world) as driver:
        await driver.go(None)
        await driver.press("tab", "tab", "tab", "f", *"is:bot", "enter")
        await driver.shows("What is your account number?")
        await driver.shows("with the bot, waits for the customer. K takes it over.")
        await driver.press("K")
        await driver.in_front(key)
        assert world.call("conversation.get", conversation=key).agent_name == "Ada Byron"
