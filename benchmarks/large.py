"""A store of a company that has been at it for years: filled by bulk SQL, the same every time."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from benchmarks.stores import add_sessions, desk_at
from omnitui.clock import ManualClock, SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor, ActorKind
from omnitui.store.engine import Store
from omnitui.store.schema.version_5 import ANEW_5

BUSY_ACTIVITIES = 5_000
"""How much has happened with the first customer."""
NEEDLE = "needleword"
"""What is said in three messages only."""
_NOW = 1_772_442_000_000
_MINUTE = 60_000
_COMMON = (
    "the router is not working since this evening and I can not reach anybody about my invoice"
    " please help me with the new password for the app because it says that the login has failed"
).split()
_ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sh sk st t tr v w y z".split()
_VOWELS = "a e i o u ai ea io ou".split()
_CODAS = "l m n nd r rt s st t ck th ng".split()
_FIRST = (
    "Kiana Marcus Ingrid Tomas Aïcha Jürgen Siobhán Noor Mateo Yuki Olga Peter Ann-Marie"
).split()


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows of each there are, in the proportions of the largest."""

    messages: int

    @property
    def customers(self) -> int:
        return self.messages // 10

    @property
    def cases(self) -> int:
        return self.messages * 3 // 10

    @property
    def conversations(self) -> int:
        return self.messages // 4


@cache
def large(messages: int) -> Path:
    """A filled store, made once for everything that is measured in this run."""
    folder = Path(tempfile.mkdtemp(prefix="omnitui-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "large.db"
    desk, _ada = desk_at(path)
    fill(desk.store, Size(messages))
    desk.close()
    return path


def large_copy(messages: int, folder: Path) -> Path:
    """A store of its own like the large one, in which ada has three sessions."""
    path = folder / "large.db"
    shutil.copyfile(large(messages), path)
    desk = Desk(Store(path), SystemClock())
    add_sessions(desk, Actor(ActorKind.AGENT, 1, "Ada Byron"), [20, 20, 20])
    desk.close()
    return path


def large_desk(messages: int) -> tuple[Desk, Actor]:
    """A desk on the large store, and its one agent."""
    desk = Desk(Store(large(messages)), ManualClock(_NOW))
    return desk, Actor(ActorKind.AGENT, 1, "Ada Byron")


def fill(store: Store, size: Size) -> None:
    """Put all rows in; the full-text indexes are built at the end, which is much faster."""
    chance = Random(4)
    triggers = store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    with store.transaction():
        for trigger in triggers:
            store.execute(f"DROP TRIGGER {trigger['name']}")
        for table, columns, rows in (
            ("customers", "name, name_key, company, account, city, created_at", _people),
            ("addresses", "customer_id, channel, value, key", _addresses),
            (
                "cases",
                "number, title, customer_id, origin, status, priority, description,"
                " created_at, updated_at",
                _cases,
            ),
            (
                "conversations",
                "channel, state, name, address, address_key, subject, customer_id, case_id,"
                " last_at, created_at, last_text, closed_at",
                _conversations,
            ),
            (
                "messages",
                "conversation_id, speaker, kind, author, text, at, delivery, channel, agent_id",
                _messages,
            ),
            ("activities", "customer_id, kind, at, title, body, author, author_id", _activities),
            (
                "journal",
                "at, kind, actor_kind, actor_id, actor_name, customer_id, case_id, payload",
                _journal,
            ),
            ("articles", "slug, title, body, keywords, audience, language, updated", _articles),
        ):
            marks = ", ".join("?" * len(columns.split(",")))
            store.connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows(size, chance)
            )
        for statement in ANEW_5:
            store.execute(statement)
        for trigger in triggers:
            store.execute(trigger["sql"])
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words and how often each is said: a few all the time, most of them seldom."""
    chance = Random(3)
    made = dict.fromkeys(_COMMON)
    while len(made) < 12_000:
        made["".join(_syllable(chance) for _ in range(chance.randint(1, 3)))] = None
    return list(made), list(accumulate(1 / (rank + 3) for rank in range(len(made))))


def _syllable(chance: Random) -> str:
    return chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)


def _phrases(chance: Random, count: int, length: int) -> list[str]:
    known, weights = vocabulary()
    return [" ".join(chance.choices(known, cum_weights=weights, k=length)) for _ in range(count)]


@cache
def _surnames() -> list[str]:
    known, _ = vocabulary()
    return [word.title() for word in known[200:3_200]]


def name_of(number: int) -> str:
    """The name of a customer (from 1)."""
    last = _surnames()
    given = _FIRST[number % len(_FIRST)]
    return f"{given} {last[number * 7 % len(last)]}"


def phone_of(number: int) -> str:
    """The number of a customer, as a person writes it."""
    digits = f"{number * 7919 % 10**8:08d}"
    return f"+44 20 {digits[:4]} {digits[4:]}"


def email_of(number: int) -> str:
    """The mail address of a customer."""
    first, _, last = name_of(number).casefold().partition(" ")
    return f"{first}.{last}{number}@{_company(number).split()[0].casefold()}.example"


def _company(number: int) -> str:
    last = _surnames()
    return f"{last[number * 13 % 400]} Ltd"


def _people(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    cities = _surnames()[1_000:1_200]
    for n in range(1, size.customers + 1):
        name = name_of(n)
        at = _NOW - (size.customers - n) * _MINUTE
        yield name, name.casefold(), _company(n), f"A{n:06d}", cities[n % 200], at


def _addresses(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    for n in range(1, size.customers + 1):
        yield n, "email", email_of(n), f"email:{email_of(n)}"
        phone = phone_of(n)
        yield n, "phone", phone, f"phone:{phone.replace(' ', '')}"


def _whose(size: Size, n: int) -> int:
    return n * 31 % size.customers + 1


def _cases(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    titles, told = _phrases(chance, 20_000, 4), _phrases(chance, 20_000, 12)
    for n in range(1, size.cases + 1):
        at = _NOW - (size.cases - n) * _MINUTE
        status = "active" if n % 5 == 0 else "cancelled"
        yield (
            f"CAS-{n:05d}", titles[n * 17 % 20_000], _whose(size, n), "email", status, "normal",
            told[n * 23 % 20_000], at, at,
        )  # fmt: skip


def _conversations(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    subjects = _phrases(chance, 20_000, 4)
    for n in range(1, size.conversations + 1):
        whose = _whose(size, n)
        at = _NOW - (size.conversations - n) * _MINUTE
        case = n if _whose(size, n) == whose and n <= size.cases else None
        yield (
            "email", "closed", name_of(whose), email_of(whose), f"email:{email_of(whose)}",
            subjects[n * 29 % 20_000], whose, case, at, at, subjects[n % 20_000], at,
        )  # fmt: skip


def _messages(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    starts, ends = _phrases(chance, 50_000, 7), _phrases(chance, 50_000, 7)
    needles = {size.messages // 4, size.messages // 2, size.messages - 3}
    for n in range(1, size.messages + 1):
        talk = (n - 1) % size.conversations + 1
        text = f"{starts[n * 37 % 50_000]} {ends[n * 41 % 50_000]}"
        if n in needles:
            text = f"{text} {NEEDLE}"
        mine = n % 2 == 0
        at = _NOW - (size.messages - n) * _MINUTE // 5
        yield (
            talk, "agent" if mine else "customer", "message", "Ada Byron" if mine else "Customer",
            text, at, "sent" if mine else "received", "email", 1 if mine else None,
        )  # fmt: skip


def _activities(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    titles, told = _phrases(chance, 5_000, 4), _phrases(chance, 5_000, 12)
    kinds = ("call", "mail", "note", "task", "visit")
    for n in range(1, BUSY_ACTIVITIES + size.customers + 1):
        whose = 1 if n <= BUSY_ACTIVITIES else n - BUSY_ACTIVITIES
        at = _NOW - (BUSY_ACTIVITIES + size.customers - n) * _MINUTE
        author = ("Ada Byron", 1) if n % 2 else ("Grace Hopper", None)
        yield whose, kinds[n % 5], at, titles[n * 3 % 5_000], told[n * 7 % 5_000], *author


def _journal(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    for n in range(1, size.cases + 1):
        at = _NOW - (size.cases - n) * _MINUTE
        who = ("agent", 1, "Ada Byron", _whose(size, n), n)
        yield at, "case.created", *who, "{}"
        if n % 5:
            yield at + 1_000, "case.cancelled", *who, '{"resolution": ""}'


def _articles(size: Size, chance: Random) -> Iterator[tuple[object, ...]]:
    count = max(size.messages // 1_000, 100)
    for n, (title, body) in enumerate(
        zip(_phrases(chance, count, 5), _phrases(chance, count, 120), strict=True)
    ):
        yield f"article-{n}", title, body, "", "public", "en", "2026-01-01"
