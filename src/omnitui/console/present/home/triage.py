"""Home as triage in words: the tabs of its lists, what a filter can become, what is marked."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.rules.triage import Choice

COLUMNS = {
    "sla": ("Due", "soonest first"),
    "wait": ("Wait", "longest first"),
    "channel": ("Channel", "by name"),
    "name": ("Customer", "by name"),
    "said": ("Last message", "newest first"),
    "sentiment": ("Sentiment", "most negative first"),
    "queue": ("Queue", "by name"),
    "state": ("State", "by name"),
    "priority": ("Priority", "highest first"),
    "agent": ("Agent", "by name"),
    "label": ("Labels", "by name"),
}
"""What a list can be sorted by: what it is called, and what comes first unless it is turned."""

_FALLING = ("wait", "said", "priority")
_GAP = 2


class ListTab(Struct, frozen=True):
    """A list with a tab. A count of None: its filter names what is no longer there.

    `changed` says that filter or order are not those that were saved.
    """

    key: str
    label: str
    count: int | None = 0
    saved: bool = False
    shared: bool = False
    changed: bool = False


def list_tabs(
    tabs: Sequence[ListTab], chosen: str, width: int, glyphs: Glyphs
) -> tuple[Content, tuple[text.Span, ...]]:
    """The lists' tabs in exactly `width` cells, and where each one stands.

    The chosen one always shows; signs at the ends say that there are more.
    """
    shown = [_tab(tab, tab.key == chosen, glyphs) for tab in tabs]
    room = [content.cell_length + _GAP for content in shown]
    at = next((place for place, tab in enumerate(tabs) if tab.key == chosen), 0)
    first, end = _window(room, at, width)
    parts: list[Content | tuple[str, str]] = []
    spans: list[text.Span] = []
    reached = 0
    if first > 0:
        parts.append((f"{glyphs.more_left} ", "$text-dim"))
        spans.append((0, 2, tabs[first - 1].key))
        reached = 2
    for place in range(first, end):
        parts.append(shown[place])
        spans.append((reached, reached + shown[place].cell_length, tabs[place].key))
        reached += room[place]
        if place < len(tabs) - 1:
            parts.append((" " * _GAP, ""))
    if end < len(tabs):
        parts.append((glyphs.more_right, "$text-dim"))
        spans.append((reached, reached + 1, tabs[end].key))
    return text.fill(Content.assemble(*parts), width, glyphs), tuple(spans)


def _window(room: Sequence[int], at: int, width: int) -> tuple[int, int]:
    """Which tabs fit, among them the one at `at`; as far to the left as can be."""
    if sum(room) - _GAP <= width:
        return 0, len(room)
    first = 0
    while first < at and sum(room[first : at + 1]) + 2 * (first > 0) + 1 > width:
        first += 1
    end = at + 1
    while end < len(room) and sum(room[first : end + 1]) + 2 * (first > 0) + 1 <= width:
        end += 1
    return first, end


def _tab(tab: ListTab, chosen: bool, glyphs: Glyphs) -> Content:
    style = "bold $text-plain" if chosen else "$text-dim"
    sign = glyphs.shared if tab.shared else glyphs.separator
    saved = f"{sign} " if tab.saved else ""
    changed = "*" if tab.changed else ""
    count = " ?" if tab.count is None else f" {tab.count:,}" if tab.count else ""
    return Content.assemble(
        (glyphs.cursor if chosen else " ", "$primary"),
        (saved, "$info"),
        (f"{text.inline(tab.label)}{changed}{count}", style),
    )


def choice_line(choices: Sequence[Choice], typing: bool, width: int, glyphs: Glyphs) -> Content:
    """What the last word can become, the one that Tab takes first; as many as fit.

    While nothing is begun (`typing` is False) Tab takes none.
    """
    if not choices:
        said = "Enter keeps the filter, Esc clears it" if typing else ""
        return text.fill(Content.assemble(" ", (said, "$text-dim")), width, glyphs)
    key = "tab" if typing else "type"
    parts: list[str | tuple[str, str]] = [" ", (f"{key} ", "$primary")]
    reached = len(key) + 2
    for number, choice in enumerate(choices):
        word = text.inline(choice.word)
        length = Content(word).cell_length + 2
        if reached + length + 2 > width:
            parts.append((glyphs.ellipsis, "$text-dim"))
            break
        style = "bold $text-plain" if typing and not number else "$text-dim"
        parts += [(word, style), "  "]
        reached += length
    return text.fill(Content.assemble(*parts), width, glyphs)


def mistake_line(sentence: str, hint: str, width: int, glyphs: Glyphs) -> Content:
    """What is wrong with a filter; what to write instead stands behind it as far as it fits."""
    return text.fill(
        Content.assemble(
            " ",
            (f"{glyphs.alert} ", "bold $danger"),
            (f"{text.inline(sentence)} ", "$danger"),
            (text.inline(hint), "$text-dim"),
        ),
        width,
        glyphs,
    )


def ghost(written: str, line: str) -> str:
    """What is shown dimly behind what is written when Tab would make `line` of it."""
    if line.casefold().startswith(written.casefold()):
        return line[len(written) :]
    # It stands in quotes, or goes by another name: that cannot be written on from here.
    return f"  = {line[_alike(written, line) :].strip()}"


def _alike(written: str, line: str) -> int:
    """Where the last part's value begins."""
    same = 0
    for mine, other in zip(written, line, strict=False):
        if mine != other:
            break
        same += 1
    return max(line.rfind(":", 0, same + 1) + 1, line.rfind(" ", 0, same) + 1)


def order_words(sort: str, glyphs: Glyphs) -> str:
    """How a list is sorted, in words with the header's sign; empty for its own order."""
    if not sort:
        return ""
    sign = glyphs.sort_up if ascends(sort) else glyphs.sort_down
    return f"by {COLUMNS[sort.lstrip('-')][0].lower()} {sign}"


def ascends(sort: str) -> bool:
    """Whether what is shown in the sorted column grows downwards."""
    return (sort.lstrip("-") in _FALLING) is sort.startswith("-")


class Standing(Struct, frozen=True):
    """What the line under the list tells.

    `place` counts from 1. `marked_elsewhere` are marked and not in the list as it is. `said` is
    what was just done, and stays in front of everything else until something else is done.
    """

    place: int = 0
    count: int = 0
    marked: int = 0
    marked_elsewhere: int = 0
    sort: str = ""
    said: str = ""
    warned: bool = False


def standing_line(standing: Standing, width: int, glyphs: Glyphs) -> Content:
    """What was just done or what is marked; at the right the order and the place in the list."""
    start = Content.assemble("  ", *_told(standing))
    place = f"{standing.place:,} of {standing.count:,}" if standing.count else ""
    full = f" {glyphs.separator} ".join(filter(None, (order_words(standing.sort, glyphs), place)))
    # What was done is worth more than where one is.
    room = width - start.cell_length - 4
    shown = next((end for end in (full, place) if Content(end).cell_length <= room), "")
    return text.between(start, Content.assemble((shown, "$text-dim"), "  "), width, glyphs)


def _told(standing: Standing) -> Sequence[Content | tuple[str, str]]:
    if standing.said:
        return [(standing.said, "$warning" if standing.warned else "$positive")]
    if not standing.marked:
        return []
    parts: list[Content | tuple[str, str]] = [(f"{standing.marked:,} marked", "bold $primary")]
    if standing.marked_elsewhere:
        parts.append((f", {standing.marked_elsewhere:,} not in view", "$warning"))
    parts.append(("   esc unmarks", "$text-dim"))
    return parts


def what_was_done(
    verb: str, done: int, refused: Sequence[tuple[str, str]], undo: str = "", how: str = ""
) -> str:
    """`Closed 11 of 12; u undoes it. Marcus Lee: it is in wrap-up already.`

    `how` is what it was made: `to Bo Katz`, `until tomorrow 09:00`.

    `refused` are names with the reason why not; the first is told, the others counted. `undo` is
    the key that undoes it, empty when none does.
    """
    total = done + len(refused)
    count = f"{done:,}" if not refused else f"{done:,} of {total:,}"
    said = f"{verb} none of {total:,}."
    if done:
        said = " ".join(filter(None, (verb, count, how))) + (
            f"; {undo} undoes it." if undo else "."
        )
    if refused:
        name, why = (text.inline(part) for part in refused[0])
        said += f" {why if name in why else f'{name}: {why}'}".rstrip(".")
        said += f", and {len(refused) - 1:,} more." if len(refused) > 1 else "."
    return said


def why_not(refused: Sequence[tuple[str, str]]) -> str:
    """Names with the reason why nothing is done with them; the first few, the rest counted."""
    shown = [
        (why if name in why else f"{name}: {why}").rstrip(".")
        for name, why in ((text.inline(a), text.inline(b)) for a, b in refused[:3])
    ]
    more = f"; and {len(refused) - 3:,} more" if len(refused) > 3 else ""
    return f"{'; '.join(shown)}{more}."


def about_whom(names: Sequence[str], total: int, elsewhere: int) -> str:
    """Whom a verb is about: the first names, how many more, and how many are out of sight."""
    shown = [text.inline(name) for name in names[:3]]
    more = total - len(shown)
    said = ", ".join(shown) + (f" and {more:,} more" if more else "")
    if elsewhere:
        verb = "is" if elsewhere == 1 else "are"
        said += f". {elsewhere:,} of them {verb} not in view"
    return f"{said}."
