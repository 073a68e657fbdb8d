"""Shifts of any shape: whatever comes, whoever leaves or learns, work is given out rightly.

Hypothesis decides what happens; after each step everything that is promised must hold.
"""

from hypothesis import settings
from hypothesis.stateful import invariant, precondition
from msgspec.structs import replace
from shift_machine import CHANNELS, HOLDS, Shift

from omnitui.desk.routing import load, people
from omnitui.model.actor import SYSTEM
from omnitui.model.agent import Presence
from omnitui.model.conversation import ConversationState
from omnitui.rules.routing import Assign, Match, QueueRules, assign_all
from omnitui.store import timers
from properties import share


class PromisedShift(Shift):
    """A shift, and what holds at every moment of it."""

    @invariant()
    def nobody_is_given_more_than_they_can_hold(self) -> None:
        call = self.desk.at_work(SYSTEM)
        costs = {key: load.cost_of(call, key) for key, *_ in CHANNELS}
        for agent in self.do("agent.list"):
            held = sum(
                costs[talk.channel]
                for talk in self.talks
                if talk.offered_to == agent.id
                or (
                    talk.agent_id == agent.id
                    and talk.state in HOLDS
                    and not (talk.channel == "email" and talk.state is ConversationState.WRAP_UP)
                )
            )
            assert agent.used == held
            if agent.id not in self.by_hand:
                assert agent.used <= agent.capacity

    @invariant()
    def what_rings_rings_at_one_who_may_be_asked(self) -> None:
        people = {agent.id: agent for agent in self.do("agent.list")}
        for talk in self.talks:
            if talk.offered_to is None:
                continue
            assert talk.state is ConversationState.ACTIVE
            assert talk.agent_id is None
            assert talk.routing
            assert people[talk.offered_to].presence is not Presence.OFFLINE

    @precondition(lambda self: self.people)
    @invariant()
    def nobody_waits_whom_somebody_could_help(self) -> None:
        for talk in self.talks:
            if talk.state is not ConversationState.OPEN:
                continue
            told = self.do("routing.explain", conversation=talk.id)
            # Who has let it pass, or go, is left alone with it for a while, and does not fit.
            assert told.agent is None, told.sentence

    @invariant()
    def only_what_can_still_come_is_counted(self) -> None:
        running: dict[str, set[int]] = {}
        for kind, key in self.desk.store.rows("SELECT kind, subject FROM timers"):
            running.setdefault(kind, set()).add(key)
        for talk in self.talks:
            held = {kind for kind in timers.OF_CONVERSATIONS if talk.id in running.get(kind, ())}
            if talk.state is ConversationState.CLOSED:
                assert not held
            assert ("offer" in held) is (talk.offered_to is not None)
            assert ("snooze" in held) is (talk.snoozed_until is not None)
            if talk.state is not ConversationState.WRAP_UP:
                assert not held & {"wrap_up", "wrap_free"}
            if talk.state is not ConversationState.WAITING:
                assert not held & {"idle", "snooze"}
            if talk.agent_id is not None and talk.state is ConversationState.ACTIVE:
                assert not held & {"not_taken", "hold_room", "offer_again", "overflow"}
            if talk.state is ConversationState.OPEN and talk.channel != "email":
                assert "not_taken" in held

    @invariant()
    def every_presence_is_what_its_reason_makes_it(self) -> None:
        for login, who in self.people.items():
            before = self.do("agent.get", agent=login)
            chosen = self.chosen.get(login)
            if chosen in (Presence.AWAY, Presence.DO_NOT_DISTURB):
                assert before.presence is chosen
            elif before.presence is Presence.DO_NOT_DISTURB:
                assert not before.presence_by_hand
            with self.desk.store.transaction():
                after = load.refresh(self.desk.at_work(SYSTEM), who.id)
            assert (before.presence, before.presence_reason, before.used) == (
                after.presence,
                after.presence_reason,
                after.used,
            )

    @invariant()
    def a_question_about_what_waits_has_the_same_answer(self) -> None:
        call = self.desk.at_work(SYSTEM)
        open_ones = [talk for talk in self.talks if talk.state is ConversationState.OPEN]
        pushed = [talk for talk in open_ones if call.stream(talk.channel).pushed]
        items = [people.item_of(call, talk) for talk in pushed]
        if not items:
            return
        for_calls = {one.name: one.for_calls for one in people.queue_rules(call)}
        rules = [
            QueueRules(
                one["name"],
                one["priority"],
                Match(one["match"]),
                Assign(one["assign"]),
                for_calls.get(one["name"], 0),
            )
            for one in self.do("queue.list")
        ]
        # Asked for what needs them whole, nobody is marked as kept for calls beforehand.
        alone = replace(items[0], exclusive=True)
        ready = people.candidates(call, alone, self.do("agent.list"))
        assert assign_all(items, ready, now=call.now, queues=rules).agents == {}


TestShift = PromisedShift.TestCase
TestShift.settings = settings(max_examples=share(24), stateful_step_count=40, deadline=None)
