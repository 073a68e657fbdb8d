"""Suggestions in the Assist pane: cards with reasons, used, dismissed and rated by keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.model.suggestion import SuggestionKind
from omnitui.rules.learning.learner import Learner
from omnitui.store import journal, suggestions

LAMP = "the lamp on my router is amber"
MONEY = "my invoice has the wrong sum"
LEARNT = {
    SuggestionKind.QUEUE: (("Internet", LAMP), ("Billing", MONEY)),
    SuggestionKind.REPLY: (("line-test", LAMP), ("goodbye", "thanks, that is all, bye")),
    SuggestionKind.PRIORITY: (("low", LAMP), ("high", MONEY)),
    SuggestionKind.PRODUCT: (("Fibre 500", LAMP), ("Billing", MONEY)),
}


def teach(world: World) -> World:
    """What such a desk has learnt by now."""
    store = world.desk.store
    for kind, labels in LEARNT.items():
        learner = Learner.train([(text, label) for label, text in labels for _ in range(6)])
        model = suggestions.Model(kind, journal.last(store), 12, 5, learner.to_bytes())
        suggestions.keep(store, model)
    world.call("settings.set", key="suggestion_percent", value="50")
    return world


@pytest.fixture
def taught(world: World) -> World:
    return teach(world)


@pytest.fixture
def shifted(shift_master: World, tmp_path: Path) -> Iterator[World]:
    copy = teach(shift_master.copy(tmp_path / "shift.db"))
    copy.says(KIANA, MONEY)
    yield copy
    copy.close()


async def before(ada: Driver, text: str, kind: str) -> None:
    """Kiana has written, and the card of a kind is under the cursor."""
    await ada.go(ada.world.keys[KIANA])
    ada.world.says(KIANA, text)
    await ada.press("s")
    tab = ada.session.assist.suggested

    def card() -> str:
        return next((b.key for b in tab.blocks(60) if b.key.startswith(f"{kind}:")), "")

    await ada.until(card)
    ada.session.assist.rows.move_to(card())
    await ada.until(lambda: ada.session.assist.cursor_key == card())


def told(world: World, kind: str) -> list[dict[str, Any]]:
    return [entry.payload for entry in world.desk.follow(0, 100_000) if entry.kind == kind]


async def test_each_card_says_what_it_is_how_sure_it_is_and_why(taught: World) -> None:
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, MONEY, "queue")
        await ada.shows("Articles", "because:", "Route and label", "queue Billing", "%")


async def test_where_nothing_fits_it_says_so(taught: World) -> None:
    taught.call("settings.set", key="suggestion_percent", value="100")
    async with console(taught, size=(160, 45)) as ada:
        await ada.go(taught.keys[KIANA])
        await ada.shows("Nothing fits well enough")


async def test_a_queue_is_taken_and_the_transfer_undone(taught: World) -> None:
    key = taught.keys[KIANA]
    queue = taught.call("conversation.get", conversation=key).queue
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, MONEY, "queue")
        await ada.press("enter")
        await ada.told("to Billing")
        assert taught.call("conversation.get", conversation=key).queue == "Billing"
        assert told(taught, "suggestion.accepted") == [{"what": "queue", "label": "Billing"}]
        await ada.press("u")
        await ada.until(lambda: taught.call("conversation.get", conversation=key).queue == queue)


@pytest.mark.parametrize(("kind", "value"), [("priority", "low"), ("product", "Fibre 500")])
async def test_priority_and_product_of_the_case_are_set(
    taught: World, kind: str, value: str
) -> None:
    case = taught.call("conversation.get", conversation=taught.keys[KIANA]).case_id
    assert case is not None

    def now() -> str:
        return str(getattr(taught.call("case.get", case=case), kind))

    before_it = now()
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, LAMP, kind)
        await ada.press("enter")
        await ada.until(lambda: now() == value)
        await ada.told(f"Set the {kind} of")
        await ada.until(lambda: not ada.session.assist.suggested.find(f"{kind}:{value}"))
        await ada.press("u")
        await ada.until(lambda: now() == before_it)


async def test_a_reply_goes_into_the_composer_and_is_not_sent(taught: World) -> None:
    key = taught.keys[KIANA]
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, LAMP, "reply")
        said = len(taught.call("conversation.messages", conversation=key))
        await ada.press("enter")
        composer = ada.session.conversation.composer
        await ada.until(lambda: "line" in composer.text)
        assert len(taught.call("conversation.messages", conversation=key)) == said
        await ada.until(lambda: told(taught, "suggestion.accepted"))
        assert told(taught, "reply.used")


async def test_what_is_dismissed_goes_and_what_is_rated_stays(taught: World) -> None:
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, LAMP, "article")
        first = ada.session.assist.cursor_key
        await ada.press("plus")
        await ada.until(lambda: told(taught, "suggestion.rated"))
        assert told(taught, "suggestion.rated")[0]["helpful"] is True
        await ada.press("minus")
        await ada.until(lambda: len(told(taught, "suggestion.rated")) == 2)
        assert told(taught, "suggestion.rated")[1]["helpful"] is False
        await ada.rests()
        ada.session.assist.rows.move_to(first)
        if ada.session.assist.suggested.find(first):
            await ada.press("d")
            await ada.until(lambda: not ada.session.assist.suggested.find(first))


async def test_an_article_is_dismissed(taught: World) -> None:
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, LAMP, "article")
        first = ada.session.assist.cursor_key
        await ada.press("d")
        await ada.until(lambda: not ada.session.assist.suggested.find(first))
        assert f"article:{told(taught, 'suggestion.dismissed')[0]['label']}" == first


async def test_how_a_case_was_resolved_is_put_into_the_composer(taught: World) -> None:
    item = taught.call("conversation.get", conversation=taught.keys[KIANA])
    given = {"customer": item.customer_id, "origin": "chat", "title": "Lamp on router is amber"}
    case = taught.call("case.create", **given)
    taught.call("case.resolve", case=case.id, resolution="Replaced the power supply", minutes=5)
    async with console(taught, size=(160, 45)) as ada:
        await before(ada, LAMP, "case")
        await ada.press("i")
        composer = ada.session.conversation.composer
        await ada.until(lambda: composer.text == "Replaced the power supply")
        await ada.until(lambda: told(taught, "suggestion.accepted"))
        ada.session.assist.focus_inside()
        ada.session.assist.rows.move_to(f"case:{case.number}")
        await ada.press("enter")
        await ada.until(lambda: ada.session.apps.front_name == f"case-{case.id}")


async def test_typing_is_never_held_up_by_a_suggestion(taught: World) -> None:
    async with console(taught) as ada:
        await ada.go(taught.keys[KIANA])
        await ada.press("r")
        taught.says(KIANA, LAMP)
        await ada.press(*"typing goes on".replace(" ", "_"))
        assert ada.session.conversation.composer.text == "typing_goes_on"
        assert ada.session.conversation.composer.field.has_focus


async def test_the_command_does_the_surest_of_what_can_be_set(taught: World) -> None:
    key = taught.keys[KIANA]
    async with console(taught, size=(160, 45)) as ada:
        await ada.go(key)
        await ada.rests()
        ada.session.assist.suggested._shown = None
        await ada.press("escape", "g", "a")
        await ada.told("No queue, priority or product is suggested.")


@pytest.mark.parametrize("size", SIZES)
def test_suggestions(size: str, shifted: World, snap_compare: Any) -> None:
    keys = ["alt+1", "s", "down"]
    assert snap_compare(shifted.app(), terminal_size=SIZES[size], run_before=after(keys))


@pytest.mark.parametrize("size", SIZES)
def test_nothing_fits(size: str, shifted: World, snap_compare: Any) -> None:
    shifted.call("settings.set", key="suggestion_percent", value="100")
    keys = ["alt+1", "s"]
    assert snap_compare(shifted.app(), terminal_size=SIZES[size], run_before=after(keys))
