"""Articles as table rows, for export and import."""

from collections.abc import Mapping
from typing import Any

from omnitui.desk.articles import saving
from omnitui.desk.call import Call
from omnitui.desk.records.references import Outcome, Result
from omnitui.safetext import clean_line
from omnitui.store import knowledge

_COLUMNS = ("title", "summary", "audience", "language", "key", "updated", "body")


def row(call: Call, key: int) -> dict[str, Any]:
    """An article's row."""
    found = knowledge.article(call.store, key)
    assert found is not None
    return {
        "slug": found.slug,
        "keywords": list(found.keywords),
        **{name: getattr(found, name) for name in _COLUMNS},
    }


def put(call: Call, given: Mapping[str, Any], written: Mapping[int, int]) -> Result:
    """Add an article, or update the one of that slug; its counts stay, and what it said before."""
    slug = clean_line(given.get("slug") or "")
    there = knowledge.article_by_slug(call.store, slug)
    values = {name: given[name] for name in saving.WRITTEN if name in given}
    key, changed = saving.put(call, slug, values, str(given.get("updated") or ""))
    return Result(key, Outcome.CREATED if there is None else Outcome.of(bool(changed)))
