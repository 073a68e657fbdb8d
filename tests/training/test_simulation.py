import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.datafiles import folder
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.model.actor import SYSTEM
from omnitui.model.conversation import Delivery, Message, Speaker
from omnitui.model.errors import DataError, Fault
from omnitui.model.journal import Entry
from omnitui.store.engine import Store
from omnitui.training.feed import Feed
from omnitui.training.options import SimulateOptions
from omnitui.training.report import Report
from omnitui.training.run import run, simulate
from omnitui.training.scenario import Scenario, load, names

SHIPPED = names()
BY_PEOPLE = [name for name in SHIPPED if name != "bot-first"]
"""Where people answer everybody: a virtual agent ends what it has answered, and who says thanks."""
Fill = Callable[[Desk], None]
Told = Callable[..., Report]


def kept(path: Path) -> Desk:
    return Desk(Store(path), ManualClock(0))


def journal(path: Path) -> list[Entry]:
    desk = kept(path)
    entries: list[Entry] = []
    while page := desk.follow(entries[-1].seq if entries else 0):
        entries += page
    desk.close()
    return entries


def customers_words(path: Path) -> dict[int, list[Message]]:
    desk = kept(path)
    said: dict[int, list[Message]] = {}
    for row in desk.call("conversation.list", SYSTEM, limit=1_000):
        lines = desk.call("conversation.messages", SYSTEM, conversation=row.id, limit=1_000)
        said[row.id] = [line for line in lines if line.speaker is Speaker.CUSTOMER]
    desk.close()
    return said


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_seed_gives_the_same_report_and_journal(name: str, tmp_path: Path) -> None:
    runs = []
    for which in ("one", "two"):
        path = tmp_path / which / "s.db"
        report = simulate(SimulateOptions(name, seed=5, for_ms=12 * 60_000, store=path))
        runs.append((json.dumps(report.to_json()), report.text(), journal(path)))
    assert runs[0] == runs[1]


@pytest.mark.slow
def test_another_seed_gives_another_shift(told: Told) -> None:
    first, second = (told("quiet-morning", seed) for seed in (3, 4))
    assert first.to_json() != {**second.to_json(), "seed": 3}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "seed"), [(name, 8 if name == "evening-outage" else 3) for name in BY_PEOPLE]
)
def test_a_whole_shift_loses_nothing_and_ends(name: str, seed: int, told: Told) -> None:
    check_nothing_is_lost(told(name, seed))


def check_nothing_is_lost(report: Report) -> None:
    told = report.to_json()
    assert told["customer_messages"]["in"] == told["customer_messages"]["stored"] > 0
    assert told["conversations"] > 0
    assert told["answered"] > 0.8 * told["conversations"]
    assert told["not_arrived"] == 0
    assert set(told["open"]) <= {"waiting"}
    assert sum(told["sentiment"].values()) == told["conversations"]
    assert (
        sum(group["conversations"] for group in told["by_channel"].values())
        == told["conversations"]
    )


@pytest.mark.slow
def test_a_rush_is_harder_than_a_quiet_morning(told: Told) -> None:
    quiet, rush = told("quiet-morning", 3, 60), told("evening-outage", 8, 60)
    assert quiet.first_response_p90 is not None
    assert rush.first_response_p90 is not None
    assert rush.first_response_p90 > 2 * quiet.first_response_p90
    assert rush.abandoned > quiet.abandoned
    assert (rush.rating_mean or 5) < (quiet.rating_mean or 0)


def test_one_customer_comes_on_four_channels_and_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    simulate(SimulateOptions("one-customer-four-channels", seed=2, store=path))
    desk = kept(path)
    rows = desk.call("conversation.list", SYSTEM, limit=100)
    kiana = [row for row in reversed(rows) if row.name == "Kiana Anderson"]
    assert [row.channel for row in kiana] == ["web", "chat", "phone", "email"]
    assert len({row.customer_id for row in kiana}) == 1
    assert None not in {row.customer_id for row in kiana}
    desk.close()


def test_timing_is_only_there_when_asked_for() -> None:
    report = simulate(SimulateOptions("one-customer-four-channels"))
    assert not {"seconds", "per_second"} & set(report.to_json())
    assert {"seconds", "per_second"} <= set(report.to_json(timing=True))
    assert "a second" not in report.text()
    assert "a second" in report.text(timing=True)


def test_time_can_be_bounded_and_what_is_open_is_said() -> None:
    report = simulate(SimulateOptions("evening-outage", seed=1, for_ms=15 * 60_000))
    told = report.to_json()
    assert told["scenario_seconds"] == 15 * 60
    assert told["not_arrived"] > 0
    assert told["open"].get("active", 0) > 0
    assert "Not closed when it ended" in report.text()
    assert "had not arrived" in report.text()


def test_as_many_agents_work_as_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    simulate(SimulateOptions("quiet-morning", agents=10, for_ms=60_000, store=path))
    desk = kept(path)
    there = [a.login for a in desk.call("agent.list", SYSTEM) if a.presence.value != "offline"]
    desk.close()
    assert len(there) == 10
    assert {"temp9", "temp10"} <= set(there)


def test_without_agents_customers_wait_and_go(tmp_path: Path) -> None:
    report = simulate(SimulateOptions("one-customer-four-channels", agents=0))
    assert report.answered == 0
    assert report.abandoned > 0


def started(
    settle_in: Fill, path: Path, scenario: Scenario, many: int
) -> tuple[Feed, Desk, ManualClock]:
    clock = ManualClock(scenario.starts_at)
    desk = Desk(Store(path), clock, Random(1))
    settle_in(desk)
    logins = [agent.login for agent in desk.call("agent.list", SYSTEM)][:many]
    return Feed(desk, scenario, Random(4), agents=logins), desk, clock


def test_offers_never_exceed_anybodys_capacity(settle_in: Fill, tmp_path: Path) -> None:
    feed, desk, clock = started(settle_in, tmp_path / "s.db", load("evening-outage"), 3)
    full = 0
    for _ in range(700):
        due = feed.step()
        for agent in desk.call("agent.list", SYSTEM):
            assert agent.used <= agent.capacity
            full += agent.used == agent.capacity
        if due is None:
            break
        clock.set(max(due, clock.now()))
    assert full > 0
    desk.close()


def test_a_failed_delivery_is_tried_again_and_arrives(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    text = (folder() / "scenarios" / "evening-outage.toml").read_text("utf-8")
    flaky = tmp_path / "flaky.toml"
    flaky.write_text(text.replace("chat = 0.01", "chat = 0.2"), encoding="utf-8")
    simulate(SimulateOptions(str(flaky), seed=1, for_ms=30 * 60_000, store=path))
    entries = journal(path)
    # What fails in the last minutes has no time left to be tried again.
    tried = entries[-1].at - 5 * 60_000
    failed = {e.payload["message"] for e in entries if e.kind == "message.failed" and e.at < tried}
    sent = {e.payload["message"] for e in entries if e.kind == "message.sent"}
    assert len(failed) > 5
    assert failed <= sent


def test_a_channel_the_store_does_not_have_is_said(tmp_path: Path, small_text: str) -> None:
    path = tmp_path / "fax.toml"
    path.write_text(small_text.replace('"chat"', '"fax"'), encoding="utf-8")
    with pytest.raises(Fault, match="uses the channel 'fax'"):
        simulate(SimulateOptions(str(path)))


def test_a_store_that_is_kept_can_be_used_again(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    first = simulate(SimulateOptions("one-customer-four-channels", store=path))
    second = simulate(SimulateOptions("one-customer-four-channels", seed=2, store=path))
    assert second.stored == second.written
    assert len(customers_words(path)) == first.conversations + second.conversations


def transcripts(tmp_path: Path, many: int) -> Path:
    random = Random(9)
    path = tmp_path / "words.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for n in range(many):
            roles = ["customer", *random.choices(["customer", "agent"], k=random.randrange(9))]
            turns = [
                {"role": role, "text": f"{role} says {k} ✓ <b>[/red] thanks"}
                for k, role in enumerate(roles)
            ]
            out.write(json.dumps({"id": f"c{n}", "topic": f"t{n % 3}", "turns": turns}) + "\n")
    return path


def check_nothing_lost(path: Path, store: Path, many: int, scenario: str) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:many]]
    sample = store.parent / "sample.jsonl"
    sample.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    report = simulate(SimulateOptions(scenario, seed=1, store=store, transcripts=(sample,)))
    wanted = sorted(
        [turn["text"] for turn in line["turns"] if turn["role"] == "customer"] for line in lines
    )
    said = customers_words(store)
    assert sorted([line.text for line in lines] for lines in said.values()) == wanted
    total = sum(map(len, wanted))
    assert report.conversations == len(lines)
    assert report.to_json()["customer_messages"] == {"in": total, "stored": total}
    assert report.not_arrived == 0


@pytest.mark.parametrize("scenario", BY_PEOPLE)
def test_real_words_are_all_kept_once_and_in_order(scenario: str, tmp_path: Path) -> None:
    check_nothing_lost(transcripts(tmp_path, 40), tmp_path / "s.db", 40, scenario)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["multidogo-media.jsonl", "sgd.jsonl"])
def test_real_customers_words_are_all_kept(name: str, samples: Path, tmp_path: Path) -> None:
    check_nothing_lost(samples / name, tmp_path / "s.db", 40, "quiet-morning")


def test_what_the_agent_of_a_transcript_said_is_said(tmp_path: Path) -> None:
    path, store = tmp_path / "one.jsonl", tmp_path / "s.db"
    turns = [("customer", "Is it open?"), ("agent", "Until eight."), ("customer", "Thanks!")]
    line = {"id": "x", "turns": [{"role": role, "text": text} for role, text in turns]}
    path.write_text(json.dumps(line), encoding="utf-8")
    simulate(SimulateOptions("quiet-morning", store=store, transcripts=(path,)))
    desk = kept(store)
    lines = desk.call("conversation.messages", SYSTEM, conversation=1)
    agents = [line for line in lines if line.speaker is Speaker.AGENT]
    desk.close()
    assert "Until eight." in [line.text for line in agents]
    assert {line.delivery for line in agents if line.delivery is not Delivery.RECEIVED} == {
        Delivery.SENT
    }


def test_the_same_transcripts_twice_are_kept_once(tmp_path: Path) -> None:
    path, store = transcripts(tmp_path, 10), tmp_path / "s.db"
    options = SimulateOptions("quiet-morning", store=store, transcripts=(path,))
    first = simulate(options)
    before = customers_words(store)
    simulate(options)
    assert customers_words(store) == before
    assert first.stored == sum(map(len, before.values()))


def test_a_bad_line_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    path, store = tmp_path / "bad.jsonl", tmp_path / "s.db"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 1"):
        simulate(SimulateOptions("quiet-morning", store=store, transcripts=(path,)))
    assert not store.exists()


@pytest.mark.slow
def test_figures_by_agent_add_up(told: Told) -> None:
    figures = told("quiet-morning", 3).to_json()
    offers = Counter[str]()
    for group in figures["by_agent"].values():
        offers.update(group["offers"])
    assert dict(offers) == figures["offers"]


def test_a_shift_that_is_told_of_on_the_way_is_the_same_shift(told: Told) -> None:
    scenario = "one-customer-four-channels"
    assert told(scenario, 3).to_json() == simulate(SimulateOptions(scenario, seed=3)).to_json()


def test_a_company_that_is_copied_is_the_one_that_is_filled_in(settle_in: Fill) -> None:
    clock = ManualClock(1_772_442_000_000)
    copied, filled = (Desk(Store(":memory:"), clock, Random(1)) for _ in range(2))
    settle_in(copied)
    fill(filled)
    one, other = ("\n".join(desk.store.connection.iterdump()) for desk in (copied, filled))
    assert one == other
    copied.close()
    filled.close()


def test_a_run_can_go_on_with_what_was_being_done(
    settle_in: Fill, tmp_path: Path, small: Scenario
) -> None:
    feed, desk, clock = started(settle_in, tmp_path / "s.db", small, 2)
    run(feed, desk, clock, for_ms=6 * 60_000)
    held = [row for row in desk.call("conversation.list", SYSTEM) if row.agent_id is not None]
    assert held
    logins = [agent.login for agent in desk.call("agent.list", SYSTEM)][:2]
    again = Feed(desk, small, Random(5), agents=logins)
    run(again, desk, clock)
    states = {row.state.value for row in desk.call("conversation.list", SYSTEM)}
    assert states <= {"closed", "waiting"}
    desk.close()
