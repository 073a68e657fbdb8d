"""The first screen on a store that knows nobody: see the demo, or begin for real."""

from typing import Any, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from omnitui.console.guarded import GuardedApp
from omnitui.console.palettes import Depth
from omnitui.console.theme import DEFAULT_THEME, register_themes, variable_defaults
from omnitui.console.widgets.plain import PlainStatic


class FirstChoice(Struct, frozen=True):
    """What was chosen: the demo, or a name to begin with."""

    demo: bool = False
    name: str = ""


class FirstStart(GuardedApp[FirstChoice]):
    """Returns what was chosen, None when it was left."""

    CSS = """
    Screen { align: center middle; background: $surface-1; }
    #first { width: 66; max-width: 100%; height: auto; background: $surface-2; padding: 1 3; }
    #first > PlainStatic { height: auto; color: $text-plain; }
    #first > Input {
        height: 1; border: none; padding: 0 1; margin: 1 0 0 0;
        background: $surface-1; color: $text-plain; display: none;
        &:focus { border: none; }
    }
    #first.-naming > Input { display: block; }
    """
    ENABLE_COMMAND_PALETTE = False
    # The line for a name would take the keys, and with them every letter, before it can be seen.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "demo", "Demo"),
        Binding("n", "name", "New"),
        Binding("escape,ctrl+q,q", "leave", "Quit"),
    ]

    def __init__(self, store: str, theme: str | None = None, depth: Depth = Depth.TRUE) -> None:
        super().__init__()
        self._store = store
        register_themes(self, depth)
        self.theme = theme or DEFAULT_THEME

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for styles that are read before our theme is set."""
        return dict(variable_defaults(self.current_theme.dark))

    def compose(self) -> ComposeResult:
        """What this is, and the two ways on."""
        lines: list[Any] = [
            ("OmniTUI", "bold $primary"), "\n\n",
            ("This store is empty: no agents, no customers yet.", "$text-plain"), "\n",
            (self._store, "$text-dim"), "\n\n",
            ("d", "bold $primary"), "  see the demo: simulated customers, a temporary store", "\n",
            ("n", "bold $primary"), "  start: enter your name to become the first agent", "\n",
            ("q", "bold $primary"), "  quit; nothing is changed",
        ]  # fmt: skip
        with Vertical(id="first"):
            yield PlainStatic(Content.assemble(*lines))
            yield Input(placeholder="Your name, then Enter", id="name")

    def action_demo(self) -> None:
        """See the demo."""
        self.exit(FirstChoice(demo=True))

    def action_name(self) -> None:
        """Ask for the name."""
        self.query_one("#first").add_class("-naming")
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Leave."""
        self.exit(None)

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.exit(FirstChoice(name=event.value.strip()))
