"""Quick replies in the popup over the composer: rows, and what a reply would say."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.model.knowledge import QuickReply

FIELD_STYLE = "bold $warning"


def reply_row(reply: QuickReply, width: int, glyphs: Glyphs, *, language: str = "") -> Content:
    """One line: its key, its title, and at the right its tags and a language that is not theirs."""
    tags = " ".join(f"#{text.inline(tag)}" for tag in reply.tags)
    own = "own " if reply.owner_id is not None else ""
    other = f" {text.inline(reply.language)}" if language and reply.language != language else ""
    end = Content.assemble((f"{own}{tags}", "$text-dim"), (other, "$info"), " ")
    key = text.fit(text.inline(reply.key), 24, glyphs)
    start = Content.assemble(
        "  ", (f"/{key}", "bold $primary"), "  ", (text.inline(reply.title), "$text-plain")
    )
    if end.cell_length > width // 2:
        end = Content.assemble((other, "$info"), " ")
    return text.between(start, end, width, glyphs)


def reply_preview(
    filled: str, prompts: Sequence[tuple[int, int]], width: int, most: int, glyphs: Glyphs
) -> list[Content]:
    """What it would say, its fields marked, in at most `most` lines."""
    plain = text.block(filled)
    content = Content(plain).stylize("$text-plain")
    if plain == filled:
        for start, end in prompts:
            content = content.stylize(FIELD_STYLE, start, end)
    lines = [content[start:end] for start, end in text.wrap(plain, max(2, width - 3))]
    if len(lines) > most:
        last = Content.assemble(lines[most - 1], (f" {glyphs.ellipsis}", "$text-dim"))
        lines = [*lines[: most - 1], last]
    return [Content.assemble("  ", text.cut(line, width - 2, glyphs)) for line in lines]
