"""What a command is handed: the store, the moment, the caller, and the journal."""

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
"""How the items of a channel are handled that belongs to no work stream."""


_WHO_IS_WHO = ("customer.", "conversation.undone")
"""How the kinds of entries begin that may tell that somebody is known otherwise than before."""


def page_size(limit: int, most: int) -> int:
    """How many rows a query may return: what was asked for, at least one, at most `most`."""
    return min(max(limit, 1), most)


class Later(Struct):
    """Looking for agents that is put off until several conversations have been dealt with.

    `routes` are conversations to find somebody for, with who is not asked; `fills` are agents who
    have room again, with what they have let go.
    """

    routes: dict[int, int | None] = field(default_factory=dict)
    fills: dict[int, set[int]] = field(default_factory=dict)

    def add(self, other: "Later") -> None:
        """Put off what another one has put off, too."""
        self.routes |= other.routes
        for agent, let_go in other.fills.items():
            self.fills.setdefault(agent, set()).update(let_go)


class Turns(Struct):
    """Conversations that are given out in one run: `coming` have not had their turn yet.

    `freed` are agents whose room came free meanwhile, for whoever had their turn before.
    """

    coming: set[int]
    freed: set[int] = field(default_factory=set)


class Held(Struct):
    """What agents hold, counted once for many conversations that are dealt with in turn.

    `turn` is the one whose turn it is, `others` is what each agent holds but for that one.
    """

    turn: int = 0
    others: dict[int, Counter[Weight]] = field(default_factory=dict)


class Known:
    """What was found out about the store, as long as nothing is written into it."""

    def __init__(self) -> None:
        self._at: tuple[int, int] | None = None
        self._found: dict[Any, Any] = {}

    def get(self, store: Store, what: Any, find: Callable[[], T]) -> T:
        """What `find` returns, asked only once for the same `what` while nothing changes."""
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
    """What administrators have written: it changes seldom and is asked for with every message.

    The desk has one that `keeps` what was found. It is handed to calls that write nothing of the
    kind, and another one takes its place when a call has that may, or another process anything.
    """

    def __init__(self, *, keeps: bool = False) -> None:
        self._keeps = keeps
        self._found: dict[Any, Any] = {}

    def get(self, what: Any, find: Callable[[], T]) -> T:
        """What `find` returns, asked only once for the same `what`."""
        if not self._keeps:
            return find()
        if what not in self._found:
            self._found[what] = find()
        return cast(T, self._found[what])


class Call(Struct, frozen=True, eq=False):
    """One call of one command. `now` is epoch ms and does not move during the call.

    `streams` are the work streams by the keys of their channels. `touched` are the conversations,
    the cases and the customers known otherwise than before that its journal entries are about,
    `remembered` conversations that its undo entry holds. `stirred` are agents whose load or
    presence has changed, `eased` those of them who may have room that nobody has looked at yet.
    With `later` nobody is looked for at once; whoever set it sees to it, and so with `held` and
    `turns`.
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

    def journal(
        self,
        kind: str,
        *,
        conversation: int | None = None,
        customer: int | None = None,
        case: int | None = None,
        **payload: Any,
    ) -> int:
        """Append an entry that is committed together with the change it tells of."""
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
        """The channel of that key or label, or a refusal that lists the ones there are."""
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
        """The form in which an address is compared; numbers are from the desk's own country.

        `where` is the key of a channel, or a kind of address that channels share.
        """
        place = where if isinstance(where, AddressKind) else self.place(where)
        return normalise_address(place, value, self.settings.country)

    def place(self, key: str) -> Channel:
        """The channel of that key, also where an address is kept of one that there is no more."""
        return self.channels.get(key) or channels.get(self.store, key) or plain_channel(key)

    def stream(self, channel: str) -> WorkStream:
        """How the items of a channel are handled."""
        return self.streams.get(channel, USUAL)

    @property
    def today(self) -> str:
        """The day (UTC) whose end lets daily profiles begin again, e.g. `2026-03-02`."""
        return day_of(self.now)

    @property
    def agent(self) -> AgentId:
        """The calling agent's key; refuses callers who are not agents."""
        if self.actor.kind is not ActorKind.AGENT:
            raise Refused(
                "actor.not_an_agent",
                "Only an agent can do this.",
                "Say who you are with --as LOGIN.",
            )
        return AgentId(self.actor.id)

    @property
    def agent_or_none(self) -> AgentId | None:
        """The calling agent's key, None for other callers."""
        return AgentId(self.actor.id) if self.actor.kind is ActorKind.AGENT else None
