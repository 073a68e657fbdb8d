"""Who is writing: all that was given must match exactly, and exactly one customer must fit.

Source: the reference product's automatic identification (name, e-mail, phone, case number).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PHONE_CHANNELS = ("phone", "sms")
_DEVICE_CHANNELS = ("chat", "web")
_NOT_DIGITS = re.compile(r"[^\d]")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of whoever writes; None where nothing was said."""

    address_key: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer as the rules compare them."""

    customer_id: int
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address_keys: tuple[str, ...] = ()
    case_numbers: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """The one customer that fits, or None; `because` says why in a sentence."""

    customer_id: int | None
    because: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer who fits in part; `score` counts what fits, less what contradicts."""

    customer_id: int
    because: str
    score: int


def normalise_phone(value: str) -> str:
    """Digits with the country's plus: `00` and `+` in front are the same thing."""
    text = value.strip()
    digits = _NOT_DIGITS.sub("", text)
    if text.startswith("+"):
        return f"+{digits}" if digits else ""
    return f"+{digits[2:]}" if digits.startswith("00") and len(digits) > 2 else digits


def normalise_address(channel_key: str, value: str) -> str:
    """The form in which addresses are compared, e.g. `email:kiana@example.com`.

    Phone and SMS share their numbers; handles lose a leading `@`; nothing but case and white space
    changes elsewhere.
    """
    text = " ".join(value.split())
    if channel_key in _PHONE_CHANNELS:
        number = normalise_phone(text)
        # A withheld number or a short code is still somebody: keep it as it was given.
        return f"phone:{number or text.casefold()}"
    if channel_key == "email":
        return f"email:{text.casefold()}"
    return f"{channel_key}:{text.casefold().removeprefix('@')}"


def _name(value: str) -> str:
    return " ".join(value.casefold().split())


def _facts(given: Given, candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    """What was given, as (field, compared value); a device nobody has says nothing."""
    facts = []
    if given.address_key:
        channel = given.address_key.partition(":")[0]
        known = any(given.address_key in candidate.address_keys for candidate in candidates)
        if known or channel not in _DEVICE_CHANNELS:
            facts.append(("address", given.address_key))
    if given.name:
        facts.append(("name", _name(given.name)))
    if given.email:
        facts.append(("e-mail", normalise_address("email", given.email)))
    if given.phone:
        facts.append(("phone", normalise_address("phone", given.phone)))
    if given.case_number:
        facts.append(("case number", given.case_number.strip().upper()))
    return facts


def _fits(candidate: Candidate, field: str, value: str) -> bool:
    if field == "name":
        return _name(candidate.name) == value
    if field == "case number":
        return value in {number.upper() for number in candidate.case_numbers}
    keys = {
        *candidate.address_keys,
        *(normalise_address("email", email) for email in candidate.emails),
        *(normalise_address("phone", phone) for phone in candidate.phones),
    }
    return value in keys


def identify(given: Given, candidates: Sequence[Candidate]) -> Match:
    """The customer that everything given points at, if there is exactly one."""
    active = [candidate for candidate in candidates if candidate.active]
    facts = _facts(given, active)
    if not facts:
        return Match(None, "Nothing was given that says who it is")
    hits = [c for c in active if all(_fits(c, field, value) for field, value in facts)]
    fields = _listed([field for field, _ in facts])
    if len(hits) == 1:
        return Match(hits[0].customer_id, f"Known by {fields}")
    if hits:
        return Match(None, f"{len(hits)} customers have this {fields}")
    verb = "matches" if len(facts) == 1 else "together match"
    return Match(None, f"No customer's {fields} {verb}")


def suggest(given: Given, candidates: Sequence[Candidate]) -> list[Suggestion]:
    """Customers who fit in part, best first, with what fits and what does not."""
    active = [candidate for candidate in candidates if candidate.active]
    facts = _facts(given, active)
    found = []
    for candidate in active:
        same = [field for field, value in facts if _fits(candidate, field, value)]
        other = [field for field, value in facts if not _fits(candidate, field, value)]
        if not same:
            continue
        because = f"same {_listed(same)}"
        if other:
            because += f", other {_listed(other)}"
        found.append(Suggestion(candidate.customer_id, because, 2 * len(same) - len(other)))
    return sorted(found, key=lambda s: (-s.score, s.customer_id))


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
