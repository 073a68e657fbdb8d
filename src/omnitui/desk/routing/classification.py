"""Classification of new conversations by rules."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from omnitui.desk import hours, thread
from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.routing import rule_parts
from omnitui.model.actor import Permission
from omnitui.model.classification import Classification, Operator, Result
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refused
from omnitui.model.ids import ClassificationId
from omnitui.rules import classify as rules
from omnitui.rules.calendar import is_open
from omnitui.safetext import clean_line
from omnitui.store import customers
from omnitui.store.routing import calendars, classifications, queues


@command("classification.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    result: dict[str, Any],
    conditions: list[dict[str, Any]] | None = None,
    position: int | None = None,
) -> dict[str, object]:
    """Add a classification rule for new items, the last one or the one at `position`.

    `conditions` must all be met, each `{"field": "words", "operator": "contains", "value": "tv"}`;
    `classification.fields` lists the fields. `result` may set skills, priority, queue, profiles and
    labels. For each skill, the priority and the queue the first rule counts.
    """
    title = _free_name(call, name)
    parts = rule_parts.conditions(call, conditions or [])
    key = classifications.add(
        call.store, title, parts, rule_parts.result(call, result), _position(position)
    )
    call.journal("classification.created", classification=key, name=title)
    return _shown(_get(call, key), _queue_names(call))


@command("classification.update", Permission.ADMINISTER)
def update(
    call: Call,
    classification: ClassificationId,
    name: Name | None = None,
    result: dict[str, Any] | None = None,
    conditions: list[dict[str, Any]] | None = None,
    position: int | None = None,
) -> dict[str, object]:
    """Change a classification rule. Classified items do not change."""
    row: dict[str, Any] = {}
    if name is not None:
        row["name"] = _free_name(call, name, but=classification)
    if conditions is not None:
        row["conditions"] = classifications.conditions_text(rule_parts.conditions(call, conditions))
    if result is not None:
        row["result"] = classifications.result_text(rule_parts.result(call, result))
    if not row and position is None:
        raise Refused(
            "classification.nothing",
            "Nothing to change.",
            "Give name, conditions, result or position.",
        )
    classifications.change(call.store, classification, row)
    if position is not None:
        classifications.move(call.store, classification, _position(position) or 1)
    fields = sorted([*row, *(["position"] if position is not None else [])])
    call.journal("classification.updated", classification=classification, fields=fields)
    return _shown(_get(call, classification), _queue_names(call))


@command("classification.delete", Permission.ADMINISTER)
def delete(call: Call, classification: ClassificationId) -> dict[str, object]:
    """Delete a classification rule. Classified items do not change."""
    gone = _get(call, classification)
    classifications.remove(call.store, classification)
    call.journal("classification.deleted", classification=classification, name=gone.name)
    return {"deleted": gone.name}


@query("classification.list")
def list_(call: Call) -> list[dict[str, object]]:
    """All rules in the order in which they are applied."""
    names = _queue_names(call)
    return [_shown(rule, names) for rule in classifications.every(call.store)]


@query("classification.fields")
def fields(call: Call) -> dict[str, list[str]]:
    """The fields of conditions, and their operators."""
    known = [calendar.name for calendar in calendars.every(call.store)]
    return {
        "fields": [*rules.FIELDS, *(rules.HOURS + name for name in known), "context.KEY"],
        "operators": [operator.value for operator in Operator],
    }


@query("classification.try")
def try_(call: Call, facts: dict[str, Any]) -> dict[str, object]:
    """Try the rules on given facts: the result, and why.

    Facts are by field, such as `{"channel": "chat", "text": "My router drops", "tier": "gold"}`.
    Words are taken from text and subject, hours from the calendars, if they are not given.
    """
    strange = [
        name
        for name in facts
        if name not in rules.FIELDS and not name.startswith((rules.CONTEXT, rules.HOURS))
    ]
    if strange:
        raise Refused(
            "classification.fact",
            f"There is no fact {strange[0]!r}.",
            f"Facts are {', '.join(rules.FIELDS)}, hours.CALENDAR and context.KEY.",
        )
    known = classifications.every(call.store)
    said = (str(facts.get("subject") or ""), str(facts.get("text") or ""))
    queue = queues.by_name(call.store, str(facts.get("queue") or ""))
    whole = {
        **_hours(call, rules.mentioned(known), queue),
        "words": rules.words_of(*said),
        **facts,
    }
    found = rules.classify(known, whole)
    names = _queue_names(call)
    return {
        "result": _named(found.result, names),
        "applied": [rule.name for rule in found.applied],
        "passed_over": {rule.name: why for rule in known if (why := rules.why_not(rule, whole))},
        "sentence": rules.explain(found, names),
    }


def classify(call: Call, conversation: int, text: str) -> None:
    """Apply the rules to a new conversation whose first message is `text`.

    Called in the transaction of its intake, before routing.
    """
    known = classifications.every(call.store)
    if not known:
        return
    item = thread.get(call, conversation)
    facts = facts_of(call, item, text, rules.mentioned(known))
    found = rules.classify(known, facts)
    if not found.applied:
        return
    call.store.update("conversations", item.id, _row(item, found.result))
    call.journal(
        "conversation.classified",
        conversation=item.id,
        customer=item.customer_id,
        rules=[rule.name for rule in found.applied],
        because=rules.explain(found, _queue_names(call)),
    )


def _row(item: Conversation, result: Result) -> dict[str, Any]:
    """What the rules change in a conversation's row."""
    row: dict[str, Any] = {
        "skills": json.dumps({**item.skills, **result.skills}, sort_keys=True, ensure_ascii=False),
        "profiles": json.dumps(_once(item.profiles, result.profiles), ensure_ascii=False),
        "labels": json.dumps(_once(item.labels, result.labels), ensure_ascii=False),
    }
    if result.priority is not None:
        row["priority"] = result.priority
    if result.queue is not None:
        row["queue_id"] = result.queue
    return row


def _once(*lists: Iterable[str]) -> list[str]:
    """All of them in their order, each once: what a bot hands over is classified again."""
    return list(dict.fromkeys(one for each in lists for one in each))


def facts_of(
    call: Call, item: Conversation, text: str, asked: Iterable[str] = ()
) -> dict[str, Any]:
    """The facts of a conversation in which the customer has said `text`; `asked` are in rules."""
    person = None if item.customer_id is None else customers.get(call.store, item.customer_id)
    named = str(item.context.get("queue") or "")
    wanted = queues.by_name(call.store, named) if named else None
    known: dict[str, Any] = {
        "channel": item.channel,
        "queue": queues.name_of(call.store, wanted),
        "language": person.language if person else item.context.get("language"),
        "tier": person.tier.value if person else None,
        "customer": person.name if person else None,
        "sentiment": None if item.feeling is None else int(item.feeling),
        "words": rules.words_of(item.subject, text),
        "text": text,
        "subject": item.subject,
        "priority": item.priority,
    }
    known |= {rules.CONTEXT + key: value for key, value in item.context.items()}
    return known | _hours(call, asked, item.queue_id)


def _hours(call: Call, asked: Iterable[str], queue: int | None) -> dict[str, str]:
    """Open or closed, for every calendar in the rules; `hours` alone is the queue's own."""
    found: dict[str, str] = {}
    for field in asked:
        key: int | None = None
        if field == "hours":
            key = None if queue is None else queues.get(call.store, queue).calendar_id
        elif field.startswith(rules.HOURS):
            key = calendars.by_name(call.store, field.removeprefix(rules.HOURS))
            if key is None:
                continue
        else:
            continue
        opened = is_open(call.now, hours.calendar(call.store, key))
        found[field] = "open" if opened else "closed"
    return found


def put(call: Call, name: str, conditions: list[dict[str, Any]], result: dict[str, Any]) -> None:
    """Add a rule from a data file after all others, unless one of that name exists."""
    if classifications.by_name(call.store, clean_line(name).strip()) is None:
        parts = rule_parts.conditions(call, conditions)
        found = rule_parts.result(call, result)
        classifications.add(call.store, _free_name(call, name), parts, found, None)


def _position(given: int | None) -> int | None:
    if given is not None and given < 1:
        raise Refused(
            "classification.position", f"{given} is not a position.", "The first position is 1."
        )
    return given


def _free_name(call: Call, given: str, but: int | None = None) -> str:
    known = {one.name: one.id for one in classifications.every(call.store)}
    return own_name(call, "classification", "a rule", given, known, but=but)


def _queue_names(call: Call) -> dict[int, str]:
    return {queue.id: queue.name for queue in queues.every(call.store)}


def _named(result: Result, names: Mapping[int, str]) -> dict[str, object]:
    return {
        "skills": dict(result.skills),
        "priority": result.priority,
        "queue": "" if result.queue is None else names.get(result.queue, ""),
        "profiles": list(result.profiles),
        "labels": list(result.labels),
    }


def _shown(rule: Classification, names: dict[int, str]) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "position": rule.position,
        "conditions": [
            {"field": c.field, "operator": c.operator.value, "value": c.value}
            for c in rule.conditions
        ],
        "when": " and ".join(rules.in_words(c) for c in rule.conditions) or "always",
        "result": _named(rule.result, names),
    }


def _get(call: Call, key: int) -> Classification:
    found = classifications.get(call.store, key)
    assert found is not None
    return found
