"""The life of a conversation as a table.

Source: the reference product's conversation states. Closed is the end: what a customer writes
afterwards begins a new conversation.
"""

from dataclasses import dataclass
from enum import StrEnum

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState


class Happening(StrEnum):
    """What can happen to a conversation. The values are the journal's words."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "offer_expired"
    PICKED = "picked"
    ASSIGNED = "assigned"
    AGENT_ENDED = "ended"
    CUSTOMER_LEFT = "customer_left"
    CUSTOMER_GONE = "customer_lost"
    LEFT_BEFORE_ACCEPTANCE = "abandoned"
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


@dataclass(frozen=True, slots=True)
class Forbidden:
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
    (_S.OPEN, _H.TRANSFERRED_TO_QUEUE): _S.OPEN,
    (_S.OPEN, _H.CUSTOMER_WROTE): _S.OPEN,
    (_S.OPEN, _H.FORCE_CLOSED): _S.CLOSED,
    (_S.ACTIVE, _H.ACCEPTED): _S.ACTIVE,
    (_S.ACTIVE, _H.DECLINED): _S.OPEN,
    (_S.ACTIVE, _H.EXPIRED): _S.OPEN,
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
    (_S.WAITING, _H.IDLE_EXPIRED): _S.CLOSED,
    (_S.WAITING, _H.FORCE_CLOSED): _S.CLOSED,
    (_S.WRAP_UP, _H.WRAP_UP_CLOSED): _S.CLOSED,
    (_S.WRAP_UP, _H.WRAP_UP_EXPIRED): _S.CLOSED,
    (_S.WRAP_UP, _H.FORCE_CLOSED): _S.CLOSED,
}
"""Where each happening leads on every channel."""

BY_MODE: dict[tuple[ConversationState, Happening, ChannelMode], ConversationState] = {
    (_S.ACTIVE, _H.LEFT_WITHOUT_END, ChannelMode.LIVE): _S.OPEN,
    (_S.ACTIVE, _H.LEFT_WITHOUT_END, ChannelMode.ASYNCHRONOUS): _S.WAITING,
}
"""Where a happening leads differently on live and on asynchronous channels."""

_HINTS = {
    _S.OPEN: "Accept or pick it first.",
    _S.WAITING: "Come back to it from My work first.",
    _S.WRAP_UP: "Close it, or leave it until wrap-up is over.",
    _S.CLOSED: "When the customer writes again, a new conversation begins.",
}


def after(
    state: ConversationState, happening: Happening, mode: ChannelMode
) -> ConversationState | Forbidden:
    """The state that follows, or why nothing does."""
    found = BY_MODE.get((state, happening, mode)) or ALWAYS.get((state, happening))
    if found is not None:
        return found
    what = happening.value.replace("_", " ")
    return Forbidden(
        f"A conversation that is {state.label} cannot be {what}.", _HINTS.get(state, "")
    )


_CONSEQUENCES = {
    (_H.AGENT_ENDED, ChannelMode.LIVE): "Ends it for the customer too, and opens wrap-up.",
    (_H.AGENT_ENDED, ChannelMode.ASYNCHRONOUS): (
        "Ends it and opens wrap-up; what the customer writes later begins a new conversation."
    ),
    (_H.LEFT_WITHOUT_END, ChannelMode.LIVE): (
        "Does not end it: the customer goes back to the open ones and to another agent."
    ),
    (_H.LEFT_WITHOUT_END, ChannelMode.ASYNCHRONOUS): (
        "Puts it to waiting; it comes back when the customer writes."
    ),
}
_CLOSES = {
    _H.WRAP_UP_CLOSED: "Closes it for good and frees its capacity.",
    _H.FORCE_CLOSED: "Closes it for good, although nobody has ended it.",
    _H.RELEASED: "Gives it back to its queue; another agent is looked for.",
}


def consequence(state: ConversationState, happening: Happening, mode: ChannelMode) -> str:
    """What a key would do, said before it is pressed."""
    result = after(state, happening, mode)
    if isinstance(result, Forbidden):
        return f"{result.sentence} {result.hint}".strip()
    return _CONSEQUENCES.get((happening, mode)) or _CLOSES.get(
        happening, f"Makes it {result.label}."
    )
