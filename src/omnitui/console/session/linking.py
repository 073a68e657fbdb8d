"""Who writes and what it is about: the customer and the case of a session's conversation."""

from typing import TYPE_CHECKING

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.case_family import NEW, case_picker
from omnitui.console.dialogs.customers import CustomerPicker, Known, NewCustomer
from omnitui.console.session import cases
from omnitui.console.session.actions import attempt
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView


async def link(view: "SessionView") -> None:
    """Say who writes; once that is known, link one of their cases."""
    if view.state.customer is None:
        await link_customer(view)
    else:
        await link_case(view)


def told(view: "SessionView") -> dict[str, str]:
    """What whoever writes has told about themselves: name, email, phone, as far as they have."""
    context = view.state.conversation.context
    return {key: str(context[key]) for key in ("name", "email", "phone") if context.get(key)}


async def link_customer(view: "SessionView") -> None:
    """Find or add the customer, and link them."""
    item = view.state.conversation
    wrong = ""
    while True:
        picker = CustomerPicker(
            item.name,
            view.state.link,
            view.summary.suggested,
            view.glyphs,
            view.typed_in("customer"),
            told(view),
            wrong,
        )
        found = await ask(view.app, picker)
        if isinstance(found, Known):
            await link_known(view, found.customer_id)
        if not isinstance(found, NewCustomer):
            return
        made = await view.link.attempt(
            "customer.create",
            name=found.name,
            email=found.email or None,
            phone=found.phone or None,
            language=str(item.context.get("language", "en"))[:5] or "en",
        )
        if not isinstance(made, Refusal):
            view.forget_typed("customer")
            await link_known(view, made.id)
            return
        wrong = str(made)


async def link_known(view: "SessionView", customer: int) -> None:
    """Link a customer who is known already."""
    await attempt(
        view,
        "conversation.link_customer",
        conversation=view.conversation_id,
        customer=customer,
    )


async def unlink_customer(view: "SessionView") -> None:
    """Say that it is not them; `u` takes it back."""
    await attempt(view, "conversation.unlink_customer", conversation=view.conversation_id)


async def link_case(view: "SessionView") -> None:
    """Link one of the customer's cases, or a new one."""
    state = view.state
    customer = state.customer
    if customer is None:
        view.toast(Refusal("case.no_customer", "A case needs a customer.", "Link them first."))
        return
    every = await state.link.call("case.list", customer=customer.id, limit=100)
    known = [case for case in every if case.merged_into is None]
    linked = None if state.case is None else state.case.id
    picker = case_picker(customer.name, known, linked, state.link.now(), view.tz, view.glyphs)
    chosen = await ask(view.app, picker)
    if chosen == NEW:
        await cases.create(view)
    elif chosen is not None:
        await attempt(
            view, "conversation.link_case", conversation=view.conversation_id, case=chosen
        )
