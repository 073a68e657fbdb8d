"""Filling a macro's parameters from the conversation, from answers and from earlier results.

`{customer.id}` and `{answer.title}` are slots, `{2.number}` and `{made.number}` are results of
earlier steps. A value that is only a slot keeps its type; in text it is written out. `{{` and `}}`
are literal braces.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from omnitui.letters import folded
from omnitui.model.errors import Refusal
from omnitui.model.macro import MacroPrompt, PromptKind
from omnitui.patterns import late
from omnitui.rules.slots import KNOWN, without_names

IDS = ("conversation.id", "customer.id", "case.id", "agent.id")
CONTEXT = (*KNOWN, *IDS)
"""What is known of the conversation before a macro begins; `context.<anything>` is as well."""
ROOTS = frozenset(slot.partition(".")[0] for slot in CONTEXT) | {"context", "answer"}
"""Words that begin slots; no step may have one of them as its key."""

_PART = late(r"\{\{|\}\}|\{([A-Za-z0-9][\w.-]{0,80})\}")
_TRUE = ("yes", "y", "true", "1", "on")
_FALSE = ("no", "n", "false", "0", "off")

Moment = Callable[[str], "Said | Refusal"]
"""Reads a time in words."""


class Said(Struct, frozen=True):
    """A value that is written otherwise in text than commands take it: a moment, for one."""

    value: Any
    words: str


class UnfilledError(Exception):
    """Slots of a parameter have no value."""

    def __init__(self, slots: Sequence[str]) -> None:
        super().__init__(", ".join(slots))
        self.slots = tuple(slots)


class Known:
    """What slots stand for: the conversation's values, answers, and results as they come."""

    def __init__(self, values: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
        self.values = values
        self._answers = answers
        self._results: dict[str, Any] = {}

    def result(self, number: int, key: str, value: Any) -> None:
        """Take in the result of a step, made of plain JSON values."""
        self._results[str(number)] = value
        if key:
            self._results[key] = value

    def __getitem__(self, slot: str) -> Any:
        """The value of a slot, None where there is none."""
        if slot in self.values:
            return self.values[slot]
        root, _, path = slot.partition(".")
        if root == "answer":
            return self._answers.get(path)
        return [*self._along(slot)][-1]

    def internal(self, slot: str) -> bool:
        """Whether a slot is a part of something that is internal."""
        return any(
            isinstance(one, Mapping) and one.get("audience") == "internal"
            for one in self._along(slot)
        )

    def _along(self, slot: str) -> Iterator[Any]:
        """A result, and what lies on the path of a slot into it; None where that ends."""
        root, *path = slot.split(".")
        found = self._results.get(root)
        yield found
        for name in path:
            if isinstance(found, Mapping):
                found = found.get(name)
            elif isinstance(found, Sequence) and not isinstance(found, str) and name.isdecimal():
                found = found[int(name)] if int(name) < len(found) else None
            else:
                found = None
            yield found


def withheld(given: Any, known: Known) -> str:
    """A slot of a parameter that holds words of an internal article; empty if there is none."""
    return next((slot for slot in slots_of(given) if known.internal(slot)), "")


def slots_of(given: Any) -> Iterator[str]:
    """The slots of a parameter, in order, also of those within lists and tables."""
    if isinstance(given, str):
        yield from (found[1] for found in _PART.finditer(given) if found[1])
    elif isinstance(given, Mapping):
        for value in given.values():
            yield from slots_of(value)
    elif isinstance(given, list | tuple):
        for value in given:
            yield from slots_of(value)


def stray_braces(given: Any) -> bool:
    """Whether a parameter has braces that are no slot."""
    if isinstance(given, str):
        return any(brace in _PART.sub("", given) for brace in "{}")
    if isinstance(given, Mapping):
        return any(map(stray_braces, given.values()))
    return isinstance(given, list | tuple) and any(map(stray_braces, given))


def fill(given: Any, known: Known) -> Any:
    """A parameter with its slots filled; None where it is only a slot that has no value.

    Raises `UnfilledError` for text with a slot that has no value. An answer that was not given is
    nothing in text, and a greeting loses the name that is not known.
    """
    if isinstance(given, Mapping):
        return {key: fill(value, known) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [fill(value, known) for value in given]
    if not isinstance(given, str):
        return given
    slot = only_slot(given)
    if slot:
        value = known[slot]
        value = value.value if isinstance(value, Said) else value
        return None if value == "" else value
    text, missing = _written(without_names(given, _nameless(given, known)), known)
    if missing:
        raise UnfilledError(missing)
    return text


def only_slot(given: Any) -> str:
    """The slot that a parameter consists of; empty where it is something else."""
    only = _PART.fullmatch(given) if isinstance(given, str) else None
    return (only[1] or "") if only is not None else ""


def insert(text: str, known: Known) -> str:
    """Text for the composer with its slots filled; one without a value becomes a prompt."""
    return _written(text, known, prompts=True)[0]


def fill_default(text: str, known: Known) -> str:
    """A prompt's default with its slots filled; empty where one of them has no value."""
    found, missing = _written(text, known)
    return "" if missing else found


def _nameless(text: str, known: Known) -> tuple[str, ...]:
    return tuple(slot for slot in slots_of(text) if known[slot] in (None, ""))


def _written(text: str, known: Known, *, prompts: bool = False) -> tuple[str, list[str]]:
    parts: list[str] = []
    missing: dict[str, None] = {}
    last = 0
    for found in _PART.finditer(text):
        slot = found[1]
        parts.append(text[last : found.start()])
        last = found.end()
        if slot is None:
            parts.append(found[0][0])
            continue
        value = known[slot]
        if value not in (None, ""):
            parts.append(written(value))
        elif not slot.startswith("answer."):
            missing[slot] = None
            parts.append(f"[{slot.replace('.', ' ').replace('_', ' ')}]" if prompts else "")
    parts.append(text[last:])
    return "".join(parts), [*missing]


def written(value: Any) -> str:
    """A value as it stands in text."""
    if isinstance(value, Said):
        return value.words
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(map(written, value))
    return str(value)


def answered(
    title: str,
    prompts: Sequence[MacroPrompt],
    given: Mapping[str, Any],
    defaults: Mapping[str, str],
    moment: Moment,
) -> dict[str, Any] | Refusal:
    """The answers by prompt, read as their kinds; None where an optional one was not given.

    What was not answered has the default, with its slots filled. The refusal names the prompts.
    """
    keys = [prompt.key for prompt in prompts]
    for key in given:
        if key not in keys:
            asks = ", ".join(keys) or "nothing"
            return Refusal(
                "macro.answer", f"“{title}” does not ask for {key[:60]}.", f"It asks for: {asks}."
            )
    found: dict[str, Any] = {}
    missing: list[MacroPrompt] = []
    for prompt in prompts:
        said = given[prompt.key] if prompt.key in given else defaults.get(prompt.key, "")
        if said is None or (isinstance(said, str) and not said.strip()):
            found[prompt.key] = None
            missing += [prompt] if prompt.required else []
            continue
        value = read(prompt, said, moment)
        if isinstance(value, Refusal):
            return value
        found[prompt.key] = value
    if missing:
        named = " and ".join(f"“{one.label}” ({one.key})" for one in missing)
        verb = "is" if len(missing) == 1 else "are"
        return Refusal(
            "macro.unanswered",
            f"{named} {verb} not answered; nothing was run.",
            "Give all answers before the macro runs.",
        )
    return found


def read(prompt: MacroPrompt, said: Any, moment: Moment) -> Any:
    """An answer as its kind: text, a number, yes or no, a moment; or why it is none."""
    text = str(said).strip()
    if prompt.kind is PromptKind.NUMBER:
        return _number(prompt, said)
    if prompt.kind is PromptKind.YES_NO:
        if text.casefold() in (*_TRUE, *_FALSE):
            return text.casefold() in _TRUE
        return _refusal(prompt, f"cannot be “{text[:60]}”", "Answer yes or no.")
    if prompt.kind is PromptKind.CHOICE:
        for value in prompt.values:
            if folded(value) == folded(text):
                return value
        return _refusal(
            prompt, f"cannot be “{text[:60]}”", f"Choose one of: {', '.join(prompt.values)}."
        )
    if prompt.kind is PromptKind.DATE:
        found = moment(text)
        if isinstance(found, Refusal):
            return _refusal(prompt, f"is not a time: {found.message.rstrip('.')}", found.hint)
        return found
    if prompt.kind is PromptKind.TEXT:
        return " ".join(text.split())
    return text


def _number(prompt: MacroPrompt, said: Any) -> int | float | Refusal:
    text = str(said).strip().replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if isinstance(said, bool) or not abs(value) < 2**53:
        return _refusal(prompt, f"cannot be “{str(said)[:60]}”", "Give a number.")
    return int(value) if value.is_integer() else value


def _refusal(prompt: MacroPrompt, why: str, hint: str) -> Refusal:
    return Refusal("macro.answer", f"“{prompt.label}” ({prompt.key}) {why}.", hint)
