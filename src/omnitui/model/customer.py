"""Customers and the addresses they are known by."""

from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.ids import CustomerId
from omnitui.model.names import first_name


class Tier(StrEnum):
    """The customer's service tier."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"

    @property
    def label(self) -> str:
        """The word for people."""
        return self.value.capitalize()


class Address(Struct, frozen=True):
    """Where a customer can be reached on a channel. `key` is the normalised form used to match."""

    channel: str
    value: str
    key: str


class Customer(Struct, frozen=True):
    """A person or company the desk serves. `merged_into` names the survivor after a merge."""

    id: CustomerId
    name: str
    company: str = ""
    account: str = ""
    tier: Tier = Tier.BRONZE
    language: str = "en"
    city: str = ""
    since: str = ""
    plan: str = ""
    device: str = ""
    notes: str = ""
    created_at: int = 0
    merged_into: CustomerId | None = None
    addresses: tuple[Address, ...] = field(default=())

    @property
    def first_name(self) -> str:
        """The name they are greeted by; the whole one where no first name can be told."""
        return first_name(self.name)
