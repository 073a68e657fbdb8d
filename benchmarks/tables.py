"""Tables of records in and out, and what is done to many at once."""

import csv
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.large import email_of, name_of, phone_of
from benchmarks.stores import desk_at
from benchmarks.table import Row
from benchmarks.triage import with_open
from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.store.engine import Store

_BAD = (7, 1_000)
"""Lines of the file that is only tried which name nobody."""
_MOST_MIB = 200
_MOST_IN, _MOST_GROWTH, _MOST_OUT = 25.0, 1.5, 40.0
_MANY = 1_000


def tables(folder: Path, count: int) -> list[Row]:
    """`omnitui import` and `omnitui export` of so many customers and cases, beside plain rows."""
    path = folder / "tables.db"
    desk, _ada = desk_at(path)
    desk.close()
    people, cases = folder / "people.csv", folder / "cases.csv"
    _write(people, _people(count))
    _write(cases, _cases(count))
    tried, few = folder / "tried.csv", folder / "few.csv"
    _write(tried, _people(count, bad=_BAD))
    _write(few, _people(count // 10))
    known = folder / "few.db"
    desk_at(known)[0].close()
    less, _, _ = _run(known, "import", "customers", str(few))
    dry, dry_mib, told = _run(path, "import", "customers", str(tried), "--dry-run", code=1)
    lines = tuple(map(int, re.findall(r"line (\d+)", told)))
    if lines != _BAD:
        raise AssertionError(f"the bad lines are {_BAD}, told were {lines}")
    took, mib, _ = _run(path, "import", "customers", str(people))
    growth = took / count / (less / (count // 10))
    plain = _plain(folder, count)
    more, more_mib, _ = _run(path, "import", "cases", str(cases))
    out, out_mib, _ = _run(path, "export", "cases", str(folder / "out.csv"))
    bare = _read(path)
    return [
        _in(f"import of {count:,} customers", took, mib, plain, growth),
        _in(f"trying {count:,} customers, two bad", dry, dry_mib, plain, 1.0),
        _in(f"import of {count:,} cases", more, more_mib, plain, 1.0),
        Row(
            f"export of {count:,} cases",
            f"{out:,.1f} s, {out_mib:,.0f} MiB",
            f"{bare:,.1f} s (bare SELECT to CSV)",
            f"{out / bare:.1f}x",
            f"<= {_MOST_OUT:g}x, <= {_MOST_MIB} MiB",
            out / bare <= _MOST_OUT and out_mib <= _MOST_MIB,
        ),
    ]


def _in(what: str, took: float, mib: float, plain: float, growth: float) -> Row:
    ratio = took / plain
    return Row(
        what,
        f"{took:,.1f} s, {mib:,.0f} MiB" + (f", growth {growth:.2f}x" if growth != 1.0 else ""),
        f"{plain:,.1f} s (bare INSERTs, customers and addresses)",
        f"{ratio:.1f}x",
        f"<= {_MOST_IN:g}x, <= {_MOST_MIB} MiB, growth < {_MOST_GROWTH:g}x",
        ratio <= _MOST_IN and mib <= _MOST_MIB and growth < _MOST_GROWTH,
    )


def _people(count: int, bad: Sequence[int] = ()) -> Iterable[Sequence[str]]:
    yield "name", "account", "company", "email", "phone"
    for n in range(1, count + 1):
        name = "" if n + 1 in bad else name_of(n)
        yield name, f"A{n:06d}", "Fjord Ltd", email_of(n), phone_of(n)


def _cases(count: int) -> Iterable[Sequence[str]]:
    yield "number", "customer", "title", "origin", "description"
    for n in range(1, count + 1):
        yield f"CAS-{n:05d}", f"A{n:06d}", "Router drops", "email", "every evening around eight"


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def _run(store: Path, *words: str, code: int = 0) -> tuple[float, float, str]:
    """Seconds and peak memory (MiB) of a run of the command line, and what it said."""
    start = time.perf_counter()
    command = (sys.executable, "-m", "omnitui", *words, "--store", str(store))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != code:
        raise AssertionError(f"{' '.join(words)} ended with {process.returncode}: {said}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, said


def _plain(folder: Path, count: int) -> float:
    """The same customers and addresses by bare statements, into tables with the same indexes."""
    desk, _ada = desk_at(folder / "plain.db")
    start = time.perf_counter()
    with desk.store.transaction():
        run = desk.store.connection.executemany
        run(
            "INSERT INTO customers (name, name_key, account, created_at) VALUES (?, ?, ?, 1)",
            ((name_of(n), name_of(n).casefold(), f"A{n:06d}") for n in range(1, count + 1)),
        )
        both = [(n, email_of(n), phone_of(n)) for n in range(1, count + 1)]
        sql = "INSERT INTO addresses (customer_id, channel, value, key) VALUES (?, ?, ?, ?)"
        run(sql, ((n, "email", mail, f"email:{mail}") for n, mail, _ in both))
        run(sql, ((n, "phone", phone, f"phone:{phone.replace(' ', '')}") for n, _, phone in both))
    took = time.perf_counter() - start
    desk.close()
    return took


def _read(path: Path) -> float:
    start = time.perf_counter()
    with sqlite3.connect(path) as connection, Path(os.devnull).open("w") as out:
        csv.writer(out).writerows(connection.execute("SELECT * FROM cases ORDER BY id"))
    return time.perf_counter() - start


def many(folder: Path, rounds: int) -> Row:
    """Assigning and closing a thousand conversations at a time, beside one by one."""
    best: dict[str, float] = {}
    for n in range(rounds):
        for way in ("at once", "one by one"):
            path = folder / f"many-{n}-{way}.db"
            with_open(path, _MANY)
            for what, took in _assigned_and_closed(path, at_once=way == "at once").items():
                key = f"{what} {way}"
                best[key] = min(best.get(key, took), took)
    ours = (best["assign at once"], best["close at once"])
    single = (best["assign one by one"], best["close one by one"])
    ratios = [one / other for one, other in zip(ours, single, strict=True)]
    return Row(
        f"assign / close {_MANY:,} at a time",
        f"{ours[0]:.2f} / {ours[1]:.2f} s",
        f"{single[0]:.2f} / {single[1]:.2f} s (one by one)",
        f"{ratios[0]:.2f}x / {ratios[1]:.2f}x",
        "<= 0.5x",
        max(ratios) <= 0.5,
    )


def _assigned_and_closed(path: Path, *, at_once: bool) -> dict[str, float]:
    desk, ada = Desk(Store(path), SystemClock()), Actor(ActorKind.AGENT, 1, "Ada Byron")
    keys = list(range(1, _MANY + 1))
    start = time.perf_counter()
    if at_once:
        desk.call("bulk.assign", ADMINISTRATOR, conversations=keys, agent=1)
    else:
        for key in keys:
            desk.call("supervisor.assign", ADMINISTRATOR, conversation=key, agent=1)
    middle = time.perf_counter()
    if at_once:
        desk.call("bulk.close", ada, conversations=keys)
    else:
        for key in keys:
            desk.call("conversation.close", ada, conversation=key)
    took = {"assign": middle - start, "close": time.perf_counter() - middle}
    desk.close()
    return took
