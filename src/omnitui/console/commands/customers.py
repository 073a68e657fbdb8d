"""Who writes: the customer of a session, or whose record is in front."""

from functools import partial
from typing import TYPE_CHECKING

from omnitui.console.apps import customer as customer_app
from omnitui.console.apps import timeline as timeline_app
from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.cases import edit_fields, link_case
from omnitui.console.commands.stage import Stage, session_of
from omnitui.console.dialogs import customers as dialogs
from omnitui.console.present.records.customer_merge import changed_meanwhile
from omnitui.console.present.records.profile import Suggested
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView
    from omnitui.desk.customers.merging import MergePreview


_customer = partial(command, group="Customer and case")


@_customer("session.link", "l", "Link", footer=30, needs=[needs.session])
async def link(stage: Stage) -> None:
    """Link the customer; when one is linked, link one of their cases."""
    known = session_of(stage).state.customer is not None
    await (link_case if known else link_customer)(stage)


def told_by(view: "SessionView") -> dict[str, str]:
    """What whoever writes has told about themselves: name, email, phone, as far as they have."""
    context = view.state.conversation.context
    return {key: str(context[key]) for key in ("name", "email", "phone") if context.get(key)}


@_customer("session.link_customer", "L", "Link customer", needs=[needs.session])
async def link_customer(stage: Stage) -> None:
    """Link another customer, or add one."""
    view = session_of(stage)
    item, typed = view.state.conversation, view.typed.into("customer")
    wrong = ""
    while True:
        asking = dialogs.CustomerPicker(
            item.name,
            stage.link,
            view.summary.suggested,
            stage.glyphs,
            typed,
            told_by(view),
            wrong,
        )
        found = await stage.ask(asking)
        if isinstance(found, dialogs.Known):
            await link_known(stage, view, found.customer_id)
        if not isinstance(found, dialogs.NewCustomer):
            return
        made = await stage.link.attempt(
            "customer.create",
            name=found.name,
            email=found.email or None,
            phone=found.phone or None,
            language=str(item.context.get("language", "en"))[:5] or "en",
        )
        if not isinstance(made, Refusal):
            view.typed.forget("customer")
            await link_known(stage, view, made.id)
            return
        wrong = str(made)


async def link_known(stage: Stage, view: "SessionView", customer: int) -> None:
    """Link a customer who is known already to a session's conversation."""
    given = {"conversation": view.conversation_id, "customer": customer}
    await stage.link.call("conversation.link_customer", **given)


@_customer("session.unlink_customer", "I", "Unlink customer", needs=[needs.customer])
async def unlink_customer(stage: Stage) -> None:
    """Unlink the customer: another person is writing."""
    key = session_of(stage).conversation_id
    await stage.link.call("conversation.unlink_customer", conversation=key)


@_customer("customer.open", "i", "Customer", needs=[needs.customer])
async def open_customer(stage: Stage) -> None:
    """Open the customer in a tab: fields, addresses, entitlements, cases."""
    customer = session_of(stage).state.customer
    assert customer is not None
    stage.beside.open_record(customer_app.customer_tab(customer))


@_customer(
    "customer.edit",
    "shift+f2",
    "Edit the customer",
    where=Where.ANYWHERE,
    needs=[needs.fields_of("customer")],
)
async def edit_customer(stage: Stage) -> None:
    """Edit the open customer in its tab, or the linked one in the summary; addresses too."""
    edit_fields(stage, "customer")


@_customer("timeline.open", "T", "Timeline", needs=[needs.customer])
async def open_timeline(stage: Stage) -> None:
    """Open the customer's timeline in a tab: by kind, by words, with what is new to you."""
    customer = session_of(stage).state.customer
    assert customer is not None
    stage.beside.open_record(timeline_app.timeline_tab(customer))


@_customer(
    "customer.merge",
    "J",
    "Merge customers",
    where=Where.RECORDS,
    needs=[needs.customer_in_front],
)
async def merge_customers(stage: Stage) -> None:
    """Merge the open or linked customer with another record of the same person."""
    beside = stage.beside
    key = beside.customer_in_front
    assert key is not None
    wrong: str | None = ""
    while wrong is not None:
        picked = await _choose(stage, key, wrong)
        if picked is None:
            return
        wrong = await _agree(stage, key, picked)
    beside.typed.forget(f"merge-{key}")


async def _choose(stage: Stage, key: int, wrong: str) -> int | None:
    """Ask who the other one is; `wrong` is why the one chosen before cannot be."""
    link = stage.link
    customer = await link.call("customer.get", customer=key)
    likely = await link.call("customer.duplicates", customer=customer.id)
    suggested = [
        Suggested(await link.call("customer.get", customer=one.customer_id), one.because)
        for one in likely
    ]
    typed = stage.beside.typed.into(f"merge-{key}")
    dialog = dialogs.TwinDialog(customer, link, suggested, stage.glyphs, typed, wrong)
    return await stage.ask(dialog)


async def _agree(stage: Stage, key: int, picked: int) -> str | None:
    """Show both, and merge them when that is agreed to; None when it is done.

    Otherwise somebody else is to be chosen: because the desk says no, or without a reason.
    """
    found, wrong = await _preview(stage, picked, key), ""
    while not isinstance(found, Refusal):
        dialog = dialogs.MergeCustomersDialog(found, stage.link, stage.glyphs, wrong)
        agreed = await stage.ask(dialog)
        if agreed is None:
            return ""
        # A customer who was merged meanwhile answers as somebody whom nobody has agreed to.
        found = await _preview(stage, agreed.from_.id, agreed.into.id)
        if isinstance(found, Refusal):
            break
        wrong = changed_meanwhile(agreed, found)
        if not wrong:
            given = {"from": agreed.from_.id, "into": agreed.into.id}
            done = await stage.link.attempt("customer.merge", **given)
            if not isinstance(done, Refusal):
                stage.messages.done(f"Merged {agreed.from_.name} into {agreed.into.name}")
                return None
            wrong = str(done)
    return str(found)


async def _preview(stage: Stage, from_: int, into: int) -> "MergePreview | Refusal":
    given = {"from": from_, "into": into}
    found: MergePreview | Refusal = await stage.link.attempt("customer.merge_preview", **given)
    return found
