"""Work streams, capacity profiles and calendars that are retired: only what nothing else names."""

from typing import TypeVar

from omnitui.desk import retired
from omnitui.desk.call import Call
from omnitui.desk.registry import command
from omnitui.desk.routing import workstreams as streams
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.hours import Hours
from omnitui.model.ids import CalendarId, ProfileId, WorkStreamId
from omnitui.model.profile import CapacityProfile
from omnitui.model.workstream import WorkStream
from omnitui.store.routing import (
    calendars,
    classifications,
    profiles,
    queues,
    sla_targets,
    workstreams,
)

Item = TypeVar("Item", WorkStream, CapacityProfile, Hours)

_SHOWN = 3


def _refuse(kind: str, name: str, users: list[str], first: str) -> None:
    """Refuse to retire what something else uses, naming what does."""
    if users:
        more = f" and {len(users) - _SHOWN} more" if len(users) > _SHOWN else ""
        shown = ", ".join(users[:_SHOWN])
        raise Refused(f"{kind}.needed", f"{name} is used by {shown}{more}.", first)


def _retired(call: Call, kind: str, item: Item) -> None:
    retired.retire(call, kind, item.id, item.name)
    call.journal(f"{kind}.retired", **{kind: item.id}, name=item.name)


def _restored(call: Call, kind: str, item: Item | None) -> Item:
    assert item is not None
    retired.restore(call, kind, item.id, item.name)
    call.journal(f"{kind}.restored", **{kind: item.id}, name=item.name)
    return item


@command("workstream.retire", Permission.ADMINISTER)
def retire_stream(
    call: Call, workstream: WorkStreamId, to: WorkStreamId | None = None
) -> WorkStream:
    """Take a work stream out of use; its channels go over to the work stream `to`.

    One that has channels is refused without `to`. What waits there is looked at again.
    """
    found = workstreams.get(call.store, workstream)
    assert found is not None
    if to == workstream:
        raise Refused("workstream.needed", f"{found.name} cannot take its own place.")
    if found.channels and to is None:
        first = "Say with to=NAME which work stream they go over to, or move them first."
        _refuse("workstream", found.name, list(found.channels), first)
    _retired(call, "workstream", found)
    heir = None if to is None else workstreams.get(call.store, to)
    if heir is not None and found.channels:
        streams.update(call, heir.id, channels=[*heir.channels, *found.channels])
    return found


@command("workstream.restore", Permission.ADMINISTER)
def restore_stream(call: Call, workstream: WorkStreamId) -> WorkStream:
    """Take a retired work stream into use again, without channels."""
    return _restored(call, "workstream", workstreams.get(call.store, workstream))


@command("profile.retire", Permission.ADMINISTER)
def retire_profile(call: Call, profile: ProfileId) -> CapacityProfile:
    """Take a capacity profile out of use that no agent has and no rule asks for."""
    found = profiles.get(call.store, profile)
    assert found is not None
    rules = [
        f"the rule {one.name}"
        for one in classifications.every(call.store)
        if found.name in one.result.profiles
    ]
    count = len(profiles.holders(call.store, profile))
    agents = [f"{count} agent{'' if count == 1 else 's'}"] if count else []
    first = "Take it away first (profile.take_away), and change the rules."
    _refuse("profile", found.name, [*agents, *rules], first)
    _retired(call, "profile", found)
    return found


@command("profile.restore", Permission.ADMINISTER)
def restore_profile(call: Call, profile: ProfileId) -> CapacityProfile:
    """Take a retired capacity profile into use again."""
    return _restored(call, "profile", profiles.get(call.store, profile))


@command("calendar.retire", Permission.ADMINISTER)
def retire_calendar(call: Call, calendar: CalendarId) -> Hours:
    """Take business hours out of use that no queue, target or rule goes by."""
    found = calendars.get(call.store, calendar)
    assert found is not None
    users = [
        *(f"the queue {q.name}" for q in queues.every(call.store) if q.calendar_id == calendar),
        *(
            f"the target {one.name}"
            for one in sla_targets.targets(call.store)
            if one.calendar_id == calendar
        ),
        *(
            f"the rule {one.name}"
            for one in classifications.every(call.store)
            if found.name.casefold() in str(one.conditions).casefold()
        ),
    ]
    _refuse("calendar", found.name, users, "Let them go by other hours first.")
    _retired(call, "calendar", found)
    return found


@command("calendar.restore", Permission.ADMINISTER)
def restore_calendar(call: Call, calendar: CalendarId) -> Hours:
    """Take retired business hours into use again."""
    return _restored(call, "calendar", calendars.get(call.store, calendar))
