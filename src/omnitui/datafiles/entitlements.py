"""`entitlements.toml`: templates for what customers are owed, and who is owed what.

    [[template]] name, total, days? (365), restrict? (false), decrease_on? (creation | resolution),
    allocation? (cases | hours), channels? = {phone = 15, email = 0}, products?, description?
    [[entitlement]] template, customer (account or e-mail address), name?, begun_days_ago? (0),
    default? (false)

A channel with 0 is forbidden; one that is not listed is bound by the total alone. Days count back
from the day a store is filled.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.channel import AddressKind
from omnitui.model.entitlement import LONGEST_NAME, Allocation, DecreaseOn, parts
from omnitui.model.errors import DataError
from omnitui.rules.identify import normalise_address

Terms = Annotated[float, Meta(ge=0, le=1_000_000_000)]
Days = Annotated[int, Meta(ge=1, le=36_600)]


class WrittenTemplate(Strict, frozen=True, kw_only=True):
    """A template as it was written; `total` and `channels` in cases or hours."""

    name: str
    total: Terms
    days: Days = 365
    restrict: bool = False
    decrease_on: DecreaseOn | None = None
    allocation: Allocation = Allocation.CASES
    channels: dict[str, Terms] = {}
    products: list[str] = []
    description: str = ""


class WrittenEntitlement(Strict, frozen=True, kw_only=True):
    """Who is owed what a template says; it is active from the first day on."""

    template: str
    customer: str
    name: str = ""
    begun_days_ago: Annotated[int, Meta(ge=0, le=36_600)] = 0
    default: bool = False


class EntitlementFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    template: list[WrittenTemplate] = []
    entitlement: list[WrittenEntitlement] = []


def read_entitlements(path: Path, known: Known) -> EntitlementFile:
    """The whole file; `known` is what it may refer to."""
    file, text = read(path, EntitlementFile)
    for error in _wrong(file, text, path, known):
        raise error
    return file


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, EntitlementFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path, known)


def _wrong(file: EntitlementFile, text: str, path: Path, known: Known) -> Iterator[DataError]:
    for key, problem in (*_templates(file.template, known), *_entitlements(file, known)):
        yield DataError(path, place(text, key), problem)


def _templates(rows: Sequence[WrittenTemplate], known: Known) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        where = f"template[{number}]"
        name = row.name.strip()
        if not name or name.isdecimal() or name.lower() == "none":
            yield f"{where}.name", f"{row.name!r} is not a valid name for a template"
        if len(name) > LONGEST_NAME:
            yield f"{where}.name", f"it has more than {LONGEST_NAME} characters"
        if name.casefold() in seen:
            yield f"{where}.name", f"a template {name} exists already"
        seen.add(name.casefold())
        if row.allocation is Allocation.HOURS and row.decrease_on is DecreaseOn.CREATION:
            yield f"{where}.decrease_on", "hours are used on resolution; leave it out"
        yield from _amounts(where, row, known)
        if not all(product.strip() for product in row.products):
            yield f"{where}.products", "a product has no name"


def _amounts(where: str, row: WrittenTemplate, known: Known) -> Iterator[tuple[str, str]]:
    for key, total in (("total", row.total), *_lines(row)):
        try:
            parts(total)
        except ValueError as error:
            yield f"{where}.{key}", str(error)
    for channel in row.channels:
        if known.channels and channel not in known.channels:
            there = ", ".join(known.channels)
            yield f"{where}.channels", f"there is no channel {channel!r}; known are {there}"


def _lines(row: WrittenTemplate) -> Iterator[tuple[str, float]]:
    for channel, total in row.channels.items():
        yield f"channels.{channel}", total


def _entitlements(file: EntitlementFile, known: Known) -> Iterator[tuple[str, str]]:
    days = {row.name.strip().casefold(): row.days for row in file.template}
    defaults: set[str] = set()
    for number, row in enumerate(file.entitlement):
        where = f"entitlement[{number}]"
        lasts = days.get(row.template.strip().casefold())
        if lasts is None:
            yield f"{where}.template", f"there is no template {row.template!r} in this file"
        elif row.begun_days_ago >= lasts:
            yield f"{where}.begun_days_ago", f"it lasts {lasts} days and would have ended already"
        if not _is_known(row.customer, known):
            yield f"{where}.customer", f"there is no customer {row.customer!r}"
        if row.default and row.customer in defaults:
            yield f"{where}.default", f"{row.customer} has a default already"
        if row.default:
            defaults.add(row.customer)
        if len(row.name) > LONGEST_NAME or row.name.isdecimal():
            yield f"{where}.name", f"{row.name!r} is not a valid name for an entitlement"


def _is_known(customer: str, known: Known) -> bool:
    if not (known.accounts or known.addresses):
        return True
    return (
        customer in known.accounts
        or normalise_address(AddressKind.EMAIL, customer) in known.addresses
    )
