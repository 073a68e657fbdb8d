"""Customers and the addresses that identify them."""

from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.fields import By, Field, Letters, Merging, Takes
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
    """An address of a customer on a channel. `key` is the compared form."""

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
    title: str = ""
    created_at: int = 0
    merged_into: CustomerId | None = None
    addresses: tuple[Address, ...] = field(default=())

    @property
    def first_name(self) -> str:
        """The name for a greeting; the whole name if no first name is found."""
        return first_name(self.name)


# A table is read by its rows, so a field stands in a line or two.
# fmt: off
CUSTOMER_FIELDS = (
    Field("name", "Name", "the full name; needed for a new customer",
          also=("full name", "customer name", "display name"), clears=False, merging=Merging.KEPT,
          place=0),
    Field("company", "Company", "the employer", letters=Letters.NAME,
          also=("company name", "organisation", "organization", "employer"), place=10),
    Field("title", "Job title", "the job title", most=120,
          also=("job title", "job", "position", "role"), place=11),
    Field("account", "Account", "the customer's number in your accounts", letters=Letters.EXACT,
          also=("account number", "account no", "account id", "customer number", "customer no"),
          clears=False, place=22, says="account {}"),
    Field("tier", "Tier", "the service tier; bronze for a new customer", Takes.CHOICE, Tier,
          default=Tier.BRONZE, merging=Merging.KEPT, place=0),
    Field("language", "Language", "a code such as en", default="en", also=("lang",),
          needs="Give a code such as en.", clears=False, merging=Merging.KEPT, place=0),
    Field("city", "City", "the city", also=("town",), place=21),
    Field("since", "Since", "the day they became a customer", Takes.DAY,
          also=("customer since", "member since"), form=False, place=50,
          says="customer since {:.4}"),
    Field("plan", "Plan", "the plan that they have", place=41),
    Field("device", "Device", "the device that they use", place=42),
    Field("notes", "Notes", "free text", Takes.TEXT,
          also=("note", "comment", "comments"), merging=Merging.JOINED, place=0),
    Field("created", "Created", "when the record was created; default: now", Takes.MOMENT,
          column="created_at", also=("created at", "created on", "date created"), by=By.OTHERWISE),
)
# fmt: on
"""Its fields, in the order of forms."""
