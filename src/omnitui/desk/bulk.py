"""One action on many conversations: one command, one transaction, one undo.

Conversations that refuse it do not change and are listed with the reason. Routing runs after all of
them, so that none is offered to an agent in between.
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
from omnitui.model.triage import MOST_AT_ONCE
from omnitui.rules.conflicts import told
from omnitui.store import agents, cases
from omnitui.store import conversations as rows
from omnitui.store.routing import queues

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
"""Codes of refusals that hold for every conversation, because the request itself is wrong."""

Verb = Callable[[Call, ConversationId], object]
"""What one command does to one conversation."""


class BulkRefusal(Struct, frozen=True):
    """A conversation that did not change, and why. `code` is that of the single command."""

    conversation: ConversationId
    name: str
    code: str
    message: str


class Bulk(Struct, frozen=True):
    """The result of a bulk command, in the order of the conversations given."""

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
    """Assign conversations to an agent; to other agents than yourself as a supervisor only.

    Up to 1,000 at once, like all bulk commands. `anyway` is as in the single command; with
    `all_or_none` nothing changes if some of them go beyond the capacity.
    """
    whom = agents.get(call.store, agent)
    assert whom is not None
    over_heads = call.actor.may(Permission.SUPERVISE)
    if not over_heads and agent != call.agent_or_none:
        raise Refused(
            "permission.denied",
            f"{call.actor.name or call.actor.kind.value} may not assign to others (supervise).",
            "Transfer it (bulk.transfer), or take it.",
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
    """Take open conversations, or resume waiting ones of yours.

    `anyway` goes beyond your capacity, as in the single command; with `all_or_none` nothing changes
    if some of them go beyond it.
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
    """Transfer conversations to an agent or a queue, each with the note."""
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
    """Set the priority of conversations: 0 is normal, higher comes first (-10 to 10)."""
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
    """Add and remove labels of conversations."""
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
    """Snooze conversations until a time in words: `2h`, `tomorrow`, `fri 9am`, `next week`."""
    _, said = snooze.until_when(call, until, zone)
    return each(
        call,
        conversations,
        lambda what: f"snoozed {what} until {said}",
        lambda each, key: snooze.snooze(each, key, until, note, zone),
    )


@command("bulk.close")
def close(call: Call, conversations: list[int], disposition: str = "") -> Bulk:
    """Close conversations, each as `conversation.close` does.

    Unassigned, waiting and ended ones are closed, with the disposition. An active live one returns
    to Open; an active asynchronous one waits.
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
    """Run an action on each conversation; `words` describes it, with one name or a number.

    With `all_or_none` all of it is refused if some go beyond an agent's capacity. With `pictured`
    False the command itself keeps what undo needs, because the rows of the conversations are not
    enough.
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
            f"{len(beyond):,} of {len(keys):,} would go beyond capacity. {beyond[0].message}",
            "Use anyway=yes to continue, or leave out all_or_none.",
        )
    if not done:
        if {one.code for one in refused} == {room.BEYOND}:
            said = f"All {len(refused):,} would go beyond capacity. {refused[0].message}"
            raise Refused(room.BEYOND, said, "Use anyway=yes to continue anyway.")
        raise Refused("bulk.nothing", _nothing(refused), "Mark others.")
    if pictured:
        reword(call, words(names[done[0]] if len(done) == 1 else f"{len(done)} conversations"))
    assign.catch_up(call, later)
    return Bulk(tuple(done), tuple(refused))


def _try(call: Call, key: ConversationId, names: dict[ConversationId, str], one: Verb) -> Later:
    """Run it on one, completely or not at all; returns the conversations to route afterwards."""
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
    if len(keys) > MOST_AT_ONCE:
        raise Refused(
            "bulk.most",
            f"{len(keys):,} conversations are too many; {MOST_AT_ONCE:,} are allowed at once.",
            "Mark fewer, and repeat the command for the others.",
        )
    return keys


def _nothing(refused: Sequence[BulkRefusal]) -> str:
    return f"None of the {len(refused):,} was changed: {told([r.message for r in refused])}."
