"""Drafts of a language model as pictures, and what becomes of an article."""

from typing import Any

import pytest
from drafting import at_kiana, cites, decisions, drafting_world, model, notes
from driver import console
from pictures import SIZES
from prepared import KIANA, World
from rest import rest
from textual.pilot import Pilot

from model_server import ModelServer
from omnitui.model.knowledge import Article

__all__ = ["model"]

world = drafting_world


async def test_an_article_needs_a_resolved_case(world: World, model: ModelServer) -> None:
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "k")
        await driver.told("An article is drafted from a resolved case")
        assert model.requests == []


async def _accepts_an_article(world: World, model: ModelServer, *, may: bool) -> list[Article]:
    """Ada accepts a drafted article; the articles of its title, afterwards."""
    model.says("# Red light on the router\n\nRestart it and wait for two minutes.")
    world.call("settings.set", key="agents_write_articles", value="yes" if may else "no")
    case = world.call("conversation.get", conversation=world.keys[KIANA]).case_id
    world.ada("case.resolve", case=case, resolution="Restarted", open_tasks="cancel")
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "k")
        await driver.shows("Article draft", "Red light on the router", "internal article")
        await driver.press("enter")
        await driver.told("Wrote the internal article" if may else "Added as a note instead.")
        assert decisions(world) == ["accepted"]
    found = world.call("knowledge.search", query="Red light on the router")
    return [one.article for one in found if one.article.title == "Red light on the router"]


async def test_an_article_is_kept_and_reaches_no_customer(world: World, model: ModelServer) -> None:
    (article,) = await _accepts_an_article(world, model, may=True)
    assert (article.body, article.public) == ("Restart it and wait for two minutes.", False)


async def test_where_agents_write_no_articles_it_becomes_a_note(
    world: World, model: ModelServer
) -> None:
    assert await _accepts_an_article(world, model, may=False) == []
    assert any("wait for two minutes" in note for note in notes(world))


@pytest.mark.parametrize("away", [False, True])
def test_draft(away: bool, world: World, model: ModelServer, snap_compare: Any) -> None:
    """The badge says where words go, in words and not by colour alone."""
    cites(model, "I am sorry to hear that.! Please restart the Router 6 for me.")
    model_url = model.url
    world.call("assistant.set", url="http://127.0.0.1:11434/v1", model="small")
    name = "models.example.com" if away else "127.0.0.1:11434"

    async def reach(pilot: Pilot[None]) -> None:
        await rest(pilot.app)
        await pilot.press("alt+1", "escape", "g", "r")
        await rest(pilot.app)

    with pytest.MonkeyPatch.context() as patch:
        _stand_in(patch, model_url, name, here=not away)
        assert snap_compare(world.app(), sizes=SIZES, run_before=reach)


def test_translation(world: World, model: ModelServer, snap_compare: Any) -> None:
    """However long both are, the keys are on the screen."""
    model.says("It has been red since Tuesday, and nobody answers.\n" * 12)
    world.says(KIANA, "Den har v\u00e6rt r\u00f8d siden tirsdag, og ingen svarer meg. " * 12)
    model_url = model.url
    world.call("assistant.set", url="http://127.0.0.1:11434/v1", model="small")

    async def reach(pilot: Pilot[None]) -> None:
        await rest(pilot.app)
        await pilot.press("alt+1", "escape", "g", "t")
        await rest(pilot.app)

    with pytest.MonkeyPatch.context() as patch:
        _stand_in(patch, model_url, "127.0.0.1:11434", here=True)
        assert snap_compare(world.app(), sizes=SIZES, run_before=reach)


async def test_the_keys_are_there_on_a_low_screen(world: World, model: ModelServer) -> None:
    said = "It has been red since Tuesday.\n" * 12
    model.says(said + "See https://evil.example.com/")
    world.says(KIANA, "Den har v\u00e6rt r\u00f8d siden tirsdag, og ingen svarer meg. " * 12)
    async with console(world, size=(80, 24)) as driver:
        await at_kiana(driver)
        await driver.press("g", "t")
        await driver.shows("a link to evil.example.com", "add it as a note", "dismiss")


def _stand_in(patch: pytest.MonkeyPatch, url: str, host: str, *, here: bool) -> None:
    """A port is another one at every run, and a picture shows it: show another host."""
    from msgspec.structs import replace

    from omnitui.channels.assistant import ModelCall
    from omnitui.desk.assistant import asking

    found = asking.endpoint_of
    patch.setattr(asking, "endpoint_of", lambda call: replace(found(call), host=host, here=here))
    begin = ModelCall.__init__

    def to_the_server(self: Any, asked: Any, *args: Any, **given: Any) -> None:
        begin(self, replace(asked, endpoint=replace(asked.endpoint, url=url)), *args, **given)

    patch.setattr(ModelCall, "__init__", to_the_server)
