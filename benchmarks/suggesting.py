"""Suggestions: what one costs once something has been learnt, and how long learning takes."""

import time
from pathlib import Path
from random import Random

from benchmarks.large import vocabulary
from benchmarks.table import Row
from benchmarks.terminal import quantile
from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.desk.suggestions.learnt import learn_all
from omnitui.model.actor import ADMINISTRATOR
from omnitui.rules.learning.learner import Learner
from omnitui.store.engine import Store

_START = 1_772_442_000_000
_MOST_MS = 20.0
_LABELS, _OWN_WORDS, _WORDS = 77, 40, 12
_SECONDS_OF = 10_000, 60.0
"""So many examples may take so many seconds."""
_LEAST_SECONDS = 15.0
_SAID = (
    "My router keeps dropping the line every evening, and the lamp on it is amber",
    "I was charged twice this month, please send the money back",
    "We move to another flat in May, can the internet come with us?",
    "My phone was stolen yesterday, please block the SIM card at once",
    "The thermostat shows E3 and it is cold in the whole house",
)


def suggestion(folder: Path, count: int) -> Row:
    """The suggestions for a message, on the company that ships: half of them, and all but a few."""
    store = Store(folder / "store.db")
    desk = Desk(store, ManualClock(_START), Random(1))
    fill(desk)
    learn_all(store, 1)
    times = []
    for number in range(count):
        text = f"{_SAID[number % len(_SAID)]} ({number})"
        given = {"channel": "chat", "address": f"web-{number}", "text": text}
        message = desk.call("conversation.receive", ADMINISTRATOR, **given)
        begun = time.perf_counter()
        desk.call("suggestion.for", ADMINISTRATOR, conversation=message.conversation_id)
        times.append((time.perf_counter() - begun) * 1e3)
    desk.close()
    half, most = quantile(times[1:], 0.5), quantile(times[1:], 0.95)
    return Row(
        "suggestion for a message, p50 / p95",
        f"{half:.1f} / {most:.1f} ms",
        f"{_MOST_MS:.0f} ms (a frame and a bit)",
        f"{most / _MOST_MS:.2f}x",
        "<= 1x",
        most <= _MOST_MS,
    )


def training(folder: Path, count: int) -> Row:
    """Learning from examples of 77 labels, whose words overlap."""
    random = Random(1)
    words, weights = vocabulary()
    own = [random.sample(words, _OWN_WORDS) for _ in range(_LABELS)]
    examples = []
    for number in range(count):
        label = number % _LABELS
        said = random.choices(own[label], k=_WORDS // 2) + random.choices(
            words, cum_weights=weights, k=_WORDS // 2
        )
        examples.append((" ".join(said), f"label {label}"))
    begun = time.perf_counter()
    Learner.train(examples)
    seconds = time.perf_counter() - begun
    most = max(_LEAST_SECONDS, _SECONDS_OF[1] * count / _SECONDS_OF[0])
    return Row(
        f"learn from {count:,} examples",
        f"{seconds:.1f} s",
        f"{most:.0f} s (in the background)",
        f"{seconds / most:.2f}x",
        "<= 1x",
        seconds <= most,
    )
