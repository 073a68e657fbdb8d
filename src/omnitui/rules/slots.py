"""Slots in quick replies: `{customer.first_name}` is filled, `{?minutes}` is a prompt.

A slot without a value becomes a prompt too, so that an agent never sends a gap. Values are inserted
as they are and never searched for slots. `{{` and `}}` are literal braces.
"""

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

from omnitui.patterns import late

KNOWN = (
    "customer.first_name",
    "customer.name",
    "customer.account",
    "customer.company",
    "agent.first_name",
    "agent.name",
    "case.number",
    "case.title",
    "conversation.queue",
    "conversation.channel",
)
"""The slots of a quick reply; `context.<anything>` is one as well."""

# A prompt needs a word to ask with; anything else in braces is left as it stands.
_PART = late(r"\{\{|\}\}|\{(\?[ \t]*[^\s{}][^{}\n]{0,59}|[a-z][\w.]{0,60})\}")


_FIELD = late(r"\[([^\[\]\n]{1,60})\]")
_MEANT = late(
    r"\{{1,3}\s*(?:(?:customer|agent|case|conversation|context)\s*\.\s*\w[\w. ]{0,60}|\?)"
    r"\s*\}{1,3}",
    re.IGNORECASE,
)
"""Text that was meant as a slot or a prompt: misspelled, with capitals, with white space, nameless.
"""


class Prompt(Struct, frozen=True):
    """A field the agent fills: its place in the filled text, and its label."""

    start: int
    end: int
    label: str


class Filled(Struct, frozen=True):
    """A reply with its slots filled.

    `prompts` are in the order of the text; `missing` lists the slots without a value, each once.
    """

    text: str
    prompts: tuple[Prompt, ...] = ()
    missing: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str | None]) -> Filled:
    """Fill the slots of `text`; those without a value become `[label]`, a prompt."""
    parts: list[str] = []
    prompts: list[Prompt] = []
    missing: list[str] = []
    length = last = 0
    for found in _PART.finditer(text):
        before = text[last : found.start()]
        last = found.end()
        whole, slot = found.group(), found.group(1)
        label = ""
        if slot is None:
            piece = whole[0]
        elif slot.startswith("?"):
            label, piece = slot[1:].strip(), ""
        else:
            piece = values.get(slot) or ""
            if not piece.strip():
                missing.append(slot)
                label = _label(slot)
        length += len(before)
        if label:
            piece = f"[{label}]"
            prompts.append(Prompt(length, length + len(piece), label))
        parts += [before, piece]
        length += len(piece)
    parts.append(text[last:])
    return Filled("".join(parts), tuple(prompts), tuple(dict.fromkeys(missing)))


def unfill(text: str, values: Mapping[str, str | None]) -> str:
    """The text of a reply that, filled with these values, says what `text` says.

    The longest values first, whole words only; braces of the text stay braces.
    """
    known = sorted(
        (
            (value.strip(), slot)
            for slot, value in values.items()
            if value and len(value.strip()) > 1
        ),
        key=lambda pair: (-len(pair[0]), _order(pair[1]), pair[1]),
    )
    slots: dict[str, str] = {}
    for value, slot in known:
        slots.setdefault(value, slot)
    ways = [_as_word(value) for value in slots] + [r"\{", r"\}"]
    return re.sub(
        "|".join(ways),
        lambda found: f"{{{slots[found[0]]}}}" if found[0] in slots else found[0] * 2,
        text,
    )


def _order(slot: str) -> int:
    return KNOWN.index(slot) if slot in KNOWN else len(KNOWN)


def _as_word(value: str) -> str:
    """The pattern of a value that stands by itself, and is no part of another word or number."""
    before = r"(?<!\w)" if value[0].isalnum() else ""
    after = r"(?!\w)" if value[-1].isalnum() else ""
    return f"{before}{re.escape(value)}{after}"


def _label(slot: str) -> str:
    """The label of a slot without a value."""
    return slot.replace(".", " ").replace("_", " ")


def _plain(label: str) -> str:
    """A field's label as it is compared: `[Customer.first_name ]` asks for the same."""
    return " ".join(_label(label).casefold().split())


def unfilled(text: str, labels: Collection[str] = ()) -> tuple[str, ...]:
    """The slots and prompts that are still in a text.

    `labels` are the prompts of quick replies. Other braces and brackets (code, JSON, an aside) are
    not slots.
    """
    asked = {_plain(name) for name in (*KNOWN, *labels)}
    seen = [slot for slot in slots_of(text) if _is_slot(slot)]
    found = [f"{{{slot}}}" for slot in seen]
    found += [meant[0] for meant in _MEANT.finditer(text) if meant[0][1:-1] not in seen]
    found += [field[0] for field in _FIELD.finditer(text) if _asks(field[1], asked)]
    return tuple(dict.fromkeys(found))


def _asks(label: str, asked: Collection[str]) -> bool:
    plain = _plain(label)
    return plain in asked or plain.startswith("context ")


def _is_slot(slot: str) -> bool:
    return slot.startswith(("?", "context.")) or slot in KNOWN


def without_names(text: str, missing: Collection[str]) -> str:
    """A text that greets nobody by name, where it is not known: `Hello {customer.name}!`, `Hello!`.

    Slots that stand for something else stay.
    """
    for slot in ("customer.first_name", "customer.name"):
        if slot in missing:
            mark = re.escape(f"{{{slot}}}")
            text = re.sub(rf"^{mark}[,:!]?\s*(\w?)", lambda found: found[1].upper(), text)
            text = re.sub(rf",?[ \t]*{mark}", "", text)
    return text


def slots_of(text: str) -> tuple[str, ...]:
    """The slots and prompts that a text uses, in order, prompts with their question mark."""
    return tuple(found.group(1) for found in _PART.finditer(text) if found.group(1))


def problems(text: str, allowed: Collection[str] = KNOWN) -> list[str]:
    """What is wrong with a reply's slots, a sentence each; empty when nothing is."""
    wrong = [
        f"there is no slot {{{slot}}}"
        for slot in slots_of(text)
        if slot not in allowed and not re.match(r"\?|context\.\w", slot)
    ]
    rest = _PART.sub("", text)
    if "{" in rest or "}" in rest:
        wrong.append("it has a brace without a partner; write {{ or }} for a brace")
    return wrong
