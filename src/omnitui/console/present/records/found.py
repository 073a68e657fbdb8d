"""What a search has found: kinds in groups, a line each, the words that matched brought out."""

from collections.abc import Sequence
from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.console.present.assist import snippet, unmarked
from omnitui.model.search import Hit, HitKind

HEADS = {
    HitKind.CUSTOMER: "Customers",
    HitKind.CONVERSATION: "Conversations",
    HitKind.CASE: "Cases",
    HitKind.MESSAGE: "Messages",
    HitKind.ARTICLE: "Articles",
    HitKind.ACTIVITY: "Activities",
    HitKind.ENTITLEMENT: "Entitlements",
}
KINDS = (("", "All"), *((kind.value, head) for kind, head in HEADS.items()))
"""What a search can be narrowed to: its key, and a word for it."""

INVITATION = "Name, city, account, case number, words of messages or articles"
NOTHING = "Nothing found. The beginning of each word is enough."


def hit_key(hit: Hit) -> str:
    """What a hit is called among the others."""
    return f"{hit.kind.value}-{hit.ref}"


def found_rows(
    hits: Sequence[Hit], width: int, now: int, tz: tzinfo, glyphs: Glyphs
) -> list[tuple[str, list[Content]]]:
    """The hits by key under the heads of their kinds; heads have keys that begin with `head-`."""
    rows: list[tuple[str, list[Content]]] = []
    for kind, head in HEADS.items():
        of_kind = [hit for hit in hits if hit.kind is kind]
        if of_kind:
            gap = [Content("")] if rows else []
            title = Content.assemble(" ", (head, "bold $primary"))
            rows.append((f"head-{head}", [*gap, title]))
        rows += [(hit_key(hit), [_line(hit, width, now, tz, glyphs)]) for hit in of_kind]
    return rows


def _line(hit: Hit, width: int, now: int, tz: tzinfo, glyphs: Glyphs) -> Content:
    dated = hit.at and hit.kind is not HitKind.CUSTOMER
    when = times.moment(hit.at, now, tz) if dated else ""
    title = text.inline(hit.title)
    said = hit.snippet if unmarked(hit.snippet)[0] not in title else ""
    name = text.fit(title, max(16, width // 3) if said else width - 26, glyphs)
    room = width - 6 - Content(name).cell_length - Content(when).cell_length - 2
    of_article = hit.kind is HitKind.ARTICLE
    passage = (
        snippet(said, max(2, room), 1, glyphs, markdown=of_article) if room > 8 and said else []
    )
    start = Content.assemble("   ", (name, "$text-plain"), "  ", *passage[:1])
    end = Content.assemble((when, "$text-dim"), " ")
    return text.between(start, end, width, glyphs)
