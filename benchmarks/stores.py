"""Stores to measure on: filled fast, in the shapes that matter."""

from pathlib import Path

from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.store.engine import Store

_CHANNELS = (
    ("chat", "Live chat", "live", 25, "◆", "c"),
    ("email", "Email", "asynchronous", 1, "✉", "@"),
)
_WORDS = (
    "router invoice drops evening refund login password screen thermostat speed upgrade cable "
    "fibre outage slow box remote battery light signal contract moving number roaming data"
).split()


def words(seed: int, count: int = 12) -> str:
    """A sentence that differs with `seed`."""
    return " ".join(_WORDS[(seed * 7 + n * (n + seed % 5 + 1)) % len(_WORDS)] for n in range(count))


def desk_at(path: Path) -> tuple[Desk, Actor]:
    """A new desk with two channels and an agent who takes anything."""
    desk = Desk(Store(path), SystemClock())
    for key, label, mode, cost, glyph, plain in _CHANNELS:
        desk.call(
            "channel.create", ADMINISTRATOR, key=key, label=label, mode=mode, cost=cost,
            glyph=glyph, ascii=plain,
        )  # fmt: skip
    desk.call("queue.create", ADMINISTRATOR, name="General")
    agent = desk.call("agent.create", ADMINISTRATOR, login="ada", name="Ada Byron", capacity=1000)
    return desk, Actor(ActorKind.AGENT, agent.id, agent.name)


def add_lines(desk: Desk, conversation: int, count: int, token: str) -> None:
    """Append `count` lines straight into the store; the last one says `token`."""
    with desk.store.transaction():
        for n in range(count):
            text = f"{words(n)} {token}" if n == count - 1 else words(n)
            desk.store.insert(
                "messages",
                {
                    "conversation_id": conversation,
                    "speaker": "customer" if n % 2 else "agent",
                    "kind": "message",
                    "author": "Somebody",
                    "text": text,
                    "at": desk.clock.now() - (count - n) * 1_000,
                    "delivery": "received" if n % 2 else "sent",
                    "channel": "chat",
                },
            )


def with_sessions(path: Path, lines: list[int]) -> None:
    """A store in which ada has one session per entry of `lines`, each with so many lines."""
    desk, ada = desk_at(path)
    add_sessions(desk, ada, lines)
    desk.close()


def add_sessions(desk: Desk, ada: Actor, lines: list[int]) -> None:
    """Give ada one session per entry of `lines`; none of them is in front."""
    for index, count in enumerate(lines, start=1):
        said = desk.call(
            "conversation.receive", ADMINISTRATOR, channel="chat", address=f"device-{index}",
            text="hello",
        )  # fmt: skip
        desk.call("conversation.pick", ada, conversation=said.conversation_id)
        add_lines(desk, said.conversation_id, count, f"lastwordof{index}")
        desk.call("session.focus", ada, conversation=said.conversation_id)
    desk.call("session.focus", ada)
