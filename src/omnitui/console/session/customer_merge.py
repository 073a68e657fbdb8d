"""Two records of one person made one, by keys: with whom, which stays, what that does."""

from omnitui.console.apps.holder import TabHolder
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.customers import MergeCustomersDialog, TwinDialog
from omnitui.console.present.records.customer_merge import changed_meanwhile
from omnitui.console.present.records.profile import Suggested
from omnitui.desk.customers.merging import MergePreview
from omnitui.model.errors import Refusal


async def merge(view: TabHolder) -> None:
    """Merge the customer that keys mean with somebody who is chosen."""
    key = view.customer_in_front
    if key is None:
        return
    wrong: str | None = ""
    while wrong is not None:
        picked = await _choose(view, key, wrong)
        if picked is None:
            return
        wrong = await _agree(view, key, picked)
    view.forget_typed(_typed(key))


def _typed(key: int) -> str:
    return f"merge-{key}"


async def _choose(view: TabHolder, key: int, wrong: str) -> int | None:
    """Ask who the other one is; `wrong` is why the one chosen before cannot be."""
    link = view.link
    customer = await link.call("customer.get", customer=key)
    likely = await link.call("customer.duplicates", customer=customer.id)
    suggested = [
        Suggested(await link.call("customer.get", customer=one.customer_id), one.because)
        for one in likely
    ]
    typed = view.typed_in(_typed(key))
    return await ask(view.app, TwinDialog(customer, link, suggested, view.glyphs, typed, wrong))


async def _agree(view: TabHolder, key: int, picked: int) -> str | None:
    """Show both, and merge them when that is agreed to; None when it is done.

    Otherwise somebody else is to be chosen: because the desk says no, or without a reason.
    """
    found, wrong = await _preview(view, picked, key), ""
    while not isinstance(found, Refusal):
        agreed = await ask(view.app, MergeCustomersDialog(found, view.link, view.glyphs, wrong))
        if agreed is None:
            return ""
        # A customer who was merged meanwhile answers as somebody whom nobody has agreed to.
        found = await _preview(view, agreed.from_.id, agreed.into.id)
        if isinstance(found, Refusal):
            break
        wrong = changed_meanwhile(agreed, found)
        if not wrong:
            given = {"from": agreed.from_.id, "into": agreed.into.id}
            done = await view.link.attempt("customer.merge", **given)
            if not isinstance(done, Refusal):
                view.done(f"{agreed.from_.name} is part of {agreed.into.name} now")
                return None
            wrong = str(done)
    return str(found)


async def _preview(view: TabHolder, from_: int, into: int) -> MergePreview | Refusal:
    given = {"from": from_, "into": into}
    found: MergePreview | Refusal = await view.link.attempt("customer.merge_preview", **given)
    return found
