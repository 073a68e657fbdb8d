"""The yardstick: the smallest Textual app a person would call one."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input


class Bare(App[None]):
    """Header, input, footer."""

    BINDINGS = [("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input(placeholder="ready to type")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
