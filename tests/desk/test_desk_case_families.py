"""How cases stand, parents and children, what becomes of tasks, and what is said before."""

from typing import Any

import pytest
from owed import KIANA, MARCUS, active, case, left, refused, settle_in

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.case import CaseReason, CaseStatus

MINUTE = 60_000
INDEPENDENT, WITH_PARENT, CHILDREN_FIRST = "independent", "with_parent", "children_first"


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


def child_of(floor: Any, parent: Any, **given: Any) -> Any:
    return floor.do("case.create", parent=parent.id, **given)


def closing(floor: Any, how: str) -> None:
    floor.do("settings.set", key="case_closing", value=how)


def says(floor: Any, one: Any, verb: str, **given: Any) -> Any:
    return floor.do("case.consequences", case=one.id, verb=verb, **given)


def test_a_case_stands_as_is_said_and_the_journal_tells(company: Any, ada: Actor) -> None:
    one = case(company)
    assert one.reason is CaseReason.IN_PROGRESS
    held = company.do("case.set_reason", ada, case=one.id, reason="on_hold")
    assert (held.status, held.reason) == (CaseStatus.ACTIVE, CaseReason.ON_HOLD)
    assert company.do("case.set_reason", case=one.id, reason="on_hold") == held
    (entry,) = company.entries(kind="case.reason_set")
    assert entry.payload == {"reason": "on_hold", "before": "in_progress"}
    (event,) = company.do("timeline.list", case=one.id, kinds="event")
    assert (event.case_number, event.title) == (one.number, "is on hold")
    assert company.do("case.update", case=one.id, reason="researching").reason == "researching"
    found = company.do("timeline.list", customer=KIANA, kinds="case", text="researching")
    assert (one.number, "researching") in [(row.case_number, row.body) for row in found]


def test_a_reason_of_another_status_is_refused(company: Any) -> None:
    one = case(company)
    for reason in ("problem_solved", "merged", "cancelled"):
        given = {"case": one.id, "reason": reason}
        assert company.refused("case.set_reason", **given).code == "case.reason"
        assert company.refused("case.update", **given).code == "case.reason"
    refusal = company.refused("case.resolve", case=one.id, resolution="x", reason="on_hold")
    assert refusal.code == "case.reason"
    company.do("case.resolve", case=one.id, resolution="x")
    refusal = company.refused("case.set_reason", case=one.id, reason="on_hold")
    assert refusal.code == "case.not_active"


def test_the_end_has_a_reason_and_reopening_begins_anew(company: Any) -> None:
    one = case(company)
    company.do("case.set_reason", case=one.id, reason="on_hold")
    for given, reason in (
        ({}, CaseReason.PROBLEM_SOLVED),
        ({"reason": "information_provided"}, CaseReason.INFORMATION_PROVIDED),
    ):
        done = company.do("case.resolve", case=one.id, resolution="Told", **given)
        assert done.reason is reason
        assert company.do("case.reopen", case=one.id).reason is CaseReason.IN_PROGRESS
    assert company.do("case.cancel", case=one.id).reason is CaseReason.CANCELLED
    titles = [row.title for row in company.do("timeline.list", case=one.id, kinds="event")]
    assert "resolved" in titles
    assert "resolved: information provided" in titles


def test_an_agent_takes_back_how_a_case_stands_unless_it_stands_otherwise(
    company: Any, ada: Actor
) -> None:
    one = case(company)
    company.do("case.set_reason", ada, case=one.id, reason="on_hold")
    company.do("undo.last", ada)
    assert company.do("case.get", case=one.id).reason is CaseReason.IN_PROGRESS
    company.do("case.set_reason", ada, case=one.id, reason="on_hold")
    company.do("case.set_reason", case=one.id, reason="researching")
    assert company.do("undo.what", ada).why_not == f"{one.number} is researching now"
    assert company.refused("undo.last", ada).code == "undo.changed"


@pytest.mark.parametrize("reason", ["on_hold", "waiting_for_details"])
def test_the_clock_of_a_case_stands_still_while_it_is_held(company: Any, reason: str) -> None:
    given = {"kpi": "resolution", "subject": "case", "warn_minutes": 60, "fail_minutes": 120}
    company.do("sla.create", name="Solved", **given)
    one = case(company)
    company.wait(30 * MINUTE)
    assert says(company, one, "update", reason=reason).says == ("Solved is paused.",)
    company.do("case.set_reason", case=one.id, reason=reason)
    company.wait(500 * MINUTE)
    (promise,) = company.do("sla.of", case=one.id)
    assert (promise.status, promise.remaining_ms) == ("paused", 90 * MINUTE)
    told = says(company, one, "update", reason="in_progress").says
    assert told == ("Solved continues.",)
    company.do("case.set_reason", case=one.id, reason="researching")
    company.wait(10 * MINUTE)
    (promise,) = company.do("sla.of", case=one.id)
    assert (promise.status, promise.remaining_ms) == ("in_progress", 80 * MINUTE)


def test_what_pauses_a_clock_is_the_administrators_choice(company: Any) -> None:
    given = {"kpi": "resolution", "warn_minutes": 60, "fail_minutes": 120}
    company.do("sla.create", name="Case", subject="case", pauses=["waiting_for_details"], **given)
    one = case(company)
    company.do("case.set_reason", case=one.id, reason="on_hold")
    assert [p.status for p in company.do("sla.of", case=one.id)] == ["in_progress"]
    refusal = company.refused("sla.create", name="Talk", pauses=["on_hold"], **given)
    assert refusal.code == "sla.pauses"


def test_a_child_has_from_its_parent_what_it_is_not_given(company: Any) -> None:
    owed = active(company)
    parent = case(company, owed, product="Router 6", contact=MARCUS)
    child = child_of(company, parent)
    assert (child.title, child.origin, child.product) == ("Drops", "phone", "Router 6")
    assert (child.customer_id, child.contact_id) == (parent.customer_id, parent.contact_id)
    assert (child.entitlement_id, child.parent_number) == (owed, parent.number)
    assert left(company, owed)[0] == 13
    given = {"title": "Cable", "origin": "web", "product": "", "entitlement": "none"}
    other = child_of(company, parent, **given)
    assert (other.title, other.origin, other.product) == ("Cable", "web", "")
    assert other.entitlement_id is None
    assert [c.id for c in company.do("case.family", case=parent.id).children] == [
        child.id,
        other.id,
    ]


def test_a_child_goes_without_an_entitlement_that_it_cannot_have(company: Any) -> None:
    owed = active(company, total=1, restrict=True)
    child = child_of(company, case(company, owed))
    assert child.entitlement_id is None
    (entry,) = company.entries(kind="entitlement.not_applied")
    assert entry.payload["code"] == "entitlement.exhausted"


def test_who_is_nobodys_child_needs_a_customer_and_an_origin(company: Any) -> None:
    assert company.refused("case.create", title="x", origin="web").code == "case.customer"
    assert company.refused("case.create", title="x", customer=KIANA).code == "case.origin"
    assert company.refused("case.create", origin="web", customer=KIANA).code == "case.title"
    one = case(company)
    refusal = company.refused("case.create", parent=one.id, customer=MARCUS)
    assert refusal.code == "case.other_customer"


def test_a_case_is_put_under_another_one_and_taken_out(company: Any) -> None:
    one, other, third = case(company), case(company), case(company)
    assert company.do("case.set_parent", case=other.id, parent=one.number).parent_id == one.id
    assert company.refused("case.set_parent", case=one.id, parent=third.id).code == "case.parent"
    assert company.refused("case.set_parent", case=third.id, parent=other.id).code == "case.parent"
    assert company.do("case.set_parent", case=other.id, parent=third.id).parent_id == third.id
    kinds = [entry.kind for entry in company.entries() if "child" in entry.kind]
    assert kinds == ["case.child_added", "case.child_removed", "case.child_added"]
    refusal = company.refused("case.update", case=other.id, customer=MARCUS)
    assert "remove the parent" in refusal.hint.lower()
    assert company.do("case.set_parent", case=other.id, parent="none").parent_id is None
    assert company.do("case.update", case=other.id, customer=MARCUS).customer_id == 2


def test_an_agent_takes_back_where_a_case_was_put(company: Any, ada: Actor) -> None:
    one, other, third = case(company), case(company), case(company)
    company.do("case.set_parent", ada, case=other.id, parent=one.id)
    assert company.do("undo.last", ada).what == (
        f"set the parent of {other.number} to {one.number}"
    )
    assert company.do("case.get", case=other.id).parent_id is None
    company.do("case.set_parent", case=other.id, parent=one.id)
    company.do("case.set_parent", ada, case=other.id, parent="none")
    company.do("case.resolve", case=one.id, resolution="Done")
    assert company.do("undo.what", ada).why_not == f"{one.number} is resolved"
    company.do("case.set_parent", case=other.id, parent=third.id)
    assert (
        company.do("undo.what", ada).why_not == f"{other.number} is a child of {third.number} now"
    )


@pytest.mark.parametrize("verb", ["resolve", "cancel"])
def test_parents_close_as_the_setting_says(company: Any, verb: str) -> None:
    how = {"resolution": "Done", "minutes": 9} if verb == "resolve" else {"reason": "Double"}
    status = CaseStatus.RESOLVED if verb == "resolve" else CaseStatus.CANCELLED

    def family() -> tuple[Any, Any]:
        parent = case(company)
        return parent, child_of(company, parent)

    parent, child = family()
    assert f"Its child {child.number} stays active." in says(company, parent, verb).says
    company.do(f"case.{verb}", case=parent.id, **how)
    assert company.do("case.get", case=child.id).status is CaseStatus.ACTIVE
    closing(company, WITH_PARENT)
    parent, child = family()
    told = says(company, parent, verb).says
    assert f"Its child {child.number} is {status.value} with it." in told
    company.do(f"case.{verb}", case=parent.id, **how)
    found = company.do("case.get", case=child.id)
    assert (found.status, found.minutes) == (status, None)
    company.do("case.reopen", case=parent.id)
    assert company.do("case.get", case=child.id).status is status
    closing(company, CHILDREN_FIRST)
    parent, child = family()
    refusal = company.refused(f"case.{verb}", case=parent.id, **how)
    assert refusal.code == "case.open_children"
    assert says(company, parent, verb).why_not == str(refusal)
    company.do(f"case.{verb}", case=child.id, **how)
    company.do(f"case.{verb}", case=parent.id, **how)
    assert company.refused("case.reopen", case=child.id).code == "case.parent_over"
    company.do("case.reopen", case=parent.id)
    company.do("case.reopen", case=child.id)


def test_a_child_is_resolved_with_its_parent_with_the_term_that_it_holds(company: Any) -> None:
    closing(company, WITH_PARENT)
    owed = active(company, decrease_on="resolution", total=1, restrict=True)
    parent = case(company)
    child = child_of(company, parent, entitlement=owed)
    assert refused(company, owed).code == "entitlement.exhausted"
    assert says(company, parent, "resolve").why_not == ""
    company.do("case.resolve", case=parent.id, resolution="Done")
    assert company.do("case.get", case=child.id).status == "resolved"
    assert left(company, owed)[0] == 0


def test_the_setting_takes_its_three_words(company: Any) -> None:
    refusal = company.refused("settings.set", key="case_closing", value="sometimes")
    assert (refusal.code, "children_first" in refusal.message) == ("settings.invalid", True)
    assert company.do("settings.list")["case_closing"] == INDEPENDENT


def test_open_tasks_are_told_of_and_cancelled_where_that_is_wanted(
    company: Any, ada: Actor
) -> None:
    one = case(company)
    given = {"customer": KIANA, "kind": "task", "case": one.id}
    first = company.do("timeline.add", ada, title="Ring her", due_at="+1d", **given)
    company.do("timeline.add", ada, title="Send a cable", **given)
    talk = company.serves(ada, channel="email", address=KIANA)
    company.do("conversation.link_case", ada, conversation=talk, case=one.id)
    told = says(company, one, "resolve")
    assert (told.tasks, told.conversations) == (2, 1)
    assert "2 tasks are open: “Ring her”, “Send a cable”." in told.says
    assert "The conversation with Kiana Anderson (email) stays open." in told.says
    company.do("case.resolve", case=one.id, resolution="Done")
    assert len(company.do("timeline.mine", ada)) == 2
    company.do("case.reopen", case=one.id)
    company.do("case.resolve", case=one.id, resolution="Done", open_tasks="cancel")
    assert company.do("timeline.mine", ada) == []
    company.wait(2 * 24 * 60 * MINUTE)
    assert company.entries(kind="activity.due") == []
    assert company.refused("timeline.postpone", activity=first, until="2h").message == (
        "“Ring her” is cancelled."
    )
    back = company.do("timeline.reopen", activity=first)
    assert (back.done_at, back.cancelled) == (None, False)


def test_terms_are_foretold_as_they_then_move(company: Any) -> None:
    by_use = active(company, decrease_on="resolution", total=3)
    at_once = active(company, name="Box", total=3, channels={"phone": 2})
    hours = active(company, name="Hours", allocation="hours", total=2)
    one, two, three = (case(company, owed) for owed in (by_use, at_once, hours))
    assert says(company, one, "resolve").says == (
        f"{one.number} uses 1 case of Gold (Phone); 2 will be left.",
    )
    assert says(company, one, "cancel").says == ()
    assert says(company, two, "cancel").says == (
        f"{two.number} returns 1 case to Box (Phone); 3 will be left.",
    )
    assert says(company, three, "resolve", minutes=90).says == (
        f"{three.number} uses 1.5 hours of Hours (Phone); 0.5 will be left.",
    )
    assert says(company, two, "update", origin="web").says == (
        f"{two.number} returns 1 case to Box (Phone); 3 will be left.",
        f"{two.number} uses 1 case of Box (Web); 2 will be left.",
    )
    moved = says(company, two, "update", entitlement=by_use)
    assert moved.says == (f"{two.number} returns 1 case to Box (Phone); 3 will be left.",)
    assert says(company, one, "merge", cases=[two.id]).says == (
        f"{two.number} is cancelled, merged into {one.number}.",
        f"All its records move to {one.number}.",
        f"{two.number} returns 1 case to Box (Phone); 3 will be left.",
    )
    four = case(company, at_once)
    assert (
        f"{two.number}, {four.number} return 2 cases to Box (Phone); 3 will be left."
        in says(company, one, "merge", cases=[two.id, four.id]).says
    )
    company.do("case.cancel", case=four.id)
    company.do("case.cancel", case=two.id)
    assert says(company, two, "reopen").says == (
        f"{two.number} uses 1 case of Box (Phone); 2 will be left.",
    )


@pytest.mark.parametrize(
    ("verb", "name", "given"),
    [
        ("update", "case.update", {"origin": "web"}),
        ("update", "case.update", {"entitlement": 2}),
        ("resolve", "case.resolve", {}),
        ("cancel", "case.cancel", {}),
        ("reopen", "case.reopen", {}),
    ],
)
@pytest.mark.parametrize("state", ["active", "resolved", "merged"])
def test_what_would_be_refused_is_said_before(
    company: Any, verb: str, name: str, given: dict[str, Any], state: str
) -> None:
    owed = active(company, channels={"web": 0}, total=1, restrict=True)
    active(company, name="Other", customer=MARCUS)
    one, other = case(company, owed), case(company)
    if state == "resolved":
        company.do("case.resolve", case=one.id, resolution="Done")
    elif state == "merged":
        company.do("case.merge", cases=[one.id, other.id], into=other.id)
    told = says(company, one, verb, **given)
    more = {"resolution": "Done"} if verb == "resolve" else {}
    found = company.desk.attempt(name, ADMINISTRATOR, case=one.id, **given, **more)
    assert told.why_not == (str(found) if hasattr(found, "code") else "")
