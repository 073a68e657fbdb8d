"""What may help, as cards: what it is, how sure one can be, and the words that decided."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.model.suggestion import Suggestion, SuggestionKind, Suggestions

_HIGH, _LIKELY = 0.8, 0.65
_HEADINGS = {
    SuggestionKind.ARTICLE: "Articles",
    SuggestionKind.CASE: "Similar resolved",
    SuggestionKind.REPLY: "Quick reply",
    SuggestionKind.TOPIC: "From topics",
}
_OTHERS = "Route and label"
_NAMES = {
    SuggestionKind.QUEUE: "queue",
    SuggestionKind.PRIORITY: "priority",
    SuggestionKind.PRODUCT: "product",
}
_MOST_LINES = 2


def heading_of(kind: SuggestionKind, width: int, glyphs: Glyphs) -> list[Content]:
    """What stands over the cards of a kind."""
    line = Content.assemble((f"  {_HEADINGS.get(kind, _OTHERS)}", "bold $primary"))
    return [text.cut(line, width, glyphs)]


def has_own_heading(before: SuggestionKind | None, kind: SuggestionKind) -> bool:
    """Whether a card begins a group, after one of another kind (None: it is the first)."""
    return before is None or _HEADINGS.get(before, _OTHERS) != _HEADINGS.get(kind, _OTHERS)


def sureness(confidence: float) -> tuple[str, str]:
    """A confidence as a word with its per cent, and the style of it."""
    word = "high" if confidence >= _HIGH else "likely" if confidence >= _LIKELY else "possible"
    # Nothing is certain: a hundred per cent would say so.
    style = "$positive" if confidence >= _HIGH else "$info"
    return f"{word} {min(99, round(confidence * 100))}%", style


def card(one: Suggestion, width: int, glyphs: Glyphs) -> list[Content]:
    """A suggestion in the list."""
    end = Content.assemble(
        ("internal ", "$note") if one.internal else "", sureness(one.confidence), " "
    )
    name = _NAMES.get(one.kind)
    start: list[str | tuple[str, str]] = ["  ", (f"{glyphs.item} ", "$primary")]
    if name:
        start.append((f"{name} ", "$text-dim"))
    elif one.kind is SuggestionKind.CASE:
        start.append((f"{one.label} ", "$text-dim"))
    elif one.kind is SuggestionKind.REPLY:
        start.append((f"/{text.inline(one.label)} ", "bold $primary"))
    lead = Content.assemble(*start)
    room = max(8, width - lead.cell_length - end.cell_length - 1)
    title = text.inline(one.title)
    (first, reached), *rest = text.wrap(title, room)
    head = Content.assemble(lead, (title[first:reached], "bold $text-plain"))
    lines = [text.between(head, end, width, glyphs)]
    if rest:
        more = text.fit(title[rest[0][0] :], width - 5, glyphs)
        lines.append(_indented(Content.styled(more, "bold $text-plain"), width, glyphs))
    if one.text:
        lines += _said(one.text, width, glyphs)
    if one.because:
        words = ", ".join(text.inline(word) for word in one.because)
        because = Content.assemble(("because: ", "$text-dim"), (words, "$info"))
        lines.append(_indented(because, width, glyphs))
    return lines


def nothing_fits(found: Suggestions | None, width: int) -> list[Content]:
    """What stands there while there is nothing; empty while it is not known yet."""
    if found is None:
        return _dim("", width)
    if found.hidden:
        least = "Nothing fits well enough: what was found is below the threshold."
        return _dim(f"{least} {key_for('session.knowledge')} searches all.", width)
    said = "Nothing fits the customer's words yet. {key} searches all articles."
    return _dim(said.format(key=key_for("session.knowledge")), width)


def _dim(said: str, width: int) -> list[Content]:
    return [
        Content.assemble("  ", (said[start:end], "$text-dim"))
        for start, end in text.wrap(said, max(8, width - 4))
    ]


def _said(said: str, width: int, glyphs: Glyphs) -> list[Content]:
    plain = text.inline(said)
    spans: Sequence[tuple[int, int]] = text.wrap(plain, max(8, width - 5))
    shown = [plain[start:end] for start, end in spans[:_MOST_LINES]]
    if len(spans) > _MOST_LINES:
        shown[-1] = text.fit(plain[spans[_MOST_LINES - 1][0] :], max(8, width - 5), glyphs)
    return [_indented(Content.styled(line, "$text-dim"), width, glyphs) for line in shown]


def _indented(content: Content, width: int, glyphs: Glyphs) -> Content:
    return Content.assemble("    ", text.cut(content, width - 5, glyphs))
