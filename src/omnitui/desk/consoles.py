"""Consoles on one store: who is present, the viewers of conversations, and lost consoles.

A console sends heartbeats with what it shows. They are not journaled: they are valid only for
moments, and must not wake up those who follow the journal.
"""

from omnitui.desk import agents as presences
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import leaving
from omnitui.model.agent import Agent, Presence
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId
from omnitui.model.viewers import Viewer
from omnitui.rules import presence
from omnitui.rules.presence import PresenceChange
from omnitui.safetext import clean_line
from omnitui.store import agents, consoles, timers

_TYPING_MS = 10_000
_LONGEST_NAME = 64
_LONGEST_SECONDS = 86_400


@command("console.enter")
def enter(call: Call) -> Agent:
    """Open a console: an agent who was Offline or Inactive is present again.

    An agent who was lost a moment ago gets back the previous presence; one that was chosen by hand
    stays.
    """
    _welcome(call)
    found = _get(call, call.agent)
    if found.presence in (Presence.OFFLINE, Presence.INACTIVE):
        return presences.sit_down(call, found)
    return found


@command("console.beat")
def beat(
    call: Call,
    console: str,
    conversation: ConversationId | None = None,
    typing: bool = False,
    seconds: int | None = None,
) -> None:
    """Report that a console runs (heartbeat), its current conversation, and whether its agent
    types.

    `console` is a unique word of your choice. Without another heartbeat it is lost after `seconds`
    (by default as in the settings); the agent is Offline when their last one is lost.
    """
    name = _name(console)
    lasts = call.settings.console_seconds if seconds is None else seconds
    if not 1 <= lasts <= _LONGEST_SECONDS:
        raise Refused(
            "console.seconds",
            f"{lasts} seconds is not a valid time-out.",
            f"Give 1 to {_LONGEST_SECONDS}.",
        )
    _welcome(call)
    consoles.clear(call.store, call.agent, call.now)
    typing_at = call.now if typing and conversation is not None else None
    consoles.put(call.store, name, call.agent, call.now + lasts * 1_000, conversation, typing_at)
    _watch(call, call.agent)


@command("console.leave")
def leave(call: Call, console: str) -> Agent:
    """Close a console. After your last one you are Offline, and your offers go to other agents."""
    consoles.remove(call.store, _name(console), call.agent)
    consoles.clear(call.store, call.agent, call.now)
    if _watch(call, call.agent):
        return _get(call, call.agent)
    consoles.find(call.store, call.agent)
    me = _get(call, call.agent)
    leaving.go(call, me, Presence.OFFLINE, "You left the console", by_hand=True)
    return _get(call, call.agent)


@query("conversation.viewers")
def viewers(call: Call, conversation: ConversationId) -> list[Viewer]:
    """The viewers of a conversation: other agents who have it open, typing agents first."""
    return consoles.viewers(
        call.store, conversation, call.agent_or_none, call.now, call.now - _TYPING_MS
    )


# Its first name, which scripts and older consoles call.
query("conversation.company")(viewers)


def silent(call: Call, agent: int) -> None:
    """A console is lost: no heartbeat came in time. Without another one its agent is Offline.

    Their conversations stay with them for `grace_seconds`; offers go to other agents.
    """
    if _watch(call, AgentId(agent)):
        return
    gone_at = consoles.until(call.store, agent) or call.now
    consoles.clear(call.store, agent, call.now)
    person = _get(call, AgentId(agent))
    change = presence.lost(person.presence)
    if change is None:
        return
    kept = consoles.Lost(gone_at, person.presence, person.presence_reason, person.presence_by_hand)
    consoles.lose(call.store, agent, kept)
    leaving.go(call, person, change.presence, change.reason, by_hand=change.sticks)


def _watch(call: Call, agent: AgentId) -> bool:
    """Set the timer for the agent's last console; False when they have none."""
    until = consoles.until(call.store, agent)
    if until is None or until <= call.now:
        timers.stop(call.store, "console", agent)
        return False
    timers.start(call.store, "console", agent, until)
    return True


def _welcome(call: Call) -> None:
    """Give a lost agent who has come back the right presence."""
    lost = consoles.find(call.store, call.agent)
    if lost is None:
        return
    person = _get(call, call.agent)
    if person.presence is not Presence.OFFLINE or person.presence_by_hand:
        return
    before = PresenceChange(lost.presence, lost.reason, lost.by_hand)
    window = call.settings.console_back_seconds * 1_000
    change = presence.found(before, call.now - lost.at, window)
    load.set_presence(call, person, change.presence, change.reason, by_hand=change.sticks)
    load.refresh(call, call.agent)
    assign.fill(call, call.agent)


def _name(console: str) -> str:
    name = clean_line(console).strip()
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(
            "console.name",
            f"{name[:_LONGEST_NAME]!r} is not a valid console name.",
            f"Give one that no other console has, of at most {_LONGEST_NAME} characters.",
        )
    return name


def _get(call: Call, agent: AgentId) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found
