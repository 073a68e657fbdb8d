"""What a session shows, read from the desk: where its widgets get their truth from."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnitui.console.link import Link
from omnitui.desk.sessions import BESIDE, SessionPage
from omnitui.model.case import Case
from omnitui.model.channel import Channel
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
    in_order,
)
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal
from omnitui.model.ids import AgentId
from omnitui.model.journal import Entry
from omnitui.model.participant import Role

FIRST_PAGE = 100
"""How many lines of the transcript are read when a session opens."""

PAGE = 100
"""How many lines are read when the transcript is scrolled."""

_RECENT = 40
_HELD = 200

_SAID = ("message.", "note.", "script.", "sla.", "conversation.upset")
"""How entries begin that change nothing beside what is said: no more than that is read again."""


class News(Struct, frozen=True):
    """What a refresh has brought: new lines, lines that look different now, and whose they are."""

    fresh: tuple[Message, ...] = ()
    changed: tuple[Message, ...] = ()
    gone: bool = False


class SessionState:
    """One session's conversation with its customer, its case and its last messages."""

    def __init__(self, link: Link, conversation_id: int) -> None:
        self.link = link
        self.conversation_id = conversation_id
        self.record: SessionPage | None = None
        self.beside: Callable[[], Mapping[str, Any]] = dict
        """How much of what stands beside the conversation is read with it."""
        self.wants_script: Callable[[], bool] = bool
        """Whether the agent script is seen, and read with what is said."""
        self.messages: tuple[Message, ...] = ()
        self.has_older = False
        self.why_not = Refusal("session.none", "There is no such session.")

    async def load(self) -> bool:
        """Read everything; False, and `why_not`, when this agent has no such session."""
        record = await self._read(FIRST_PAGE, **self.beside())
        if record is None:
            return False
        self.record = record
        self.messages, self.has_older = record.messages, record.has_older
        return True

    async def refresh(self, entries: Sequence[Entry]) -> News:
        """Read again what the entries may have changed, in one call where one is enough."""
        before, record = self.record, None
        if before is not None and all(entry.kind.startswith(_SAID) for entry in entries):
            record = await self._read(_RECENT, whole=False)
            if record is not None:
                record = _with_what_was_beside(record, before)
        if record is None:
            record = await self._read(_RECENT, **self.beside())
        if record is None:
            return News(gone=True)
        self.record = replace(record, messages=())
        known = {message.id: message for message in self.messages}
        last = max(known, default=0)
        recent = record.messages
        named = _named(entries).difference(message.id for message in recent)
        changed = [m for m in recent if m.id <= last and known.get(m.id, m) != m]
        for key in sorted(key for key in named if key <= last):
            changed += await self.one(key)
        fresh = tuple(m for m in recent if m.id > last)
        # What was said long ago may come in only now, and more may have come than was read.
        if (
            last
            and record.has_older
            and (len(fresh) == len(recent) or max(named, default=0) > last)
        ):
            fresh = await self._since(last)
        held = sorted({**known, **{m.id: m for m in (*changed, *fresh)}}.values(), key=in_order)
        self.has_older = self.has_older or len(held) > _HELD
        self.messages = tuple(held[-_HELD:])
        return News(fresh, tuple(changed))

    async def older(self, before_id: int) -> list[Message]:
        """The page of the transcript before a message."""
        return await self._lines(before=before_id, limit=PAGE)

    async def newer(self, after_id: int) -> list[Message]:
        """The page of the transcript after a message."""
        return await self._lines(after=after_id, limit=PAGE)

    async def one(self, key: int) -> list[Message]:
        """One message of the conversation."""
        return await self._lines(since=key - 1, limit=1)

    async def _since(self, last: int) -> tuple[Message, ...]:
        return tuple(sorted(await self._lines(since=last, limit=1_000), key=in_order))

    async def _read(self, lines: int, **params: Any) -> SessionPage | None:
        record: SessionPage | Refusal = await self.link.attempt(
            "session.page",
            conversation=self.conversation_id,
            lines=lines,
            **({"script": True} if self.wants_script() else {}),
            **params,
        )
        if isinstance(record, Refusal):
            self.why_not = record
            return None
        return record

    async def _lines(self, **params: Any) -> list[Message]:
        lines: list[Message] = await self.link.call(
            "conversation.messages", conversation=self.conversation_id, **params
        )
        return lines

    @property
    def loaded(self) -> SessionPage:
        """The record; only to be asked for after `load` has been."""
        assert self.record is not None, "the session has not been loaded"
        return self.record

    @property
    def conversation(self) -> Conversation:
        """The conversation as it was last read."""
        return self.loaded.conversation

    @property
    def customer(self) -> Customer | None:
        """The linked customer."""
        return self.loaded.customer

    @property
    def language(self) -> str:
        """The language in which the customer writes; empty where it is not known."""
        if self.customer is not None:
            return self.customer.language
        return str(self.conversation.context.get("language") or "")[:12]

    @property
    def case(self) -> Case | None:
        """The linked case."""
        return self.loaded.case

    @property
    def channel(self) -> Channel | None:
        """The channel, None when it has been taken off the list of channels."""
        return self.link.channels.get(self.conversation.channel)

    @property
    def me(self) -> int:
        """The agent whose session it is."""
        return self.loaded.session.agent_id

    @property
    def mine(self) -> bool:
        """Whether the conversation is with this agent."""
        return self.conversation.agent_id == self.me and self.conversation.offered_to is None

    @property
    def role(self) -> Role | None:
        """What this agent is to the conversation when it is not with them."""
        beside = {one.agent_id: one.role for one in self.loaded.beside}
        return beside.get(AgentId(self.me))

    @property
    def last_id(self) -> int:
        """The message held that came in last."""
        return max((message.id for message in self.messages), default=0)

    @property
    def held_reply(self) -> Message | None:
        """This agent's newest reply that can still be taken back."""
        now = self.link.now()
        for message in reversed(self.messages):
            held = message.delivery is Delivery.HELD and message.held_until is not None
            if held and message.agent_id == self.me:
                return message if (message.held_until or 0) > now else None
        return None

    @property
    def layout(self) -> dict[str, Any]:
        """What the screen has asked to be given back."""
        try:
            kept = json.loads(self.loaded.session.layout)
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry can change what this session shows."""
        if entry.kind in ("courier.started", "courier.stopped"):
            return True
        if entry.conversation_id == self.conversation_id:
            return not entry.kind.startswith("session.")
        if self.record is None:
            return False
        item = self.conversation
        same_customer = item.customer_id is not None and entry.is_about(item.customer_id)
        return same_customer or (item.case_id is not None and entry.case_id == item.case_id)

    def why_no_reply(self) -> str:
        """Why a reply cannot be written now; empty when it can."""
        item = self.conversation
        if item.state is ConversationState.WRAP_UP:
            return "It has ended: you cannot reply, but you can write a note."
        if item.state is ConversationState.CLOSED:
            return "It is closed: you cannot reply, but you can write a note."
        if self.mine or self.role is Role.ADDED or item.state is ConversationState.BOT:
            # Whoever replies while the bot answers has taken over from it.
            return ""
        if self.role is Role.CONSULTED:
            return f"You read along; {item.agent_name or 'nobody'} answers. You can write a note."
        if item.agent_name and item.agent_id != self.me:
            return f"It is assigned to {item.agent_name}. You can write a note."
        return "It is unassigned. Take it on Home to reply; you can write a note now."


def _with_what_was_beside(page: SessionPage, before: SessionPage) -> SessionPage | None:
    """What is said now, with what stood beside it; None where that is another's by now."""
    was, now = before.conversation, page.conversation
    if (was.customer_id, was.case_id) != (now.customer_id, now.case_id):
        return None
    kept = {name: getattr(before, name) for name in BESIDE}
    return replace(page, **kept)


def _named(entries: Sequence[Entry]) -> set[int]:
    """The messages that entries are about."""
    keys = (entry.payload.get("message") for entry in entries)
    return {key for key in keys if isinstance(key, int) and key > 0}


def answers(messages: Sequence[Message], me: int) -> list[Message]:
    """What the bot and agents other than `me` said to the customer and did not take back."""
    return [
        message
        for message in messages
        if message.kind is MessageKind.MESSAGE
        and message.speaker in (Speaker.AGENT, Speaker.BOT)
        and message.delivery is not Delivery.UNSENT
        and message.agent_id != me
    ]
