"""Articles as table rows, for export and import."""

from collections.abc import Mapping
from typing import Any

from omnitui.datafiles.knowledge import SLUG
from omnitui.desk.call import Call
from omnitui.desk.records.references import Outcome, Result
from omnitui.model.errors import Refused
from omnitui.safetext import clean, clean_line
from omnitui.store import knowledge

_COLUMNS = ("title", "audience", "language", "updated", "body")


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
    """Add an article, or update the one of that slug; its counts stay."""
    slug = clean_line(given.get("slug") or "")
    if not SLUG.fullmatch(slug):
        raise Refused(
            "knowledge.slug",
            f"{slug!r} is not a slug." if slug else "An article needs a slug.",
            "Use small letters, digits and single dashes, such as reset-your-router.",
        )
    values = _values(given)
    key = knowledge.article_by_slug(call.store, slug)
    if key is None:
        return Result(_new(call, slug, values), Outcome.CREATED)
    before = {**row(call, key), "keywords": ", ".join(row(call, key)["keywords"])}
    changes = {name: value for name, value in values.items() if before[name] != value}
    if changes:
        call.store.update("articles", key, changes)
        call.journal("knowledge.updated", article=key, slug=slug, fields=sorted(changes))
    return Result(key, Outcome.of(bool(changes)))


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns in the form that is saved."""
    values: dict[str, Any] = {
        name: (clean if name == "body" else clean_line)(given[name])
        for name in _COLUMNS
        if name in given
    }
    for name in ("title", "body"):
        if name in values and not values[name].strip():
            raise Refused("knowledge.empty", f"The {name} is empty.")
    if "keywords" in given:
        words = (clean_line(word) for word in given["keywords"] or ())
        values["keywords"] = ", ".join(filter(None, words))
    return values


def _new(call: Call, slug: str, values: Mapping[str, Any]) -> int:
    for name in ("title", "body"):
        if name not in values:
            raise Refused("knowledge.empty", f"A new article needs a {name}.")
    usual = {"audience": "public", "language": "en", "updated": call.today}
    key = call.store.insert("articles", {**usual, **values, "slug": slug})
    call.journal("knowledge.created", article=key, slug=slug)
    return key
