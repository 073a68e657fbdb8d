"""Handing on, putting off, asking in and taking back, in whatever order: this stays true."""

from collections import defaultdict
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.conversation import ConversationState
from omnitui.model.errors import Refusal
from omnitui.store import undo as kept
from omnitui.store.engine import Row, Store
from properties import share
from shipped import like

START = 1_772_442_000_000
S = ConversationState
COSTS = {"chat": ("live", 25), "email": ("asynchronous", 15)}
WORKS = {"ada": ("General", "Billing"), "bo": ("General",), "chidi": ("Billing",)}
THREAD = (S.OPEN, S.ACTIVE, S.WAITING)
WAITS = {"8 s": 8_000, "2 min": 130_000, "20 min": 1_200_000, "2 h": 7_200_000}
PLAIN = ["accept", "accept", "pick", "decline", "end", "close", "close", "release"]
PLAIN += ["leave", "end_consult", "unsnooze"]
VERBS = st.sampled_from(
    [*[(verb, {}) for verb in PLAIN]]
    + [("transfer", {"to_agent": login, "note": "see above"}) for login in WORKS]
    + [("transfer", {"to_queue": queue}) for queue in ("General", "Billing", "Empty")]
    + [(verb, {"agent": login}) for verb in ("consult", "add") for login in WORKS]
    + [("snooze", {"until": until}) for until in ("30m", "2h", "mon 9am", "whenever")]
    + [("set_priority", {"priority": priority}) for priority in (0, 5)]
    + [("reply", {"text": "one moment"}), ("note", {"text": "between us"})]
)
BULK = st.sampled_from(
    [(verb, {}) for verb in ("pick", "close")]
    + [("snooze", {"until": "2h"}), ("set_priority", {"priority": 5})]
    + [("label", {"add": ["vip"]}), ("label", {"remove": ["VIP"]})]
    + [("transfer", {"to_queue": "Billing"}), ("transfer", {"to_agent": "bo"})]
)
AGENT, NUMBER = st.integers(0, 2), st.integers(0, 30)


def somebody_wrote(floor: "Handing") -> bool:
    return bool(floor.said)


class Handing(RuleBasedStateMachine):
    """Three agents who hand their work about."""

    @initialize()
    def begin(self) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock)
        for key, (mode, cost) in COSTS.items():
            self.must("channel.create", key=key, label=key, mode=mode, cost=cost, **like(key))
        for queue in ("General", "Billing", "Empty"):
            self.must("queue.create", name=queue)
        self.must("profile.create", name="Chats", most=2)
        self.must(
            "classification.create",
            name="Chats take a profile",
            conditions=[{"field": "channel", "operator": "is", "value": "chat"}],
            result={"profiles": ["Chats"]},
        )
        self.agents: list[Actor] = []
        for login, queues in WORKS.items():
            made = self.must("agent.create", login=login, name=login.title(), capacity=60)
            self.agents.append(Actor(ActorKind.AGENT, made.id, made.name))
            self.must("profile.give", agent=login, profile="Chats")
            for queue in queues:
                self.must("queue.add_member", queue=queue, agent=login)
            self.must("agent.set_presence", self.agents[-1], presence="available")
        self.said: dict[int, list[str]] = defaultdict(list)
        self.typed: dict[tuple[int, int], str] = {}
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()

    def must(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    def may(self, name: str, by: Actor, /, **given: Any) -> Any:
        before = self.desk.last_seq()
        found = self.desk.attempt(name, by, **given)
        if isinstance(found, Refusal):
            assert self.desk.last_seq() == before
            assert found.message.endswith(".")
        return found

    def rows(self) -> list[Row]:
        return self.desk.store.rows("SELECT * FROM conversations ORDER BY id")

    def some(self, number: int, by: Actor) -> int:
        """A conversation, one that has to do with the agent where there is any."""
        rows = self.rows()
        theirs = [row for row in rows if by.id in (row["agent_id"], row["offered_to"])]
        fit = theirs if theirs and number % 4 else rows
        return int(fit[number % len(fit)]["id"])

    @rule(channel=st.sampled_from([*COSTS]), who=st.integers(0, 4), queue=st.booleans())
    def writes(self, channel: str, who: int, queue: bool) -> None:
        self.number += 1
        text = f"word {self.number}"
        message = self.must(
            "conversation.receive",
            channel=channel,
            address=f"{channel}{who}@example.com",
            text=text,
            context={"queue": "Billing" if queue else "General"},
        )
        self.said[message.conversation_id].append(text)

    @precondition(somebody_wrote)
    @rule(agent=AGENT, number=NUMBER, verb=VERBS)
    def does(self, agent: int, number: int, verb: tuple[str, dict[str, Any]]) -> None:
        self.act(self.agents[agent], self.some(number, self.agents[agent]), verb)

    def act(self, by: Actor, talk: int, verb: tuple[str, dict[str, Any]]) -> Any:
        name, given = verb
        found = self.may(f"conversation.{name}", by, conversation=talk, **given)
        if not isinstance(found, Refusal) and name in ("reply", "note"):
            self.typed.pop((by.id, talk), None)
        return found

    @precondition(somebody_wrote)
    @rule(agent=AGENT, number=NUMBER)
    def types(self, agent: int, number: int) -> None:
        by = self.agents[agent]
        talk = self.some(number, by)
        self.number += 1
        text = f"draft {self.number} ends"
        given = {"conversation": talk, "text": text, "kind": "reply"}
        if not isinstance(self.may("session.draft", by, **given), Refusal):
            self.typed[by.id, talk] = text

    @rule(agent=AGENT)
    def takes_back(self, agent: int) -> None:
        by = self.agents[agent]
        before = self.must("undo.what", by)
        done = self.may("undo.last", by)
        assert isinstance(done, Refusal) == (before is None or bool(before.why_not))

    @precondition(somebody_wrote)
    @rule(agent=AGENT, number=NUMBER, verb=VERBS)
    def thinks_better_of_it(
        self, agent: int, number: int, verb: tuple[str, dict[str, Any]]
    ) -> None:
        by = self.agents[agent]
        talk = self.some(number, by)
        before, had = kept.columns(self.desk.store, talk), self.must("undo.what", by)
        seq = self.desk.last_seq()
        if isinstance(self.act(by, talk, verb), Refusal):
            return
        now = self.must("undo.what", by)
        newest = kept.newest(self.desk.store, by.id)
        if now == had or newest is None or newest.begun < seq:
            return
        if newest.deed is not None and newest.deed.kind == "final":
            assert now.why_not
            assert isinstance(self.may("undo.last", by), Refusal)
            return
        assert now.why_not == ""
        self.must("undo.last", by)
        assert kept.columns(self.desk.store, talk) == before

    @precondition(somebody_wrote)
    @rule(agent=AGENT, verb=BULK, every=st.integers(1, 3), back=st.booleans())
    def does_to_many(
        self, agent: int, verb: tuple[str, dict[str, Any]], every: int, back: bool
    ) -> None:
        by, (name, given) = self.agents[agent], verb
        talks = [row["id"] for row in self.rows()][::every]
        before = {talk: kept.columns(self.desk.store, talk) for talk in talks}
        seq = self.desk.last_seq()
        found = self.may(f"bulk.{name}", by, conversations=talks, **given)
        if isinstance(found, Refusal):
            return
        assert sorted([*found.done, *(one.conversation for one in found.refused)]) == talks
        for one in found.refused:
            rung = self.desk.store.value(
                "SELECT 1 FROM journal WHERE conversation_id = ? AND seq > ?",
                (one.conversation, seq),
            )
            if not rung:
                assert kept.columns(self.desk.store, one.conversation) == before[one.conversation]
        newest = kept.newest(self.desk.store, by.id)
        if back and newest is not None and newest.begun >= seq:
            undone = self.must("undo.last", by)
            assert undone.left == ()
            assert {talk: kept.columns(self.desk.store, talk) for talk in talks} == before

    @rule(agent=AGENT, presence=st.sampled_from(["available", "away", "do_not_disturb"]))
    def turns(self, agent: int, presence: str) -> None:
        self.must("agent.set_presence", self.agents[agent], presence=presence)

    @rule(wait=st.sampled_from([*WAITS]))
    def waits(self, wait: str) -> None:
        self.clock.advance(WAITS[wait])
        self.desk.run_due()

    @invariant()
    def what_agents_hold_is_what_their_row_says(self) -> None:
        rows = self.rows()
        for by in self.agents:
            held = [
                row
                for row in rows
                if row["offered_to"] == by.id
                or (row["agent_id"] == by.id and row["state"] in (S.ACTIVE, S.WRAP_UP))
            ]
            used = sum(COSTS[row["channel"]][1] for row in held)
            assert self.must("agent.get", agent=by.id).used == used

    @invariant()
    def room_in_a_profile_is_what_their_items_leave(self) -> None:
        for by in self.agents:
            held = [
                row
                for row in self.rows()
                if row["channel"] == "chat"
                and (
                    row["offered_to"] == by.id
                    or (row["agent_id"] == by.id and row["state"] in (S.ACTIVE, S.WRAP_UP))
                )
            ]
            assert self.must("profile.of_agent", by)["Chats"].used == len(held)

    @invariant()
    def every_conversation_is_in_one_pair_of_hands_or_in_none(self) -> None:
        threads = set()
        for row in self.rows():
            state, agent = row["state"], row["agent_id"]
            if state == S.OPEN:
                assert (agent, row["offered_to"], row["snoozed_until"]) == (None, None, None)
            elif state == S.ACTIVE:
                assert (agent is None) != (row["offered_to"] is None)
                assert row["snoozed_until"] is None
            else:
                assert row["offered_to"] is None
            assert state != S.WAITING or row["channel"] == "email"
            assert row["snoozed_until"] is None or state == S.WAITING
            assert state != S.WAITING or agent is not None or row["snoozed_until"] is not None
            assert (row["closed_at"] is not None) == (state == S.CLOSED)
            assert (row["ended_at"] is not None) == (state in (S.WRAP_UP, S.CLOSED))
            if state in THREAD:
                assert (row["channel"], row["address"]) not in threads
                threads.add((row["channel"], row["address"]))

    @invariant()
    def every_state_has_the_timers_it_needs_and_no_other(self) -> None:
        running: dict[str, set[int]] = defaultdict(set)
        for row in self.desk.store.rows("SELECT kind, subject FROM timers"):
            running[row["kind"]].add(row["subject"])
        rows = self.rows()
        snoozed = {row["id"] for row in rows if row["snoozed_until"] is not None}
        assert running["snooze"] == snoozed
        assert running["offer"] == {row["id"] for row in rows if row["offered_to"] is not None}
        assert running["wrap_up"] == {row["id"] for row in rows if row["state"] == S.WRAP_UP}
        waiting = {row["id"] for row in rows if row["state"] == S.WAITING}
        assert running["idle"] == waiting - snoozed

    @invariant()
    def whoever_has_one_has_it_open_and_nobody_stands_beside_their_own(self) -> None:
        store = self.desk.store
        tabs = {(r["agent_id"], r["conversation_id"]) for r in store.rows("SELECT * FROM sessions")}
        beside = {
            (r["agent_id"], r["conversation_id"]) for r in store.rows("SELECT * FROM participants")
        }
        for row in self.rows():
            if row["state"] in (S.ACTIVE, S.WRAP_UP) and row["offered_to"] is None:
                assert (row["agent_id"], row["id"]) in tabs
                assert (row["agent_id"], row["id"]) not in beside
            if row["state"] == S.CLOSED:
                assert row["id"] not in {talk for _, talk in beside}

    @invariant()
    def no_word_is_lost(self) -> None:
        store = self.desk.store
        heard: dict[int, list[str]] = defaultdict(list)
        lines = store.rows("SELECT * FROM messages ORDER BY id")
        for line in lines:
            if line["speaker"] == "customer":
                heard[line["conversation_id"]].append(line["text"])
        assert heard == self.said
        drafts = store.rows("SELECT * FROM sessions WHERE draft_reply <> ''")
        kept_words = {(row["conversation_id"], row["draft_reply"]) for row in drafts}
        noted = defaultdict(str)
        for line in lines:
            noted[line["conversation_id"]] += line["text"]
        for (_, talk), text in self.typed.items():
            assert (talk, text) in kept_words or text in noted[talk]


TestHanding = Handing.TestCase
TestHanding.settings = settings(max_examples=share(36), stateful_step_count=30)
