"""Escalation: a conversation continues on a channel of a higher level."""

from msgspec import Struct

from omnitui.model.entitlement import Number


class EscalationOption(Struct, frozen=True):
    """A channel that a conversation could be escalated to, or why it cannot.

    `entitlement` is the name of the one that counts here, empty if none does; `total` and
    `remaining` are its terms (cases or hours), `channel_total` and `channel_remaining` those of the
    channel, None where it is not listed. `says` tells of them in a sentence. `addresses` are where
    the customer can be reached there, the first one is used; with none, one has to be given.
    `units` is what it takes of the agent's capacity. `code`, `why` and `hint` are the refusal,
    empty if it is allowed; `without` says that only what is owed is in the way, so that it can be
    done without.
    """

    channel: str
    label: str
    allowed: bool
    entitlement: str
    total: Number | None
    remaining: Number | None
    channel_total: Number | None
    channel_remaining: Number | None
    says: str
    addresses: tuple[str, ...]
    units: int
    code: str = ""
    why: str = ""
    hint: str = ""
    without: bool = False
