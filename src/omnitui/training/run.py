"""A shift without a screen, and its agents: the clock jumps from event to event, nothing sleeps.

Events are arrivals, customers' words, agents' deeds and the desk's own timers. The same scenario,
seed and options give the same journal and the same report, byte for byte.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation
from omnitui.store import messages
from omnitui.store.engine import Store
from omnitui.training import report as figures
from omnitui.training.feed import Feed
from omnitui.training.options import SimulateOptions
from omnitui.training.report import Report
from omnitui.training.scenario import Scenario, load
from omnitui.training.transcripts import read

LINGER_MS = 3_600_000
"""How long the desk's own timers are awaited after the last customer."""
_PAGE = 500
_STEPS = 200
"""How many events share one commit."""


def simulate(options: SimulateOptions) -> Report:
    """Run a scenario to its end, or for as long as the options say, and report on it."""
    scenario = load(options.scenario)
    transcripts = list(read(options.transcripts)) if options.transcripts else []
    with _store(options.store) as store:
        clock = ManualClock(scenario.starts_at)
        desk = Desk(store, clock, Random(options.seed))
        people(desk)
        # A store that was used before is ahead of the scenario's clock: time never goes back.
        clock.set(max(clock.now(), desk.latest()))
        many = scenario.agents if options.agents is None else options.agents
        before = messages.written_by_customers(store)
        feed = Feed(
            desk,
            scenario,
            Random(options.seed),
            agents=roster(desk, scenario, many),
            transcripts=transcripts,
            alone=True,
        )
        began = time.perf_counter()
        run(feed, desk, clock, options.for_ms)
        seconds = time.perf_counter() - began
        stored = messages.written_by_customers(store) - before
        return report(feed, desk, options.seed, stored, seconds)


def run(feed: Feed, desk: Desk, clock: ManualClock, for_ms: int | None = None) -> None:
    """Jump from event to event until all is over, or until `for_ms` have passed."""
    until = None if for_ms is None else feed.starts_at + for_ms
    more = True
    while more:
        # Each command is still all or nothing; only reaching the file is put off for a while.
        with desk.store.transaction():
            for _ in range(_STEPS):
                more = _jump(feed, clock, until)
                if not more:
                    break


def _jump(feed: Feed, clock: ManualClock, until: int | None) -> bool:
    """Run what is due and move the clock to the next event; False when there is none."""
    due = feed.step()
    if due is None or (feed.over and due - clock.now() > LINGER_MS):
        return False
    if until is not None and due > until:
        clock.set(until)
        return False
    clock.set(max(due, clock.now()))
    return True


@contextmanager
def _store(path: Path | None) -> Iterator[Store]:
    """The store at the path, kept; or one in memory that is deleted at the end."""
    store = Store(":memory:" if path is None else path)
    try:
        yield store
    finally:
        store.close()


def report(feed: Feed, desk: Desk, seed: int, stored: int, seconds: float) -> Report:
    """The figures of a feed that has run."""
    tally, scenario = feed.tally, feed.scenario
    rows = _rows(desk, tally.conversations)
    firsts, handled = figures.first_responses(rows), figures.handle_times(rows)
    now = desk.clock.now()
    return Report(
        scenario=scenario.name,
        title=scenario.title,
        seed=seed,
        lasted_seconds=(now - feed.starts_at) // 1_000,
        conversations=len(rows),
        written=feed.customers.wrote,
        stored=stored,
        answered=len(firsts),
        abandoned=tally.abandoned,
        open=figures.still_open(rows),
        not_arrived=feed.expected - feed.customers.arrived,
        first_response_median=figures.quantile(firsts, 0.5),
        first_response_p90=figures.quantile(firsts, 0.9),
        handle_median=figures.quantile(handled, 0.5),
        handle_mean=figures.mean(handled),
        ratings=len(tally.stars),
        rating_mean=figures.mean(tally.stars),
        sentiment=figures.sentiments(rows),
        offers=dict(sorted(tally.offers.items())),
        deliveries={
            "sent": tally.kinds["message.sent"],
            "failed and tried again": tally.kinds["message.failed"],
        },
        cases={"opened": tally.kinds["case.created"], "resolved": tally.kinds["case.resolved"]},
        channels=_by_channel(desk, rows),
        agents=_by_agent(feed, desk, rows),
        journal=sum(tally.kinds.values()),
        seconds=seconds,
    )


def _rows(desk: Desk, keys: list[int]) -> list[Conversation]:
    rows: list[Conversation] = []
    for start in range(0, len(keys), _PAGE):
        rows += desk.call("home.rows", SYSTEM, keys=keys[start : start + _PAGE])
    return rows


def _by_channel(desk: Desk, rows: list[Conversation]) -> tuple[figures.Group, ...]:
    used = [key for key in desk.channels if any(row.channel == key for row in rows)]
    return tuple(figures.group(key, [r for r in rows if r.channel == key]) for key in used)


def _by_agent(feed: Feed, desk: Desk, rows: list[Conversation]) -> tuple[figures.Group, ...]:
    groups = []
    for agent in desk.call("agent.list", SYSTEM):
        own = [row for row in rows if row.agent_id == agent.id]
        offers = dict(sorted(feed.tally.offers_of.get(agent.id, {}).items()))
        if own or offers:
            groups.append(figures.group(agent.login, own, offers))
    return tuple(groups)


def people(desk: Desk) -> None:
    """Make sure that a store has a company; one that has agents is left as it is."""
    if desk.call("agent.list", SYSTEM):
        return
    from omnitui.desk.filling.company import fill

    fill(desk)


def roster(desk: Desk, scenario: Scenario, many: int) -> list[str]:
    """The logins of `many` agents who between them work as many of the queues as can be.

    Where the company has too few people, temporary ones who work every queue are added.
    """
    for number in range(len(desk.call("agent.list", SYSTEM)), many):
        _hire(desk, number + 1)
    wanted = {talk.queue for talk in scenario.conversation if talk.queue}
    left: list[Agent] = desk.call("agent.list", SYSTEM)
    chosen: list[Agent] = []
    open_queues = set(wanted)
    while left and len(chosen) < many:
        best = max(left, key=lambda agent: len(open_queues & set(agent.queues)))
        left.remove(best)
        chosen.append(best)
        open_queues -= set(best.queues)
        open_queues = open_queues or set(wanted)
    return [agent.login for agent in chosen]


def _hire(desk: Desk, number: int) -> None:
    login = f"temp{number}"
    desk.call("agent.create", ADMINISTRATOR, login=login, name=f"Temp {number}")
    for queue in desk.call("queue.list", SYSTEM):
        desk.call("queue.add_member", ADMINISTRATOR, queue=queue["id"], agent=login)
