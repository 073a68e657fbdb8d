"""Business hours and days that start, and with them capacity for waiting work.

Not commands: called in the transaction of whatever starts to wait.
"""

from omnitui.desk import hours
from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation
from omnitui.model.profile import Reset
from omnitui.rules.calendar import is_open, opens_next
from omnitui.store import timers
from omnitui.store.routing import profiles, queues

_DAY = 86_400_000


def waits(call: Call, item: Conversation) -> None:
    """Something waits: route it again when its queue opens and on the new day."""
    if item.profiles:
        profiles_begin_anew(call)
    if item.queue_id is None:
        return
    queue = item.queue_id
    key = call.lasting.get(
        ("calendar of queue", queue), lambda: queues.calendar_of(call.store, queue)
    )
    if key is None:
        return
    calendar = hours.calendar(call.store, key)
    if not is_open(call.now, calendar):
        timers.start(call.store, "queue_opens", item.queue_id, opens_next(call.now, calendar))


def of_queue(call: Call, queue: int) -> list[int]:
    """The waiting conversations of a queue, in the order of service."""
    return queues.open_items(call.store, queue)


def profiles_begin_anew(call: Call) -> None:
    """Daily profiles have capacity again when the next day starts (UTC)."""
    if any(profile.reset is Reset.END_OF_DAY for profile in profiles.every(call.store)):
        timers.start(call.store, "new_day", 0, (call.now // _DAY + 1) * _DAY)
