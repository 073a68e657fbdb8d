"""A shift beside a console: the first customer is the person's, and it goes on where it stood."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.model.conversation import ConversationState, Message, Speaker
from omnitui.store.engine import Store
from omnitui.training.feed import Feed
from omnitui.training.scenario import load, names

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
START = 1_772_442_000_000


@pytest.fixture
def desk(settle_in: Callable[[Desk], None], store_path: Path) -> Iterator[Desk]:
    desk = Desk(Store(store_path), ManualClock(START))
    settle_in(desk)
    yield desk
    desk.close()


def ada(desk: Desk) -> Actor:
    agent = desk.call("agent.get", SYSTEM, agent="ada")
    return Actor(ActorKind.AGENT, agent.id, agent.name)


def feed_of(desk: Desk, scenario: str = "quiet-morning", seed: int = 3) -> Feed:
    found = load(scenario)
    return Feed(
        desk,
        found,
        Random(seed),
        agents=["bo", "chidi"][: found.colleagues],
        human="ada",
        seed=seed,
    )


def run(desk: Desk, feed: Feed, for_ms: int, each: Callable[[], None] = lambda: None) -> None:
    """Let time pass, looking in between at least once a second."""
    clock = desk.clock
    assert isinstance(clock, ManualClock)
    until = clock.now() + for_ms
    while clock.now() < until:
        due = feed.step()
        each()
        clock.set(min(until, max(clock.now() + 1, min(due or until, clock.now() + 1_000))))
    feed.step()


def lines(desk: Desk) -> list[Message]:
    rows = desk.call("conversation.list", SYSTEM, limit=1_000)
    return [
        line
        for row in rows
        if row.created_at >= START
        for line in desk.call("conversation.messages", SYSTEM, conversation=row.id, limit=1_000)
        if line.speaker is Speaker.CUSTOMER
    ]


@pytest.mark.parametrize("scenario", names())
@pytest.mark.parametrize("seed", [1, 2, 7])
def test_the_first_customer_rings_at_the_person_within_five_seconds(
    desk: Desk, scenario: str, seed: int
) -> None:
    me = ada(desk)
    desk.call("agent.set_presence", me, presence="available")
    run(desk, feed_of(desk, scenario, seed), 5_000)
    assert desk.call("conversation.offers", me)


def test_the_first_customer_waits_a_little_for_the_person_to_be_there(desk: Desk) -> None:
    feed, me = feed_of(desk), ada(desk)
    run(desk, feed, 5_000)
    assert lines(desk) == []
    desk.call("agent.set_presence", me, presence="available")
    run(desk, feed, 1_000)
    assert desk.call("conversation.offers", me)


def test_nobody_waits_for_a_person_who_never_comes(desk: Desk) -> None:
    run(desk, feed_of(desk), MINUTE)
    assert lines(desk) != []


def serve(desk: Desk, feed: Feed, minutes: int) -> None:
    """Somebody at the console who accepts everything and answers with one sentence each."""
    me = ada(desk)

    def work() -> None:
        for row in desk.call("conversation.offers", me):
            desk.attempt("conversation.accept", me, conversation=row.id)
            desk.attempt(
                "conversation.reply", me, conversation=row.id, text="Hello, let me look into this."
            )

    run(desk, feed, minutes * MINUTE, work)


def test_a_shift_goes_on_where_it_stood_and_nobody_begins_again(desk: Desk) -> None:
    desk.call("agent.set_presence", ada(desk), presence="available")
    serve(desk, feed_of(desk), 12)
    before = lines(desk)
    assert len(before) > 5
    assert isinstance(desk.clock, ManualClock)
    desk.clock.set(desk.clock.now() + DAY)
    again = feed_of(desk)
    run(desk, again, 1_000)
    assert Counter(line.id for line in lines(desk)) == Counter(line.id for line in before)
    serve(desk, again, 30)
    after = lines(desk)
    assert len(after) > len(before)
    whole = Counter((line.author, line.text) for line in after)
    assert [said for said in whole if whole[said] > 1 and len(said[1]) > 60] == []


def test_a_shift_without_a_break_and_one_with_it_have_the_same_customers(
    desk: Desk, settle_in: Callable[[Desk], None], tmp_path: Path
) -> None:
    """Who comes when is the scenario's and the seed's; a break only puts it off."""

    def arrived(on: Desk) -> set[str]:
        rows = on.call("conversation.list", SYSTEM, limit=1_000)
        return {row.address for row in rows if row.created_at >= START}

    serve(desk, feed_of(desk), 10)
    assert isinstance(desk.clock, ManualClock)
    desk.clock.set(desk.clock.now() + DAY)
    serve(desk, feed_of(desk), 10)
    other = Desk(Store(tmp_path / "other.db"), ManualClock(START))
    settle_in(other)
    serve(other, feed_of(other), 20)
    assert arrived(desk) == arrived(other)
    other.close()


def test_another_shift_begins_when_all_have_come_and_gone(desk: Desk) -> None:
    feed = feed_of(desk, "one-customer-four-channels")
    serve(desk, feed, 180)
    assert feed.over
    feed.end()
    before = len(lines(desk))
    run(desk, feed_of(desk, "one-customer-four-channels"), MINUTE)
    assert len(lines(desk)) > before


def test_who_gives_up_on_one_channel_comes_on_another(desk: Desk) -> None:
    feed = feed_of(desk, "one-customer-four-channels")
    run(desk, feed, 90 * MINUTE)
    said = {line.channel for line in lines(desk) if line.author == "Kiana Anderson"}
    assert "chat" in said


def test_a_break_between_two_channels_loses_nobody(desk: Desk) -> None:
    feed = feed_of(desk, "one-customer-four-channels")

    def hers() -> set[str]:
        return {line.channel for line in lines(desk) if line.author == "Kiana Anderson"}

    for _ in range(90):
        if hers() == {"web"} and feed.customers.finished:
            break
        run(desk, feed, 30_000)
    assert hers() == {"web"}, "she was on the portal alone before the break"
    assert isinstance(desk.clock, ManualClock)
    desk.clock.set(desk.clock.now() + DAY)
    again = feed_of(desk, "one-customer-four-channels")
    run(desk, again, 15 * MINUTE)
    assert "chat" in hers()


def answer(desk: Desk, feed: Feed, for_ms: int, *, closes: str) -> None:
    """Somebody who answers whatever is said, and takes their leave in a way of their own."""
    me = ada(desk)

    def work() -> None:
        for row in desk.call("conversation.offers", me):
            desk.attempt("conversation.accept", me, conversation=row.id, anyway=True)
        for _, row in desk.call("session.tabs", me):
            unanswered = row.last_speaker is Speaker.CUSTOMER
            if row.state is ConversationState.ACTIVE and unanswered:
                text = "Please update to 2.1.4 and change the channel; I confirm the credit."
                desk.call("conversation.reply", me, conversation=row.id, text=text)
                if closes == "at once" and "call" in row.last_text:
                    desk.call("conversation.finish", me, conversation=row.id)
            elif row.state is ConversationState.WRAP_UP and closes != "never":
                desk.call("conversation.close", me, conversation=row.id)

    run(desk, feed, for_ms, work)


def channels_of(desk: Desk, name: str) -> list[str]:
    rows = desk.call("conversation.list", SYSTEM, limit=1_000)
    begun = sorted((row.created_at, row.channel) for row in rows if row.name == name)
    return [channel for at, channel in begun if at >= START]


@pytest.mark.parametrize("closes", ["at once", "in wrap-up", "never"])
@pytest.mark.parametrize("minutes", [0.0, 4.0, 5.5])
def test_a_break_anywhere_keeps_nobody_from_coming_back_on_the_next_channel(
    desk: Desk, closes: str, minutes: float
) -> None:
    me = ada(desk)
    desk.call("agent.set_presence", me, presence="available")
    first = feed_of(desk, "one-customer-four-channels")
    answer(desk, first, int(minutes * MINUTE), closes=closes)
    assert isinstance(desk.clock, ManualClock)
    desk.call("agent.set_presence", me, presence="offline")
    desk.clock.set(desk.clock.now() + 90 * MINUTE)
    desk.run_due()
    desk.call("agent.set_presence", me, presence="available")
    again = feed_of(desk, "one-customer-four-channels")
    answer(desk, again, 20 * MINUTE, closes=closes)
    assert channels_of(desk, "Kiana Anderson")[:3] == ["web", "chat", "phone"]


def test_signing_in_after_a_break_ends_nothing_of_it(desk: Desk) -> None:
    desk.call("agent.set_presence", ada(desk), presence="available")
    serve(desk, feed_of(desk), 5)
    assert isinstance(desk.clock, ManualClock)
    desk.clock.set(desk.clock.now() + DAY)
    desk.call("agent.set_presence", ada(desk), presence="busy")
    shift = desk.call("shift.begin", SYSTEM, scenario="quiet-morning", seed=3)
    assert DAY <= shift.stood_ms < DAY + 5 * MINUTE
