"""Hand a conversation on: who is there, who can, who has room; what it does is said before."""

from collections.abc import Sequence

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.base import Answer
from omnitui.console.dialogs.finding import FindingDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import transfers
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.transfers.transfer import Targets

SHOWN = 60
"""How many agents are listed at once; what is typed narrows them."""


class HandTo(Struct, frozen=True):
    """Whom it goes to, one of both, and a word for them."""

    agent: int | None
    queue: int | None
    note: str


def named(targets: Targets, to: HandTo) -> str:
    """The name of the agent or the queue it goes to."""
    agents: dict[int | None, str] = {one.agent: one.name for one in targets.agents}
    queues: dict[int | None, str] = {one.queue: one.name for one in targets.queues}
    return agents[to.agent] if to.queue is None else queues[to.queue]


class PickDialog(FindingDialog[Answer]):
    """What is found is chosen, and what choosing it would do is said before."""

    DEFAULT_CSS = """
    PickDialog {
        & > #dialog { width: 92; }
        & #dialog > #found { max-height: 35vh; }
        & #dialog > #what { height: 2; margin: 1 0; color: $text-plain; }
        &.-told #dialog > #found { max-height: 20vh; }
    }
    """

    stops = "Input"

    def fields(self) -> ComposeResult:
        """The line, the list, what it does."""
        yield from super().fields()
        yield PlainStatic("", id="what")

    def on_mount(self) -> None:
        """Show everybody."""
        super().on_mount()
        self.call_after_refresh(self.say_what)

    def what(self, key: str) -> str:
        """What choosing a line does, or why it cannot be chosen."""
        raise NotImplementedError

    def say_what(self) -> None:
        """Say what choosing the line under the cursor does."""
        key = self.found.cursor_key
        said = self.what(key) if key else "Nobody like that. Type less, or something else."
        self.query_one("#what", PlainStatic).update(text.block(said))

    def narrow(self) -> None:
        """Show who fits what has just been typed."""
        super().narrow()
        self.say_what()
        self.wrong("")

    @on(BlockList.Highlighted)
    def _moved(self, event: BlockList.Highlighted) -> None:
        event.stop()
        self.say_what()
        self.wrong("")


class TransferDialog(PickDialog[HandTo]):
    """Answers with whom it goes to."""

    keys = (("enter", "transfer"), ("tab", "a word for them"), ("esc", "keep it"))
    find_hint = "A name, a skill or a queue"

    def __init__(
        self,
        name: str,
        targets: Targets,
        glyphs: Glyphs,
        typed: dict[str, str],
        asks: str = "",
        told: str = "",
    ) -> None:
        about = "\n".join(filter(None, (f"It asks for {asks}." if asks else "", told)))
        super().__init__(f"Transfer {name} to", about, glyphs, typed)
        self.set_class(bool(told), "-told")
        self._agents = {f"a{one.agent}": one for one in targets.agents}
        self._queues = {f"q{one.queue}": one for one in targets.queues}

    def fields(self) -> ComposeResult:
        """The list, and the word."""
        yield from super().fields()
        yield PlainStatic("What should they know?", classes="label")
        yield Input(self.typed.get("note", ""), id="note", max_length=500)

    def blocks(self, width: int) -> Sequence[Block]:
        """Agents, the best first, then queues."""
        agents = [
            Block(key, [transfers.agent_line(one, width, self._glyphs, allowed=one.allowed)], True)
            for key, one in self._agents.items()
            if transfers.fits(self.wanted, one.name, one.login, *one.matching, *one.queues)
        ]
        left = len(agents) - SHOWN
        more = [Block("", [transfers.more_line(left, width, self._glyphs)])] if left > 0 else []
        queues = [
            Block(key, [transfers.queue_line(one, width, self._glyphs)], True)
            for key, one in self._queues.items()
            if transfers.fits(self.wanted, one.name, "queue")
        ]
        return [*agents[:SHOWN], *more, *queues]

    def what(self, key: str) -> str:
        """What the desk says of it."""
        return (self._agents.get(key) or self._queues[key]).what

    def action_accept(self) -> None:
        """Hand it to the one under the cursor."""
        key = self.found.cursor_key
        if not key:
            self.wrong("Choose whom it goes to first.")
            return
        agent, queue = self._agents.get(key), self._queues.get(key)
        chosen = agent or queue
        if chosen is not None and not chosen.allowed:
            self.wrong("Choose somebody else: nothing was changed.")
            return
        self.dismiss(
            HandTo(
                None if agent is None else agent.agent,
                None if queue is None else queue.queue,
                self.value("note"),
            )
        )
