"""Whatever handles fields knows every field that is declared, so that the next one is forgotten
nowhere: it is created, changed, undone, exported, imported, merged, and shown in form and summary.

A field that is declared tomorrow is tried here with a value of its kind. Only what a field means
beyond that (an owner is an agent) is said below.
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from test_desk_records import exported, import_text

from omnitui.cli.describe import as_data
from omnitui.cli.reference import commands as reference
from omnitui.console.apps import fields as forms
from omnitui.console.glyphs import ASCII
from omnitui.console.present.records.case import case_facts
from omnitui.console.present.records.customer_merge import side_by_side
from omnitui.console.present.records.profile import Profile, profile_parts
from omnitui.console.present.records.reached import words
from omnitui.console.widgets.fields import FieldKind
from omnitui.datafiles.records import KINDS
from omnitui.datafiles.records_lines import column_of
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import Actor
from omnitui.model.case import CASE_FIELDS, Case
from omnitui.model.customer import CUSTOMER_FIELDS, Customer
from omnitui.model.engagement import Engagement
from omnitui.model.entitlement import ENTITLEMENT_FIELDS, Entitlement, Terms
from omnitui.model.fields import By, Field, Letters, Merging, Takes, changed_by_agents
from omnitui.store.engine import Store

KIANA = "kiana@example.com"
TABLES = {"customer": CUSTOMER_FIELDS, "case": CASE_FIELDS, "entitlement": ENTITLEMENT_FIELDS}
EVERY = [(noun, field) for noun, fields in TABLES.items() for field in fields]
CHANGED = [(noun, field) for noun, fields in TABLES.items() for field in changed_by_agents(fields)]
PLAIN = [(noun, field) for noun, field in CHANGED if not field.names]
NEW = {
    "customer": {"name": "Marcus Lee", "email": "marcus@example.com"},
    "case": {"customer": KIANA, "title": "Drops", "origin": "chat"},
    "entitlement": {
        "customer": KIANA,
        "name": "Gold",
        "total": 5,
        "starts": "2026-01-01",
        "ends": "2027-01-01",
    },
}
"""What a record of each kind is created with."""
MEANT: Mapping[tuple[str, str], Any] = {
    ("customer", "language"): "nb",
    ("case", "reason"): "on_hold",
    ("case", "origin"): "email",
    ("case", "owner"): "grace",
    ("case", "contact"): "Nora Berg",
    ("case", "entitlement"): "Silver",
    ("entitlement", "starts"): "2026-03-01",
    ("entitlement", "ends"): "2027-03-01",
    ("entitlement", "channels"): {"chat": 2},
    ("entitlement", "contacts"): ["Nora Berg"],
    # How it counts can only be one thing for hours.
    ("entitlement", "decrease_on"): "resolution",
}
"""What is meant by fields of which the kind alone does not say what they may be."""


def names(one: tuple[str, Field]) -> str:
    return f"{one[0]}.{one[1].key}"


each_field = pytest.mark.parametrize(("noun", "field"), CHANGED, ids=map(names, CHANGED))
each_plain = pytest.mark.parametrize(("noun", "field"), PLAIN, ids=map(names, PLAIN))


def value_of(noun: str, field: Field) -> Any:
    """A value that no record begins with."""
    if (noun, field.key) in MEANT:
        return MEANT[noun, field.key]
    if field.choices is not None:
        return list(field.choices)[-1].value
    of_kind = {
        Takes.LINE: f"Some {field.label}",
        Takes.TEXT: f"Some {field.label}\nin two lines",
        Takes.LINES: ["Router", "Fibre"],
        Takes.FLAG: True,
        Takes.DAY: "2021-04-01",
        Takes.AMOUNT: 7.5,
        Takes.WHOLE: 7,
    }
    return of_kind[field.takes]


@pytest.fixture
def elsewhere(floor: Any, empty_floor: Path, tmp_path: Path) -> Iterator[Any]:
    """Another store, with nothing in it but the channels and who works there."""
    path = tmp_path / "elsewhere.db"
    shutil.copyfile(empty_floor, path)
    there = type(floor)(path, floor.clock)
    there.hire("ada")
    there.hire("grace")
    yield there
    there.close()


@pytest.fixture
def ada(floor: Any) -> Actor:
    actor: Actor = floor.hire("ada")
    floor.hire("grace")
    kiana = floor.do("customer.create", name="Kiana Anderson", email=KIANA).id
    floor.do("customer.create", name="Nora Berg", email="nora@example.com")
    silver = {**NEW["entitlement"], "customer": kiana, "name": "Silver"}
    key = floor.do("entitlement.create", **silver).id
    floor.do("entitlement.activate", entitlement=key)
    floor.do("settings.set", key="agents_change_entitlements", value="yes")
    return actor


def made(floor: Any, noun: str, by: Actor, **more: Any) -> Any:
    return floor.do(f"{noun}.create", by, **{**NEW[noun], **more})


def told(floor: Any, noun: str, key: int) -> dict[str, Any]:
    """A record as its command tells it."""
    found = floor.do(f"{noun}.get", **{noun: key})
    return {field.key: getattr(found, field.attribute) for field in TABLES[noun]}


def change(floor: Any, noun: str, field: Field, by: Actor) -> tuple[int, Any, Any]:
    """Give a new record another value in a field: its key, and how that stood before and since."""
    key = made(floor, noun, by).id
    before = told(floor, noun, key)
    floor.do(f"{noun}.update", by, **{noun: key, field.key: value_of(noun, field)})
    after = told(floor, noun, key)
    assert after[field.key] != before[field.key]
    return key, before, after


# What is declared.


@pytest.mark.parametrize("noun", TABLES)
def test_a_field_is_declared_once_and_said_to_people(noun: str) -> None:
    fields = TABLES[noun]
    for what in ("key", "column", "attribute"):
        assert len({getattr(field, what) for field in fields}) == len(fields)
    assert all(field.label and field.about for field in fields)
    assert all(bool(field.choices) == (field.takes is Takes.CHOICE) for field in fields)


@pytest.mark.parametrize(("noun", "field"), EVERY, ids=map(names, EVERY))
def test_a_field_is_a_column_of_its_table_and_something_of_its_record(
    noun: str, field: Field
) -> None:
    if field.in_row:
        columns = Store(":memory:").rows(f"PRAGMA table_info({noun}s)")
        assert field.column in {row["name"] for row in columns}
        for record in {"customer": [Customer], "case": [Case], "entitlement": [Terms]}[noun]:
            assert field.attribute in record.__struct_fields__
    if noun == "entitlement":
        assert field.attribute in Entitlement.__struct_fields__


@each_field
def test_the_reference_says_what_a_parameter_is(noun: str, field: Field) -> None:
    update = as_data(COMMANDS[f"{noun}.update"])["parameters"]
    assert {one["name"]: one["about"] for one in update}[field.key] == field.about
    assert f"| `{field.key}` |" in reference.page()
    created = {one.name: one for one in COMMANDS[f"{noun}.create"].parameters}
    assert field.names or field.key in created
    if field.default is not None and field in [one for _, one in PLAIN]:
        assert created[field.key].default == field.default


# Created, changed, undone.


@each_field
def test_a_field_is_given_when_a_record_is_made(
    floor: Any, ada: Actor, noun: str, field: Field
) -> None:
    if field.key not in {one.name for one in COMMANDS[f"{noun}.create"].parameters}:
        assert field.names
        return
    usual = told(floor, noun, made(floor, noun, ada).id)
    given = {field.key: value_of(noun, field)}
    if noun == "customer":
        given["email"] = "another@example.com"
    record = told(floor, noun, made(floor, noun, ada, **given).id)
    assert record[field.key] != usual[field.key]


@each_field
def test_a_field_is_changed_alone_and_made_what_it_was(
    floor: Any, ada: Actor, noun: str, field: Field
) -> None:
    key, before, after = change(floor, noun, field, ada)
    same = {name for name in before if before[name] == after[name]}
    assert same >= before.keys() - {field.key, "updated", "decrease_on", "allocation"}
    undone = floor.do("undo.last", ada)
    assert undone is not None
    assert {**told(floor, noun, key), "updated": 0} == {**before, "updated": 0}


@each_plain
def test_what_cannot_be_seen_and_what_is_too_long_stays_out(
    floor: Any, ada: Actor, noun: str, field: Field
) -> None:
    key = made(floor, noun, ada).id
    given = {noun: key, field.key: "a\u200bb" if field.takes is Takes.LINE else "\u200b"}
    if field.takes is not Takes.LINE:
        if field.takes not in (Takes.TEXT, Takes.DAY):
            assert floor.refused(f"{noun}.update", ada, **given).code
        return
    if field.letters is not Letters.ANY:
        assert floor.refused(f"{noun}.update", ada, **given).code == "parameter.invalid"
    if field.key == "name":
        return  # a name that is too long is refused, not cut
    floor.do(f"{noun}.update", ada, **{noun: key, field.key: "x" * (field.most + 1)})
    assert len(told(floor, noun, key)[field.key]) == field.most
    if field.needs:
        refusal = floor.refused(f"{noun}.update", ada, **{noun: key, field.key: "  "})
        assert (refusal.code, refusal.hint) == (f"{noun}.{field.key}", field.needs)
    else:
        floor.do(f"{noun}.update", ada, **{noun: key, field.key: " "})
        assert told(floor, noun, key)[field.key] == ""


# In tables.


@each_field
def test_a_field_goes_out_and_comes_back_in_a_table(
    floor: Any, elsewhere: Any, ada: Actor, noun: str, field: Field
) -> None:
    change(floor, noun, field, ada)
    for kind in ("customers", "entitlements", "cases"):
        table = exported(floor, kind)
        assert field.key in table.split("\n")[0] or kind != f"{noun}s"
        _, problems = import_text(elsewhere, kind, table)
        assert problems == []
        assert exported(elsewhere, kind) == table


@pytest.mark.parametrize(("noun", "field"), EVERY, ids=map(names, EVERY))
def test_a_column_is_known_by_each_of_its_names(noun: str, field: Field) -> None:
    kind = KINDS[f"{noun}s"]
    for name in (field.key, *field.also):
        for written in (name, name.upper(), name.replace(" ", "_")):
            found = column_of(kind, written)
            assert found is not None, written
            assert found.name == field.key, written


def test_no_two_columns_have_a_name_in_common() -> None:
    for kind in KINDS.values():
        every = [name for column in kind.columns for name in (column.name, *column.also)]
        assert len(set(every)) == len(every), kind.name


@each_plain
def test_a_field_is_brought_up_to_date_by_a_table(
    floor: Any, ada: Actor, noun: str, field: Field
) -> None:
    if (noun, field.key) == ("entitlement", "name"):
        return  # by which it is found: another name is another entitlement
    key, before, after = change(floor, noun, field, ada)
    changed = exported(floor, f"{noun}s", "jsonl")
    floor.do("undo.last", ada)
    assert told(floor, noun, key)[field.key] == before[field.key]
    done, problems = import_text(floor, f"{noun}s", changed)
    assert problems == []
    assert done.updated >= 1
    assert told(floor, noun, key)[field.key] == after[field.key]


# Merged.


@pytest.mark.parametrize(
    "field", [field for noun, field in CHANGED if noun == "customer"], ids=lambda one: one.key
)
def test_the_survivor_of_a_merge_has_what_is_declared(floor: Any, ada: Actor, field: Field) -> None:
    key, _, after = change(floor, "customer", field, ada)
    other = floor.do("customer.create", name="M. Lee").id
    two = {"from": key, "into": other}
    preview = floor.do("customer.merge_preview", **two)
    (line,) = [one for one in preview.fields if one.field == field.key]
    floor.do("customer.merge", ada, **two)
    kept = field.merging is Merging.KEPT
    became = told(floor, "customer", other)[field.key]
    assert (became == after[field.key]) is not kept
    assert line.becomes == ("yes" if became is True else str(became))
    shown = "\n".join(one.plain for one in side_by_side(preview, 120, ASCII))
    assert field.label in shown
    floor.do("undo.last", ada)
    assert told(floor, "customer", key) == after


# Shown.


@each_field
def test_a_field_can_be_edited_in_the_form(floor: Any, ada: Actor, noun: str, field: Field) -> None:
    key, _, after = change(floor, noun, field, ada)
    record = floor.do(f"{noun}.get", **{noun: key})
    form = getattr(forms, f"{noun}_fields")(record, floor.desk.channels)
    shown = {one.key: one for one in form}
    if not field.form:
        assert field.key not in shown
        return
    key_of = "channel_chat" if field.takes is Takes.AMOUNTS else field.key
    assert shown[key_of].value
    if field.takes is Takes.AMOUNTS:
        return
    assert shown[field.key].label == field.label
    if shown[field.key].kind is FieldKind.CHOICE:
        assert shown[field.key].value in dict(shown[field.key].options)
    # What is typed is what the desk takes.
    if shown[field.key].kind is not FieldKind.FACT and field.key != "owner":
        floor.do("undo.last", ada)
        typed = {field.key: shown[field.key].value}
        floor.do(f"{noun}.update", ada, **{noun: key, **typed})
        assert told(floor, noun, key)[field.key] == after[field.key]


@each_plain
def test_a_field_is_told_in_the_summary(floor: Any, ada: Actor, noun: str, field: Field) -> None:
    key, _, _ = change(floor, noun, field, ada)
    record = floor.do(f"{noun}.get", **{noun: key})
    now, channels = floor.clock.now(), floor.desk.channels
    value = words(field, getattr(record, field.attribute))
    if noun == "customer":
        talk = floor.talk(floor.writes())
        view = Profile(
            talk, None, Engagement(), UTC, now, frozenset(("customer",)), record, channels=channels
        )
        lines = [line for part in profile_parts(view, 200, ASCII) for line in part.lines]
    elif noun == "case":
        lines = case_facts(record, 200, now, UTC, channels, ASCII)
    else:
        floor.do("entitlement.activate", entitlement=key)
        record = floor.do("entitlement.get", entitlement=key)
        told_of = {one.key: one.value for one in forms.entitlement_fields(record, channels)}
        assert not field.place or told_of[field.key]
        return
    said = " ".join(" ".join(line.plain for line in lines).split())
    if field.key == "since":
        value = value[:4]
    assert value.lower() in said.lower() or field.takes is Takes.FLAG


def test_what_agents_do_not_change_is_no_parameter() -> None:
    for noun, field in EVERY:
        if field.by is By.OTHERWISE:
            given = {one.name for one in COMMANDS[f"{noun}.update"].parameters}
            assert field.key not in given
