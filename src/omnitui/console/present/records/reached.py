"""Where a customer is reached, and in which language."""

from collections.abc import Iterable, Mapping

from rich.cells import cell_len

from omnitui.console.present.session import channel_words
from omnitui.model.channel import Channel, shared_kind
from omnitui.model.customer import Customer

LANGUAGES = {
    "en": "English",
    "nb": "Norwegian",
    "no": "Norwegian",
    "sv": "Swedish",
    "de": "German",
}
"""What people call a language."""


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
