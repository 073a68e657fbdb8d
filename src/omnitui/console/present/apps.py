"""The application tabs of a session as a line: the conversation first, then the records."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs

_NARROWEST = 8


class TabView(Struct, frozen=True):
    """One tab: its name, what it says, whether something in it is not saved."""

    name: str
    title: str
    unsaved: bool = False


def app_tabs(
    tabs: Sequence[TabView], front: str, width: int, glyphs: Glyphs
) -> tuple[Content, tuple[text.Span, ...]]:
    """The line at a width, and where each tab stands on it. What does not fit is shortened."""
    longest = max((Content(text.inline(tab.title)).cell_length for tab in tabs), default=0)
    while longest > _NARROWEST and _wide(tabs, longest) > width:
        longest -= 1
    parts: list[str | tuple[str, str]] = []
    spans: list[text.Span] = []
    reached = 0
    for tab in tabs:
        chosen = tab.name == front
        title = text.fit(text.inline(tab.title), longest, glyphs)
        mark = glyphs.bar_agent if chosen else " "
        shown = f"{title}{' ' + glyphs.unsaved if tab.unsaved else ''}"
        parts += [
            (mark, "$primary"),
            (shown, "bold $text-plain" if chosen else "$text-dim"),
            "  ",
        ]
        end = reached + 1 + Content(shown).cell_length
        spans.append((reached, end, tab.name))
        reached = end + 2
    return text.fill(Content.assemble(*parts), width, glyphs), tuple(spans)


def _wide(tabs: Sequence[TabView], longest: int) -> int:
    return sum(
        min(Content(text.inline(tab.title)).cell_length, longest) + 3 + 2 * tab.unsaved
        for tab in tabs
    )
