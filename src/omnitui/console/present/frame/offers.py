"""An offer as a small card: who, where from, how long, how they feel, why you, time left."""

from dataclasses import dataclass

from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, text, times
from omnitui.model.sentiment import Sentiment

_WHY_LINES = 2
_DECLINING_LINES = 2


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer. Times are epoch ms; `channel` is the label, `glyph` its sign of one cell.

    `why` says why it is offered to this agent; `declining` what declining does, and goes on from
    that word: `offers it to the next agent`. `title` says what it is: an offer, or that somebody
    asks the agent to stand beside a conversation of theirs.
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
    why: str = ""
    declining: str = ""
    title: str = "Offer"


def offer_lines(
    offer: OfferView,
    others: int,
    width: int,
    glyphs: Glyphs,
    *,
    now: int,
    keys: tuple[str, str],
    brief: bool = False,
) -> list[Content]:
    """The lines of the card in exactly `width` cells; `keys` accept and decline.

    `others` is how many more offers stand behind it. A `brief` one is for low screens: its last
    line holds the two keys, else the last but one does.
    """
    total = max(1, offer.expires_at - offer.offered_at)
    left = max(0, offer.expires_at - now)
    style = badges.urgency_style(left / total)
    inner = width - 3
    more = Content.assemble((f"+{others} more", "bold $primary")) if others else Content("")
    head = Content.assemble(
        (f"{offer.title}  ", f"bold {style}"),
        (offer.glyph, "$info"),
        f" {text.inline(offer.channel)}",
    )
    waited = times.wait(now - offer.waiting_since)
    name = Content.assemble((text.inline(offer.name), "bold $text-plain"))
    top = [text.between(head, more, inner, glyphs), name]
    if brief:
        top = [text.between(Content.assemble(head, "  ", name), more, inner, glyphs)]
    body = [
        *top,
        Content.assemble(
            (f"{text.inline(offer.queue)} {glyphs.separator} waited ", "$text-dim"),
            (waited, "$text-plain"),
            (f" {glyphs.separator} ", "$text-dim"),
            badges.sentiment_label(offer.sentiment, glyphs),
        ),
        *_paragraph("why you: ", offer.why, inner, 1 if brief else _WHY_LINES, glyphs),
        _countdown(left, left / total, inner, style, glyphs),
        *_paragraph("declining ", offer.declining, inner, _DECLINING_LINES, glyphs),
        offer_keys(keys),
    ]
    edge = Content.assemble((glyphs.cursor, style), " ")
    padded = body if brief else [Content(""), *body, Content("")]
    return [text.fill(edge + line, width - 1, glyphs).pad_right(1) for line in padded]


def offer_keys(keys: tuple[str, str]) -> Content:
    """The line with the two keys, as `offer_choice_at` reads it."""
    accept, decline = keys
    return Content.assemble(
        (f" {accept} ", "bold $on-accent on $primary"),
        (" Accept", "bold $text-plain"),
        "   ",
        (f" {decline} ", "bold $text-plain on $surface-1"),
        (" Decline", "$text-plain"),
    )


def offer_choice_at(x: int, keys: tuple[str, str]) -> str:
    """Which of `accept`, `decline` cell `x` of the line with the keys belongs to; else empty."""
    accept_end = 2 + len(keys[0]) + 2 + len(" Accept")
    decline_start = accept_end + 3
    decline_end = decline_start + len(keys[1]) + 2 + len(" Decline")
    if 2 <= x < accept_end:
        return "accept"
    return "decline" if decline_start <= x < decline_end else ""


def _countdown(left: int, share: float, width: int, style: str, glyphs: Glyphs) -> Content:
    seconds = f"{times.seconds_left(left):>3} s"
    bar = badges.bar(share, max(1, width - len(seconds) - 1), glyphs, style)
    return Content.assemble(bar, " ", (seconds, f"bold {style}"))


def _paragraph(label: str, said: str, width: int, most: int, glyphs: Glyphs) -> list[Content]:
    shown = text.inline(said)
    if not shown:
        return []
    plain = label + shown
    spans = text.wrap(plain, width)
    lines = [plain[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = text.fit(f"{lines[-1]} {plain[spans[most][0] :]}", width, glyphs)
    return [Content.assemble((line, "$text-dim")) for line in lines]
