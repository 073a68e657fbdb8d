"""How cases stand, which become one, and which are under which: done by keys."""

from omnitui.console.apps.case import case_tab
from omnitui.console.apps.holder import TabHolder
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.case_family import MergeDialog, child_dialog, family_dialog
from omnitui.console.dialogs.cases import reason_dialog
from omnitui.console.session.actions import attempt
from omnitui.console.session.cases import none_active
from omnitui.desk.cases.looking import Family
from omnitui.desk.cases.merging import MergedCases
from omnitui.model.case import Case, CaseStatus
from omnitui.model.errors import Refusal

_MOST = 100


def _active(view: TabHolder) -> Case | None:
    """The active case that keys mean; says why there is none."""
    case = view.case_in_front
    if case is None or case.status is not CaseStatus.ACTIVE:
        none_active(view, case)
        return None
    return case


async def stand(view: TabHolder) -> None:
    """Say how a case stands."""
    case = _active(view)
    if case is None:
        return
    reason = await ask(view.app, reason_dialog(case, view.link, view.glyphs))
    if reason is not None and reason is not case.reason:
        done = await attempt(view, "case.set_reason", case=case.id, reason=reason.value)
        if done is not None:
            view.app.notify(f"{case.number} is {reason.label}.", timeout=3, markup=False)


async def _active_ones(view: TabHolder, case: Case) -> list[Case]:
    """The customer's active cases, the one that is meant first."""
    found: list[Case] = await view.link.call(
        "case.list", customer=case.customer_id, status="active", limit=_MOST
    )
    return [case, *(one for one in found if one.id != case.id)]


async def merge(view: TabHolder) -> None:
    """Merge a case with others of its customer."""
    case = _active(view)
    if case is None:
        return
    link = view.link
    them = await _active_ones(view, case)
    if len(them) < 2:
        hint = "There is nothing to merge it with."
        view.toast(Refusal("case.merge_count", f"{case.number} is the only active case.", hint))
        return
    customer = await link.call("customer.get", customer=case.customer_id)
    dialog = MergeDialog(customer.name, case, them, link, link.now(), view.tz, view.glyphs)
    wanted = await ask(view.app, dialog)
    if wanted is None:
        return
    done = await attempt(view, "case.merge", cases=list(wanted.cases), into=wanted.into)
    if done is None:
        return
    many = len(wanted.cases) - 1
    what = "1 case is" if many == 1 else f"{many} cases are"
    view.done(f"{what} part of {done.number} now")
    if view.apps.front is not None:
        view.open_record(case_tab(done))


async def family(view: TabHolder) -> None:
    """Ask what is to become of a case's family, and do it."""
    case = _active(view)
    if case is None:
        return
    link = view.link
    kin: Family = await link.call("case.family", case=case.id)
    merges: list[MergedCases] = await link.call("case.merges", case=case.id, limit=1)
    above = [] if kin.children else (await _active_ones(view, case))[1:]
    above = [one for one in above if one.parent_id is None and one.id != case.parent_id]
    dialog = family_dialog(case, above, merges, link.now(), view.tz, view.glyphs)
    wanted = await ask(view.app, dialog)
    if wanted is None:
        return
    if wanted.what == "child":
        await _child(view, case)
    elif wanted.what == "unmerge":
        parted = await attempt(view, "case.unmerge", case=case.id)
        if parted is not None:
            numbers = ", ".join(one.number for one in parted)
            view.app.notify(f"Parted from {case.number}: {numbers}.", timeout=4, markup=False)
    else:
        parent = wanted.key if wanted.what == "under" else "none"
        await attempt(view, "case.set_parent", case=case.id, parent=parent)


async def _child(view: TabHolder, parent: Case) -> None:
    """Create a case under another one, and open it."""
    typed = f"child-{parent.id}"
    wanted = await ask(view.app, child_dialog(parent, view.glyphs, view.typed_in(typed)))
    if wanted is None:
        return
    made = await attempt(
        view, "case.create", parent=parent.id, title=wanted.title, description=wanted.description
    )
    if made is not None:
        view.forget_typed(typed)
        view.open_record(case_tab(made))
