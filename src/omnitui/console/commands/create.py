"""Creating a case, a customer, a task, a note or an entitlement from anywhere.

What is in front fills it in: the record in front, else the session's customer, case and
conversation, to which it is linked. Where nobody is in front, it is asked first whom it is about.
What was created can be opened as a tab.
"""

from msgspec import Struct
from msgspec.structs import asdict

from omnitui.console.apps import case as case_app
from omnitui.console.apps import customer as customer_app
from omnitui.console.apps import entitlement as entitlement_app
from omnitui.console.apps import timeline as timeline_app
from omnitui.console.command import Where, command
from omnitui.console.commands import cases, customers
from omnitui.console.commands.stage import Stage, tell_created
from omnitui.console.dialogs import cases as case_dialogs
from omnitui.console.dialogs import creating
from omnitui.console.dialogs import customers as customer_dialogs
from omnitui.console.dialogs import entitlements as entitlement_dialogs
from omnitui.model.case import Case
from omnitui.model.customer import Customer


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


async def _in_front(stage: Stage) -> About | None:
    """Who is in front: whose record it is, else the session's customer."""
    view, holder = stage.session, stage.beside
    body = holder.apps.body
    shown = None if body is None else body.customer_id
    known = None if view is None else view.state.customer
    if shown is not None and (known is None or known.id != shown):
        case = body.case if isinstance(body, case_app.CaseTab) else None
        return About(await stage.link.call("customer.get", customer=shown), case)
    if view is None or known is None:
        return None
    return About(known, view.case_in_front, view.conversation_id)


@command("create.any", "plus", "Create", where=Where.ANYWHERE, group="Anywhere")
async def create(stage: Stage) -> None:
    """Create a case, a customer, a task or a note, for the current customer and conversation."""
    found = await _in_front(stage)
    about = f"For {found.customer.name}." if found else "You choose the customer next."
    kind = await stage.ask(creating.create_dialog(about, stage.glyphs))
    if kind == "customer":
        await create_customer(stage)
    elif kind == "case":
        await create_case(stage)
    elif kind == "entitlement":
        await create_entitlement(stage)
    elif kind is not None:
        await create_activity(stage, task=kind == "task")


async def create_customer(stage: Stage) -> None:
    """Add a customer; one who writes and is not known yet is linked to their conversation."""
    view = stage.session
    unknown = None if view is None or view.state.customer is not None else view
    typed = stage.home_typed.into("new_customer")
    if unknown is not None:
        typed |= {
            key: value for key, value in customers.told_by(unknown).items() if key not in typed
        }
    made: customer_dialogs.NewCustomer | None = await stage.ask(
        customer_dialogs.customer_form(stage.glyphs, typed)
    )
    if made is None:
        return
    customer = await _added(stage, made)
    stage.home_typed.forget("new_customer")
    if unknown is not None:
        await customers.link_known(stage, unknown, customer.id)


async def _added(stage: Stage, new: "customer_dialogs.NewCustomer") -> Customer:
    given = {key: value for key, value in asdict(new).items() if value}
    made: Customer = await stage.link.call("customer.create", **given)
    tell_created(stage, customer_app.customer_tab(made), f"{made.name} is added.")
    return made


async def _whom(stage: Stage) -> About | None:
    """Whom it is about: who is in front, else whoever is chosen."""
    found = await _in_front(stage)
    if found is not None:
        return found
    typed = stage.home_typed.into("whom")
    dialog = customer_dialogs.CustomerPicker("it about", stage.link, (), stage.glyphs, typed, {})
    chosen = await stage.ask(dialog)
    if chosen is None:
        return None
    if isinstance(chosen, customer_dialogs.Known):
        return About(await stage.link.call("customer.get", customer=chosen.customer_id))
    return About(await _added(stage, chosen))


async def create_activity(stage: Stage, *, task: bool) -> None:
    """Add a task, or a note, to a customer's timeline."""
    about = await _whom(stage)
    if about is None:
        return
    kind = "task" if task else "note"
    typed = stage.home_typed.into(f"new_{kind}")
    form = creating.ActivityForm(
        about.customer.name,
        stage.glyphs,
        typed,
        task=task,
        about=about.words,
        now=stage.link.now,
        tz=stage.tz,
    )
    made: creating.NewActivity | None = await stage.ask(form)
    if made is None:
        return
    await stage.link.call(
        "timeline.add",
        customer=about.customer.id,
        kind=kind,
        title=made.title,
        body=made.body,
        due_at=made.due or None,
        case=about.case.id if about.case else None,
        conversation=about.conversation,
    )
    stage.home_typed.forget(f"new_{kind}")
    tell_created(
        stage, timeline_app.timeline_tab(about.customer, made.title), f"The {kind} is added."
    )


async def create_case(stage: Stage) -> None:
    """Create a case; the session in front says what it is about, and is linked to it."""
    about = await _whom(stage)
    if about is None:
        return
    view = stage.session
    if view is not None and about.conversation is not None:
        await cases.create_case(stage)
        return
    typed = stage.home_typed.into("new_case")
    known = {"product": about.customer.device, "origin": next(iter(stage.link.channels), "")}
    form = case_dialogs.CaseForm(about.customer, stage.link, stage.glyphs, typed, known)
    wanted = await stage.ask(form)
    if wanted is not None:
        given = cases.case_values(about.customer, wanted)
        made = await stage.link.call("case.create", **given)
        stage.home_typed.forget("new_case")
        tell_created(stage, case_app.case_tab(made), f"{made.number} is created.")


async def create_entitlement(stage: Stage) -> None:
    """Draft an entitlement; it opens in a tab, where the rest of it is filled in."""
    denied = await stage.link.call("entitlement.may_change")
    if denied:
        stage.messages.say(denied)
        return
    about = await _whom(stage)
    if about is None:
        return
    templates = await stage.link.call("entitlement.template_list")
    typed = stage.home_typed.into("new_entitlement")
    form = entitlement_dialogs.EntitlementForm(
        about.customer.name, templates, stage.link.now(), stage.glyphs, typed
    )
    wanted: entitlement_dialogs.NewEntitlement | None = await stage.ask(form)
    if wanted is None:
        return
    given = {
        "customer": about.customer.id,
        "name": wanted.name,
        "starts": wanted.starts,
        "ends": wanted.ends,
    }
    if wanted.template == entitlement_dialogs.BLANK:
        made = await stage.link.call("entitlement.create", total=wanted.total, **given)
    else:
        made = await stage.link.call(
            "entitlement.from_template", template=int(wanted.template), **given
        )
    stage.home_typed.forget("new_entitlement")
    stage.beside.open_record(entitlement_app.entitlement_tab(made))
    stage.messages.say(f"{made.name} is a draft: fill in the fields, ^s saves, a activates it.")
