"""What is done with cases: opened, created, linked, moved through their life, merged."""

from functools import partial
from typing import TYPE_CHECKING, Any

from omnitui.console.apps import case as case_app
from omnitui.console.apps import entitlement as entitlement_app
from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, session_of, tell_created
from omnitui.console.dialogs import case_family, entitlements
from omnitui.console.dialogs import cases as dialogs
from omnitui.console.session import typing as words_of
from omnitui.model.case import Case, CasePriority
from omnitui.model.conversation import MessageKind, Speaker
from omnitui.model.customer import Customer
from omnitui.model.errors import Refused

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView
    from omnitui.desk.cases.looking import Family
    from omnitui.desk.cases.merging import MergedCases

_DESCRIBED = 1_000
"""How many characters of what the customer has said describe a new case."""
_MOST = 100
"""How many cases of a customer are offered."""
_PRIORITIES = (CasePriority.LOW, CasePriority.NORMAL, CasePriority.HIGH)

_case = partial(command, group="Customer and case")
_of_case = partial(_case, where=Where.RECORDS, needs=[needs.active_case])


@_case("case.open", "c", "Case", needs=[needs.linked_case])
async def open_case(stage: Stage) -> None:
    """Open the linked case in a tab: every field, its targets, its timeline."""
    case = session_of(stage).state.case
    assert case is not None
    stage.beside.open_record(case_app.case_tab(case))


@_case("case.edit", "f2", "Edit the case", where=Where.ANYWHERE, needs=[needs.fields_of("case")])
async def edit_case(stage: Stage) -> None:
    """Edit the open case in its tab, or the linked one in the summary."""
    edit_fields(stage, "case")


def edit_fields(stage: Stage, what: str) -> None:
    """Edit a `case` or `customer`: the open one in its tab, else the linked one in the summary."""
    body = needs.body_in_front(stage, what)
    if body is not None:
        body.edit()
    else:
        session_of(stage).edit(what)


def _whose(view: "SessionView") -> Customer:
    """The customer whose case it becomes; refused if nobody is linked."""
    if view.state.customer is None:
        raise Refused("case.no_customer", "A case needs a customer.", "Link a customer first.")
    return view.state.customer


async def link_case(stage: Stage) -> None:
    """Link one of the customer's cases, or a new one."""
    view = session_of(stage)
    customer, case = _whose(view), view.state.case
    every = await stage.link.call("case.list", customer=customer.id, limit=_MOST)
    known = [one for one in every if one.merged_into is None]
    linked, now = None if case is None else case.id, stage.link.now()
    dialog = case_family.case_picker(customer.name, known, linked, now, stage.tz, stage.glyphs)
    chosen = await stage.ask(dialog)
    if chosen == case_family.NEW:
        await create_case(stage)
    elif chosen is not None:
        given = {"conversation": view.conversation_id, "case": chosen}
        await stage.link.call("conversation.link_case", **given)


@_case("case.create", "m", "New case", footer=31, needs=[needs.customer_for_case])
async def create_case(stage: Stage) -> None:
    """Create a case from what the customer has said, and link it."""
    view = session_of(stage)
    state, customer = view.state, _whose(view)
    said = [
        message.text
        for message in state.messages
        if message.speaker is Speaker.CUSTOMER and message.kind is MessageKind.MESSAGE
    ]
    known = {
        "title": words_of.first_words(
            state.conversation.subject or state.loaded.about.asked or (said[0] if said else "")
        ),
        "product": customer.device,
        "description": "\n".join(said)[:_DESCRIBED],
        "origin": state.conversation.channel,
    }
    instead = "" if state.case is None else f"It replaces {state.case.number} in this conversation."
    typed = view.typed.into("case")
    form = dialogs.CaseForm(customer, stage.link, stage.glyphs, typed, known, instead, links=True)
    wanted = await stage.ask(form)
    if wanted is not None:
        given = case_values(customer, wanted)
        key = view.conversation_id
        made = await stage.link.call("case.create", conversation=key, **given)
        view.typed.forget("case")
        tell_created(stage, case_app.case_tab(made), f"{made.number} is created and linked.")


def case_values(customer: Customer, wanted: "dialogs.NewCase") -> dict[str, Any]:
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


@_of_case("case.resolve", "R", "Resolve case")
async def resolve_case(stage: Stage) -> None:
    """Resolve the open or linked case."""
    case, words = needs.case_of(stage), stage.beside.typed
    key = f"resolve-{case.id}"
    ahead = await stage.link.call("case.consequences", case=case.id, verb="resolve")
    dialog = dialogs.resolve_dialog(case, ahead, stage.link, stage.glyphs, words.into(key))
    how = await stage.ask(dialog)
    if how is not None:
        await stage.link.call(
            "case.resolve",
            case=case.id,
            resolution=how.resolution,
            minutes=how.minutes,
            reason=how.reason.value,
            open_tasks=how.open_tasks.value,
        )
        words.forget(key)


@_of_case("case.priority", "P", "Case priority")
async def turn_priority(stage: Stage) -> None:
    """Give the open or linked case the next priority: low, normal, high."""
    case = needs.case_of(stage)
    after = _PRIORITIES[(_PRIORITIES.index(case.priority) + 1) % len(_PRIORITIES)]
    await stage.link.call("case.update", case=case.id, priority=after.value)


@_of_case("case.cancel", "X", "Cancel case")
async def cancel_case(stage: Stage) -> None:
    """Cancel the open or linked case, created by mistake or no longer needed."""
    case, words = needs.case_of(stage), stage.beside.typed
    key = f"cancel-{case.id}"
    ahead = await stage.link.call("case.consequences", case=case.id, verb="cancel")
    how = await stage.ask(dialogs.cancel_case_dialog(case, ahead, stage.glyphs, words.into(key)))
    if how is not None:
        tasks = how.open_tasks.value
        await stage.link.call("case.cancel", case=case.id, reason=how.reason, open_tasks=tasks)
        words.forget(key)


@_case("case.reopen", "O", "Reopen case", where=Where.RECORDS, needs=[needs.case_that_is_over])
async def reopen_case(stage: Stage) -> None:
    """Reopen the open or linked case when it is resolved or cancelled."""
    await stage.link.call("case.reopen", case=needs.case_of(stage).id)


@_of_case("case.set_reason", "S", "Case status")
async def set_reason(stage: Stage) -> None:
    """Set the status reason of the open or linked case: on hold, waiting for details, ..."""
    case = needs.case_of(stage)
    chosen = await stage.ask(dialogs.reason_dialog(case, stage.link, stage.glyphs))
    if chosen is not None and chosen is not case.reason:
        await stage.link.call("case.set_reason", case=case.id, reason=chosen.value)
        stage.messages.say(f"{case.number}: {chosen.label}.")


async def _active_ones(stage: Stage, case: Case) -> list[Case]:
    """The customer's active cases, the one that is meant first."""
    found: list[Case] = await stage.link.call(
        "case.list", customer=case.customer_id, status="active", limit=_MOST
    )
    return [case, *(one for one in found if one.id != case.id)]


@_of_case("case.merge", "M", "Merge cases")
async def merge_cases(stage: Stage) -> None:
    """Merge the open or linked case with others of its customer."""
    case, link = needs.case_of(stage), stage.link
    them = await _active_ones(stage, case)
    if len(them) < 2:
        hint = "There is no other case to merge with."
        raise Refused("case.merge_count", f"{case.number} is the only active case.", hint)
    customer = await link.call("customer.get", customer=case.customer_id)
    dialog = case_family.MergeDialog(
        customer.name, case, them, link, link.now(), stage.tz, stage.glyphs
    )
    wanted = await stage.ask(dialog)
    if wanted is None:
        return
    done = await link.call("case.merge", cases=list(wanted.cases), into=wanted.into)
    many = len(wanted.cases) - 1
    what = "1 case was" if many == 1 else f"{many} cases were"
    stage.messages.done(f"{what} merged into {done.number}")
    if stage.beside.apps.front is not None:
        stage.beside.open_record(case_app.case_tab(done))


@_of_case("case.family", "F", "Parent, children")
async def change_family(stage: Stage) -> None:
    """Create a child of the case, set its parent, or unmerge what was merged into it."""
    case, link = needs.case_of(stage), stage.link
    kin: Family = await link.call("case.family", case=case.id)
    merges: list[MergedCases] = await link.call("case.merges", case=case.id, limit=1)
    above = [] if kin.children else (await _active_ones(stage, case))[1:]
    above = [one for one in above if one.parent_id is None and one.id != case.parent_id]
    dialog = case_family.family_dialog(case, above, merges, link.now(), stage.tz, stage.glyphs)
    wanted = await stage.ask(dialog)
    if wanted is None:
        return
    if wanted.what == "child":
        await _create_child(stage, case)
    elif wanted.what == "unmerge":
        unmerged = await link.call("case.unmerge", case=case.id)
        stage.messages.say(
            f"Unmerged from {case.number}: {', '.join(one.number for one in unmerged)}."
        )
    else:
        parent = wanted.key if wanted.what == "under" else "none"
        await link.call("case.set_parent", case=case.id, parent=parent)


async def _create_child(stage: Stage, parent: Case) -> None:
    """Create a case under another one, and open it."""
    words, key = stage.beside.typed, f"child-{parent.id}"
    wanted = await stage.ask(case_family.child_dialog(parent, stage.glyphs, words.into(key)))
    if wanted is not None:
        given = {"title": wanted.title, "description": wanted.description}
        made = await stage.link.call("case.create", parent=parent.id, **given)
        words.forget(key)
        stage.beside.open_record(case_app.case_tab(made))


@_of_case("case.entitlement", "U", "Entitlement")
async def choose_entitlement(stage: Stage) -> None:
    """Choose the entitlement of the open or linked case."""
    case, link = needs.case_of(stage), stage.link
    options = await link.call("entitlement.for_case", case=case.id)
    channel = link.channels.get(case.origin)
    origin = channel.label if channel else case.origin
    chosen = await stage.ask(entitlements.choose_entitlement(case, origin, options, stage.glyphs))
    if chosen is None:
        return
    if chosen.startswith(entitlements.OPEN):
        key = int(chosen.removeprefix(entitlements.OPEN))
        found = await link.call("entitlement.get", entitlement=key)
        stage.beside.open_record(entitlement_app.entitlement_tab(found))
        return
    none = chosen == entitlements.NONE and case.entitlement_id is None
    if none or chosen == str(case.entitlement_id):
        return
    done = await link.call("case.update", case=case.id, entitlement=chosen)
    said = f"Entitlement of {case.number}: {done.entitlement_name}."
    if done.entitlement_id is None:
        said = f"{case.number} has no entitlement; its terms were returned."
    stage.messages.say(said)
