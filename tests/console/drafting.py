"""A console beside a language model that is none, and what the journal tells of its drafts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Driver
from prepared import KIANA, World

from model_server import ModelServer, Serving, model_server
from omnitui.console.session.composer import Composer
from omnitui.model.conversation import MessageKind
from omnitui.model.journal import Entry

DRAFT = "I am sorry to hear that."


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture(name="world")
def drafting_world(shift_master: World, model: ModelServer, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    made.call("assistant.set", url=model.url, model="small")
    yield made
    made.close()


def entries(world: World, kind: str) -> list[Entry]:
    return [entry for entry in world.desk.follow(0, 100_000) if entry.kind == f"assistant.{kind}"]


def outcomes(world: World) -> list[str]:
    return [entry.payload["outcome"] for entry in entries(world, "answered")]


def decisions(world: World) -> list[str]:
    return [entry.payload["decision"] for entry in entries(world, "decided")]


def notes(world: World) -> list[str]:
    found = world.call("conversation.messages", conversation=world.keys[KIANA], limit=1_000)
    return [one.text for one in found if one.kind is MessageKind.NOTE]


async def at_kiana(driver: Driver) -> Composer:
    await driver.go(driver.world.keys[KIANA])
    await driver.in_front(driver.world.keys[KIANA])
    await driver.press("escape")
    return driver.session.conversation.composer


async def writing(driver: Driver, text: str) -> Composer:
    composer = await at_kiana(driver)
    await driver.press("r")
    await driver.write(text)
    await driver.press("escape")
    return composer


def cites(model: ModelServer, text: str = DRAFT) -> None:
    """Answer with the first article that was given."""

    def answer(serving: Serving) -> None:
        words = model.requests[-1]["body"]["messages"][1]["content"]
        number = words.partition("begin article ")[2].partition("\n")[0]
        serving.stream(*text.split("!"), f"\nARTICLES: {number}")

    model.answer = answer
