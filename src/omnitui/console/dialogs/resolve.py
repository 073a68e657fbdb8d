"""Resolve a case: how, and how long it took."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Input, TextArea

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.case import Case

_MOST_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a case was resolved; `minutes` is the billable time, None when nobody counted."""

    said: str
    minutes: int | None


class ResolveDialog(Dialog[Resolution]):
    """Resolution and minutes; `^s` resolves."""

    keys = (("^s", "resolve"), ("tab", "next field"), ("esc", "leave"))

    def __init__(self, case: Case, glyphs: Glyphs, typed: dict[str, str]) -> None:
        about = f"{case.title}\nResolving the case does not end the conversation."
        super().__init__(f"Resolve {case.number}", about, glyphs, typed)

    def fields(self) -> ComposeResult:
        """How, and how long."""
        yield PlainStatic("How was it resolved?", classes="label")
        yield TextArea(
            self.typed.get("resolution", ""),
            id="resolution",
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
        )
        yield PlainStatic("Billable minutes, if any", classes="label")
        yield Input(
            self.typed.get("minutes", ""), id="minutes", type="integer", max_length=6, compact=True
        )

    def action_accept(self) -> None:
        """Resolve it, if it says how."""
        said, minutes = self.value("resolution"), self.value("minutes")
        if not said:
            self.wrong("Say how it was resolved; the next agent reads it.")
        elif minutes and not minutes.isdecimal():
            self.wrong("Minutes are a whole number.")
        else:
            counted = min(int(minutes), _MOST_MINUTES) if minutes else None
            self.dismiss(Resolution(said, counted))
