"""What a session needs of the desk: call a command by name, from the thread the screen runs on."""

from collections.abc import Mapping
from typing import Any, Protocol

from omnitui.model.channel import Channel


class Link(Protocol):
    """The desk as the console sees it. `DeskLink` is one; tests stand on a smaller one."""

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The channels by key."""
        ...

    def now(self) -> int:
        """The time now (epoch ms)."""
        ...

    async def call(self, name: str, /, **params: Any) -> Any:
        """Carry out a desk command; raises `Refused`."""
        ...

    async def found(self, name: str, /, **params: Any) -> Any:
        """Like `call` for a record; None where there is none."""
        ...

    async def attempt(self, name: str, /, **params: Any) -> Any:
        """Like `call`, but a `Refusal` comes back as a value."""
        ...
