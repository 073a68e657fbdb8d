"""Classification rules in the store. A position belongs to one rule; they go from 1 up."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from omnitui.model.classification import Classification, Condition, Operator, Result
from omnitui.model.ids import ClassificationId
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, one


def _rule(row: Row) -> Classification:
    result = json.loads(row["result"])
    return Classification(
        id=ClassificationId(row["id"]),
        name=row["name"],
        position=row["position"],
        conditions=tuple(
            Condition(c["field"], Operator(c["operator"]), c["value"])
            for c in json.loads(row["conditions"])
        ),
        result=Result(
            skills=result["skills"],
            priority=result["priority"],
            queue=result["queue"],
            profiles=tuple(result["profiles"]),
            labels=tuple(result["labels"]),
        ),
    )


def every(store: Store) -> list[Classification]:
    """All rules in the order in which they are looked at."""
    return each(
        _rule,
        store.rows("SELECT * FROM classifications ORDER BY position, id LIMIT 1000"),
    )


def get(store: Store, rule: int) -> Classification | None:
    """One rule by key."""
    row = store.row("SELECT * FROM classifications WHERE id = ?", (rule,))
    return one(_rule, row)


def by_name(store: Store, name: str) -> ClassificationId | None:
    """The key of the rule of that name, upper and lower case alike."""
    key: ClassificationId | None = store.value(
        "SELECT id FROM classifications WHERE name = ?", (name,)
    )
    return key


def conditions_text(conditions: Iterable[Condition]) -> str:
    """Conditions as the column keeps them."""
    return json.dumps(
        [{"field": c.field, "operator": c.operator, "value": c.value} for c in conditions],
        ensure_ascii=False,
    )


def result_text(result: Result) -> str:
    """A result as the column keeps it."""
    return json.dumps(
        {
            "skills": dict(result.skills),
            "priority": result.priority,
            "queue": result.queue,
            "profiles": result.profiles,
            "labels": result.labels,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def add(
    store: Store, name: str, conditions: Iterable[Condition], result: Result, position: int | None
) -> ClassificationId:
    """Make a rule, at the end or at `position`, where the others make room."""
    key = ClassificationId(
        store.insert(
            "classifications",
            {
                "name": name,
                "position": len(every(store)) + 1,
                "conditions": conditions_text(conditions),
                "result": result_text(result),
            },
        )
    )
    if position is not None:
        move(store, key, position)
    return key


def change(store: Store, rule: int, values: dict[str, Any]) -> None:
    """Set some columns of a rule."""
    if values:
        store.update("classifications", rule, values)


def move(store: Store, rule: int, position: int) -> None:
    """Put a rule at a position, counted from 1; the others keep their order around it."""
    keys = [found.id for found in every(store) if found.id != rule]
    keys.insert(max(position, 1) - 1, ClassificationId(rule))
    _number(store, keys)


def remove(store: Store, rule: int) -> None:
    """Take a rule away; those after it move up."""
    store.execute("DELETE FROM classifications WHERE id = ?", (rule,))
    _number(store, [found.id for found in every(store)])


def _number(store: Store, keys: Sequence[int]) -> None:
    for position, key in enumerate(keys, start=1):
        store.update("classifications", key, {"position": position})
