"""Customers who write without end: `python -m benchmarks.flood STORE PER_SECOND`."""

import itertools
import sys
import time
from pathlib import Path

from benchmarks.stores import words
from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store.engine import Store


def main() -> None:
    """Write to the nine sessions in turn, at an even pace, until killed."""
    desk = Desk(Store(Path(sys.argv[1])), SystemClock())
    pause = 1 / float(sys.argv[2])
    start = time.perf_counter()
    for n in itertools.count():
        desk.call(
            "conversation.receive", ADMINISTRATOR, channel="chat", address=f"device-{n % 9 + 1}",
            text=words(n),
        )  # fmt: skip
        time.sleep(max(0.0, start + (n + 1) * pause - time.perf_counter()))


if __name__ == "__main__":
    main()
