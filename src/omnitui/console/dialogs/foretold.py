"""What something would do to a case, shown in its dialog before it is done."""

from collections.abc import Awaitable, Callable

from textual.content import Content
from textual.widget import Widget

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.errors import Refusal

Foretell = Callable[[], Awaitable[Consequences | Refusal]]


class ConsequencesView(PlainStatic):
    """Sentences, and above them why it would be refused. `ask` looks again."""

    DEFAULT_CSS = """
    ConsequencesView {
        height: auto;
        max-height: 30vh;
        overflow-y: auto;
        color: $text-dim;
        margin: 1 0 0 0;
    }
    """

    def __init__(self, glyphs: Glyphs, known: Consequences | None = None) -> None:
        super().__init__("", id="foretold")
        self._glyphs = glyphs
        self.known = known

    def on_mount(self) -> None:
        """Show what is known already."""
        self._show()

    @property
    def why_not(self) -> str:
        """Why it would be refused, empty if it would not."""
        return "" if self.known is None else self.known.why_not

    def ask(self, dialog: Widget, foretell: Foretell) -> None:
        """Ask again, because something else is wanted now; only the last answer counts."""
        do_soon(dialog, self._take(foretell), "foretold", exclusive=True)

    async def _take(self, foretell: Foretell) -> None:
        found = await foretell()
        self.known = Consequences((), str(found)) if isinstance(found, Refusal) else found
        self._show()

    def _show(self) -> None:
        known = self.known
        if known is None:
            return
        lines = [(known.why_not, "$danger", self._glyphs.failed)] if known.why_not else []
        lines += [(said, "$text-plain", self._glyphs.separator) for said in known.says]
        shown = [
            Content.assemble((f"{sign} ", style), (text.inline(said), style))
            for said, style, sign in lines
        ]
        self.update(Content("\n").join(shown))
        self.display = bool(shown)
