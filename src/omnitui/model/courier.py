"""Couriers, which deliver replies."""

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
    """The courier of a channel. `token_env` names the environment variable with a token.

    The kind defines `url`; a webhook's is the address that replies are posted to.
    """

    channel: str
    kind: str
    url: str = ""
    token_env: str = ""


class ChannelDelivery(Struct, frozen=True):
    """The delivery on a channel: its couriers, and what has not left.

    `courier` is the kind that is set, empty for none; `by` are the names of running couriers.
    `queued` replies wait, the oldest since `oldest` (epoch ms); `uncertain` ones may have arrived.
    `hint` says what to do where no courier runs.
    """

    channel: str
    label: str
    courier: str
    by: tuple[str, ...]
    queued: int = 0
    oldest: int | None = None
    uncertain: int = 0
    hint: str = ""
