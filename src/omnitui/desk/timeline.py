"""A customer's timeline: activities, cases and conversations as one list, and what was missed."""

from omnitui.desk import follow_ups
from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import Moment
from omnitui.desk.registry import command, query
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import AgentId, CaseId, ConversationId, CustomerId
from omnitui.model.timeline import USUAL_KINDS, Activity, ActivityKind, Missed
from omnitui.rules.cases import merged
from omnitui.safetext import clean, clean_line
from omnitui.store import activities, cases, conversations

_WRITABLE = (ActivityKind.CALL, ActivityKind.MAIL, ActivityKind.NOTE, ActivityKind.TASK)
_MOST_WORDS = 12


@query("timeline.list")
def list_(
    call: Call,
    customer: CustomerId | None = None,
    case: CaseId | None = None,
    conversation: ConversationId | None = None,
    kinds: list[ActivityKind] | None = None,
    text: str = "",
    before: Moment | None = None,
    limit: int = 50,
) -> list[Activity]:
    """One page of a customer's timeline, newest first.

    With `case` or `conversation` only what is about it; the customer may then be left out. `kinds`
    filters; `case` includes events of cases. Without `kinds` messages and events are left out,
    unless a `conversation` or a `text` is given: all words of the text must occur. `before` is the
    time of the last row of the previous page. A page never ends between two rows of the same time,
    and may be longer than `limit` because of that.
    """
    words = tuple(text.casefold().split()[:_MOST_WORDS])
    asked = activities.Asked(
        _whose(call, customer, case, conversation),
        _kinds(kinds, everything=bool(words) or conversation is not None),
        case,
        conversation,
        words,
        before=2**62 if before is None else before,
    )
    return activities.timeline(call.store, asked, limit=page_size(limit, 500))


def _kinds(
    kinds: list[ActivityKind] | None, *, everything: bool
) -> tuple[ActivityKind, ...] | frozenset[ActivityKind]:
    if not kinds:
        return tuple(ActivityKind) if everything else USUAL_KINDS
    events = {ActivityKind.EVENT} if ActivityKind.CASE in kinds else set()
    return frozenset({*kinds, *events})


def _whose(
    call: Call,
    customer: CustomerId | None,
    case: CaseId | None,
    conversation: ConversationId | None,
) -> CustomerId:
    """The customer whose timeline it is; refused if the given records have different customers."""
    owners: list[tuple[str, str, int | None]] = []
    if case is not None:
        found = cases.get(call.store, case)
        assert found is not None
        owners.append(("case", found.number, found.customer_id))
    if conversation is not None:
        one = conversations.get(call.store, conversation)
        assert one is not None
        owners.append(("conversation", f"The conversation with {one.name}", one.customer_id))
    if customer is None and not owners:
        raise Refused(
            "timeline.whose",
            "A timeline needs a customer.",
            "Give a customer, a case or a conversation.",
        )
    for noun, what, owner in owners:
        if owner is None:
            raise Refused(
                "conversation.no_customer",
                f"{what} has no customer yet.",
                "Link the customer first.",
            )
        if customer is not None and owner != customer:
            raise Refused(
                f"{noun}.other_customer",
                f"{what} belongs to another customer.",
                "Give one of this customer's, or none.",
            )
        customer = CustomerId(owner)
    assert customer is not None
    return customer


def _check_there(call: Call, case: CaseId | None) -> None:
    """Refuse a case that was merged into another one."""
    found = None if case is None else cases.get(call.store, case)
    if found is not None and found.merged_into is not None:
        refuse(merged(found))


@query("timeline.missed")
def missed(
    call: Call, customer: CustomerId, kinds: list[ActivityKind] | None = None, limit: int = 50
) -> Missed:
    """What others did and wrote since you last looked at this customer, newest first.

    `kinds` filters. `timeline.looked` marks it as seen.
    """
    agent = call.agent
    since = activities.looked_at(call.store, agent, customer)
    if since is None:
        return Missed(None)
    wanted = _kinds(kinds, everything=True)
    asked = activities.Asked(customer, wanted, after=since, not_by=agent)
    size = page_size(limit, 500)
    rows = activities.first_page(call.store, asked, size + 1)
    return Missed(since, tuple(rows[:size]), len(rows) > size)


@command("timeline.looked")
def looked(call: Call, customer: CustomerId) -> None:
    """Mark a customer's timeline as seen: nothing before now is missed."""
    activities.look(call.store, call.agent, customer, call.now)


@command("timeline.add")
def add(
    call: Call,
    customer: CustomerId,
    kind: ActivityKind,
    title: str,
    body: str = "",
    case: CaseId | None = None,
    due_at: str | None = None,
    conversation: ConversationId | None = None,
    owner: AgentId | None = None,
    zone: str = "",
) -> int:
    """Add a note, a task, a call or a mail to a customer's timeline; returns its key.

    A task may be due: `due_at` takes words such as `2h`, `fri 9am`, `next week`, in the time zone
    `zone` (such as Europe/Oslo; by default the machine's), or a time. Its `owner` is reminded then,
    by default the agent who adds it.
    """
    if kind not in _WRITABLE:
        raise Refused(
            "activity.kind",
            f"A {kind.value} cannot be added by hand.",
            f"Add one of {', '.join(k.value for k in _WRITABLE)}.",
        )
    named = clean_line(title).strip()
    if not named:
        raise Refused("activity.title", "It needs a title.", "Give a short title.")
    _whose(call, customer, case, conversation)
    _check_there(call, case)
    task = kind is ActivityKind.TASK
    if not task and (due_at is not None or owner is not None):
        raise Refused("activity.not_a_task", f"A {kind.value} cannot be done.", "Add a task.")
    due = None if due_at is None else follow_ups.due(call, due_at, zone)
    values = {
        "customer_id": customer,
        "case_id": case,
        "conversation_id": conversation,
        "kind": kind,
        "at": call.now,
        "title": named,
        "body": clean(body),
        "author": call.actor.name,
        "author_id": call.agent_or_none,
        "due_at": due,
        "owner_id": (call.agent_or_none if owner is None else owner) if task else None,
    }
    what, next_key = f"added the {kind.value} “{named}”", call.store.next_key("activities")
    with follow_ups.undoable(call, what, next_key, named, customer, case):
        key = call.store.insert("activities", values)
        follow_ups.remind(call, key, due)
        call.journal("activity.added", customer=customer, case=case, activity=key, what=kind.value)
    return key
