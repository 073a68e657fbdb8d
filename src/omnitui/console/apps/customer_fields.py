"""The fields of a customer, addresses among them, and how what is typed into them is saved."""

from collections.abc import Mapping
from zlib import crc32

from omnitui.console.apps.form import Field, FieldKind
from omnitui.console.link import Link
from omnitui.console.present.records.reached import LANGUAGES
from omnitui.model.channel import Channel
from omnitui.model.customer import Address, Customer, Tier
from omnitui.model.errors import Refusal

_TIERS = tuple((tier.value, tier.label) for tier in Tier)
_NEW = "address-new"
_ADDRESS = "address-"


def customer_fields(customer: Customer, channels: Mapping[str, Channel]) -> list[Field]:
    """The fields of a customer. An address that is emptied is forgotten."""
    known = {**LANGUAGES, customer.language: LANGUAGES.get(customer.language, customer.language)}
    languages = tuple((key, word) for key, word in known.items() if key != "no")
    return [
        Field("name", "Name", customer.name),
        Field("company", "Company", customer.company),
        Field("account", "Account", customer.account, most=60),
        Field("tier", "Tier", customer.tier.value, FieldKind.CHOICE, _TIERS),
        Field("language", "Language", customer.language, FieldKind.CHOICE, languages),
        Field("city", "City", customer.city),
        Field("plan", "Plan", customer.plan),
        Field("device", "Device", customer.device),
        *(_address_field(address, channels) for address in customer.addresses),
        Field(_NEW, "New address", "", hint="sms: 555 01 22"),
        Field("notes", "Notes", customer.notes, FieldKind.TEXT, most=20_000),
    ]


def _address_field(address: Address, channels: Mapping[str, Channel]) -> Field:
    channel = channels.get(address.channel)
    label = address.channel if channel is None else channel.label
    return Field(_key(address), label, address.value, hint="empty: forgotten when saved")


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
