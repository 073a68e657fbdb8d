"""What others have done that an agent should hear of at once, a sentence each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from omnitui.desk.kinds import KINDS
from omnitui.model.actor import ActorKind
from omnitui.model.journal import Entry
from omnitui.rules.conflicts import matters, sentence
from omnitui.rules.presence import LOST

_TOLD = {
    "conversation.agent_added": "{who} added you to {name}. The session is open.",
    "conversation.agent_gone": (
        "{name} went back to the queue while you were gone. Your draft is kept as a note."
    ),
    "scheduled.held": "Your scheduled reply to {name} was not sent. Drafts shows why.",
    "conversation.woken": "Snooze over: {name}.",
}

_ANSWERS = {
    "conversation.agent_added": "{who} answers {name} too now.",
    "conversation.consulted": "{who} reads along with {name} now.",
}
"""What is told to whoever asked an agent in, when they have accepted."""

_WERE_LOST = "Your console lost contact. You were Offline, and your offers went to other agents."


def news(entries: Iterable[Entry], me: int, due_key: str) -> Iterator[str]:
    """What to tell the agent `me`, whose key `due_key` lists follow-ups; not what they did."""
    for entry in entries:
        if entry.kind in ("activity.due", "activity.given"):
            yield from _follow_up(entry, me, due_key)
            continue
        if entry.kind in ("message.uncertain", "message.failed"):
            yield from _not_delivered(entry, me)
            continue
        if entry.payload.get("by") == me and entry.actor_id != me:
            yield from _answered(entry)
            continue
        lost = entry.kind == "agent.presence_changed" and entry.payload.get("reason") == LOST
        said = _WERE_LOST if lost else _TOLD.get(entry.kind)
        if said is not None and entry.payload.get("agent") == me and entry.actor_id != me:
            yield said.format(who=entry.actor_name, name=entry.payload.get("name") or "somebody")


def mentioned(entries: Iterable[Entry], me: int, key: str) -> Iterator[str]:
    """What to tell the agent `me` of notes that mention them; `key` lists those."""
    for entry in entries:
        if entry.kind == "agent.mentioned" and entry.payload.get("agent") == me:
            name = entry.payload.get("name") or "somebody"
            said = " ".join(str(entry.payload.get("text") or "").split()).rstrip(".")
            yield f"{entry.actor_name} mentions you about {name}: {said}. {key} lists mentions."


def upset(entries: Iterable[Entry], me: int, here: int | None, *, all_of: bool) -> Iterator[str]:
    """What to tell the agent `me` of customers who sound bad, but for the one in front.

    A supervisor is told of `all_of` them, others of their own.
    """
    for entry in entries:
        if entry.kind != "conversation.upset" or entry.conversation_id == here:
            continue
        if all_of or entry.payload.get("agent") == me:
            name = entry.payload.get("name") or "A customer"
            yield f"{name} sounds {entry.payload.get('label') or 'bad'}."


def were_mentioned(count: int, key: str) -> str:
    """What to tell an agent who is mentioned in notes as the console starts; `key` lists them."""
    many = f"{count} notes mention you. {key} lists them."
    return f"1 note mentions you. {key} shows it." if count == 1 else many


def _answered(entry: Entry) -> Iterator[str]:
    """What to tell an agent of those whom they have asked to stand beside a conversation."""
    name = entry.payload.get("name") or "somebody"
    if entry.kind in _ANSWERS:
        yield _ANSWERS[entry.kind].format(who=entry.actor_name, name=name)
    elif entry.kind == "conversation.consult_declined":
        said = f"{entry.payload.get('who')} {entry.payload.get('how')}"
        reason, after = entry.payload.get("reason"), entry.payload.get("next")
        queue = entry.payload.get("queue")
        said += f": {reason}" if reason else ""
        if after:
            yield f"{said}. {after} is asked next for {name}."
        else:
            others = f"; no other member of {queue} can be asked" if queue else ""
            yield f"{said}{others}. Nobody joins the conversation with {name}."


def _follow_up(entry: Entry, me: int, key: str) -> Iterator[str]:
    """What to tell an agent of a follow-up: theirs is due, or somebody has given them one."""
    if entry.payload.get("owner") != me:
        return
    title = entry.payload.get("title") or "a task"
    if entry.kind == "activity.due":
        yield f"Due now: {title}. {key} lists what is due."
    elif entry.actor_id != me:
        yield f"{entry.actor_name} assigned you a follow-up: {title}. {key} lists yours."


def _not_delivered(entry: Entry, me: int) -> Iterator[str]:
    """What to tell an agent of a reply of theirs that is not tried again by itself."""
    if entry.payload.get("agent") != me:
        return
    name = entry.payload.get("name") or "somebody"
    why = str(entry.payload.get("error") or "").rstrip(".")
    because = f": {why}" if why else ""
    if entry.kind == "message.uncertain":
        yield f"Your reply to {name} may have arrived or not{because}. Decide in the session."
    elif entry.payload.get("final"):
        yield f"Your reply to {name} did not arrive{because}."


def due_now(entries: Iterable[Entry], me: int) -> Iterator[str]:
    """The titles of the follow-ups of the agent `me` that have become due."""
    for entry in entries:
        if entry.kind == "activity.due" and entry.payload.get("owner") == me:
            yield str(entry.payload.get("title") or "a task")


def were_due(count: int, key: str) -> str:
    """What to tell an agent whose follow-ups are due as the console starts; `key` lists them."""
    many = f"{count} follow-ups are due. {key} lists them."
    return f"1 follow-up is due. {key} shows it." if count == 1 else many


def inactive(reason: str, key: str) -> str:
    """What to tell an agent who has become Inactive; `key` chooses another presence."""
    return f"{reason}. You are Inactive and get no offers. {key} changes your presence."


_ANSWERED = {
    "conversation.accepted": "You accepted {name} in another console.",
    "conversation.declined": "You declined {name} in another console.",
}


def settled(entries: Sequence[Entry], ringing: Mapping[int, str], me: int) -> Iterator[str]:
    """Where the offers have gone that ring here, `ringing` giving their names by conversation.

    `entries` are those that this console has not written itself. An offer that ran out is told of
    by the presence that follows.
    """
    for at, entry in enumerate(entries):
        key = entry.conversation_id
        name = None if key is None else ringing.get(key)
        if name is None or entry.payload.get("agent") != me:
            continue
        mine = entry.actor_kind is ActorKind.AGENT and entry.actor_id == me
        if entry.kind in _ANSWERED and mine:
            yield _ANSWERED[entry.kind].format(name=name)
        elif entry.kind == "conversation.consult_withdrawn":
            yield f"The request about {name} has ended."
        elif entry.kind == "conversation.offer_withdrawn":
            after = (e for e in entries[at + 1 :] if e.conversation_id == key and matters(e.kind))
            why = next(after, entry)
            told = sentence(why.kind, why.actor_name, name, KINDS.get(why.kind, ""))
            yield f"The offer of {name} has ended: {told}."
