from typing import Any

import pytest
from driver import console
from prepared import KIANA, MARCUS, World, ringing
from textual.app import App

from omnitui.console.main import alerts
from omnitui.console.main.alerts import AlertMode, notification
from omnitui.console.preferences import Preferences

HOSTILE = "Eve\x1b]0;owned\x07;\x9b2J\nnext"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the terminal."""
    sequences: list[str] = []

    def write(app: App[Any], sequence: str) -> None:
        sequences.append(sequence)

    monkeypatch.setattr(alerts, "write_raw", write)
    return sequences


def rung(sent: list[str]) -> list[str]:
    return [sequence for sequence in sent if sequence.startswith(("\x1b]9", "\x1b]777", "\x1bP"))]


@pytest.mark.parametrize(
    ("environment", "sequence"),
    [
        ({"TERM": "xterm-256color"}, "\x1b]9;Offer: Kiana: Internet\x1b\\"),
        ({"TERM": "rxvt-unicode"}, "\x1b]777;notify;Offer: Kiana;Internet\x1b\\"),
        ({"TERM": "xterm", "VTE_VERSION": "7600"}, "\x1b]777;notify;Offer: Kiana;Internet\x1b\\"),
        (
            {"TERM": "screen", "TMUX": "/x"},
            "\x1bPtmux;\x1b\x1b]9;Offer: Kiana: Internet\x1b\x1b\\\x1b\\",
        ),
    ],
)
def test_each_terminal_is_spoken_to_in_its_way(environment: dict[str, str], sequence: str) -> None:
    assert notification("Offer: Kiana", "Internet", environment) == sequence


def test_nothing_foreign_acts_in_a_notification() -> None:
    told = notification(HOSTILE, HOSTILE, {})
    assert told.startswith("\x1b]9;")
    assert told.endswith("\x1b\\")
    inside = told[4:-2]
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in inside)
    assert ";" not in inside


async def test_an_offer_rings_when_nobody_looks(world: World, sent: list[str]) -> None:
    async with console(world) as ada:
        await ada.rests()
        assert rung(sent) == []
        ringing(world)
        await ada.until(lambda: rung(sent))
        assert "Offer: Visitor 1008" in rung(sent)[0]


async def test_nothing_rings_while_the_terminal_is_looked_at(world: World, sent: list[str]) -> None:
    async with console(world) as ada:
        ada.app._alerts.looked_at(True)
        ringing(world)
        await ada.shows("Offer")
        assert rung(sent) == []


@pytest.mark.parametrize(
    ("mode", "looked_at", "rings"),
    [(AlertMode.ALWAYS, True, True), (AlertMode.NEVER, False, False)],
)
async def test_the_person_chooses_when_it_rings(
    world: World, sent: list[str], mode: AlertMode, looked_at: bool, rings: bool
) -> None:
    async with console(world, preferences=Preferences(alerts=mode)) as ada:
        ada.app._alerts.looked_at(looked_at)
        ringing(world)
        await ada.shows("Offer")
        assert bool(rung(sent)) is rings


async def test_a_customer_who_begins_to_wait_rings_once(world: World, sent: list[str]) -> None:
    async with console(world) as ada:
        world.ada("conversation.reply", conversation=world.keys[MARCUS], text="We pay it back.")
        await ada.until(lambda: world.keys[MARCUS] not in ada.main.board.needing)
        world.says(MARCUS, "Today?", "email")
        await ada.until(lambda: rung(sent))
        world.says(MARCUS, "Or tomorrow?", "email")
        await ada.shows("Or tomorrow?")
        assert len(rung(sent)) == 1
        assert "Marcus Lee is waiting" in rung(sent)[0]


async def test_the_title_counts_who_needs_the_agent(world: World, sent: list[str]) -> None:
    async with console(world) as ada:
        await ada.until(lambda: "\x1b]2;(3) OmniTUI\x07" in sent)
        for address in (MARCUS, KIANA):
            world.ada("conversation.reply", conversation=world.keys[address], text="Yes.")
        await ada.until(lambda: "\x1b]2;(1) OmniTUI\x07" in sent)
    assert sent[0] == "\x1b[22;2t"
    assert sent[-1] == "\x1b[23;2t"
