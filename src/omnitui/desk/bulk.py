"""The same done to many conversations: one command, one transaction, one undo.

What can be done is done, and what cannot is named with the reason; nothing is left half-done.
Agents are looked for when all is done, so that no conversation rings at somebody on its way.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import lifecycle, offers
from omnitui.desk.call import Call, Held, Later
from omnitui.desk.conversations import label as label_one
from omnitui.desk.conversations import link_case as link_one_case
from omnitui.desk.conversations import set_priority as set_one_priority
from omnitui.desk.registry import command
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import room, snooze, supervision, transfer
from omnitui.desk.undo import remember, reword
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, CaseId, ConversationId, QueueId
from omnitui.rules.conflicts import told
from omnitui.store import agents, cases
from omnitui.store import conversations as rows
from omnitui.store.routing import queues

MOST = 1_000
"""How many conversations one call takes."""

_ABOUT_WHAT_IS_GIVEN = (
    "actor.not_an_agent",
    "label.both",
    "label.empty",
    "label.long",
    "label.none",
    "message.empty",
    "reply.slots",
    "priority.range",
    "snooze.until",
    "snooze.zone",
    "transfer.target",
)
"""Refusals that hold for every conversation alike, because what was asked makes no sense."""

Verb = Callable[[Call, ConversationId], object]
"""What is done to one of them."""


class BulkRefusal(Struct, frozen=True):
    """A conversation that stays as it was, and why. `code` is that of the single command."""

    conversation: ConversationId
    name: str
    code: str
    message: str


class Bulk(Struct, frozen=True):
    """What came of something done to many, each in the order in which they were given."""

    done: tuple[ConversationId, ...]
    refused: tuple[BulkRefusal, ...]


@command("bulk.assign")
def assign_(
    call: Call,
    conversations: list[int],
    agent: AgentId,
    anyway: bool = False,
    all_or_none: bool = False,
) -> Bulk:
    """Give conversations to an agent without asking; to others than yourself as a supervisor only.

    Up to 1,000 at a time, as with all that is done to many. `anyway` is as with the single command;
    with `all_or_none` nothing is done when some of them go beyond the capacity.
    """
    whom = agents.get(call.store, agent)
    assert whom is not None
    over_heads = call.actor.may(Permission.SUPERVISE)
    if not over_heads and agent != call.agent_or_none:
        raise Refused(
            "permission.denied",
            f"{call.actor.name or call.actor.kind.value} may not give work to others (supervise).",
            "Transfer it with bulk.transfer, or take it yourself.",
        )
    return each(
        call,
        conversations,
        lambda what: f"assigned {what} to {whom.name}",
        lambda each, key: (
            supervision.assign_(each, key, agent, anyway=anyway)
            if over_heads
            else offers.pick(each, key, anyway)
        ),
        all_or_none=all_or_none,
    )


@command("bulk.pick")
def pick(
    call: Call, conversations: list[int], anyway: bool = False, all_or_none: bool = False
) -> Bulk:
    """Take conversations from the open ones, or come back to those of yours that wait.

    `anyway` goes beyond your capacity, as with the single command; with `all_or_none` nothing is
    done when some of them go beyond it.
    """
    return each(
        call,
        conversations,
        lambda what: f"took {what}",
        lambda each, key: offers.pick(each, key, anyway),
        all_or_none=all_or_none,
    )


@command("bulk.transfer")
def transfer_(
    call: Call,
    conversations: list[int],
    to_agent: AgentId | None = None,
    to_queue: QueueId | None = None,
    note: str = "",
) -> Bulk:
    """Hand conversations on, to an agent or to a queue, each with the note."""
    whom = agents.get(call.store, to_agent) if to_agent is not None else None
    target = queues.name_of(call.store, to_queue) if whom is None else whom.name
    return each(
        call,
        conversations,
        lambda what: f"transferred {what} to {target}",
        lambda each, key: transfer.transfer(each, key, to_agent, to_queue, note),
    )


@command("bulk.set_priority")
def set_priority(call: Call, conversations: list[int], priority: int) -> Bulk:
    """Set how pressing conversations are: 0 as usual, higher comes first (-10 to 10)."""
    return each(
        call,
        conversations,
        lambda what: f"set the priority of {what} to {priority}",
        lambda each, key: set_one_priority(each, key, priority),
    )


@command("bulk.label")
def label(
    call: Call,
    conversations: list[int],
    add: list[str] | None = None,
    remove: list[str] | None = None,
) -> Bulk:
    """Put labels on conversations, and take others off."""
    return each(
        call,
        conversations,
        lambda what: f"labelled {what}",
        lambda each, key: label_one(each, key, add, remove),
    )


@command("bulk.snooze")
def snooze_(
    call: Call, conversations: list[int], until: str, note: str = "", zone: str = ""
) -> Bulk:
    """Put conversations off until a time in words: `2h`, `tomorrow`, `fri 9am`, `next week`."""
    _, said = snooze.until_when(call, until, zone)
    return each(
        call,
        conversations,
        lambda what: f"snoozed {what} until {said}",
        lambda each, key: snooze.snooze(each, key, until, note, zone),
    )


@command("bulk.close")
def close(call: Call, conversations: list[int], disposition: str = "") -> Bulk:
    """Close conversations, each as conversation.close would.

    What nobody has taken, what waits and what has ended closes for good, with the disposition. An
    active one was not ended: a live one goes back to the open ones, an asynchronous one waits.
    """
    return each(
        call,
        conversations,
        lambda what: f"closed {what}",
        lambda each, key: lifecycle.close(each, key, disposition),
    )


@command("bulk.link_case")
def link_case(call: Call, conversations: list[int], case: CaseId) -> Bulk:
    """Link one case to conversations of its customer."""
    found = cases.get(call.store, case)
    assert found is not None
    return each(
        call,
        conversations,
        lambda what: f"linked {found.number} to {what}",
        lambda each, key: link_one_case(each, key, case),
    )


def each(
    call: Call,
    given: Sequence[int],
    words: Callable[[str], str],
    one: Verb,
    *,
    pictured: bool = True,
    all_or_none: bool = False,
) -> Bulk:
    """Do one thing to each; `words` say it of one by name, or of how many.

    With `all_or_none` it is refused as a whole if some go beyond somebody's capacity. Where undoing
    it takes more than the conversations as they were, they are not `pictured`: the command keeps
    what it takes.
    """
    keys = keys_of(given)
    names = {item.id: item.name for item in rows.many(call.store, keys)}
    if pictured:
        remember(call, words("conversations"), [*names])
    later, held = Later(), Held()
    done: list[ConversationId] = []
    refused: list[BulkRefusal] = []
    for key in keys:
        try:
            load.next_turn(call, held, key)
            later.add(_try(replace(call, held=held), key, names, one))
            done.append(key)
        except Refused as no:
            why = no.refusal
            if why.code in _ABOUT_WHAT_IS_GIVEN:
                raise
            name = names.get(key, f"conversation {key}")
            refused.append(BulkRefusal(key, name, why.code, why.message))
    beyond = [one for one in refused if one.code == room.BEYOND]
    if done and beyond and all_or_none:
        raise Refused(
            room.SOME_BEYOND,
            f"{len(beyond):,} of {len(keys):,} would not fit. {beyond[0].message}",
            "Say anyway=yes to do it all the same, or leave all_or_none out to do what fits.",
        )
    if not done:
        if {one.code for one in refused} == {room.BEYOND}:
            said = f"None of the {len(refused):,} fits. {refused[0].message}"
            raise Refused(room.BEYOND, said, "Say anyway=yes to do it all the same.")
        raise Refused("bulk.nothing", _nothing(refused), "Mark others.")
    if pictured:
        reword(call, words(names[done[0]] if len(done) == 1 else f"{len(done)} conversations"))
    assign.catch_up(call, later)
    return Bulk(tuple(done), tuple(refused))


def _try(call: Call, key: ConversationId, names: dict[ConversationId, str], one: Verb) -> Later:
    """Do it to one, whole or not at all; returns whom to look for afterwards."""
    if key not in names:
        raise Refused("conversation.unknown", f"There is no conversation {key}.")
    later = Later()
    with call.store.transaction():
        one(replace(call, later=later), key)
    return later


def keys_of(given: Sequence[int]) -> list[ConversationId]:
    keys = [ConversationId(key) for key in dict.fromkeys(given)]
    if not keys:
        raise Refused("bulk.empty", "No conversation is given.", "Mark some first.")
    if len(keys) > MOST:
        raise Refused(
            "bulk.most",
            f"{len(keys):,} conversations are too many at a time; {MOST:,} are the most.",
            "Mark fewer, and do the rest after that.",
        )
    return keys


def _nothing(refused: Sequence[BulkRefusal]) -> str:
    return (
        f"It could be done to none of the {len(refused):,}: {told([r.message for r in refused])}."
    )
