"""What replies are delivered by."""

from msgspec import Struct

EVERY_CHANNEL = "*"
"""Stands for all channels."""

SIMULATED = "simulated"
"""The kind of courier of a store for simulated customers; only their feed has it."""

WEBHOOK = "webhook"
"""The kind of courier that posts replies to a URL."""

KIND = r"[a-z][a-z0-9_.-]{0,49}"
"""A valid name for a kind of courier (a pattern): installed packages add their own."""


class CourierConfig(Struct, frozen=True):
    """How a channel is set up. `token_env` names the environment variable that holds a token.

    What `url` may be is the kind's own; a webhook's is the address that replies are posted to.
    """

    channel: str
    kind: str
    url: str = ""
    token_env: str = ""


class ChannelDelivery(Struct, frozen=True):
    """How a channel stands: who delivers on it now, and what has not left.

    `courier` is the kind it is set up with, empty for none; `by` are the names of those who
    deliver now. `queued` replies wait, the oldest since `oldest` (epoch ms); of `uncertain` ones
    nobody knows whether they arrived. `hint` says what to do where nothing delivers.
    """

    channel: str
    label: str
    courier: str
    by: tuple[str, ...]
    queued: int = 0
    oldest: int | None = None
    uncertain: int = 0
    hint: str = ""
