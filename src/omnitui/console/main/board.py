"""What the frame shows, read from the desk in one go and turned into view-models."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import cached_property

from msgspec import Struct

from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.link import Link
from omnitui.console.present.frame.offers import OfferView
from omnitui.console.present.frame.status import StatusView
from omnitui.console.present.frame.tabs import TabView
from omnitui.console.present.times import clock_time
from omnitui.desk.home import Board as Around
from omnitui.desk.home import Status, Views
from omnitui.model.agent import Agent, Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.participant import ConsultRequest, Role
from omnitui.model.session import Session
from omnitui.rules.presence import only_load

_ENDED = (ConversationState.WRAP_UP, ConversationState.CLOSED)


class Board(Struct, frozen=True, dict=True):
    """The agent, what is open in tabs, what rings, how much waits."""

    desk: Status
    sessions: tuple[tuple[Session, Conversation], ...]
    ringing_rows: tuple[Conversation, ...]
    asked: tuple[ConsultRequest, ...] = ()
    """Conversations of others that the agent is asked to stand beside."""
    views: Views = None
    """The saved views, where they were counted or there are none."""

    @property
    def agent(self) -> Agent:
        """Who looks."""
        return self.desk.agent

    @property
    def counts(self) -> dict[str, int]:
        """How much each of Home's lists holds."""
        return self.desk.counts

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The sessions' conversations in the order of the tabs."""
        return tuple(session.conversation_id for session, _ in self.sessions)

    @property
    def focused(self) -> int | None:
        """The conversation whose session the store holds as focused."""
        return next((s.conversation_id for s, _ in self.sessions if s.focused), None)

    @property
    def ringing(self) -> frozenset[int]:
        """The conversations that ring at this agent."""
        return frozenset(self.ringing_names)

    @property
    def ringing_names(self) -> dict[int, str]:
        """Who rings, by conversation."""
        asked = {int(one.conversation_id): one.name for one in self.asked}
        return asked | {int(row.id): row.name for row in self.ringing_rows}

    @property
    def unread(self) -> dict[int, int]:
        """How many messages are unread in which session."""
        return {s.conversation_id: s.unread for s, _ in self.sessions}

    def place(self, key: int | None) -> int:
        """The number of a session's tab, 0 for Home."""
        return self.order.index(key) + 1 if key in self.order else 0

    @cached_property
    def needing(self) -> dict[int, int]:
        """The sessions whose customer waits for this agent, each with since when (epoch ms)."""
        return {
            item.id: item.waiting_since
            for _, item in self.sessions
            if item.waiting_since is not None
            and item.agent_id == self.agent.id
            and item.state is ConversationState.ACTIVE
        }

    @cached_property
    def needs_me(self) -> tuple[tuple[int, int], ...]:
        """What needs the agent, each with since when (epoch ms): what rings, then who waits."""
        ringing: list[tuple[int, int]] = [
            *((int(row.id), row.offer_expires_at or 0) for row in self.ringing_rows),
            *((int(one.conversation_id), one.until) for one in self.asked),
        ]
        ringing.sort(key=lambda each: each[1])
        waiting = sorted(self.needing.items(), key=lambda each: each[1])
        return (*ringing, *waiting)

    def missed_since(self, before: "Board") -> bool:
        """Whether the agent, who was not on `before`, is inactive: an offer ran out."""
        inactive = Presence.INACTIVE
        return self.agent.presence is inactive and before.agent.presence is not inactive

    def tabs(self, link: Link, glyphs: Glyphs, drafts: Mapping[int, bool]) -> Sequence[TabView]:
        """The tabs; `drafts` says of which sessions it is known here whether they have one."""
        return [
            TabView(
                name=item.name,
                channel=channel_glyph(link.channels.get(item.channel), glyphs.ascii),
                sentiment=item.feeling,
                unread=session.unread,
                waiting_since=item.waiting_since,
                needs_you=item.id in self.needing,
                ended=item.state in _ENDED,
                warn_at=item.sla_warn_at,
                due_at=item.sla_fail_at,
                draft=drafts.get(
                    item.id, bool(session.draft_reply.strip() or session.draft_note.strip())
                ),
            )
            for session, item in self.sessions
        ]

    def offers(self, link: Link, glyphs: Glyphs) -> Sequence[OfferView]:
        """What rings, the first to run out first."""
        me = self.agent
        views = []
        for item in self.ringing_rows:
            channel = link.channels.get(item.channel)
            until = item.offer_expires_at or 0
            views.append(
                OfferView(
                    conversation_id=item.id,
                    name=item.name,
                    channel=item.channel if channel is None else channel.label,
                    glyph=channel_glyph(channel, glyphs.ascii),
                    queue=item.queue,
                    waiting_since=item.waiting_since or item.created_at,
                    offered_at=me.last_assigned_at or item.created_at,
                    expires_at=until,
                    sentiment=item.feeling,
                    words=item.last_text,
                    why=_why(item.routing),
                    declining="offers it to the next free agent, or returns it to Open",
                )
            )
        views += [_asked(one, link, glyphs) for one in self.asked]
        return sorted(views, key=lambda view: view.expires_at)

    def status(
        self, now: int, tz: tzinfo, notice: str, due_key: str, delivery_key: str, mentions_key: str
    ) -> StatusView:
        """The status line; `due_key` lists the follow-ups that are due, `delivery_key` shows in a
        session what has not arrived.
        """
        desk, me = self.desk, self.agent
        oldest = None if desk.oldest_since is None else max(0, now - desk.oldest_since)
        return StatusView(
            presence=me.presence,
            who=me.name,
            clock=clock_time(now, tz),
            reason="" if only_load(me.presence_reason) else me.presence_reason,
            capacity=(("load", me.used, me.capacity), ("phone", desk.calls, 1)),
            waiting=desk.queued,
            oldest_ms=oldest,
            sla_late=desk.late,
            sla_near=desk.near,
            notice=notice,
            due=desk.due,
            due_key=due_key,
            mentions=desk.mentions,
            mentions_key=mentions_key,
            undelivered=desk.undelivered,
            uncertain=desk.uncertain,
            delivery_key=delivery_key,
        )


def _asked(one: ConsultRequest, link: Link, glyphs: Glyphs) -> OfferView:
    """A request to stand beside a conversation, as an offer."""
    channel = link.channels.get(one.channel)
    does = "answer too" if one.role is Role.ADDED else "read along"
    of = f" of {one.queue}" if one.queue else ""
    return OfferView(
        conversation_id=one.conversation_id,
        name=one.name,
        channel=one.channel if channel is None else channel.label,
        glyph=channel_glyph(channel, glyphs.ascii),
        queue=one.queue or "No capacity",
        waiting_since=one.asked_at,
        offered_at=one.asked_at,
        expires_at=one.until,
        why=f"{one.by_name} asks you{of} to {does}" + (f": {one.note}" if one.note else ""),
        declining=f"asks the next member of {one.queue}" if one.queue else f"tells {one.by_name}",
        passes=f"to {one.queue}" if one.queue else "declines",
        what="Consult",
    )


def _why(routing: str) -> str:
    """What decided, out of the sentence that names who it was decided for."""
    _whom, colon, facts = routing.partition(": ")
    return facts.rstrip(".") if colon else routing.rstrip(".")


async def read_board(link: Link, since: int, *, views: bool) -> Board:
    """Read it, with the counts of saved `views` or not; `since` is when today began (epoch ms)."""
    read: Around = await link.call("home.board", since=since, views=views)
    return Board(read.status, read.tabs, read.ringing, read.asked, read.views)
