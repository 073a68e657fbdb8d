"""A channel that somebody adds is, in every respect, as those of its kind that ship."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_desk_records import exported, import_text

from omnitui.clock import ManualClock
from omnitui.model.errors import Refused
from shipped import SHIPPED, like

Probe = Callable[[Any, str, dict[str, Any]], Any]

KINDS: dict[str, dict[str, str]] = {
    "email": {
        "mine": "Kiana@Example.com",
        "again": "kiana@example.com",
        "near": "kiana@elsewhere.example",
        "new": "nobody@example.org",
        "withheld": "anonymous@anonymous.invalid",
        "wrong": "no mail",
    },
    "phone": {
        "mine": "+47 555 01 022",
        "again": "004755501022",
        "near": "555 01 022",
        "new": "+47 999 88 777",
        "withheld": "anonymous",
        "wrong": "n/a",
    },
    "handle": {
        "mine": "@KianaA",
        "again": "kianaa",
        "near": "kiana_a",
        "new": "@nobody",
        "withheld": "anonymous",
        "wrong": "@",
    },
    "device": {
        "mine": "dev-81F3",
        "again": "dev-81f3",
        "near": "dev-81f",
        "new": "dev-9",
        "withheld": "anonymous",
        "wrong": "@",
    },
}
"""Of each kind of address: one, the same otherwise, one like it, another, and two that are none."""

PAIRS = [
    ("email", "letters"),
    ("phone", "fax"),
    ("sms", "pager"),
    ("facebook", "messages"),
    ("twitter", "posts"),
    ("forum", "board"),
    ("web", "lobby"),
    ("chat", "window"),
]
"""A channel that ships, and the made-up one that is like it."""


BEGIN = "begin"
"""Where a conversation begins that goes on on one of them."""


@pytest.fixture(scope="module")
def furnished(one_floor: Any) -> Path:
    """A store with all channels that ship, and one like each of them."""
    there = {channel.key for channel in one_floor.do("channel.list")}
    for key, twin in PAIRS:
        shipped = SHIPPED[key]
        given = {name: getattr(shipped, name) for name in ("mode", "exclusive", "rung")}
        if key not in there:
            one_floor.do("channel.create", key=key, label=shipped.label, **given, **like(key))
        one_floor.do("channel.create", key=twin, label=f"The {twin}", **given, **like(key))
    one_floor.do("channel.create", key=BEGIN, label="Begin", address_kind="device", rung=0)
    one_floor.desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(one_floor.path)


@pytest.fixture
def afresh(furnished: Path, one_floor: Any, tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Opens a copy of that store."""
    opened = []

    def floor(name: str) -> Any:
        path = tmp_path / f"{name}.db"
        shutil.copyfile(furnished, path)
        opened.append(type(one_floor)(path, ManualClock(one_floor.clock.now())))
        return opened[-1]

    yield floor
    for one in opened:
        one.close()


def made(desk: Any, key: str, value: str, name: str = "Kiana Anderson") -> int:
    customer = desk.do("customer.create", name=name).id
    desk.do("customer.add_address", customer=customer, channel=key, address=value)
    return int(customer)


def code(desk: Any, name: str, **given: Any) -> str:
    try:
        desk.do(name, **given)
    except Refused as refused:
        return refused.refusal.code
    return ""


def known(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Who writes from an address that is somebody's, and from one that is nobody's."""
    made(desk, key, at["mine"])
    talks = [
        desk.talk(desk.writes(channel=key, address=at[which], name=name))
        for which, name in (("again", ""), ("new", "Kiana Anderson"), ("near", ""))
    ]
    return [(talk.customer_id is not None, talk.match_reason) for talk in talks]


def withheld(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Whether those who say nothing of themselves are one."""
    talks = [desk.writes(channel=key, address=at["withheld"]) for _ in range(2)]
    return len(set(talks))


def kept(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """What becomes of addresses that are written by hand."""
    one, other = made(desk, key, at["mine"]), made(desk, key, at["new"], "Bo")
    assert one != other
    add = "customer.add_address"
    return [
        code(desk, add, customer=one, channel=key, address=at["again"]),
        code(desk, add, customer=other, channel=key, address=at["again"]),
        code(desk, add, customer=one, channel=key, address=at["withheld"]),
        code(desk, add, customer=one, channel=key, address=at["wrong"]),
        len(desk.do("customer.get", customer=one).addresses),
    ]


def twice(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Who may be in the books twice."""
    one = made(desk, key, at["mine"], "Somebody")
    made(desk, key, at["near"], "Else")
    return [found.because for found in desk.do("customer.duplicates", customer=one)]


def meant(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Whether an address names a customer, alone and behind its channel."""
    one = made(desk, key, at["mine"])
    ways = (at["again"], f"{key}: {at['again']}")
    return [desk.do("customer.get", customer=way).id == one for way in ways]


def carried(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Whether a table brings an address back to where it was."""
    one = made(desk, key, at["mine"])
    text = exported(desk, "customers", "jsonl")
    before = desk.do("customer.get", customer=one).addresses
    desk.do("customer.remove_address", customer=one, address=at["mine"])
    import_text(desk, "customers", text)
    after = desk.do("customer.get", customer=one).addresses
    return [address.channel for address in after] == [key], after == before


def found(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Whether the filter, cases and lists know the channel by its key, and what belongs there."""
    one = made(desk, key, at["mine"])
    talk = desk.writes(channel=key, address=at["mine"])
    ada = desk.hire("ada", presence="offline")
    case = desk.do("case.create", customer=one, title="Drops", origin=key)
    listed = desk.do("home.find", ada, stream="all", filter=f"channel:{key}").keys
    return [list(listed) == [talk], case.origin == key]


def raised(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Where somebody is reached who is escalated from there, and to a channel like it."""
    one = made(desk, BEGIN, "dev-7")
    desk.do("customer.add_address", customer=one, channel=key, address=at["mine"])
    desk.do("channel.update", channel=key, rung=3)
    desk.do("channel.create", key="top", label="Top", address_kind="phone", rung=9)
    ada = desk.hire("ada")
    talk = desk.serves(ada, channel=BEGIN, address="dev-7")
    options = {o.channel: o for o in desk.do("conversation.escalations", ada, conversation=talk)}
    own = options[key]
    return own.addresses, own.code, options["top"].addresses


def told(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """What a link into another system can say of them."""
    one = made(desk, key, at["mine"])
    desk.do("link.set", name="M", url="https://x.example/{customer.email}")
    desk.do("link.set", name="P", url="https://x.example/{customer.phone}")
    return [link.url for link in desk.do("link.filled", customer=one)]


def limited(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """How much of a long answer it takes."""
    ada = desk.hire("ada")
    talk = desk.serves(ada, channel=key, address=at["mine"])
    texts = ("x" * 1_530, "x" * 1_531, "x" * 2_001, "x" * 10_001, "я" * 700)
    reply = "conversation.reply"
    said = []
    for text in texts:
        answer = desk.desk.attempt(reply, ada, conversation=talk, text=text)
        said.append(getattr(answer, "code", ""))
    return said


def threaded(desk: Any, key: str, at: dict[str, Any]) -> Any:
    """Which of several messages belong together."""
    subjects = ("Bill", "Re: bill", "AW: RE: Bill", "Router", "", None)
    talks = [
        desk.writes(channel=key, address=at["mine"], context={"subject": subject})
        for subject in subjects
    ]
    return [talks.index(talk) for talk in talks]


PROBES: tuple[Probe, ...] = (
    known,
    withheld,
    kept,
    twice,
    meant,
    carried,
    found,
    raised,
    told,
    limited,
    threaded,
)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
@pytest.mark.parametrize(("shipped", "twin"), PAIRS)
def test_an_added_channel_is_as_the_one_that_ships(
    afresh: Callable[[str], Any], shipped: str, twin: str, probe: Probe
) -> None:
    at = KINDS[SHIPPED[shipped].address_kind.value]
    one, other = (str(probe(afresh(key), key, at)) for key in (shipped, twin))
    assert one == other
