"""Gaps in the knowledge as lines: what is missing, how often it was met, what was said."""

from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.model.knowledge import Gap, GapKind

_COMMENTS = 3


def gaps_head(count: int, *, closed: bool) -> Content:
    """How many gaps there are."""
    word = "closed gap" if closed else "gap"
    return Content.assemble((f"{count} {word}{'' if count == 1 else 's'}", "bold $text-plain"))


def gap_rows(gap: Gap, now: int, tz: tzinfo, width: int, glyphs: Glyphs) -> list[Content]:
    """A gap: what it is about, how often and when it was met and by how many, the comments."""
    found = gap.kind is GapKind.NOT_HELPFUL
    what, style = ("did not help", "$warning") if found else ("nothing found", "$note")
    end = Content.assemble((f"{what} ", style))
    room = max(8, width - end.cell_length - 5)
    title = Content.assemble(
        "  ",
        (f"{glyphs.item} ", "$primary"),
        (text.fit(text.inline(gap.about), room, glyphs), "bold $text-plain"),
    )
    lines = [text.between(title, end, width, glyphs), _facts(gap, now, tz, width, glyphs)]
    for one in [one for one in gap.comments if one.comment][:_COMMENTS]:
        said = f"“{text.inline(one.comment)}” {text.inline(one.by)}"
        lines.append(_indented(Content.assemble((said, "$info")), width, glyphs))
    return lines


def _facts(gap: Gap, now: int, tz: tzinfo, width: int, glyphs: Glyphs) -> Content:
    often = "once" if gap.times == 1 else f"{gap.times} times"
    facts = [often, f"last {times.moment(gap.last_at, now, tz)}"]
    if gap.agents:
        facts.append(f"{gap.agents} agent{'' if gap.agents == 1 else 's'}")
    if gap.closed_at is not None:
        by = f" by {text.inline(gap.closed_by)}" if gap.closed_by else ""
        why = f": {text.inline(gap.reason)}" if gap.reason else ""
        facts.append(f"closed{by}{why}")
    said = f" {glyphs.separator} ".join(facts)
    return _indented(Content.assemble((said, "$text-dim")), width, glyphs)


def _indented(content: Content, width: int, glyphs: Glyphs) -> Content:
    return Content.assemble("    ", text.cut(content, max(2, width - 5), glyphs))
