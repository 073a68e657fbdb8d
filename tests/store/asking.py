"""A store with something in every table, and every question that can be asked of a store."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.desk.opening import open_desk
from omnitui.desk.registry import COMMANDS, Command, Parameter
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused

START = 1_772_442_000_000
_PER_KIND = 3
"""How many rows of each kind are asked for by their keys."""
_TABLES = {
    "agent": "agents",
    "article": "articles",
    "gap": "gaps",
    "message": "messages",
    "calendar": "calendars",
    "case": "cases",
    "conversation": "conversations",
    "customer": "customers",
    "from": "customers",
    "macro": "macros",
    "into": "customers",
    "entitlement": "entitlements",
    "queue": "queues",
    "reply": "replies",
    "script": "scripts",
    "template": "entitlement_templates",
    "workstream": "workstreams",
}
_GIVEN: dict[str, list[Any]] = {
    "channel": ["chat", "email"],
    "facts": [{"channel": "chat", "words": "router"}],
    "occasion": ["waiting", "joined"],
    "origin": ["phone"],
    "query": ["a", "router"],
    "stream": ["mine", "open", "all"],
    "text": ["Hello {customer.first_name}"],
    "verb": ["resolve", "cancel", "merge"],
    "words": [["router", "red"]],
}
_ROWS = {
    "bot_states": "(conversation_id, bot) VALUES (1, 'support')",
    "consoles": "VALUES ('one', 1, 9000000000000 / 2, 1, NULL)",
    "home_layouts": "VALUES (2, '{}')",
    "couriers": "(channel, kind, url) VALUES ('chat', 'webhook', 'https://example.com/out')",
    "entitlement_contacts": "VALUES (1, 2)",
    "article_files": "VALUES ('lights.md', '1:2:3', 5, 'line 3: wrong')",
    "article_versions": "VALUES (1, 1, 'Lights', '', 'Amber', '', 'public', 'en', 5, 'Ada')",
    "gaps": "(phrase, article_id, asked, times, last_at) VALUES"
    " ('purple light', NULL, 'Purple', 2, 5), ('', 1, '', 0, 5)",
    "gap_askers": "VALUES (1, 'agent:1')",
    "article_votes": "(article_id, voter, helpful, at) VALUES (1, 'ada', 1, 5)",
    "consult_requests": "(conversation_id, agent_id, role, by_name, asked_at, until)"
    " VALUES (1, 2, 'consulted', 'Ada', 5, 9000000000000 / 2)",
    "declines": "VALUES (1, 2, 1, 5)",
    "deliverers": "(name, channel, until) VALUES ('outbox', 'chat', 5)",
    "escalations": "(conversation_id, step, at, channel, address, address_key)"
    " VALUES (1, 1, 5, 'chat', 'dev', 'chat:dev')",
    "kept_rooms": "VALUES (1, 1, 5)",
    "lost_agents": "VALUES (3, 5, 'offline', 'gone', 0)",
    "macros": "(key, title, prompts, steps) VALUES ('own', 'Own',"
    ' \'[{"key": "title", "label": "Title"}]\', \'[{"command": "case.create"}]\''
    ")",
    "mentions": "(at, agent_id, conversation_id, message_id) VALUES (5, 1, 1, 1)",
    "overflows": "VALUES (1, 1, 5, 0)",
    "participants": "VALUES (1, 2, 'added', NULL, 5)",
    "retired": "VALUES ('queue', '2', 5, 'admin')",
    "agent_words": "VALUES (1, 'kite')",
    "scheduled": "(conversation_id, agent_id, text, due_at, created_at)"
    " VALUES (1, 1, 'Later', 9000000000000 / 2, 5)",
    "signatures": "VALUES (1, 'email', 'Ada')",
    "suggestion_models": "VALUES ('queue', 1, 1, 5, x'00')",
    "shifts": "(scenario, seed, starts_at) VALUES ('quiet', 1, 5)",
}


def filled(path: Path) -> None:
    """Make a store of a company in the middle of its day, all of it in one file."""
    desk = open_desk(path, ManualClock(START), Random(1))
    fill(desk)
    agent = {
        row["login"]: Actor(ActorKind.AGENT, row["id"], row["name"])
        for row in desk.store.rows("SELECT * FROM agents")
    }
    ada = agent["ada"]
    for actor in agent.values():
        desk.call("agent.set_presence", actor, presence="available")
    for number in range(60):
        desk.call(
            "conversation.receive",
            ADMINISTRATOR,
            channel=("chat", "email", "sms", "facebook")[number % 4],
            address=f"visitor{number}@example.com" if number % 4 == 1 else f"+4790000{number:03d}",
            text=f"Router {number} is red again, and nobody answers. " * (1 + number % 9),
            name=f"Ann Visitor{number}",
        )
    for row in desk.store.rows("SELECT id, offered_to FROM conversations WHERE offered_to > 0"):
        actor = next(one for one in agent.values() if one.id == row["offered_to"])
        desk.call("conversation.accept", actor, conversation=row["id"])
        desk.call("conversation.reply", actor, conversation=row["id"], text="We look into it.")
        desk.call("conversation.note", actor, conversation=row["id"], text="Looks like a fault")
        given = {"conversation": row["id"], "script": "closing"}
        desk.call("script.step", actor, **given, step="1")
        desk.call("conversation.label", actor, conversation=row["id"], add=["fault"])
        desk.call("session.draft", actor, conversation=row["id"], kind="reply", text="And")
    desk.call("view.save", ada, name="Late", stream="open", filter="channel:chat")
    desk.call("settings.set", ADMINISTRATOR, key="undo_seconds", value="9")
    desk.call("customer.merge", ada, **{"from": 3, "into": 4})
    case = {"customer": 5, "origin": "chat"}
    two = [desk.call("case.create", ada, title=title, **case).id for title in ("Red", "Off")]
    desk.call("case.merge", ada, cases=two[:1], into=two[1])
    desk.call("session.layout", ada, layout={"tabs": []})
    for conversation in (1, 2):
        desk.call("timeline.looked", ada, customer=conversation)
    with desk.store.transaction():
        for table, values in _ROWS.items():
            desk.store.execute(f"INSERT OR IGNORE INTO {table} {values}")
        desk.store.execute("INSERT INTO shift_guests VALUES (1, 'guest', 1)")
    desk.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def ask_everything(desk: Desk) -> list[str]:
    """Call every query there is, and carry out what is due; what broke down, as sentences."""
    wrong = []
    actors = [ADMINISTRATOR]
    rows = desk.store.rows("SELECT id, name FROM agents ORDER BY id LIMIT 2")
    actors += [Actor(ActorKind.AGENT, row["id"], row["name"]) for row in rows]
    for name, command in sorted(COMMANDS.items()):
        if command.changes:
            continue
        for given in _arguments(desk, command):
            for actor in actors:
                if not actor.may(command.permission):
                    continue
                try:
                    desk.call(name, actor, **given)
                except Refused:
                    continue
                except Exception as error:
                    wrong.append(f"{name} {given}: {type(error).__name__}: {error}")
    try:
        desk.run_due()
        desk.follow(0)
        with desk.store.transaction():
            desk.call(
                "conversation.receive", ADMINISTRATOR, channel="chat", address="new", text="Hi"
            )
    except Refused:
        pass
    except Exception as error:
        wrong.append(f"what is due: {type(error).__name__}: {error}")
    return wrong


def _arguments(desk: Desk, command: Command) -> Iterator[dict[str, Any]]:
    """Values for the parameters that a query needs, and again with what it may be given besides."""
    needed = [one for one in command.parameters if one.required]
    choices = {one.name: _choices(desk, one) for one in needed}
    turns = max((len(found) for found in choices.values()), default=1)
    for turn in range(turns):
        yield {name: found[turn % len(found)] for name, found in choices.items() if found}
    for one in command.parameters:
        if one.required or one.name not in ("case", "conversation", "customer", "query", "agent"):
            continue
        for value in _choices(desk, one)[:2]:
            yield {**{name: found[0] for name, found in choices.items() if found}, one.name: value}


def _choices(desk: Desk, parameter: Parameter) -> list[Any]:
    name = parameter.name
    if name in _TABLES:
        return _keys(desk, _TABLES[name])[: None if name == "conversation" else _PER_KIND]
    if name in ("conversations", "keys"):
        return [_keys(desk, "conversations", 50)]
    return _GIVEN[name]


def _keys(desk: Desk, table: str, limit: int = 6) -> list[int]:
    return [row[0] for row in desk.store.rows(f"SELECT id FROM {table} LIMIT {limit}")]
