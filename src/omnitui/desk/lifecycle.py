"""The end of conversations: end, wrap-up, close, release."""

from typing import Any

from omnitui.desk import couriers, notices, thread
from omnitui.desk.call import Call
from omnitui.desk.intake import customer_left
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import consult, hands, requests
from omnitui.desk.undo import remember
from omnitui.model.actor import ActorKind
from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import Conversation, ConversationState, Delivery, Message
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.notice import Occasion
from omnitui.rules.lifecycle import Forbidden, Happening, after, consequence, hint_for
from omnitui.safetext import clean_line
from omnitui.store import composing, messages, participants, sessions, timers


def _check_mine(call: Call, item: Conversation) -> None:
    if call.actor.kind is ActorKind.AGENT and item.agent_id not in (None, call.agent):
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} is with {item.agent_name}.",
        )
    if call.actor.kind is ActorKind.AGENT and item.state is ConversationState.BOT:
        raise Refused(
            "conversation.not_yours",
            f"The conversation with {item.name} is with the bot.",
            hint_for(item.state),
        )


@command("conversation.end")
def end(call: Call, conversation: ConversationId) -> Conversation:
    """End an active conversation, for the customer too; wrap-up follows."""
    item = thread.get(call, conversation)
    _check_mine(call, item)
    remember(call, f"ended {item.name}", [conversation])
    _to_wrap_up(call, item, Happening.AGENT_ENDED)
    notices.tell(call, item, Occasion.ENDED, item.agent_id)
    return thread.get(call, conversation)


@command("conversation.finish")
def finish(call: Call, conversation: ConversationId, disposition: str = "") -> Conversation:
    """End an active conversation and close it in one step, with a disposition.

    The same as end and then close, without wrap-up between them; an ended one is closed.
    """
    item = thread.get(call, conversation)
    _check_mine(call, item)
    remember(call, f"ended and closed {item.name}", [conversation])
    if item.state is not ConversationState.WRAP_UP:
        end(call, conversation)
    return close(call, conversation, disposition)


def _to_wrap_up(call: Call, item: Conversation, happening: Happening) -> None:
    call.store.update(
        "conversations",
        item.id,
        {
            "state": thread.move(call, item, happening),
            "ended_at": call.now,
            "waiting_since": None,
        },
    )
    timers.stop(call.store, "grace", item.id)
    requests.withdraw(call, item)
    thread.begin_wrap_up(call, item)
    who = call.actor.name if happening is Happening.AGENT_ENDED else "The desk"
    thread.event(call, item, f"{who} ended the conversation")
    call.journal(f"conversation.{happening.value}", conversation=item.id, customer=item.customer_id)
    _after(call, item)


@command("conversation.close")
def close(call: Call, conversation: ConversationId, disposition: str = "") -> Conversation:
    """Close the session. The consequences depend on the state.

    After end (wrap-up) the conversation is closed, with an optional disposition. Without end a live
    one returns to Open, an asynchronous one waits for the customer. An unassigned or waiting
    conversation is closed.
    """
    item = thread.get(call, conversation)
    _check_mine(call, item)
    happening = closing(item)
    state = thread.move(call, item, happening)
    remember(call, f"closed {item.name}", [conversation])
    if state is ConversationState.CLOSED:
        close_for_good(call, item, happening, clean_line(disposition))
    else:
        _leave(call, item, state, happening)
    return thread.get(call, conversation)


def closing(item: Conversation) -> Happening:
    """What closing the session does to this conversation."""
    if item.state is ConversationState.WRAP_UP:
        return Happening.WRAP_UP_CLOSED
    if item.state is ConversationState.ACTIVE and item.offered_to is None:
        return Happening.LEFT_WITHOUT_END
    return Happening.FORCE_CLOSED


def _leave(call: Call, item: Conversation, state: ConversationState, happening: Happening) -> None:
    values: dict[str, Any] = {"state": state}
    if state is ConversationState.OPEN:
        # Whoever lets it go is not the one it should come back to.
        values |= {"agent_id": None, "last_agent_id": None}
    call.store.update("conversations", item.id, values)
    if state is ConversationState.WAITING:
        thread.await_word(call, item.id)
    _shut(call, item)
    requests.withdraw(call, item)
    call.journal(f"conversation.{happening.value}", conversation=item.id, customer=item.customer_id)
    if item.agent_id is not None:
        load.refresh(call, item.agent_id)
    assign.route(call, thread.get(call, item.id), not_to=item.agent_id)
    if item.agent_id is not None:
        assign.fill(call, item.agent_id, but=item.id)


def close_for_good(
    call: Call, item: Conversation, happening: Happening, disposition: str = ""
) -> None:
    """Close it with everything that belongs to it, for the reason `happening`."""
    by = item.agent_id if item.agent_id is not None else call.agent_or_none
    call.store.update(
        "conversations",
        item.id,
        {
            "state": ConversationState.CLOSED,
            "closed_at": call.now,
            "closed_by": by,
            "ended_at": item.ended_at or call.now,
            "waiting_since": None,
            "offered_to": None,
            "offer_expires_at": None,
            "snoozed_until": None,
            "disposition": disposition or item.disposition,
        },
    )
    timers.stop_all(call.store, item.id)
    _shut(call, item)
    consult.dismiss(call, item)
    call.journal(
        "conversation.closed",
        conversation=item.id,
        customer=item.customer_id,
        case=item.case_id,
        because=happening.value,
        disposition=disposition,
    )
    _after(call, item)


def _shut(call: Call, item: Conversation) -> None:
    for agent in {item.agent_id, call.agent_or_none} - {None}:
        assert agent is not None
        hands.drop(call, item, agent)


def _after(call: Call, item: Conversation) -> None:
    """Update agents whose capacity may be free now, and offer them waiting work."""
    for agent in sorted({agent for agent in (item.agent_id, item.offered_to) if agent is not None}):
        load.refresh(call, agent)
        assign.fill(call, agent)


@command("conversation.release")
def release(call: Call, conversation: ConversationId, note: str = "") -> Conversation:
    """Release an active conversation to its queue, with a note for the next agent."""
    item = thread.get(call, conversation)
    _check_mine(call, item)
    state = thread.move(call, item, Happening.RELEASED)
    remember(call, f"released {item.name}", [conversation])
    if item.agent_id is not None:
        hands.keep_drafts(call, item, item.agent_id)
    if note.strip():
        thread.event(call, item, f"{call.actor.name} released it: {clean_line(note)}")
    _leave(call, item, state, Happening.RELEASED)
    return thread.get(call, conversation)


@query("conversation.consequences")
def consequences(call: Call, conversation: ConversationId) -> dict[str, Any]:
    """The consequences of `end` and `close` for this conversation now, a sentence each.

    `finish` is both in one step. `stuck` lists what is unfinished: drafts, replies that are held or
    not delivered, consulted agents. `told` is the notice to the customer when it is ended, if any.
    """
    item = thread.get(call, conversation)
    mode = call.channel(item.channel).mode
    ringing = item.offered_to is not None
    ended = after(item.state, Happening.AGENT_ENDED, mode, ringing)
    can_end = not isinstance(ended, Forbidden)
    return {
        "end": consequence(item.state, Happening.AGENT_ENDED, mode, ringing, item.name),
        "close": consequence(item.state, closing(item), mode, ringing, item.name),
        "finish": _finishing(item, mode, ringing),
        "stuck": stuck(call, item),
        "told": notices.preview(call, [conversation], Occasion.ENDED) if can_end else [],
    }


def _finishing(item: Conversation, mode: ChannelMode, ringing: bool) -> str:
    """The consequences of ending and closing in one step, or why it cannot be ended."""
    if item.state is ConversationState.WRAP_UP:
        return consequence(item.state, Happening.WRAP_UP_CLOSED, mode, ringing, item.name)
    if isinstance(after(item.state, Happening.AGENT_ENDED, mode, ringing), Forbidden):
        return consequence(item.state, Happening.AGENT_ENDED, mode, ringing, item.name)
    too = f" for {item.name} too" if mode is ChannelMode.LIVE else ""
    return (
        f"Ends it{too} and closes it, without wrap-up. New messages of {item.name} start a "
        "new conversation."
    )


def grace_over(call: Call, conversation: int) -> None:
    """The customer did not reconnect in time."""
    item = thread.get(call, conversation)
    if item.customer_gone_at is None:
        return
    if item.state is ConversationState.ACTIVE and item.offered_to is None:
        _to_wrap_up(call, item, Happening.CUSTOMER_GONE)
    else:
        customer_left(call, item.id)


def wrap_up_over(call: Call, conversation: int) -> None:
    """Wrap-up has reached its limit."""
    item = thread.get(call, conversation)
    if item.state is ConversationState.WRAP_UP:
        close_for_good(call, item, Happening.WRAP_UP_EXPIRED, "")


def wrap_up_free(call: Call, conversation: int) -> None:
    """Wrap-up continues, but takes no capacity any more."""
    item = thread.get(call, conversation)
    if item.state is ConversationState.WRAP_UP:
        _after(call, item)


def idle_over(call: Call, conversation: int) -> None:
    """A waiting conversation had no message for as long as it may wait."""
    item = thread.get(call, conversation)
    if item.state is ConversationState.WAITING:
        close_for_good(call, item, Happening.IDLE_EXPIRED, "")


_SHOWN = 40


def stuck(call: Call, item: Conversation) -> list[str]:
    """Unsent text, undelivered replies and consulted agents, a sentence each."""
    return [
        *_drafts(call, item),
        *_scheduled(call, item),
        *_replies(call, item),
        *_beside(call, item),
    ]


def _scheduled(call: Call, item: Conversation) -> list[str]:
    waiting = composing.scheduled_open(call.store, conversation=item.id)
    if not waiting:
        return []
    many = f"{len(waiting)} scheduled replies" if len(waiting) > 1 else "A scheduled reply"
    return [f"{many} will not be sent once it is closed."]


def _drafts(call: Call, item: Conversation) -> list[str]:
    agent = call.agent_or_none
    session = None if agent is None else sessions.get(call.store, agent, item.id)
    if session is None:
        return []
    if not (session.draft_reply.strip() or session.draft_note.strip()):
        count = len(session.envelope.files)
        files = "1 attached file that is" if count == 1 else f"{count} attached files that are"
        return [f"You have {files} not sent."] if count else []
    typed = session.draft_reply.strip() or session.draft_note.strip()
    return [f"You have unsent text: {_short(typed)}. Closing keeps it as a note."]


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
        told.append(
            f"{_replies_are(held)} held, and {'leaves' if len(held) == 1 else 'leave'}"
            f" in {-(-left // 1_000)} s."
        )
    if sending:
        told.append(f"{_replies_are(sending)} being delivered.")
    if queued:
        told.append(f"{_replies_are(queued)} queued and not delivered yet{_why(call, queued)}.")
    if uncertain:
        told.append(f"{_replies_are(uncertain)} uncertain: it is not known whether it arrived.")
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
