"""The context of a command: the store, the time, the caller, and the journal."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, TypeVar, cast

from msgspec import Struct, field

from omnitui.desk.settings import DeskSettings
from omnitui.model.actor import Actor, ActorKind
from omnitui.model.channel import AddressKind, Channel, plain_channel
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, WorkStreamId
from omnitui.model.profile import day_of
from omnitui.model.workstream import WorkStream
from omnitui.rules.identify import normalise_address
from omnitui.store import channels, journal
from omnitui.store.conversations import Weight
from omnitui.store.engine import Store

T = TypeVar("T")

USUAL = WorkStream(WorkStreamId(0), "Usual")
"""The routing of items on a channel without a work stream."""


_WHO_IS_WHO = ("customer.", "conversation.undone")
"""The beginnings of the kinds of journal entries that can change who an address identifies."""


def page_size(limit: int, most: int) -> int:
    """The number of rows a query returns: as requested, from 1 to `most`."""
    return min(max(limit, 1), most)


class Later(Struct):
    """Routing that is postponed until several conversations have been changed.

    `routes` are conversations to route, each with the agent who is left out; `fills` are agents
    with new capacity, each with the conversation that they released.
    """

    routes: dict[int, int | None] = field(default_factory=dict)
    fills: dict[int, set[int]] = field(default_factory=dict)

    def add(self, other: "Later") -> None:
        """Add what another one has postponed."""
        self.routes |= other.routes
        for agent, let_go in other.fills.items():
            self.fills.setdefault(agent, set()).update(let_go)


class Turns(Struct):
    """Conversations that are routed in one run; those in `coming` are still to come.

    `freed` are agents who got capacity during the run, for the conversations before the current
    one.
    """

    coming: set[int]
    freed: set[int] = field(default_factory=set)


class Held(Struct):
    """The load of agents, counted once for many conversations that are routed in turn.

    `turn` is the current one; `others` is each agent's load without it.
    """

    turn: int = 0
    others: dict[int, Counter[Weight]] = field(default_factory=dict)


class Known:
    """A cache of what was read from the store; valid until something is written."""

    def __init__(self) -> None:
        self._at: tuple[int, int] | None = None
        self._found: dict[Any, Any] = {}

    def get(self, store: Store, what: Any, find: Callable[[], T]) -> T:
        """The result of `find`, called once for each `what` until something changes."""
        now = store.moment()
        if now != self._at:
            self._found.clear()
            self._at = now
        if what in self._found:
            return cast(T, self._found[what])
        found = find()
        if store.moment() == now:
            self._found[what] = found
        return found


class Lasting:
    """A cache of what administrators have set up, which changes rarely and is needed for every
    message.

    The desk `keeps` one and gives it to calls that do not change the setup. It is replaced after a
    call that may change the setup, or a write by another process.
    """

    def __init__(self, *, keeps: bool = False) -> None:
        self._keeps = keeps
        self._found: dict[Any, Any] = {}

    def get(self, what: Any, find: Callable[[], T]) -> T:
        """The result of `find`, called once for each `what`."""
        if not self._keeps:
            return find()
        if what not in self._found:
            self._found[what] = find()
        return cast(T, self._found[what])


class Call(Struct, frozen=True, eq=False):
    """One call of one command. `now` is epoch ms and is fixed for the call.

    `streams` are the work streams by channel key. `touched` are conversations, cases and customers
    that the journal entries of this call are about; `remembered` are conversations in its undo
    entry. `stirred` are agents whose load or presence has changed; `eased` are those of them whose
    new capacity has not been offered work yet. With `later`, `held` or
    `turns` the caller does the routing afterwards. `afterwards` are commands with their arguments
    that follow a query, which itself only reads; they are dropped where somebody is writing.
    """

    store: Store
    now: int
    actor: Actor
    settings: DeskSettings
    random: Random
    channels: dict[str, Channel]
    streams: dict[str, WorkStream]
    touched: set[tuple[str, int]] = field(default_factory=set)
    remembered: set[int] = field(default_factory=set)
    stirred: set[int] = field(default_factory=set)
    eased: set[int] = field(default_factory=set)
    later: Later | None = None
    held: Held | None = None
    turns: Turns | None = None
    known: Known = field(default_factory=Known)
    lasting: Lasting = field(default_factory=Lasting)
    afterwards: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def journal(
        self,
        kind: str,
        *,
        conversation: int | None = None,
        customer: int | None = None,
        case: int | None = None,
        **payload: Any,
    ) -> int:
        """Append an entry to the journal, committed together with the change."""
        if conversation is not None:
            self.touched.add(("conversation", conversation))
        if case is not None:
            self.touched.add(("case", case))
        if customer is not None and kind.startswith(_WHO_IS_WHO):
            self.touched.add(("customer", customer))
        return journal.append(
            self.store,
            self.now,
            kind,
            self.actor,
            conversation=conversation,
            customer=customer,
            case=case,
            payload=payload,
        )

    def channel(self, key: str) -> Channel:
        """The channel of that key or label; the refusal lists the existing ones."""
        found = self.channels.get(key) or channels.get(self.store, key)
        if found is None:
            wanted = key.strip().casefold()
            named = (
                one for one in self.channels.values() if wanted in (one.key, one.label.casefold())
            )
            found = next(named, None)
        if found is None:
            known = ", ".join(self.channels) or "none yet"
            raise Refused(
                "channel.unknown", f"There is no channel {key!r}.", f"Known channels: {known}."
            )
        return found

    def address_key(self, where: str | AddressKind, value: str) -> str:
        """The form in which an address is compared; phone numbers without a country code are the
        desk's.

        `where` is a channel's key, or a kind of address that channels share.
        """
        place = where if isinstance(where, AddressKind) else self.place(where)
        return normalise_address(place, value, self.settings.country)

    def place(self, key: str) -> Channel:
        """The channel of that key, also for a channel that no longer exists."""
        return self.channels.get(key) or channels.get(self.store, key) or plain_channel(key)

    def stream(self, channel: str) -> WorkStream:
        """The work stream that handles a channel's items."""
        return self.streams.get(channel, USUAL)

    @property
    def today(self) -> str:
        """The day (UTC) at whose end daily profiles restart, e.g. `2026-03-02`."""
        return day_of(self.now)

    @property
    def agent(self) -> AgentId:
        """The calling agent's key; refuses callers who are not agents."""
        if self.actor.kind is not ActorKind.AGENT:
            raise Refused(
                "actor.not_an_agent",
                "Only an agent can do this.",
                "Give your login with --as LOGIN.",
            )
        return AgentId(self.actor.id)

    @property
    def agent_or_none(self) -> AgentId | None:
        """The calling agent's key, None for other callers."""
        return AgentId(self.actor.id) if self.actor.kind is ActorKind.AGENT else None
