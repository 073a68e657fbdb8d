"""The virtual agent: a turn of it, against the same message where no virtual agent answers."""

import time
from pathlib import Path

from benchmarks.stores import desk_at
from benchmarks.table import Row
from benchmarks.terminal import quantile
from omnitui.datafiles import folder as data
from omnitui.model.actor import ADMINISTRATOR

_SAID = (
    "my internet is down",
    "20417",
    "no",
    "can you explain my bill",
    "yes",
    "the wifi is very slow",
    "something that nobody understands at all",
)
_MOST_MS = 50.0


def turn(folder: Path, count: int) -> Row:
    """From a customer's message to the answer of the virtual agent, without learning its topics."""
    desk, _ = desk_at(folder / "bot.db")
    topics = (data() / "topics" / "support.toml").read_text(encoding="utf-8")
    desk.call("bot.set", ADMINISTRATOR, bot="support", topics=topics)
    desk.call("workstream.create", ADMINISTRATOR, name="Bot", channels=["chat"], bot="support")
    took: dict[str, list[float]] = {"chat": [], "email": []}
    for number in range(count):
        for channel, times in took.items():
            start = time.perf_counter()
            desk.call(
                "conversation.receive",
                ADMINISTRATOR,
                channel=channel,
                address=f"w{number // len(_SAID)}@example.com",
                text=_SAID[number % len(_SAID)],
            )
            desk.run_due()
            if number >= len(_SAID):  # by then the topics have been learnt
                times.append(time.perf_counter() - start)
    desk.close()
    ours, bare = (quantile(took[channel], 0.95) * 1e3 for channel in ("chat", "email"))
    return Row(
        "bot turn p95",
        f"{ours:.1f} ms",
        f"{bare:.1f} ms (the same message without a bot)",
        f"{ours / bare:.1f}x",
        f"< {_MOST_MS:g} ms",
        ours < _MOST_MS,
    )
