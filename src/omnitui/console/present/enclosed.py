"""What goes with a message, as lines: in the composer, and in the transcript."""

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.model.envelope import Envelope, File, Scheduled, ScheduledState
from omnitui.rules.files import described, size_words

_MOST_FILES = 3
_MOST_SIGNATURE = 3
_MOST_SCHEDULED = 2


class EnclosedView(Struct, frozen=True):
    """What stands above a reply that is being written.

    `subject` is the one it would have, `quote` the text that it quotes, folded to a line.
    `address`, `quotes` and `attach` are the keys for these. `scheduled` are replies for later.
    """

    envelope: Envelope = Envelope()
    letters: bool = False
    subject: str = ""
    quote: str = ""
    signature: str = ""
    address: str = "^t"
    quotes: str = "^r"
    attach: str = "^o"
    later: str = "^l"
    scheduled: tuple[Scheduled, ...] = ()
    answered: frozenset[int] = frozenset()
    """The keys of those that will be held, because the customer has written since."""


def above(view: EnclosedView, width: int, glyphs: Glyphs, now: int, tz: tzinfo) -> list[Content]:
    """The lines above the text, each in `width` cells at most; none where there is nothing."""
    lines = []
    if view.letters:
        lines.append(_address(view, width, glyphs))
    if view.quote:
        count = len(view.quote.splitlines()) - 1
        said = f"quotes {count} line{'' if count == 1 else 's'}: "
        first = text.inline(view.quote.splitlines()[0])
        line = Content.assemble(
            ("  > ", "$info"), (said, "$text-plain"), (first, "$text-dim italic")
        )
        lines.append(_hinted(line, view.quotes, "leaves it out", width, glyphs))
    lines += _files(view, width, glyphs)
    lines += [
        _scheduled(one, view, width, glyphs, now, tz) for one in view.scheduled[:_MOST_SCHEDULED]
    ]
    if len(view.scheduled) > _MOST_SCHEDULED:
        more = f"    and {len(view.scheduled) - _MOST_SCHEDULED} more scheduled"
        lines.append(text.cut(Content.assemble((more, "$text-dim")), width, glyphs))
    return lines


def _hinted(line: Content, key: str, does: str, width: int, glyphs: Glyphs) -> Content:
    end = Content.assemble((key, "$primary"), (f" {does} ", "$text-dim"))
    if line.cell_length + end.cell_length + 2 > width:
        return text.cut(line, width, glyphs)
    return text.between(line, end, width, glyphs)


def _address(view: EnclosedView, width: int, glyphs: Glyphs) -> Content:
    parts: list[tuple[str, str]] = [("  Subject ", "$text-dim")]
    subject = text.inline(view.subject)
    parts.append((subject, "bold $text-plain") if subject else ("none", "$text-dim"))
    for label, addresses in (("Cc", view.envelope.cc), ("Bcc", view.envelope.bcc)):
        if addresses:
            parts += [(f"  {label} ", "$text-dim"), (text.inline(", ".join(addresses)), "$info")]
    return _hinted(Content.assemble(*parts), view.address, "changes", width, glyphs)


def _files(view: EnclosedView, width: int, glyphs: Glyphs) -> list[Content]:
    files = view.envelope.files
    shown = files if len(files) <= _MOST_FILES else files[: _MOST_FILES - 1]
    lines = [_file(one, glyphs) for one in shown]
    if len(shown) < len(files):
        size = size_words(sum(one.size for one in files))
        more = f"    and {len(files) - len(shown)} more, {size} together"
        lines.append(Content.assemble((more, "$text-dim")))
    if lines:
        lines[0] = _hinted(lines[0], view.attach, "more, or removes", width, glyphs)
    return [text.cut(line, width, glyphs) for line in lines]


def _file(file: File, glyphs: Glyphs) -> Content:
    name, _, rest = described(file).partition(" (")
    return Content.assemble(
        (f"  {glyphs.item} ", "$primary"),
        (text.inline(name), "$text-plain"),
        (f" ({rest}", "$text-dim"),
    )


def _scheduled(
    one: Scheduled, view: EnclosedView, width: int, glyphs: Glyphs, now: int, tz: tzinfo
) -> Content:
    held = one.state is ScheduledState.HELD
    when = times.moment(one.due_at, now, tz)
    state = f"held: {one.why}" if held else f"leaves {when}"
    if one.id in view.answered and not held:
        held, state = True, f"will be held {when}, they have written since:"
    style = "bold $warning" if held else "$info"
    line = Content.assemble(
        (f"  {glyphs.held} {text.inline(state)}  ", style), (text.inline(one.text), "$text-dim")
    )
    return _hinted(line, view.later, "changes", width, glyphs)


def below(signature: str, width: int, glyphs: Glyphs) -> list[Content]:
    """The signature below the text, dimmed."""
    lines = [text.inline(line) for line in signature.splitlines()]
    if len(lines) > _MOST_SIGNATURE:
        lines = [*lines[: _MOST_SIGNATURE - 1], f"{lines[_MOST_SIGNATURE - 1]} {glyphs.ellipsis}"]
    first = [Content.assemble(("  -- ", "$text-dim"), (lines[0], "$text-dim"))] if lines else []
    rest = [Content.assemble((f"     {line}", "$text-dim")) for line in lines[1:]]
    return [text.cut(line, width, glyphs) for line in (*first, *rest)]


def said_with(envelope: Envelope) -> list[str]:
    """What the transcript tells of a message besides its words, a line each."""
    lines = []
    if envelope.subject:
        lines.append(f"Subject: {text.inline(envelope.subject)}")
    for label, addresses in (("Cc", envelope.cc), ("Bcc", envelope.bcc)):
        if addresses:
            lines.append(f"{label}: {text.inline(', '.join(addresses))}")
    if envelope.quotes or envelope.quote:
        lines.append("Quotes an earlier message")
    return lines


def files_with(files: Sequence[File], glyphs: Glyphs) -> list[str]:
    """The files of a message, a line each."""
    return [f"{glyphs.item} {text.inline(described(one))}" for one in files]
