"""The lines around a conversation: its header, the tabs of its panes, what the composer says."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, company, deadlines, text, times
from omnitui.console.present.frame.footer import Span
from omnitui.model.channel import Channel
from omnitui.model.company import Companion
from omnitui.model.conversation import Conversation, ConversationState

_TREND = 6
_APART = 2


_COMMON = frozenset(
    ("live chat", "chat", "email", "e-mail", "mail", "phone", "web", "web portal", "forum")
)


def channel_words(channel: Channel | None, key: str) -> str:
    """A channel's name within a sentence: common nouns small, names as they are written."""
    label = key if channel is None else text.inline(channel.label)
    return label.lower() if label.lower() in _COMMON else label


def session_header(
    item: Conversation,
    channel: Channel | None,
    width: int,
    glyphs: Glyphs,
    now: int,
    not_arrived: str = "",
) -> Content:
    """Who it is, on what, for which queue; at the right how they feel and what stands out now.

    `not_arrived` says what has become of the last answer, where that has not arrived.
    """
    label = channel_words(channel, item.channel)
    sign = channel_glyph(channel, glyphs.ascii)
    name = (text.inline(item.name), "bold $text-plain")
    starts = [Content.assemble(" ", (sign, "$info"), " ", name)]
    for part in (label, text.inline(item.queue)):
        if part:
            dot = (f" {glyphs.separator} ", "$text-dim")
            starts.append(Content.assemble(starts[-1], dot, (part, "$text-dim")))
    full, brief, least = _ends(item, glyphs, now, not_arrived)
    tries = [(starts[-1], full), *((start, brief) for start in reversed(starts))]
    start, end = next(
        (pair for pair in tries if pair[0].cell_length + pair[1].cell_length + 3 <= width),
        (starts[0], least),
    )
    return text.between(start, Content.assemble(end, " "), width, glyphs)


def _ends(
    item: Conversation, glyphs: Glyphs, now: int, not_arrived: str
) -> tuple[Content, Content, Content]:
    """What stands at the right, the fullest first."""
    mood = badges.sentiment_label(item.feeling, glyphs)
    spark = badges.trend(item.trend, _TREND, glyphs)
    stands = _stands(item, now, not_arrived)
    due = deadlines.deadline(item, glyphs, now)
    late = deadlines.pressing(item.sla_warn_at, item.sla_fail_at, glyphs, now)
    gap = Content("  ")

    def joined(*parts: Content) -> Content:
        return gap.join([part for part in parts if part])

    short = badges.sentiment(item.feeling, glyphs)
    return (
        joined(mood, spark, due, stands),
        joined(short, spark, due, stands),
        joined(short, late, stands),
    )


def _stands(item: Conversation, now: int, not_arrived: str) -> Content:
    if item.state is ConversationState.WRAP_UP:
        return Content.assemble(("wrap-up", "bold $warning"))
    if item.state is not ConversationState.ACTIVE:
        return Content.assemble((item.state.label, "bold $text-dim"))
    if item.customer_gone_at is not None:
        gone = times.wait(now - item.customer_gone_at)
        return Content.assemble((f"gone {gone}", "bold $warning"))
    if item.waiting_since is None:
        if not_arrived:
            return Content.assemble((not_arrived, "bold $warning"))
        return Content.assemble(("answered", "$text-dim"))
    waited = now - item.waiting_since
    style = "bold $danger" if waited > 180_000 else "bold $warning"
    return Content.assemble(("waiting ", "$text-dim"), (times.wait(waited), style))


def pane_tabs(
    tabs: Sequence[tuple[str, str, int]], chosen: str, width: int, glyphs: Glyphs
) -> tuple[Content, tuple[Span, ...]]:
    """Tabs as `(key, label, count)` in exactly `width` cells, and where each one stands.

    A count of 0 is not shown. The chosen tab is marked by a bar as well as by colour.
    """
    parts: list[str | tuple[str, str]] = []
    spans, reached = [], 0
    for key, label, count in tabs:
        on = key == chosen
        shown = f"{label} {count}" if count else label
        mark = glyphs.cursor if on else " "
        parts += [(mark, "$primary"), (shown, "bold $text-plain" if on else "$text-dim"), "  "]
        end = reached + Content(shown).cell_length + 1
        spans.append((reached, end, key))
        reached = end + 2
    return text.fill(Content.assemble(*parts), width, glyphs), tuple(spans)


@dataclass(frozen=True, slots=True)
class ComposerView:
    """What the line above the composer tells.

    `to` is who reads it, `channel` where. `warning` is what happened while the agent typed;
    `reason` why no reply can be written. `sends` is the key that sends, `prompts` how many fields
    are still to be filled, `held` whether a reply can be taken back, `company` who else looks,
    `asked` who is asked in and has not answered yet.
    """

    note: bool
    to: str
    channel: str
    sends: str
    warning: str = ""
    reason: str = ""
    prompts: int = 0
    held: bool = False
    company: tuple[Companion, ...] = ()
    asked: tuple[str, ...] = ()


def composer_label(view: ComposerView, width: int, glyphs: Glyphs) -> Content:
    """Who will read it and where, in exactly `width` cells; at the right what the keys do."""
    if view.note:
        start = Content.assemble(
            (glyphs.bar_note, "$note"), (" note", "bold $note"), (", agents only", "$note")
        )
    elif view.reason:
        start = Content.assemble((glyphs.bar_system, "$text-dim"), (" no reply", "bold $text-dim"))
    else:
        start = Content.assemble(
            (glyphs.bar_agent, "$agent"),
            (" to ", "$text-dim"),
            (text.inline(view.to), "bold $agent"),
            (", on ", "$text-dim"),
            (view.channel, "bold $agent"),
        )
    end = _composer_end(view, width, start, glyphs)
    room = width - start.cell_length - end.cell_length - 2 * _APART
    others = company.sentence(view.company, room)
    if others:
        start = Content.assemble(start, " " * _APART, (others, "$info"))
        room -= Content(others).cell_length + _APART
    pending = company.asked(view.asked, room)
    if pending:
        start = Content.assemble(start, " " * _APART, (pending, "$text-dim"))
    return text.between(start, end, width, glyphs)


def _composer_end(view: ComposerView, width: int, start: Content, glyphs: Glyphs) -> Content:
    if view.warning:
        said = text.fit(f"{glyphs.alert} {view.warning}", width - start.cell_length - 3, glyphs)
        return Content.assemble((said, "bold $warning"), " ")
    verb = "adds" if view.note else "sends"
    other = "reply" if view.note else "note"
    hints = [("^z", "takes back")] if view.held else []
    if view.prompts:
        fields = "1 field" if view.prompts == 1 else f"{view.prompts} fields"
        hints.append(("tab", f"next of {fields}"))
    if not view.reason or view.note:
        hints.append((view.sends, verb))
    hints.append(("^n", other))
    while hints and _hint_room(hints) + start.cell_length + 2 > width:
        del hints[-1]
    parts: list[str | tuple[str, str]] = []
    for key, does in hints:
        parts += [(key, "$primary"), (f" {does}", "$text-dim"), "  "]
    return Content.assemble(*parts[:-1], " ")


def _hint_room(hints: Sequence[tuple[str, str]]) -> int:
    return sum(len(key) + len(does) + 3 for key, does in hints)
