from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.timeline import Activity, ActivityKind
from omnitui.store import activities
from omnitui.store.engine import Store

AT = 1_772_442_000_000


def listed(store: Store, customer: int, *, limit: int = 50, **more: Any) -> list[Activity]:
    given = {name: value for name, value in more.items() if value is not None}
    return activities.timeline(store, activities.Asked(customer, **given), limit=limit)


def pages(store: Store, customer: int, limit: int, **more: Any) -> list[list[tuple[str, int]]]:
    found, before = [], None
    while page := listed(store, customer, before=before, limit=limit, **more):
        found.append([(row.kind.value, row.id) for row in page])
        before = page[-1].at
    return found


def test_activities_cases_and_conversations_are_one_list_newest_first(rows: Any) -> None:
    kiana = rows.customer()
    rows.activity(kiana, "Called", at=AT + 1)
    rows.case(kiana, "Drops", created_at=AT + 2)
    rows.conversation(customer_id=kiana, created_at=AT + 3)
    rows.activity(kiana, "Note", kind="note", at=AT + 4)
    page = listed(rows.store, kiana)
    assert [row.kind.value for row in page] == ["note", "conversation", "case", "call"]
    assert [row.at for row in page] == [AT + 4, AT + 3, AT + 2, AT + 1]


def test_other_customers_do_not_show(rows: Any) -> None:
    kiana, marcus = rows.customer(), rows.customer("Marcus Lee")
    rows.activity(marcus)
    rows.case(marcus)
    rows.conversation(customer_id=marcus)
    rows.conversation()
    assert listed(rows.store, kiana) == []


def test_a_cases_timeline_holds_what_concerns_it(rows: Any) -> None:
    kiana = rows.customer()
    case, other = rows.case(kiana), rows.case(kiana)
    about = rows.activity(kiana, case_id=case)
    rows.activity(kiana, case_id=other)
    rows.activity(kiana)
    talk = rows.conversation(customer_id=kiana, case_id=case)
    rows.conversation(customer_id=kiana)
    found = listed(rows.store, kiana, case=case)
    assert {(row.kind, row.id) for row in found} == {
        (ActivityKind.CASE, -case),
        (ActivityKind.CALL, about),
        (ActivityKind.CONVERSATION, -talk),
    }


def test_rows_tell_where_they_come_from(rows: Any) -> None:
    kiana = rows.customer()
    case = rows.case(kiana, "Drops")
    talk = rows.conversation(
        customer_id=kiana, case_id=case, last_text="bye", closed_at=AT + 9, agent_id=rows.agent()
    )
    task = rows.activity(
        kiana, "Call back", kind="task", case_id=case, due_at=AT + 5, done_at=AT + 6, author="Bo"
    )
    found = {row.kind: row for row in listed(rows.store, kiana)}
    assert (found[ActivityKind.CASE].case_id, found[ActivityKind.CASE].title) == (case, "Drops")
    said = found[ActivityKind.CONVERSATION]
    assert (said.conversation_id, said.body, said.author, said.done_at) == (
        talk,
        "bye",
        "Ada",
        AT + 9,
    )
    todo = found[ActivityKind.TASK]
    assert (todo.id, todo.due_at, todo.done_at, todo.author) == (task, AT + 5, AT + 6, "Bo")
    assert todo.case_number == "CAS-00001"


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_hold_every_row_once_even_when_many_have_the_same_time(rows: Any, limit: int) -> None:
    kiana = rows.customer()
    for number in range(4):
        for _ in range(number + 1):
            rows.activity(kiana, at=AT + number)
            rows.case(kiana, created_at=AT + number)
            rows.conversation(customer_id=kiana, created_at=AT + number)
    found = [row for page in pages(rows.store, kiana, limit) for row in page]
    assert len(found) == len(set(found)) == 30


def test_a_page_is_as_long_as_asked_for_where_times_differ(rows: Any) -> None:
    kiana = rows.customer()
    for number in range(10):
        rows.activity(kiana, at=AT + number)
    assert [len(page) for page in pages(rows.store, kiana, 4)] == [4, 4, 2]


@given(
    times=st.lists(st.tuples(st.sampled_from("ack"), st.integers(0, 6)), max_size=25),
    limit=st.integers(1, 8),
)
def test_pages_put_together_are_the_whole_list(
    shared_rows: Any, times: list[tuple[str, int]], limit: int
) -> None:
    rows, kiana = shared_rows, shared_rows.customer()
    for kind, at in times:
        if kind == "a":
            rows.activity(kiana, at=AT + at)
        elif kind == "c":
            rows.case(kiana, created_at=AT + at)
        else:
            rows.conversation(customer_id=kiana, created_at=AT + at)
    whole = [row for page in pages(rows.store, kiana, 1_000) for row in page]
    assert len(whole) == len(times)
    assert [row for page in pages(rows.store, kiana, limit) for row in page] == whole
