"""One search over everything."""

from omnitui.desk.call import Call, page_size
from omnitui.desk.knowledge import hidden
from omnitui.desk.registry import query
from omnitui.model.search import Hit, HitKind
from omnitui.rules.typed import parts, sentence
from omnitui.store import search


@query("search.all")
def find(call: Call, query: str, kind: HitKind | None = None, limit: int = 8) -> list[Hit]:
    """Search articles, customers, cases, conversations, messages, activities and entitlements.

    Every word must match, the beginning of a word is enough, accents do not matter. Exact names
    first, then names that start with the words, then texts; the newest first in each. Articles are
    found as by `knowledge.search`, also by questions. Numbers are found in any spelling, customers
    also by their addresses. `limit` is per kind.
    """
    given, asked, bounded = parts(query), sentence(query), page_size(limit, 100)
    if kind is None:
        return search.everything(call.store, given, bounded, asked, hidden(call))
    words = asked if kind is HitKind.ARTICLE else given
    return search.find(call.store, kind, words, bounded, hidden(call))
