"""What is done with a session through dialogs: end, close, link, create, resolve.

Each asks, calls the desk and says why when the desk says no. They are coroutines for
`SessionView.start`, because a dialog must not be awaited where keys are handled.
"""

from typing import TYPE_CHECKING, Any

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.case_form import CaseForm, NewCase
from omnitui.console.dialogs.case_picker import NEW, CasePicker
from omnitui.console.dialogs.closing import (
    CloseDialog,
    EndDialog,
    ReleaseDialog,
    WrapUpDialog,
    about,
)
from omnitui.console.dialogs.customer_picker import CustomerPicker, Known, New
from omnitui.console.dialogs.links import LinksDialog
from omnitui.console.session.typing import first_words, links_in
from omnitui.model.conversation import ConversationState, MessageKind, Speaker
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView

_DESCRIBED = 1_000


async def attempt(view: "SessionView", name: str, /, **params: Any) -> Any:
    """Call the desk; a refusal is shown and comes back as None."""
    done = await view.state.link.attempt(name, **params)
    if isinstance(done, Refusal):
        view.toast(done)
        return None
    return done


async def _consequence(view: "SessionView", verb: str) -> str:
    """What a verb would do, and what hangs on the conversation."""
    await view.flush()
    found: dict[str, Any] = await view.state.link.call(
        "conversation.consequences", conversation=view.conversation_id
    )
    return about(found[verb], found["stuck"])


async def end(view: "SessionView") -> None:
    """End the conversation, after saying what that does."""
    item = view.state.conversation
    said = await _consequence(view, "end")
    if await ask(view.app, EndDialog(item.name, said, view.glyphs)):
        await attempt(view, "conversation.end", conversation=item.id)


async def close(view: "SessionView") -> None:
    """Close the session, after saying what that does; after wrap-up, ask how it ended."""
    state = view.state
    item = state.conversation
    await view.flush()
    if item.state is ConversationState.CLOSED or not (state.mine or item.agent_id is None):
        await attempt(view, "session.close", conversation=item.id)
        return
    if not state.mine:
        said = "Closes the tab only: nobody has taken the conversation, and it stays open."
        if await ask(view.app, CloseDialog(item.name, said, view.glyphs)) is not None:
            await attempt(view, "session.close", conversation=item.id)
        return
    said = await _consequence(view, "close")
    if item.state is ConversationState.WRAP_UP:
        dialog: Any = WrapUpDialog(item.name, said, view.glyphs, view.typed_in("wrap_up"))
    else:
        dialog = CloseDialog(item.name, said, view.glyphs)
    how = await ask(view.app, dialog)
    if how is not None:
        await attempt(view, "conversation.close", conversation=item.id, disposition=how)


async def release(view: "SessionView") -> None:
    """Give the conversation back to its queue."""
    item = view.state.conversation
    typed = view.typed_in("release")
    note = await ask(view.app, ReleaseDialog(item.name, item.queue, view.glyphs, typed))
    if note is not None:
        await view.flush()
        await attempt(view, "conversation.release", conversation=item.id, note=note)


async def link(view: "SessionView") -> None:
    """Say who writes; once that is known, link one of their cases."""
    if view.state.customer is None:
        await link_customer(view)
    else:
        await link_case(view)


async def link_customer(view: "SessionView") -> None:
    """Find or add the customer, and link them."""
    item = view.state.conversation
    told = {
        key: str(item.context[key]) for key in ("name", "email", "phone") if item.context.get(key)
    }
    picker = CustomerPicker(
        item.name,
        view.state.link,
        view.summary.suggested,
        view.glyphs,
        view.typed_in("customer"),
        told,
    )
    found = await ask(view.app, picker)
    if isinstance(found, Known):
        await link_known(view, found.customer_id)
    elif isinstance(found, New):
        made = await attempt(
            view,
            "customer.create",
            name=found.name,
            email=found.email or None,
            phone=found.phone or None,
            language=str(item.context.get("language", "en"))[:5] or "en",
        )
        if made is not None:
            view.forget_typed("customer")
            await link_known(view, made.id)


async def link_known(view: "SessionView", customer: int) -> None:
    """Link a customer who is known already."""
    await attempt(
        view,
        "conversation.link_customer",
        conversation=view.conversation_id,
        customer=customer,
    )


async def link_case(view: "SessionView") -> None:
    """Link one of the customer's cases, or a new one."""
    state = view.state
    customer = state.customer
    if customer is None:
        view.toast(Refusal("case.no_customer", "A case needs a customer.", "Link them first."))
        return
    cases = await state.link.call("case.list", customer=customer.id, limit=100)
    linked = None if state.case is None else state.case.id
    picker = CasePicker(customer.name, cases, linked, state.link.now(), view.tz, view.glyphs)
    chosen = await ask(view.app, picker)
    if chosen == NEW:
        await create_case(view)
    elif chosen is not None:
        await attempt(
            view, "conversation.link_case", conversation=view.conversation_id, case=chosen
        )


async def create_case(view: "SessionView") -> None:
    """Create a case from what the customer has said, and link it."""
    state = view.state
    customer = state.customer
    if customer is None:
        view.toast(Refusal("case.no_customer", "A case needs a customer.", "Link them first."))
        return
    said = [
        message.text
        for message in state.messages
        if message.speaker is Speaker.CUSTOMER and message.kind is MessageKind.MESSAGE
    ]
    form = CaseForm(
        customer.name,
        view.glyphs,
        view.typed_in("case"),
        title=first_words(state.conversation.subject or (said[0] if said else "")),
        product=customer.device,
        description="\n".join(said)[:_DESCRIBED],
    )
    wanted: NewCase | None = await ask(view.app, form)
    if wanted is None:
        return
    made = await attempt(
        view,
        "case.create",
        customer=customer.id,
        title=wanted.title,
        origin=state.conversation.channel,
        description=wanted.description,
        priority=wanted.priority.value,
        product=wanted.product,
        conversation=view.conversation_id,
    )
    if made is not None:
        view.forget_typed("case")


async def open_links(view: "SessionView") -> None:
    """Show the links of the conversation, the newest first, and open one."""
    found = [link for message in reversed(view.state.messages) for link in links_in(message.text)]
    links = list(dict.fromkeys(found))
    if not links:
        view.toast(Refusal("links.none", "There are no links in this conversation."))
        return
    chosen = await ask(view.app, LinksDialog(links, view.glyphs))
    if chosen is not None:
        view.app.open_url(chosen)
