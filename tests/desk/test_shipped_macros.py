"""Every macro that ships does what it says, leaves no trace when tried, and is undone as one."""

from typing import Any

import pytest

from omnitui.desk.filling.company import fill
from omnitui.desk.macros.steps import StepOutcome
from omnitui.model.actor import Actor, ActorKind

KIANA = "20417"
COUNTS_ONLY = ("send-article",)
WITH_CASE = ("close-with-thanks", "escalate-technician")
ANSWERS: dict[str, dict[str, Any]] = {
    "apply-credit-note": {
        "amount": 120,
        "reason": "Outage",
        "because": "Nine hours without light.",
    },
    "check-entitlement": {},
    "close-with-thanks": {"resolution": "New software", "minutes": 12},
    "escalate-technician": {
        "test": "LT 204117",
        "checks": "yes",
        "place": "In the hall.\nA dog.",
        "call": "2026-03-05 10:00",
    },
    "greet-and-verify": {},
    "note-summary": {
        "wrong": "Drops 20-22 on Wi-Fi.",
        "done": "LT 204117, -19 dBm.",
        "next": "I call",
        "when": "2026-03-04 10:00",
    },
    "open-case": {"title": "No light on the ONT-2", "priority": "high"},
    "promise-callback": {"when": "2026-03-03 09:00", "about": "the line test"},
    "report-outage": {"town": "Kelby", "until": "2026-03-02 21:00"},
    "send-article": {"article": "restart-router"},
}


class Company:
    """The company that ships, with Ada in a conversation with Kiana."""

    def __init__(self, floor: Any) -> None:
        self.floor = floor
        fill(floor.desk, now=floor.clock.now())
        ada = floor.do("agent.get", agent="ada")
        self.ada = Actor(ActorKind.AGENT, ada.id, ada.name)
        floor.do("agent.set_presence", self.ada, presence="do_not_disturb")
        self.talk = floor.serves(self.ada, channel="email", address="kiana@example.com")
        if not floor.talk(self.talk).customer_id:
            floor.do("conversation.link_customer", conversation=self.talk, customer=KIANA)

    def with_case(self) -> None:
        given = {"customer": KIANA, "title": "Drops", "origin": "email"}
        self.floor.do("case.create", conversation=self.talk, **given)

    def run(self, macro: str, **more: Any) -> Any:
        given = {"conversation": self.talk, "answers": ANSWERS[macro], "zone": "UTC", **more}
        return self.floor.do("macro.run", self.ada, macro=macro, **given)

    def dump(self) -> list[str]:
        return list(self.floor.desk.store.connection.iterdump())


@pytest.fixture
def company(floor: Any) -> Company:
    return Company(floor)


def test_ten_ship(company: Company) -> None:
    shipped = company.floor.do("macro.list", company.ada)
    assert {one.key for one in shipped} == {*ANSWERS}


@pytest.mark.parametrize("macro", ANSWERS)
def test_a_shipped_macro_is_tried_done_and_undone(company: Company, macro: str) -> None:
    if macro in WITH_CASE:
        company.with_case()
    company.floor.desk.store.execute("DELETE FROM undo")
    before = company.dump()
    tried = company.run(macro, dry_run=True)
    assert tried.complete, tried.said
    assert company.dump() == before
    ran = company.run(macro)
    assert ran.complete, ran.said
    assert [step.given for step in ran.steps] == [step.given for step in tried.steps]
    assert {step.outcome for step in ran.steps} <= {StepOutcome.DONE, StepOutcome.LEFT_OUT}
    assert all(step.says for step in ran.steps)
    what = company.floor.do("undo.what", company.ada)
    if macro in COUNTS_ONLY:
        assert what is None
        return
    assert (what.why_not, what.before) == ("", "")
    assert what.what.startswith("ran “")
    undone = company.floor.do("undo.last", company.ada)
    assert undone.why_left == ""
    assert company.floor.do("undo.what", company.ada) is None
