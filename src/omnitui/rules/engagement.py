"""The context of a new conversation, sorted for display.

Channels send it in many shapes: unknown ones are shown as variables, and nothing is lost.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.model.engagement import Engagement, HandOver, Pairs, Visit, VisitKind

DEVICE = ("device", "browser", "os", "system", "language", "location")
_VISITS = {
    "pages": VisitKind.PAGE,
    "searched": VisitKind.PHRASE,
    "phrases": VisitKind.PHRASE,
    "articles": VisitKind.ARTICLE,
    "actions": VisitKind.ACTION,
}
_ASKED, _ANSWERS, _SIGNED_IN, _BOT = "asked", "answers", "authenticated", "bot"
_PLACED = {_ASKED, _ANSWERS, _SIGNED_IN, _BOT, *DEVICE, *_VISITS}
_NAMES = ("title", "name", "text", "url", "page", "phrase")
_MOST_VISITS = 200
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0", "")


def engagement(context: Mapping[str, Any]) -> Engagement:
    """The context of a conversation, sorted."""
    signed_in = _truth(context.get(_SIGNED_IN))
    unclear = _SIGNED_IN in context and signed_in is None
    bot = context.get(_BOT)
    passed_on: dict[str, Any] = bot if isinstance(bot, dict) else {}
    return Engagement(
        asked=shown(context.get(_ASKED)),
        signed_in=signed_in,
        answers=_answers(context.get(_ANSWERS)),
        device=_pairs((name, context.get(name)) for name in DEVICE),
        visits=_visits(context),
        variables=_pairs(
            (name.replace("_", " "), value)
            for name, value in context.items()
            if (name not in _PLACED or (unclear and name == _SIGNED_IN))
            and (name not in passed_on or passed_on[name] != value)
        ),
        hand_over=_hand_over(context.get(_BOT)),
    )


def shown(value: Any) -> str:
    """A JSON value as words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(filter(None, map(shown, value)))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(item)}" for key, item in value.items())
    return str(value)


def _pairs(items: Iterable[tuple[str, Any]]) -> Pairs:
    return tuple((str(name), shown(value)) for name, value in items if shown(value))


def _answers(given: Any) -> Pairs:
    """Answers come as an object, as a list of question and answer, or as a list of answers."""
    if isinstance(given, dict):
        return _pairs(given.items())
    if not isinstance(given, list):
        return _pairs([("answer", given)])
    items: list[tuple[str, Any]] = []
    for number, item in enumerate(given, 1):
        if isinstance(item, dict) and "answer" in item:
            items.append((shown(item.get("question")) or str(number), item["answer"]))
        else:
            items.append((str(number), item))
    return _pairs(items)


def _visits(context: Mapping[str, Any]) -> tuple[Visit, ...]:
    """Newest first: by time if all have one, else in reverse order."""
    found: list[Visit] = []
    for name, kind in _VISITS.items():
        given = context.get(name)
        items = given if isinstance(given, list) else [] if given is None else [given]
        found += [visit for item in reversed(items) if (visit := _visit(kind, item)).text]
    if all(visit.at is not None for visit in found):
        found.sort(key=lambda visit: -(visit.at or 0))
    return tuple(found[:_MOST_VISITS])


def _visit(kind: VisitKind, item: Any) -> Visit:
    if not isinstance(item, dict):
        return Visit(kind, shown(item))
    at = item.get("at")
    moment = at if isinstance(at, int) and not isinstance(at, bool) else None
    main = next((name for name in _NAMES if shown(item.get(name))), None)
    told = [key for key in item if key != main and (key != "at" or moment is None)]
    rest = shown({key: item[key] for key in told if shown(item[key])})
    named = shown(item.get(main))
    return Visit(kind, f"{named} ({rest})" if named and rest else named or rest, moment)


def _hand_over(given: Any) -> HandOver | None:
    if given in (None, "", [], {}):
        return None
    if not isinstance(given, dict):
        return HandOver(summary=shown(given))
    own = ("name", "by", "reason", "summary")
    return HandOver(
        by=shown(given.get("name") or given.get("by")),
        reason=shown(given.get("reason")),
        summary=shown(given.get("summary")),
        facts=_pairs((str(k).replace("_", " "), v) for k, v in given.items() if k not in own),
    )


def _truth(value: Any) -> bool | None:
    word = shown(value).strip().lower()
    if value is None or word not in (*_YES, *_NO):
        return None
    return word in _YES
