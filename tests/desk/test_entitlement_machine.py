"""Terms are conserved, whatever happens to cases and entitlements in whatever order."""

from collections import Counter
from random import Random
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
from owed import holds, used_by

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.case import CaseReason, CaseStatus
from omnitui.model.entitlement import DecreaseOn, number
from omnitui.model.errors import Refusal
from omnitui.rules.cases import REASONS, Closing
from omnitui.store.engine import Row, Store
from properties import share
from shipped import like

START = 1_772_442_000_000
DAY = 86_400_000
CHANNELS = ("phone", "email", "web")
CUSTOMERS = ("kiana@example.com", "marcus@example.com", "bo@example.com")
PRODUCTS = ("", "Router 6", "Pebble")
TABLES = (
    "entitlements entitlement_channels entitlement_products entitlement_contacts"
    " entitlement_ledger cases timers customers activities"
).split()
AMOUNTS = st.sampled_from([1, 2, 2.25, 3, 0.5, 0])
TERMS = st.dictionaries(st.sampled_from(CHANNELS), AMOUNTS)
NUMBER, MAYBE = st.integers(0, 30), st.sampled_from([None, None, False, True])
KIANA, OTHERS = CUSTOMERS[0], list(CUSTOMERS)
WHO = st.sampled_from([KIANA] * 6 + OTHERS)
ANOTHER = st.sampled_from([None] * 8 + OTHERS)
ORIGIN, PRODUCT = st.sampled_from(CHANNELS), st.sampled_from(PRODUCTS)
MINUTES = st.sampled_from([None, 0, 1, 20, 30, 90, 100])
CHOICE = st.sampled_from(["stays", "some", "some", "none"])
KIND = st.sampled_from(["creation", "creation", "resolution", "hours"])
GIVEN = st.tuples(CHOICE, NUMBER)
CHANGES = st.fixed_dictionaries(
    {"word": GIVEN},
    optional={
        "origin": ORIGIN,
        "product": PRODUCT,
        "customer": ANOTHER,
        "contact": ANOTHER,
        "do_not_decrement": st.booleans(),
    },
)
LIFE = st.lists(
    st.one_of(
        st.tuples(
            st.just("resolve"),
            st.fixed_dictionaries({"resolution": st.just("Done"), "minutes": MINUTES}),
        ),
        st.tuples(st.just("cancel"), st.just({})),
        st.tuples(st.just("reopen"), st.just({})),
        st.tuples(st.just("reopen"), st.fixed_dictionaries({"word": GIVEN})),
        st.tuples(st.just("update"), CHANGES),
    ),
    min_size=1,
    max_size=5,
)
VERBS = ["activate"] * 4 + ["deactivate", "cancel", "renew", "set_default", "set_default"]


def there_is(table: str) -> Any:
    return precondition(lambda self: bool(self.rows(table)))


class Families(RuleBasedStateMachine):
    """Cases that become one, and cases of their own again, and those under one another."""

    desk: Desk

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()

    def rows(self, table: str) -> list[Row]:
        return self.desk.store.rows(f"SELECT * FROM {table} ORDER BY 1, 2")

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        return {table: [tuple(row) for row in self.rows(table)] for table in TABLES}

    def do(self, name: str, /, **given: Any) -> Any:
        given = {key: value for key, value in given.items() if value is not None}
        before = self.everything(), self.desk.last_seq()
        found = self.desk.attempt(name, ADMINISTRATOR, **given)
        if isinstance(found, Refusal):
            assert (self.everything(), self.desk.last_seq()) == before
            assert found.message.endswith(".")
            assert found.hint == "" or found.hint.endswith(".")
        return found

    def some(self, table: str, number: int) -> int:
        rows = self.rows(table)
        return int(rows[-1 - number % len(rows)]["id"])

    def choice(self, word: str, number: int) -> Any:
        if word == "some" and self.rows("entitlements"):
            return self.some("entitlements", number)
        return "none" if word == "none" else None

    @there_is("cases")
    @rule(number=NUMBER, word=CHOICE, origin=st.none() | ORIGIN)
    def asks_below(self, number: int, word: str, origin: str | None) -> None:
        parent = self.some("cases", number)
        self.do("case.create", parent=parent, entitlement=self.choice(word, number), origin=origin)

    @there_is("cases")
    @rule(one=NUMBER, other=NUMBER, alone=MAYBE)
    def goes_under(self, one: int, other: int, alone: bool | None) -> None:
        parent = "none" if alone else self.some("cases", other)
        self.do("case.set_parent", case=self.some("cases", one), parent=parent)

    @rule(how=st.sampled_from(Closing))
    def families_close(self, how: Closing) -> None:
        self.do("settings.set", key="case_closing", value=how)

    @there_is("cases")
    @rule(numbers=st.lists(NUMBER, min_size=2, max_size=4))
    def become_one_case(self, numbers: list[int]) -> None:
        them = [self.some("cases", number) for number in numbers]
        self.do("case.merge", cases=them, into=them[0])

    @there_is("case_merges")
    @rule(number=NUMBER, given=GIVEN)
    def are_parted(self, number: int, given: tuple[str, int]) -> None:
        row = self.rows("case_merges")[-1 - number % len(self.rows("case_merges"))]
        self.do("case.unmerge", case=row["into_id"], entitlement=self.choice(*given))

    @invariant()
    def families_have_one_level_and_one_customer(self) -> None:
        cases = {row["id"]: row for row in self.rows("cases")}
        for case in cases.values():
            assert CaseReason(case["reason"]) in REASONS[CaseStatus(case["status"])]
            assert (case["reason"] == "merged") == (case["merged_into"] is not None)
            for key in (case["parent_id"], case["merged_into"]):
                assert key is None or cases[key]["customer_id"] == case["customer_id"]
            if case["parent_id"] is not None:
                assert cases[case["parent_id"]]["parent_id"] is None
                parent = cases[case["parent_id"]]
                assert parent["merged_into"] is None or case["merged_into"] is not None
            if case["merged_into"] is not None:
                assert cases[case["merged_into"]]["merged_into"] is None


class Owed(Families):
    """Three customers, what they are owed, and their cases."""

    @initialize(kind=KIND, total=AMOUNTS, channels=TERMS, restrict=st.booleans())
    def begin(self, kind: str, total: float, channels: Any, restrict: bool) -> None:
        self.clock = ManualClock(START)
        self.desk = Desk(Store(":memory:"), self.clock)
        for key in CHANNELS:
            self.do("channel.create", key=key, label=key.title(), **like(key))
        for email in CUSTOMERS:
            self.do("customer.create", name=email.partition("@")[0], email=email)
        plain = {"restrict": restrict, "channels": channels, "products": [], "contacts": []}
        self.is_owed_more(kind, (0, 90), True, KIANA, total=total, **plain)
        self.do("entitlement.set_default", entitlement=1)

    @precondition(lambda self: len(self.rows("entitlements")) < 4)
    @rule(
        who=WHO,
        total=AMOUNTS,
        channels=TERMS,
        restrict=st.booleans(),
        kind=KIND,
        products=st.sampled_from([[], [], [], ["router 6"]]),
        contacts=st.sampled_from([[], [], [], [KIANA], ["bo@example.com"]]),
        dates=st.sampled_from([(0, 30), (0, 30), (-40, 5), (3, 60), (-50, -20)]),
        put=st.sampled_from([True, True, False]),
    )
    def is_owed(self, **given: Any) -> None:
        self.is_owed_more(**given)

    def is_owed_more(
        self, kind: str, dates: tuple[int, int], put: bool, who: str, **given: Any
    ) -> None:
        if kind == "hours":
            given["allocation"] = "hours"
        else:
            given["decrease_on"] = kind
        now = self.clock.now()
        starts, ends = (now + days * DAY for days in dates)
        made = self.do(
            "entitlement.create", customer=who, name="Gold", starts=starts, ends=ends, **given
        )
        assert not isinstance(made, Refusal)
        assert (made.state, made.remaining) == ("draft", made.total)
        if put:
            self.do("entitlement.activate", entitlement=made.id)

    @there_is("entitlements")
    @rule(number=NUMBER, verb=st.sampled_from(VERBS))
    def turns(self, number: int, verb: str) -> None:
        self.do(f"entitlement.{verb}", entitlement=self.some("entitlements", number))

    @there_is("entitlements")
    @rule(
        number=NUMBER,
        total=st.none() | AMOUNTS,
        channels=st.none() | TERMS,
        restrict=MAYBE,
        decrease_on=st.sampled_from([None, None, "creation", "resolution"]),
    )
    def is_changed(self, number: int, **given: Any) -> None:
        key = self.some("entitlements", number)
        self.do("entitlement.deactivate", entitlement=key)
        self.do("entitlement.update", entitlement=key, **given)
        self.do("entitlement.activate", entitlement=key)

    @rule(
        customer=WHO,
        origin=ORIGIN,
        product=PRODUCT,
        word=CHOICE,
        number=NUMBER,
        contact=ANOTHER,
        do_not_decrement=MAYBE,
        life=LIFE,
    )
    def asks(self, word: str, number: int, life: list[Any], **given: Any) -> None:
        made = self.do("case.create", title="Drops", entitlement=self.choice(word, number), **given)
        if not isinstance(made, Refusal):
            self.goes_on(made.id, life)

    @there_is("cases")
    @rule(number=NUMBER, life=LIFE)
    def happens(self, number: int, life: list[Any]) -> None:
        self.goes_on(self.some("cases", number), life)

    def goes_on(self, case: int, life: list[Any]) -> None:
        for verb, given in life:
            word, number = given.get("word", ("stays", 0))
            rest = {name: value for name, value in given.items() if name != "word"}
            given = {"case": case, "entitlement": self.choice(word, number), **rest}
            found = self.do(f"case.{verb}", **given)
            if verb == "resolve" and isinstance(found, Refusal):
                assert not found.code.startswith("entitlement.")
            self.what_is_used_is_what_the_cases_use()
            self.restricted_cases_have_room_for_all_that_is_used_and_held()

    @rule(one=WHO, other=WHO, luck=st.integers(0, 5))
    def become_one(self, one: str, other: str, luck: int) -> None:
        if luck == 5:
            self.do("customer.merge", **{"from": one, "into": other})

    @rule(days=st.sampled_from([1, 4, 30]))
    def waits(self, days: int) -> None:
        self.clock.advance(days * DAY)
        self.desk.run_due()

    @invariant()
    def what_is_used_is_what_the_cases_use(self) -> None:
        owed = {row["id"]: row for row in self.rows("entitlements")}
        used: Counter[int] = Counter()
        by_origin: Counter[tuple[int, str]] = Counter()
        for case in self.rows("cases"):
            key = case["entitlement_id"]
            if key is not None:
                used[key] += used_by(case, owed[key])
                by_origin[key, case["origin"]] += used_by(case, owed[key])
        for key, row in owed.items():
            assert row["used"] == used[key]
            found = self.desk.call("entitlement.get", ADMINISTRATOR, entitlement=key)
            assert found.remaining == number(row["total"] - used[key])
            for line in self.rows("entitlement_channels"):
                if line["entitlement_id"] == key:
                    terms = found.channels[line["origin"]]
                    assert line["used"] == by_origin[key, line["origin"]]
                    assert terms.remaining == number(line["total"] - line["used"])

    @invariant()
    def the_ledger_agrees(self) -> None:
        used: Counter[int] = Counter()
        for entry in self.rows("entitlement_ledger"):
            assert entry["amount"] != 0
            used[entry["entitlement_id"]] += entry["amount"]
        assert {row["id"]: row["used"] for row in self.rows("entitlements") if row["used"]} == {
            key: amount for key, amount in used.items() if amount
        }

    @invariant()
    def restricted_cases_have_room_for_all_that_is_used_and_held(self) -> None:
        """Hours go below zero by finished work alone; `goes_on` sees that it is never refused."""
        owed = {row["id"]: row for row in self.rows("entitlements")}
        held: Counter[int] = Counter()
        by_origin: Counter[tuple[int, str]] = Counter()
        for case in self.rows("cases"):
            row = owed.get(case["entitlement_id"])
            if row is not None and row["restricted"] and holds(case, row):
                held[row["id"]] += 300
                by_origin[row["id"], case["origin"]] += 300
        for key, row in owed.items():
            found = self.desk.call("entitlement.get", ADMINISTRATOR, entitlement=key)
            assert found.held == number(held[key])
            assert found.available == number(row["total"] - row["used"] - held[key])
            bound = row["restricted"] and row["allocation"] == "cases"
            assert not bound or row["used"] + held[key] <= row["total"]
            for line in self.rows("entitlement_channels"):
                if line["entitlement_id"] == key:
                    open_cases = by_origin[key, line["origin"]]
                    assert found.channels[line["origin"]].held == number(open_cases)
                    assert not bound or line["used"] + open_cases <= line["total"]

    @invariant()
    def each_customer_has_one_default_at_most_and_it_has_not_ended(self) -> None:
        chosen = [row for row in self.rows("entitlements") if row["is_default"]]
        assert {row["state"] for row in chosen} <= {"draft", "waiting", "active"}
        assert len({row["customer_id"] for row in chosen}) == len(chosen)

    @invariant()
    def every_state_has_its_timer_and_no_other(self) -> None:
        rows = self.rows("entitlements")
        running = {(row["kind"], row["subject"], row["due_at"]) for row in self.rows("timers")}
        assert running == {
            ("entitlement_start", row["id"], row["starts"])
            for row in rows
            if row["state"] == "waiting"
        } | {
            ("entitlement_end", row["id"], row["ends"]) for row in rows if row["state"] == "active"
        }


@pytest.mark.parametrize("seed", range(8))
def test_a_long_year_of_cases_conserves_terms(seed: int) -> None:
    """As above, at random and dense: many lives of few cases under few entitlements."""
    luck = Random(seed)
    floor = Owed()
    floor.begin(["creation", "resolution", "hours"][seed % 3], 3, {"phone": 2}, seed % 4 < 2)
    for _ in range(120):
        number, origin = luck.randrange(4), luck.choice(CHANNELS)
        word = (luck.choice(["some", "some", "stays", "none"]), number)
        minutes = luck.choice([None, 1, 20, 30, 100])
        life = luck.choice(
            [
                [("resolve", {"resolution": "Done", "minutes": minutes})],
                [("cancel", {})],
                [("reopen", {})],
                [("reopen", {"word": word})],
                [("update", {"word": word, "origin": origin})],
                [("update", {"do_not_decrement": luck.random() < 0.3})],
            ]
        )
        step = luck.random()
        if step < 0.35 or not floor.rows("cases"):
            floor.asks(
                word[0], number, life, customer=KIANA, origin=origin, contact=None, product=""
            )
        elif step < 0.8:
            floor.happens(number, life)
        elif step < 0.9:
            amounts = {luck.choice(CHANNELS): luck.choice([0, 1, 2, 3])}
            changed = {"total": luck.choice([None, 1, 2, 4]), "channels": amounts}
            floor.is_changed(number, restrict=luck.choice([None, True]), **changed)
        elif step < 0.93:
            floor.is_changed(number, decrease_on=luck.choice([*DecreaseOn]))
        elif step < 0.97 and len(floor.rows("entitlements")) < 3:
            kind, plain = luck.choice(["creation", "resolution", "hours"]), {"total": 2.25}
            floor.is_owed_more(kind, (0, 90), True, KIANA, restrict=luck.random() < 0.7, **plain)
        else:
            floor.turns(number, luck.choice(["set_default", "deactivate", "activate"]))
        kin = luck.random()
        if kin < 0.15 and floor.rows("cases"):
            floor.become_one_case([luck.randrange(6), luck.randrange(6)])
        elif kin < 0.3 and floor.rows("case_merges"):
            floor.are_parted(luck.randrange(3), ("stays", 0))
        elif kin < 0.4 and floor.rows("cases"):
            floor.asks_below(number, word[0], None)
        elif kin < 0.45:
            floor.families_close(luck.choice(list(Closing)))
        floor.families_have_one_level_and_one_customer()
        floor.the_ledger_agrees()
        floor.each_customer_has_one_default_at_most_and_it_has_not_ended()
        floor.every_state_has_its_timer_and_no_other()
    floor.desk.close()


TestOwed = Owed.TestCase
TestOwed.settings = settings(max_examples=share(40), stateful_step_count=25)
