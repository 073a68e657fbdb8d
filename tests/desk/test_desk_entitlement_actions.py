"""What can be done to an entitlement, by whom, and what a case could have instead of its own."""

from typing import Any

import pytest
from owed import active, case, drafted, settle_in

from omnitui.model.actor import Actor, ActorKind


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


def test_agents_change_what_is_owed_where_a_setting_lets_them(company: Any, ada: Actor) -> None:
    key = active(company)
    found = {one.action: one for one in company.do("entitlement.actions", ada, entitlement=key)}
    assert {one.code for one in found.values()} == {"permission.denied"}
    assert "agents_change_entitlements" in found["cancel"].hint
    company.do("settings.set", key="agents_change_entitlements", value="yes")
    assert company.do("entitlement.deactivate", ada, entitlement=key).state == "draft"
    bot = Actor(ActorKind.BOT, name="bot")
    refusal = company.refused("entitlement.activate", bot, entitlement=key)
    assert refusal.code == "permission.denied"


@pytest.mark.parametrize(
    ("step", "can"),
    [
        (None, {"update", "activate"}),
        ("activate", {"deactivate", "cancel", "set_default"}),
        ("cancel", {"renew"}),
    ],
)
def test_what_can_be_done_is_said_for_each_state(
    company: Any, step: str | None, can: set[str]
) -> None:
    key = drafted(company).id
    for verb in {None: (), "cancel": ("activate", "cancel")}.get(step, (step,)):
        company.do(f"entitlement.{verb}", entitlement=key)
    found = company.do("entitlement.actions", entitlement=key)
    assert {one.action for one in found if one.allowed} == can
    assert all(one.why.startswith("Gold is ") and one.hint for one in found if not one.allowed)


def test_one_channel_alone_takes_one_step_while_in_force(company: Any) -> None:
    key = active(company, channels={"email": 3}, restrict=True)
    company.do("entitlement.set_default", entitlement=key)
    assert company.refused("entitlement.only", entitlement=key, origin="phone").code == (
        "entitlement.state"
    )
    found = company.do("entitlement.only", entitlement=key, origin="phone", in_force=True)
    assert (found.state, found.is_default) == ("active", True)
    assert {origin: line.total for origin, line in found.channels.items() if line.total} == {
        "phone": 15
    }
    case(company, key, "phone")
    again = company.refused("entitlement.only", entitlement=key, origin="web", in_force=True)
    assert again.code == "entitlement.overdrawn"
    assert company.do("entitlement.get", entitlement=key).state == "active"


def test_what_a_case_could_have_instead(company: Any) -> None:
    gold = active(company, total=1, restrict=True)
    web = active(company, name="Web only", channels={"phone": 0})
    made = case(company, gold, "phone")
    found = company.do("entitlement.for_case", case=made.id)
    assert [(one.id, one.usable, one.code) for one in found] == [
        (gold, True, ""),
        (web, False, "entitlement.channel_forbidden"),
    ]
    assert (found[0].remaining, found[0].total) == (0, 1)
    other = case(company, None, "email")
    found = company.do("entitlement.for_case", case=other.id)
    assert [(one.id, one.code) for one in found] == [(web, ""), (gold, "entitlement.exhausted")]
    # One that is over stays the case's own.
    company.do("entitlement.cancel", entitlement=gold)
    assert company.do("entitlement.for_case", case=made.id)[0].usable
