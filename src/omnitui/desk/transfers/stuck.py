"""What hangs on a conversation that somebody is about to end or close, a sentence each."""

from omnitui.desk import couriers
from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation, Delivery, Message
from omnitui.store import messages, participants, sessions

_SHOWN = 40


def stuck(call: Call, item: Conversation) -> list[str]:
    """What is not sent, not delivered, or still has somebody beside it."""
    return [*_drafts(call, item), *_replies(call, item), *_beside(call, item)]


def _drafts(call: Call, item: Conversation) -> list[str]:
    agent = call.agent_or_none
    session = None if agent is None else sessions.get(call.store, agent, item.id)
    if session is None or not (session.draft_reply.strip() or session.draft_note.strip()):
        return []
    typed = session.draft_reply.strip() or session.draft_note.strip()
    return [f"What you have typed is not sent: {_short(typed)}. Closing keeps it as a note."]


def _replies(call: Call, item: Conversation) -> list[str]:
    lines = messages.unsettled(call.store, item.id)
    held = [line for line in lines if line.delivery is Delivery.HELD]
    queued = [line for line in lines if line.delivery is Delivery.QUEUED]
    sending = [line for line in lines if line.delivery is Delivery.SENDING]
    uncertain = [line for line in lines if line.delivery is Delivery.UNCERTAIN]
    failed = [line for line in lines if line.delivery is Delivery.FAILED]
    told = []
    if held:
        left = max(0, max(line.held_until or 0 for line in held) - call.now)
        told.append(f"{_replies_are(held)} held and {_leave(held)} within {-(-left // 1_000)} s.")
    if sending:
        told.append(f"{_replies_are(sending)} being delivered right now.")
    if queued:
        told.append(f"{_replies_are(queued)} queued and not delivered yet{_why(call, queued)}.")
    if uncertain:
        told.append(f"{_replies_are(uncertain)} uncertain: nobody knows whether it arrived.")
    if failed:
        why = failed[-1].error.rstrip(".") or "no reason given"
        told.append(f"{_replies_are(failed)} not delivered: {_short(why)}.")
    return told


def _why(call: Call, queued: list[Message]) -> str:
    unserved = couriers.unserved(call)
    labels = sorted({unserved[line.channel] for line in queued if line.channel in unserved})
    return f": no courier for {' or '.join(labels)}" if labels else ""


def _replies_are(lines: list[Message]) -> str:
    if len(lines) == 1:
        return f"The reply {_short(lines[0].text)} is"
    return f"{len(lines)} replies are"


def _leave(lines: list[Message]) -> str:
    return "leaves" if len(lines) == 1 else "leave"


def _beside(call: Call, item: Conversation) -> list[str]:
    names = [one.name for one in participants.of_conversation(call.store, item.id)]
    if not names:
        return []
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    verb = "reads" if len(names) == 1 else "read"
    return [f"{who} still {verb} along."]


def _short(words: str) -> str:
    text = " ".join(words.split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + '…'}”"
