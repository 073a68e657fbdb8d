"""What may happen to a conversation after something was done to it, and whether that matters.

Kinds are those of the journal. What leaves the conversation where it is (a reply on its way, a
note, a tab, an offer that rings) does not keep anybody from taking back what they did.
"""

from collections.abc import Sequence

MOST_TOLD = 3
"""How many reasons one sentence tells."""

_LONGEST = 90
"""How much of one reason is told (characters)."""

HARMLESS = (
    "conversation.offered",
    "conversation.offer_withdrawn",
    "conversation.offer_expired",
    "conversation.declined",
    "conversation.consult_asked",
    "conversation.consult_declined",
    "conversation.consult_withdrawn",
    "conversation.labelled",
    "conversation.rated",
    "conversation.upset",
    "macro.",
    "message.confirmed",
    "message.failed",
    "message.queued",
    "message.sending",
    "message.sent",
    "message.uncertain",
    "message.unsent",
    "note.",
    "script.",
    "session.",
    "sla.",
    "suggestion.",
    "promise.",
)
"""Kinds, and beginnings of kinds, that do not matter."""

_SAID = {
    "conversation.agent_gone": "the agent of {name} left, and it returned to its queue",
    "conversation.accepted": "{who} has accepted {name}",
    "conversation.assigned": "{who} has assigned {name} to an agent",
    "conversation.closed": "{who} has closed the conversation with {name}",
    "conversation.customer_back": "{name} has reconnected",
    "conversation.customer_gone": "{name} has disconnected",
    "conversation.customer_left": "{name} has left",
    "conversation.escalated": "{who} has escalated {name}",
    "conversation.ended": "{who} has ended the conversation with {name}",
    "conversation.picked": "{who} has taken {name}",
    "conversation.released": "{who} has released {name}",
    "conversation.reopened": "{name} has written again",
    "conversation.resumed": "{who} has resumed {name}",
    "conversation.snoozed": "{who} has snoozed {name}",
    "conversation.transferred_to_agent": "{who} has transferred {name}",
    "conversation.transferred_to_queue": "{who} has transferred {name}",
    "conversation.woken": "the snooze of {name} has ended",
    "message.held": "{who} has answered {name}",
    "message.received": "{name} has written again",
}


def matters(kind: str) -> bool:
    """Whether an entry of that kind keeps what was done before from being taken back."""
    return not any(
        kind == known or (known[-1] == "." and kind.startswith(known)) for known in HARMLESS
    )


def told(reasons: Sequence[str]) -> str:
    """Several reasons in one sentence without its full stop: the first ones, and how many more."""
    short = [
        one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1].rstrip()}…"
        for one in (reason.rstrip(".") for reason in reasons[:MOST_TOLD])
    ]
    more = len(reasons) - len(short)
    return "; ".join(short) + (f"; and {more} more" if more else "")


def sentence(kind: str, who: str, name: str, known: str) -> str:
    """What happened, to go on from "it cannot be taken back: ".

    `who` did it, `name` is the customer's; `known` tells of kinds that have no words here.
    """
    if kind in _SAID:
        return _SAID[kind].format(who=who or "somebody", name=name)
    words = known.rstrip(".")
    return f"{words[:1].lower()}{words[1:]} ({name})"
