"""Channels are data: an administrator's addition works at once everywhere."""

from typing import Any

from msgspec.structs import replace

from omnitui.desk.call import Call
from omnitui.desk.convert import Exact, Name
from omnitui.desk.customers import rekeying
from omnitui.desk.named import name_of
from omnitui.desk.registry import command, query
from omnitui.desk.retired import taken, those
from omnitui.desk.routing import assign
from omnitui.model.actor import Permission
from omnitui.model.channel import (
    HIGHEST_RUNG,
    USUAL_WINDOW,
    AddressKind,
    Channel,
    ChannelMode,
    Starts,
    Threading,
    usual_rung,
    why_no_limit,
)
from omnitui.model.errors import Refused
from omnitui.rules.keys import Use, alike, why_not
from omnitui.safetext import clean, clean_line
from omnitui.store import channels

_LONGEST_KEY = 40
_RESERVED = ("none", "all", "total")
"""Words that have another meaning in places where a channel can be given."""
_MOST_UNITS = 10_000
_HIGHEST_ORIGIN = 2**31 - 1


@command("channel.create", Permission.ADMINISTER)
def create(
    call: Call,
    key: Exact,
    label: Name,
    mode: ChannelMode = ChannelMode.ASYNCHRONOUS,
    cost: int = 15,
    exclusive: bool = False,
    glyph: str = "",
    ascii: str = "",  # noqa: A002 - the column's and the data file's own word
    origin: int | None = None,
    rung: int | None = None,
    address_kind: AddressKind = AddressKind.HANDLE,
    threading: Threading = Threading.RUNNING,
    starts: Starts = Starts.AGENT,
    window_hours: int = USUAL_WINDOW,
    longest: int = 0,
    segments: int = 0,
    word: str = "",
    letters: bool = False,
    attachments: bool = False,
) -> Channel:
    """Add a channel. It is also an origin for cases; a code is assigned if none is given.

    Conversations can be escalated to channels with a higher level (`rung`): by default 1 for
    written channels, 2 for live channels and 3 for exclusive ones. `address_kind` is what
    identifies people there; channels with mail addresses share them, and so do those with phone
    numbers. `threading` decides which messages from one address belong to one conversation: those
    about one `subject`, all while it is `running`, or those of one `contact` (`call_id` in the
    context). `starts` is who can start a conversation: agents too, customers only, or agents in a
    `window` of `window_hours` after the customer has written. A message can have `longest`
    characters, and `segments` parts of a text message; 0 is no limit. `word` is the name within a
    sentence, the label by default. With `letters` messages have a subject, copies, a quote and a
    signature; with `attachments` files can be sent.
    """
    key = _key(call, key)
    channel = Channel(
        key=key,
        label=name_of(label, "channel.label", "A channel", empty=key),
        mode=mode,
        cost=cost,
        exclusive=exclusive,
        glyph=clean(glyph).strip() or key[0].upper(),
        ascii=clean(ascii).strip() or key[0],
        origin=channels.free_origin(call.store) if origin is None else origin,
        rung=usual_rung(mode, exclusive) if rung is None else rung,
        address_kind=address_kind,
        threading=threading,
        starts=starts,
        window_hours=window_hours,
        longest=longest,
        segments=segments,
        word=_word(word),
        letters=letters,
        attachments=attachments,
    )
    _check(call, channel)
    channels.add(call.store, channel)
    call.journal("channel.created", key=key, origin=channel.origin)
    return channel


@command("channel.update", Permission.ADMINISTER)
def update(
    call: Call,
    channel: str,
    label: Name | None = None,
    cost: int | None = None,
    glyph: str | None = None,
    ascii: str | None = None,  # noqa: A002 - the column's and the data file's own word
    rung: int | None = None,
    address_kind: AddressKind | None = None,
    threading: Threading | None = None,
    starts: Starts | None = None,
    window_hours: int | None = None,
    longest: int | None = None,
    segments: int | None = None,
    word: str | None = None,
    letters: bool | None = None,
    attachments: bool | None = None,
) -> Channel:
    """Change label, sign, cost, level and traits of a channel.

    Key, code, mode and exclusiveness cannot change, because cases, entitlements and open
    conversations use them. A new `cost` applies at once to active work, and with another
    `address_kind` all its addresses are compared again: if two customers then have the same one,
    the first keeps it, and the journal names the other.
    """
    before = call.channel(channel)
    given: dict[str, Any] = {
        "cost": cost,
        "rung": rung,
        "address_kind": address_kind,
        "threading": threading,
        "starts": starts,
        "window_hours": window_hours,
        "longest": longest,
        "segments": segments,
        "letters": letters,
        "attachments": attachments,
    }
    if label is not None:
        given["label"] = name_of(label, "channel.label", "A channel")
        if before.word.casefold() == before.label.casefold():
            given["word"] = given["label"].lower() if before.word else ""
    if word is not None:
        given["word"] = _word(word)
    for name, sign in (("glyph", glyph), ("ascii", ascii)):
        given[name] = None if sign is None else clean(sign).strip()
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise Refused("channel.nothing", "Nothing to change.", "Give label, cost, ...")
    after = replace(before, **changes)
    _check(call, after)
    channels.put(call.store, after)
    call.journal("channel.updated", key=after.key, fields=sorted(changes))
    now = replace(call, channels={**call.channels, after.key: after})
    if after.address_kind is not before.address_kind:
        rekeying.bring_up_to_date(now, call.settings.country)
    if after.cost != before.cost:
        assign.everybody(now)
    return after


@query("channel.list")
def list_(call: Call, retired: bool = False) -> list[Channel]:
    """All channels in their own order; with `retired` the retired ones instead."""
    every = channels.every(call.store)
    return those(call, "channel", every, gone=retired, key=lambda one: one.key)


def _word(given: str) -> str:
    word = clean_line(given).strip()
    if len(word) > _LONGEST_KEY:
        raise Refused(
            "channel.word",
            f"{word[:_LONGEST_KEY]!r}... is too long.",
            f"Use at most {_LONGEST_KEY} characters.",
        )
    return word


def _key(call: Call, given: str) -> str:
    key = clean(given).strip().lower()
    plain = key.replace("_", "").isalnum() and key.isascii() and len(key) <= _LONGEST_KEY
    if not plain or key in _RESERVED or why_not(Use.KEY, key):
        raise Refused(
            "channel.key",
            f"{key[:_LONGEST_KEY]!r} is not a key for a channel.",
            f"Use at most {_LONGEST_KEY} letters, digits and underscores, not digits alone, and"
            f" none of {', '.join(_RESERVED)}.",
        )
    if channels.get(call.store, key) is not None:
        hint = "Use another key, or change the existing channel with `channel.update`."
        raise taken(call, "channel", key, f"A channel {key} exists already.", hint)
    return key


def _check(call: Call, channel: Channel) -> None:
    """Refuse values that are not valid or are used by another channel."""
    names = alike(channel.key) | alike(channel.label)
    for other in channels.every(call.store):
        if other.key != channel.key and names & (alike(other.key) | alike(other.label)):
            raise Refused(
                "channel.label",
                f"{channel.label} can be confused with {other.label} ({other.key}).",
                "Channels are found by key or label: choose another one.",
            )
    if not 0 <= channel.cost <= _MOST_UNITS:
        said = f"A conversation cannot cost {channel.cost} units."
        raise Refused("channel.cost", said, f"Give 0 to {_MOST_UNITS}; an agent has 100.")
    if not 0 <= channel.rung <= HIGHEST_RUNG:
        raise Refused(
            "channel.rung", f"{channel.rung} is not a channel level.", f"Give 0 to {HIGHEST_RUNG}."
        )
    for name, why in why_no_limit(channel):
        said, _, hint = why.partition("; ")
        hint = f"{hint[0].upper()}{hint[1:]}."
        raise Refused("channel.limit", f"{name}: {said}.", hint)
    if not 0 < channel.origin <= _HIGHEST_ORIGIN:
        said = f"{channel.origin} is not an origin code."
        raise Refused("channel.origin", said, f"Give 1 to {_HIGHEST_ORIGIN}, or none.")
    for name, sign in (("glyph", channel.glyph), ("ascii", channel.ascii)):
        plain = sign.isascii() and sign.isprintable()
        if len(sign) != 1 or (name == "ascii" and not plain):
            kind = "one plain character" if name == "ascii" else "one character"
            raise Refused("channel.glyph", f"{name} {sign[:20]!r} is not {kind}.", f"Give {kind}.")
    for other in channels.every(call.store):
        if other.key == channel.key:
            continue
        if other.origin == channel.origin:
            said = f"Origin code {channel.origin} belongs to {other.label}."
            raise Refused("channel.origin", said, "Give another code, or none.")
