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
        ("Bea Lund,bea@x.org,+4755501222", "belongs to Jo Berg, but the line has Bea Lund"),
        ("Bea Lund,,+4755501222", "belongs to Jo Berg, but the line has Bea Lund"),
        ("Bea Lund,jo@x.org,+4755501999", "belongs to Jo Berg, but the line has Bea Lund"),
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


@pytest.mark.parametrize(
    "cell",
    [
        '"=""+4740000002"""',
        "'+4740000002",
        "=+4740000002",
        '"=""+47 400 00 002"""',
        "\u00a0+47 400 00 002\u00a0",
        "\uff0b\uff14\uff17 40000002",
        "\uff0b4740000002",
        "(+47) 40000002",
        "tel:+4740000002",
        "+4740000002.0",
        "0047 40000002",
    ],
)
def test_a_number_out_of_a_spreadsheet_is_known_when_it_calls(
    floor: Floor, table: Table, cell: str
) -> None:
    _done, problems = table("customers", f"Full name,Phone number\nJo Berg,{cell}\n")
    assert problems == []
    (jo,) = floor.do("customer.list")
    assert [a.key for a in jo.addresses] == ["phone:+4740000002"]
    assert floor.talk(floor.writes(channel="sms", address="+4740000002")).customer_id == jo.id


def test_mail_and_keys_out_of_a_spreadsheet_are_known(floor: Floor, table: Table) -> None:
    head = "Account number,Name,E-mail,Customer since\n"
    line = '"=""0042""","=""Jo Berg""",mailto:jo@x.org,31.12.2020\n'
    assert table("customers", head + line)[1] == []
    (jo,) = floor.do("customer.list")
    assert (jo.account, jo.name, jo.since) == ("0042", "Jo Berg", "2020-12-31")
    cases = 'Case number,Customer,Subject,Origin\n"=""CAS-7""","=""0042""",No light,email\n'
    assert table("cases", cases)[1] == []
    assert table("cases", "number,title\nＣＡＳ-７,Light again\n")[1] == []
    (case,) = floor.do("case.list", customer=jo.id)
    assert (case.number, case.title) == ("CAS-7", "Light again")
    assert floor.talk(floor.writes(channel="email", address="jo@x.org")).customer_id == jo.id


def test_a_day_is_written_alike_by_hand(floor: Floor) -> None:
    jo = floor.do("customer.create", name="Jo").id
    assert floor.do("customer.update", customer=jo, since="31.12.2020").since == "2020-12-31"
    refusal = floor.refused("customer.update", customer=jo, since="12/31/2020")
    assert refusal.code == "customer.since"
    assert "2.3.2026" in refusal.hint


@pytest.mark.parametrize(
    ("line", "column", "sign"),
    [
        ("a\u200bb,Jo,,", "account", "character 2 of 'a\\u200bb' is U+200B"),
        (",Jo,mi\u00adke@x.org,", "email", "character 3 of 'mi\\xadke@x.org' is U+00AD"),
        (",Jo,,+47\u202e40000002", "phone", "character 4 of '+47\\u202e40000002' is U+202E"),
    ],
)
def test_a_table_makes_nobody_by_what_cannot_be_seen(
    floor: Floor, table: Table, line: str, column: str, sign: str
) -> None:
    table("customers", "account,name,email,phone\nab,Mike,mike@x.org,+4740000002\n")
    _done, (problem,) = table("customers", f"account,name,email,phone\n{line}\n")
    assert problem.startswith(f"line 2, {column}: {sign}")
    assert "which cannot be seen" in problem
    assert [one.name for one in floor.do("customer.list")] == ["Mike"]
