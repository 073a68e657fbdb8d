"""Cases, timelines, channels and queues."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.case import CasePriority, CaseStatus
from omnitui.model.timeline import ActivityKind

DAY = 86_400_000


@pytest.fixture
def kiana(floor: Any) -> int:
    return floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com").id


@pytest.fixture
def marcus(floor: Any) -> int:
    return floor.do("customer.create", name="Marcus Lee", email="marcus.lee@example.com").id


def opened(floor: Any, customer: int, by: Any = None, **given: Any) -> Any:
    values = {"customer": customer, "title": "Drops", "origin": "chat", **given}
    return floor.do("case.create", *([by] if by else []), **values)


def test_a_case_is_numbered_and_kept_as_given(floor: Any, kiana: int, ada: Actor) -> None:
    case = opened(
        floor,
        kiana,
        ada,
        title=" Router\ndrops ",
        description="every\nnight",
        priority="high",
        product="Router 6",
    )
    assert (case.number, case.title) == ("CAS-00001", "Router drops")
    assert (case.status, case.priority) == (CaseStatus.ACTIVE, CasePriority.HIGH)
    assert (case.description, case.product) == ("every\nnight", "Router 6")
    assert (case.owner_id, case.owner_name) == (ada.id, "Ada Test")
    assert case.created_at == case.updated_at == floor.clock.now()
    assert opened(floor, kiana).number == "CAS-00002"
    assert opened(floor, kiana).owner_id is None


def test_a_case_with_a_conversation_is_linked_to_it(floor: Any, kiana: int, ada: Actor) -> None:
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    case = opened(floor, kiana, ada, conversation=talk)
    assert floor.talk(talk).case_id == case.id
    assert [e.kind for e in floor.entries()][-2:] == ["case.created", "conversation.case_linked"]


def test_a_case_for_another_customers_conversation_is_refused_and_nothing_stays(
    floor: Any, kiana: int, marcus: int, ada: Actor
) -> None:
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    given = {"customer": marcus, "title": "Drops", "origin": "chat", "conversation": talk}
    assert floor.refused("case.create", ada, **given).code == "case.other_customer"
    assert floor.do("case.list") == []
    assert opened(floor, kiana).number == "CAS-00001"


def test_a_case_needs_a_title_and_an_origin_that_exists(floor: Any, kiana: int) -> None:
    given = {"customer": kiana, "title": "Drops", "origin": "chat"}
    assert floor.refused("case.create", **{**given, "title": " "}).code == "case.title"
    assert floor.refused("case.create", **{**given, "origin": "pigeon"}).code == "channel.unknown"
    floor.do("channel.create", key="pigeon", label="Pigeon")
    assert floor.do("case.create", **{**given, "origin": "pigeon"}).origin == "pigeon"


def test_a_change_leaves_what_is_not_named(floor: Any, kiana: int, ada: Actor) -> None:
    case = opened(floor, kiana, description="old")
    floor.clock.advance(5)
    changed = floor.do("case.update", case=case.number, priority="low", owner="ada")
    assert (changed.priority, changed.owner_name) == (CasePriority.LOW, "Ada Test")
    assert (changed.title, changed.description) == ("Drops", "old")
    assert changed.updated_at == case.updated_at + 5
    assert floor.entries(kind="case.updated")[0].payload == {"fields": ["owner_id", "priority"]}
    assert floor.refused("case.update", case=case.id, title="").code == "case.title"


def test_a_case_is_resolved_with_how_and_reopened_without(floor: Any, kiana: int) -> None:
    case = opened(floor, kiana)
    assert floor.refused("case.resolve", case=case.id, resolution=" ").code == "case.resolution"
    refusal = floor.refused("case.resolve", case=case.id, resolution="x", minutes=-1)
    assert refusal.code == "case.minutes"
    done = floor.do("case.resolve", case=case.id, resolution="New firmware", minutes=30)
    assert (done.status, done.resolution, done.minutes) == (CaseStatus.RESOLVED, "New firmware", 30)
    assert done.resolved_at == floor.clock.now()
    for name, given in (
        ("case.resolve", {"resolution": "again"}),
        ("case.cancel", {}),
        ("case.update", {"title": "x"}),
    ):
        refusal = floor.refused(name, case=case.id, **given)
        assert (refusal.code, refusal.hint) == ("case.not_active", "Reopen it first.")
    again = floor.do("case.reopen", case=case.id)
    assert (again.status, again.resolution, again.minutes) == (CaseStatus.ACTIVE, "", None)
    assert again.resolved_at is None
    assert floor.entries(kind="case.reopened")[0].payload["resolution"] == "New firmware"
    assert floor.refused("case.reopen", case=case.id).code == "case.active"


def test_a_cancelled_case_keeps_its_reason(floor: Any, kiana: int) -> None:
    case = opened(floor, kiana)
    done = floor.do("case.cancel", case=case.id, reason="double")
    assert (done.status, done.resolution) == (CaseStatus.CANCELLED, "double")


def test_cases_are_listed_newest_first_and_by_customer(floor: Any, kiana: int, marcus: int) -> None:
    numbers = [opened(floor, customer).number for customer in (kiana, marcus, kiana)]
    assert [c.number for c in floor.do("case.list")] == numbers[::-1]
    assert [c.number for c in floor.do("case.list", customer=kiana)] == [numbers[2], numbers[0]]


def test_a_case_is_linked_replaced_and_parted(floor: Any, kiana: int, marcus: int) -> None:
    unknown = floor.writes()
    talk = floor.writes(channel="email", address="kiana@example.com")
    first, second, other = opened(floor, kiana), opened(floor, kiana), opened(floor, marcus)
    for conversation, case, code in (
        (unknown, first, "conversation.no_customer"),
        (talk, other, "case.other_customer"),
    ):
        given = {"conversation": conversation, "case": case.id}
        assert floor.refused("conversation.link_case", **given).code == code
    assert floor.refused("conversation.unlink_case", conversation=talk).code == (
        "conversation.no_case"
    )
    for case in (first, second):
        linked = floor.do("conversation.link_case", conversation=talk, case=case.number)
        assert linked.case_id == case.id
    assert floor.do("conversation.unlink_case", conversation=talk).case_id is None
    assert floor.do("case.get", case=second.id).status is CaseStatus.ACTIVE


def test_what_is_added_shows_on_the_timeline(floor: Any, kiana: int, ada: Actor) -> None:
    case = opened(floor, kiana)
    floor.clock.advance(1)
    key = floor.do(
        "timeline.add",
        ada,
        customer=kiana,
        kind="task",
        title="Call back",
        body="after five",
        case=case.number,
        due_at="+1d",
    )
    task = floor.do("timeline.list", customer=kiana)[0]
    assert (task.id, task.kind, task.author) == (key, ActivityKind.TASK, "Ada Test")
    assert (task.case_number, task.due_at) == ("CAS-00001", floor.clock.now() + DAY)
    floor.do("timeline.done", ada, activity=key)
    assert floor.do("timeline.list", customer=kiana)[0].done_at == floor.clock.now()
    assert floor.entries(kind="activity.done")[0].customer_id == kiana


@pytest.mark.parametrize("kind", ["case", "conversation", "chat", "visit"])
def test_what_happens_by_itself_is_not_added_by_hand(floor: Any, kiana: int, kind: str) -> None:
    refusal = floor.refused("timeline.add", customer=kiana, kind=kind, title="x")
    assert refusal.code == "activity.kind"


def test_what_is_added_needs_a_title_and_a_case_of_the_same_customer(
    floor: Any, kiana: int, marcus: int
) -> None:
    given = {"customer": kiana, "kind": "note", "title": "x"}
    assert floor.refused("timeline.add", **{**given, "title": " "}).code == "activity.title"
    case = opened(floor, marcus)
    assert floor.refused("timeline.add", **given, case=case.id).code == "case.other_customer"


def test_only_a_task_can_be_done(floor: Any, kiana: int) -> None:
    note = floor.do("timeline.add", customer=kiana, kind="note", title="x")
    assert floor.refused("timeline.done", activity=note).code == "activity.not_a_task"


def test_timeline_pages_lose_nothing(floor: Any, kiana: int) -> None:
    for number in range(7):
        floor.do("timeline.add", customer=kiana, kind="note", title=str(number))
        floor.clock.advance(number % 2)
    found, before = [], None
    while page := floor.do("timeline.list", customer=kiana, before=before, limit=2):
        found += [row.title for row in page]
        before = page[-1].at
    assert sorted(found) == [str(number) for number in range(7)]


def test_a_channel_gets_its_signs_and_code_where_none_are_given(floor: Any) -> None:
    made = floor.do("channel.create", key=" Forum_2 ", label=" ")
    assert (made.key, made.label, made.glyph, made.ascii) == ("forum_2", "forum_2", "F", "f")
    assert (made.cost, made.exclusive, made.live) == (15, False, False)
    codes = [channel.origin for channel in floor.do("channel.list")]
    assert len(set(codes)) == len(codes)
    assert [channel.key for channel in floor.do("channel.list")][-1] == "forum_2"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"key": "two words"}, "channel.key"),
        ({"key": ""}, "channel.key"),
        ({"key": "blå"}, "channel.key"),
        ({"key": "chat"}, "channel.exists"),
        ({"key": "CHAT"}, "channel.exists"),
        ({"cost": -1}, "channel.cost"),
        ({"origin": 1001}, "channel.origin"),
    ],
)
def test_what_cannot_be_a_channel_is_refused(floor: Any, given: dict[str, Any], code: str) -> None:
    refusal = floor.refused("channel.create", **{"key": "forum", "label": "Forum", **given})
    assert refusal.code == code


def test_queues_have_names_that_differ_and_are_no_numbers(floor: Any) -> None:
    floor.do("queue.create", name="Billing", priority=50)
    for name, code in (("", "queue.name"), ("42", "queue.name"), ("BILLING", "queue.exists")):
        assert floor.refused("queue.create", name=name).code == code
    floor.writes(context={"queue": "Billing"})
    floor.hire("ada", queue="Billing", presence="offline")
    found = floor.do("queue.list")
    assert [(q["name"], q["members"], q["open"]) for q in found] == [
        ("Billing", 1, 1),
        ("General", 0, 0),
    ]
    floor.do("queue.update", queue="Billing", priority=500)
    assert floor.do("queue.list")[0]["name"] == "General"


@pytest.mark.parametrize("priority", [-11, 11])
def test_a_priority_out_of_range_is_refused(floor: Any, priority: int) -> None:
    talk = floor.writes()
    refusal = floor.refused("conversation.set_priority", conversation=talk, priority=priority)
    assert refusal.code == "priority.range"


@pytest.mark.parametrize("level", [0, 11])
def test_a_skill_out_of_range_is_refused(floor: Any, level: int) -> None:
    talk = floor.writes()
    refusal = floor.refused("conversation.set_skills", conversation=talk, skills={"router": level})
    assert refusal.code == "skill.range"
    assert "router" in refusal.message


def test_a_customers_cases_begin_with_what_is_asked_for(floor: Any, kiana: int) -> None:
    def sorted_by(sort: str) -> list[str]:
        return [case.title for case in floor.do("case.list", customer=kiana, sort=sort)]

    done = opened(floor, kiana, title="Done", priority="high")
    for title, priority in (("Low", "low"), ("Pressing", "high"), ("Plain", "normal")):
        floor.clock.advance(1_000)
        opened(floor, kiana, title=title, priority=priority)
    floor.clock.advance(1_000)
    floor.do("case.resolve", case=done.id, resolution="Solved", minutes=1)
    assert sorted_by("newest") == ["Plain", "Pressing", "Low", "Done"]
    assert sorted_by("changed") == ["Done", "Plain", "Pressing", "Low"]
    assert sorted_by("pressing") == ["Pressing", "Plain", "Low", "Done"]
    assert floor.refused("case.list", sort="pressing").code == "case.sort"


def test_similar_cases_are_resolved_ones_that_share_two_words(
    floor: Any, kiana: int, marcus: int
) -> None:
    def solved(title: str, customer: int, **given: Any) -> Any:
        case = opened(floor, customer, title=title, **given)
        return floor.do("case.resolve", case=case.id, resolution="Solved", minutes=1)

    router = solved("Router drops", marcus, description="every evening")
    once = solved("Router is loud", marcus)
    plain = solved("Drops with the router", marcus)
    active = opened(floor, kiana, title="Router drops in the evening")
    words = ["rout", "drop", "evening"]
    found = floor.do("case.similar", words=words, case=active.id)
    assert [case.id for case in found] == [router.id, plain.id]
    assert once.id not in {case.id for case in found}
    assert floor.do("case.similar", words=words, case=router.id, limit=1) == [plain]
    assert floor.do("case.similar", words=["router"]) == []
    assert floor.do("case.similar", words=['"', "  "]) == []


@pytest.mark.parametrize("nobody", ["none", "", 0])
def test_owner_and_contact_can_be_taken_off(floor: Any, ada: Actor, nobody: Any) -> None:
    ann = floor.do("customer.create", name="Ann").id
    bob = floor.do("customer.create", name="Bob").id
    made = floor.do("case.create", customer=ann, title="Drops", origin="chat", contact=bob)
    floor.do("case.update", case=made.id, owner=ada.id)
    assert (made.contact_id, floor.do("case.get", case=made.id).owner_id) == (bob, ada.id)
    after = floor.do("case.update", case=made.id, owner=nobody, contact=nobody)
    assert (after.owner_id, after.contact_id) == (None, None)


def test_why_a_default_was_not_given_stands_on_the_timeline(floor: Any) -> None:
    ann = floor.do("customer.create", name="Ann").id
    days = {"starts": "2026-01-01", "ends": "2026-12-31"}
    one = {"customer": ann, "name": "One", "total": 1, "restrict": True, **days}
    owed = floor.do("entitlement.create", **one, decrease_on="creation").id
    floor.do("entitlement.activate", entitlement=owed)
    floor.do("entitlement.set_default", entitlement=owed)
    cases = [
        floor.do("case.create", customer=ann, title=f"Drops {n}", origin="chat") for n in (1, 2)
    ]
    assert [case.entitlement_id for case in cases] == [owed, None]
    events = floor.do("timeline.list", case=cases[1].id, kinds=["event"])
    (told,) = [event for event in events if "default entitlement" in event.title]
    assert "One is used up: 1 of 1 cases." in f"{told.title} {told.body}"
    found = floor.do("timeline.list", customer=ann, text="used up")
    assert told.id in {activity.id for activity in found}
