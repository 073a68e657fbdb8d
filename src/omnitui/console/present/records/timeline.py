"""What happened with a customer, an entry in a line, and in full when it is unfolded."""

from collections.abc import Mapping
from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import times
from omnitui.console.present.records.case import short_day
from omnitui.model.channel import Channel
from omnitui.model.timeline import Activity, ActivityKind

_WORDS = {
    ActivityKind.CALL: "call",
    ActivityKind.MAIL: "mail",
    ActivityKind.TASK: "task",
    ActivityKind.NOTE: "note",
    ActivityKind.VISIT: "visit",
    ActivityKind.CHAT: "chat",
    ActivityKind.CASE: "case",
    ActivityKind.CONVERSATION: "",
    ActivityKind.MESSAGE: "said",
    ActivityKind.EVENT: "case",
}
_STYLES = {
    ActivityKind.CALL: "$agent",
    ActivityKind.MAIL: "$customer",
    ActivityKind.TASK: "$warning",
    ActivityKind.NOTE: "$note",
    ActivityKind.VISIT: "$bot",
    ActivityKind.CHAT: "$info",
    ActivityKind.CASE: "$primary",
    ActivityKind.CONVERSATION: "$info",
    ActivityKind.MESSAGE: "$info",
    ActivityKind.EVENT: "$primary",
}
_BODY = 12
_WHEN = 6


def activity_item(
    activity: Activity,
    width: int,
    now: int,
    tz: tzinfo,
    glyphs: Glyphs,
    *,
    channels: Mapping[str, Channel],
    expanded: bool = False,
) -> list[Content]:
    """One entry. Unfolded it says who, to which case it belongs, and what was said."""
    word, style = _word(activity, channels), _STYLES[activity.kind]
    title = _title(activity, channels, glyphs)
    today = times.same_day(activity.at, now, tz)
    when = times.clock_time(activity.at, tz) if today else short_day(activity.at, now, tz)
    start = Content.assemble(
        "   ",
        (text.left(when, _WHEN, glyphs), "$text-dim"),
        " ",
        (f"{text.left(word, 5, glyphs)} ", style),
        (title, "$text-plain"),
    )
    end = Content.assemble(_end(activity, now), " ")
    flagged = end.cell_length > 1
    lines = [
        text.between(start, end, width, glyphs) if flagged else text.cut(start, width - 1, glyphs)
    ]
    if expanded:
        if title not in lines[0].plain:
            room = max(8, width - 7)
            full = [(title[a:b], "$text-plain") for a, b in text.wrap(title, room)]
            lines += [Content.assemble("     ", line) for line in full]
        lines += _details(activity, width, now, tz, glyphs)
    return lines


def activity_key(activity: Activity) -> str:
    """The key of an entry; entries of one kind have numbers of their own."""
    return f"activity:{activity.kind.value}-{activity.id}"


def marked_new(line: Content, glyphs: Glyphs) -> Content:
    """The first line of an entry that is new to the agent."""
    return Content.assemble(" ", (glyphs.unread, "bold $primary"), line[2:])


def _word(activity: Activity, channels: Mapping[str, Channel]) -> str:
    if activity.kind is ActivityKind.CONVERSATION:
        return activity.title if activity.title in channels else "talk"
    return _WORDS[activity.kind]


def _title(activity: Activity, channels: Mapping[str, Channel], glyphs: Glyphs) -> str:
    if activity.kind is ActivityKind.CONVERSATION:
        channel = channels.get(activity.title)
        sign = channel_glyph(channel, glyphs.ascii)
        return f"{sign} {text.inline(activity.body) or 'conversation'}"
    if activity.kind is ActivityKind.MESSAGE:
        return text.inline(activity.body)
    if activity.kind in (ActivityKind.CASE, ActivityKind.EVENT):
        return f"{activity.case_number} {text.inline(activity.title)}"
    return text.inline(activity.title)


def _end(activity: Activity, now: int) -> Content:
    if activity.kind is ActivityKind.TASK:
        if activity.done_at is not None:
            over = ("cancelled", "$text-dim") if activity.cancelled else ("done", "$positive")
            return Content.assemble(over)
        if activity.due_at is not None:
            late = activity.due_at < now
            word = "late" if late else times.relative(activity.due_at, now)
            return Content.assemble((word, "bold $danger" if late else "$warning"))
    if activity.kind is ActivityKind.CONVERSATION and activity.done_at is None:
        return Content.assemble(("open", "$info"))
    return Content("")


def _details(activity: Activity, width: int, now: int, tz: tzinfo, glyphs: Glyphs) -> list[Content]:
    facts = [
        times.moment(activity.at, now, tz),
        text.inline(activity.author),
        activity.case_number if activity.kind is not ActivityKind.CASE else activity.body,
        "" if activity.due_at is None else f"due {times.moment(activity.due_at, now, tz)}",
    ]
    about = f" {glyphs.separator} ".join(fact for fact in facts if fact)
    room = max(8, width - 7)
    lines = [(about[a:b], "$text-dim") for a, b in text.wrap(about, room)]
    if activity.kind is not ActivityKind.CASE:
        body = text.block(activity.body)
        lines += [(body[a:b], "$text-plain") for a, b in text.wrap(body, room)[:_BODY] if body]
    return [
        text.cut(Content.assemble("     ", (shown, style)), width - 1, glyphs)
        for shown, style in lines
    ]
