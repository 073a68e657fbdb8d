"""The fields of records in forms, as they are declared, and how what is typed in them is saved."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any
from zlib import crc32

from msgspec.structs import replace

from omnitui.console.link import Link
from omnitui.console.present.records.case import standing
from omnitui.console.present.records.reached import LANGUAGES, words
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.model import fields as declared
from omnitui.model.case import CASE_FIELDS, Case, CaseStatus
from omnitui.model.channel import Channel
from omnitui.model.customer import CUSTOMER_FIELDS, Address, Customer
from omnitui.model.entitlement import ENTITLEMENT_FIELDS, Entitlement, EntitlementState
from omnitui.model.errors import Refusal
from omnitui.model.fields import Takes, changed_by_agents
from omnitui.rules.cases import REASONS

Options = tuple[tuple[str, str], ...]

_NEW = "address-new"
_ADDRESS = "address-"
_ON = "channel_"
"""What the keys of the channels' fields begin with."""
_LISTED = 1_000
"""The longest list in a line (characters)."""
_YES_NO = (("no", "No"), ("yes", "Yes"))
_RESTRICT = (("no", "No, terms may go below zero"), ("yes", "Yes"))


def _fields(table: declared.Fields, record: Any) -> dict[str, Field]:
    """The fields of a record by key, in their order, texts last."""
    found = [field for field in changed_by_agents(table) if field.form]
    found.sort(key=lambda field: field.takes is Takes.TEXT)
    return {field.key: _field(field, getattr(record, field.attribute, None)) for field in found}


def _field(field: declared.Field, value: Any) -> Field:
    options: Options = ()
    kind, most = FieldKind.LINE, field.most
    if field.takes is Takes.TEXT:
        kind = FieldKind.TEXT
    elif field.takes is Takes.FLAG:
        kind, options = FieldKind.CHOICE, _YES_NO
    elif field.choices is not None:
        kind = FieldKind.CHOICE
        options = tuple((one.value, words(field, one)) for one in field.choices)
    elif field.takes is Takes.LINES:
        most = _LISTED
    return Field(field.key, field.label, _typed(value), kind, options, most)


def _typed(value: Any) -> str:
    """A value as it would be typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _choosing(field: Field, value: str, options: Options) -> Field:
    return replace(field, value=value, kind=FieldKind.CHOICE, options=options)


def _facts(fields: Sequence[Field]) -> list[Field]:
    """Fields as they are shown where nothing can be changed."""
    return [Field(one.key, one.label, one.value or "none", FieldKind.FACT) for one in fields]


def customer_fields(customer: Customer, channels: Mapping[str, Channel]) -> list[Field]:
    """The fields of a customer. An address that is emptied is forgotten."""
    fields = _fields(CUSTOMER_FIELDS, customer)
    known = {**LANGUAGES, customer.language: LANGUAGES.get(customer.language, customer.language)}
    languages = tuple((key, word) for key, word in known.items() if key != "no")
    fields["language"] = _choosing(fields["language"], customer.language, languages)
    reached = [_address_field(address, channels) for address in customer.addresses]
    texts = [field for field in fields.values() if field.kind is FieldKind.TEXT]
    return [
        *(field for field in fields.values() if field.kind is not FieldKind.TEXT),
        *reached,
        Field(_NEW, "New address", "", hint="sms: 555 01 22"),
        *texts,
    ]


def _address_field(address: Address, channels: Mapping[str, Channel]) -> Field:
    channel = channels.get(address.channel)
    label = address.channel if channel is None else channel.label
    return Field(_key(address), label, address.value, hint="empty: removed when you save")


def _key(address: Address) -> str:
    return f"{_ADDRESS}{crc32(address.key.encode()):08x}"


async def save_customer(link: Link, customer: Customer, edits: Mapping[str, str]) -> Refusal | None:
    """Save what was typed, all or nothing; what the desk says when it refuses."""
    given: dict[str, object] = {
        key: value for key, value in edits.items() if not key.startswith(_ADDRESS)
    }
    changed = {
        f"{address.channel}: {address.value}": edits[_key(address)]
        for address in customer.addresses
        if _key(address) in edits
    }
    if changed:
        given["change_addresses"] = changed
    if new := edits.get(_NEW, "").strip():
        given["add_addresses"] = [new]
    done = await link.attempt("customer.update", customer=customer.id, **given)
    return done if isinstance(done, Refusal) else None


def case_fields(case: Case, channels: Mapping[str, Channel]) -> list[Field]:
    """The fields of a case; those of one that is over can only be read."""
    fields = _fields(CASE_FIELDS, case)
    reasons = tuple((one.value, one.label.capitalize()) for one in REASONS[CaseStatus.ACTIVE])
    fields["reason"] = _choosing(fields["reason"], case.reason.value, reasons)
    origins = tuple((key, channel.label) for key, channel in channels.items())
    if case.origin not in channels:
        origins += ((case.origin, case.origin),)
    fields["origin"] = _choosing(fields["origin"], case.origin, origins)
    fields["owner"] = replace(fields["owner"], value=case.owner_name)
    entitlement = case.entitlement_name or "none"
    fields["entitlement"] = replace(fields["entitlement"], value=entitlement, kind=FieldKind.FACT)
    if case.status is CaseStatus.ACTIVE:
        return list(fields.values())
    fields["reason"] = replace(fields["reason"], value=standing(case), options=())
    told = [
        replace(one, value=dict(one.options).get(one.value, one.value)) for one in fields.values()
    ]
    return _facts(told)


def entitlement_fields(entitlement: Entitlement, channels: Mapping[str, Channel]) -> list[Field]:
    """The fields of a draft; of one that is in force those that nothing else tells."""
    fields = _fields(ENTITLEMENT_FIELDS, entitlement)
    if entitlement.state is not EntitlementState.DRAFT:
        untold = {field.key for field in ENTITLEMENT_FIELDS if field.place}
        told = [one for key, one in fields.items() if key in untold and one.value]
        return _facts(told)
    first, last = entitlement.period.split(" to ")
    fields["starts"] = replace(fields["starts"], value=first)
    fields["ends"] = replace(fields["ends"], value=last)
    fields["restrict"] = replace(fields["restrict"], options=_RESTRICT)
    fields["products"] = replace(fields["products"], hint="all")
    names = ", ".join(entitlement.contact_names)
    fields["contacts"] = replace(fields["contacts"], value=names, hint="all")
    found: list[Field] = []
    for key, field in fields.items():
        found += _terms_fields(entitlement, channels) if key == "channels" else [field]
    return found


def _terms_fields(entitlement: Entitlement, channels: Mapping[str, Channel]) -> list[Field]:
    """A field for the terms of each channel."""
    fields = []
    for key, channel in channels.items():
        line = entitlement.channels.get(key)
        value = "" if line is None else str(line.total)
        hint = "empty: only the total limits it; 0 forbids it"
        fields.append(Field(f"{_ON}{key}", channel.label, value, most=20, hint=hint))
    return fields


def entitlement_params(entitlement: Entitlement, edits: Mapping[str, str]) -> dict[str, Any]:
    """What was typed as the desk takes it: the channels are one list, without those left empty."""
    given: dict[str, Any] = {k: v for k, v in edits.items() if not k.startswith(_ON)}
    if len(given) == len(edits):
        return given
    typed = {key: str(line.total) for key, line in entitlement.channels.items()}
    typed |= {k.removeprefix(_ON): v for k, v in edits.items() if k.startswith(_ON)}
    return {**given, "channels": {key: total for key, total in typed.items() if total}}
