"""The rows of Home: one conversation per line, in the columns of `columns.py`."""

from datetime import UTC, tzinfo

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, times
from omnitui.console.present.deadlines import ON_HOLD, STYLES, lateness
from omnitui.console.present.home.columns import LEAD, Column, home_columns
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.sentiment import Sentiment

NEAR_MS = 5 * 60_000
"""A deadline this close is shown as near."""


class HomeRow(Struct, frozen=True):
    """What one row of Home shows. Times are epoch ms; `channel` is one cell wide.

    `said_by` goes before `said` when it was not the customer (`you`, `bot`). `warn_at` is from when
    on the deadline `due_at` is near; None: shortly before it. `held`: its clock stands still.
    `agent` has it or, while it is `ringing`, is the one at whom it rings.
    """

    id: int
    name: str
    channel: str
    said: str
    sentiment: Sentiment | None
    state: str
    queue: str = ""
    said_by: str = ""
    waiting_since: int | None = None
    due_at: int | None = None
    unread: int = 0
    needs_you: bool = False
    closed: bool = False
    warn_at: int | None = None
    held: bool = False
    priority: int = 0
    agent: str = ""
    ringing: bool = False
    labels: tuple[str, ...] = ()
    at: int = 0


def home_row_of(
    conversation: Conversation,
    channel: Channel | None,
    glyphs: Glyphs,
    *,
    unread: int = 0,
    needs_you: bool = False,
    me: int | None = None,
) -> HomeRow:
    """The row of a conversation. `me` is the agent who looks, so that their words are `you`."""
    mine = me is not None and conversation.agent_id == me
    said_by = {
        Speaker.AGENT: "you" if mine else (conversation.agent_name.split() or ["agent"])[0],
        Speaker.BOT: "bot",
        Speaker.SYSTEM: f"{glyphs.bar_system} notice",
    }.get(conversation.last_speaker or Speaker.CUSTOMER, "")
    ringing = conversation.offered_to is not None
    holder = conversation.offered_to if ringing else conversation.agent_id
    named = conversation.offered_name if ringing else conversation.agent_name
    return HomeRow(
        id=conversation.id,
        name=conversation.who,
        channel=channel_glyph(channel, glyphs.ascii),
        said=conversation.last_text or conversation.subject,
        said_by=said_by,
        sentiment=conversation.feeling,
        state="ringing" if ringing else conversation.state.word,
        queue=conversation.queue,
        waiting_since=conversation.waiting_since,
        due_at=conversation.sla_fail_at,
        unread=unread,
        needs_you=needs_you,
        closed=conversation.state is ConversationState.CLOSED,
        warn_at=conversation.sla_warn_at,
        held=conversation.sla_status == ON_HOLD,
        priority=conversation.priority,
        agent="you" if holder is not None and holder == me else named,
        ringing=ringing,
        labels=conversation.labels,
        at=conversation.last_at,
    )


def home_header(
    width: int,
    glyphs: Glyphs,
    *,
    sort: tuple[str, bool] | None = None,
    without: frozenset[str] = frozenset(),
) -> Content:
    """The header line. `sort` is what is sorted by and whether it ascends."""
    parts: list[str | tuple[str, str]] = []
    reached = 0
    for column in home_columns(width, without):
        label, style, cells = column.label, "$text-dim", column.width
        if sort is not None and sort[0] == column.sort:
            label += glyphs.sort_up if sort[1] else glyphs.sort_down
            style = "bold $primary"
            # The sign goes into the gap beside a label that is as wide as its column.
            cells = max(cells, cell_len(label))
        start = column.start + (column.width - cells) * column.flush_right
        place = text.right if column.flush_right else text.left
        parts += [" " * (start - reached), (place(label, cells, glyphs), style)]
        reached = start + cells
    return text.fill(Content.assemble(*parts), width, glyphs)


def home_row(
    row: HomeRow | None,
    width: int,
    glyphs: Glyphs,
    *,
    now: int,
    selected: bool = False,
    marked: bool = False,
    near_ms: int = NEAR_MS,
    without: frozenset[str] = frozenset(),
    tz: tzinfo = UTC,
) -> Content:
    """One row in exactly `width` cells; None is a row that is still being read."""
    lead: list[str | tuple[str, str]] = [
        (glyphs.cursor if selected else " ", "$primary"),
        (glyphs.marked if marked else " ", "$primary"),
    ]
    if row is None:
        placeholder = Content.assemble(*lead, "   ", (glyphs.ellipsis, "$text-dim"))
        return text.fill(placeholder, width, glyphs)
    parts: list[str | Content | tuple[str, str]] = [*lead, " ", _flag(row, now, near_ms, glyphs)]
    reached = LEAD - 1
    for column in home_columns(width, without):
        parts += [" " * (column.start - reached), _cell(row, column, now, near_ms, glyphs, tz)]
        reached = column.start + column.width
    return text.fill(Content.assemble(*parts), width, glyphs)


def _flag(row: HomeRow, now: int, near_ms: int, glyphs: Glyphs) -> Content:
    late = _lateness(row, now, near_ms)
    if late == "late":
        return Content.assemble((glyphs.late, "bold $danger"))
    if row.needs_you:
        return badges.needs_you(glyphs)
    if late == "near":
        return Content.assemble((glyphs.near, "$warning"))
    if row.unread:
        return Content.assemble((glyphs.unread, "$primary"))
    return Content(" ")


def _lateness(row: HomeRow, now: int, near_ms: int) -> str:
    if row.due_at is None:
        return ""
    return lateness(row.due_at - near_ms if row.warn_at is None else row.warn_at, row.due_at, now)


def _cell(
    row: HomeRow, column: Column, now: int, near_ms: int, glyphs: Glyphs, tz: tzinfo
) -> Content:
    if column.key == "said":
        return _said(row, column.width, glyphs)
    if column.key == "sentiment":
        return text.fill(badges.sentiment(row.sentiment, glyphs), column.width, glyphs)
    if column.key == "sla":
        shown, style = _deadline(row, now, near_ms, glyphs)
    elif column.key == "agent":
        shown, style = _agent(row, column.width, glyphs)
    elif column.key == "at":
        shown, style = (times.brief(row.at, now, tz) if row.at else ""), "$text-dim"
    else:
        shown, style = _plain_cell(row, column.key, now)
    place = text.right if column.flush_right else text.left
    return Content.assemble((place(shown, column.width, glyphs), style))


def _deadline(row: HomeRow, now: int, near_ms: int, glyphs: Glyphs) -> tuple[str, str]:
    if row.due_at is None:
        return ("paused" if row.held else ""), "$text-dim"
    how = _lateness(row, now, near_ms)
    # The sign at the front of the row is taken when it needs the agent for another reason.
    sign = glyphs.near if how == "near" and row.needs_you else ""
    return f"{sign}{times.countdown(row.due_at - now)}", STYLES[how]


def _plain_cell(row: HomeRow, key: str, now: int) -> tuple[str, str]:
    if key == "wait":
        since = row.waiting_since
        return ("" if since is None else times.wait(now - since)), ""
    if key == "channel":
        return row.channel, "$info"
    if key == "name":
        strong = row.needs_you or row.unread
        return text.inline(row.name), "bold" if strong else "$text-dim" if row.closed else ""
    if key == "queue":
        return text.inline(row.queue), "$text-dim"
    if key == "priority":
        style = "bold $warning" if row.priority > 0 else "$text-dim"
        return (str(row.priority) if row.priority else ""), style
    if key == "label":
        return ", ".join(map(text.inline, row.labels)), "$info"
    return row.state, "$text-dim"


def _agent(row: HomeRow, width: int, glyphs: Glyphs) -> tuple[str, str]:
    """Who has it; an arrow in front of whom it rings at."""
    lead = f"{glyphs.sending} " if row.ringing else ""
    name = short_name(text.inline(row.agent), width - len(lead))
    style = "$text-dim" if row.ringing else "$agent" if row.agent == "you" else ""
    return (lead + name if name else ""), style


def short_name(name: str, width: int) -> str:
    """A person's name as far as it fits: whole, `Ursula H.`, else the first name."""
    first, *others = name.split() or [""]
    brief = f"{first} {others[-1][0]}." if others else first
    return next((one for one in (name, brief) if cell_len(one) <= width), first)


def _said(row: HomeRow, width: int, glyphs: Glyphs) -> Content:
    parts: list[str | tuple[str, str]] = []
    if row.unread:
        parts.append((f"{badges.unread(row.unread)} ", "bold $primary"))
    if row.said_by:
        parts.append((f"{text.inline(row.said_by)}: ", "$text-dim"))
    parts.append((text.inline(row.said), "$text-dim" if row.closed else ""))
    return text.fill(Content.assemble(*parts), width, glyphs)
