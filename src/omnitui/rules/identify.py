"""Identification: everything that was given must match exactly one customer exactly.

An opaque device address without a customer (a chat window, a browser) is ignored; any other unknown
address excludes every customer. Source: the reference product's automatic identification (name,
e-mail, phone, case number).
"""

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from omnitui.model.channel import AddressKind, Channel, shared_kind
from omnitui.rules.likeness import company_domain, like_name, same_line
from omnitui.rules.mail import exact, mail_key
from omnitui.rules.phones import bare_number, normalise_phone

_INTERNATIONAL = re.compile(r"(?:\w+:)?\(?(?:\+|00)[\d(]")


class Given(Struct, frozen=True):
    """The identifying values of a sender; None where nothing was given.

    `address_key` is the compared form of their address. An `opaque` one is on a channel whose
    addresses belong to nobody until they are linked.
    """

    address_key: str | None = None
    opaque: bool = False
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    case_number: str | None = None


class Candidate(Struct, frozen=True):
    """A customer as the rules compare them. Inactive ones never match.

    Ended cases neither exclude nor identify. `linked_keys` are addresses that were linked by an
    agent, whatever name is given.
    """

    customer_id: int
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address_keys: tuple[str, ...] = ()
    case_numbers: tuple[str, ...] = ()
    ended_case_numbers: tuple[str, ...] = ()
    linked_keys: tuple[str, ...] = ()
    active: bool = True
    company: str = ""


class Match(Struct, frozen=True):
    """The one customer that matches, or None; `because` says why in a sentence."""

    customer_id: int | None
    because: str


class Suggestion(Struct, frozen=True):
    """A customer who matches in part; `score` weighs what matches against what contradicts."""

    customer_id: int
    because: str
    score: int


class _Fact(Struct, frozen=True):
    """One given value, in the compared form."""

    field: str
    value: str


def normalise_address(where: Channel | AddressKind, value: str, country: str = "") -> str:
    """The compared form of an address, e.g. `email:kiana@example.com`.

    `where` is a channel, or a kind of address that channels share. Numbers without a country code
    are from `country`; international numbers are numbers on other channels too. Handles lose a
    leading `@`. In other addresses only the case of ASCII letters, composition and white space are
    ignored.
    """
    kind, space = (
        (where, where.value)
        if isinstance(where, AddressKind)
        else (where.address_kind, where.space)
    )
    if kind is AddressKind.PHONE:
        # A sender's name is still somebody: keep it as it was given.
        return f"{space}:{normalise_phone(value, country) or exact(value)}"
    if kind is AddressKind.EMAIL:
        return f"{space}:{mail_key(value)}"
    if kind is AddressKind.NONE:
        return f"{space}:"
    text = exact(value).lstrip("@ ")
    plain = bare_number(unicodedata.normalize("NFKC", text))
    if _INTERNATIONAL.match(plain) and (number := normalise_phone(text)).startswith("+"):
        return f"{space}:{number}"
    return f"{space}:{text}"


def _folded(value: str) -> str:
    return " ".join(
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", value).casefold()).split()
    )


_FIELDS = {AddressKind.EMAIL: "e-mail", AddressKind.PHONE: "phone"}
"""The names of address kinds in routing reasons."""


def _facts(given: Given, candidates: Sequence[Candidate]) -> list[_Fact]:
    facts: dict[str, _Fact] = {}

    def add(field: str, value: str) -> None:
        facts.setdefault(value, _Fact(field, value))

    if given.email and given.email.strip():
        add(_FIELDS[AddressKind.EMAIL], normalise_address(AddressKind.EMAIL, given.email))
    if given.phone and given.phone.strip():
        add(_FIELDS[AddressKind.PHONE], normalise_address(AddressKind.PHONE, given.phone))
    if given.address_key:
        known = any(given.address_key in candidate.address_keys for candidate in candidates)
        if known or not given.opaque:
            kind = shared_kind(given.address_key)
            add("address" if kind is None else _FIELDS[kind], given.address_key)
    if given.name and given.name.strip():
        add("name", f"name:{_folded(given.name)}")
    if given.case_number and given.case_number.strip():
        add("case number", f"case:{exact(given.case_number)}")
    return list(facts.values())


def _keys(candidate: Candidate) -> set[str]:
    """Everything that identifies a customer, in the compared form."""
    return {
        *candidate.address_keys,
        *(normalise_address(AddressKind.EMAIL, email) for email in candidate.emails),
        *(normalise_address(AddressKind.PHONE, phone) for phone in candidate.phones),
        *(f"case:{exact(number)}" for number in candidate.case_numbers),
        f"name:{_folded(candidate.name)}",
    }


def identify(given: Given, candidates: Sequence[Candidate]) -> Match:
    """The customer that everything given matches, if there is exactly one.

    `candidates` are all customers, or at least all with one of the given values.
    """
    active = [candidate for candidate in candidates if candidate.active]
    facts = _facts(given, active)
    if not facts:
        return Match(None, "No identifying data")
    hits = {candidate.customer_id for candidate in active if _fits(facts, given, candidate)}
    fields = _listed([fact.field for fact in facts])
    if len(hits) == 1:
        return Match(hits.pop(), f"Identified by {fields}")
    if hits:
        return Match(None, f"{len(hits)} customers have this {fields}")
    if len(facts) == 1:
        return Match(None, f"No customer has this {fields}")
    return Match(None, f"No customer has this {fields} together")


def _fits(facts: Sequence[_Fact], given: Given, candidate: Candidate) -> bool:
    """Whether everything given matches a customer, and something of it identifies them."""
    keys = _keys(candidate)
    linked = given.address_key is not None and given.address_key in candidate.linked_keys
    wanted = {fact.value for fact in facts if not (linked and fact.field == "name")}
    ended = {f"case:{exact(number)}" for number in candidate.ended_case_numbers}
    return wanted <= keys | ended and not wanted <= ended


_WEIGHTS = {"name": 2}
_USUAL_WEIGHT = 4
_PART_OF_NAME = 0.5


class _Near(Struct, frozen=True):
    """A near match: how, its weight, and its likeness (up to 1)."""

    how: str
    weight: int
    likeness: float


def suggest(given: Given, candidates: Sequence[Candidate]) -> list[Suggestion]:
    """Customers who match in part, best first, with what matches and what does not.

    Unique values (an address, a case) weigh twice as much as a name. Near matches weigh less: a
    number written differently, then a misspelled name, a part of it, or mail from the same company.
    Each contradiction counts as minus one.
    """
    active = [candidate for candidate in candidates if candidate.active]
    facts = _facts(given, active)
    found: dict[int, tuple[float, Suggestion]] = {}
    for candidate in active:
        keys = _keys(candidate)
        same, other, score, likeness = [], [], 0, 0.0
        for fact in facts:
            if fact.value in keys:
                same.append(f"same {fact.field}")
                score += _WEIGHTS.get(fact.field, _USUAL_WEIGHT)
                likeness += 1
            elif near := _nearly(fact, candidate, keys):
                same.append(near.how)
                score += near.weight
                likeness += near.likeness
            else:
                other.append(f"other {fact.field}")
                score -= 1
        if same:
            because = ", ".join([*same, *other])
            ranked = (likeness, Suggestion(candidate.customer_id, because, score))
            best = found.get(candidate.customer_id)
            if best is None or (best[1].score, best[0]) < (score, likeness):
                found[candidate.customer_id] = ranked
    ranking = sorted(found.values(), key=lambda r: (-r[1].score, -r[0], r[1].customer_id))
    return [suggestion for _likeness, suggestion in ranking]


def _nearly(fact: _Fact, candidate: Candidate, keys: set[str]) -> _Near | None:
    """A near match between a customer and a given value."""
    if fact.field == "name":
        alike = like_name(fact.value.removeprefix("name:"), candidate.name)
        if alike is not None:
            return _Near(alike[1], 1, alike[0])
        if _part_of(fact.value, f"name:{_folded(candidate.name)}"):
            return _Near("part of the name", 1, _PART_OF_NAME)
    if any(shared_kind(key) is AddressKind.PHONE and same_line(fact.value, key) for key in keys):
        return _Near("same phone written differently", 3, 1)
    domain = company_domain(fact.value) if shared_kind(fact.value) is AddressKind.EMAIL else ""
    if domain and candidate.company and any(key.endswith(domain) for key in keys):
        return _Near(f"e-mail at {candidate.company}", 1, 0)
    return None


def _part_of(one: str, other: str) -> bool:
    """Whether the words of one name are all words of the other."""
    words, others = (set(name.removeprefix("name:").split()) for name in (one, other))
    return bool(words) and bool(others) and (words <= others or others <= words)


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
