"""Articles and quick replies from the keys: read, found within, rated, written, what is missing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.console.widgets.search_input import SearchInput

BODY = (
    "Amber means that the line is lost.\n\n## Amber light\n\nUnplug it.\n\n"
    + "A line that fills the page.\n\n" * 60
    + "## Red light\n\nCall us. Never unplug a red one.\n"
)


@pytest.fixture
def lamps(world: World) -> World:
    """A long article of which a search is certain."""
    world.call("knowledge.create", title="Zebra lamps", body=BODY, slug="zebra-lamps")
    return world


async def arrived(ada: Driver) -> None:
    await ada.press("alt+1")
    await ada.in_front(ada.world.keys[KIANA])


async def reading(ada: Driver) -> None:
    """The article is read beside the conversation."""
    await arrived(ada)
    await ada.press("k")
    await ada.until(lambda: isinstance(ada.app.focused, SearchInput))
    await ada.write("zebra lamps")
    await ada.until(lambda: "Zebra lamps" in ada.session.assist.rows.text)
    await ada.press("enter")
    await ada.until(lambda: ada.session.assist.reading is not None)


async def test_a_heading_is_jumped_to_from_the_outline(lamps: World) -> None:
    async with console(lamps, size=(160, 45)) as ada:
        await reading(ada)
        assert "Call us." not in ada.text
        await ada.press("t")
        await ada.until(
            lambda: ada.session.assist.reader.text.split() == "Amber light Red light".split()
        )
        await ada.press("down", "enter")
        await ada.shows("Call us.")
        await ada.press("t")
        await ada.press("escape")
        assert ada.session.assist.reading is not None


async def test_words_are_found_within_and_gone_on_with(lamps: World) -> None:
    async with console(lamps, size=(160, 45)) as ada:
        await reading(ada)
        await ada.press("n")
        await ada.told("Nothing has been looked for yet")
        await ada.press("slash")
        await ada.write("unplug")
        await ada.shows("1 of 2")
        await ada.press("enter")
        await ada.shows("2 of 2", "Never unplug")
        await ada.press("escape")
        await ada.until(lambda: ada.session.assist.reader.has_focus)
        await ada.press("n")
        await ada.until(lambda: "Call us." not in ada.text)
        await ada.press("N")
        await ada.shows("Never unplug")
        await ada.press("escape")
        await ada.until(lambda: ada.session.assist.reading is None)


async def test_an_article_is_sent_as_it_fits_the_channel(lamps: World) -> None:
    lamps.call("channel.update", channel="chat", longest=500)
    async with console(lamps, size=(160, 45)) as ada:
        await reading(ada)
        await ada.shows("i short")
        await ada.press("i")
        composer = ada.session.conversation.composer
        await ada.until(lambda: "https://help.example.com/zebra-lamps" in composer.text)
        assert composer.text.startswith("Zebra lamps\nAmber means that the line is lost.")
        assert len(composer.text) < 500


async def test_a_search_that_found_nothing_is_told_when_it_is_left(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await arrived(ada)
        await ada.press("k")
        await ada.write("purple xylophone")
        await ada.shows("No article found")
        assert world.call("knowledge.gaps") == []
        await ada.press("enter")
        await ada.until(lambda: len(world.call("knowledge.gaps")) == 1)
        await ada.press("escape")
        await ada.press("g", "q")
        await ada.shows("purple xylophone", "nothing found", "1 gap", "once")
        await ada.until(lambda: ada.session.apps.body.listing.has_focus)
        await ada.press("x")
        await ada.shows("Close the gap")
        await ada.write("We sell none")
        await ada.press("enter")
        await ada.shows("Ada Byron may not write articles")


async def test_an_article_is_written_for_a_gap_and_closes_it(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho 'Blow into it.' > \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    world.call("settings.set", key="agents_write_articles", value="yes")
    world.call("knowledge.searched", query="purple xylophone")
    async with console(world, size=(160, 45)) as ada:
        await ada.press("g", "q")
        await ada.shows("purple xylophone")
        await ada.until(lambda: ada.main.home_frame.apps.body.listing.has_focus)
        await ada.press("a")
        await ada.shows("Write an article", "Purple xylophone")
        await ada.press("ctrl+s")
        await ada.shows("Write the text first.")
        dialog = ada.app.screen
        dialog.query_one("#body").text = "Blow into it."
        await ada.press("ctrl+s")
        await ada.told("Purple xylophone is written.")
        await ada.shows("0 gaps")
        (found,) = world.call("knowledge.gaps", closed=True)
        assert found.reason == "answered by purple-xylophone"


async def test_the_body_is_written_in_ones_own_editor(
    lamps: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from omnitui.console.session import outside_editor

    lamps.call("settings.set", key="agents_write_articles", value="yes")
    given: list[str] = []

    def edited(_app: Any, text: str) -> str:
        given.append(text)
        return "Written outside."

    monkeypatch.setattr(outside_editor, "edited", edited)
    async with console(lamps, size=(160, 45)) as ada:
        await reading(ada)
        await ada.press("e")
        await ada.shows("Edit Zebra lamps")
        await ada.press("ctrl+e")
        await ada.shows("Written outside.")
        assert given[0].startswith("Amber means")
        await ada.press("ctrl+s")
        await ada.until(lambda: "Written outside." in ada.session.assist.reader.text)
        found = lamps.call("knowledge.versions", article="zebra-lamps")
        assert [one.version for one in found] == [2, 1]


async def test_an_editor_that_fails_loses_nothing(
    lamps: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    lamps.call("settings.set", key="agents_write_articles", value="yes")
    async with console(lamps, size=(160, 45)) as ada:
        await reading(ada)
        await ada.press("e")
        await ada.shows("Edit Zebra lamps")
        await ada.press("ctrl+e")
        await ada.shows("no-such-editor-anywhere was not found")
        assert ada.app.screen.query_one("#body").text.startswith("Amber means")


async def test_a_reply_is_made_of_a_message_that_was_sent(world: World) -> None:
    key = world.keys[KIANA]
    name = world.call("conversation.get", conversation=key).name.split()[0]
    async with console(world, size=(160, 45)) as ada:
        await arrived(ada)
        await ada.press("r")
        await ada.write(f"Hi {name}, your refund is on its way.")
        await ada.press("ctrl+s")
        transcript = ada.session.conversation.transcript
        await ada.until(lambda: transcript.current_message.text.endswith("on its way."))
        await ada.press("escape", "Y")
        await ada.shows("New quick reply", "refund")
        text = ada.app.screen.query_one("#text").text
        assert text == "Hi {customer.first_name}, your refund is on its way."
        await ada.press("ctrl+s")
        await ada.told("is saved as a quick reply")
        own = [one for one in world.ada("reply.search") if one.scope == "personal"]
        assert [one.text for one in own] == [text]


async def test_replies_are_written_edited_and_retired_in_their_tab(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await arrived(ada)
        ada.session.open_assist("replies")
        await ada.until(lambda: isinstance(ada.app.focused, SearchInput))
        await ada.press("down")
        await ada.until(lambda: ada.session.assist.rows.has_focus)
        await ada.press("N")
        await ada.shows("New quick reply")
        await ada.write("zebra")
        await ada.press("down")
        await ada.write("About zebras")
        ada.app.screen.query_one("#text").text = "We have {?number} zebras."
        await ada.press("ctrl+s")
        await ada.until(lambda: world.ada("reply.search", query="zebra") != [])
        await ada.shows("/zebra")
        reply = world.ada("reply.search", query="zebra")[0]
        ada.session.assist.rows.move_to(str(reply.id))
        await ada.press("e")
        await ada.shows("Edit the quick reply zebra")
        ada.app.screen.query_one("#text").text = "No zebras {"
        await ada.press("ctrl+s")
        await ada.shows("brace")
        ada.app.screen.query_one("#text").text = "No zebras."
        await ada.press("ctrl+s")
        await ada.until(lambda: world.ada("reply.search", query="zebra")[0].text == "No zebras.")
        ada.session.assist.rows.move_to(str(reply.id))
        await ada.press("x")
        await ada.shows("Retire the quick reply zebra?")
        await ada.press("enter")
        await ada.until(lambda: world.ada("reply.search", query="zebra") == [])


async def test_a_reply_of_everybody_is_not_an_agents_to_change(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await arrived(ada)
        ada.session.open_assist("replies")
        await ada.press("down")
        await ada.until(lambda: ada.session.assist.rows.has_focus)
        await ada.press("x", "enter")
        await ada.told("only supervisors and administrators can change it")


async def test_several_replies_go_into_one(world: World) -> None:
    world.ada("reply.create", key="one", title="One", text="First thing.")
    world.ada("reply.create", key="two", title="Two", text="Second thing.")
    async with console(world, size=(160, 45)) as ada:
        await arrived(ada)
        composer, rows = ada.session.conversation.composer, ada.session.assist.rows
        for key, said in (("one", "First thing."), ("two", "First thing. Second thing.")):
            ada.session.open_assist("replies")
            await ada.until(lambda: isinstance(ada.app.focused, SearchInput))
            ada.session.assist.search.value = key
            await ada.until(lambda key=key: rows.text.strip().startswith(f"/{key}"))
            await ada.press("enter")
            await ada.until(lambda said=said: " ".join(composer.text.split()) == said)


async def test_the_list_over_the_composer_and_the_tab_agree(world: World) -> None:
    least = world.ada("reply.search", conversation=world.keys[KIANA])[-1]
    world.ada("reply.use", reply=least.id)
    async with console(world, size=(160, 45)) as ada:
        await arrived(ada)
        ada.session.open_assist("replies")
        rows = ada.session.assist.rows
        await ada.until(lambda: len(rows.block_keys) > 3)
        tab = [key for key in rows.block_keys if key.isdigit()]
        await ada.press("escape", "slash")
        picker = ada.session.conversation.query_one("#picker")
        await ada.until(lambda: len(picker.rows.block_keys) > 1)
        assert picker.rows.block_keys == tab[: len(picker.rows.block_keys)]


def made(world: World) -> None:
    world.call("settings.set", key="agents_write_articles", value="yes")
    world.call("knowledge.searched", query="purple xylophone")
    for name in ("ada", "bo"):
        world.call("knowledge.searched", query=f"fax machine for {name}")
    one = world.call("knowledge.create", title="Zebra lamps", body=BODY, slug="zebra-lamps")
    world.ada("knowledge.rate", article=one.id, helpful=False, comment="No word of green")


PICTURES: dict[str, tuple[list[str], Callable[[World], None]]] = {
    "gaps": (["g", "q"], made),
    "outline": (["alt+1", "k", *"zebra", "enter", "t"], made),
    "found_within": (["alt+1", "k", *"zebra", "enter", "slash", *"unplug"], made),
    "article_form": (["g", "q", "a"], made),
    "replies": (["alt+1", "k", "down", "right"], made),
    "reply_form": (["alt+1", "k", "down", "right", "down", "N"], made),
    "comment": (["alt+1", "k", *"zebra", "enter", "minus"], made),
}


@pytest.mark.parametrize("name", PICTURES)
def test_knowledge_screens(world: World, snap_compare: Any, name: str) -> None:
    keys, prepare = PICTURES[name]
    prepare(world)
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
