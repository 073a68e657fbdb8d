"""Home's filter language: what is typed, understood against what there is. Pure.

All parts of a filter are needed. A part is a word, looked for in name, subject, last words and
queue, or a field and a value: `queue:billing`, `sla:<10m`. The beginning of a value is enough,
values with spaces stand in quotes, and a minus before a part turns it round.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from omnitui.clock import parse_duration
from omnitui.letters import folded
from omnitui.model.conversation import ConversationState
from omnitui.model.triage import Condition, Vocabulary

MOST = 500
"""The longest filter (characters)."""

_STATES = tuple(state.word for state in ConversationState)
_CLOSED_WORDS = ("any", "closed")
IS = (*_STATES, "any", *"ringing unread mine unassigned known snoozed late near".split())
FEELINGS = ("negative", "neutral", "positive", "very-negative", "very-positive", "unscored")
SLA = ("late", "near", "paused", "none")

_TOKEN = re.compile(r'(-?)(?:([^\W\d]\w*):)?("[^"]*"?|\S*)')
_COMPARED = re.compile(r"(<|>=?)(.*)", re.DOTALL)
_LISTED = 8


class FilterError(ValueError):
    """A filter that cannot be understood: a sentence, and what there is instead."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(f"{sentence} {hint}")
        self.sentence = sentence
        self.hint = hint


class Field(Struct, frozen=True):
    """A field of the language with an example and a line of help."""

    name: str
    example: str
    help: str


FIELDS = (
    Field("is", "is:open", f"Status: {', '.join(IS)}; any: closed ones too."),
    Field("channel", "channel:email", "The channel."),
    Field("sla", "sla:<10m", "Due within that time or late; also late, near, paused, none."),
    Field("sentiment", "sentiment:negative", f"Sentiment: {', '.join(FEELINGS)}."),
    Field("queue", "queue:billing", "The queue."),
    Field("skill", "skill:router", "A required skill."),
    Field("waiting", "waiting:>5m", "How long the customer has waited; also waiting:<90s."),
    Field("agent", "agent:bo", "The agent who has it or gets the offer; also me and nobody."),
    Field("label", "label:vip", "A label; also none."),
    Field("priority", "priority:>0", "The priority: a number, or a comparison."),
)
"""The fields in the order in which they are completed and shown."""

_BY_NAME = {field.name: field for field in FIELDS}


class _Part(Struct, frozen=True):
    start: int
    turned: bool
    field: str | None
    value: str
    quoted: bool


def _parts(written: str) -> Iterable[_Part]:
    for found in _TOKEN.finditer(written):
        minus, name, value = found.groups()
        if not found[0] or found[0] == "-":
            continue
        quoted = value.startswith('"')
        yield _Part(found.start(), bool(minus), name, value.strip('"') if quoted else value, quoted)


def parse(written: str, known: Vocabulary) -> tuple[Condition, ...]:
    """The conditions of a filter; raises `FilterError` for what there is not.

    A field without a value yet asks for nothing.
    """
    if len(written) > MOST:
        raise FilterError("The filter is too long.", f"The most is {MOST} characters.")
    conditions = []
    for part in _parts(written):
        if part.field is None:
            if part.value:
                conditions.append(Condition("", (part.value,), turned=part.turned))
        elif (name := part.field.casefold()) not in _BY_NAME:
            there = ", ".join(_BY_NAME)
            raise FilterError(f"There is no field “{part.field}”.", f"There are {there}.")
        elif part.value:
            conditions.append(replace(_condition(name, part.value, known), turned=part.turned))
    return tuple(conditions)


def timed(conditions: Iterable[Condition]) -> bool:
    """Whether what fits changes by the passing of time alone."""
    return any(
        c.field in ("waiting", "sla") or (c.field == "is" and {"late", "near"} & set(c.values))
        for c in conditions
    )


def with_closed(conditions: Iterable[Condition]) -> bool:
    """Whether closed conversations are asked for: `is:closed` alone, `is:any` beside the rest."""
    return any(
        c.field == "is" and not c.turned and set(_CLOSED_WORDS) & set(c.values) for c in conditions
    )


def toggled_closed(written: str) -> str:
    """A filter that lists closed ones beside the rest, or no closed ones where it did before."""
    parts = list(_parts(written))
    ends = [*(part.start for part in parts), len(written)][1:]
    kept = [
        written[part.start : end].strip()
        for part, end in zip(parts, ends, strict=True)
        if not _asks_for_closed(part)
    ]
    return " ".join(kept if len(kept) < len(parts) else ("is:any", *kept))


def _asks_for_closed(part: _Part) -> bool:
    word = part.value.casefold()
    if part.turned or (part.field or "").casefold() != "is" or not word:
        return False
    return word == "any" or "closed".startswith(word)


def _condition(name: str, value: str, known: Vocabulary) -> Condition:
    if name == "waiting":
        return _length(name, value)
    if name == "priority":
        return _number(value)
    if name == "sla" and (value[0] in "<>" or value[0].isdigit()):
        return _length(name, value, bare_is_more=False)
    there = _there(name, known)
    found = tuple(key for key, names in there.items() if _begins(value, names))
    if not found:
        shown = _sample([names[0] for names in there.values()])
        hint = f"There {shown}." if there else f"There is no {name} yet."
        raise FilterError(f"There is no “{name}:{value}”.", hint)
    # A word that is written out means itself alone, whatever else begins with it.
    whole = tuple(k for k in found if folded(value) in map(folded, there[k]))
    # `is:a` is on its way to `is:active`: the closed ones come when `any` is written out.
    begun = tuple(k for k in found if name != "is" or k != "any") or found
    return Condition(name, whole or begun)


def _sample(words: Sequence[str]) -> str:
    more = len(words) - _LISTED
    listed = ", ".join(words[:_LISTED]) + (f" and {more} more" if more > 0 else "")
    return f"{'is' if len(words) == 1 else 'are'} {listed}"


def _begins(value: str, names: Iterable[str]) -> bool:
    wanted = folded(value)
    return any(folded(name).startswith(wanted) for name in names)


def _there(name: str, known: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """What a field can be: by key, each with the names it goes by."""
    if name == "channel":
        return {key: (key, label) for key, label in known.channels.items()}
    if name == "agent":
        own: dict[str, tuple[str, ...]] = {"me": ("me",), "nobody": ("nobody",)}
        people = {login: (login, who, *who.split()[1:]) for login, who in known.agents.items()}
        return people | own
    words: Mapping[str, Sequence[str]] = {
        "is": IS,
        "sentiment": FEELINGS,
        "sla": SLA,
        "queue": known.queues,
        "skill": known.skills,
        "label": ("none", *known.labels),
    }
    return {word: (word,) for word in words[name]}


def _length(name: str, value: str, bare_is_more: bool = True) -> Condition:
    compared = _COMPARED.fullmatch(value)
    sign, length = compared.groups() if compared else ("", value)
    try:
        ms = parse_duration(length)
    except ValueError:
        raise FilterError(
            f"“{value}” is not a length of time.", f"Write {name}:>5m or {name}:<1h30m."
        ) from None
    return Condition(name, more=bare_is_more if not sign else sign != "<", number=ms)


def _number(value: str) -> Condition:
    compared = _COMPARED.fullmatch(value)
    sign, digits = compared.groups() if compared else ("", value)
    try:
        number = int(digits)
    except ValueError:
        number = 1_000_000
    if abs(number) > 100:
        raise FilterError(
            f"“{value}” is not a priority.", "Write priority:2, priority:>0 or priority:<0."
        )
    if not sign:
        return Condition("priority", (str(number),))
    return Condition("priority", more=sign != "<", number=number + (sign == ">"))


_EXAMPLES: Mapping[str, Sequence[str]] = {
    "waiting": (">2m", ">5m", ">15m", ">1h", "<2m"),
    "sla": ("<5m", "<10m", "<1h"),
    "priority": (">0", "0", "<0"),
}


class Choice(Struct, frozen=True):
    """A word that the last part of a filter can become, and the whole line with it."""

    word: str
    line: str


def choices(written: str, known: Vocabulary) -> tuple[Choice, ...]:
    """What the last part can become: fields, or the values of its field. Nothing for a word."""
    parts = list(_parts(written))
    if not parts or (written[-1].isspace() and not parts[-1].quoted):
        minus = "-" if written[-1:] == "-" else ""
        head = written[: len(written) - len(minus)]
        return tuple(Choice(f"{name}:", f"{head}{minus}{name}:") for name in _BY_NAME)
    last = parts[-1]
    head = written[: last.start] + "-" * last.turned
    if last.field is None:
        begun = last.value.casefold()
        names = [] if last.quoted else [name for name in _BY_NAME if name.startswith(begun)]
        return tuple(Choice(f"{name}:", f"{head}{name}:") for name in names)
    name = last.field.casefold()
    return tuple(
        Choice(word, f"{head}{last.field}:{_written(word)}") for word in _values(name, last, known)
    )


def _values(name: str, part: _Part, known: Vocabulary) -> Iterable[str]:
    """What can stand after a field that begins like what does stand there."""
    if name not in _BY_NAME:
        return
    if name not in ("waiting", "priority"):
        for key, names in _there(name, known).items():
            if _begins(part.value, names):
                yield key
    if not part.quoted:
        yield from (word for word in _EXAMPLES.get(name, ()) if word.startswith(part.value))


def completed(written: str, known: Vocabulary) -> str | None:
    """`written` with its last part completed, to a field or to a value; None if nothing fits."""
    parts = list(_parts(written))
    if not parts or not parts[-1].value or (written[-1].isspace() and not parts[-1].quoted):
        return None
    return next((choice.line for choice in choices(written, known)), None)


def _written(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) or not value else value
