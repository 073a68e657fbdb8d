"""The session tabs: Home and numbered sessions on one line, compacted until all that matter fit."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, deadlines, times
from omnitui.model.sentiment import Sentiment

_FOCUSED_NAME = 12


class _Level(NamedTuple):
    """How compact tabs are: cells for the names of calm tabs and of those that need the agent.

    `detail`: 2 everything, 1 times only where they matter, 0 moods only where they are bad, and -1
    nothing but number, channel and the sign of a deadline. The most detailed of `_LEAST` that fits
    is taken, and what room is left goes to names, first of those that need the agent.
    """

    calm: int
    pressing: int
    detail: int


_LEAST = (_Level(8, 14, 2), _Level(6, 10, 1), _Level(0, 4, 0), _Level(0, 0, -1))
_NAMES = (24, 18, 14, 12, 10, 8, 6, 5, 4, 0)


class TabView(Struct, frozen=True):
    """One session's tab. `channel` is one cell; `waiting_since` is epoch ms, None: nobody waits.

    `draft` is whether a reply or a note is begun in it. `warn_at` and `due_at` are those of the
    deadline that comes next, None: there is none.
    """

    name: str
    channel: str
    sentiment: Sentiment | None = Sentiment.NEUTRAL
    unread: int = 0
    waiting_since: int | None = None
    needs_you: bool = False
    ended: bool = False
    warn_at: int | None = None
    due_at: int | None = None
    draft: bool = False


class PlacedTab(Struct, frozen=True):
    """Where a tab stands: `index` 0 is Home, sessions count from 1; `end` is exclusive."""

    index: int
    start: int
    end: int


def tab_line(
    tabs: Sequence[TabView], focused: int, width: int, glyphs: Glyphs, now: int
) -> tuple[Content, tuple[PlacedTab, ...]]:
    """The line in exactly `width` cells, and where each tab stands on it.

    `focused` is 0 for Home or a session's number. The focused tab and those that need the agent are
    always there; when even the shortest names leave no room, others are hidden and counted.
    """
    shown = dict(enumerate(tabs, 1))
    # Many levels are tried and they share most of their pieces: each is made once.
    made: dict[tuple[int, int, int], Content] = {}

    def drawn(level: _Level) -> dict[int, Content]:
        return _pieces(shown, focused, level, glyphs, now, made)

    for least in _LEAST:
        if _length(drawn(least)) <= width:
            level = least
            for wider in (_Level(8, 10, 0), _Level(24, 24, 0)):
                level = _grown(level, "pressing", wider.pressing, drawn, width)
                level = _grown(level, "calm", wider.calm, drawn, width)
            return _lay(drawn(level), 0, width, glyphs)
    pieces = drawn(_LEAST[-1])
    hidden = 0
    for index in _dispensable(shown, focused):
        del pieces[index]
        hidden += 1
        if _length(pieces) + len(_more(hidden, glyphs)) <= width:
            break
    return _lay(pieces, hidden, width, glyphs)


def _grown(
    level: _Level, which: str, most: int, drawn: Callable[[_Level], dict[int, Content]], width: int
) -> _Level:
    """`level` with as many cells for one kind of name, up to `most`, as there is room for."""
    now = getattr(level, which)
    for names in _NAMES:
        wider = level._replace(**{which: names})
        if now < names <= most and _length(drawn(wider)) <= width:
            return wider
    return level


def _pieces(
    tabs: dict[int, TabView],
    focused: int,
    level: _Level,
    glyphs: Glyphs,
    now: int,
    made: dict[tuple[int, int, int], Content],
) -> dict[int, Content]:
    pieces = {0: _home(focused == 0, level, glyphs)}
    for index, tab in tabs.items():
        own = level
        if index == focused:
            own = _Level(0, max(level.pressing, _FOCUSED_NAME), max(level.detail, 1))
        names = own.pressing if index == focused or tab.needs_you else own.calm
        piece = made.get((index, names, own.detail))
        if piece is None:
            if index == focused:
                piece = _focused(_tab(index, tab, own, glyphs, now, focused=True), glyphs)
            else:
                piece = Content(" ") + _tab(index, tab, own, glyphs, now)
            made[index, names, own.detail] = piece
        pieces[index] = piece
    return pieces


def _home(focused: bool, level: _Level, glyphs: Glyphs) -> Content:
    label = f"{glyphs.home} Home " if level.detail > 0 else f"{glyphs.home} "
    if focused:
        return _focused(Content.assemble((label, "bold $text-plain")), glyphs)
    return Content.assemble(" ", (label, "$text-dim"))


def _focused(piece: Content, glyphs: Glyphs) -> Content:
    """A tab that is told apart by a sign, and by lying on the page's own surface."""
    whole = Content.assemble((glyphs.cursor, "$primary"), piece)
    return whole.stylize_before("on $surface-1")


def _tab(
    index: int, tab: TabView, level: _Level, glyphs: Glyphs, now: int, *, focused: bool = False
) -> Content:
    pressing = focused or tab.needs_you
    plain = "$text-dim" if tab.ended or not pressing else "$text-plain"
    name = text.fit(text.inline(tab.name), level.pressing if pressing else level.calm, glyphs)
    parts: list[str | Content | tuple[str, str]] = []
    if tab.needs_you:
        parts.append(badges.needs_you(glyphs))
    parts.append((f"{index} ", "bold $primary" if focused else "$text-dim"))
    if name:
        parts += [(name, f"bold {plain}" if pressing else plain), " "]
    parts.append((tab.channel, "$info"))
    felt = tab.sentiment or 0
    if (level.detail > 0 and felt) or (level.detail == 0 and felt < 0):
        parts += [" ", badges.sentiment(tab.sentiment, glyphs)]
    if tab.unread and level.detail >= 0:
        parts += [" ", (badges.unread(tab.unread), "bold $primary")]
    if tab.draft and level.detail >= 0 and not focused:
        parts += [" ", (glyphs.unsaved, "$note")]
    due = deadlines.pressing(tab.warn_at, tab.due_at, glyphs, now)
    if due:
        parts += [" " if level.detail >= 0 else "", due if level.detail > 0 else due[:1]]
    parts.append(_state(tab, level, pressing, now))
    return Content.assemble(*parts, " " if level.detail > 0 else "")


def _state(tab: TabView, level: _Level, pressing: bool, now: int) -> Content:
    if level.detail < 1 or (tab.waiting_since is None and not tab.ended):
        return Content("")
    if tab.ended or tab.waiting_since is None:
        return Content.assemble((" ended", "$text-dim"))
    if level.detail < 2 and not pressing:
        return Content("")
    style = "bold $warning" if tab.needs_you else "$text-dim"
    return Content.assemble((f" {times.wait(now - tab.waiting_since)}", style))


def _dispensable(tabs: dict[int, TabView], focused: int) -> list[int]:
    """The tabs that may be hidden, the farthest from the focused one first."""
    calm = [index for index, tab in tabs.items() if index != focused and not tab.needs_you]
    return sorted(calm, key=lambda index: (-abs(index - focused), -index))


def _length(pieces: dict[int, Content]) -> int:
    return sum(piece.cell_length for piece in pieces.values())


def _more(hidden: int, glyphs: Glyphs) -> str:
    return f" +{hidden}{glyphs.more_right} " if hidden else ""


def _lay(
    pieces: dict[int, Content], hidden: int, width: int, glyphs: Glyphs
) -> tuple[Content, tuple[PlacedTab, ...]]:
    placed, reached = [], 0
    for index, piece in pieces.items():
        placed.append(PlacedTab(index, reached, reached + piece.cell_length))
        reached += piece.cell_length
    more = Content.assemble((_more(hidden, glyphs), "$text-dim"))
    line = Content.assemble(*pieces.values(), more)
    return text.fill(line, width, glyphs), tuple(tab for tab in placed if tab.start < width)
