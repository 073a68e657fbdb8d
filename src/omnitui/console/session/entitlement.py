"""What a case uses of what its customer is owed: chosen, taken off, opened."""

from omnitui.console.apps.entitlement import entitlement_tab
from omnitui.console.apps.holder import TabHolder
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.entitlements import NONE, OPEN, choose_entitlement
from omnitui.console.session.actions import attempt
from omnitui.console.session.cases import none_active
from omnitui.model.case import CaseStatus


async def choose(view: TabHolder) -> None:
    """Show what the active case in front could use, and give it what is chosen."""
    case = view.case_in_front
    if case is None or case.status is not CaseStatus.ACTIVE:
        none_active(view, case)
        return
    options = await attempt(view, "entitlement.for_case", case=case.id)
    if options is None:
        return
    channel = view.link.channels.get(case.origin)
    origin = channel.label if channel else case.origin
    chosen = await ask(view.app, choose_entitlement(case, origin, options, view.glyphs))
    if chosen is None:
        return
    if chosen.startswith(OPEN):
        key = int(chosen.removeprefix(OPEN))
        found = await attempt(view, "entitlement.get", entitlement=key)
        if found is not None:
            view.open_record(entitlement_tab(found))
        return
    if chosen == str(case.entitlement_id) or (chosen == NONE and case.entitlement_id is None):
        return
    done = await attempt(view, "case.update", case=case.id, entitlement=chosen)
    if done is not None:
        said = f"{case.number} uses {done.entitlement_name}."
        if done.entitlement_id is None:
            said = f"{case.number} uses no entitlement; what it had used is given back."
        view.app.notify(said, timeout=4, markup=False)
