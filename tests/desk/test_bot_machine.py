"""Any shift with the bot: it never speaks after a person, loses no answer, and strands nobody."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from omnitui.clock import ManualClock
from omnitui.datafiles import folder
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.model.conversation import ConversationState, MessageKind, Speaker
from omnitui.model.errors import Refusal
from omnitui.store.engine import Store
from properties import share
from shipped import like

TOPICS = (folder() / "topics" / "support.toml").read_text(encoding="utf-8")
START, SECOND, MINUTE = 1_772_442_000_000, 1_000, 60_000
S = ConversationState
TEXTS = st.sampled_from(
    [
        "hi",
        "my internet is down",
        "20417",
        "yes",
        "no",
        "my internet is slow",
        "2",
        "can you explain my bill",
        "agent please",
        "qwerty",
        "thanks, bye",
        "cancel my subscription",
    ]
)
ADDRESS = st.integers(0, 2)


class Shift(RuleBasedStateMachine):
    """Customers who write to the bot, and an agent who takes over when they like."""

    @initialize()
    def begin(self) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock)
        self.call("channel.create", key="chat", label="Chat", mode="live", cost=10, **like("chat"))
        self.call("queue.create", name="General")
        made = self.call("agent.create", login="ada", name="Ada", capacity=1_000)
        self.ada = Actor(ActorKind.AGENT, made.id, made.name)
        self.call("queue.add_member", queue="General", agent="ada")
        self.call("bot.set", bot="support", topics=TOPICS)
        self.call("workstream.create", name="Chats", channels=["chat"], bot="support")
        self.answers: dict[int, dict[str, str]] = {}

    def call(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    @rule(address=ADDRESS, text=TEXTS, turn=st.booleans())
    def write(self, address: int, text: str, turn: bool) -> None:
        self.clock.advance(SECOND)
        self.call("conversation.receive", channel="chat", address=f"dev-{address}", text=text)
        if turn:
            self.desk.run_due()

    @rule(seconds=st.sampled_from([1, 60, 40 * 60]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds * SECOND)
        self.desk.run_due()

    @rule(
        at=st.integers(0, 9),
        command=st.sampled_from(
            ["bot.take_over", "conversation.pick", "conversation.accept", "conversation.release"]
        ),
    )
    def act(self, at: int, command: str) -> None:
        self.attempt(command, at)

    @rule(at=st.integers(0, 9))
    def reply(self, at: int) -> None:
        self.attempt("conversation.reply", at, text="Hello, this is Ada.")

    @rule()
    def undo(self) -> None:
        self.desk.attempt("undo.last", self.ada)

    @rule(at=st.integers(0, 9))
    def leave(self, at: int) -> None:
        keys = [item.id for item in self.talks()]
        if keys:
            key = keys[at % len(keys)]
            self.desk.attempt("conversation.customer_left", SYSTEM, conversation=key)

    @rule(present=st.booleans())
    def present(self, present: bool) -> None:
        presence = "available" if present else "offline"
        self.call("agent.set_presence", self.ada, presence=presence)

    def attempt(self, command: str, at: int, **more: Any) -> None:
        keys = [item.id for item in self.talks()]
        if keys:
            found = self.desk.attempt(command, self.ada, conversation=keys[at % len(keys)], **more)
            assert not isinstance(found, Refusal) or found.message

    def talks(self) -> list[Any]:
        return list(self.call("conversation.list", limit=1_000))

    @invariant()
    def it_is_silent_after_a_person(self) -> None:
        for item in self.talks():
            lines = self.call("conversation.messages", conversation=item.id, limit=1_000)
            spoken = [
                line.speaker
                for line in lines
                if line.kind is MessageKind.MESSAGE
                and line.speaker in (Speaker.AGENT, Speaker.BOT)
                and line.delivery != "unsent"
            ]
            if Speaker.AGENT in spoken:
                assert Speaker.BOT not in spoken[spoken.index(Speaker.AGENT) :]

    @invariant()
    def no_answer_is_lost(self) -> None:
        for item in self.talks():
            known = self.call("bot.state", conversation=item.id)
            now = {} if known is None else known["answers"]
            for slot, value in now.items():
                assert item.context.get(slot) == value
            before = self.answers.get(item.id, {})
            assert before.keys() - now.keys() <= {"red_light", "restarted", "helped", "paid"}
            self.answers[item.id] = now

    @invariant()
    def nobody_strands_with_the_bot(self) -> None:
        for item in self.talks():
            timers = self.desk.store.rows("SELECT kind FROM timers WHERE subject = ?", (item.id,))
            kinds = {row["kind"] for row in timers if row["kind"].startswith("bot")}
            if item.state is S.BOT:
                assert kinds, "nothing would ever happen to it again"
                assert item.agent_id is None
                assert item.offered_to is None
                assert self.call("bot.state", conversation=item.id)["status"] == "talking"
            if item.state is S.CLOSED:
                assert kinds == set()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert self.desk.store.problems() == []
            self.desk.close()


Shift.TestCase.settings = settings(max_examples=share(40), stateful_step_count=20)
TestShift = Shift.TestCase
