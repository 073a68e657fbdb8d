"""What Home's list shows in a test, and a conversation as it is now."""

from typing import Any

from driver import Driver
from prepared import World


def item(world: World, address: str) -> Any:
    """The conversation of that address."""
    return world.call("conversation.get", conversation=world.keys[address])


def shown(driver: Driver) -> list[int]:
    """The conversations in the list, in its order."""
    return list(driver.main.home.list.keys)


async def lists(driver: Driver, world: World, *addresses: str) -> None:
    """Wait until the list holds exactly these, in this order."""
    await driver.until(lambda: shown(driver) == [world.keys[address] for address in addresses])
