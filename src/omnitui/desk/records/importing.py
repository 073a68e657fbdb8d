"""Import of records in one transaction: all lines, only the good ones, or none.

Every line is tried, so that one run shows all errors.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.datafiles.records import (
    ARTICLES,
    CASES,
    CUSTOMERS,
    ENTITLEMENTS,
    Problem,
    Record,
    RecordKind,
)
from omnitui.desk.call import Call
from omnitui.desk.desk import Desk
from omnitui.desk.records import article_rows, case_rows, customer_rows, entitlement_rows
from omnitui.desk.records.references import Outcome, Result
from omnitui.desk.sla import keeping
from omnitui.model.actor import Actor, Permission
from omnitui.model.errors import Refused

_PUT: dict[str, Callable[[Call, Mapping[str, Any], Mapping[int, int]], Result]] = {
    ARTICLES.name: article_rows.put,
    CASES.name: case_rows.put,
    CUSTOMERS.name: customer_rows.put,
    ENTITLEMENTS.name: entitlement_rows.put,
}
_SETTLED = 500
"""The number of lines after which targets are updated."""


class Imported(Struct):
    """The result of an import. If `written` is False, the store has not changed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: int = 0
    written: bool = False


class _NotKept(Exception):
    """Rolls back everything that was written."""


class _Run(Struct):
    """One import: its counts, and which lines wrote which records."""

    kind: RecordKind
    tell: Callable[[Problem], None]
    counts: Counter[Outcome] = field(default_factory=Counter)
    written: dict[int, int] = field(default_factory=dict)
    bad: int = 0
    last_bad: int = 0

    def wrong(self, problem: Problem) -> None:
        self.bad += problem.line != self.last_bad
        self.last_bad = problem.line
        self.tell(problem)

    def put(self, call: Call, record: Record, *, last: bool = True) -> bool:
        """Write a record. Until the `last` try, False if it refers to a missing record."""
        try:
            with call.store.transaction():
                found = _PUT[self.kind.name](call, record.values, self.written)
                first = self.written.get(found.key)
                if first is not None:
                    raise Refused(
                        "import.twice",
                        f"The same {self.kind.noun} is in line {first}.",
                        "Remove one of the two lines.",
                    )
        except Refused as refused:
            if not last and refused.refusal.code == case_rows.UNKNOWN:
                return False
            self.wrong(Problem(record.line, "", str(refused.refusal)))
            return True
        self.written[found.key] = record.line
        self.counts[found.outcome] += 1
        return True


def import_records(
    desk: Desk,
    actor: Actor,
    kind: RecordKind,
    found: Iterable[Record | Problem],
    tell: Callable[[Problem], None],
    *,
    dry_run: bool = False,
    keep_going: bool = False,
) -> Imported:
    """Import records; `tell` gets each problem as it is found.

    With one bad line nothing is written, unless `keep_going`; with `dry_run` nothing is.
    """
    if not actor.may(Permission.ADMINISTER):
        raise Refused(
            "permission.denied", f"{actor.name} may not import records.", "Ask an administrator."
        )
    run = _Run(kind, tell)
    written = False
    try:
        with desk.store.transaction():
            _all(desk, actor, run, found)
            if dry_run or (run.bad and not keep_going):
                raise _NotKept
        written = bool(run.counts[Outcome.CREATED] or run.counts[Outcome.UPDATED])
    except _NotKept:
        pass
    counts = {outcome.value: run.counts[outcome] for outcome in Outcome}
    return Imported(**counts, bad=run.bad, written=written)


def _all(desk: Desk, actor: Actor, run: _Run, found: Iterable[Record | Problem]) -> None:
    assert desk.channels is not None  # they are read again if another process has changed them
    call = desk.at_work(actor)
    late: list[Record] = []
    for count, item in enumerate(found, 1):
        if isinstance(item, Problem):
            run.wrong(item)
        elif not run.put(call, item, last=False):
            late.append(item)
        if count % _SETTLED == 0:
            keeping.settle(call)
            call = replace(call, touched=set())
    _put_late(call, run, late)
    keeping.settle(call)


def _put_late(call: Call, run: _Run, late: list[Record]) -> None:
    """Write records that refer to later ones, as long as that makes progress."""
    left = len(late) + 1
    while len(late) < left:
        left = len(late)
        late = [record for record in late if not run.put(call, record, last=False)]
    for record in late:
        run.put(call, record)
