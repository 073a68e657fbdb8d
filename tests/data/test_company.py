"""The people of the demonstration hang together: names, addresses, cases and days.

Reads the files with the standard library alone, so that a mistake in a file is found here, and not
mixed up with a mistake in the loader.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from listing import each

DATA = Path(__file__).parents[2] / "data"
COMPANY = DATA / "company"
Table = dict[str, Any]

CHANNELS = ["chat", "email", "phone", "sms", "facebook", "twitter", "web", "forum"]
LIVE = {"chat", "phone"}
CHANNEL = {
    "key": str,
    "label": str,
    "mode": str,
    "cost": int,
    "exclusive": bool,
    "glyph": str,
    "ascii": str,
    "origin": int,
}
TRAITS = {
    "word": str,
    "address_kind": str,
    "threading": str,
    "starts": str,
    "longest": int,
    "segments": int,
    "letters": bool,
    "attachments": bool,
}
FIXED_ORIGINS = {"phone": 1, "email": 2, "web": 3, "facebook": 2483, "twitter": 3986}
AGENT = {
    "login": str,
    "name": str,
    "capacity": int,
    "queues": list,
    "languages": list,
    "skills": dict,
}
SKILLS = {
    "router",
    "fibre",
    "wifi",
    "billing",
    "contracts",
    "smart-home",
    "tv",
    "mobile",
    "norwegian",
    "english",
    "complaints",
}
CUSTOMER = {
    "name": str,
    "account": str,
    "tier": str,
    "language": str,
    "city": str,
    "since": date,
    "device": str,
    "plan": str,
    "address": list,
}
CASE = {
    "key": str,
    "title": str,
    "status": str,
    "priority": str,
    "origin": str,
    "product": str,
    "opened_days_ago": int,
}
ACTIVITY = {"kind": str, "days_ago": int, "at": str, "title": str, "author": str}
OPTIONAL: dict[str, dict[str, type]] = {
    "customer": {"company": str, "notes": str, "case": list, "activity": list},
    "case": {
        "closed_days_ago": int,
        "resolution": str,
        "minutes": int,
        "description": str,
        "reason": str,
    },
    "activity": {"body": str, "case": str, "due_in_days": int, "done": bool, "lines": list},
}
KINDS = {"call", "mail", "task", "note", "visit", "chat"}
OPENS, CLOSES = time(10), time(15)
"""When the loader lets a case begin and end on its days."""
DOMAIN = re.compile(r"[\w.+-]+@example\.(com|org|net)")
MOST_REPEATS = 3


def table(path: Path, key: str) -> list[Table]:
    rows: list[Table] = tomllib.loads(path.read_text("utf-8"))[key]
    return rows


@dataclass(frozen=True)
class Deed:
    """One activity and whose it is."""

    customer: Table
    row: Table

    def __str__(self) -> str:
        return f"{self.customer['name']}: {self.row['title']}"


CHANNEL_ROWS = table(DATA / "channels.toml", "channel")
AGENTS = table(COMPANY / "agents.toml", "agent")
QUEUES = table(COMPANY / "queues.toml", "queue")
CUSTOMERS = [
    row
    for path in sorted((COMPANY / "customers").glob("*.toml"))
    for row in table(path, "customer")
]
CASES = [(customer, case) for customer in CUSTOMERS for case in customer.get("case", [])]
DEEDS = [Deed(customer, row) for customer in CUSTOMERS for row in customer.get("activity", [])]
LOGINS = {agent["login"] for agent in AGENTS}

each_customer = each("customer", CUSTOMERS, ids=lambda row: row["account"])


def has_form(row: Table, required: dict[str, type], optional: dict[str, type]) -> bool:
    given = {key: type(value) for key, value in row.items()}
    wanted = required | {key: kind for key, kind in optional.items() if key in given}
    return given == wanted


def address_key(channel: str, value: str) -> str:
    if channel in {"phone", "sms"}:
        return "phone:" + re.sub(r"\D", "", value)
    return f"{channel}:{unicodedata.normalize('NFC', value).casefold().lstrip('@')}"


def named(name: str) -> Table:
    found: list[Table] = [customer for customer in CUSTOMERS if customer["name"] == name]
    assert len(found) == 1
    return found[0]


def case_of(deed: Deed) -> Table:
    cases: dict[str, Table] = {case["key"]: case for case in deed.customer["case"]}
    return cases[deed.row["case"]]


def test_channels_have_their_form_and_order() -> None:
    assert [row["key"] for row in CHANNEL_ROWS] == CHANNELS
    assert [row["key"] for row in CHANNEL_ROWS if not has_form(row, CHANNEL, TRAITS)] == []


def test_chat_and_phone_alone_are_live_and_the_phone_alone_is_exclusive() -> None:
    live = {row["key"] for row in CHANNEL_ROWS if row["mode"] == "live"}
    other = {row["key"] for row in CHANNEL_ROWS if row["mode"] == "asynchronous"}
    assert live == LIVE
    assert other == set(CHANNELS) - LIVE
    assert [row["key"] for row in CHANNEL_ROWS if row["exclusive"]] == ["phone"]


def test_no_channel_costs_more_than_an_agent_has() -> None:
    smallest = min(agent["capacity"] for agent in AGENTS)
    assert [row["key"] for row in CHANNEL_ROWS if not 0 < row["cost"] <= smallest] == []


@pytest.mark.parametrize("field", ["label", "glyph", "ascii", "origin"])
def test_no_two_channels_share(field: str) -> None:
    assert [
        value for value, n in Counter(row[field] for row in CHANNEL_ROWS).items() if n > 1
    ] == []


def test_signs_of_channels_are_one_cell_wide() -> None:
    assert [row["key"] for row in CHANNEL_ROWS if cell_len(row["glyph"]) != 1] == []
    plain = [row["ascii"] for row in CHANNEL_ROWS]
    assert [sign for sign in plain if len(sign) != 1 or not "!" <= sign <= "~"] == []


def test_well_known_origins_keep_their_codes() -> None:
    codes = {row["key"]: row["origin"] for row in CHANNEL_ROWS}
    assert {key: codes[key] for key in FIXED_ORIGINS} == FIXED_ORIGINS


def test_queues_have_names_and_an_order() -> None:
    assert {row["name"] for row in QUEUES} == {"Internet", "Billing", "Smart Home", "Mobile & TV"}
    assert len({row["priority"] for row in QUEUES}) == len(QUEUES)


def test_agents_have_their_form() -> None:
    assert [row["login"] for row in AGENTS if not has_form(row, AGENT, {"calls_first": bool})] == []
    assert len(LOGINS) == len({row["name"] for row in AGENTS}) == len(AGENTS) == 8


def test_agents_work_known_queues_and_every_queue_has_two_of_them() -> None:
    names = {row["name"] for row in QUEUES}
    staff = Counter(queue for agent in AGENTS for queue in agent["queues"])
    assert staff.keys() == names
    assert min(staff.values()) >= 2


def test_skills_are_known_have_a_level_and_somebody_has_each() -> None:
    levels = [(skill, level) for agent in AGENTS for skill, level in agent["skills"].items()]
    assert {skill for skill, _ in levels} == SKILLS
    assert [pair for pair in levels if pair[1] not in range(1, 6)] == []


def test_there_are_people_enough_to_look_real() -> None:
    assert len(CUSTOMERS) >= 64
    assert len(CASES) >= 90
    assert len(DEEDS) >= 400
    rich = [row for row in CUSTOMERS if len(row.get("activity", [])) >= 8 and len(row["case"]) >= 2]
    assert len(rich) >= 20


@each_customer
def test_customer_has_the_form(customer: Table) -> None:
    assert has_form(customer, CUSTOMER, OPTIONAL["customer"])
    assert customer["tier"] in {"bronze", "silver", "gold", "platinum"}
    assert customer["language"] in {"en", "nb"}
    assert customer["account"].isdecimal()


@each_customer
def test_addresses_lead_nowhere_real(customer: Table) -> None:
    assert customer["address"]
    for address in customer["address"]:
        assert address.keys() == {"channel", "value"}
        assert address["channel"] in CHANNELS
        if address["channel"] == "email":
            assert DOMAIN.fullmatch(address["value"])
        if address["channel"] in {"phone", "sms"}:
            assert " 555 " in address["value"]


@pytest.mark.parametrize("field", ["name", "account"])
def test_no_two_customers_share(field: str) -> None:
    assert [value for value, n in Counter(row[field] for row in CUSTOMERS).items() if n > 1] == []


def test_an_address_belongs_to_one_customer() -> None:
    owners: dict[str, set[str]] = {}
    for customer in CUSTOMERS:
        for address in customer["address"]:
            key = address_key(address["channel"], address["value"])
            owners.setdefault(key, set()).add(customer["account"])
    assert {key: who for key, who in owners.items() if len(who) > 1} == {}


def test_cases_have_the_form() -> None:
    bad = [
        (customer["name"], case["title"])
        for customer, case in CASES
        if not has_form(case, CASE, OPTIONAL["case"])
        or case["status"] not in {"active", "resolved", "cancelled"}
        or case["priority"] not in {"low", "normal", "high"}
        or case["origin"] not in CHANNELS
    ]
    assert bad == []


def test_case_keys_are_unique_for_their_customer() -> None:
    keys = Counter((customer["account"], case["key"]) for customer, case in CASES)
    assert [key for key, n in keys.items() if n > 1] == []


def test_closed_cases_say_when_and_why_and_active_ones_do_not() -> None:
    bad = [
        (customer["name"], case["title"])
        for customer, case in CASES
        if (case["status"] == "active") == ("closed_days_ago" in case)
        or (case["status"] == "active") == ("resolution" in case)
        or not 0 <= case.get("closed_days_ago", 0) <= case["opened_days_ago"]
    ]
    assert bad == []


def test_every_case_has_a_history() -> None:
    told = {(deed.customer["account"], deed.row.get("case")) for deed in DEEDS}
    untold = [key for c, case in CASES if (key := (c["account"], case["key"])) not in told]
    assert untold == []


def test_activities_have_the_form() -> None:
    bad = [
        str(deed)
        for deed in DEEDS
        if not has_form(deed.row, ACTIVITY, OPTIONAL["activity"])
        or deed.row["kind"] not in KINDS
        or deed.row["author"] not in LOGINS | {"customer"}
        or deed.row["days_ago"] < 0
        or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", deed.row["at"])
    ]
    assert bad == []


def test_activities_name_cases_of_their_customer() -> None:
    bad = [
        str(deed)
        for deed in DEEDS
        if "case" in deed.row
        and deed.row["case"] not in {case["key"] for case in deed.customer.get("case", [])}
    ]
    assert bad == []


def test_activities_lie_between_the_opening_and_the_closing_of_their_case() -> None:
    bad = []
    for deed in (deed for deed in DEEDS if "case" in deed.row):
        case, days, at = case_of(deed), deed.row["days_ago"], time.fromisoformat(deed.row["at"])
        opened, closed = case["opened_days_ago"], case.get("closed_days_ago", -1)
        # Days count back: the larger number is the earlier day.
        if days > opened or (days == opened and at < OPENS):
            bad.append(f"{deed} is before {case['title']}")
        if days < closed or (days == closed and at > CLOSES):
            bad.append(f"{deed} is after {case['title']}")
    assert bad == []


def test_histories_are_told_in_order() -> None:
    for customer in CUSTOMERS:
        order = [(-row["days_ago"], row["at"]) for row in customer.get("activity", [])]
        assert order == sorted(order), customer["name"]


def test_only_tasks_are_due_or_done_and_an_open_one_says_when() -> None:
    tasks = [deed for deed in DEEDS if deed.row["kind"] == "task"]
    others = [deed for deed in DEEDS if deed.row["kind"] != "task"]
    assert [str(d) for d in others if {"due_in_days", "done"} & d.row.keys()] == []
    assert [str(d) for d in tasks if d.row.get("done") is ("due_in_days" in d.row)] == []
    assert [str(d) for d in tasks if not d.row.get("done") and "due_in_days" not in d.row] == []


def test_chats_say_who_said_what_and_nothing_else_does() -> None:
    bad = [str(deed) for deed in DEEDS if (deed.row["kind"] == "chat") != ("lines" in deed.row)]
    assert bad == []
    lines = [line for deed in DEEDS for line in deed.row.get("lines", [])]
    assert {speaker for speaker, _ in lines} == {"customer", "agent", "bot"}
    assert [words for _, words in lines if not words.strip()] == []


def test_no_sentence_is_used_as_filler() -> None:
    texts: Counter[str] = Counter()
    for deed in DEEDS:
        texts.update([deed.row["title"], *filter(None, [deed.row.get("body")])])
        texts.update(words for _, words in deed.row.get("lines", []))
    for _, case in CASES:
        texts.update(filter(None, [case["title"], case.get("description"), case.get("resolution")]))
    assert {text: n for text, n in texts.items() if n > MOST_REPEATS} == {}


def test_kiana_waits_for_the_third_time_and_someone_else_was_helped_before() -> None:
    kiana = named("Kiana Anderson")
    assert (kiana["account"], kiana["tier"], kiana["city"]) == ("20417", "gold", "Halden")
    assert {"channel": "email", "value": "kiana@example.com"} in kiana["address"]
    assert {"channel": "phone", "value": "+47 555 01 022"} in kiana["address"]
    [waiting] = [case for case in kiana["case"] if case["status"] == "active"]
    assert len(kiana["case"]) >= 4
    calls = [
        row
        for row in kiana["activity"]
        if row["kind"] == "call" and row.get("case") == waiting["key"] and row["days_ago"] < 30
    ]
    assert len(calls) == 3
    others = [case for who, case in CASES if who is not kiana and case["status"] == "resolved"]
    assert any("firmware 2.1.4" in case["title"] for case in others)


def test_marcus_waits_for_money() -> None:
    marcus = named("Marcus Lee")
    assert marcus["tier"] == "silver"
    assert {"channel": "email", "value": "marcus.lee@example.com"} in marcus["address"]
    assert [case["title"] for case in marcus["case"] if case["status"] == "active"] == [
        "Invoice 4411 charged twice"
    ]


def test_names_are_written_as_people_write_them() -> None:
    names = " ".join(customer["name"] for customer in CUSTOMERS)
    assert any(unicodedata.name(letter).startswith("CJK") for letter in names)
    assert any(unicodedata.decomposition(letter) for letter in names)
