"""Filling a store from data files, in one transaction; may be repeated.

Records are found by their natural keys: a channel's and a reply's key, an article's slug, a queue's
name, an agent's login, a customer's account or address, and the name of everything else. Channels,
hours, targets, articles, replies and links are updated; existing people and routing do not change.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from omnitui.datafiles import folder
from omnitui.datafiles.channels import read_channels
from omnitui.datafiles.company import Known, read_company
from omnitui.datafiles.company_rows import AgentRow
from omnitui.datafiles.hours import WrittenCalendar, read_hours
from omnitui.datafiles.knowledge import WrittenArticle, read_articles
from omnitui.datafiles.links import read_links
from omnitui.datafiles.replies import WrittenReply, read_replies
from omnitui.datafiles.sla import WrittenTarget, read_targets
from omnitui.desk import hours, links
from omnitui.desk.articles import files
from omnitui.desk.call import Call
from omnitui.desk.customers import rekeying
from omnitui.desk.desk import Desk
from omnitui.desk.filling import content, macros, newcomers, scripts
from omnitui.desk.filling.work import (
    BASIC_NOTICES,
    put_entitlements,
    put_notices,
    put_queues,
    put_work,
)
from omnitui.desk.sla import targets
from omnitui.model.actor import SYSTEM
from omnitui.model.channel import Channel
from omnitui.model.link import LinkTemplate
from omnitui.safetext import clean_line
from omnitui.store import agents, channels
from omnitui.store.routing import queues

T = TypeVar("T")

FIRST_QUEUE = "General"
"""The queue of a store without other queues."""


class Filled(Struct, frozen=True):
    """How many records of each kind the files have; for people, how many are new."""

    counts: Counter[str]


def fill(
    desk: Desk, data: Path | None = None, *, people: bool = True, now: int | None = None
) -> Filled:
    """Put a data folder into the desk's store.

    Without `people` there are no agents and customers, and a queue General if there is none. Days
    in the files are counted back from `now` (epoch ms; the desk's clock if None). Raises
    `DataError` with the store unchanged.
    """
    source = folder() if data is None else data
    with desk.store.transaction():
        filled = Filled(
            _fill(desk, source, people=people, now=desk.clock.now() if now is None else now)
        )
    desk.reread()  # its channels are read again, as after a change from elsewhere
    return filled


def fill_basics(desk: Desk, data: Path | None = None) -> Filled:
    """What a new store needs before work can start: channels, a queue, articles and replies."""
    return fill(desk, data, people=False)


def _fill(desk: Desk, source: Path, *, people: bool, now: int) -> Counter[str]:
    call = replace(desk.at_work(SYSTEM), now=now)
    shared = source / "replies.toml"
    counts: Counter[str] = Counter()
    known = read_channels(source / "channels.toml")
    counts["channels"] = _each(call, _put_channel, known)
    call = replace(call, channels={one.key: one for one in channels.every(call.store)})
    times = source / "hours.toml"
    calendars = read_hours(times) if times.exists() else []
    counts["calendars"] = _each(call, _put_calendar, calendars)
    counts["articles"] = _each(call, _put_article, read_articles(source / "knowledge"))
    counts["replies"] = _each(call, _put_reply, read_replies(shared) if shared.exists() else [])
    elsewhere = source / "links.toml"
    if elsewhere.exists():
        counts["links"] = _each(call, _put_link, read_links(elsewhere))
    refers = Known(
        channels={channel.key: channel for channel in known},
        calendars={calendar.name.casefold() for calendar in calendars},
    )
    if people:
        company = read_company(source / "company", known=refers)
        counts["queues"] = put_queues(call, company.queues)
        counts["agents"] = _each(call, _put_agent, company.agents)
        counts += put_work(call, source, refers)
        promised = source / "sla.toml"
        if promised.exists():
            counts["targets"] = _each(call, _put_target, read_targets(promised, refers))
        counts += newcomers.welcome(call, company)
        counts += put_entitlements(call, source, refers)
        counts += macros.put_folder(call, source)
        counts += scripts.put_folder(call, source, refers)
    else:
        if written := put_notices(call, source, refers, BASIC_NOTICES):
            counts["notices"] = written
        if not queues.every(call.store):
            queues.add(call.store, FIRST_QUEUE, {"priority": 100})
            counts["queues"] = 1
    call.journal("store.filled", counts=dict(counts))
    return counts


def _each(call: Call, put: Callable[[Call, T], None], records: Sequence[T]) -> int:
    for record in records:
        put(call, record)
    return len(records)


def _put_channel(call: Call, channel: Channel) -> None:
    before = channels.get(call.store, channel.key)
    channels.put(call.store, channel)
    if before is not None and before.address_kind is not channel.address_kind:
        now = {one.key: one for one in channels.every(call.store)}
        rekeying.bring_up_to_date(replace(call, channels=now), call.settings.country)


def _put_calendar(call: Call, calendar: WrittenCalendar) -> None:
    hours.put(call, calendar.name, calendar.zone, calendar.weekly, calendar.days_off)


def _put_target(call: Call, target: WrittenTarget) -> None:
    targets.put(
        call,
        target.name,
        target.kpi,
        target.subject,
        (target.warn_minutes, target.fail_minutes),
        target.calendar,
        target.words,
        target.pauses,
    )


def _put_article(call: Call, article: WrittenArticle) -> None:
    files.put(call, article)


def _put_reply(call: Call, reply: WrittenReply) -> None:
    content.put_reply(
        call, reply.key, reply.title, reply.text, reply.language, list(reply.tags), None
    )


def _put_link(call: Call, link: LinkTemplate) -> None:
    links.put(call, link.name, link.url)


def _put_agent(call: Call, agent: AgentRow) -> None:
    if agents.by_login(call.store, agent.login) is not None:
        return
    login, name = clean_line(agent.login), clean_line(agent.name)
    key = agents.add(call.store, login, name, agent.capacity, call.now)
    agents.set_calls_first(call.store, key, agent.calls_first)
    for skill, level in agent.skills.items():
        agents.set_skill(call.store, key, clean_line(skill), level)
    for queue in agent.queues:
        queue_key = queues.by_name(call.store, clean_line(queue))
        if queue_key is not None:
            queues.add_member(call.store, queue_key, key)
