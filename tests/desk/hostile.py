"""What somebody hostile, or a broken program, hands to commands; and what must not be kept."""

import re
import types
import typing
from enum import Enum
from random import Random
from typing import Any

import msgspec

from omnitui.desk.registry import COMMANDS, Command
from omnitui.model.search import MARK_OFF, MARK_ON
from omnitui.store.engine import Store

TRICKS = (
    "\x1b]52;c;aGFjaw==\x07",
    "\x1b[2J\x1b[31m",
    "\x9b31m\x9d0;title\x9c",
    "\x00\x07\x08\x7f\x85",
    "\u202e\u2066\u200f\u061c",
    "\u200b\u2060\ufeff\u00ad\u3164",
    "\ud800",
    "\U000e0041\U000e0042",
)
"""Terminal sequences in both forms, controls, direction, what is not seen, half a character."""

HOSTILE = "a" + "b".join(TRICKS) + "c"
UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164"
    r"\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
WORDS = (
    "",
    " ",
    "x",
    HOSTILE,
    "chat",
    "email",
    "kiana@example.com",
    "+47 555 01 022",
    "ada",
    "General",
    "Kiana",
    "1",
    "-1",
    "0",
    "null",
    "[]",
    "{}",
    '{"a": [1, {"\x1b[31m": "\x1b]0;x\x07"}]}',
    "[" * 300,
    "%s' OR 1=1 --",
    'status:open "',
    "AND OR NOT * ^ : ( )",
    "{customer.first_name}",
    "9999-12-31T23:59",
    "2026-03-02",
    "tomorrow",
    "../../etc/passwd",
    "javascript:alert(1)",
    "https://example.com/{x}",
    "ส" + "\u0e47" * 60,
    "y" * 5_000,
    "line\r\nline\u2028line",
)
NUMBERS = (0, 1, 2, 3, -1, 7, 60, 10**6, 2**31, 2**53, 2**63, 10**30, 1.5, float("nan"), True)
OTHERS = (None, [], {}, [[]], object(), b"x", {"a": HOSTILE}, {HOSTILE: {HOSTILE: [HOSTILE]}})


def is_text(annotation: Any) -> bool:
    """Whether words can come in by a parameter of this type."""
    if typing.get_origin(annotation) is dict:
        return True
    if isinstance(annotation, types.UnionType) or typing.get_args(annotation):
        return any(is_text(inner) for inner in typing.get_args(annotation))
    return annotation in (str, Any, dict)


def hostile_of(annotation: Any) -> Any:
    """A value of the parameter's own type with hostile words wherever it has words."""
    text = str(annotation)
    if "dict" in text:
        return {HOSTILE: HOSTILE, "name": HOSTILE}
    if "list" in text:
        return [HOSTILE]
    return HOSTILE


def value_for(random: Random, annotation: Any) -> Any:
    """Something for a parameter: mostly of its kind, else anything."""
    kinds = typing.get_args(annotation) or (annotation,)
    choices = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)]
    if choices and random.random() < 0.7:
        return random.choice([member.value for member in choices[0]])
    roll = random.random()
    if roll < 0.55 and not is_text(annotation):
        return random.choice(NUMBERS)
    if roll < 0.8:
        return random.choice(WORDS)
    return random.choice((*NUMBERS, *OTHERS, *WORDS))


def given_for(random: Random, command: Command) -> dict[str, Any]:
    """Arguments for a command; now and then one is missing."""
    return {
        parameter.name: value_for(random, parameter.annotation)
        for parameter in command.parameters
        if random.random() < (0.97 if parameter.required else 0.4)
    }


def unsafe_in(value: Any) -> str:
    """The first text in a value that a terminal would obey or hide; empty where there is none."""
    if isinstance(value, str):
        shown = value.replace(MARK_ON, "").replace(MARK_OFF, "")
        return repr(value) if UNSAFE.search(shown) else ""
    if isinstance(value, dict):
        return next(filter(None, (unsafe_in(one) for pair in value.items() for one in pair)), "")
    if isinstance(value, list | tuple):
        return next(filter(None, map(unsafe_in, value)), "")
    return ""


def plain(value: Any) -> Any:
    """A result as it is printed."""
    return msgspec.to_builtins(value, enc_hook=str)


def unsafe_in_store(store: Store) -> list[str]:
    """Each column that holds text which a terminal would obey, with the text."""
    found = []
    for table, sql in store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if "USING fts5" in sql or "_search" in table or "_words" in table:
            continue
        for row in store.rows(f"SELECT * FROM {table}"):
            found += [f"{table}: {bad}" for value in row if (bad := unsafe_in(value))]
    return found


NAMES = sorted(COMMANDS)
