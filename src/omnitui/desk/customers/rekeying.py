"""Updating the compared form of addresses, for a new version or another country."""

from omnitui.desk.call import Call
from omnitui.rules.identify import normalise_address
from omnitui.store import rekeying
from omnitui.store.engine import Store

FORM = 3
"""The version of `normalise_address`; raise it when the comparison of addresses changes."""


def is_current(store: Store, country: str) -> bool:
    """Whether the addresses are compared as this version does, in that country."""
    return rekeying.form(store) == _name(country)


def bring_up_to_date(call: Call, country: str) -> None:
    """Update the compared form of every address; the journal gets those with two customers."""

    def compared(channel: str, value: str) -> str:
        return normalise_address(call.place(channel), value, country)

    for shared in rekeying.rekey(call.store, compared, _name(country)):
        call.journal(
            "customer.address_shared",
            customer=shared.customer,
            address=shared.value,
            owner=shared.owner,
        )


def _name(country: str) -> str:
    return f"{FORM}:{country}"
