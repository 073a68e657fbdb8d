"""Channels: the list is data, and an administrator's addition works at once everywhere."""

from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.channel import HIGHEST_RUNG, Channel, ChannelMode, usual_rung
from omnitui.model.errors import Refused
from omnitui.safetext import clean_line
from omnitui.store import channels


@command("channel.create", Permission.ADMINISTER)
def create(
    call: Call,
    key: str,
    label: str,
    mode: ChannelMode = ChannelMode.ASYNCHRONOUS,
    cost: int = 15,
    exclusive: bool = False,
    glyph: str = "",
    ascii: str = "",  # noqa: A002 - the column's and the data file's own word
    origin: int | None = None,
    rung: int | None = None,
) -> Channel:
    """Add a channel. It is at once an origin for cases too; its code is given if none is.

    Conversations can be escalated to channels with a higher `rung`: 1 for what is written, 2 for
    live channels and 3 for exclusive ones, unless it says otherwise.
    """
    key = clean_line(key).strip().lower()
    if not key.replace("_", "").isalnum() or not key.isascii():
        raise Refused(
            "channel.key", f"{key!r} is not a key.", "Use letters, digits and underscores."
        )
    if channels.get(call.store, key) is not None:
        raise Refused("channel.exists", f"There is a channel {key} already.")
    if cost < 0:
        raise Refused("channel.cost", f"A cost of {cost} units is below nothing.")
    code = channels.free_origin(call.store) if origin is None else origin
    taken = [c.label for c in channels.every(call.store) if c.origin == code]
    if taken:
        raise Refused("channel.origin", f"Origin code {code} belongs to {taken[0]}.")
    step = usual_rung(mode, exclusive) if rung is None else rung
    if not 0 <= step <= HIGHEST_RUNG:
        raise Refused("channel.rung", f"{step} is not a rung.", f"Give 0 to {HIGHEST_RUNG}.")
    channel = Channel(
        key=key,
        label=clean_line(label).strip() or key,
        mode=mode,
        cost=cost,
        exclusive=exclusive,
        glyph=clean_line(glyph)[:1] or key[0].upper(),
        ascii=clean_line(ascii)[:1] or key[0],
        origin=code,
        rung=step,
    )
    channels.add(call.store, channel)
    call.journal("channel.created", key=key, origin=code)
    return channel


@query("channel.list")
def list_(call: Call) -> list[Channel]:
    """All channels in their own order."""
    return channels.every(call.store)
