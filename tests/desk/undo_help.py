"""What is done with articles, replies, macros and scripts that leaves no trace when undone."""

from collections.abc import Callable
from typing import Any

Given = dict[str, Any]


def lacking(place: Any) -> Given:
    place.floor.do("knowledge.searched", place.ada, query="purple lights")
    return {"gap": place.floor.do("knowledge.gaps")[0].id, "reason": "Nobody has such"}


def written(place: Any, **more: Any) -> Given:
    given = {"title": "Reset the router", "body": "Hold the button."}
    return {"article": place.floor.do("knowledge.create", **given).id, **more}


def out_of_use(place: Any) -> Given:
    given = written(place)
    place.before("knowledge.retire", **given)
    return given


def own(place: Any, **more: Any) -> Given:
    made = place.floor.do("reply.create", place.ada, key="a", title="A", text="A!")
    return {"reply": made.id, **more}


def unused(place: Any) -> Given:
    given = own(place)
    place.before("reply.retire", **given)
    return given


HERE, CASE = {"conversation": "{conversation.id}"}, {"case": "{case.id}"}
SEVERAL = [
    {"command": "conversation.label", "with": {**HERE, "add": ["vip"]}},
    {"command": "case.set_reason", "with": {**CASE, "reason": "on_hold"}},
    {"command": "case.update", "with": {**CASE, "title": "Router", "priority": "high"}},
    {"command": "conversation.set_priority", "with": {**HERE, "priority": 3}},
    {"command": "conversation.transfer", "with": {**HERE, "to_queue": "Billing"}},
]
"""A macro that changes the same records again and again."""


def begun(place: Any) -> Given:
    place.floor.do("session.open", place.ada, conversation=place.mail)
    given = {"conversation": place.mail, "text": "Dear Ann", "kind": "reply"}
    place.floor.do("session.draft", place.ada, **given)
    return {"conversation": place.mail}


def scheduled(place: Any) -> Given:
    begun(place)
    given = {"conversation": place.mail, "text": "Good morning", "at": "2h"}
    return {"scheduled": place.floor.do("scheduled.create", place.ada, **given).id}


def scripted(place: Any) -> int:
    steps = [{"title": "Greet", "text": "Hello"}]
    return int(place.floor.do("script.create", key="hello", title="Hello", steps=steps).id)


CHANGES: dict[str, Callable[[Any], Given]] = {
    "draft.discard": begun,
    "knowledge.create": lambda _: {"title": "Reset it", "body": "Hold the button."},
    "knowledge.gap_close": lacking,
    "knowledge.restore": out_of_use,
    "knowledge.retire": written,
    "knowledge.update": lambda place: written(place, body="Press it.", keywords=["button"]),
    "reply.create": lambda _: {"key": "hej", "title": "Hej", "text": "Hej!"},
    "reply.restore": unused,
    "reply.retire": own,
    "reply.update": lambda place: own(place, text="B!", tags=["b"]),
    "macro.run": lambda place: {
        "conversation": place.mail,
        "macro": place.floor.do("macro.create", key="several", title="Several", steps=SEVERAL).id,
    },
    "scheduled.cancel": scheduled,
    "scheduled.update": lambda place: {**scheduled(place), "at": "5h", "text": "Good night"},
    "script.start": lambda place: {"conversation": place.mail, "script": scripted(place)},
    "script.step": lambda place: {
        "conversation": place.mail,
        "script": scripted(place),
        "step": "1",
    },
}
