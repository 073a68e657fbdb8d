"""Couriers that an installed package brings: the worked example, installed as pip leaves it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from omnitui.channels.base import DeliveryFailed
from omnitui.channels.table import build
from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor, ActorKind
from omnitui.model.conversation import Conversation, Message
from omnitui.model.courier import CourierConfig

EXAMPLE = Path(__file__).parents[2] / "examples" / "omnitui-smstools"
MODULE = "omnitui_smstools"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Installs a module with its entry points; without a text, the example."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def installed(text: str | None = None) -> None:
        if text is None:
            copy(EXAMPLE / f"{MODULE}.py", site)
        else:
            (site / f"{MODULE}.py").write_text(text)
        info = site / f"{MODULE}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: omnitui-smstools\nVersion: 1\n"
        )
        declared = (EXAMPLE / "pyproject.toml").read_text()
        _, _, after = declared.partition('[project.entry-points."omnitui.channels"]')
        line = after.strip().splitlines()[0].replace('"', "")
        (info / "entry_points.txt").write_text(f"[omnitui.channels]\n{line}\n")

    yield installed
    sys.modules.pop(MODULE, None)


def set_up(folder: Path | str, kind: str = "smstools") -> CourierConfig:
    return CourierConfig("sms", kind, f"file://{folder}" if isinstance(folder, Path) else folder)


def reply(desk: Desk, agent: Actor, address: str) -> tuple[Message, Conversation]:
    customer = Actor(ActorKind.CUSTOMER, name="Kim")
    came = desk.call("conversation.receive", customer, channel="sms", address=address, text="Hei")
    key = came.conversation_id
    desk.call("conversation.pick", agent, conversation=key)
    said = desk.call("conversation.reply", agent, conversation=key, text="Schönen Tag\nAda")
    return said, desk.call("conversation.get", agent, conversation=key)


def test_the_example_writes_a_file_for_the_modem(
    desk: Desk, agent: Actor, install: Any, tmp_path: Path
) -> None:
    install()
    outgoing = tmp_path / "outgoing"
    outgoing.mkdir()
    table = build([set_up(outgoing)], {})
    assert table.problems == ()
    said, conversation = reply(desk, agent, "+47 555 01 022")
    table.couriers["sms"].deliver(said, conversation)
    (file,) = outgoing.iterdir()
    assert file.read_text("utf-8") == "To: 4755501022\nAlphabet: UTF-8\n\nSchönen Tag\nAda"
    assert not table.couriers["sms"].idempotent


def test_the_example_says_what_keeps_a_reply(
    desk: Desk, agent: Actor, install: Any, tmp_path: Path
) -> None:
    install()
    outgoing = tmp_path / "outgoing"
    outgoing.mkdir()
    courier = build([set_up(outgoing)], {}).couriers["sms"]
    said, conversation = reply(desk, agent, "+47 555 01 022")
    outgoing.rmdir()
    with pytest.raises(DeliveryFailed, match="takes no file"):
        courier.deliver(said, conversation)
    said, conversation = reply(desk, agent, "a name")
    with pytest.raises(DeliveryFailed, match="no number"):
        courier.deliver(said, conversation)


@pytest.mark.parametrize("url", ["", "outgoing", "file:///no/such/folder", "https://a.example"])
def test_the_example_refuses_what_is_no_folder(install: Any, url: str) -> None:
    install()
    table = build([set_up(url)], {})
    assert dict(table.couriers) == {}
    assert "is no folder that files can be written to" in table.problems[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "def make(config, environ):\n    raise RuntimeError('no modem')",
            "RuntimeError: no modem",
        ),
        ("raise ImportError('no module named modem')", "ImportError"),
        ("", "AttributeError"),
    ],
)
def test_a_package_that_breaks_down_stops_no_other_channel(
    install: Any, text: str, said: str
) -> None:
    install(text)
    hook = CourierConfig("email", "webhook", "https://gateway.example.com/mail")
    table = build([set_up("x"), hook], {})
    assert list(table.couriers) == ["email"]
    assert "the courier 'smstools' failed" in table.problems[0]
    assert said in table.problems[0]


def test_a_kind_that_nothing_brings_is_said() -> None:
    (problem,) = build([set_up("x", "pigeon")], {}).problems
    assert "no courier of the kind 'pigeon' is installed" in problem
