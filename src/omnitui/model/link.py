"""Links into other systems."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkTemplate:
    """An address of another system with slots, such as `https://crm.example/{case.number}`."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FilledLink:
    """A link template filled for somebody. While slots are `missing` there is no `url`."""

    name: str
    url: str
    missing: tuple[str, ...] = ()
