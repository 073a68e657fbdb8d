"""What is done on Home to what is marked, or else to what is under the cursor."""

from typing import TYPE_CHECKING

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.home import bulk
from omnitui.console.keys import key_for
from omnitui.desk.bulk import MOST
from omnitui.model.actor import Permission

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Bulk(ConsoleCommand):
    where = Where.HOME
    group = "What is marked"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs something marked, or under the cursor."""
        listed = screen.home.list
        marked = len(listed.state.marks)
        if marked > MOST:
            return f"{marked:,} are marked, and {MOST:,} at a time are the most: mark fewer."
        there = marked or screen.home.selected
        return None if there else "Nothing is marked, and there is nothing in this list."


class TransferMarked(_Bulk):
    """Transfer what is marked to an agent or a queue, with a word for them."""

    id, key, label, footer = "bulk.transfer", "t", "Transfer", 14

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask to whom."""
        await bulk.transfer(screen)


class AssignMarked(_Bulk):
    """Assign what is marked to an agent without asking them; for supervisors."""

    id, key, label = "bulk.assign", "a", "Assign"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a supervisor."""
        if not screen.link.actor.may(Permission.SUPERVISE):
            moves, takes = key_for("bulk.transfer"), key_for("bulk.take")
            return f"Only a supervisor assigns to others: {moves} transfers, {takes} takes it."
        return super().available(screen)

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask to whom."""
        await bulk.transfer(screen, asks=False)


class TakeMarked(_Bulk):
    """Take what is marked, without going to any of it; what is too much is asked about."""

    id, key, label = "bulk.take", "T", "Take"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Take it."""
        await bulk.take(screen)


class SnoozeMarked(_Bulk):
    """Snooze what is marked until a time in words: 2h, tomorrow, fri 9am."""

    id, key, label = "bulk.snooze", "z", "Snooze"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask until when."""
        await bulk.snooze(screen)


class PriorityMarked(_Bulk):
    """Set the priority of what is marked."""

    id, key, label = "bulk.priority", "P", "Priority"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask which."""
        await bulk.priority(screen)


class LabelMarked(_Bulk):
    """Put labels on what is marked, or take some off."""

    id, key, label = "bulk.label", "b", "Label"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask which."""
        await bulk.label(screen)


class ReplyMarked(_Bulk):
    """Send one text to all that is marked, slots filled for each; who gets it is said first."""

    id, key, label = "bulk.reply", "r", "Reply to all"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask for the text."""
        await bulk.reply(screen)


class LinkMarked(_Bulk):
    """Link one case to all that is marked and is its customer's."""

    id, key, label = "bulk.link_case", "l", "Link case"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask which case."""
        await bulk.link_case(screen)


class CloseMarked(_Bulk):
    """Close what is marked; what becomes of each is said first."""

    id, key, label, footer = "bulk.close", "w", "Close", 15

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Say what it does, and ask how they ended."""
        await bulk.close(screen)
