"""What others have done that an agent should hear of at once, a sentence each."""

from collections.abc import Iterable, Iterator

from omnitui.model.journal import Entry

_TOLD = {
    "conversation.consulted": "{who} asks you to read along with {name}; it is open as a session.",
    "conversation.agent_added": "{who} lets you answer {name} too; it is open as a session.",
    "conversation.woken": "{name} is back: you put it off until now.",
}


def news(entries: Iterable[Entry], me: int) -> Iterator[str]:
    """What to tell the agent `me`; nothing of what they did themselves."""
    for entry in entries:
        said = _TOLD.get(entry.kind)
        if said is not None and entry.payload.get("agent") == me and entry.actor_id != me:
            yield said.format(who=entry.actor_name, name=entry.payload.get("name") or "somebody")
