"""The life of a conversation as a table.

Active has two halves, ringing at an agent and accepted by one; who knows which half it is says so,
and gets a stricter answer. Closed is the end: what a customer writes afterwards begins a new
conversation. Source: the reference product's conversation states.
"""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState


class Happening(StrEnum):
    """What can happen to a conversation. The values are the journal's words."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "offer_expired"
    WITHDRAWN = "offer_withdrawn"
    PICKED = "picked"
    ASSIGNED = "assigned"
    AGENT_ENDED = "ended"
    CUSTOMER_LEFT = "customer_left"
    CUSTOMER_GONE = "customer_lost"
    LEFT_BEFORE_ACCEPTANCE = "abandoned"
    NOT_TAKEN = "not_taken"
    AGENT_GONE = "agent_gone"
    RELEASED = "released"
    TRANSFERRED_TO_QUEUE = "transferred_to_queue"
    TRANSFERRED_TO_AGENT = "transferred_to_agent"
    LEFT_WITHOUT_END = "left"
    REOPENED_BY_AGENT = "resumed"
    CUSTOMER_WROTE = "customer_wrote"
    WRAP_UP_CLOSED = "wrap_up_closed"
    WRAP_UP_EXPIRED = "wrap_up_expired"
    IDLE_EXPIRED = "idle_expired"
    FORCE_CLOSED = "force_closed"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    BOT_BEGAN = "bot_began"
    BOT_HANDED_OVER = "bot_handed_over"
    BOT_ENDED = "bot_ended"


class Forbidden(Struct, frozen=True):
    """The life cycle does not allow it: why, and what to do instead."""

    sentence: str
    hint: str = ""


_S = ConversationState
_H = Happening

ALWAYS: dict[tuple[ConversationState, Happening], ConversationState] = {
    (_S.OPEN, _H.OFFERED): _S.ACTIVE,
    (_S.OPEN, _H.PICKED): _S.ACTIVE,
    (_S.OPEN, _H.ASSIGNED): _S.ACTIVE,
    (_S.OPEN, _H.CUSTOMER_LEFT): _S.CLOSED,
    (_S.OPEN, _H.CUSTOMER_GONE): _S.CLOSED,
    (_S.OPEN, _H.IDLE_EXPIRED): _S.CLOSED,
    (_S.OPEN, _H.NOT_TAKEN): _S.CLOSED,
    (_S.OPEN, _H.TRANSFERRED_TO_QUEUE): _S.OPEN,
    (_S.OPEN, _H.TRANSFERRED_TO_AGENT): _S.ACTIVE,
    (_S.OPEN, _H.CUSTOMER_WROTE): _S.OPEN,
    (_S.OPEN, _H.FORCE_CLOSED): _S.CLOSED,
    (_S.ACTIVE, _H.ACCEPTED): _S.ACTIVE,
    (_S.ACTIVE, _H.DECLINED): _S.OPEN,
    (_S.ACTIVE, _H.EXPIRED): _S.OPEN,
    (_S.ACTIVE, _H.WITHDRAWN): _S.OPEN,
    (_S.ACTIVE, _H.AGENT_GONE): _S.OPEN,
    (_S.ACTIVE, _H.AGENT_ENDED): _S.WRAP_UP,
    (_S.ACTIVE, _H.CUSTOMER_LEFT): _S.WRAP_UP,
    (_S.ACTIVE, _H.CUSTOMER_GONE): _S.WRAP_UP,
    (_S.ACTIVE, _H.LEFT_BEFORE_ACCEPTANCE): _S.CLOSED,
    (_S.ACTIVE, _H.RELEASED): _S.OPEN,
    (_S.ACTIVE, _H.TRANSFERRED_TO_QUEUE): _S.OPEN,
    (_S.ACTIVE, _H.TRANSFERRED_TO_AGENT): _S.ACTIVE,
    (_S.ACTIVE, _H.CUSTOMER_WROTE): _S.ACTIVE,
    (_S.ACTIVE, _H.FORCE_CLOSED): _S.CLOSED,
    (_S.WAITING, _H.REOPENED_BY_AGENT): _S.ACTIVE,
    (_S.WAITING, _H.CUSTOMER_WROTE): _S.OPEN,
    (_S.WAITING, _H.WOKEN): _S.OPEN,
    (_S.WAITING, _H.TRANSFERRED_TO_QUEUE): _S.OPEN,
    (_S.WAITING, _H.TRANSFERRED_TO_AGENT): _S.ACTIVE,
    (_S.WAITING, _H.IDLE_EXPIRED): _S.CLOSED,
    (_S.WAITING, _H.FORCE_CLOSED): _S.CLOSED,
    (_S.OPEN, _H.BOT_BEGAN): _S.BOT,
    (_S.BOT, _H.BOT_HANDED_OVER): _S.OPEN,
    (_S.BOT, _H.BOT_ENDED): _S.CLOSED,
    (_S.BOT, _H.PICKED): _S.ACTIVE,
    (_S.BOT, _H.ASSIGNED): _S.ACTIVE,
    (_S.BOT, _H.CUSTOMER_WROTE): _S.BOT,
    (_S.BOT, _H.CUSTOMER_LEFT): _S.CLOSED,
    (_S.BOT, _H.CUSTOMER_GONE): _S.CLOSED,
    (_S.BOT, _H.IDLE_EXPIRED): _S.CLOSED,
    (_S.BOT, _H.FORCE_CLOSED): _S.CLOSED,
    (_S.WRAP_UP, _H.WRAP_UP_CLOSED): _S.CLOSED,
    (_S.WRAP_UP, _H.WRAP_UP_EXPIRED): _S.CLOSED,
    (_S.WRAP_UP, _H.FORCE_CLOSED): _S.CLOSED,
}
"""Where each happening leads on every channel."""

BY_MODE: dict[tuple[ConversationState, Happening, ChannelMode], ConversationState] = {
    (_S.ACTIVE, _H.LEFT_WITHOUT_END, ChannelMode.LIVE): _S.OPEN,
    (_S.ACTIVE, _H.LEFT_WITHOUT_END, ChannelMode.ASYNCHRONOUS): _S.WAITING,
    (_S.OPEN, _H.SNOOZED, ChannelMode.ASYNCHRONOUS): _S.WAITING,
    (_S.ACTIVE, _H.SNOOZED, ChannelMode.ASYNCHRONOUS): _S.WAITING,
    (_S.WAITING, _H.SNOOZED, ChannelMode.ASYNCHRONOUS): _S.WAITING,
}
"""Where a happening leads differently on live and on asynchronous channels."""

ONLY_RINGING = frozenset(
    {_H.ACCEPTED, _H.DECLINED, _H.EXPIRED, _H.WITHDRAWN, _H.LEFT_BEFORE_ACCEPTANCE}
)
"""What can happen to an active conversation only while it rings."""

ONLY_ACCEPTED = frozenset(
    {
        _H.AGENT_ENDED,
        _H.AGENT_GONE,
        _H.RELEASED,
        _H.LEFT_WITHOUT_END,
        _H.CUSTOMER_LEFT,
        _H.CUSTOMER_GONE,
        _H.SNOOZED,
    }
)
"""What can happen to an active conversation only after an agent has accepted it."""

_UNDER_WAY = (_S.OPEN, _S.ACTIVE, _S.WAITING)

_CANNOT = {
    _H.OFFERED: "be offered",
    _H.ACCEPTED: "be accepted",
    _H.DECLINED: "be declined",
    _H.EXPIRED: "have an offer that runs out",
    _H.WITHDRAWN: "have its offer withdrawn",
    _H.PICKED: "be picked",
    _H.ASSIGNED: "be assigned",
    _H.AGENT_ENDED: "be ended",
    _H.CUSTOMER_LEFT: "be ended by its customer",
    _H.CUSTOMER_GONE: "lose its customer",
    _H.LEFT_BEFORE_ACCEPTANCE: "be abandoned",
    _H.NOT_TAKEN: "be closed because nobody takes it",
    _H.AGENT_GONE: "lose its agent",
    _H.RELEASED: "be released",
    _H.TRANSFERRED_TO_QUEUE: "be transferred to a queue",
    _H.TRANSFERRED_TO_AGENT: "be transferred to an agent",
    _H.LEFT_WITHOUT_END: "be set to waiting",
    _H.REOPENED_BY_AGENT: "be resumed",
    _H.CUSTOMER_WROTE: "take in another message",
    _H.WRAP_UP_CLOSED: "be closed after wrap-up",
    _H.WRAP_UP_EXPIRED: "have a wrap-up that runs out",
    _H.IDLE_EXPIRED: "be closed for no messages",
    _H.FORCE_CLOSED: "be closed",
    _H.SNOOZED: "be snoozed",
    _H.WOKEN: "be woken",
    _H.BOT_BEGAN: "be given to the bot",
    _H.BOT_HANDED_OVER: "be handed over by the bot",
    _H.BOT_ENDED: "be ended by the bot",
}
_HINTS = {
    _S.BOT: "Take it over first.",
    _S.OPEN: "Accept or pick it first.",
    _S.WAITING: "Resume it from My work first.",
    _S.WRAP_UP: "Close it, or wait until wrap-up is over.",
    _S.CLOSED: "When the customer writes again, a new conversation starts.",
}


def hint_for(state: ConversationState, *, ringing: bool = False) -> str:
    """What whoever wants a conversation in hand can do about its state; empty for nothing."""
    if ringing:
        return "Try again when the offer is accepted or has run out."
    return _HINTS.get(state, "")


def after(
    state: ConversationState,
    happening: Happening,
    mode: ChannelMode,
    ringing: bool | None = None,
) -> ConversationState | Forbidden:
    """The state that follows, or why nothing does.

    `ringing` says whether an active conversation still rings at an agent; None if not known.
    """
    if state is _S.ACTIVE and ringing and happening in ONLY_ACCEPTED:
        return Forbidden(
            f"A conversation that is still offered cannot {_CANNOT[happening]}.",
            "Accept it or decline it first.",
        )
    if state is _S.ACTIVE and ringing is False and happening in ONLY_RINGING:
        return Forbidden(
            f"A conversation that is already accepted cannot {_CANNOT[happening]}.",
            "It is in My work of the agent who took it.",
        )
    if happening is _H.SNOOZED and mode is ChannelMode.LIVE and state in _UNDER_WAY:
        return Forbidden(
            "A live conversation cannot be snoozed: the customer is waiting.",
            "Transfer it, or end it.",
        )
    found = BY_MODE.get((state, happening, mode)) or ALWAYS.get((state, happening))
    if found is not None:
        return found
    where = f"in {state.label}" if state is _S.WRAP_UP else state.label
    return Forbidden(
        f"A conversation that is {where} cannot {_CANNOT[happening]}.", _HINTS.get(state, "")
    )


_CONSEQUENCES: dict[Happening, str] = {
    _H.OFFERED: "Offers it to an agent; it takes capacity at once.",
    _H.ACCEPTED: "Assigns {name} to you and opens the session.",
    _H.DECLINED: "Declines it: it is offered to another agent, or returns to Open.",
    _H.EXPIRED: "The offer is over: it is offered to another agent, or returns to Open.",
    _H.WITHDRAWN: "Withdraws the offer: it is offered to another agent, or returns to Open.",
    _H.PICKED: "Assigns {name} to you and opens the session.",
    _H.ASSIGNED: "Assigns it to that agent without an offer.",
    _H.CUSTOMER_LEFT: "Ends it, because {name} left, and opens wrap-up.",
    _H.CUSTOMER_GONE: "Ends it, because {name} did not come back, and opens wrap-up.",
    _H.LEFT_BEFORE_ACCEPTANCE: "Closes it, because {name} left before an agent took it.",
    _H.NOT_TAKEN: "Closes it as abandoned, because no agent took it in time.",
    _H.AGENT_GONE: "Returns it to its queue, because its agent is gone.",
    _H.RELEASED: "Releases it to its queue; it is offered to another agent.",
    _H.TRANSFERRED_TO_QUEUE: "Moves it to that queue; it is offered to one of its agents.",
    _H.TRANSFERRED_TO_AGENT: "Transfers it to that agent; it is no longer yours.",
    _H.REOPENED_BY_AGENT: "Resumes it; it takes your capacity again.",
    _H.CUSTOMER_WROTE: "Adds to the conversation; nothing else changes.",
    _H.WRAP_UP_CLOSED: "Closes it and frees its capacity.",
    _H.WRAP_UP_EXPIRED: "Wrap-up is over: closes it and frees its capacity.",
    _H.IDLE_EXPIRED: "Closes it, because there were no messages for too long.",
    _H.SNOOZED: "Snoozes it until then, or until {name} writes; it takes no capacity.",
    _H.BOT_BEGAN: "Lets the bot answer {name} first.",
    _H.BOT_HANDED_OVER: "The bot hands {name} over to a person; it is offered to an agent.",
    _H.BOT_ENDED: "The bot has answered {name}: closes it.",
    _H.WOKEN: "Ends the snooze: it goes to its last agent if present, else to its queue.",
}
_CONSEQUENCES_BY_STATE: dict[tuple[ConversationState, Happening], str] = {
    (_S.BOT, _H.PICKED): "Takes {name} over from the bot, which is silent from then on.",
    (_S.BOT, _H.ASSIGNED): "Assigns it to that agent; the bot is silent from then on.",
    (_S.BOT, _H.CUSTOMER_LEFT): "Closes it, because {name} left the bot.",
    (_S.BOT, _H.CUSTOMER_GONE): "Closes it, because {name} left the bot.",
    (_S.BOT, _H.FORCE_CLOSED): "Closes it, although the bot still answers {name}.",
    (_S.OPEN, _H.CUSTOMER_LEFT): "Closes it, because {name} left before an agent took it.",
    (_S.OPEN, _H.CUSTOMER_GONE): "Closes it, because {name} left before an agent took it.",
    (_S.OPEN, _H.TRANSFERRED_TO_AGENT): "Offers it to that agent.",
    (
        _S.OPEN,
        _H.TRANSFERRED_TO_QUEUE,
    ): "Moves it to that queue; it is offered to one of its agents.",
    (_S.OPEN, _H.FORCE_CLOSED): "Closes it, although nobody has answered {name}.",
    (_S.ACTIVE, _H.FORCE_CLOSED): "Closes it, although nobody has ended it.",
    (_S.WAITING, _H.FORCE_CLOSED): (
        "Closes it; if {name} writes later, a new conversation starts."
    ),
    (_S.WRAP_UP, _H.FORCE_CLOSED): "Closes it and frees its capacity.",
    (_S.WAITING, _H.CUSTOMER_WROTE): ("Reopens it; it is offered to its last agent first."),
}
_CONSEQUENCES_BY_MODE: dict[tuple[Happening, ChannelMode], str] = {
    (_H.AGENT_ENDED, ChannelMode.LIVE): "Ends it for {name} too, and opens wrap-up.",
    (_H.AGENT_ENDED, ChannelMode.ASYNCHRONOUS): (
        "Ends it and opens wrap-up; if {name} writes later, a new conversation starts."
    ),
    (_H.LEFT_WITHOUT_END, ChannelMode.LIVE): (
        "Does not end it: {name} returns to Open and is offered to another agent."
    ),
    (_H.LEFT_WITHOUT_END, ChannelMode.ASYNCHRONOUS): (
        "Sets it to waiting; it returns when {name} writes."
    ),
}


def consequence(
    state: ConversationState,
    happening: Happening,
    mode: ChannelMode,
    ringing: bool | None = None,
    name: str = "the customer",
) -> str:
    """What a key would do, said before it is pressed; `name` is whom the conversation is with."""
    result = after(state, happening, mode, ringing)
    if isinstance(result, Forbidden):
        return f"{result.sentence} {result.hint}".strip()
    sentence = (
        _CONSEQUENCES_BY_STATE.get((state, happening))
        or _CONSEQUENCES_BY_MODE.get((happening, mode))
        or _CONSEQUENCES[happening]
    )
    return sentence.format(name=name)
