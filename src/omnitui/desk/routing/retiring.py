"""Retiring work streams, capacity profiles and calendars that nothing uses."""

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

_SHOWN = 3


def _refuse(kind: str, name: str, users: list[str], first: str) -> None:
    """Refuse to retire what is still used; the refusal lists the uses."""
    if users:
        more = f" and {len(users) - _SHOWN} more" if len(users) > _SHOWN else ""
        shown = ", ".join(users[:_SHOWN])
        raise Refused(f"{kind}.needed", f"{name} is used by {shown}{more}.", first)


@command("workstream.retire", Permission.ADMINISTER)
def retire_stream(
    call: Call, workstream: WorkStreamId, to: WorkStreamId | None = None
) -> WorkStream:
    """Retire a work stream; its channels move to the work stream `to`.

    One with channels is refused without `to`. What waits there is routed again.
    """
    found = workstreams.get(call.store, workstream)
    assert found is not None
    if to == workstream:
        raise Refused("workstream.needed", f"`to` is {found.name} itself.")
    if found.channels and to is None:
        first = "Give the work stream that replaces it with to=NAME, or move the channels first."
        _refuse("workstream", found.name, list(found.channels), first)
    retired.retire(call, "workstream", workstream, found.name)
    call.journal("workstream.retired", workstream=workstream, name=found.name)
    heir = None if to is None else workstreams.get(call.store, to)
    if heir is not None and found.channels:
        streams.update(call, heir.id, channels=[*heir.channels, *found.channels])
    return found


@command("workstream.restore", Permission.ADMINISTER)
def restore_stream(call: Call, workstream: WorkStreamId) -> WorkStream:
    """Restore a retired work stream, without channels."""
    found = workstreams.get(call.store, workstream)
    assert found is not None
    retired.restore(call, "workstream", workstream, found.name)
    call.journal("workstream.restored", workstream=workstream, name=found.name)
    return found


@command("profile.retire", Permission.ADMINISTER)
def retire_profile(call: Call, profile: ProfileId) -> CapacityProfile:
    """Retire a capacity profile that no agent has and no rule uses."""
    found = profiles.get(call.store, profile)
    assert found is not None
    rules = [
        f"the rule {one.name}"
        for one in classifications.every(call.store)
        if found.name in one.result.profiles
    ]
    count = len(profiles.holders(call.store, profile))
    agents = [f"{count} agent{'' if count == 1 else 's'}"] if count else []
    first = "Remove it from them first (profile.take_away), and change the rules."
    _refuse("profile", found.name, [*agents, *rules], first)
    retired.retire(call, "profile", profile, found.name)
    call.journal("profile.retired", profile=profile, name=found.name)
    return found


@command("profile.restore", Permission.ADMINISTER)
def restore_profile(call: Call, profile: ProfileId) -> CapacityProfile:
    """Restore a retired capacity profile."""
    found = profiles.get(call.store, profile)
    assert found is not None
    retired.restore(call, "profile", profile, found.name)
    call.journal("profile.restored", profile=profile, name=found.name)
    return found


@command("calendar.retire", Permission.ADMINISTER)
def retire_calendar(call: Call, calendar: CalendarId) -> Hours:
    """Retire business hours that no queue, target or rule uses."""
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
    _refuse("calendar", found.name, users, "Give them other business hours first.")
    retired.retire(call, "calendar", calendar, found.name)
    call.journal("calendar.retired", calendar=calendar, name=found.name)
    return found


@command("calendar.restore", Permission.ADMINISTER)
def restore_calendar(call: Call, calendar: CalendarId) -> Hours:
    """Restore retired business hours."""
    found = calendars.get(call.store, calendar)
    assert found is not None
    retired.restore(call, "calendar", calendar, found.name)
    call.journal("calendar.restored", calendar=calendar, name=found.name)
    return found
