"""What is known of a record in words: its fields, where a customer is reached, the language."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.cells import cell_len

from omnitui.console.present.session import channel_words
from omnitui.model.channel import Channel, shared_kind
from omnitui.model.customer import Customer
from omnitui.model.fields import Field, Fields, changed_by_agents

LANGUAGES = {
    "en": "English",
    "nb": "Norwegian",
    "no": "Norwegian",
    "sv": "Swedish",
    "de": "German",
}
"""What people call a language."""


def words(field: Field, value: Any) -> str:
    """A value as people read it, on one line; a language by its name."""
    if field.key == "language":
        return LANGUAGES.get(value, str(value))
    if field.choices is not None:
        return str(field.choices(value).value).replace("_", " ").capitalize()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else " ".join(str(value).split())


def told(fields: Fields, record: Any, dot: str) -> dict[int, str]:
    """The lines of a summary that fields make, by their numbers, from above; no empty ones."""
    lines: dict[int, list[str]] = {}
    for field in sorted(changed_by_agents(fields), key=lambda field: field.place):
        value = getattr(record, field.attribute)
        if field.place and value:
            lines.setdefault(field.place // 10, []).append(field.says.format(words(field, value)))
    return {number: joined(parts, dot) for number, parts in lines.items()}


def joined(parts: Iterable[str], dot: str) -> str:
    """The parts that are there, with a dot between them."""
    return dot.join(part for part in parts if part)


def reached(customer: Customer, channels: Mapping[str, Channel], dot: str, width: int) -> list[str]:
    """Where they are reached, and the language. One handle on several channels is told once."""
    seen: dict[str, tuple[str, list[str]]] = {}
    for address in customer.addresses:
        handle = address.value.lstrip("@").casefold()
        # A number and a mail address say by themselves what they are.
        plain = shared_kind(address.key)
        labels = seen.setdefault(plain or handle, (address.value.lstrip("@"), []))[1]
        if plain is None:
            labels.append(channel_words(channels.get(address.channel), address.channel))
    told = [
        f"{value} on {', '.join(dict.fromkeys(labels))}" if labels else value
        for value, labels in seen.values()
    ][:4]
    *others, last = told or [""]
    language = LANGUAGES.get(customer.language, customer.language)
    together = joined((last, language), dot)
    return [*others, together] if cell_len(together) <= width else [*others, last, language]
