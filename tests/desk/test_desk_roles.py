"""Who may do what: one table of role against command. A new command is put here on purpose.

A role is what an actor is; each command asks for one permission. What only a customer, or a channel
that speaks for one, can know is not an agent's: an agent who could call it would put words and
stars into a customer's mouth.
"""

from typing import Any

import pytest

from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import Actor, ActorKind, Permission

HELD = {
    ActorKind.ADMINISTRATOR: "read intake deliver serve administer supervise",
    ActorKind.SYSTEM: "read intake deliver serve administer supervise",
    ActorKind.AGENT: "read serve",
    ActorKind.BOT: "read serve",
    ActorKind.CUSTOMER: "intake",
}
"""The permissions of each role."""

INTAKE = """conversation.customer_back conversation.customer_gone conversation.customer_left
conversation.rate conversation.receive"""

DELIVER = """conversation.as_it_was courier.beat courier.configured courier.leave message.claim
message.failed message.leaving message.sent"""

SUPERVISE = "supervisor.assign supervisor.force_close"

ADMINISTER = """assistant.delete assistant.set
macro.create macro.restore macro.retire macro.update
script.create script.delete_rule script.restore script.retire script.set_rule script.update
agent.create agent.restore agent.retire agent.set_calls_first agent.set_skill
agent.update bot.delete bot.set
calendar.create calendar.restore calendar.retire calendar.update channel.create
channel.restore channel.retire channel.update classification.create classification.delete
classification.update courier.delete entitlement.template_restore entitlement.template_retire
entitlement.template_update profile.restore profile.retire queue.restore queue.retire
workstream.restore workstream.retire
courier.set courier.simulate entitlement.template_create knowledge.read_folder link.delete
link.set notice.delete notice.set profile.create profile.give profile.take_away profile.update
queue.add_member queue.create queue.remove_member queue.update settings.set shift.arrived
shift.begin shift.end sla.create sla.update workstream.create workstream.update"""

RESTRICTED = {
    name: permission
    for permission, names in (
        (Permission.INTAKE, INTAKE),
        (Permission.DELIVER, DELIVER),
        (Permission.SUPERVISE, SUPERVISE),
        (Permission.ADMINISTER, ADMINISTER),
    )
    for name in names.split()
}
"""The commands that are not for everybody at the desk; all others read, or serve."""


@pytest.mark.parametrize("kind", list(ActorKind))
def test_a_role_holds_these_permissions_and_no_others(kind: ActorKind) -> None:
    actor = Actor(kind, 1, "Somebody")
    assert {p.value for p in Permission if actor.may(p)} == set(HELD[kind].split())


def test_every_name_in_the_table_is_a_command() -> None:
    assert sorted(RESTRICTED.keys() - COMMANDS.keys()) == []


def test_every_command_asks_for_the_permission_that_the_table_says() -> None:
    wrong = [
        f"{name} asks for {command.permission}, not {wanted}"
        for name, command in sorted(COMMANDS.items())
        if command.permission
        != (
            wanted := RESTRICTED.get(name, Permission.SERVE if command.changes else Permission.READ)
        )
    ]
    assert wrong == []


FORGERIES: list[tuple[str, dict[str, Any]]] = [
    ("conversation.receive", {"channel": "chat", "address": "web-1", "text": "I am delighted!"}),
    ("conversation.rate", {"conversation": 1, "stars": 5}),
    ("conversation.customer_left", {"conversation": 1}),
    ("conversation.customer_gone", {"conversation": 1}),
    ("conversation.customer_back", {"conversation": 1}),
]


@pytest.mark.parametrize(("name", "given"), FORGERIES, ids=[name for name, _ in FORGERIES])
@pytest.mark.parametrize("kind", [ActorKind.AGENT, ActorKind.BOT])
def test_nobody_at_the_desk_speaks_for_a_customer(
    floor: Any, kind: ActorKind, name: str, given: dict[str, Any]
) -> None:
    floor.writes()
    before = floor.desk.last_seq()
    refusal = floor.refused(name, Actor(kind, 1, "Ada Byron"), **given)
    assert refusal.code == "permission.denied"
    assert floor.desk.last_seq() == before
