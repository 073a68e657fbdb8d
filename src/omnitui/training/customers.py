"""The simulated customers who are here now: they write to the desk and hear what it delivers.

Each guest has a mind (`mind.py`), randomness of their own and an address. What a mind decides is
put on the schedule; what the journal tells (a reply delivered, an article given, a conversation
ended) is put before the mind it concerns.
"""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from msgspec import Struct, field

from omnitui.desk.desk import Desk, refusal_of
from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.model.channel import AddressKind, Threading
from omnitui.model.conversation import ConversationState, Message, Speaker
from omnitui.model.errors import Fault
from omnitui.model.journal import Entry
from omnitui.rules.arriving import CONTACT
from omnitui.store.faults import BUSY
from omnitui.training.mood import Act, Finish, Heard, Leave, Mood, Prompt, Rate, Say
from omnitui.training.returning import told_again
from omnitui.training.scenario import Outcome
from omnitui.training.schedule import Schedule

_AGAIN_MS = 1_000
"""The wait before a message is sent again that another program kept from being stored."""
_OVER = ("conversation.ended", "conversation.customer_lost")
_CLOSED_FROM_HERE = ("bot_ended", "force_closed", "idle_expired", "not_taken", "overflow")


class Guest(Struct):
    """One customer who is here. `token` outdates what was planned before an end.

    `asks_for` is the login of the agent to whom they want to speak, if any.
    """

    number: int
    name: str
    mind: Mood
    random: Random
    channel: str
    address: str
    live: bool
    context: dict[str, Any] = field(default_factory=dict)
    external_id: Callable[[int], str] | None = None
    after: Callable[[Outcome], None] | None = None
    began: Callable[[int], None] | None = None
    asks_for: str | None = None
    conversation: int | None = None
    last_conversation: int | None = None
    token: int = 0
    busy_until: int = 0
    check_at: int | None = None
    finished: bool = False
    articles: tuple[str, ...] = ()
    wrote: int = 0

    @property
    def actor(self) -> Actor:
        """Who calls the desk."""
        return Actor(ActorKind.CUSTOMER, name=self.name)


class GuestView(Struct, frozen=True):
    """What a trainer sees of a guest."""

    number: int
    name: str
    channel: str
    conversation: int | None
    mood: int
    wrote: int


class Customers:
    """Everybody who is here."""

    def __init__(self, desk: Desk, schedule: Schedule) -> None:
        self._desk = desk
        self._schedule = schedule
        self._by_conversation: dict[int, Guest] = {}
        self._slugs: dict[int, str] = {}
        self._on_the_way: dict[int, str] = {}
        self.here: dict[int, Guest] = {}
        self.arrived = 0
        self.wrote = 0
        self.finished = 0

    def on_the_way(self, message: Message) -> None:
        """Words that a courier of this process carries: no need to read them again."""
        self._on_the_way[message.id] = _answer(message)

    def arrive(self, guest: Guest) -> None:
        """Somebody is here and begins."""
        self.here[guest.number] = guest
        self.arrived += 1
        self._think(guest, *guest.mind.begin(guest.random))

    def go_on(self, guest: Guest, conversation: int, later_ms: int) -> Outcome | None:
        """Somebody is here again as they were; how it was left if it is over for them.

        Everything in their conversation counts as `later_ms` later than it was.
        """
        row = self._desk.call("conversation.get", SYSTEM, conversation=conversation)
        known = self._desk.call(
            "conversation.messages", SYSTEM, conversation=conversation, limit=1_000
        )
        articles, ended_at = self._given(conversation, known)
        over = ended_at if row.state is not ConversationState.CLOSED else ended_at or row.closed_at
        told = told_again(
            guest.mind, known, articles, guest.random, later_ms=later_ms, ended_at=over
        )
        self.arrived += 1
        guest.last_conversation = conversation
        guest.wrote = told.wrote
        if told.outcome is not None:
            guest.finished = True
            self.finished += 1
            return told.outcome
        self.here[guest.number] = guest
        if over is None:
            guest.conversation = conversation
            self._by_conversation[conversation] = guest
        self._think(guest, told.mind, told.acts)
        return None

    def _given(
        self, conversation: int, lines: Sequence[Message]
    ) -> tuple[dict[int, tuple[str, ...]], int | None]:
        """The articles that went with each answer, and when the conversation was ended."""
        history = self._desk.call("conversation.history", SYSTEM, conversation=conversation)
        answers = [line for line in lines if line.speaker is Speaker.AGENT]
        found: dict[int, tuple[str, ...]] = {}
        ended_at = None
        for step in history:
            if step["kind"] == "knowledge.used":
                after = next((line.id for line in answers if line.at >= step["at"]), None)
                if after is not None:
                    found[after] = (*found.get(after, ()), self._slug(step["article"]))
            elif step["kind"] in _OVER:
                ended_at = step["at"]
        return found, ended_at

    def hear(self, entry: Entry) -> None:
        """Put before a guest what the journal says about their conversation."""
        if entry.conversation_id is None:
            return
        guest = self._by_conversation.get(entry.conversation_id)
        if guest is None:
            return
        if entry.kind == "message.sent":
            if guest.finished:
                self._on_the_way.pop(entry.payload["message"], None)
            else:
                self._delivered(guest, entry)
        elif entry.kind == "knowledge.used":
            guest.articles = (*guest.articles, self._slug(entry.payload["article"]))
        elif entry.kind in _OVER or (
            entry.kind == "conversation.closed" and entry.payload["because"] in _CLOSED_FROM_HERE
        ):
            self._ended(guest, entry.at)
        elif entry.kind == "conversation.closed":
            del self._by_conversation[entry.conversation_id]

    def prompt(self, conversation: int) -> Prompt:
        """The best next message in a conversation, by its customer's state."""
        guest = self._by_conversation.get(conversation)
        return Prompt() if guest is None else guest.mind.prompt

    def _delivered(self, guest: Guest, entry: Entry) -> None:
        key = entry.payload["message"]
        text = self._on_the_way.pop(key, None)
        if text is None:
            lines = self._desk.call(
                "conversation.messages",
                SYSTEM,
                conversation=entry.conversation_id,
                since=key - 1,
                limit=1,
            )
            text = _answer(lines[0])
        if not text:
            return
        heard = Heard(text, entry.at, guest.articles)
        guest.articles = ()
        self._think(guest, *guest.mind.hears(heard, guest.random))

    def _slug(self, article: int) -> str:
        if article not in self._slugs:
            found = self._desk.call("knowledge.get", SYSTEM, article=article)
            self._slugs[article] = found.slug
        return self._slugs[article]

    def _ended(self, guest: Guest, at: int) -> None:
        if guest.conversation is not None:
            self._by_conversation.pop(guest.conversation, None)
            guest.conversation = None
        if guest.finished:
            return
        guest.token += 1
        guest.busy_until = 0
        self._think(guest, *guest.mind.ended(at, guest.random))

    def _think(self, guest: Guest, mind: Mood, acts: tuple[Act, ...]) -> None:
        guest.mind = mind
        now = self._desk.clock.now()
        for act in acts:
            at = now + act.after_ms
            if isinstance(act, Say):
                at = max(at, guest.busy_until)
                guest.busy_until = at + 1_000
            self._schedule.add(at, partial(self._act, guest, act, guest.token))
        due = mind.impatient_at
        if due is not None and due != guest.check_at:
            guest.check_at = due
            self._schedule.add(due, partial(self._check, guest, due))

    def _check(self, guest: Guest, due: int) -> bool:
        """Whether they are still waiting for what they waited for when this was planned.

        Being impatient is a change of mind; the store does not know of it until they write.
        """
        if guest.mind.impatient_at == due:
            guest.check_at = None
            self._think(guest, *guest.mind.waited(self._desk.clock.now(), guest.random))
        return False

    def _act(self, guest: Guest, act: Act, token: int) -> bool:
        if token != guest.token:
            return False
        if isinstance(act, Say):
            self._say(guest, act)
        elif isinstance(act, Leave):
            if guest.live and guest.conversation is not None:
                self._desk.attempt(
                    "conversation.customer_left", guest.actor, conversation=guest.conversation
                )
        elif isinstance(act, Rate):
            self._rate(guest, act)
        elif isinstance(act, Finish):
            self._finish(guest, act.outcome)
        return True

    def _say(self, guest: Guest, act: Say) -> None:
        said: dict[str, Any] = {"channel": guest.channel, "address": guest.address}
        if guest.external_id is not None and act.turn is not None:
            said["external_id"] = guest.external_id(act.turn)
        if guest.conversation is None:
            said |= {"name": guest.name, "context": guest.context, "agent": guest.asks_for}
        where = self._desk.channels[guest.channel]
        if where.threading is Threading.CONTACT or where.address_kind is AddressKind.NONE:
            # Nothing else says there which words are one person's.
            said["context"] = {**said.get("context", {}), CONTACT[0]: str(guest.number)}
        message = self._desk.attempt("conversation.receive", guest.actor, text=act.text, **said)
        refusal = refusal_of(message)
        if refusal is not None:
            if refusal.code != BUSY:
                raise Fault(
                    f"The desk refuses the message of {guest.name or 'a customer'}: {refusal}"
                )
            again = self._desk.clock.now() + _AGAIN_MS
            self._schedule.add(again, partial(self._act, guest, act, guest.token))
            return
        guest.wrote += 1
        self.wrote += 1
        if guest.began is not None and guest.conversation is None:
            guest.began(message.conversation_id)
        guest.conversation = guest.last_conversation = message.conversation_id
        self._by_conversation[message.conversation_id] = guest
        self._think(guest, *guest.mind.said(message.at, guest.random))

    def _rate(self, guest: Guest, act: Rate) -> None:
        if guest.last_conversation is not None:
            self._desk.attempt(
                "conversation.rate",
                guest.actor,
                conversation=guest.last_conversation,
                stars=act.stars,
            )

    def _finish(self, guest: Guest, outcome: Outcome) -> None:
        guest.finished = True
        self.finished += 1
        self.here.pop(guest.number, None)
        if guest.after is not None:
            guest.after(outcome)

    def view(self) -> tuple[GuestView, ...]:
        """Everybody who is here, for a trainer."""
        return tuple(
            GuestView(
                guest.number,
                guest.name,
                guest.channel,
                guest.conversation,
                guest.mind.mood,
                guest.wrote,
            )
            for guest in self.here.values()
        )


def _answer(message: Message) -> str:
    """What a customer takes for an answer: what the desk says by itself is none."""
    return "" if message.speaker is Speaker.SYSTEM else message.text
