"""Tables of records into the store and out of it: all or nothing, and the same bytes again."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from omnitui.clock import ManualClock
from omnitui.datafiles.records import KINDS, Problem
from omnitui.datafiles.records_csv import csv_lines, read_csv
from omnitui.datafiles.records_jsonl import jsonl_lines, read_jsonl
from omnitui.desk.records.exporting import export_records
from omnitui.desk.records.importing import Imported, import_records
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused
from omnitui.safetext import clean, hidden
from properties import share

DAY = 86_400_000
Floor = Any
Table = Callable[..., tuple[Imported, list[str]]]
ORDER = ("customers", "entitlements", "cases", "articles")
DRY = {"dry_run": True}


def import_text(floor: Floor, kind: str, text: str, **more: bool) -> tuple[Imported, list[str]]:
    path = floor.path.with_suffix(".table")
    path.write_text(text, encoding="utf-8", newline="")
    read = read_csv if text and not text.startswith("{") else read_jsonl
    found: list[Problem] = []
    done = import_records(
        floor.desk, ADMINISTRATOR, KINDS[kind], read(path, KINDS[kind]), found.append, **more
    )
    assert not floor.desk.store.in_transaction
    return done, [str(problem) for problem in found]


@pytest.fixture
def table(floor: Floor) -> Table:
    """Imports the text of a file."""
    return lambda kind, text, **more: import_text(floor, kind, text, **more)


def exported(floor: Floor, kind: str, form: str = "csv") -> str:
    rows = export_records(floor.desk, ADMINISTRATOR, KINDS[kind])
    return "".join((csv_lines if form == "csv" else jsonl_lines)(KINDS[kind], rows))


def counts(done: Imported) -> tuple[int, int, int, int, bool]:
    return done.created, done.updated, done.unchanged, done.bad, done.written


def test_one_bad_line_leaves_everything_as_it_was(floor: Floor, table: Table) -> None:
    before = floor.desk.last_seq()
    text = "name,tier,email\nAda,gold,ada@x.org\nBob,gould,\n,gold,nobody@x.org\nCy,gold,no mail\n"
    done, problems = table("customers", text)
    assert counts(done) == (1, 0, 0, 3, False)
    assert [problem.partition(":")[0] for problem in problems] == [
        "line 3, tier",
        "line 4",
        "line 5",
    ]
    assert (floor.desk.last_seq(), floor.do("customer.search", query="Ada")) == (before, [])


def test_a_dry_run_tells_the_same_and_writes_nothing(floor: Floor, table: Table) -> None:
    text = "name,email\nAda,ada@x.org\nBob,nothing\n"
    before = floor.desk.last_seq()
    dry, told = table("customers", text, dry_run=True, keep_going=True)
    assert (counts(dry), floor.desk.last_seq()) == ((1, 0, 0, 1, False), before)
    done, again = table("customers", text, keep_going=True)
    assert (counts(done), again) == ((1, 0, 0, 1, True), told)
    assert [entry.kind for entry in floor.entries(before)] == ["customer.created"]


def test_customers_are_brought_up_to_date(floor: Floor, table: Table) -> None:
    table("customers", "account,name,email,city\nA1,Ada,ada@x.org,Rome\n,Bob,bob@x.org,\n")
    done, problems = table(
        "customers",
        "account,name,email,phone,city\nA1,Ada L,ada@y.org,,\nB2,,BOB@X.org,+44 20 7946,Oslo\n",
    )
    assert (counts(done), problems) == ((0, 2, 0, 0, True), [])
    ada, bob = floor.do("customer.get", customer="A1"), floor.do("customer.get", customer="B2")
    assert (ada.name, ada.city, [a.value for a in ada.addresses]) == (
        "Ada L",
        "",
        ["ada@x.org", "ada@y.org"],
    )
    assert (bob.name, bob.city, len(bob.addresses)) == ("Bob", "Oslo", 2)


def test_a_customer_is_meant_by_number_and_name(floor: Floor, table: Table) -> None:
    table("customers", "name,email\nCat,cat@x.org\nDan,\n")
    cat = floor.do("customer.get", customer="cat@x.org").id
    done, problems = table("customers", f"id,name,email\n{cat},Cat,new@x.org\n")
    assert (counts(done), problems) == ((0, 1, 0, 0, True), [])
    found = floor.do("customer.get", customer=cat)
    assert [a.value for a in found.addresses] == ["cat@x.org", "new@x.org"]
    done, (problem,) = table("customers", f"id,name\n{cat},Renamed\n")
    assert (done.bad, done.written) == (1, False)
    assert problem.startswith(f"line 2: Number {cat} is Cat here, but the line has Renamed.")
    done, _ = table("customers", f"id,name,email\n{cat},Somebody Else,else@x.org\n")
    assert done.created == 1


def test_next_years_entitlement_of_the_same_name_is_another_one(floor: Floor, table: Table) -> None:
    floor.do("customer.create", name="Cat")
    head = "customer,name,starts,ends,total\n"
    for year, total in ((2026, 5), (2027, 9)):
        done, problems = table(
            "entitlements", f"{head}Cat,Gold,{year}-01-01,{year}-12-31,{total}\n"
        )
        assert (done.created, problems) == (1, [])
    assert [e.total for e in floor.do("entitlement.list", customer="Cat")] == [9, 5]
    done, problems = table("entitlements", "customer,name,starts,total\nCat,Gold,2027-01-01,8\n")
    assert (done.updated, problems) == (1, [])
    assert [e.total for e in floor.do("entitlement.list", customer="Cat")] == [8, 5]


def test_a_file_of_blank_lines_is_empty(floor: Floor, table: Table) -> None:
    done, (problem,) = table("customers", "\n\n  \n")
    assert (done.bad, "the file is empty" in problem) == (1, True)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_after_a_merge_what_goes_out_comes_in_the_same(
    floor: Floor, new_floor: Callable[[], Floor], form: str
) -> None:
    ann = floor.do("customer.create", name="Ann", email="ann@x.org").id
    bob = floor.do("customer.create", name="Bob", email="bob@x.org").id
    floor.do("case.create", customer=ann, title="Hers", origin="chat", contact=bob)
    floor.do("case.create", customer=bob, title="His", origin="chat", contact=ann)
    floor.do("customer.merge", **{"from": bob, "into": ann})
    assert {case.contact_id for case in floor.do("case.list", customer=ann)} == {None}
    other = new_floor()
    for kind in ("customers", "cases"):
        text = exported(floor, kind, form)
        import_text(other, kind, text)
        assert exported(other, kind, form) == text
    floor.do("customer.unmerge", customer=ann)
    contacts = {c.title: c.contact_id for c in floor.do("case.list")}
    assert contacts == {"Hers": bob, "His": ann}


def test_the_same_file_again_changes_nothing(floor: Floor, table: Table) -> None:
    text = "name,account\nAda,A1\nCy,\nCy,\n"
    assert table("customers", text)[0].created == 3
    seq = floor.desk.last_seq()
    assert counts(table("customers", text)[0]) == (0, 0, 3, 0, False)
    assert floor.desk.last_seq() == seq


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("customers", "account,name\nA1,Ada\nA1,Ada\n", "line 3: The same customer is in line 2"),
        ("customers", "name,email\nAda,a@x.org\nBob,A@x.org\n", "line 3: The same customer is"),
        ("cases", "number,customer,title,origin\nT-1,Zed,T,chat\nt-1,Zed,T,chat\n", "line 3: The"),
        ("cases", "customer,title,origin\nZoe,T,chat\n", "line 2: There is no customer 'Zoe'"),
        ("cases", "customer,title,origin\nZed,T,fax\n", "line 2: There is no channel 'fax'"),
        ("cases", "customer,title,origin\nZed,,chat\n", "line 2: A new case needs a title"),
        ("cases", "number,customer\n42,Zed\n", "line 2: 42 is not a valid case number"),
        (
            "cases",
            "customer,title,origin,minutes\nZed,T,chat,5\n",
            "line 2: Minutes are for resolved cases",
        ),
        (
            "cases",
            "customer,title,origin,status,created,resolved\nZed,T,chat,resolved,2026-02-02,2026-02-01\n",
            "line 2: The case was resolved before it was created",
        ),
        (
            "cases",
            "customer,title,origin,owner\nZed,T,chat,zoe\n",
            "line 2: There is no agent 'zoe'",
        ),
        ("entitlements", "customer,name\nZed,Gold\n", "line 2: A new entitlement needs"),
        (
            "entitlements",
            "customer,name,total,starts,ends\nZed,Gold,1.234,2026-01-01,2026-12-31\n",
            "line 2: The total is not valid",
        ),
        (
            "entitlements",
            "customer,name,total,starts,ends\n" + "Zed,Gold,1,2026-01-01,2026-12-31\n" * 2,
            "line 3: The same entitlement is in line 2",
        ),
        ("articles", "slug,title,body\nA B,T,x\n", "line 2: 'A B' is not a slug"),
        ("articles", "slug,title\na-b,T\n", "line 2: A new article needs a body"),
    ],
)
def test_what_the_desk_refuses_is_told_with_the_line(
    floor: Floor, table: Table, kind: str, text: str, problem: str
) -> None:
    floor.do("customer.create", name="Zed")
    done, problems = table(kind, text)
    assert [found for found in problems if found.startswith(problem)] != [], problems
    assert (done.bad, done.written) == (1, False)


def test_an_imported_number_leaves_room_for_the_next(floor: Floor, table: Table) -> None:
    floor.do("customer.create", name="Zed")
    table("cases", "number,customer,title,origin\nCAS-00007,Zed,Seven,chat\n,Zed,Eight,chat\n")
    made = floor.do("case.create", customer="Zed", title="Nine", origin="chat")
    assert made.number == "CAS-00009"
    assert floor.do("case.get", case="CAS-00008").title == "Eight"


def test_cases_move_by_their_status(floor: Floor, table: Table) -> None:
    floor.do("customer.create", name="Zed")
    table("cases", "number,customer,title,origin\nT-1,Zed,One,chat\n")
    seq = floor.desk.last_seq()
    table("cases", "number,status,resolution,minutes\nT-1,resolved,Swapped it,15\n")
    case = floor.do("case.get", case="T-1")
    assert (case.status, case.minutes, case.resolution) == ("resolved", 15, "Swapped it")
    table("cases", "number,status\nT-1,active\n")
    case = floor.do("case.get", case="T-1")
    assert (case.status, case.minutes, case.resolution, case.resolved_at) == (
        "active",
        None,
        "",
        None,
    )
    kinds = [entry.kind for entry in floor.entries(seq)]
    assert kinds == ["case.resolved", "case.updated", "case.reopened", "case.updated"]


def test_cases_use_terms_when_they_are_imported(floor: Floor, table: Table) -> None:
    floor.do("customer.create", name="Zed")
    table(
        "entitlements",
        "customer,name,state,total,starts,ends,channels,restrict\n"
        'Zed,Gold,active,2,2026-01-01,2026-12-31,"{""chat"": 1}",yes\n',
    )
    text = "customer,title,origin,entitlement\nZed,One,chat,Gold\nZed,Two,email,Gold\n"
    assert counts(table("cases", text)[0]) == (2, 0, 0, 0, True)
    owed = floor.do("entitlement.get", entitlement="Gold")
    assert (owed.state, owed.remaining, owed.channels["chat"].remaining) == ("active", 0, 0)
    done, problems = table("cases", "customer,title,origin,entitlement\nZed,Three,email,Gold\n")
    assert done.bad == 1
    assert problems[0].startswith("line 2: Gold")


def test_only_administrators_import_and_export(floor: Floor) -> None:
    ada = Actor(ActorKind.AGENT, 1, "Ada")
    with pytest.raises(Refused, match="may not import"):
        import_records(floor.desk, ada, KINDS["cases"], [], print)
    with pytest.raises(Refused, match="may not export"):
        list(export_records(floor.desk, ada, KINDS["cases"]))


NASTY = st.text(max_size=12) | st.sampled_from(
    ['"', "a\nb", "a\r\nb\n\n", "=1+1", "  x ", ";,|\t", "'", "\ufeff", "é", "👩‍🚒", "#1 Ada", "42"]
)
NAME = NASTY.map(lambda text: f"N{text}")
_FLOORS = itertools.count()


@pytest.fixture(scope="module")
def new_floor(
    empty_floor: Path, one_floor: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Floor]]:
    """Makes floors that nobody has been on."""
    folder = tmp_path_factory.mktemp("floors")

    def make() -> Floor:
        path = folder / f"{next(_FLOORS)}.db"
        shutil.copyfile(empty_floor, path)
        made = type(one_floor)(path, ManualClock(1_772_442_000_000))
        made.hire("ada", presence="offline")
        return made

    return make


def _fill(floor: Floor, data: st.DataObject) -> None:
    """A few records with any texts, and some that only their numbers tell apart."""
    draw = data.draw
    people = [
        floor.do("customer.create", name=name).id for name in draw(st.lists(NAME, max_size=3))
    ]
    people += [floor.do("customer.create", name="Cy").id for _ in range(2)]
    for key in people[:3]:
        floor.do("customer.update", customer=key, notes=draw(NASTY), city=draw(NASTY))
        drawn = "".join(sign for sign in clean(draw(NASTY)) if hidden(sign) is None)
        address = f"p{key}@{''.join(drawn.replace('@', '').split())}x"
        floor.do("customer.add_address", customer=key, channel="email", address=address)
        floor.do("customer.add_address", customer=key, channel="sms", address=f"+44{key}")
    for key in people:
        dates = {
            "starts": "2026-01-01",
            "ends": draw(st.sampled_from(["2026-12-31", "2026-02-01"])),
        }
        channels = draw(st.dictionaries(st.sampled_from(["chat", "email"]), st.integers(5, 9)))
        owed = [
            floor.do(
                "entitlement.create",
                customer=key,
                name="Gold",
                total=draw(st.sampled_from([20, 7.5])),
                channels=channels,
                contacts=people[:1] if key == people[0] else [],
                description=draw(NASTY),
                **dates,
            ).id
            for _ in range(draw(st.integers(0, 2)))
        ]
        for entitlement in owed:
            active = floor.do("entitlement.activate", entitlement=entitlement).state == "active"
            case = floor.do(
                "case.create",
                customer=key,
                title=draw(NAME),
                description=draw(NASTY),
                origin=draw(st.sampled_from(["chat", "email"])),
                entitlement=entitlement if active else "none",
            )
            floor.clock.advance(draw(st.integers(0, DAY)))
            if draw(st.booleans()):
                floor.do("case.resolve", case=case.id, resolution=draw(NAME), minutes=3)
            if active and draw(st.booleans()):
                floor.do("entitlement.cancel", entitlement=entitlement)


@given(st.data(), st.sampled_from(["csv", "jsonl"]))
@settings(max_examples=share(10), phases=[Phase.generate])
def test_what_goes_out_comes_in_the_same(
    new_floor: Callable[[], Floor], data: st.DataObject, form: str
) -> None:
    here, there = new_floor(), new_floor()
    try:
        _fill(here, data)
        slugs = data.draw(st.lists(st.sampled_from(["a", "b-1", "c"]), unique=True))
        for slug in slugs:
            body, words = data.draw(NAME), data.draw(st.lists(NAME, max_size=2))
            row = dict.fromkeys(KINDS["articles"].by_name)
            row |= {"slug": slug, "title": "T", "body": body}
            row |= {"keywords": [word.replace(",", "") for word in words]}
            done, _ = import_text(here, "articles", "".join(jsonl_lines(KINDS["articles"], [row])))
            assert done.created == 1
        there.clock.set(here.clock.now())
        for kind in ORDER:
            text = exported(here, kind, form)
            done, problems = import_text(there, kind, text)
            assert problems == []
            assert exported(there, kind, form) == text
            assert import_text(there, kind, text)[0].created == 0
            assert not done.updated
    finally:
        here.close()
        there.close()


def test_families_and_merged_cases_come_in_the_same(
    floor: Any, table: Table, new_floor: Callable[[], Floor]
) -> None:
    floor.do("customer.create", name="Zed", account="Z1")
    keys = [
        floor.do("case.create", customer="Zed", title=f"T{n}", origin="chat").id for n in range(5)
    ]
    floor.do("case.set_reason", case=keys[0], reason="on_hold")
    floor.do("case.set_parent", case=keys[0], parent=keys[4])
    floor.do("case.merge", cases=[keys[1], keys[3], keys[2]], into=keys[3])
    floor.do("case.resolve", case=keys[4], resolution="Told", reason="information_provided")
    text = exported(floor, "cases")
    assert counts(table("cases", text)[0]) == (0, 0, 5, 0, False)
    there = new_floor()
    there.clock.set(floor.clock.now())
    import_text(there, "customers", exported(floor, "customers"))
    done, problems = import_text(there, "cases", text)
    assert (done.created, problems) == (5, [])
    assert exported(there, "cases") == text
    there.close()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("A-2,active,,A-9,", "There is no case 'A-9'"),
        ("A-2,active,merged,,", "Active cases cannot have the reason merged"),
        ("A-2,cancelled,merged,,", "A merged case needs the case that it was merged into"),
        ("A-2,cancelled,,,A-1", "A merged case needs the case that it was merged into"),
        ("A-1,active,,A-1,", "A-1 cannot be its own parent"),
        ("A-2,active,,A-3,", "A-3 is a child of A-1 itself"),
    ],
)
def test_what_no_family_can_be_is_told(floor: Any, table: Table, line: str, problem: str) -> None:
    floor.do("customer.create", name="Zed")
    table("cases", "number,customer,title,origin,parent\nA-1,Zed,T,chat,\nA-3,Zed,T,chat,A-1\n")
    head = "number,status,reason,parent,merged_into,customer,title,origin\n"
    _done, problems = table("cases", f"{head}{line},Zed,T,chat\n")
    assert [told for told in problems if problem in told]
