"""What a virtual agent may do by itself: the list of `model/topic.py`, and nothing else.

Each runs the desk's own command as the virtual agent, so that rules and journal are the same. It
does nothing for a customer who is not identified: what somebody claims is no proof.
"""

from collections.abc import Callable, Mapping
from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.convert import convert
from omnitui.desk.registry import COMMANDS
from omnitui.model.case import Case, CaseStatus
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refused
from omnitui.model.topic import Deed
from omnitui.rules.bot.state import Ran, Wanted
from omnitui.store import cases, customers


def do(call: Call, conversation: int, wanted: Wanted) -> Ran:
    """Do what a topic wants; a refusal changes nothing."""
    item = thread.get(call, conversation)
    given = {name: text for name, text in wanted.given.items() if text.strip()}
    try:
        with call.store.transaction():
            return Ran(_DEEDS[wanted.deed](call, item, given))
    except Refused as refused:
        return Ran(refused=refused.refusal.message)


def run(call: Call, name: str, **given: Any) -> Any:
    """Run a desk command as the caller, in the transaction that is under way."""
    command = COMMANDS[name]
    if not call.actor.may(command.permission):
        raise Refused("permission.denied", f"{call.actor.name} may not call {name}.")
    return command.function(call, **convert(call, command, given))


def _customer(item: Conversation) -> int:
    if item.customer_id is None:
        raise Refused("conversation.no_customer", "It is not known who the customer is.")
    return item.customer_id


def _case_status(call: Call, item: Conversation, given: Mapping[str, str]) -> str:
    """The state of the case that is named, or of the customer's newest active one."""
    whose = _customer(item)
    found = _case(call, whose, given.get("number", ""))
    state = found.reason.label if found.status is CaseStatus.ACTIVE else found.status.value
    return f"{found.number} ({found.title}): {state}"


def _case(call: Call, customer: int, number: str) -> Case:
    if number:
        digits = "".join(character for character in number if character.isdecimal())
        key = cases.by_number(call.store, number)
        key = cases.by_number(call.store, f"CAS-{digits:>05}") if key is None and digits else key
        case = None if key is None else cases.get(call.store, key)
        if case is not None and case.customer_id == customer:
            return case
        raise Refused("case.unknown", f"The customer has no case {number}.")
    mine = cases.of_customer(call.store, customer, status=CaseStatus.ACTIVE, limit=1)
    if not mine:
        raise Refused("case.none", "The customer has no active case.")
    return mine[0]


def _create_case(call: Call, item: Conversation, given: Mapping[str, str]) -> str:
    made = run(
        call,
        "case.create",
        customer=_customer(item),
        origin=item.channel,
        conversation=item.id,
        **given,
    )
    return str(made.number)


def _note(call: Call, item: Conversation, given: Mapping[str, str]) -> str:
    run(call, "conversation.note", conversation=item.id, text=given["text"])
    return "noted"


def _entitled(call: Call, item: Conversation, given: Mapping[str, str]) -> str:
    """`yes` if the customer has an entitlement that a case from here can use, else `no`."""
    found = run(call, "entitlement.options", customer=_customer(item), origin=item.channel, **given)
    return "yes" if any(one.usable for one in found) else "no"


def _call_back(call: Call, item: Conversation, given: Mapping[str, str]) -> str:
    """A task on the customer's timeline, for whoever looks after them."""
    whose = customers.get(call.store, _customer(item))
    assert whose is not None
    run(
        call,
        "timeline.add",
        customer=whose.id,
        kind="task",
        title=given["title"],
        body=given.get("text", ""),
        conversation=item.id,
        due_at=given.get("at"),
        zone="UTC",
    )
    return given.get("at", "") or "as soon as possible"


_DEEDS: dict[Deed, Callable[[Call, Conversation, Mapping[str, str]], str]] = {
    Deed.CASE_STATUS: _case_status,
    Deed.CREATE_CASE: _create_case,
    Deed.NOTE: _note,
    Deed.ENTITLEMENT: _entitled,
    Deed.CALL_BACK: _call_back,
}
