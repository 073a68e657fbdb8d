"""Importing people: nobody becomes somebody else, and a cell may hold several addresses."""

from collections.abc import Callable
from typing import Any

import pytest
from test_desk_records import import_text

Floor = Any
Table = Callable[..., tuple[Any, list[str]]]


@pytest.fixture
def table(floor: Floor) -> Table:
    """Imports the text of a file."""
    return lambda kind, text, **more: import_text(floor, kind, text, **more)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Bea Lund,bea@x.org,+4755501222", "belongs to Jo Berg, and the line says Bea Lund"),
        ("Bea Lund,,+4755501222", "belongs to Jo Berg, and the line says Bea Lund"),
        ("Bea Lund,jo@x.org,+4755501999", "belongs to Jo Berg, and the line says Bea Lund"),
        ("Jo Berg,cy@x.org,+4755501222", ""),
        ("Berg Jo,cy@x.org,+4755501222", ""),
        ("Jo Lund,jo@x.org,", ""),
        (",,0047 555 01 222", ""),
    ],
)
def test_an_address_in_common_makes_nobody_somebody_else(
    floor: Floor, table: Table, line: str, code: str
) -> None:
    table("customers", "name,email,phone\nJo Berg,jo@x.org,+4755501222\n")
    _done, problems = table("customers", f"name,email,phone\n{line}\n", keep_going=True)
    assert len(problems) == bool(code)
    assert code in "".join(problems)
    (jo,) = floor.do("customer.list")
    assert (jo.name == "Jo Lund") is line.startswith("Jo Lund")
    assert [a.value for a in jo.addresses][:2] == ["jo@x.org", "+4755501222"]


def test_an_account_says_who_is_meant_whatever_the_name(floor: Floor, table: Table) -> None:
    table("customers", "account,name,phone\n1,Jo Berg,+4755501222\n")
    table("customers", "account,name,phone\n1,Bea Lund,+4755501222\n")
    assert [one.name for one in floor.do("customer.list")] == ["Bea Lund"]


def test_a_cell_with_several_addresses_is_several(floor: Floor, table: Table) -> None:
    head = "name,email,phone\n"
    table("customers", f'{head}Two,"a@x.org; b@x.org","+47 55501444 / +47 55501555"\n')
    (two,) = floor.do("customer.list")
    assert [a.key for a in two.addresses] == [
        "email:a@x.org",
        "email:b@x.org",
        "phone:+4755501444",
        "phone:+4755501555",
    ]
    _done, problems = table("customers", f"{head}Odd,,55501444 55501666\n", keep_going=True)
    assert "is not a phone number" in problems[0]
