"""The rows of Home: one conversation per line, in columns that agree at any width.

Columns drop out by how little they are missed (queue, state, deadline, sentiment) until what was
last said has room; it takes whatever is left.
"""

from dataclasses import dataclass

from textual.content import Content

from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, text, times
from omnitui.console.present.deadlines import ON_HOLD, STYLES, lateness
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.sentiment import Sentiment

NEAR_MS = 5 * 60_000
"""A deadline this close is shown as near."""

_LEAD = 5
_SAID_AT_LEAST = 20
_DROPPED_FIRST = ("queue", "state", "sla", "sentiment", "wait")


@dataclass(frozen=True, slots=True)
class HomeRow:
    """What one row of Home shows. Times are epoch ms; `channel` is one cell wide.

    `said_by` goes before `said` when it was not the customer (`you`, `bot`). `warn_at` is from when
    on the deadline `due_at` is near; None: shortly before it. `held`: its clock stands still.
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


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it stands at some width: `start` and `width` in cells."""

    key: str
    label: str
    start: int
    width: int
    flush_right: bool = False


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
    }.get(conversation.last_speaker or Speaker.CUSTOMER, "")
    return HomeRow(
        id=conversation.id,
        name=conversation.name,
        channel=channel_glyph(channel, glyphs.ascii),
        said=conversation.last_text or conversation.subject,
        said_by=said_by,
        sentiment=conversation.feeling,
        state=conversation.state.label,
        queue=conversation.queue,
        waiting_since=conversation.waiting_since,
        due_at=conversation.sla_fail_at,
        unread=unread,
        needs_you=needs_you,
        closed=conversation.state is ConversationState.CLOSED,
        warn_at=conversation.sla_warn_at,
        held=conversation.sla_status == ON_HOLD,
    )


def home_columns(width: int, *, deadlines: bool = True) -> tuple[Column, ...]:
    """The columns that fit in `width` cells, from left to right.

    Without `deadlines` (nobody keeps any) there is no column for them.
    """
    widths = {
        "sla": 6,
        "wait": 5,
        "channel": 2,
        "name": 16 if width < 90 else 18 if width < 110 else 24,
        "said": 0,
        "sentiment": 4,
        "queue": 12 if width < 140 else 16,
        "state": 8,
    }
    if width < 60:
        widths["name"] = 14
    if not deadlines:
        del widths["sla"]
    for key in _DROPPED_FIRST:
        if _left_for_said(widths, width) >= _SAID_AT_LEAST:
            break
        widths.pop(key, None)
    widths["said"] = max(0, _left_for_said(widths, width))
    labels = {
        "sla": "SLA",
        "wait": "Wait",
        "channel": "Ch",
        "name": "Customer",
        "said": "Last said",
        "sentiment": "Sent",
        "queue": "Queue",
        "state": "State",
    }
    columns, start = [], _LEAD
    for key, cells in widths.items():
        columns.append(Column(key, labels[key], start, cells, key in ("sla", "wait")))
        start += cells + 2
    return tuple(columns)


def column_at(width: int, x: int, *, deadlines: bool = True) -> str | None:
    """The key of the column that cell `x` of the header belongs to, None left of the first."""
    found = None
    for column in home_columns(width, deadlines=deadlines):
        if column.start <= x:
            found = column.key
    return found


def home_header(
    width: int, glyphs: Glyphs, *, sort: tuple[str, bool] | None = None, deadlines: bool = True
) -> Content:
    """The header line. `sort` is the sorted column's key and whether it ascends."""
    parts: list[str | tuple[str, str]] = []
    reached = 0
    for column in home_columns(width, deadlines=deadlines):
        if sort is not None and sort[0] == column.key:
            sign = glyphs.sort_up if sort[1] else glyphs.sort_down
            label = text.fit(column.label, column.width - 1, glyphs) + sign
            style = "bold $primary"
        else:
            label, style = column.label, "$text-dim"
        place = text.right if column.flush_right else text.left
        parts += [" " * (column.start - reached), (place(label, column.width, glyphs), style)]
        reached = column.start + column.width
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
    deadlines: bool = True,
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
    reached = _LEAD - 1
    for column in home_columns(width, deadlines=deadlines):
        parts += [" " * (column.start - reached), _cell(row, column, now, near_ms, glyphs)]
        reached = column.start + column.width
    return text.fill(Content.assemble(*parts), width, glyphs)


def _left_for_said(widths: dict[str, int], width: int) -> int:
    taken = sum(cells for key, cells in widths.items() if key != "said")
    return width - _LEAD - taken - 2 * (len(widths) - 1) - 1


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


def _cell(row: HomeRow, column: Column, now: int, near_ms: int, glyphs: Glyphs) -> Content:
    if column.key == "said":
        return _said(row, column.width, glyphs)
    if column.key == "sentiment":
        return text.fill(badges.sentiment(row.sentiment, glyphs), column.width, glyphs)
    if column.key == "sla":
        shown, style = _deadline(row, now, near_ms, glyphs)
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
    return row.state, "$text-dim"


def _said(row: HomeRow, width: int, glyphs: Glyphs) -> Content:
    parts: list[str | tuple[str, str]] = []
    if row.unread:
        parts.append((f"{badges.unread(row.unread)} ", "bold $primary"))
    if row.said_by:
        parts.append((f"{text.inline(row.said_by)}: ", "$text-dim"))
    parts.append((text.inline(row.said), "$text-dim" if row.closed else ""))
    return text.fill(Content.assemble(*parts), width, glyphs)
