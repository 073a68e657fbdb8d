"""Undo and unmerge change only what they remember: the same row, of the same owner, as it is."""

import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused
from omnitui.store.engine import Store
from properties import share
from shipped import like

START = 1_772_442_000_000
ANN, BEN, CYD = "ann@example.com", "ben@example.com", "cyd@example.com"


@pytest.fixture
def people(floor: Any) -> dict[str, int]:
    """Three customers with an address each."""
    return {
        mail: floor.do("customer.create", name=mail.partition("@")[0].title(), email=mail).id
        for mail in (ANN, BEN, CYD)
    }


def mails(floor: Any, customer: int) -> list[str]:
    return [own.value for own in floor.do("customer.get", customer=customer).addresses]


def test_an_address_that_came_later_is_not_taken_for_one_that_is_gone(
    floor: Any, ada: Actor, people: dict[str, int]
) -> None:
    bo = floor.hire("bo", presence="away")
    floor.do("customer.remove_address", ada, customer=people[BEN], address=BEN)
    floor.do(
        "customer.add_address", bo, customer=people[CYD], channel="email", address="c@x.example"
    )
    floor.do("undo.last", ada)
    assert mails(floor, people[BEN]) == [BEN]
    assert mails(floor, people[CYD]) == [CYD, "c@x.example"]


def test_an_address_that_was_added_again_is_in_the_way(
    floor: Any, ada: Actor, people: dict[str, int]
) -> None:
    floor.do("customer.remove_address", ada, customer=people[BEN], address=BEN)
    floor.do("customer.add_address", customer=people[BEN], channel="email", address=BEN)
    assert floor.do("undo.what", ada).why_not == f"{BEN} has been added again since"
    assert floor.refused("undo.last", ada).code == "undo.changed"
    assert mails(floor, people[BEN]) == [BEN]


@pytest.mark.parametrize(
    ("verb", "given", "why"),
    [
        ("remove_address", {"address": "new@x.example"}, "new@x.example has been removed since"),
        (
            "change_address",
            {"address": "new@x.example", "to": "n@x.example"},
            "new@x.example is n@x.example of Ben now",
        ),
    ],
)
def test_an_address_that_is_not_as_it_became_is_in_the_way(
    floor: Any, ada: Actor, people: dict[str, int], verb: str, given: dict[str, str], why: str
) -> None:
    changed = {"customer": people[BEN], "address": BEN, "to": "new@x.example"}
    floor.do("customer.change_address", ada, **changed)
    floor.do(f"customer.{verb}", customer=people[BEN], **given)
    assert floor.do("undo.what", ada).why_not == why
    assert floor.refused("undo.last", ada).code == "undo.changed"


def test_unmerging_gives_back_no_address_that_was_added_since(
    floor: Any, people: dict[str, int]
) -> None:
    floor.do("customer.merge", **{"from": people[BEN], "into": people[ANN]})
    floor.do("customer.remove_address", customer=people[ANN], address=BEN)
    floor.do("customer.add_address", customer=people[ANN], channel="email", address="a2@x.example")
    floor.do("customer.unmerge", customer=people[ANN])
    assert mails(floor, people[ANN]) == [ANN, "a2@x.example"]
    assert mails(floor, people[BEN]) == []


@pytest.mark.parametrize("again", [False, True])
def test_unmerging_is_refused_where_an_address_has_become_another_one(
    floor: Any, people: dict[str, int], again: bool
) -> None:
    floor.do("customer.merge", **{"from": people[BEN], "into": people[ANN]})
    if again:
        floor.do("customer.remove_address", customer=people[ANN], address=BEN)
        floor.do("customer.add_address", customer=people[ANN], channel="email", address=BEN)
        why = f"the address {BEN}, which came with the merge, has been removed and added again"
    else:
        changed = {"customer": people[ANN], "address": BEN, "to": "a2@x.example"}
        floor.do("customer.change_address", **changed)
        why = f"the address {BEN}, which came with the merge, has been changed to a2@x.example"
    refusal = floor.refused("customer.unmerge", customer=people[ANN])
    assert (refusal.code, why in refusal.message) == ("customer.unmerge", True)


def linked(floor: Any, ada: Actor, people: dict[str, int]) -> int:
    talk = floor.serves(ada, channel="email", address="who@x.example")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=people[ANN])
    assert mails(floor, people[ANN]) == [ANN, "who@x.example"]
    return int(talk)


@pytest.mark.parametrize(
    ("whose", "why"),
    [
        (ANN, "has been added again since"),
        (BEN, "belongs to Ben now"),
    ],
)
def test_a_link_is_not_undone_over_an_address_that_was_given_anew(
    floor: Any, ada: Actor, people: dict[str, int], whose: str, why: str
) -> None:
    linked(floor, ada, people)
    who = {"address": "who@x.example"}
    floor.do("customer.remove_address", customer=people[ANN], **who)
    floor.do("customer.add_address", customer=people[whose], channel="email", **who)
    assert why in floor.do("undo.what", ada).why_not
    assert floor.refused("undo.last", ada).code == "undo.changed"
    assert "who@x.example" in mails(floor, people[whose])


def test_a_link_is_undone_although_its_address_was_removed_since(
    floor: Any, ada: Actor, people: dict[str, int]
) -> None:
    talk = linked(floor, ada, people)
    floor.do("customer.remove_address", customer=people[ANN], address="who@x.example")
    floor.do("undo.last", ada)
    assert floor.talk(talk).customer_id is None
    assert mails(floor, people[ANN]) == [ANN]


def test_a_case_and_its_customer_are_not_parted_by_undoing_a_link(
    floor: Any, ada: Actor, people: dict[str, int]
) -> None:
    talk, bo = linked(floor, ada, people), floor.hire("bo", presence="away")
    given = {"customer": people[ANN], "title": "Drops", "origin": "email", "conversation": talk}
    case = floor.do("case.create", bo, **given)
    why = f"{case.number} of Ann was linked to it since"
    assert floor.do("undo.what", ada).why_not == why
    assert floor.refused("undo.last", ada).code == "undo.changed"
    floor.do("undo.last", bo)
    floor.do("undo.last", ada)
    assert floor.talk(talk).customer_id is None


def test_a_case_does_not_come_back_to_another_customers_conversation(
    floor: Any, ada: Actor, people: dict[str, int]
) -> None:
    talk, bo = linked(floor, ada, people), floor.hire("bo", presence="away")
    given = {"customer": people[ANN], "title": "Drops", "origin": "email", "conversation": talk}
    floor.do("case.create", **given)
    floor.do("conversation.unlink_case", ada, conversation=talk)
    floor.do("conversation.link_customer", bo, conversation=talk, customer=people[BEN])
    assert floor.refused("undo.last", ada).code == "undo.changed"
    assert floor.talk(talk).case_id is None


def test_targets_that_a_mistaken_link_gave_are_forgotten_with_it(
    floor: Any, ada: Actor, people: dict[str, int]
) -> None:
    sla = {"kpi": "resolution", "warn_minutes": 1}
    floor.do("sla.create", name="Gold", fail_minutes=5, conditions={"tier": ["gold"]}, **sla)
    floor.do("sla.create", name="Usual", fail_minutes=60, **sla)
    floor.do("customer.update", customer=people[ANN], tier="gold")
    talk = floor.serves(ada, channel="chat", address="dev-5")
    before = floor.do("sla.of", conversation=talk)
    floor.wait(10 * 60_000)
    floor.do("conversation.link_customer", ada, conversation=talk, customer=people[ANN])
    assert "Gold" in [given.name for given in floor.do("sla.of", conversation=talk)]
    floor.do("undo.last", ada)
    now = floor.do("sla.of", conversation=talk)
    assert [given.name for given in now] == [given.name for given in before] == ["Usual"]
    assert [given.fail_at for given in now] == [given.fail_at for given in before]
    assert now[0].status == "nearing"
    floor.wait(60 * 60_000)
    assert floor.do("sla.of", conversation=talk)[0].status == "breached"


# Whatever several people do ----------------------------------------------------------------------

VALUES = ("a@x.example", "b@x.example", "c@x.example")
WHO = st.integers(0, 2)
VALUE = st.sampled_from(VALUES)
Owned = tuple[int, str] | None
"""Whose an address is, and its compared form; None where it is gone."""


class Owners(RuleBasedStateMachine):
    """Three agents give, take, link, merge and undo; what each undoing changes is compared."""

    @initialize()
    def begin(self) -> None:
        self.desk = Desk(Store(":memory:"), ManualClock(START))
        self.do("channel.create", key="email", label="E-mail", cost=5, **like("email"))
        self.do("queue.create", name="General")
        self.agents = []
        for login in ("ada", "bo", "cyd"):
            made = self.do("agent.create", login=login, name=login.title(), capacity=500)
            self.agents.append(Actor(ActorKind.AGENT, made.id, made.name))
        self.people = [self.do("customer.create", name=name).id for name in ("Ann", "Ben", "Cyd")]
        self.talks = [
            self.do("conversation.receive", channel="email", address=f"t{n}@y.example", text="Hi")
            for n in range(2)
        ]
        self.cases: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()

    def do(self, name: str, by: Actor = ADMINISTRATOR, /, **given: Any) -> Any:
        return self.desk.call(name, by, **given)

    def may(self, name: str, agent: int, /, **given: Any) -> Any:
        """The command's result, or None with nothing changed where it is refused."""
        before = self.rows()
        try:
            return self.do(name, self.agents[agent], **given) or True
        except Refused:
            assert self.rows() == before
            return None

    @rule(agent=WHO, value=VALUE)
    def creates(self, agent: int, value: str) -> None:
        made = self.may("customer.create", agent, name="Dee", email=value)
        if made is not None:
            self.people[-1] = made.id

    @rule(agent=WHO, who=WHO, value=VALUE)
    def adds(self, agent: int, who: int, value: str) -> None:
        given = {"customer": self.people[who], "channel": "email", "address": value}
        self.may("customer.add_address", agent, **given)

    @rule(agent=WHO, who=WHO, value=VALUE)
    def removes(self, agent: int, who: int, value: str) -> None:
        self.may("customer.remove_address", agent, customer=self.people[who], address=value)

    @rule(agent=WHO, who=WHO, value=VALUE, to=VALUE)
    def changes(self, agent: int, who: int, value: str, to: str) -> None:
        given = {"customer": self.people[who], "address": value, "to": to}
        self.may("customer.change_address", agent, **given)

    @rule(agent=WHO, who=WHO, number=st.integers(0, 1))
    def links(self, agent: int, who: int, number: int) -> None:
        talk = self.talks[number].conversation_id
        self.may("conversation.link_customer", agent, conversation=talk, customer=self.people[who])

    @rule(agent=WHO, who=WHO, number=st.integers(-1, 1))
    def opens_a_case(self, agent: int, who: int, number: int) -> None:
        given: dict[str, Any] = {"customer": self.people[who], "title": "Drops", "origin": "email"}
        if number >= 0:
            given["conversation"] = self.talks[number].conversation_id
        made = self.may("case.create", agent, **given)
        if made is not None:
            self.cases.append(made.id)

    @precondition(lambda self: self.cases)
    @rule(agent=WHO, one=st.integers(0, 5), other=st.integers(0, 5))
    def merges_cases(self, agent: int, one: int, other: int) -> None:
        source, into = (self.cases[n % len(self.cases)] for n in (one, other))
        self.may("case.merge", agent, cases=[source], into=into)

    @precondition(lambda self: self.cases)
    @rule(agent=WHO, one=st.integers(0, 5), who=WHO)
    def moves_a_case(self, agent: int, one: int, who: int) -> None:
        case = self.cases[one % len(self.cases)]
        self.may("case.update", agent, case=case, customer=self.people[who])

    @rule(agent=WHO, one=WHO, other=WHO)
    def merges(self, agent: int, one: int, other: int) -> None:
        given = {"from": self.people[one], "into": self.people[other]}
        self.may("customer.merge", agent, **given)

    @rule(agent=WHO, who=WHO)
    def unmerges(self, agent: int, who: int) -> None:
        found = self.may("customer.get", agent, customer=self.people[who])
        if found is None:
            return
        into = found.id
        merge = self.row("SELECT * FROM merges WHERE into_id = ? AND undone_at IS NULL", into)
        before = self.owned()
        if self.may("customer.unmerge", agent, customer=into) is not None:
            self.only(before, self.of_merge(merge))

    @rule(agent=WHO)
    def undoes(self, agent: int) -> None:
        by = self.agents[agent]
        entry = self.row(
            "SELECT * FROM undo WHERE undone_at IS NULL AND passed = 0 AND agent_id = ?", by.id
        )
        foreseen, before = self.do("undo.what", by), self.owned()
        done = self.may("undo.last", agent)
        assert (done is None) == (foreseen is None or bool(foreseen.why_not))
        if done is not None:
            self.only(before, self.of_entry(json.loads(entry["steps"])))

    def row(self, query: str, key: int) -> Any:
        """The newest row of a query with one parameter."""
        return self.desk.store.row(f"{query} ORDER BY id DESC LIMIT 1", (key,))

    def of_merge(self, merge: Any) -> dict[int, Owned]:
        """What undoing a merge may make of addresses, by their rows."""
        kept = json.loads(merge["kept"])
        return {int(key): (merge["from_id"], value) for key, value in kept["keys"].items()}

    def of_entry(self, kept: dict[str, Any]) -> dict[int, Owned]:
        """What undoing an entry may make of addresses, by their rows."""
        found: dict[int, Owned] = {}
        for step in kept["steps"]:
            for before, after in step["addresses"]:
                if after is not None:
                    found[after["id"]] = None
                if before is not None:
                    found[before["id"]] = (before["customer_id"], before["key"])
        kind, deed = kept.get("deed", ("", {}))
        if kind == "customer.fields":
            rows = deed["addresses"]
            found |= {int(key): None for key in rows["after"]}
            whose = deed["customer"]
            found |= {int(key): (whose, row[2]) for key, row in rows["before"].items()}
        if kind == "customer":
            found |= {key[0]: None for table, key, *_rows in deed["rows"] if table == "addresses"}
        if kind == "customer.merge":
            found |= self.of_merge(self.row("SELECT * FROM merges WHERE id = ?", deed["merge"]))
        return found

    def owned(self) -> dict[int, Owned]:
        rows = self.desk.store.rows("SELECT id, customer_id, key FROM addresses")
        return {row["id"]: (row["customer_id"], row["key"]) for row in rows}

    def only(self, before: dict[int, Owned], remembered: dict[int, Owned]) -> None:
        """Every address that is not as it was has become what was remembered of it."""
        now = self.owned()
        for key in {*before, *now}:
            if before.get(key) != now.get(key):
                assert key in remembered
                assert now.get(key) == remembered[key]

    def rows(self) -> list[list[tuple[Any, ...]]]:
        """Whose everything is."""
        return [
            [tuple(row) for row in self.desk.store.rows(f"SELECT {names} FROM {table}")]
            for table, names in (
                ("addresses", "id, customer_id, key"),
                ("cases", "id, customer_id, merged_into, status"),
                ("conversations", "id, customer_id, case_id, name"),
                ("customers", "id, merged_into"),
            )
        ]

    @invariant()
    def the_store_is_sound(self) -> None:
        store = self.desk.store
        assert store.rows("PRAGMA foreign_key_check") == []
        astray = "SELECT c.id FROM conversations c JOIN cases k ON k.id = c.case_id"
        assert store.rows(f"{astray} WHERE c.customer_id IS NOT k.customer_id") == []
        lost = "SELECT a.id FROM addresses a JOIN customers c ON c.id = a.customer_id"
        assert store.rows(f"{lost} WHERE c.merged_into IS NOT NULL") == []


TestOwners = Owners.TestCase
TestOwners.settings = settings(max_examples=share(60), stateful_step_count=30)
