"""A channel that an administrator adds is at once an origin everywhere, without a line of code."""

import shutil
from pathlib import Path
from random import Random

import pytest
from told import Run

from omnitui.clock import ManualClock
from omnitui.datafiles import folder
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store.engine import Store

NOW = "2026-03-02"
SCENARIO = """
title = "At the kiosk"
starts = 2026-03-03T09:00:00
minutes = 5
agents = 2

[[arrival]]
after = "10s"
conversation = "card-stuck"
channel = "kiosk"

[[persona]]
key = "mina"
name = "Mina Berg"
email = "mina.berg@example.com"

[[conversation]]
key = "card-stuck"
topic = "card"
queue = "Internet"
channels = ["kiosk"]

[[conversation.beat]]
when = "start"
say = "My card is stuck."
"""
WRITTEN = """
[[channel]]
key = "kiosk"
label = "Kiosk"
mode = "live"
cost = 25
glyph = "K"
ascii = "k"
origin = 4242
"""


@pytest.fixture
def own(omnitui: Run) -> Run:
    """The command line on a store with the new channel and a customer."""
    made = omnitui("call", "channel.create", "key=kiosk", "label=Kiosk", "--now", NOW)
    assert (made.code, made.data["rung"]) == (0, 1)
    who = ("call", "customer.create", "name=Mina", "email=mina@example.com", "--now", NOW)
    assert omnitui(*who).code == 0
    return omnitui


def call(run: Run, name: str, *given: str) -> dict[str, object]:
    told = run("call", name, *given, "--now", NOW)
    assert told.code in (0, 1), told.err
    found: dict[str, object] = told.data
    return found


def test_cases_and_entitlements(own: Run) -> None:
    codes = {row["origin"] for row in own("call", "channel.list").data}
    assert len(codes) == 9
    owed = ("total=5", "starts=2026-01-01", "ends=2026-12-31", "restrict=yes")
    mina = "customer=mina@example.com"
    call(own, "entitlement.create", mina, "name=Visits", *owed, 'channels={"kiosk":1}')
    call(own, "entitlement.activate", "entitlement=Visits")
    case = (mina, "title=Card", "origin=kiosk", "entitlement=Visits")
    assert call(own, "case.create", *case)["origin"] == "kiosk"
    assert call(own, "case.create", *case)["refused"] == {
        "code": "entitlement.channel_exhausted",
        "message": "Visits: Kiosk is used up: 1 of 1.",
        "hint": "Channels that are not listed have 4 left; or create the case without an"
        " entitlement.",
    }
    allowed = own("call", "entitlement.channels", "entitlement=Visits", "--now", NOW).data
    assert [one["allowed"] for one in allowed if one["origin"] == "kiosk"] == [False]


def test_conversations_go_on_from_it(own: Run) -> None:
    given = ("channel=kiosk", "address=kiosk-4", "text=Hello", 'context={"phone":"+47 1"}')
    talk = call(own, "conversation.receive", *given)["conversation_id"]
    found = own("call", "conversation.escalations", f"conversation={talk}", "--now", NOW).data
    assert [(one["channel"], one["addresses"]) for one in found] == [
        ("chat", ["kiosk-4"]),
        ("phone", ["+47 1"]),
    ]


def test_scenarios_and_reports(own: Run, tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(SCENARIO, "utf-8")
    assert own("check", str(file)).code == 0
    store = tmp_path / "shift.db"
    told = own("simulate", str(file), "--store", str(store), "--json")
    assert told.code != 0
    assert "uses the channel 'kiosk', which this store does not have" in told.err
    store = tmp_path / "with_kiosk.db"
    own("call", "channel.create", "key=kiosk", "label=Kiosk", "--store", str(store), "--now", NOW)
    report = own("simulate", str(file), "--store", str(store), "--json").data
    assert report["by_channel"]["kiosk"]["conversations"] == 1
    assert report["answered"] == 1


def test_written_in_the_data_files(own: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(folder(), data)
    with (data / "channels.toml").open("a", encoding="utf-8") as file:
        file.write(WRITTEN)
    assert own("check", str(data)).code == 0
    desk = Desk(Store(tmp_path / "filled.db"), ManualClock(1_772_442_000_000), Random(1))
    fill(desk, data)
    kiosk = desk.channels["kiosk"]
    assert (kiosk.origin, kiosk.rung) == (4242, 2)
    who = desk.call("customer.list", ADMINISTRATOR)[0].id
    made = desk.call("case.create", ADMINISTRATOR, customer=who, title="Card", origin="kiosk")
    assert made.origin == "kiosk"
    desk.close()
