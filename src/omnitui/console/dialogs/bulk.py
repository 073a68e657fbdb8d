"""Before something is done to many conversations: to how many, and what becomes of them."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.closing import WrapUpDialog
from omnitui.console.dialogs.transfers.snooze import SnoozeDialog
from omnitui.console.dialogs.transfers.transfer import SHOWN, HandTo, PickDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, transfers
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.transfers.transfer import REACHED
from omnitui.model.agent import Agent

PRIORITIES = ((5, "Urgent"), (2, "High"), (0, "Normal"), (-2, "Low"))
"""The usual priorities; any from -10 to 10 can be typed."""


class Subject(Struct, frozen=True):
    """What a verb acts on: how many, who in words, and the lines that say what becomes of them."""

    count: int
    whom: str
    becomes: Sequence[str] = ()

    @property
    def named(self) -> str:
        """`Kiana Anderson`, or `3 conversations`."""
        return self.whom.rstrip(".") if self.count == 1 else f"{self.count:,} conversations"

    @property
    def about(self) -> str:
        """Whom it is about, and what becomes of them."""
        lines = [] if self.count == 1 else [self.whom]
        return "\n".join([*lines, *self.becomes])


class ToWhomDialog(PickDialog[HandTo]):
    """Answers with an agent or a queue, and a word for them."""

    keys: Sequence[tuple[str, str]] = (
        ("enter", "transfer them"),
        ("tab", "a word for them"),
        ("esc", "cancel"),
    )
    find_hint = "A name, a skill or a queue"
    verb = "Transfer"
    asks = True

    def __init__(
        self,
        subject: Subject,
        agents: Sequence[Agent],
        queues: Sequence[dict[str, Any]],
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        super().__init__(f"{self.verb} {subject.named} to", subject.about, glyphs, typed)
        self._agents = {f"a{one.id}": one for one in sorted(agents, key=_room_first)}
        self._queues = {f"q{one['id']}": one for one in queues}

    def fields(self) -> ComposeResult:
        """The list, and the word."""
        yield from super().fields()
        if self.asks:
            yield PlainStatic("What should they know?", classes="label")
            yield Input(self.typed.get("note", ""), id="note", max_length=500)

    def _reached(self, agent: Agent) -> bool:
        return not self.asks or agent.presence in REACHED

    def blocks(self, width: int) -> Sequence[Block]:
        """Agents with the most room first, then queues."""
        agents = [
            Block(key, [self._agent_line(one, width)], True)
            for key, one in self._agents.items()
            if transfers.fits(self.wanted, one.name, one.login, *one.skills, *one.queues)
        ]
        left = len(agents) - SHOWN
        more = [Block("", [transfers.more_line(left, width, self._glyphs)])] if left > 0 else []
        queues = [
            Block(key, [self._queue_line(one, width)], True)
            for key, one in self._queues.items()
            if transfers.fits(self.wanted, str(one["name"]), "queue")
        ]
        return [*agents[:SHOWN], *more, *queues]

    def _agent_line(self, agent: Agent, width: int) -> Content:
        reached = self._reached(agent)
        skills = ", ".join(agent.skills)
        start = Content.assemble(
            "  ",
            (self._glyphs.presence(agent.presence), badges.presence_style(agent.presence)),
            " ",
            (
                text.left(text.inline(agent.name), 22, self._glyphs),
                "$text-plain" if reached else "$text-dim",
            ),
            (f"  {text.inline(skills)}", "$text-dim"),
        )
        free = agent.capacity - agent.used
        room = f"{free} of {agent.capacity} free" if free >= 0 else f"{-free} over"
        end = room if agent.presence in REACHED else agent.presence.label
        style = "$text-plain" if reached and free > 0 else "$text-dim"
        return text.between(start, Content.assemble((end, style), " "), width, self._glyphs)

    def _queue_line(self, queue: dict[str, Any], width: int) -> Content:
        start = Content.assemble(
            "  ",
            (self._glyphs.more_right, "$info"),
            " ",
            (text.left(text.inline(str(queue["name"])), 22, self._glyphs), "$text-plain"),
            ("  queue", "$text-dim"),
        )
        end = f"{queue['members']} work it {self._glyphs.separator} {queue['open']} wait"
        return text.between(start, Content.assemble((end, "$text-dim"), " "), width, self._glyphs)

    def what(self, key: str) -> str:
        """What choosing a line does, or why it cannot be chosen."""
        agent = self._agents.get(key)
        if agent is None:
            queue = self._queues[key]
            name = queue["name"]
            if not queue["members"]:
                return f"Nobody works {name}: they would wait there for ever."
            return f"They wait in {name}; an agent of it is looked for, for one after the other."
        if not self._reached(agent):
            return f"{agent.name} is {agent.presence.label.lower()}: {agent.presence_reason}."
        if not self.asks:
            return f"Gives them to {agent.name} without asking, even beyond their capacity."
        return f"They ring at {agent.name}; what is let pass goes to its queue."

    def action_accept(self) -> None:
        """Take the one under the cursor."""
        key = self.found.cursor_key
        if not key:
            self.wrong("Choose whom they go to first.")
            return
        agent = self._agents.get(key)
        if not (self._reached(agent) if agent is not None else self._queues[key]["members"]):
            self.wrong("Choose somebody else: nothing was changed.")
            return
        note = self.value("note") if self.asks else ""
        queue = None if agent is not None else int(self._queues[key]["id"])
        self.dismiss(HandTo(None if agent is None else agent.id, queue, note))


class AssignDialog(ToWhomDialog):
    """Answers with an agent, who is not asked."""

    keys = (("enter", "assign them"), ("esc", "cancel"))
    find_hint = "A name or a skill"
    verb = "Assign"
    asks = False


def _room_first(agent: Agent) -> tuple[bool, int, str]:
    return agent.presence not in REACHED, agent.used - agent.capacity, agent.login


class BulkCloseDialog(WrapUpDialog):
    """Close many: how did they end?"""

    DEFAULT_CSS = """
    BulkCloseDialog {
        & > #dialog { width: 84; }
        & #dialog > #dispositions { max-height: 25vh; margin: 0 0 1 0; }
    }
    """

    keys = (("enter", "close them"), ("esc", "leave them"))

    def __init__(self, subject: Subject, glyphs: Glyphs, typed: dict[str, str]) -> None:
        super().__init__(f"Close {subject.named}", subject.about, glyphs, typed)


class BulkSnoozeDialog(SnoozeDialog):
    """Put many off: until when?"""

    DEFAULT_CSS = """
    BulkSnoozeDialog {
        & > #dialog { width: 84; }
        & #dialog > #usual { margin: 0; }
        & #dialog > #meant { height: 1; }
    }
    """

    keys = (("enter", "snooze them"), ("tab", "a word for then"), ("esc", "cancel"))


class PriorityDialog(Dialog[int]):
    """Answers with a priority."""

    DEFAULT_CSS = """
    PriorityDialog { & #dialog > #priorities { margin: 0 0 1 0; } }
    """

    keys = (("enter", "set it"), ("tab", "another number"), ("esc", "cancel"))

    def __init__(self, subject: Subject, glyphs: Glyphs, typed: dict[str, str]) -> None:
        super().__init__(f"Priority of {subject.named}", subject.about, glyphs, typed)

    def fields(self) -> ComposeResult:
        """The usual ones, and a line for another."""
        yield BlockList(self._glyphs, cursor_always=True, id="priorities")
        yield PlainStatic("Or a number from -10 to 10; higher comes first", classes="label")
        yield Input(self.typed.get("other", ""), id="other", max_length=3)

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(str(number), [self._line(number, label, width)], True)
            for number, label in PRIORITIES
        ]

    def _line(self, number: int, label: str, width: int) -> Content:
        start = Content.assemble("  ", (label, "$text-plain"))
        end = Content.assemble((f"{number:+d}" if number else "0", "$text-dim"), " ")
        return text.between(start, end, width, self._glyphs)

    def on_block_list_chosen(self, event: BlockList.Chosen) -> None:
        """Take the one under the cursor."""
        event.stop()
        self.dismiss(int(event.key))

    def action_accept(self) -> None:
        """Take what was typed, or else the one under the cursor."""
        typed = self.value("other")
        try:
            number = int(typed or self.query_one(BlockList).cursor_key)
        except ValueError:
            number = 99
        if not -10 <= number <= 10:
            self.wrong(f"{typed} is not a priority: give a number from -10 to 10.")
            return
        self.dismiss(number)


class Labels(Struct, frozen=True):
    """Labels to put on, and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class LabelDialog(Dialog[Labels]):
    """Answers with the labels. `there` are those that some of them have, `known` all there are."""

    keys = (("enter", "do it"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(
        self,
        subject: Subject,
        there: Sequence[str],
        known: Sequence[str],
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        super().__init__(f"Label {subject.named}", subject.about, glyphs, typed)
        self._there = there
        self._known = known

    def fields(self) -> ComposeResult:
        """What to put on, what to take off."""
        known = f"; known: {', '.join(self._known[:6])}" if self._known else ""
        yield PlainStatic(text.inline(f"Put on, with commas between{known}"), classes="label")
        yield Input(self.typed.get("add", ""), id="add", max_length=200)
        yield PlainStatic("")
        there = f"; they have: {', '.join(self._there[:6])}" if self._there else ""
        yield PlainStatic(text.inline(f"Take off{there}"), classes="label")
        yield Input(self.typed.get("remove", ""), id="remove", max_length=200)

    def action_accept(self) -> None:
        """Answer with what was typed."""
        add, remove = _words(self.value("add")), _words(self.value("remove"))
        if not add and not remove:
            self.wrong("Write a label first, for example: vip.")
            return
        self.dismiss(Labels(add, remove))


def _words(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in written.split(",")))))
