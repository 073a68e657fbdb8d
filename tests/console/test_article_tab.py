"""An article in a tab: opened from the assist pane, searched, given to the customer, left again."""

from typing import Any

from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.console.apps.article import ArticleTab


async def opened(ada: Driver) -> ArticleTab:
    key = ada.world.keys[KIANA]
    await ada.press("alt+1")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    await ada.press("s")
    await ada.until(lambda: ada.session.assist.rows.cursor_key.startswith("article:"))
    await ada.press("o")
    await ada.until(lambda: ada.session.apps.front_name.startswith("article"))
    body = ada.session.apps.body
    assert isinstance(body, ArticleTab)
    await ada.until(lambda: body.painted and body.listing.has_focus)
    return body


async def test_it_is_read_searched_and_given(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        body = await opened(ada)
        assert body.article is not None
        await ada.shows(body.article.title, "Related", "enter link")
        await ada.press("f")
        await ada.write("the")
        await ada.shows("1 of ")
        await ada.press("enter")
        await ada.shows("2 of ")
        await ada.write("zzz")
        await ada.shows("not in this article")
        await ada.press("escape")
        await ada.until(lambda: body.listing.has_focus)
        await ada.press("enter")
        composer = ada.session.conversation.composer
        await ada.until(lambda: f"{body.article.title}: https://" in composer.text)
        assert ada.session.conversation.display
        used = world.call("knowledge.get", article=body.article.id).uses
        await ada.until(
            lambda: world.call("knowledge.get", article=body.article.id).uses == body.article.uses
        )
        assert used >= 1


async def test_what_goes_with_it_opens_in_a_tab_of_its_own(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        body = await opened(ada)
        await ada.press("tab", "enter")
        await ada.until(lambda: len(ada.session.apps.views) == 3)
        assert ada.session.apps.front_name != body.tab.name


async def test_a_similar_case_that_was_solved_opens_as_a_tab(world: World) -> None:
    item = world.call("conversation.get", conversation=world.keys[KIANA])
    given = {"customer": item.customer_id, "origin": "chat"}
    case = world.call("case.create", **given, title="Amber light, router drops")
    world.call("case.resolve", case=case.id, resolution="New cable", minutes=5)
    async with console(world, size=(160, 45)) as ada:
        await ada.press("alt+1")
        await ada.shows("Similar resolved", case.number, "New cable")
        await ada.press("s")
        ada.session.assist.rows.move_to(f"case:{case.number}")
        await ada.press("enter")
        await ada.until(lambda: ada.session.apps.front_name == f"case-{case.id}")


async def test_beside_the_lists_of_home_it_is_copied(world: World) -> None:
    async with console(world) as ada:
        await ada.press("g", "slash")
        await ada.shows("Search everything")
        await ada.write("wireless channel")
        await ada.shows("Articles")
        await ada.press("tab", "a")
        await ada.until(lambda: ada.app.screen.query_one("#kind").value == "article")
        await ada.shows("Neighbours on the same channel")
        await ada.press("down", "enter")
        await ada.until(lambda: ada.main.home_frame.apps.front_name.startswith("article"))
        await ada.shows("Change the wireless channel", "copy link")
        await ada.until(lambda: ada.main.home_frame.apps.body.listing.has_focus)
        await ada.press("enter")
        await ada.told("No conversation is open to insert it into.")
        await ada.press("Y")
        await ada.told("Copied.")
        assert "https://" in ada.app.clipboard


def test_article(world: World, snap_compare: Any) -> None:
    keys = ["alt+1", "s", "o", "f", "r", "o", "u"]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
