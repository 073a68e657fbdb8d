"""Work streams: how the items of some channels are handled, from arrival to close."""

from typing import Any

from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.desk.routing import assign
from omnitui.model.actor import Permission
from omnitui.model.agent import Presence
from omnitui.model.errors import Refused
from omnitui.model.ids import QueueId, WorkStreamId
from omnitui.model.workstream import StreamMode, WorkStream, WrapUp
from omnitui.store import bots
from omnitui.store.routing import queues, workstreams

RESETTABLE = {
    "cost": "cost",
    "offer_seconds": "offer_seconds",
    "idle_minutes": "idle_minutes",
    "wrap_up_seconds": "wrap_up_seconds",
    "hold_room_after": "hold_room_after",
}
"""What `reset` can name, with the column: without a value, the channel or the settings decide."""

_RANGES = {
    "cost": (0, 10_000, "capacity units"),
    "offer_seconds": (5, 3_600, "seconds"),
    "wrap_up_seconds": (1, 86_400, "seconds"),
    "idle_minutes": (1, 366 * 24 * 60, "minutes"),
    "hold_room_after": (0, 86_400, "seconds"),
}


@command("workstream.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    channels: list[str] | None = None,
    mode: StreamMode = StreamMode.PUSH,
    presences: list[Presence] | None = None,
    cost: int | None = None,
    offer_seconds: int | None = None,
    auto_accept: bool = False,
    wrap_up: WrapUp = WrapUp.ALWAYS,
    wrap_up_seconds: int | None = None,
    idle_minutes: int | None = None,
    affinity: bool = False,
    hold_room_after: int | None = None,
    queue: QueueId | None = None,
    bot: str | None = None,
) -> dict[str, object]:
    """Add a work stream. Its channels leave their previous streams; `moved` lists those.

    `mode`: push offers items to agents, pick lets agents pick them. `presences` are those that get
    work. `wrap_up` says whether wrap-up takes capacity: always, never, or timed, for its first
    `wrap_up_seconds`. With `affinity` an item is offered to the customer's last agent first,
    whatever their capacity and presence. `hold_room_after` is the wait in seconds after which a
    call keeps an agent's free capacity. `queue` is the fallback for items that match no rule, by
    default the store's. The virtual agent `bot` answers new conversations first. Values that are
    not given come from the channel and the settings.
    """
    given: dict[str, Any] = {
        "mode": mode,
        "presences": presences,
        "cost": cost,
        "offer_seconds": offer_seconds,
        "auto_accept": auto_accept,
        "wrap_up": wrap_up,
        "wrap_up_seconds": wrap_up_seconds,
        "idle_minutes": idle_minutes,
        "affinity": affinity,
        "hold_room_after": hold_room_after,
        "queue_id": queue,
        "bot": _bot(call, bot),
    }
    if queue is None:
        given["queue_id"] = queues.fallback(call.store)
    key = workstreams.add(call.store, _free_name(call, name), _checked(given))
    return _settled(call, key, channels, "created")


@command("workstream.update", Permission.ADMINISTER)
def update(
    call: Call,
    workstream: WorkStreamId,
    name: Name | None = None,
    channels: list[str] | None = None,
    mode: StreamMode | None = None,
    presences: list[Presence] | None = None,
    cost: int | None = None,
    offer_seconds: int | None = None,
    auto_accept: bool | None = None,
    wrap_up: WrapUp | None = None,
    wrap_up_seconds: int | None = None,
    idle_minutes: int | None = None,
    affinity: bool | None = None,
    hold_room_after: int | None = None,
    queue: QueueId | None = None,
    bot: str | None = None,
    reset: list[str] | None = None,
) -> dict[str, object]:
    """Change a work stream. What waits there is routed again.

    `channels` are all of its channels from now on. `reset` lists fields (cost, offer_seconds,
    idle_minutes, wrap_up_seconds, hold_room_after, queue, bot) that get their values from the
    channel and the settings again; `queue` becomes the store's fallback, and with no `bot` agents
    answer first.
    """
    given: dict[str, Any] = {
        "name": None if name is None else _free_name(call, name, but=workstream),
        "mode": mode,
        "presences": presences,
        "cost": cost,
        "offer_seconds": offer_seconds,
        "auto_accept": auto_accept,
        "wrap_up": wrap_up,
        "wrap_up_seconds": wrap_up_seconds,
        "idle_minutes": idle_minutes,
        "affinity": affinity,
        "hold_room_after": hold_room_after,
        "queue_id": queue,
        "bot": _bot(call, bot),
    }
    row = _checked(given, _get(call, workstream)) | _reset(call, given, reset or [])
    if not row and channels is None:
        raise Refused("workstream.nothing", "Nothing to change.")
    workstreams.change(call.store, workstream, row)
    return _settled(call, workstream, channels, "updated")


def put(call: Call, name: str, channels: list[str], given: dict[str, Any]) -> None:
    """Add a work stream from a data file; it takes the channels that no other has."""
    if given.get("queue_id") is None:
        given = {**given, "queue_id": queues.fallback(call.store)}
    key = workstreams.add(call.store, _free_name(call, name), _checked(given))
    free = [one for one in channels if workstreams.of_channel(call.store, one) is None]
    workstreams.set_channels(call.store, key, free)


def _settled(
    call: Call, key: WorkStreamId, channels: list[str] | None, what: str
) -> dict[str, object]:
    """The stream with its channels moved, and their waiting items offered if possible."""
    moved: dict[str, str] = {}
    if channels is not None:
        wanted = [call.channel(channel).key for channel in channels]
        moved = workstreams.set_channels(call.store, key, wanted)
    found = _get(call, key)
    if found.wrap_up is WrapUp.TIMED and found.wrap_up_seconds is None:
        raise Refused(
            "workstream.wrap_up",
            f"{found.name} has a timed wrap-up but no time.",
            "Give wrap_up_seconds.",
        )
    call.journal(
        f"workstream.{what}", workstream=key, name=found.name, channels=found.channels, moved=moved
    )
    # The streams that the call began with are those of before.
    streams = {c: stream for stream in workstreams.every(call.store) for c in stream.channels}
    again = replace(call, streams=streams)
    for item in workstreams.open_items(call.store, key):
        assign.route(again, thread.get(again, item))
    assign.everybody(again)
    labels = [f"{call.channel(channel).label} left {name}" for channel, name in moved.items()]
    return {"workstream": found, "moved": labels}


def _bot(call: Call, name: str | None) -> str | None:
    """The key of an existing virtual agent; None if none is given."""
    if name is None:
        return None
    found = bots.by_name(call.store, name)
    if found is None:
        known = ", ".join(one.name for one in bots.every(call.store)) or "none yet"
        raise Refused(
            "bot.unknown", f"There is no virtual agent {name!r}.", f"Existing ones: {known}."
        )
    return found.name


def _free_name(call: Call, given: str, but: int | None = None) -> str:
    known = {one.name: one.id for one in workstreams.every(call.store)}
    return own_name(call, "workstream", "a work stream", given, known, but=but)


def _checked(given: dict[str, Any], before: WorkStream | None = None) -> dict[str, Any]:
    """The given columns; refused if they are not valid."""
    row = {column: value for column, value in given.items() if value is not None}
    for field, (lowest, highest, unit) in _RANGES.items():
        if field in row and not lowest <= row[field] <= highest:
            raise Refused(
                f"workstream.{field}",
                f"{row[field]} {unit} is not a value for {field}.",
                f"Give {lowest} to {highest}.",
            )
    if "presences" in row:
        row["presences"] = _presences(row["presences"])
    mode = row.get("mode", before.mode if before else StreamMode.PUSH)
    accepts = row.get("auto_accept", before.auto_accept if before else False)
    if mode is StreamMode.PICK and accepts:
        raise Refused(
            "workstream.auto_accept",
            "auto_accept needs mode push: picked items are never offered.",
            "Use mode push, or leave auto_accept off.",
        )
    return row


def _presences(given: list[Presence]) -> list[Presence]:
    wrong = [presence for presence in given if not presence.selectable]
    if wrong or not given:
        problem = (
            f"agents who are {wrong[0].label} never get work" if wrong else ("No presence is given")
        )
        raise Refused(
            "workstream.presences",
            f"{problem}.",
            "Give some of available, busy, do_not_disturb, away, offline.",
        )
    return [presence for presence in Presence if presence in given]


def _reset(call: Call, given: dict[str, Any], names: list[str]) -> dict[str, QueueId | str | None]:
    columns = {**RESETTABLE, "queue": "queue_id", "bot": "bot"}
    for name in names:
        if name not in columns:
            raise Refused(
                "workstream.reset",
                f"{name!r} cannot be reset.",
                f"These can: {', '.join(columns)}.",
            )
        if given[columns[name]] is not None:
            raise Refused("workstream.reset", f"{name} has a value and is in `reset` too.")
    own: dict[str, QueueId | str | None] = {"queue": queues.fallback(call.store), "bot": ""}
    return {columns[name]: own.get(name) for name in names}


@query("workstream.list")
def list_(call: Call, retired: bool = False) -> list[WorkStream]:
    """All work streams by name, each with its channels; with `retired` the retired ones instead."""
    return those(call, "workstream", workstreams.every(call.store), gone=retired)


@query("workstream.get")
def get(call: Call, workstream: WorkStreamId) -> WorkStream:
    """One work stream."""
    return _get(call, workstream)


def _get(call: Call, key: int) -> WorkStream:
    found = workstreams.get(call.store, key)
    assert found is not None
    return found
