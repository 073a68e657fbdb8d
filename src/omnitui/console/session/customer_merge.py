"""Two records of one person made one, by keys: with whom, which stays, what that does."""

from omnitui.console.apps.holder import TabHolder
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.customer_merge import MergeCustomersDialog, TwinDialog
from omnitui.console.present.profile import Suggested
from omnitui.console.session.actions import attempt
from omnitui.model.errors import Refusal


async def merge(view: TabHolder) -> None:
    """Merge the customer that keys mean with somebody who is chosen."""
    key, link = view.customer_in_front, view.link
    if key is None:
        return
    customer = await link.call("customer.get", customer=key)
    likely = await link.call("customer.duplicates", customer=customer.id)
    suggested = [
        Suggested(await link.call("customer.get", customer=one.customer_id), one.because)
        for one in likely
    ]
    typed = f"merge-{customer.id}"
    while True:
        picker = TwinDialog(customer, link, suggested, view.glyphs, view.typed_in(typed))
        picked = await ask(view.app, picker)
        if picked is None:
            return
        given = {"from": picked, "into": customer.id}
        preview = await link.attempt("customer.merge_preview", **given)
        if isinstance(preview, Refusal):
            view.toast(preview)
            return
        agreed = await ask(view.app, MergeCustomersDialog(preview, link, view.glyphs))
        if agreed is not None:
            break
    given = {"from": agreed.from_.id, "into": agreed.into.id}
    if await attempt(view, "customer.merge", **given) is not None:
        view.forget_typed(typed)
        said = f"{agreed.from_.name} is part of {agreed.into.name} now; u takes it back."
        view.app.notify(said, timeout=5, markup=False)
