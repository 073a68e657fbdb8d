"""What is done with the commands of articles and quick replies that leaves no trace when undone."""

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


CHANGES: dict[str, Callable[[Any], Given]] = {
    "knowledge.create": lambda _: {"title": "Reset it", "body": "Hold the button."},
    "knowledge.gap_close": lacking,
    "knowledge.restore": out_of_use,
    "knowledge.retire": written,
    "knowledge.update": lambda place: written(place, body="Press it.", keywords=["button"]),
    "reply.create": lambda _: {"key": "hej", "title": "Hej", "text": "Hej!"},
    "reply.restore": unused,
    "reply.retire": own,
    "reply.update": lambda place: own(place, text="B!", tags=["b"]),
}
