"""The one way in which an article is written: by command, from a file, from a table of records.

What was there before is kept as a version; what the searches of open gaps now find closes them.
"""

import re
from collections.abc import Mapping
from typing import Any

from omnitui.datafiles.knowledge import SLUG
from omnitui.desk.articles import gaps
from omnitui.desk.call import Call
from omnitui.letters import folded
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.knowledge import Audience
from omnitui.patterns import late
from omnitui.safetext import clean, clean_line
from omnitui.store import knowledge

WRITTEN = ("title", "summary", "body", "keywords", "audience", "language", "key")
"""What somebody writes of an article; the desk knows the rest."""
LONGEST = 200_000
_LONGEST_LINE = 300
_LANGUAGE = late(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def why_not(call: Call) -> Refusal | None:
    """Why the caller may not write articles; None if they may."""
    if call.actor.may(Permission.ADMINISTER):
        return None
    if call.actor.kind is ActorKind.AGENT and call.settings.agents_write_articles:
        return None
    return Refusal(
        "permission.denied",
        f"{call.actor.name or call.actor.kind.value} may not write articles.",
        "Administrators can; they can allow agents with `omnitui call settings.set"
        " key=agents_write_articles value=yes`.",
    )


def check_may_write(call: Call) -> None:
    """Refuse callers who may not write articles."""
    refuse(why_not(call))


def put(
    call: Call, slug: str, given: Mapping[str, Any], today: str = "", *, quiet: bool = False
) -> tuple[int, list[str]]:
    """Add an article, or change the one of that slug; its key, and which fields have changed.

    `given` has some of `WRITTEN`; a new article needs a title and a body. `today` is the day that
    it is of, if not this one. `quiet` is for filling a store: nobody is told of each.
    """
    values = _values(given)
    key = knowledge.article_by_slug(call.store, slug)
    if key is None:
        made = _new(call, slug, values, today)
        _tell(call, "knowledge.created", made, slug, quiet=quiet)
        return made, sorted(values)
    before = knowledge.stored_article(call.store, key)
    changes = {name: value for name, value in values.items() if before[name] != value}
    if today and before["updated"] != today:
        changes["updated"] = today
    if set(changes) & {*WRITTEN}:
        knowledge.keep_version(call.store, key)
        version = int(str(before["version"])) + 1
        changes = {"updated": call.today, **changes, **_by(call), "version": version}
    if changes:
        call.store.update("articles", key, changes)
        fields = sorted(set(changes) & {*WRITTEN, "updated"})
        _tell(call, "knowledge.updated", key, slug, quiet=quiet, fields=fields)
    return key, sorted(set(changes) & {*WRITTEN, "updated"})


def _tell(call: Call, kind: str, key: int, slug: str, *, quiet: bool, **more: Any) -> None:
    if not quiet:
        call.journal(kind, article=key, slug=slug, **more)
        gaps.look_again(call, key)


def _by(call: Call) -> dict[str, Any]:
    return {"changed_at": call.now, "changed_by": call.actor.name or call.actor.kind.value}


def _new(call: Call, slug: str, values: Mapping[str, Any], today: str) -> int:
    if not SLUG.fullmatch(slug):
        raise Refused(
            "knowledge.slug",
            f"{slug!r} is not a slug." if slug else "An article needs a slug.",
            "Use small letters, digits and single dashes, such as reset-your-router.",
        )
    for name in ("title", "body"):
        if name not in values:
            raise Refused("knowledge.empty", f"A new article needs a {name}.")
    usual = {"audience": "public", "language": "en", "updated": today or call.today, "keywords": ""}
    key: int = call.store.insert("articles", {**usual, **values, "slug": slug, **_by(call)})
    return key


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns in the form that is saved."""
    values: dict[str, Any] = {}
    for name in WRITTEN:
        if name in given and name != "keywords":
            words = "" if given[name] is None else str(given[name])
            values[name] = _text(name, words)
    for name in ("title", "body"):
        if name in values and not values[name]:
            raise Refused("knowledge.empty", f"The {name} is empty.")
    if "keywords" in given:
        values["keywords"] = _keywords(given["keywords"] or ())
    language, audience = values.get("language"), values.get("audience")
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise Refused(
            "knowledge.language",
            f"{language[:40]!r} is not a language.",
            "Give a code such as en or nb.",
        )
    if audience is not None and audience not in [*Audience]:
        raise Refused(
            "knowledge.audience", f"{audience[:40]!r} is no audience.", "Use public or internal."
        )
    return values


def _text(name: str, words: str) -> str:
    most = LONGEST if name == "body" else _LONGEST_LINE
    text = clean(words, limit=max(len(words), 1)).strip()
    if name != "body":
        text = " ".join(text.split())
    if len(text) > most:
        raise Refused(
            "knowledge.too_long",
            f"The {name} has {len(text):,} characters; {most:,} are the most.",
            "Shorten it, or write two articles.",
        )
    return str(clean(text, limit=max(len(text), 1)) if name == "body" else clean_line(text))


def _keywords(given: Any) -> str:
    words = [clean_line(str(word)).strip() for word in given]
    wrong = next((word for word in words if "," in word), None)
    if wrong is not None:
        raise Refused(
            "knowledge.keywords", f"{wrong[:60]!r} is not a keyword.", "Leave commas out."
        )
    return ", ".join(dict.fromkeys(filter(None, words)))


def slug_for(call: Call, title: str) -> str:
    """A slug that is free, made of a title; a number behind where it would be taken."""
    words = re.findall(r"[a-z0-9]+", folded(title))
    plain = "-".join(words)[:60].strip("-") or "article"
    slug, number = plain, 2
    while knowledge.article_by_slug(call.store, slug) is not None:
        slug, number = f"{plain}-{number}", number + 1
    return slug
