from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.store import messages
from omnitui.store.engine import Store
from omnitui.training import run as running
from omnitui.training.feed import Feed
from omnitui.training.report import Report
from omnitui.training.run import roster
from omnitui.training.scenario import Scenario, load, parse

SAMPLES = Path(__file__).parents[3] / "shared/data/transcripts"

SMALL = """
title = "Small"
minutes = 30
agents = 2

[[rate]]
channel = "chat"
per_hour = [20]

[[persona]]
key = "kim"
name = "Kim Reed"
temper = "even"
patience = 60
email = "kim.reed@example.com"
facts = { lights = "All green." }

[[conversation]]
key = "drops"
topic = "Router drops"
queue = "Internet"
channels = ["chat", "email"]
facts = { account = "20001" }
goal.articles = ["router-drops-at-peak-hours"]
goal.words = ["2.1.4", "channel"]
goal.need = 2
goal.answer = "Update to 2.1.4 and change the channel."

[[conversation.beat]]
when = "start"
say = "My router drops every evening."

[[conversation.beat]]
when = "greeted"
say = "Hello, good that you are there."

[[conversation.beat]]
when = "asked"
about = "lights"
say = "Green, all of them."

[[conversation.beat]]
when = "article"
about = "restart-router"
say = "I have restarted it."
mood = -1

[[conversation.beat]]
when = "waiting"
say = "Are you there?"

[[conversation.beat]]
when = "solved"
say = "Thank you, it works!"
"""


@pytest.fixture
def small() -> Scenario:
    return parse(SMALL, Path("small.toml"))


@pytest.fixture
def small_text() -> str:
    return SMALL


@pytest.fixture
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the real customers' transcripts are not here (shared/data/transcripts)")
    return SAMPLES


Fill = Callable[[Desk], None]


@pytest.fixture(scope="session")
def settle_in() -> Iterator[Fill]:
    """Gives a desk on a new store its company, as `fill` does, which is asked once a moment."""
    made: dict[int, Store] = {}

    def copy(desk: Desk) -> None:
        # A clock that runs by itself is never twice at the same moment, and need not be.
        now = desk.clock.now() if isinstance(desk.clock, ManualClock) else 0
        if now not in made:
            made[now] = Store(":memory:")
            fill(Desk(made[now], ManualClock(desk.clock.now())))
        made[now].connection.backup(desk.store.connection)
        desk.reread()

    yield copy
    for store in made.values():
        store.close()


@pytest.fixture(autouse=True, scope="session")
def _shifts_settle_in(settle_in: Fill) -> Iterator[None]:
    """A shift on a store that is only just made gets its company by copying it."""
    real = running.people

    def people(desk: Desk) -> None:
        (real if desk.last_seq() else settle_in)(desk)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "people", people)
        yield


STAGES = (60, 80, None)
"""After how many minutes a shift is told of; at its end, too."""


def stages(settle_in: Fill, name: str, seed: int) -> Iterator[Report]:
    """A shipped shift, told of at each of `STAGES` in turn."""
    scenario = load(name)
    clock = ManualClock(scenario.starts_at)
    desk = Desk(Store(":memory:"), clock, Random(seed))
    settle_in(desk)
    agents = roster(desk, scenario, scenario.agents)
    before = messages.written_by_customers(desk.store)
    feed = Feed(desk, scenario, Random(seed), agents=agents, alone=True)
    for minutes in STAGES:
        running.run(feed, desk, clock, None if minutes is None else minutes * 60_000)
        stored = messages.written_by_customers(desk.store) - before
        yield running.report(feed, desk, seed, stored, 1.0)
    desk.close()


@pytest.fixture(scope="session")
def told(settle_in: Fill) -> Callable[..., Report]:
    """The report of a shipped shift at one of `STAGES`; each is run once, no further than asked."""
    begun: dict[tuple[str, int], tuple[Iterator[Report], list[Report]]] = {}

    def report(name: str, seed: int, minutes: int | None = None) -> Report:
        if (name, seed) not in begun:
            begun[name, seed] = stages(settle_in, name, seed), []
        rest, reports = begun[name, seed]
        wanted = STAGES.index(minutes) + 1
        reports.extend(islice(rest, max(0, wanted - len(reports))))
        return reports[wanted - 1]

    return report
