"""The couriers of each channel, and which of them run now.

A store on which a feed of simulated customers has run belongs to the feed: nothing else delivers
there, and no feed runs where replies go to real people.
"""

import re
from collections.abc import Sequence

from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import name_of
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.courier import (
    EVERY_CHANNEL,
    KIND,
    SIMULATED,
    WEBHOOK,
    ChannelDelivery,
    CourierConfig,
)
from omnitui.model.errors import Refused
from omnitui.rules.links import problems
from omnitui.safetext import clean_line
from omnitui.store import channels as channel_store
from omnitui.store import couriers, outbox, timers

# A demo may run ten thousand times as fast as the world.
_LONGEST_SECONDS = 1_000_000
_SECONDS = 15


@command("courier.set", Permission.ADMINISTER)
def set_(
    call: Call, channel: str, url: str = "", token_env: str = "", kind: str = WEBHOOK
) -> CourierConfig:
    """Deliver the replies of a channel by posting each as JSON to a URL.

    `token_env` names the environment variable with the token for `Authorization: Bearer`; the token
    itself is never saved. Every open console then delivers. `kind` is a courier of an installed
    package; it defines `url`.
    """
    found = call.channel(channel)
    if _is_simulated(couriers.configured(call.store)):
        raise Refused(
            "courier.simulated",
            "Simulated customers have written to this store: it cannot deliver to real ones.",
            "Use a store of its own for them.",
        )
    by = _kind(kind)
    address = clean_line(url).strip()
    if by == WEBHOOK:
        _check_webhook(address)
    made = CourierConfig(found.key, by, address, _variable(token_env))
    couriers.put(call.store, made)
    call.journal("courier.set", channel=found.key, by=made.kind)
    return made


@command("courier.delete", Permission.ADMINISTER)
def delete(call: Call, channel: str) -> None:
    """Stop delivering the replies of a channel; they stay queued, and nothing is lost.

    With `*` the store is no longer for simulated customers.
    """
    key = EVERY_CHANNEL if channel.strip() == EVERY_CHANNEL else call.channel(channel).key
    if not couriers.delete(call.store, key):
        known = ", ".join(one.channel for one in couriers.configured(call.store)) or "none"
        raise Refused(
            "courier.unknown", f"No courier is set for {key}.", f"Channels with a courier: {known}."
        )
    call.journal("courier.deleted", channel=key)


@command("courier.simulate", Permission.ADMINISTER)
def simulate(call: Call, anyway: bool = False) -> None:
    """Give the store to simulated customers: only their feed delivers on it, while it runs.

    Refused if replies go to real people, or if replies wait that may be for real people, unless
    `anyway` is yes: those replies are then never delivered.
    """
    found = couriers.configured(call.store)
    if _is_simulated(found):
        return
    if found:
        real = ", ".join(one.channel for one in found)
        raise Refused(
            "courier.real",
            f"This store delivers to real customers ({real}): simulated customers cannot use it.",
            "Give another store for them.",
        )
    waits = sum(one.queued + one.uncertain for one in outbox.waiting(call.store, call.now))
    if waits and not anyway:
        raise Refused(
            "courier.waiting",
            f"{waits} replies wait in this store: simulated customers would show them as sent.",
            "Give another store, or allow this one with `omnitui call courier.simulate "
            "anyway=yes`.",
        )
    couriers.put(call.store, CourierConfig(EVERY_CHANNEL, SIMULATED))
    call.journal("courier.set", channel=EVERY_CHANNEL, by=SIMULATED)


@query("courier.configured", Permission.DELIVER)
def configured(call: Call) -> list[CourierConfig]:
    """The couriers that are set, by channel; `*` is for all channels."""
    return couriers.configured(call.store)


@query("courier.list")
def list_(call: Call) -> list[ChannelDelivery]:
    """The couriers that run now by channel, what has not left, and what to do about it."""
    kinds = {one.channel: one.kind for one in couriers.configured(call.store)}
    live = couriers.live(call.store, call.now)
    waits = {one.channel: one for one in outbox.waiting(call.store, call.now)}
    told = []
    for channel in channel_store.every(call.store):
        kind = kinds.get(channel.key) or kinds.get(EVERY_CHANNEL, "")
        by = [one.name for one in live if one.channel in (channel.key, EVERY_CHANNEL)]
        found = waits.get(channel.key)
        told.append(
            ChannelDelivery(
                channel=channel.key,
                label=channel.label,
                courier=kind,
                by=tuple(dict.fromkeys(by)),
                queued=found.queued if found else 0,
                oldest=found.oldest if found else None,
                uncertain=found.uncertain if found else 0,
                hint="" if by else _hint(channel.key, kind),
            )
        )
    return told


def unserved(call: Call) -> dict[str, str]:
    """The labels of the channels without a running courier, by key."""
    served = {one.channel for one in couriers.live(call.store, call.now)}
    if EVERY_CHANNEL in served:
        return {}
    return {key: one.label for key, one in call.channels.items() if key not in served}


def undelivered(call: Call) -> tuple[tuple[str, int], ...]:
    """The channels without a running courier where replies wait: label and number."""
    waits = [one for one in outbox.waiting(call.store, call.now) if one.queued]
    labels = unserved(call) if waits else {}
    return tuple((labels[one.channel], one.queued) for one in waits if one.channel in labels)


@command("courier.beat", Permission.DELIVER)
def beat(call: Call, name: Name, channels: list[str], seconds: int = _SECONDS) -> None:
    """Report that a courier runs on some channels, `*` for all; valid for `seconds`.

    `name` is a unique word of your choice. Channels that you leave out are given up.
    """
    who = name_of(name, "courier.name", "A courier")
    if not 1 <= seconds <= _LONGEST_SECONDS:
        raise Refused(
            "courier.seconds",
            f"{seconds} seconds is not a valid time-out.",
            f"Give 1 to {_LONGEST_SECONDS}.",
        )
    before = {one.channel: one for one in couriers.of_name(call.store, who)}
    until = call.now + seconds * 1_000
    named = (EVERY_CHANNEL if key == EVERY_CHANNEL else call.channel(key).key for key in channels)
    for key in dict.fromkeys(named):
        known = before.pop(key, None)
        row = couriers.beat(call.store, who, key, until)
        timers.start(call.store, "courier", row, until)
        if known is None or known.until <= call.now:
            call.journal("courier.started", channel=key, name=who)
    for one in before.values():
        _stop(call, one)


@command("courier.leave", Permission.DELIVER)
def leave(call: Call, name: Name) -> None:
    """Report that a courier has stopped."""
    for one in couriers.of_name(call.store, clean_line(name).strip()):
        _stop(call, one)


def silent(call: Call, key: int) -> None:
    """A courier is lost: it did not report in time."""
    found = couriers.deliverer(call.store, key)
    if found is not None and found.until <= call.now:
        _stop(call, found)


def _stop(call: Call, gone: couriers.Deliverer) -> None:
    timers.stop(call.store, "courier", gone.id)
    couriers.remove(call.store, gone.id)
    call.journal("courier.stopped", channel=gone.channel, name=gone.name)


def _kind(name: str) -> str:
    """A kind of courier; which ones exist depends on the packages of each console."""
    given = clean_line(name).strip()
    if given == SIMULATED:
        raise Refused(
            "courier.kind",
            "The simulated network is only for simulated customers: it delivers to nobody.",
            "`omnitui demo` and `omnitui simulate` set it up themselves.",
        )
    if not re.fullmatch(KIND, given):
        raise Refused(
            "courier.kind",
            f"There is no kind of courier {given!r}.",
            "Give webhook, or the name of a courier in an installed package.",
        )
    return given


def _check_webhook(address: str) -> None:
    wrong = problems(address)
    if "{" in address or "}" in address:
        wrong = ["it has a slot; all replies need the same address"]
    if wrong:
        raise Refused(
            "courier.url",
            f"Replies cannot be posted to this address: {wrong[0]}.",
            "Give an address such as https://gateway.example.com/sms; token_env names the token.",
        )


def _is_simulated(found: Sequence[CourierConfig]) -> bool:
    return any(one.kind == SIMULATED for one in found)


def _hint(channel: str, kind: str) -> str:
    if kind == SIMULATED:
        return "This store belongs to simulated customers: `omnitui demo` delivers while it runs."
    if kind:
        return "A courier is set; replies leave while a console is open on this store."
    return (
        f"`omnitui call courier.set channel={channel} url=https://...` sets one; then every "
        "open console delivers."
    )


def _variable(name: str) -> str:
    """The name of an environment variable; refused if it looks like a token."""
    given = clean_line(name).strip()
    plain = given.replace("_", "").isalnum() and given.isascii() and not given[0].isdigit()
    if given and not (plain and len(given) <= 100):
        raise Refused(
            "courier.token_env",
            "token_env needs the name of an environment variable, such as SMS_TOKEN.",
            "Put the token into that variable; it is never saved in the store.",
        )
    return given
