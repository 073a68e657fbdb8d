"""Cases and customers in a session: opened in tabs, resolved, cancelled, reopened."""

from typing import TYPE_CHECKING, Any

from omnitui.console.apps.case import case_tab
from omnitui.console.apps.customer import customer_tab
from omnitui.console.apps.holder import TabHolder
from omnitui.console.apps.timeline import timeline_tab
from omnitui.console.apps.web import web_tab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.cases import (
    CaseForm,
    NewCase,
    cancel_case_dialog,
    resolve_dialog,
    unsaved_dialog,
)
from omnitui.console.keys import key_for, no_case
from omnitui.console.session.actions import attempt
from omnitui.console.session.typing import first_words
from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.conversation import MessageKind, Speaker
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView

_DESCRIBED = 1_000
_PRIORITIES = (CasePriority.LOW, CasePriority.NORMAL, CasePriority.HIGH)


def open_case(view: "SessionView") -> None:
    """Open the linked case in a tab."""
    if view.state.case is not None:
        view.open_record(case_tab(view.state.case))


def open_customer(view: "SessionView") -> None:
    """Open the customer in a tab."""
    if view.state.customer is not None:
        view.open_record(customer_tab(view.state.customer))


def open_timeline(view: "SessionView") -> None:
    """Open the customer's timeline in a tab."""
    if view.state.customer is not None:
        view.open_record(timeline_tab(view.state.customer))


def open_web(view: TabHolder) -> None:
    """Open other systems in a tab, for the record in front, else for the session."""
    case, item, whose = view.case_in_front, view.linked_conversation, view.customer_in_front
    about = case.id if case is not None and case.customer_id == whose else None
    talk = None if item is None else item.id
    view.open_record(web_tab(whose, conversation=talk, case=about))


async def close_tab(view: TabHolder) -> None:
    """Close the record in front, asking first when something in it is not saved."""
    body = view.apps.body
    tab = view.apps.front
    if tab is None:
        return
    form = None if body is None else body.form
    if form is not None and form.edits:
        names = ", ".join(form.labels(form.edits))
        if not await ask(view.app, unsaved_dialog(tab.title, names, view.glyphs)):
            return
    await view.apps.close(tab.name)


async def create(view: "SessionView") -> None:
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
    known = {
        "title": first_words(
            state.conversation.subject or state.loaded.about.asked or (said[0] if said else "")
        ),
        "product": customer.device,
        "description": "\n".join(said)[:_DESCRIBED],
        "origin": state.conversation.channel,
    }
    instead = "" if state.case is None else f"It takes the place of {state.case.number} here."
    form = CaseForm(
        customer, state.link, view.glyphs, view.typed_in("case"), known, instead, links=True
    )
    wanted = await ask(view.app, form)
    if wanted is None:
        return
    given = case_values(customer, wanted)
    made = await attempt(view, "case.create", conversation=view.conversation_id, **given)
    if made is not None:
        view.forget_typed("case")
        linked = f"{made.number} is created and linked."
        view.post_message(view.Made(view, case_tab(made), linked))


def case_values(customer: Customer, wanted: NewCase) -> dict[str, Any]:
    """What a case is created with, as the desk takes it."""
    return {
        "customer": customer.id,
        "title": wanted.title,
        "origin": wanted.origin,
        "description": wanted.description,
        "priority": wanted.priority.value,
        "product": wanted.product,
        "entitlement": wanted.entitlement,
    }


def none_active(view: TabHolder, case: Case | None) -> None:
    """Say that there is no active case that keys could mean."""
    why = no_case() if case is None else f"{case.number} is {case.status.value}."
    hint = "" if case is None else f"{key_for('case.reopen')} reopens it."
    view.toast(Refusal("case.not_active", why, hint))


async def resolve(view: TabHolder) -> None:
    """Resolve a case, saying how."""
    case = view.case_in_front
    if case is None or case.status is not CaseStatus.ACTIVE:
        none_active(view, case)
        return
    typed, link = f"resolve-{case.id}", view.link
    foretold = await link.call("case.consequences", case=case.id, verb="resolve")
    dialog = resolve_dialog(case, foretold, link, view.glyphs, view.typed_in(typed))
    how = await ask(view.app, dialog)
    if how is not None:
        done = await attempt(
            view,
            "case.resolve",
            case=case.id,
            resolution=how.resolution,
            minutes=how.minutes,
            reason=how.reason.value,
            open_tasks=how.open_tasks.value,
        )
        if done is not None:
            view.forget_typed(typed)


async def cancel(view: TabHolder) -> None:
    """Cancel a case, saying why."""
    case = view.case_in_front
    if case is None or case.status is not CaseStatus.ACTIVE:
        none_active(view, case)
        return
    typed = f"cancel-{case.id}"
    foretold = await view.link.call("case.consequences", case=case.id, verb="cancel")
    how = await ask(view.app, cancel_case_dialog(case, foretold, view.glyphs, view.typed_in(typed)))
    if how is not None:
        tasks = how.open_tasks.value
        done = await attempt(view, "case.cancel", case=case.id, reason=how.reason, open_tasks=tasks)
        if done is not None:
            view.forget_typed(typed)


async def reopen(view: TabHolder) -> None:
    """Reopen a case that is over."""
    case = view.case_in_front
    if case is not None:
        await attempt(view, "case.reopen", case=case.id)


async def turn_priority(view: TabHolder) -> None:
    """Give a case the next priority: low, normal, high, low."""
    case = view.case_in_front
    if case is None:
        view.toast(Refusal("case.none", no_case()))
        return
    after = _PRIORITIES[(_PRIORITIES.index(case.priority) + 1) % len(_PRIORITIES)]
    await attempt(view, "case.update", case=case.id, priority=after.value)
