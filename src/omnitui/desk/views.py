"""Home's lists filtered, sorted and saved as views."""

from msgspec import Struct

from omnitui.desk import undo_rows
from omnitui.desk.call import Call
from omnitui.desk.convert import Moment, Name
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.triage import SORTS, Condition, View, Vocabulary
from omnitui.rules.triage import FilterError, parse, timed, with_closed
from omnitui.safetext import clean_line
from omnitui.store import conversations, triage, views
from omnitui.store.images import Watched

DAY = 86_400_000
LONGEST_NAME = 24
_MOST_PAGES = 1_000


class Found(Struct, frozen=True):
    """The keys that match, in order. `timed`: the matches change with time.

    `count` is the number of matches, of which the keys are the first; `closed` says that closed
    ones are listed too. `has` are the priorities and labels in the unfiltered list.
    """

    keys: list[int]
    timed: bool
    count: int = 0
    closed: bool = False
    has: tuple[str, ...] = ()


class CountedView(Struct, frozen=True):
    """A view, and its number of matches; None when its filter names something that no longer
    exists."""

    view: View
    count: int | None


@query("home.find")
def find(
    call: Call,
    stream: str,
    since: Moment | None = None,
    filter: str = "",  # noqa: A002 - callers know it by this name
    sort: str = "",
    pages: int = 1,
) -> Found:
    """The keys of one of Home's lists that match a filter, sorted by a column (`-wait`: reversed).

    The filter is words and fields: `is:open channel:email sla:<10m sentiment:negative queue:billing
    skill:router waiting:>5m agent:bo label:vip priority:>0 text`; a minus negates. In the list of
    all, `is:closed` lists the closed ones, `is:any` both. Of very many the first ones are returned,
    `pages` of them.
    """
    _check_stream(stream)
    column, turned = _order(sort)
    conditions = _understood(call, filter)
    start = call.now - DAY if since is None else since
    closed = stream == "all" and with_closed(conditions)
    store, agent = call.store, call.agent
    pages = max(1, min(pages, _MOST_PAGES))
    keys = triage.find(
        store, stream, agent, start, call.now, conditions, column, turned, closed, pages
    )
    count, most = len(keys), pages * triage.page(closed)
    if count > most:
        del keys[most:]
        count = triage.count(store, stream, agent, start, call.now, conditions, closed)
    has = triage.told(store, stream, agent, start, closed)
    return Found(keys, timed(conditions), count, closed, tuple(has))


@query("home.vocabulary")
def vocabulary(call: Call) -> Vocabulary:
    """What a filter can use: channels, queues, agents, skills, labels."""
    return _vocabulary(call, "skill: label:")


def _vocabulary(call: Call, written: str) -> Vocabulary:
    """The words that a filter may use: skills and labels are read from rows."""
    queues, agents = triage.names(call.store)
    return Vocabulary(
        channels={key: channel.label for key, channel in call.channels.items()},
        queues=queues,
        agents=agents,
        skills=triage.skills(call.store) if "skill:" in written else (),
        labels=triage.labels(call.store) if "label:" in written else (),
    )


@command("view.save")
def save(
    call: Call,
    name: Name,
    stream: str,
    filter: str = "",  # noqa: A002 - callers know it by this name
    sort: str = "",
    shared: bool = False,
) -> View:
    """Save a list with its filter and order as a view; a view of that name is replaced.

    A supervisor can share it with everybody.
    """
    title = clean_line(name).strip()
    if not title or len(title) > LONGEST_NAME:
        raise Refused(
            "view.name", f"A view's name has 1 to {LONGEST_NAME} characters.", "Choose another."
        )
    owner = _owner(call, shared)
    _check_stream(stream)
    _order(sort)
    _understood(call, filter)
    values = {"name": title, "stream": stream, "filter": clean_line(filter), "sort": sort}
    known = views.named(call.store, owner, title)
    if known is None and owner is not None:
        _check_room(call, owner)
    watched = Watched("views", "id", known.id if known else call.store.next_key("views"))
    with undo_rows.rows(call, "view", f"saved the view {title}", f"the view {title}", watched):
        if known is not None:
            views.change(call.store, known.id, values)
        else:
            views.add(call.store, owner, values)
        call.journal("view.saved", name=title, shared=shared)
    saved = views.named(call.store, owner, title)
    assert saved is not None
    return saved


undo_rows.declare("view")


def _check_room(call: Call, owner: int) -> None:
    if len(views.seen_by(call.store, owner)) >= views.MOST:
        raise Refused(
            "view.many", f"There are {views.MOST} views already.", "Delete one of them first."
        )


@query("view.list")
def list_(call: Call, since: Moment | None = None) -> list[CountedView]:
    """Your saved views and the shared ones, each with its number of matches."""
    start = call.now - DAY if since is None else since
    return [
        CountedView(view, _count(call, view, start))
        for view in views.seen_by(call.store, call.agent)
    ]


def _count(call: Call, view: View, since: int) -> int | None:
    try:
        conditions = _understood(call, view.filter)
    except Refused:
        return None
    closed = view.stream == "all" and with_closed(conditions)
    return triage.count(call.store, view.stream, call.agent, since, call.now, conditions, closed)


@command("view.delete")
def delete(call: Call, name: Name, shared: bool = False) -> None:
    """Delete a saved view; its conversations do not change."""
    view = views.named(call.store, _owner(call, shared), name.strip())
    if view is None:
        known = [v.name for v in views.seen_by(call.store, call.agent) if v.shared == shared]
        there = f"There are {', '.join(known)}." if known else "There are none."
        raise Refused("view.unknown", f"There is no view called {name!r}.", there)
    watched, named = Watched("views", "id", view.id), f"the view {view.name}"
    with undo_rows.rows(call, "view", f"deleted {named}", named, watched):
        views.delete(call.store, view.id)
        call.journal("view.deleted", name=view.name, shared=shared)


def _owner(call: Call, shared: bool) -> int | None:
    if not shared:
        return call.agent
    if not call.actor.may(Permission.SUPERVISE):
        raise Refused(
            "view.shared",
            "Only supervisors can change shared views.",
            "Leave out shared for a view of your own.",
        )
    return None


def _check_stream(stream: str) -> None:
    if stream not in conversations.STREAMS:
        raise Refused(
            "home.stream",
            f"There is no list {stream!r}.",
            f"There are {', '.join(conversations.STREAMS)}.",
        )


def _order(sort: str) -> tuple[str, bool]:
    turned = sort.startswith("-")
    column = sort[1:] if turned else sort
    if column and column not in SORTS:
        raise Refused(
            "home.sort",
            f"A list cannot be sorted by {column!r}.",
            f"Use {', '.join(SORTS)}; a minus reverses the order.",
        )
    return column, turned


def _understood(call: Call, written: str) -> tuple[Condition, ...]:
    if not written.strip():
        return ()
    try:
        return parse(written, _vocabulary(call, written.casefold()))
    except FilterError as error:
        raise Refused("filter.unknown", error.sentence, error.hint) from None
