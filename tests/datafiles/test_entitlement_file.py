"""What customers are owed, from a file: read, checked, put into a store once."""

from pathlib import Path

import pytest

from omnitui.datafiles import folder
from omnitui.datafiles.check import check as look
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.errors import DataError

DAY = 86_400_000
CHANNELS = (folder() / "channels.toml").read_text("utf-8")
CUSTOMERS = """
[[customer]]
name = "Kiana Anderson"
account = "20417"
[[customer.address]]
channel = "email"
value = "kiana@example.com"
[[customer]]
name = "Marcus Lee"
account = "31186"
"""
OWED = """
[[template]]
name = "Gold"
total = 7.5
days = 100
restrict = true
channels = { phone = 5, email = 0 }
products = ["Router 6"]

[[entitlement]]
template = "gold"
customer = "kiana@example.com"
begun_days_ago = 40
default = true

[[entitlement]]
template = "Gold"
name = "Gold for Marcus"
customer = "31186"
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "company" / "customers").mkdir(parents=True)
    (data / "channels.toml").write_text(CHANNELS, "utf-8")
    (data / "company" / "customers" / "all.toml").write_text(CUSTOMERS, "utf-8")
    (data / "entitlements.toml").write_text(OWED, "utf-8")
    return data


def problems(data: Path) -> list[str]:
    return [str(problem) for problem in look([data], lambda path: None).problems]


def test_what_is_written_is_owed_and_in_force(desk: Desk, company: Path) -> None:
    counts = fill(desk, company).counts
    assert (counts["templates"], counts["entitlements"]) == (1, 2)
    kiana, marcus = (
        desk.call("entitlement.list", ADMINISTRATOR, customer=name)[0]
        for name in ("20417", "31186")
    )
    assert (kiana.name, kiana.state, kiana.remaining, kiana.is_default) == (
        "Gold",
        "active",
        7.5,
        True,
    )
    assert {key: line.total for key, line in kiana.channels.items()} == {"phone": 5, "email": 0}
    assert kiana.period == "2026-01-21 to 2026-04-30"
    assert (kiana.products, kiana.restrict) == (("Router 6",), True)
    assert (marcus.name, marcus.is_default) == ("Gold for Marcus", False)


def test_filling_again_changes_nothing_that_is_owed(desk: Desk, company: Path) -> None:
    fill(desk, company)
    desk.call("entitlement.cancel", ADMINISTRATOR, entitlement="Gold")
    before = desk.call("entitlement.list", ADMINISTRATOR)
    fill(desk, company)
    assert desk.call("entitlement.list", ADMINISTRATOR) == before
    assert len(desk.call("entitlement.template_list", ADMINISTRATOR)) == 1


def test_a_file_without_mistakes_has_none(company: Path) -> None:
    assert problems(company) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ('name = "Gold"\n', 'name = " "\n', "line 3, template[0].name", "not a valid name"),
        ("total = 7.5", "total = 7.505", "line 4, template[0].total", "more than two digits"),
        ("total = 7.5", "total = -1", "line 4, template[0].total", "0.0 or more"),
        ("days = 100", "days = 30", "line 13, entitlement[0].begun_days_ago", "would have ended"),
        ("phone = 5", "pigeon = 5", "template[0].channels", "there is no channel 'pigeon'"),
        ("restrict = true", "restict = true", "line 6, template[0].restict", ""),
        ('"Router 6"', '" "', "template[0].products", "a product has no name"),
        ('template = "gold"', 'template = "Tin"', "entitlement[0].template", "no template 'Tin'"),
        ('"kiana@example.com"', '"nobody"', "entitlement[0].customer", "no customer 'nobody'"),
        ("restrict = true", 'allocation = "hours"\ndecrease_on = "creation"', "", "hours are used"),
        ('[[template]]\nname = "Gold"', '[[template]]\nname = "gold"\ntotal = 1\n[[template]]\n'
         'name = "Gold"', "template[1].name", "a template Gold exists already"),
        ('customer = "31186"', 'customer = "kiana@example.com"\ndefault = true',
         "entitlement[1].default", "has a default already"),
    ],
)  # fmt: skip
def test_each_mistake_is_found_with_its_place(
    desk: Desk, company: Path, old: str, new: str, where: str, said: str
) -> None:
    assert old in OWED
    (company / "entitlements.toml").write_text(OWED.replace(old, new, 1), "utf-8")
    found = problems(company)
    assert len(found) >= 1
    assert where in found[0]
    assert said in found[0]
    seq = desk.last_seq()
    with pytest.raises(DataError):
        fill(desk, company)
    assert desk.last_seq() == seq
