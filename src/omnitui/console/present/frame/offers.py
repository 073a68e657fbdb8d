"""Offers on the rows that are theirs: who, where from, how long, how they feel, why you, time left.

The rows stand under the tabs whether something rings or not, so an offer hides nothing and moves
nothing. On one row what is written there gives way to what decides; on two, the second has the
words, the reason and the other offers. While nothing rings they tell why, and what was said last.
"""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, times
from omnitui.model.agent import Presence
from omnitui.model.sentiment import Sentiment

_NAME, _LONG_NAME = 16, 28
_LEAST_WORDS, _LEAST_WHY = 8, 28
_BARS = (16, 10, 6, 4, 0)
_ROOMY = 100
_APART = "  "


class OfferView(Struct, frozen=True):
    """One offer. Times are epoch ms; `channel` is the label, `glyph` its sign of one cell.

    `words` are what the customer said last, `why` says why it is offered to this agent.
    `declining` is what declining does, to go on from that word: `offers it to the next agent`;
    `passes` the same in a word or two, beside the key. `what` is what rings: an offer, or that
    somebody asks the agent to stand beside a conversation of theirs.
    """

    conversation_id: int
    name: str
    channel: str
    glyph: str
    queue: str
    waiting_since: int
    offered_at: int
    expires_at: int
    sentiment: Sentiment | None = Sentiment.NEUTRAL
    words: str = ""
    why: str = ""
    declining: str = ""
    passes: str = "to others"
    what: str = "Offer"


class QuietView(Struct, frozen=True):
    """What the rows tell while nothing rings.

    `key` is the one that chooses another presence; `said` is the sentence that was said last in
    passing, `said_at` the clock time of it.
    """

    presence: Presence
    key: str
    said: str = ""
    said_at: str = ""


_CLOSED = (Presence.DO_NOT_DISTURB, Presence.AWAY, Presence.OFFLINE, Presence.INACTIVE)


def offer_rows(
    offers: Sequence[OfferView],
    width: int,
    rows: int,
    glyphs: Glyphs,
    *,
    now: int,
    keys: tuple[str, str],
) -> tuple[list[Content], tuple[text.Span, ...]]:
    """One or two rows in exactly `width` cells, and where the two keys stand on the first.

    `keys` accept and decline the first of the offers; the others are told beside it.
    """
    first, *others = offers
    bar = next(size for size in _BARS if size <= max(0, width // 20 * 2 - 4))
    for size in (bar, 0):
        end, spans = _end(first, size, now, width, keys, glyphs)
        room = width - end.cell_length - 2
        start, told = _who(first, others, room, rows, now, glyphs)
        if told:
            break  # else what they said is worth more than the bar, whose seconds stay
    lines = [text.between(Content.assemble(" ", start), end, width, glyphs)]
    if rows > 1:
        more = _second(first, others, width - 2, now, glyphs)
        lines.append(text.fill(Content.assemble(" ", more), width, glyphs))
    shifted = tuple(
        (at + width - end.cell_length, to + width - end.cell_length, key) for at, to, key in spans
    )
    return lines, shifted


def quiet_rows(view: QuietView, width: int, rows: int, glyphs: Glyphs) -> list[Content]:
    """The rows while nothing rings."""
    if view.presence in _CLOSED:
        state = Content.assemble(
            (f" No offers while {view.presence.label}. ", "$text-dim"),
            (view.key, "$primary"),
            (" changes presence", "$text-dim"),
        )
    else:
        state = Content.assemble((" No offers", "$text-dim"))
    said = text.inline(view.said)
    room = width - state.cell_length - len(view.said_at) - 5
    if said and room >= 2 * _LEAST_WORDS:
        last = (f"{view.said_at}  {text.fit(said, room, glyphs)} ", "$text-dim")
        state = text.between(state, Content.assemble(last), width, glyphs)
    lines = [text.fill(state, width, glyphs)]
    if rows > 1:
        lines.append(Content.assemble((glyphs.rule * width, "$rule")))
    return lines


def _left(offer: OfferView, now: int) -> tuple[int, float]:
    """How much time is left, in ms and as a share of what there was."""
    total = max(1, offer.expires_at - offer.offered_at)
    left = max(0, offer.expires_at - now)
    return left, left / total


def _end(
    offer: OfferView, size: int, now: int, width: int, keys: tuple[str, str], glyphs: Glyphs
) -> tuple[Content, tuple[text.Span, ...]]:
    """The countdown, with a bar of `size` cells, and the two keys; where the keys stand on it."""
    left, share = _left(offer, now)
    style = badges.urgency_style(share)
    seconds = f"{times.seconds_left(left):>3} s"
    count = Content.assemble((seconds, f"bold {style}"))
    if size:
        count = Content.assemble(badges.bar(share, size, glyphs, style), " ", count)
    accept, decline = (f" {key} " for key in keys)
    parts = [
        count,
        Content(_APART),
        Content.assemble((accept, "bold $on-accent on $primary"), (" accepts", "$text-plain")),
        Content(_APART if width >= _ROOMY else " "),
        Content.assemble(
            (decline, "bold $text-plain on $surface-1"),
            (f" {text.inline(offer.passes)}", "$text-plain"),
        ),
        Content(" " if width >= _ROOMY else ""),
    ]
    starts = [sum(part.cell_length for part in parts[:at]) for at in (2, 4)]
    spans = (
        (starts[0], starts[0] + parts[2].cell_length, "accept"),
        (starts[1], starts[1] + parts[4].cell_length, "decline"),
    )
    return Content.assemble(*parts), spans


def _who(
    offer: OfferView,
    others: Sequence[OfferView],
    room: int,
    rows: int,
    now: int,
    glyphs: Glyphs,
) -> tuple[Content, bool]:
    """Who rings, with as much about them as there is room for, in the order of what it is worth.

    False with it when there was no room for what they said, which belongs there.
    """
    long = room > 64
    name = text.fit(text.inline(offer.name), _LONG_NAME if long else _NAME, glyphs)
    what = text.inline(offer.what)
    style = badges.urgency_style(_left(offer, now)[1])
    waited = (times.wait(now - offer.waiting_since), "$text-plain")
    more = (f"+{len(others)}" if others and rows == 1 else "", "bold $primary")
    parts = [
        _Part(0, Content.assemble((f" {what} " if long else what, f"bold $on-accent on {style}"))),
        _Part(0, Content.assemble((offer.glyph, "$info"))),
        _Part(6, Content.assemble((text.inline(offer.channel), "$text-dim"))),
        _Part(0, Content.assemble((name, "bold $text-plain"))),
        _Part(1, Content.assemble(more)),
        _Part(5, Content.assemble((text.inline(offer.queue), "$text-dim")), aside=True),
        _Part(
            1,
            Content.assemble(("waited ", "$text-dim"), waited),
            Content.assemble(waited),
            aside=True,
        ),
        _Part(
            3,
            badges.sentiment_label(offer.sentiment, glyphs),
            badges.sentiment(offer.sentiment, glyphs),
            aside=True,
        ),
    ]
    words = text.inline(offer.words) if rows == 1 else ""
    kept = _chosen(parts, room, _LEAST_WORDS + 4 if words else 0)
    line = _joined(kept, glyphs, roomy=long)
    if line.cell_length > room:
        line = _joined(kept, glyphs, roomy=False)
    spare = room - line.cell_length - 3
    told = not words or spare >= _LEAST_WORDS
    if words and told:
        said = text.fit(words, spare - 1, glyphs)
        line = Content.assemble(line, " ", (f'"{said}"', "$text-plain"))
        why, spare = text.inline(offer.why), spare - Content(said).cell_length - 4
        if why and spare > 2 * _LEAST_WORDS:
            line = Content.assemble(line, _APART, (text.fit(why, spare, glyphs), "$text-dim"))
    return line, told


class _Part(Struct, frozen=True):
    """A part of the first row: what it is worth (0 the most), at its fullest, and in brief.

    One that stands `aside` is set off by a dot where there is room.
    """

    worth: int
    full: Content
    brief: Content | None = None
    aside: bool = False


def _chosen(parts: Sequence[_Part], room: int, reserve: int) -> list[tuple[Content, bool]]:
    """The parts that fit, in their places; `reserve` cells are kept from what is worth less."""
    kept: dict[int, Content] = {}
    used = 0
    for at, part in sorted(enumerate(parts), key=lambda one: one[1].worth):
        least = part.brief or part.full
        left = room - used - (reserve if part.worth > 1 else 0)
        if least and (part.worth == 0 or least.cell_length + 3 <= left):
            kept[at], used = least, used + least.cell_length + (3 if part.aside else 1)
    for at in sorted(kept, key=lambda at: parts[at].worth):
        grown = parts[at].full.cell_length - kept[at].cell_length
        if grown > 0 and used + grown + reserve <= room:
            kept[at], used = parts[at].full, used + grown
    return [(kept[at], parts[at].aside) for at in sorted(kept)]


def _joined(kept: Sequence[tuple[Content, bool]], glyphs: Glyphs, *, roomy: bool) -> Content:
    line = Content("")
    for part, aside in kept:
        dot = f" {glyphs.separator} " if roomy and aside else " "
        line = Content.assemble(line, (dot if line else "", "$text-dim"), part)
    return line


def _second(
    offer: OfferView, others: Sequence[OfferView], width: int, now: int, glyphs: Glyphs
) -> Content:
    """What they said, the other offers, why it is you, and what declining does."""
    parts: list[Content] = []
    words = text.inline(offer.words)
    if words:
        said = text.fit(words, max(_LEAST_WORDS, min(width * 2 // 5, width - 8)), glyphs)
        parts.append(Content.assemble((f'"{said}"', "$text-plain")))
    if others:
        told = []
        for other in others:
            left, share = _left(other, now)
            told += [
                Content.assemble(
                    (other.glyph, "$info"),
                    (f" {text.fit(text.inline(other.name), _NAME, glyphs)} ", "$text-plain"),
                    (f"{times.seconds_left(left)} s", badges.urgency_style(share)),
                )
            ]
        parts.append(Content.assemble(("then  ", "bold $primary"), Content(_APART).join(told)))
    why = f"why you: {text.inline(offer.why)}" if offer.why else ""
    declining = f"declining {text.inline(offer.declining)}" if offer.declining else ""
    room = width - sum(part.cell_length + 3 for part in parts)
    beside = room - Content(declining).cell_length - 3
    if declining and beside >= min(_LEAST_WHY, Content(why).cell_length):
        # The key's own word says it in short where there is no room for both.
        parts += [Content.assemble((text.fit(why, beside, glyphs), "$text-dim"))] if why else []
        parts.append(Content.assemble((declining, "$text-dim")))
    elif why:
        parts.append(Content.assemble((text.fit(why, room, glyphs), "$text-dim")))
    return text.cut(Content("   ").join(parts), width, glyphs)
