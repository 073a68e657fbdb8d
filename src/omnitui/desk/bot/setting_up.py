"""Setting up virtual agents."""

from functools import partial
from pathlib import Path

from omnitui.datafiles.topics import topics_of
from omnitui.desk.bot import hearing
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.errors import DataError, Refused
from omnitui.rules.keys import Use
from omnitui.store import bots
from omnitui.store.bots import Bot
from omnitui.store.reading import each


@command("bot.set", Permission.ADMINISTER)
def set_(call: Call, bot: Exact, topics: str) -> dict[str, object]:
    """Set the topics of a virtual agent: the text of a file as `data/topics/` has them.

    A new virtual agent answers nowhere, until a work stream names it (`workstream.update`).
    Conversations that it has now go on with the new topics.
    """
    known = {one.name: one.id for one in bots.every(call.store)}
    there = bots.by_name(call.store, bot)
    key = there.name if there else own_name(call, "bot", "a virtual agent", bot, known, use=Use.KEY)
    try:
        found = topics_of(topics, Path("topics"))
    except DataError as error:
        raise Refused("bot.topics", f"These topics are not valid: {error}.") from None
    bots.put(call.store, key, topics, call.now)
    hearing.keep_learnt(call, key)
    call.journal("bot.set", bot=key, topics=len(found.topics))
    return {"bot": key, "name": found.name, "topics": [one.key for one in found.topics]}


@command("bot.delete", Permission.ADMINISTER)
def delete(call: Call, bot: str) -> dict[str, object]:
    """Delete a virtual agent that no work stream has."""
    found = bots.by_name(call.store, bot)
    if found is None:
        hearing.topics(call, bot)
        raise AssertionError(bot)
    streams = bots.streams_of(call.store, found.name)
    if streams:
        raise Refused(
            "bot.used",
            f"{found.name} answers for {', '.join(streams)}.",
            "Take it off there first: workstream.update reset=bot.",
        )
    bots.remove(call.store, found.id)
    call.journal("bot.deleted", bot=found.name)
    return {"deleted": found.name}


@query("bot.list")
def list_(call: Call) -> list[dict[str, object]]:
    """All virtual agents, each with its topics and the work streams that it answers for."""
    return each(partial(_shown, call), bots.every(call.store))


def _shown(call: Call, one: Bot) -> dict[str, object]:
    topics = hearing.read(one.topics)
    return {
        "bot": one.name,
        "name": topics.name,
        "workstreams": bots.streams_of(call.store, one.name),
        "topics": [
            {"key": topic.key, "title": topic.title, "language": topic.language}
            for topic in topics.topics
        ],
    }


def put(call: Call, name: str, text: str) -> None:
    """Save the topics of a data file, unless there is a virtual agent of that key."""
    if bots.by_name(call.store, name) is None:
        bots.put(call.store, name, text, call.now)
