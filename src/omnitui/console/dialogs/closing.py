"""End a conversation, close its session, or give it back: what that does is said first."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic

DISPOSITIONS = (
    "Solved",
    "Answered a question",
    "Transferred",
    "Customer will come back",
    "Customer did not answer",
    "Not solved",
    "Not for us",
)
"""How conversations usually end; anything else can be typed."""


def about(consequence: str, stuck: Sequence[str]) -> str:
    """What a key does, and what hangs on the conversation, as a list."""
    return "\n".join([consequence, *([""] if stuck else []), *(f"- {one}" for one in stuck)])


class EndDialog(Dialog[bool]):
    """Ask before a conversation is ended."""

    keys = (("enter", "end it"), ("esc", "cancel"))
    BINDINGS = [("enter", "accept", "End it"), ("e", "accept", "End it")]

    def __init__(self, name: str, consequence: str, glyphs: Glyphs) -> None:
        super().__init__(f"End the conversation with {name}?", consequence, glyphs)

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(True)


class CloseDialog(Dialog[str]):
    """Ask before a session is closed; after wrap-up, how it ended."""

    keys = (("enter", "close"), ("esc", "cancel"))
    BINDINGS = [("enter", "accept", "Close"), ("w", "accept", "Close")]

    def __init__(
        self, name: str, consequence: str, glyphs: Glyphs, *, title: str = "Close the session with"
    ) -> None:
        super().__init__(f"{title} {name}?", consequence, glyphs)

    def action_accept(self) -> None:
        """Yes, without a word about how it ended."""
        self.dismiss("")


class WrapUpDialog(Dialog[str]):
    """Close for good: how did it end?"""

    keys = (("enter", "close"), ("esc", "leave it in wrap-up"))

    def fields(self) -> ComposeResult:
        """The usual ways, and a line for another one."""
        yield PlainStatic("How did it end?", classes="label")
        yield BlockList(self._glyphs, cursor_always=True, id="dispositions")
        yield PlainStatic("Or in other words", classes="label")
        yield Input(self.typed.get("other", ""), id="other", max_length=200)

    def on_mount(self) -> None:
        """Show the usual ways."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(name, [text.cut(Content.assemble("  ", name), width, self._glyphs)], True)
            for name in DISPOSITIONS
        ]

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_accept(self) -> None:
        """Answer with what was typed, or else with what the cursor stands on."""
        self.dismiss(self.value("other") or self.query_one(BlockList).cursor_key)


class FinishDialog(WrapUpDialog):
    """End and close in one step: how did it end?"""

    keys = (("enter", "end and close"), ("esc", "cancel"))


class ReleaseDialog(Dialog[str]):
    """Give a conversation back to its queue, with a word for whoever takes it next."""

    keys = (("enter", "give it back"), ("esc", "keep it"))

    def __init__(self, name: str, queue: str, glyphs: Glyphs, typed: dict[str, str]) -> None:
        where = f" to {queue}" if queue else ""
        super().__init__(
            f"Give {name} back{where}?",
            "It stays open for the customer; another agent is looked for, and it counts as waiting "
            "from now on.",
            glyphs,
            typed,
        )

    def fields(self) -> ComposeResult:
        """The word."""
        yield PlainStatic("What should the next agent know?", classes="label")
        yield Input(self.typed.get("note", ""), id="note", max_length=200)

    def action_accept(self) -> None:
        """Give it back."""
        self.dismiss(self.value("note"))
