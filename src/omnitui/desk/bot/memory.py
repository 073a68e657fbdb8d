"""What a virtual agent knows of a conversation: kept state, records, pre-chat answers.

Not commands: turns, hand-overs and queries read and write it here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from omnitui.datafiles import sentiment as lexicons
from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.replies import values
from omnitui.desk.routing import classification
from omnitui.model.conversation import Conversation
from omnitui.model.errors import DataError
from omnitui.model.topic import TopicSet
from omnitui.rules.bot.state import Knows, Policy, State
from omnitui.rules.classify import CONTEXT
from omnitui.rules.feeling.language import language_of
from omnitui.store import bots
from omnitui.store.bots import Kept

ENTITLED = f"{CONTEXT}entitled"
"""The fact whether the customer has an entitlement: yes or no; unknown for strangers."""
_NAME = re.compile(r"[^\w]+")


def state(kept: Kept) -> State:
    """The state of the machine; a fresh one where what was kept means nothing."""
    try:
        return msgspec.json.decode(kept.state, type=State)
    except msgspec.MsgspecError:
        return State()


def keep(call: Call, item: Conversation, after: State, *, seen: int | None = None) -> None:
    """Keep the state, and the answers where slots, rules and agents see them."""
    row: dict[str, Any] = {
        "state": msgspec.json.encode(after).decode(),
        "status": after.status.value,
        "topic": after.about[-1] if after.about else "",
        "reason": after.reason,
    }
    if seen is not None:
        row["seen_id"] = seen
    bots.remember(call.store, item.id, **row)
    new = {slot: value for slot, value in after.answers.items() if item.context.get(slot) != value}
    if new:
        add_context(call, item, new)


def add_context(call: Call, item: Conversation, new: Mapping[str, Any]) -> None:
    """Add to the context of a conversation."""
    there = {**thread.get(call, item.id).context, **new}
    call.store.update("conversations", item.id, {"context": json.dumps(there, ensure_ascii=False)})


def knows(call: Call, item: Conversation, said: str, topics: TopicSet) -> Knows:
    """What is known beside the answers: the records, and what was asked before the chat."""
    known = values(call, item.id)
    facts = classification.facts_of(call, item, said)
    for name, value in _asked_before(item.context):
        known.setdefault(CONTEXT + name, value)
        facts.setdefault(CONTEXT + name, value)
    if ENTITLED not in facts and topics.asks_for(ENTITLED):
        facts[ENTITLED] = _entitled(call, item)
    return Knows(
        facts=facts,
        values=known,
        sentiment=None if item.feeling is None else int(item.feeling),
        language=_language(said, thread.language(call, item)),
        now=call.now,
    )


def _entitled(call: Call, item: Conversation) -> str | None:
    """Whether the customer has an entitlement that a case from here can use; None of nobody."""
    from omnitui.desk.entitlements.lookup import options

    if item.customer_id is None:
        return None
    found = options(call, item.customer_id, item.channel)
    return "yes" if any(one.usable for one in found) else "no"


def _language(said: str, known: str) -> str:
    """The language that a customer writes in, or the one that is known of them."""
    try:
        ears = lexicons.shipped()
    except DataError:
        return known
    return language_of(said, ears, known) or known


def policy(call: Call) -> Policy:
    """How sure it has to be, and what it bears, by the settings."""
    return Policy(call.settings.bot_confidence / 100, call.settings.bot_sentiment)


def _asked_before(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The pre-chat answers, by the names of slots: `Account number` is `account_number`."""
    given = context.get("answers")
    pairs: list[tuple[Any, Any]] = []
    if isinstance(given, dict):
        pairs = list(given.items())
    elif isinstance(given, list):
        pairs = [(one.get("question"), one.get("answer")) for one in given if isinstance(one, dict)]
    for name, value in pairs:
        slot = _NAME.sub("_", str(name).casefold()).strip("_")
        if slot and isinstance(value, str | int | float) and str(value).strip():
            yield slot, str(value).strip()
