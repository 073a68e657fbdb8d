"""The lines around a conversation: its header, the tabs of its panes, what the composer says."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, deadlines, times, viewers
from omnitui.console.present.frame.footer import Mode, mode_word
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.viewers import Viewer

_TREND = 6
_APART = 2


def channel_words(channel: Channel | None, key: str) -> str:
    """What a channel is called within a sentence."""
    return key if channel is None else text.inline(channel.word or channel.label)


def session_header(
    item: Conversation,
    channel: Channel | None,
    width: int,
    glyphs: Glyphs,
    now: int,
    not_arrived: str = "",
    *,
    active: bool = False,
) -> Content:
    """Who it is, on what, for which queue; at the right how they feel and what stands out now.

    `not_arrived` says what has become of the last answer, where that has not arrived. `active`
    marks it as the title of the pane that has the keys.
    """
    label = channel_words(channel, item.channel)
    sign = channel_glyph(channel, glyphs.ascii)
    name = (text.inline(item.name), "bold $primary" if active else "bold $text-plain")
    mark = (glyphs.cursor if active else " ", "$primary")
    starts = [Content.assemble(mark, (sign, "$info"), " ", name)]
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
    line = text.between(start, Content.assemble(end, " "), width, glyphs)
    return line.stylize_before("on $cursor-surface") if active else line


def pane_title(
    key: str, label: str, width: int, glyphs: Glyphs, *, active: bool
) -> tuple[Content, tuple[text.Span, ...]]:
    """The title of a pane in exactly `width` cells; the active one has a bar before it."""
    mark = glyphs.cursor if active else " "
    line = Content.assemble((mark, "$primary"), (label, "bold $primary" if active else "$text-dim"))
    line = text.fill(line, width, glyphs)
    return (line.stylize_before("on $cursor-surface") if active else line), ((0, width, key),)


def another_customer(whose: str, name: str, known: bool, width: int, glyphs: Glyphs) -> Content:
    """The banner over a record that is not that of who is written with.

    `known` is whether it is known who writes, `name` is theirs; `whose` is that of the record.
    """
    said = f" {glyphs.alert} Another customer: {text.inline(whose)}. "
    writes = text.inline(name)
    more = f"You are writing to {writes}." if known else f"{writes} is not identified."
    line = Content.assemble((said, "bold $on-accent on $warning"), " ", (more, "$warning"), " ")
    return text.fill(line, width, glyphs)


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
    tabs: Sequence[tuple[str, str, int]],
    chosen: str,
    width: int,
    glyphs: Glyphs,
    *,
    active: bool = True,
) -> tuple[Content, tuple[text.Span, ...]]:
    """Tabs as `(key, label, count)` in exactly `width` cells, and where each one stands.

    A count of 0 is not shown; where there is little room they stand closer. The chosen tab is
    marked by a bar as well as by colour: a heavy one where it is `active`, a thin one where the
    keys are elsewhere.
    """
    parts: list[str | tuple[str, str]] = []
    spans, reached = [], 0
    named = [(key, f"{label} {count}" if count else label) for key, label, count in tabs]
    taken = sum(Content(shown).cell_length + 3 for _, shown in named) - 2
    gap = 2 if taken <= width else 1
    for key, shown in named:
        on = key == chosen
        mark = (glyphs.cursor if active else glyphs.bar_customer) if on else " "
        style = ("bold $primary" if active else "bold $text-plain") if on else "$text-dim"
        parts += [" " * gap] if parts else []
        parts += [(mark, "$primary" if active else "$text-dim"), (shown, style)]
        end = reached + Content(shown).cell_length + 1
        spans.append((reached, end, key))
        reached = end + gap
    return text.fill(Content.assemble(*parts), width, glyphs), tuple(spans)


class ComposerView(Struct, frozen=True):
    """What the line above the composer tells.

    `to` is who reads it, `channel` where. `warning` is what happened while the agent typed;
    `reason` why no reply can be written. `sends` is the key that sends, `prompts` how many fields
    are still to be filled, `held` whether a reply can be taken back, `viewers` who else looks,
    `asked` who is asked in and has not answered yet. `typing` is whether keys go into the field,
    `drafted` whether something stands in it, `used` how much that is of what the channel takes,
    `near` and `over` whether that is much, or too much.
    `undo` and `other` are the keys that undo sending, and that write a note instead of a reply.
    """

    note: bool
    to: str
    channel: str
    sends: str
    warning: str = ""
    reason: str = ""
    prompts: int = 0
    held: bool = False
    typing: bool = True
    drafted: bool = False
    used: str = ""
    near: bool = False
    over: bool = False
    viewers: tuple[Viewer, ...] = ()
    asked: tuple[str, ...] = ()
    undo: str = "^z"
    other: str = "^n"


def composer_label(view: ComposerView, width: int, glyphs: Glyphs) -> Content:
    """Who will read it and where, in exactly `width` cells; at the right what the keys do."""
    mode = Content.assemble(mode_word(_mode(view)), " ")
    start = Content.assemble(mode, _reader(view))
    if view.warning and start.cell_length + Content(view.warning).cell_length + 5 > width:
        start = mode  # who reads it can be seen above; what has happened is told here alone
    if view.used:
        # Before what keys do: that is on the keys' own line as well.
        # Before a word that says so: nobody has to know what the colour means.
        said = f"{glyphs.alert} {view.used}, too long" if view.over else view.used
        near = "bold $warning" if view.near else "$text-dim"
        style = "bold $danger" if view.over else near
        start = Content.assemble(start, " " * _APART, (said, style))
    end = _composer_end(view, width, start, glyphs)
    room = width - start.cell_length - end.cell_length - 2 * _APART
    others = viewers.sentence(view.viewers, room)
    if others:
        start = Content.assemble(start, " " * _APART, (others, "$info"))
        room -= Content(others).cell_length + _APART
    pending = viewers.asked(view.asked, room)
    if pending:
        start = Content.assemble(start, " " * _APART, (pending, "$text-dim"))
    return text.between(start, end, width, glyphs)


def _mode(view: ComposerView) -> Mode:
    if not view.typing:
        return Mode.KEYS
    return Mode.NOTE if view.note else Mode.REPLY


def _reader(view: ComposerView) -> Content:
    """Who reads it and where; without the keys it is told quietly, and what it is as well."""
    what = "" if view.typing else "draft " if view.drafted else "note " if view.note else "reply "
    if view.note:
        style = "bold $note" if view.typing else "$note"
        kind = "" if view.typing else "draft of a note, " if view.drafted else "note, "
        return Content.assemble((kind, "$text-dim"), ("agents only", style))
    if view.reason:
        return Content.assemble(("no reply", "bold $text-dim"))
    style = "bold $agent" if view.typing else "$text-plain"
    return Content.assemble(
        (f"{what}to ", "$text-dim"),
        (text.inline(view.to), style),
        (", on ", "$text-dim"),
        (view.channel, style),
    )


def _composer_end(view: ComposerView, width: int, start: Content, glyphs: Glyphs) -> Content:
    if view.warning:
        said = text.fit(f"{glyphs.alert} {view.warning}", width - start.cell_length - 3, glyphs)
        return Content.assemble((said, "bold $warning"), " ")
    if not view.typing:
        return Content("")
    verb = "adds" if view.note else "sends"
    other = "reply" if view.note else "note"
    hints = [(view.undo, "undo send")] if view.held else []
    if view.prompts:
        fields = "1 field" if view.prompts == 1 else f"{view.prompts} fields"
        hints.append(("tab", f"next of {fields}"))
    if not view.reason or view.note:
        hints.append((view.sends, verb))
    hints.append((view.other, other))
    while hints and _hint_room(hints) + start.cell_length + 2 > width:
        del hints[-1]
    parts: list[str | tuple[str, str]] = []
    for key, does in hints:
        parts += [(key, "$primary"), (f" {does}", "$text-dim"), "  "]
    return Content.assemble(*parts[:-1], " ")


def _hint_room(hints: Sequence[tuple[str, str]]) -> int:
    return sum(len(key) + len(does) + 3 for key, does in hints)
