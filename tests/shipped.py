"""The channels that ship: for tests of what follows from what a channel is like."""

from typing import Any

from omnitui.datafiles import folder
from omnitui.datafiles.channels import read_channels

SHIPPED = {channel.key: channel for channel in read_channels(folder() / "channels.toml")}

TRAITS = ("address_kind", "threading", "starts", "window_hours", "longest", "segments")


def like(key: str) -> dict[str, Any]:
    """What `channel.create` is told for a channel like the one of that key; nothing for none."""
    shipped = SHIPPED.get(key)
    return {} if shipped is None else {name: getattr(shipped, name) for name in TRAITS}
