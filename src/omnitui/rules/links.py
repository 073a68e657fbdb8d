"""Links to other systems with slots: `https://crm.example/find?q={customer.name}`.

Values are percent-encoded, so that they cannot become another part of the address. A slot is
allowed after the host only: the administrator decides where a link goes, never a customer.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from omnitui.model.link import FilledLink, LinkTemplate
from omnitui.rules import slots

SLOTS = (
    *slots.KNOWN,
    "customer.email",
    "customer.phone",
    "case.product",
    "conversation.id",
)
"""The slots of a link; `context.<anything>` is one as well."""

LONGEST = 2_000
"""The longest template, and the longest value in one (characters)."""

_SLOT = re.compile(r"\{([^{}]*)\}")


def problems(url: str) -> list[str]:
    """What is wrong with a template, a sentence each; empty when it is valid."""
    if len(url) > LONGEST:
        return [f"it is longer than {LONGEST} characters"]
    if any(letter.isspace() or not letter.isprintable() for letter in url):
        return ["it has blanks or invisible characters; write %20 for a blank"]
    scheme, colon, rest = url.partition("://")
    if not colon or scheme.lower() not in ("http", "https"):
        return ["it does not start with https:// or http://"]
    wrong = []
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if "{" in host or "}" in host:
        wrong.append("it has a slot in the host's name; slots are allowed only after that")
    elif "@" in host:
        wrong.append("it has a user name or a password; the browser has those")
    elif not _is_host(url):
        wrong.append("it has no host, such as crm.example.com")
    for slot in _SLOT.findall(url):
        if slot.startswith("?"):
            wrong.append(f"{{{slot}}} is a prompt; a link cannot ask")
        elif slot not in SLOTS and not re.fullmatch(r"context\.\w+", slot):
            wrong.append(f"there is no slot {{{slot}}}; there are {', '.join(SLOTS)}")
    if re.search(r"[{}]", _SLOT.sub("", url)):
        wrong.append("it has a brace without a partner; write %7B or %7D for a brace")
    return wrong


def _is_host(url: str) -> bool:
    try:
        parts = urlsplit(_SLOT.sub("", url))
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def fill(template: LinkTemplate, values: Mapping[str, str | None]) -> FilledLink:
    """A template with its slots filled; without an address while something is missing."""
    named = list(dict.fromkeys(_SLOT.findall(template.url)))
    missing = tuple(slot for slot in named if not (values.get(slot) or "").strip())
    if missing:
        return FilledLink(template.name, "", missing)

    def encoded(found: re.Match[str]) -> str:
        return quote((values[found[1]] or "").strip()[:LONGEST], safe="")

    return FilledLink(template.name, _SLOT.sub(encoded, template.url))
