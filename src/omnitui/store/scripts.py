"""Agent scripts, the rules that choose one, and how far conversations are with them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from omnitui.model.classification import Condition, Operator
from omnitui.model.ids import ConversationId, ScriptId, ScriptRuleId
from omnitui.model.script import Mark, Outcome, Script, ScriptRule, ScriptRun, Step
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, maker, one

_steps = msgspec.json.Decoder(tuple[Step, ...]).decode
_script = maker(Script, steps=_steps)


def every(store: Store) -> list[Script]:
    """All scripts in all languages, by title; retired ones too."""
    rows = store.rows("SELECT * FROM scripts ORDER BY title COLLATE NOCASE, id LIMIT 2000")
    return each(_script, rows)


def get(store: Store, script: int) -> Script | None:
    """One script."""
    return one(_script, store.row("SELECT * FROM scripts WHERE id = ?", (script,)))


def of_key(store: Store, key: str) -> list[Script]:
    """The script of a key in each of its languages."""
    rows = store.rows("SELECT * FROM scripts WHERE lower(key) = lower(?) ORDER BY id", (key,))
    return each(_script, rows)


def keys(store: Store) -> list[str]:
    """The keys of all scripts, each once."""
    return [row[0] for row in store.rows("SELECT DISTINCT key FROM scripts ORDER BY key")]


def steps_text(steps: Iterable[Step]) -> str:
    """Steps as the column keeps them."""
    return msgspec.json.encode(list(steps)).decode()


def put(store: Store, values: dict[str, Any]) -> ScriptId:
    """Add a script, or bring the one of the same key and language up to date."""
    found = store.value(
        "SELECT id FROM scripts WHERE key = :key AND language = :language",
        {"key": values["key"], "language": values["language"]},
    )
    if found is None:
        return ScriptId(store.insert("scripts", values))
    store.update("scripts", int(found), values)
    return ScriptId(found)


def change(store: Store, script: int, values: dict[str, Any]) -> None:
    """Set some columns of a script."""
    if values:
        store.update("scripts", script, values)


def _rule(row: Row) -> ScriptRule:
    return ScriptRule(
        id=ScriptRuleId(row["id"]),
        name=row["name"],
        position=row["position"],
        script=row["script"],
        conditions=tuple(
            Condition(c["field"], Operator(c["operator"]), c["value"])
            for c in json.loads(row["conditions"])
        ),
    )


def rules(store: Store) -> list[ScriptRule]:
    """All rules in the order in which they are looked at."""
    return each(_rule, store.rows("SELECT * FROM script_rules ORDER BY position, id LIMIT 1000"))


def rule_by_name(store: Store, name: str) -> ScriptRule | None:
    """The rule of that name, upper and lower case alike."""
    return one(_rule, store.row("SELECT * FROM script_rules WHERE name = ?", (name,)))


def conditions_text(conditions: Iterable[Condition]) -> str:
    """Conditions as the column keeps them."""
    return json.dumps(
        [{"field": c.field, "operator": c.operator, "value": c.value} for c in conditions],
        ensure_ascii=False,
    )


def put_rule(store: Store, values: dict[str, Any], position: int | None) -> None:
    """Add a rule at its position, the last by default, or change the one of that name.

    Others make room; without a position a rule that exists stays where it is.
    """
    known = rule_by_name(store, values["name"])
    if known is None:
        key = store.insert("script_rules", {**values, "position": len(rules(store)) + 1})
    else:
        key = known.id
        store.update("script_rules", key, values)
    if position is not None:
        order = [rule.id for rule in rules(store) if rule.id != key]
        order.insert(position - 1, ScriptRuleId(key))
        _number(store, order)


def remove_rule(store: Store, rule: int) -> None:
    """Take a rule away; those after it move up."""
    store.execute("DELETE FROM script_rules WHERE id = ?", (rule,))
    _number(store, [found.id for found in rules(store)])


def _number(store: Store, order: Iterable[int]) -> None:
    for position, key in enumerate(order, start=1):
        store.update("script_rules", key, {"position": position})


def _run(row: Row, marks: dict[str, Mark]) -> ScriptRun:
    return ScriptRun(
        ConversationId(row["conversation_id"]),
        ScriptId(row["script_id"]),
        row["turn"],
        row["started_at"],
        row["started_by"],
        marks,
    )


def runs(store: Store, conversation: int) -> list[ScriptRun]:
    """The scripts of a conversation with their marks, the current one first."""
    marks: dict[int, dict[str, Mark]] = defaultdict(dict)
    for row in store.rows("SELECT * FROM script_marks WHERE conversation_id = ?", (conversation,)):
        marks[row["script_id"]].update((step, mark) for step, mark in each(_mark, [row]))
    rows = store.rows(
        "SELECT * FROM script_runs WHERE conversation_id = ? ORDER BY turn DESC", (conversation,)
    )
    return each(lambda row: _run(row, marks[row["script_id"]]), rows)


def _mark(row: Row) -> tuple[str, Mark]:
    return row["step"], Mark(Outcome(row["outcome"]), row["at"], row["by_name"])


def start(store: Store, conversation: int, script: int, at: int, by: str) -> None:
    """Make a script the current one of a conversation; `at` is epoch ms."""
    store.execute(
        "INSERT INTO script_runs (conversation_id, script_id, turn, started_at, started_by)"
        " VALUES (:talk, :script, 1 + (SELECT coalesce(max(turn), 0) FROM script_runs"
        " WHERE conversation_id = :talk), :at, :by) ON CONFLICT (conversation_id, script_id)"
        " DO UPDATE SET turn = excluded.turn, started_at = excluded.started_at,"
        " started_by = excluded.started_by",
        {"talk": conversation, "script": script, "at": at, "by": by},
    )


def mark(
    store: Store, conversation: int, script: int, step: str, outcome: Outcome, at: int, by: str
) -> None:
    """Keep how the last run of a step went, in the place of what was there; OPEN takes it away."""
    about = (conversation, script, step)
    if outcome is Outcome.OPEN:
        store.execute(
            "DELETE FROM script_marks WHERE conversation_id = ? AND script_id = ? AND step = ?",
            about,
        )
        return
    store.execute(
        "INSERT INTO script_marks (conversation_id, script_id, step, outcome, at, by_name)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (conversation_id, script_id, step)"
        " DO UPDATE SET outcome = excluded.outcome, at = excluded.at, by_name = excluded.by_name",
        (*about, outcome, at, by),
    )


def heard(store: Store, conversation: int, limit: int = 40) -> str:
    """What the customer has said in a conversation, its last lines, oldest first."""
    found = store.rows(
        "SELECT text FROM messages WHERE conversation_id = ? AND speaker = 'customer'"
        " AND kind = 'message' ORDER BY id DESC LIMIT ?",
        (conversation, limit),
    )
    return "\n".join(row["text"] for row in reversed(found))
