"""Creating a case, a customer, a task or a note from anywhere.

What is in front fills it in: the session's customer, the case in front, the conversation. Where
nobody is in front, it is asked first whom it is about.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.case_form import CaseForm
from omnitui.console.dialogs.creating import (
    ActivityForm,
    CreateDialog,
    CustomerForm,
    NewActivity,
    NewCustomer,
)
from omnitui.console.dialogs.customer_picker import CustomerPicker, Known, New
from omnitui.console.session import cases
from omnitui.model.case import Case
from omnitui.model.customer import Customer

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen
    from omnitui.console.session.view import SessionView


@dataclass(frozen=True, slots=True)
class About:
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


def _front(screen: "MainScreen") -> "SessionView | None":
    view = screen.session_view
    return view if view is not None and view.painted else None


async def create(screen: "MainScreen") -> None:
    """Ask what is to be created, and create it."""
    view = _front(screen)
    customer = view.state.customer if view else None
    about = f"It is about {customer.name}." if customer else "Nobody is in front: it is asked whom."
    kind = await ask(screen.app, CreateDialog(about, screen.glyphs))
    if kind == "user":
        await create_customer(screen)
    elif kind == "case":
        await create_case(screen)
    elif kind is not None:
        await create_activity(screen, task=kind == "task")


async def create_customer(screen: "MainScreen") -> None:
    """Add a customer."""
    typed = screen.typed.setdefault("new_customer", {})
    made: NewCustomer | None = await ask(screen.app, CustomerForm(screen.glyphs, typed))
    if made is not None and await _added(screen, made) is not None:
        screen.typed.pop("new_customer", None)


async def _added(screen: "MainScreen", new: NewCustomer | New) -> Customer | None:
    given: dict[str, Any] = {"name": new.name, "email": new.email, "phone": new.phone}
    if isinstance(new, NewCustomer):
        given["company"] = new.company
    made: Customer = await screen.link.call(
        "customer.create", **{key: value for key, value in given.items() if value}
    )
    screen.say(f"{made.name} is added.")
    return made


async def _whom(screen: "MainScreen") -> About | None:
    """Whom it is about: who is in front, else whoever is chosen."""
    view = _front(screen)
    if view is not None and view.state.customer is not None:
        return About(view.state.customer, view.case_in_front, view.conversation_id)
    typed = screen.typed.setdefault("whom", {})
    picker = CustomerPicker("it about", screen.link, (), screen.glyphs, typed, {})
    found = await ask(screen.app, picker)
    if found is None:
        return None
    if isinstance(found, Known):
        return About(await screen.link.call("customer.get", customer=found.customer_id))
    made = await _added(screen, found)
    return None if made is None else About(made)


async def create_activity(screen: "MainScreen", *, task: bool) -> None:
    """Add a task, or a note, to a customer's timeline."""
    about = await _whom(screen)
    if about is None:
        return
    kind = "task" if task else "note"
    typed = screen.typed.setdefault(f"new_{kind}", {})
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
    screen.typed.pop(f"new_{kind}", None)
    screen.say(f"The {kind} is added.")


async def create_case(screen: "MainScreen") -> None:
    """Create a case; the session in front says what it is about, and is linked to it."""
    view = _front(screen)
    if view is not None and view.state.customer is not None:
        await cases.create(view)
        return
    about = await _whom(screen)
    if about is None:
        return
    typed = screen.typed.setdefault("new_case", {})
    known = {"product": about.customer.device, "origin": next(iter(screen.link.channels), "")}
    form = CaseForm(about.customer, screen.link, screen.glyphs, typed, known)
    wanted = await ask(screen.app, form)
    if wanted is not None:
        given = cases.case_values(about.customer, wanted)
        made = await screen.link.call("case.create", **given)
        screen.typed.pop("new_case", None)
        screen.say(f"{made.number} is created.")
