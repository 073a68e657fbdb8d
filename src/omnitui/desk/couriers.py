"""What replies are delivered by on each channel, and who delivers right now.

A store that a feed of simulated customers has run on belongs to the feed: nothing else delivers
there, and no feed ever runs where replies go to real people.
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

    `token_env` names the environment variable with the token that is sent as `Authorization:
    Bearer`; the token itself is never kept. Every console that is open then delivers. `kind` names
    another courier, brought by an installed package, which says what `url` is.
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
    """Deliver the replies of a channel no longer: they wait, and nothing is lost.

    With `*` the store stops being one of simulated customers.
    """
    key = EVERY_CHANNEL if channel.strip() == EVERY_CHANNEL else call.channel(channel).key
    if not couriers.delete(call.store, key):
        known = ", ".join(one.channel for one in couriers.configured(call.store)) or "none"
        raise Refused("courier.unknown", f"No courier is set up for {key}.", f"There are: {known}.")
    call.journal("courier.deleted", channel=key)


@command("courier.simulate", Permission.ADMINISTER)
def simulate(call: Call, anyway: bool = False) -> None:
    """Give the store to simulated customers: only their feed delivers on it, while it runs.

    Refused where replies go to real people, and where replies wait that may be to real people,
    unless you want it `anyway`: those are then never delivered to anybody.
    """
    found = couriers.configured(call.store)
    if _is_simulated(found):
        return
    if found:
        real = ", ".join(one.channel for one in found)
        raise Refused(
            "courier.real",
            f"This store delivers to real customers ({real}): simulated ones cannot write to it.",
            "Name another store for them.",
        )
    waits = sum(one.queued + one.uncertain for one in outbox.waiting(call.store, call.now))
    if waits and not anyway:
        raise Refused(
            "courier.waiting",
            f"{waits} replies wait in this store: simulated customers would make them seem sent.",
            "Name another store; `omnitui call courier.simulate anyway=yes` gives them this one.",
        )
    couriers.put(call.store, CourierConfig(EVERY_CHANNEL, SIMULATED))
    call.journal("courier.set", channel=EVERY_CHANNEL, by=SIMULATED)


@query("courier.configured", Permission.DELIVER)
def configured(call: Call) -> list[CourierConfig]:
    """What replies are delivered by, by channel; `*` for all of them."""
    return couriers.configured(call.store)


@query("courier.list")
def list_(call: Call) -> list[ChannelDelivery]:
    """Who delivers on which channel now, what has not left there, and what to do about it."""
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
    """The labels of the channels that nobody delivers on now, by key."""
    served = {one.channel for one in couriers.live(call.store, call.now)}
    if EVERY_CHANNEL in served:
        return {}
    return {key: one.label for key, one in call.channels.items() if key not in served}


def undelivered(call: Call) -> tuple[tuple[str, int], ...]:
    """The channels on which replies wait and nobody delivers: their labels, with how many wait."""
    waits = [one for one in outbox.waiting(call.store, call.now) if one.queued]
    labels = unserved(call) if waits else {}
    return tuple((labels[one.channel], one.queued) for one in waits if one.channel in labels)


@command("courier.beat", Permission.DELIVER)
def beat(call: Call, name: Name, channels: list[str], seconds: int = _SECONDS) -> None:
    """Say that you deliver on some channels, `*` for all; without another sign, for `seconds`.

    `name` is any word that no other courier has. Channels you no longer name are given up.
    """
    who = name_of(name, "courier.name", "A courier")
    if not 1 <= seconds <= _LONGEST_SECONDS:
        raise Refused(
            "courier.seconds",
            f"{seconds} seconds are no time in which a courier can be heard of again.",
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
    """Say that you deliver no more."""
    for one in couriers.of_name(call.store, clean_line(name).strip()):
        _stop(call, one)


def silent(call: Call, key: int) -> None:
    """Somebody who delivers should have been heard of by now."""
    found = couriers.deliverer(call.store, key)
    if found is not None and found.until <= call.now:
        _stop(call, found)


def _stop(call: Call, gone: couriers.Deliverer) -> None:
    timers.stop(call.store, "courier", gone.id)
    couriers.remove(call.store, gone.id)
    call.journal("courier.stopped", channel=gone.channel, name=gone.name)


def _kind(name: str) -> str:
    """A kind of courier; which ones there are depends on what each console has installed."""
    given = clean_line(name).strip()
    if given == SIMULATED:
        raise Refused(
            "courier.kind",
            "The simulated network belongs to simulated customers: it reaches nobody.",
            "`omnitui demo` and `omnitui simulate` have it by themselves.",
        )
    if not re.fullmatch(KIND, given):
        raise Refused(
            "courier.kind",
            f"No kind of courier is called {given!r}.",
            "Give webhook, or the name under which an installed package brings its courier.",
        )
    return given


def _check_webhook(address: str) -> None:
    wrong = problems(address)
    if "{" in address or "}" in address:
        wrong = ["it has a slot in it; every reply goes to the same address"]
    if wrong:
        raise Refused(
            "courier.url",
            f"Replies cannot be posted there: {wrong[0]}.",
            "Give an address such as https://gateway.example.com/sms; a token is named in"
            " token_env.",
        )


def _is_simulated(found: Sequence[CourierConfig]) -> bool:
    return any(one.kind == SIMULATED for one in found)


def _hint(channel: str, kind: str) -> str:
    if kind == SIMULATED:
        return "This store belongs to simulated customers: `omnitui demo` delivers while it runs."
    if kind:
        return "A courier is set up; replies leave while a console is open on this store."
    return (
        f"`omnitui call courier.set channel={channel} url=https://...` sets one up; then every"
        " console that is open delivers."
    )


def _variable(name: str) -> str:
    """The name of an environment variable; refused when it looks like a token itself."""
    given = clean_line(name).strip()
    plain = given.replace("_", "").isalnum() and given.isascii() and not given[0].isdigit()
    if given and not (plain and len(given) <= 100):
        raise Refused(
            "courier.token_env",
            "token_env takes the name of an environment variable, such as SMS_TOKEN.",
            "Put the token into that variable; it is never kept in the store.",
        )
    return given
