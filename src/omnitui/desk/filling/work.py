"""Filling a store with routing (queues, profiles, streams, rules), notices and entitlements.

Existing ones do not change, because administrators change them as they go.
"""

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from omnitui.datafiles.classification import WrittenRule, read_rules
from omnitui.datafiles.company import Known
from omnitui.datafiles.company_rows import QueueRow
from omnitui.datafiles.entitlements import WrittenEntitlement, WrittenTemplate, read_entitlements
from omnitui.datafiles.notices import read_notices
from omnitui.datafiles.profiles import WrittenProfile, read_profiles
from omnitui.datafiles.workstreams import WrittenStream, read_streams
from omnitui.desk import notices
from omnitui.desk.call import Call
from omnitui.desk.convert import Moment
from omnitui.desk.entitlements import changing as desk_entitlements
from omnitui.desk.entitlements import templates
from omnitui.desk.entitlements.fields import shape
from omnitui.desk.routing import classification, profiles, rule_parts, workstreams
from omnitui.model.channel import AddressKind
from omnitui.model.ids import CustomerId
from omnitui.model.notice import Occasion
from omnitui.rules.entitlement import DAY
from omnitui.safetext import clean_line
from omnitui.store import agents, customers, entitlements
from omnitui.store.routing import calendars, queues
from omnitui.store.routing import notices as kept_notices
from omnitui.store.routing import profiles as kept_profiles
from omnitui.store.routing import workstreams as kept_streams


def put_queues(call: Call, rows: list[QueueRow]) -> int:
    """Add new queues; an overflow may lead to any of them."""
    new = [row for row in rows if queues.by_name(call.store, clean_line(row.name)) is None]
    for row in new:
        values = {
            "priority": row.priority,
            "assign": row.assign,
            "match": row.match,
            "calendar_id": calendars.by_name(call.store, row.hours) if row.hours else None,
            "calls_per_hour": row.calls_per_hour,
        }
        added = queues.add(call.store, clean_line(row.name), values)
        if row.fallback:
            queues.make_fallback(call.store, added)
    for row in new:
        if row.overflow:
            key = queues.by_name(call.store, clean_line(row.name))
            assert key is not None
            rules = rule_parts.understood(call, row.rules, row.name)
            queues.change(call.store, key, {"overflow": queues.written(rules)})
    return len(rows)


def put_work(call: Call, source: Path, known: Known) -> Counter[str]:
    """Add the contents of the routing files; each file may be left out."""
    counts: Counter[str] = Counter()
    path = source / "profiles.toml"
    if path.exists():
        counts["profiles"] = sum(_put_profile(call, row) for row in read_profiles(path, known))
    for path in sorted((source / "topics").glob("*.toml")):
        from omnitui.datafiles.topics import read_topics
        from omnitui.desk.bot import setting_up

        setting_up.put(call, path.stem, read_topics(path, known)[1])
        known.bots.add(path.stem.casefold())
        counts["bots"] += 1
    path = source / "workstreams.toml"
    if path.exists():
        counts["workstreams"] = sum(_put_stream(call, row) for row in read_streams(path, known))
    path = source / "classification.toml"
    if path.exists():
        counts["rules"] = sum(_put_rule(call, row) for row in read_rules(path, known))
    if written := put_notices(call, source, known):
        counts["notices"] = written
    return counts


BASIC_NOTICES = (Occasion.AGENT_GONE, Occasion.NOT_TAKEN)
"""The notices of every store until an administrator changes them: customers who were let down."""


def put_notices(
    call: Call, source: Path, known: Known, occasions: Collection[Occasion] = tuple(Occasion)
) -> int:
    """Add notices for occasions that have none."""
    there = {one.occasion for one in kept_notices.every(call.store)}
    path = source / "notices.toml"
    if not path.exists() or there.difference(BASIC_NOTICES):
        return 0
    written = [
        row
        for row in read_notices(path, known)
        if row.occasion in occasions and row.occasion not in there
    ]
    for row in written:
        notices.put(call, row.occasion, row.language, row.text, row.channels)
    return len(written)


def _put_profile(call: Call, row: WrittenProfile) -> int:
    if kept_profiles.by_name(call.store, clean_line(row.name)) is None:
        key = profiles.put(call, row.name, row.most, row.reset, row.blocking)
        for login in row.agents:
            agent = agents.by_login(call.store, login)
            if agent is not None:
                kept_profiles.give(call.store, agent, key, 0, call.today)
    return 1


def _put_stream(call: Call, row: WrittenStream) -> int:
    if kept_streams.by_name(call.store, clean_line(row.name)) is None:
        queue = queues.by_name(call.store, row.queue) if row.queue else None
        workstreams.put(call, row.name, row.channels, {**row.values, "queue_id": queue})
    return 1


def _put_rule(call: Call, row: WrittenRule) -> int:
    classification.put(call, row.name, row.conditions, row.says)
    return 1


def put_entitlements(call: Call, source: Path, known: Known) -> Counter[str]:
    """Add templates and entitlements; the file may be left out."""
    counts: Counter[str] = Counter()
    path = source / "entitlements.toml"
    if path.exists():
        file = read_entitlements(path, known)
        counts["templates"] = sum(_put_template(call, row) for row in file.template)
        counts["entitlements"] = sum(_put_entitlement(call, row) for row in file.entitlement)
    return counts


def _put_template(call: Call, row: WrittenTemplate) -> int:
    if entitlements.template_by_name(call.store, clean_line(row.name).strip()) is None:
        made = shape(
            call,
            row.name,
            row.total,
            row.channels,
            row.restrict,
            row.decrease_on,
            row.allocation,
            row.products,
            {"description": row.description},
        )
        templates.put(call, made, row.days)
    return 1


def _put_entitlement(call: Call, row: WrittenEntitlement) -> int:
    customer = _customer(call, row.customer)
    key = entitlements.template_by_name(call.store, clean_line(row.template).strip())
    template = None if key is None else entitlements.template(call.store, key)
    if customer is None or template is None:
        return 0
    name = clean_line(row.name).strip() or template.name
    existing = entitlements.of_customer(call.store, customer, 1_000)
    if not any(terms.name.casefold() == name.casefold() for terms in existing):
        starts = Moment(call.now - call.now % DAY - row.begun_days_ago * DAY)
        made = templates.from_template(call, template.id, customer, starts, name=name)
        desk_entitlements.activate(call, made.id)
        if row.default and entitlements.default_of(call.store, customer) is None:
            desk_entitlements.set_default(call, made.id)
    return 1


def _customer(call: Call, text: str) -> CustomerId | None:
    written = clean_line(text).strip()
    found = customers.by_account(call.store, written)
    if found is None:
        found = customers.by_address(call.store, call.address_key(AddressKind.EMAIL, written))
    return None if found is None else customers.survivor(call.store, found)
