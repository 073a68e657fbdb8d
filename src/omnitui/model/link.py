"""Links to other systems."""

from msgspec import Struct


class LinkTemplate(Struct, frozen=True):
    """A link to another system with slots, such as `https://crm.example/{case.number}`."""

    name: str
    url: str


class FilledLink(Struct, frozen=True):
    """A filled link template. While slots are `missing` there is no `url`."""

    name: str
    url: str
    missing: tuple[str, ...] = ()
