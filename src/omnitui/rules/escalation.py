"""Escalation: from written to live channels, and from live channels to calls.

A conversation only goes to a higher channel level (`rung`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.model.channel import AddressKind, Channel, shared_kind
from omnitui.model.customer import Address
from omnitui.model.entitlement import Terms, number
from omnitui.model.errors import Refusal
from omnitui.rules.entitled import unit
from omnitui.rules.identify import normalise_address

_TOLD = {AddressKind.PHONE: "phone", AddressKind.EMAIL: "email"}
"""The key in a conversation's context that holds a customer's address."""


def ladder(channels: Iterable[Channel], here: Channel) -> list[Channel]:
    """The channels of a higher level than `here`, the nearest first."""
    higher = [channel for channel in channels if channel.rung > here.rung]
    return sorted(higher, key=lambda channel: channel.rung)


def not_up(here: Channel, there: Channel, channels: Iterable[Channel]) -> Refusal | None:
    """Why a conversation cannot be escalated from one channel to another, None if it can."""
    if there.rung > here.rung:
        return None
    higher = ", ".join(channel.label for channel in ladder(channels, here))
    hint = f"From {here.label} it can be escalated to {higher}." if higher else ""
    if there.key == here.key:
        return Refusal("escalation.same", f"It is on {here.label} already.", hint)
    said = f"{there.label} is not a higher channel level than {here.label}."
    return Refusal("escalation.not_up", said, hint or f"{here.label} is the highest channel level.")


def reached_at(
    there: Channel,
    addresses: Iterable[Address],
    context: Mapping[str, Any],
    here: Channel,
    address: str,
) -> tuple[str, ...]:
    """A customer's addresses on a channel, the likeliest first; each once.

    Saved ones first, then what they wrote themselves. On channels that identify people by a window
    or a browser it is the one they write from now.
    """
    kind = there.address_kind
    told = context.get(_TOLD.get(kind, ""))
    found = [one.value for one in addresses if one.channel == there.key]
    if kind.shared:
        found += [one.value for one in addresses if shared_kind(one.key) is kind]
        if here.address_kind is kind:
            found.append(address)
    if isinstance(told, str) and told.strip():
        found.append(told.strip())
    if not kind.shared and not here.address_kind.shared:
        found.append(address)
    known: dict[str, str] = {}
    for value in found:
        known.setdefault(normalise_address(there, value), value)
    return tuple(value for key, value in known.items() if key.partition(":")[2])


def left_words(terms: Terms, origin: str, label: str) -> str:
    """What an entitlement has left, in total and on a channel, as a sentence."""
    said = f"{terms.name}: {number(terms.left)} of {number(terms.total)} {unit(terms)} left"
    said += f" ({number(terms.held)} held by open cases)" if terms.held else ""
    line = terms.lines.get(origin)
    if line is None:
        return f"{said}; {label} has no limit of its own."
    return f"{said}, {number(line.left)} of {number(line.total)} on {label}."
