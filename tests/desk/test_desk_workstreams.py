"""Work streams: which channels they have, what they change, what is refused."""

from typing import Any

import pytest

from omnitui.model.agent import Presence
from omnitui.model.workstream import StreamMode, WrapUp
from omnitui.store.routing import workstreams


def stream(floor: Any, **given: Any) -> Any:
    return floor.do("workstream.create", **{"name": "Live", "channels": ["chat"], **given})


def test_a_stream_says_nothing_that_was_not_given(floor: Any) -> None:
    made = stream(floor)["workstream"]
    assert (made.mode, made.presences) == (StreamMode.PUSH, (Presence.AVAILABLE, Presence.BUSY))
    assert (made.cost, made.offer_seconds, made.idle_minutes, made.hold_room_after) == (None,) * 4
    assert (made.auto_accept, made.affinity, made.wrap_up) == (False, False, WrapUp.ALWAYS)
    assert made.channels == ("chat",)
    store = floor.desk.store
    assert workstreams.of_channel(store, "chat") == made == workstreams.get(store, made.id)
    assert workstreams.of_channel(store, "email") is None
    assert workstreams.of_channel(store, "nowhere") is None


def test_everything_given_is_kept(floor: Any) -> None:
    given = {
        "mode": "pick",
        "presences": ["busy", "away"],
        "cost": 40,
        "offer_seconds": 30,
        "wrap_up": "timed",
        "wrap_up_seconds": 90,
        "idle_minutes": 60,
        "affinity": True,
        "queue": "general",
    }
    made = stream(floor, **given)["workstream"]
    found = floor.do("workstream.get", workstream="LIVE")
    assert found == made
    assert found.presences == (Presence.BUSY, Presence.AWAY)
    assert (found.cost, found.offer_seconds, found.wrap_up_seconds) == (40, 30, 90)
    assert (found.idle_minutes, found.affinity, found.pushed) == (60, True, False)
    assert found.queue_id == floor.do("queue.get", queue="General")["id"]


def test_a_channel_that_moves_is_said(floor: Any) -> None:
    stream(floor, channels=["chat", "sms"])
    told = stream(floor, name="Letters", channels=["sms", "email"])
    assert told["moved"] == ["SMS left Live"]
    assert [(s.name, s.channels) for s in floor.do("workstream.list")] == [
        ("Letters", ("email", "sms")),
        ("Live", ("chat",)),
    ]
    entry = floor.entries(kind="workstream.created")[-1]
    assert entry.payload["moved"] == {"sms": "Live"}
    again = floor.do("workstream.update", workstream="Letters", channels=["email"])
    assert again["moved"] == []
    assert workstreams.of_channel(floor.desk.store, "sms") is None


def test_a_change_keeps_the_rest_and_reset_takes_it_back(floor: Any) -> None:
    stream(floor, cost=40, offer_seconds=30, queue="General")
    floor.do("workstream.update", workstream="Live", offer_seconds=60, name="Talks")
    found = floor.do("workstream.get", workstream="Talks")
    assert (found.cost, found.offer_seconds) == (40, 60)
    floor.do("workstream.update", workstream="Talks", reset=["cost", "queue"])
    found = floor.do("workstream.get", workstream="Talks")
    assert (found.cost, found.offer_seconds) == (None, 60)
    assert found.queue_id == floor.do("queue.get", queue="General")["id"]  # the store's fallback
    assert found.channels == ("chat",)


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ({"name": " "}, "workstream.name", "'' is not a valid name for a work stream."),
        ({"name": "LIVE"}, "workstream.exists", "A work stream LIVE exists already."),
        ({"channels": ["fax"]}, "channel.unknown", "There is no channel 'fax'."),
        ({"cost": -1}, "workstream.cost", "-1 capacity units is not a value for cost."),
        ({"offer_seconds": 4}, "workstream.offer_seconds", "4 seconds is not a value for offer"),
        ({"idle_minutes": 0}, "workstream.idle_minutes", "0 minutes is not a value for idle"),
        ({"presences": []}, "workstream.presences", "No presence is given."),
        (
            {"presences": ["inactive"]},
            "workstream.presences",
            "agents who are Inactive never get work.",
        ),
        ({"presences": ["gone"]}, "parameter.invalid", "use one of available, busy"),
        ({"wrap_up": "timed"}, "workstream.wrap_up", "has a timed wrap-up but no time."),
        (
            {"mode": "pick", "auto_accept": True},
            "workstream.auto_accept",
            "auto_accept needs mode push: picked items are never offered.",
        ),
        ({"queue": "Nowhere"}, "queue.unknown", "There is no queue 'Nowhere'."),
    ],
)
def test_what_does_not_fit_is_refused(
    floor: Any, given: dict[str, Any], code: str, says: str
) -> None:
    stream(floor)
    refusal = floor.refused("workstream.create", **{"name": "New", **given})
    assert refusal.code == code
    assert says in refusal.message


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "workstream.nothing"),
        ({"reset": ["name"]}, "workstream.reset"),
        ({"reset": ["cost"], "cost": 5}, "workstream.reset"),
        ({"mode": "pick"}, "workstream.auto_accept"),
        ({"reset": ["wrap_up_seconds"]}, "workstream.wrap_up"),
        ({"name": "Letters"}, "workstream.exists"),
    ],
)
def test_what_a_change_would_break_is_refused(floor: Any, given: dict[str, Any], code: str) -> None:
    stream(floor, auto_accept=True, wrap_up="timed", wrap_up_seconds=60)
    stream(floor, name="Letters", channels=[])
    assert floor.refused("workstream.update", workstream="Live", **given).code == code


def test_only_administrators_change_streams(floor: Any, ada: Any) -> None:
    assert floor.refused("workstream.create", ada, name="Mine").code == "permission.denied"
    assert floor.do("workstream.list", ada) == []


def test_what_waits_to_be_picked_is_given_out_when_the_stream_says_so(floor: Any, ada: Any) -> None:
    stream(floor, mode="pick")
    talk = floor.writes()
    assert floor.ringing(ada) == []
    floor.do("workstream.update", workstream="Live", mode="push")
    assert floor.ringing(ada) == [talk]
