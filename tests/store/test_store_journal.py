from collections.abc import Callable

import pytest

from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.store import journal
from omnitui.store.engine import Store

Opened = Callable[..., Store]
ADA = Actor(ActorKind.AGENT, 7, "Ada Byron")


def append_and_fail(store: Store) -> None:
    with store.transaction():
        journal.append(store, 1, "lost", SYSTEM)
        raise ValueError


def test_an_entry_comes_back_as_it_was_written(store: Store) -> None:
    payload = {"text": "Blåbær ◆ \u202e", "list": [1, None, True], "nested": {"a": 0.5}}
    seq = journal.append(
        store, 5, "case.created", ADA, conversation=1, customer=2, case=3, payload=payload
    )
    entry = journal.after(store, 0)[0]
    assert (entry.seq, entry.at, entry.kind) == (seq, 5, "case.created")
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == (ActorKind.AGENT, 7, "Ada Byron")
    assert (entry.conversation_id, entry.customer_id, entry.case_id) == (1, 2, 3)
    assert entry.payload == payload


def test_numbers_rise_without_gaps_whatever_is_rolled_back_in_between(store: Store) -> None:
    for _ in range(3):
        journal.append(store, 1, "kept", SYSTEM)
        with pytest.raises(ValueError):
            append_and_fail(store)
    assert [(e.seq, e.kind) for e in journal.after(store, 0)] == [
        (1, "kept"),
        (2, "kept"),
        (3, "kept"),
    ]
    assert journal.last(store) == 3


def test_numbers_are_in_order_across_connections(opened: Opened) -> None:
    one, other = opened(), opened()
    numbers = [journal.append(store, 1, "kept", SYSTEM) for store in (one, other, other, one)]
    assert numbers == [1, 2, 3, 4]


def test_a_number_is_never_given_twice_even_if_entries_were_removed(store: Store) -> None:
    journal.append(store, 1, "kept", SYSTEM)
    store.execute("DELETE FROM journal")
    assert journal.append(store, 1, "kept", SYSTEM) == 2


def test_an_empty_journal_ends_at_nothing(store: Store) -> None:
    assert journal.last(store) == 0
    assert journal.after(store, 0) == []


def test_following_in_pages_gives_every_entry_once(store: Store) -> None:
    for number in range(25):
        journal.append(store, number, "kept", SYSTEM)
    seen, pages = 0, []
    while page := journal.after(store, seen, limit=10):
        pages.append([entry.at for entry in page])
        seen = page[-1].seq
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [at for page in pages for at in page] == list(range(25))


def test_another_connection_follows_only_what_is_committed(opened: Opened) -> None:
    one, other = opened(), opened()
    with one.transaction():
        journal.append(one, 1, "kept", SYSTEM)
        assert journal.after(other, 0) == []
    assert [entry.kind for entry in journal.after(other, 0)] == ["kept"]


def test_a_conversations_entries_are_only_its_own(store: Store) -> None:
    for conversation in (1, 2, None, 1):
        journal.append(store, 1, "kept", SYSTEM, conversation=conversation)
    assert [entry.seq for entry in journal.of_conversation(store, 1)] == [1, 4]
