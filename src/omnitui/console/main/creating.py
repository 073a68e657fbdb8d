"""Creating a case, a customer, a task, a note or an entitlement from anywhere.

What is in front fills it in: the record in front, else the session's customer, case and
conversation, to which it is linked. Where nobody is in front, it is asked first whom it is about.
What was created can be opened as a tab.
"""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from omnitui.console.apps.case import CaseTab, case_tab
from omnitui.console.apps.customer import customer_tab
from omnitui.console.apps.entitlement import entitlement_tab
from omnitui.console.apps.timeline import timeline_tab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.cases import CaseForm
from omnitui.console.dialogs.creating import ActivityForm, NewActivity, create_dialog
from omnitui.console.dialogs.customers import CustomerPicker, Known, NewCustomer, customer_form
from omnitui.console.dialogs.entitlements import BLANK, EntitlementForm, NewEntitlement
from omnitui.console.main.search import tell_made
from omnitui.console.session import cases, linking
from omnitui.model.case import Case
from omnitui.model.customer import Customer

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen
    from omnitui.console.session.view import SessionView


class About(Struct, frozen=True):
    """Whom something new is about, and what it is linked to."""

    customer: Customer
    case: Case | None = None
    conversation: int | None = None

    @property
    def words(self) -> str:
        """What it will be linked to, as a sentence."""
        linked = [self.case.number] if self.case else []
        linked += ["this conversation"] if self.conversation else []
        return f"Linked to {' and '.join(linked)}." if linked else ""


def _session(screen: "MainScreen") -> "SessionView | None":
    view = screen.session_view
    return view if view is not None and view.painted else None


async def _in_front(screen: "MainScreen") -> About | None:
    """Who is in front: whose record it is, else the session's customer."""
    view, holder = _session(screen), screen.tab_holder
    body = holder.apps.body
    shown = None if body is None else body.customer_id
    known = None if view is None else view.state.customer
    if shown is not None and (known is None or known.id != shown):
        case = body.case if isinstance(body, CaseTab) else None
        return About(await screen.link.call("customer.get", customer=shown), case)
    if view is None or known is None:
        return None
    return About(known, view.case_in_front, view.conversation_id)


async def create(screen: "MainScreen") -> None:
    """Ask what is to be created, and create it."""
    found = await _in_front(screen)
    about = f"It is about {found.customer.name}." if found else "Nobody is in front: it is asked."
    kind = await ask(screen.app, create_dialog(about, screen.glyphs))
    if kind == "customer":
        await create_customer(screen)
    elif kind == "case":
        await create_case(screen)
    elif kind == "entitlement":
        await create_entitlement(screen)
    elif kind is not None:
        await create_activity(screen, task=kind == "task")


async def create_customer(screen: "MainScreen") -> None:
    """Add a customer; one who writes and is not known yet is linked to their conversation."""
    view = _session(screen)
    unknown = None if view is None or view.state.customer is not None else view
    typed = screen.typed.into("new_customer")
    if unknown is not None:
        typed |= {key: value for key, value in linking.told(unknown).items() if key not in typed}
    made: NewCustomer | None = await ask(screen.app, customer_form(screen.glyphs, typed))
    if made is None:
        return
    customer = await _added(screen, made)
    screen.typed.forget("new_customer")
    if unknown is not None:
        await linking.link_known(unknown, customer.id)


async def _added(screen: "MainScreen", new: NewCustomer) -> Customer:
    given = {key: value for key, value in asdict(new).items() if value}
    made: Customer = await screen.link.call("customer.create", **given)
    tell_made(screen, customer_tab(made), f"{made.name} is added.")
    return made


async def _whom(screen: "MainScreen") -> About | None:
    """Whom it is about: who is in front, else whoever is chosen."""
    found = await _in_front(screen)
    if found is not None:
        return found
    typed = screen.typed.into("whom")
    picker = CustomerPicker("it about", screen.link, (), screen.glyphs, typed, {})
    chosen = await ask(screen.app, picker)
    if chosen is None:
        return None
    if isinstance(chosen, Known):
        return About(await screen.link.call("customer.get", customer=chosen.customer_id))
    return About(await _added(screen, chosen))


async def create_activity(screen: "MainScreen", *, task: bool) -> None:
    """Add a task, or a note, to a customer's timeline."""
    about = await _whom(screen)
    if about is None:
        return
    kind = "task" if task else "note"
    typed = screen.typed.into(f"new_{kind}")
    form = ActivityForm(
        about.customer.name,
        screen.glyphs,
        typed,
        task=task,
        about=about.words,
        now=screen.link.now,
        tz=screen.tz,
    )
    made: NewActivity | None = await ask(screen.app, form)
    if made is None:
        return
    await screen.link.call(
        "timeline.add",
        customer=about.customer.id,
        kind=kind,
        title=made.title,
        body=made.body,
        due_at=made.due or None,
        case=about.case.id if about.case else None,
        conversation=about.conversation,
    )
    screen.typed.forget(f"new_{kind}")
    tell_made(screen, timeline_tab(about.customer, made.title), f"The {kind} is added.")


async def create_case(screen: "MainScreen") -> None:
    """Create a case; the session in front says what it is about, and is linked to it."""
    about = await _whom(screen)
    if about is None:
        return
    view = _session(screen)
    if view is not None and about.conversation is not None:
        await cases.create(view)
        return
    typed = screen.typed.into("new_case")
    known = {"product": about.customer.device, "origin": next(iter(screen.link.channels), "")}
    form = CaseForm(about.customer, screen.link, screen.glyphs, typed, known)
    wanted = await ask(screen.app, form)
    if wanted is not None:
        given = cases.case_values(about.customer, wanted)
        made = await screen.link.call("case.create", **given)
        screen.typed.forget("new_case")
        tell_made(screen, case_tab(made), f"{made.number} is created.")


async def create_entitlement(screen: "MainScreen") -> None:
    """Draft what a customer is owed; it opens in a tab, where the rest of it is filled in."""
    denied = await screen.link.call("entitlement.may_change")
    if denied:
        screen.say(denied)
        return
    about = await _whom(screen)
    if about is None:
        return
    templates = await screen.link.call("entitlement.template_list")
    typed = screen.typed.into("new_entitlement")
    form = EntitlementForm(about.customer.name, templates, screen.link.now(), screen.glyphs, typed)
    wanted: NewEntitlement | None = await ask(screen.app, form)
    if wanted is None:
        return
    given = {
        "customer": about.customer.id,
        "name": wanted.name,
        "starts": wanted.starts,
        "ends": wanted.ends,
    }
    if wanted.template == BLANK:
        made = await screen.link.call("entitlement.create", total=wanted.total, **given)
    else:
        made = await screen.link.call(
            "entitlement.from_template", template=int(wanted.template), **given
        )
    screen.typed.forget("new_entitlement")
    screen.open_record(entitlement_tab(made))
    screen.say(f"{made.name} is a draft: fill in the rest, ^s saves, a puts it into force.")
