"""Agents on autopilot: they answer through the same desk commands as people, at a human pace.

They accept what rings, greet, ask, look for an article with the customer's words, send or say what
fits, say good-bye, sometimes write a note or open a case, end and close. Each does one thing at a
time (`Hands`). They follow the journal; what the desk refuses they let be, because something
has changed.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from itertools import count
from random import Random
from typing import Any

from msgspec import Struct, field

from omnitui.desk.desk import Desk, refusal_of
from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.journal import Entry
from omnitui.model.names import first_name
from omnitui.training import replies
from omnitui.training.articles import Articles
from omnitui.training.mood import Prompt
from omnitui.training.schedule import Deed, Schedule


class Pressing(IntEnum):
    """The order of an agent's work: offers, live customers who wait, unfinished work, letters."""

    RINGS = 0
    LIVE = 1
    FINISH = 2
    LETTER = 3


class Hands(Struct):
    """The work of one agent. What is ready at the same time and as pressing keeps its order."""

    schedule: Schedule
    busy: bool = False
    _ready: list[tuple[Pressing, int, int, Deed]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def plan(self, at: int, pressing: Pressing, deed: Deed, work_ms: int = 0) -> None:
        """Take up `deed` at `at` (epoch ms) or as soon after as possible; it takes `work_ms`."""
        self.schedule.add(at, partial(self._comes, at, pressing, deed, work_ms))

    def _comes(self, at: int, pressing: Pressing, deed: Deed, work_ms: int) -> bool:
        heapq.heappush(self._ready, (pressing, next(self._numbers), work_ms, deed))
        if not self.busy:
            self._next(at)
        return False

    def _next(self, now: int) -> None:
        self.busy = bool(self._ready)
        if self._ready:
            _, _, work_ms, deed = heapq.heappop(self._ready)
            self.schedule.add(now + work_ms, partial(self._finish, now + work_ms, deed))

    def _finish(self, now: int, deed: Deed) -> bool | None:
        done = deed()
        self._next(now)
        return done


SECOND = 1_000
GREETS_FASTER = 4
"""How many times faster than an answer a greeting is sent on a live channel."""


class Held(Struct):
    """A conversation that a pilot has, and how far it is."""

    row: Conversation
    live: bool
    replies: int = 0
    articles: frozenset[int] = frozenset()
    asked: bool = False
    prompted: str = ""
    planned: bool = False
    thanked: bool = False
    heard: int = 0
    over: bool = False
    steps: list[str] | None = None
    """The text steps of the script that are left; None until it has been read."""


class Pilot(Struct):
    """One agent on autopilot. `knows` is how often they have the right answer ready (0 to 1)."""

    agent: Agent
    random: Random
    knows: float
    hands: Hands
    held: dict[int, Held] = field(default_factory=dict)
    left: dict[int, Held] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who calls the desk."""
        return Actor(ActorKind.AGENT, self.agent.id, self.agent.name)


class Autopilot:
    """All agents on autopilot. `prompt` tells what the right answer would be, if anybody knows."""

    def __init__(
        self,
        desk: Desk,
        schedule: Schedule,
        random: Random,
        logins: list[str],
        prompt: Callable[[int], Prompt],
    ) -> None:
        self._desk = desk
        self._schedule = schedule
        self._prompt = prompt
        self._articles = Articles(desk)
        self.refusals: Counter[str] = Counter()
        self._pilots: dict[int, Pilot] = {}
        for login in logins:
            agent = desk.call("agent.get", SYSTEM, agent=login)
            own = Random(random.getrandbits(64))
            self._pilots[agent.id] = Pilot(agent, own, own.uniform(0.35, 0.8), Hands(schedule))
        self._with: dict[int, Pilot] = {}

    @property
    def logins(self) -> list[str]:
        """Who is on autopilot."""
        return [pilot.agent.login for pilot in self._pilots.values()]

    def begin(self) -> None:
        """Start all agents on autopilot; they continue their work."""
        for pilot in self._pilots.values():
            self._do(pilot, "agent.set_presence", presence=Presence.AVAILABLE)
            for row in self._do(pilot, "conversation.offers"):
                self._ring(pilot, row.id)
            for key in self._do(pilot, "home.stream", stream="mine"):
                row = self._do(pilot, "conversation.get", conversation=key)
                if row.state is ConversationState.ACTIVE:
                    held = self._take(pilot, row)
                    held.replies = 1 if row.first_reply_at else 0
                    self._answer_soon(pilot, held)
                elif row.state is ConversationState.WRAP_UP:
                    self._wrap_up(pilot, self._take(pilot, row))

    def _do(self, pilot: Pilot, command: str, **given: Any) -> Any:
        result = self._desk.attempt(command, pilot.actor, **given)
        refusal = refusal_of(result)
        if refusal is not None:
            self.refusals[refusal.code] += 1
            return None
        return result

    def _plan(
        self, pilot: Pilot, after_ms: float, pressing: Pressing, deed: Deed, work_ms: float = 0
    ) -> None:
        """Schedule an action, in turn among those that are ready by then."""
        at = self._desk.clock.now() + int(after_ms)
        pilot.hands.plan(at, pressing, deed, int(work_ms))

    def hear(self, entry: Entry) -> None:
        """React to what the journal tells."""
        if entry.kind == "conversation.offered":
            pilot = self._pilots.get(entry.payload["agent"])
            if pilot is not None and entry.conversation_id is not None:
                self._ring(pilot, entry.conversation_id)
        elif entry.kind == "agent.presence_changed":
            self._presence(entry)
        elif entry.conversation_id is not None:
            pilot = self._with.get(entry.conversation_id)
            if pilot is not None:
                self._mine(pilot, pilot.held[entry.conversation_id], entry)

    def _presence(self, entry: Entry) -> None:
        pilot = self._pilots.get(entry.payload["agent"])
        if pilot is not None and entry.payload["after"] == Presence.INACTIVE:
            back = partial(self._do, pilot, "agent.set_presence", presence=Presence.AVAILABLE)
            self._schedule.add(
                self._desk.clock.now() + pilot.random.randrange(45, 150) * SECOND, back
            )

    def _ring(self, pilot: Pilot, conversation: int) -> None:
        chance = pilot.random.random()
        wait = pilot.random.uniform(2, 14) * SECOND
        if chance < 0.012:
            return
        if chance < 0.035:
            deed = partial(
                self._do,
                pilot,
                "conversation.decline",
                conversation=conversation,
                reason="in a call with a colleague",
            )
        else:
            deed = partial(self._accept, pilot, conversation)
        self._plan(pilot, wait, Pressing.RINGS, deed, SECOND)

    def _accept(self, pilot: Pilot, conversation: int) -> None:
        row = self._do(pilot, "conversation.accept", conversation=conversation)
        if row is not None:
            self._answer_soon(pilot, self._take(pilot, row))
        elif conversation in [one.id for one in self._do(pilot, "conversation.offers") or ()]:
            # It would be too much beside what they have: nobody has to wait until it has rung out.
            self._do(pilot, "conversation.decline", conversation=conversation, reason="on a call")

    def _take(self, pilot: Pilot, row: Conversation) -> Held:
        held = pilot.left.pop(row.id, None) or Held(row, self._desk.channels[row.channel].live)
        pilot.held[row.id] = held
        self._with[row.id] = pilot
        return held

    def _mine(self, pilot: Pilot, held: Held, entry: Entry) -> None:
        if entry.kind == "message.received":
            held.heard += 1
            self._answer_soon(pilot, held)
        elif entry.kind in _ENDS and not held.over:
            held.over = True
            self._wrap_up(pilot, held)
        elif entry.kind in _GONE:
            del self._with[held.row.id], pilot.held[held.row.id]
            if entry.kind != "conversation.closed":
                pilot.left[held.row.id] = held

    def _answer_soon(self, pilot: Pilot, held: Held) -> None:
        if held.planned or held.over:
            return
        held.planned = True
        reads = pilot.random.uniform(3, 12) * SECOND
        types = pilot.random.uniform(8, 32) * SECOND
        if held.live and not held.replies:
            # Who picks up says hello at once; in a chat it is a quick reply.
            reads, types = reads / GREETS_FASTER, types / GREETS_FASTER
        pressing = Pressing.LIVE if held.live else Pressing.LETTER
        self._plan(pilot, reads, pressing, partial(self._answer, pilot, held), types)

    def _answer(self, pilot: Pilot, held: Held) -> None:
        held.planned = False
        if held.over or held.row.id not in pilot.held:
            return
        prompt = self._prompt(held.row.id)
        text = prompt.text if prompt.verbatim else self._words(pilot, held, prompt)
        if text and self._say(pilot, held, text):
            wait = pilot.random.uniform(150, 260) if held.live else pilot.random.uniform(25, 90)
            idle = partial(self._idle, pilot, held, held.heard)
            self._schedule.add(self._desk.clock.now() + int(wait * SECOND), idle)

    def _say(self, pilot: Pilot, held: Held, text: str) -> bool:
        said = self._do(pilot, "conversation.reply", conversation=held.row.id, text=text)
        held.replies += said is not None
        if said is not None:
            self._tick(pilot, held)
        return said is not None

    def _tick(self, pilot: Pilot, held: Held) -> None:
        """An answer is a step of the script: the next text step gets its tick."""
        if held.steps is None:
            state = self._do(pilot, "script.state", conversation=held.row.id)
            found = () if state is None else state.steps
            held.steps = [s.key for s in found if s.kind == "text" and s.outcome == "open"]
        if held.steps:
            self._do(pilot, "script.step", conversation=held.row.id, step=held.steps.pop(0))

    def _words(self, pilot: Pilot, held: Held, prompt: Prompt) -> str:
        """What to say next: on live channels a greeting comes first, elsewhere it is all one."""
        language = str(held.row.context.get("language", "en"))
        name = first_name(held.row.name) if held.row.customer_id else ""
        if held.replies:
            return self._content(pilot, held, prompt, language)
        if held.live:
            self._answer_soon(pilot, held)
            return replies.greeting(language, name, pilot.agent.first_name, pilot.random)
        begins = replies.salutation(language, name, pilot.random)
        return f"{begins}\n\n{self._content(pilot, held, prompt, language)}"

    def _content(self, pilot: Pilot, held: Held, prompt: Prompt, language: str) -> str:
        said, last = self._said(pilot, held)
        if prompt.more is not True and replies.thanks(last):
            held.thanked = True
            after = pilot.random.uniform(14, 40) * SECOND
            self._plan(pilot, after, Pressing.FINISH, partial(self._end, pilot, held))
            return replies.farewell(language, pilot.random)
        if held.replies <= 1 and not held.asked and pilot.random.random() < 0.4:
            held.asked = True
            slots = replies.worth_asking(said, held.row.customer_id is not None)
            if slots:
                return replies.question(pilot.random.choice(slots), language)
        fresh = held.replies > 0 and prompt.text != held.prompted
        if fresh and pilot.random.random() < pilot.knows:
            held.prompted = prompt.text
            return prompt.text
        return self._article(pilot, held, said, language) or replies.answer(language, pilot.random)

    def _said(self, pilot: Pilot, held: Held) -> tuple[str, str]:
        """The customer's recent messages, all of them and the last."""
        lines = self._do(pilot, "conversation.messages", conversation=held.row.id, limit=8) or []
        said = [line.text for line in lines if line.speaker is Speaker.CUSTOMER]
        return " ".join(said), said[-1] if said else ""

    def _article(self, pilot: Pilot, held: Held, said: str, language: str) -> str:
        found = self._articles.best(said, pilot.actor, held.articles)
        if found is None or len(held.articles) >= 2:
            return ""
        held.articles |= {found.id}
        self._do(pilot, "knowledge.use", article=found.id, conversation=held.row.id)
        return replies.article(language, found.title, found.body, pilot.random)

    def _idle(self, pilot: Pilot, held: Held, heard: int) -> bool:
        """Whether the customer has written nothing since the last answer."""
        if held.over or held.planned or held.heard != heard or held.row.id not in pilot.held:
            return False
        more = self._prompt(held.row.id).more
        if more is True:
            return False
        if held.live or held.thanked or more is False:
            self._end(pilot, held)
        else:
            self._do(pilot, "conversation.close", conversation=held.row.id)
        return True

    def _end(self, pilot: Pilot, held: Held) -> None:
        if not held.over and held.row.id in pilot.held:
            self._do(pilot, "conversation.end", conversation=held.row.id)

    def _wrap_up(self, pilot: Pilot, held: Held) -> None:
        work = pilot.random.uniform(8, 35) * SECOND
        self._plan(pilot, 2 * SECOND, Pressing.FINISH, partial(self._close, pilot, held), work)

    def _close(self, pilot: Pilot, held: Held) -> None:
        row = self._do(pilot, "conversation.get", conversation=held.row.id)
        if row is None or row.state is not ConversationState.WRAP_UP:
            return
        if row.customer_id is not None and pilot.random.random() < 0.4:
            self._case(pilot, held, row)
        elif pilot.random.random() < 0.15:
            note = "Explained and checked, nothing open from our side."
            self._do(pilot, "conversation.note", conversation=row.id, text=note)
        done = "solved" if held.thanked else "answered"
        self._do(pilot, "conversation.close", conversation=row.id, disposition=done)

    def _case(self, pilot: Pilot, held: Held, row: Conversation) -> None:
        """Open a case for what it was about, unless one is linked; solved ones are resolved."""
        case = row.case_id
        if case is None:
            title = row.subject or str(row.context.get("asked", "")) or row.last_text[:60]
            made = self._do(
                pilot,
                "case.create",
                customer=row.customer_id,
                title=title,
                origin=row.channel,
                conversation=row.id,
            )
            case = made.id if made is not None else None
        if case is not None and held.thanked and pilot.random.random() < 0.6:
            self._do(
                pilot,
                "case.resolve",
                case=case,
                resolution="Solved with the customer in the conversation.",
                minutes=max(1, (self._desk.clock.now() - row.created_at) // 60_000),
            )


_ENDS = ("conversation.ended", "conversation.customer_left", "conversation.customer_lost")
_GONE = (
    "conversation.agent_gone",
    "conversation.closed",
    "conversation.left",
    "conversation.released",
)
