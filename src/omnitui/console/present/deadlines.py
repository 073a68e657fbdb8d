"""The next SLA target, as signs and words: ahead, near, late, or paused."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.model.conversation import Conversation
from omnitui.model.sla import Standing
from omnitui.rules.sla import duration_words

ON_HOLD = "paused"
"""The status of a target that is paused."""

STYLES = {"late": "bold $danger", "near": "bold $warning", "ahead": "$text-dim"}
"""How pressing a deadline is, with its colour."""


def lateness(warn_at: int | None, fail_at: int, now: int) -> str:
    """How pressing a deadline is: `late`, `near` from the warning on, else `ahead`."""
    if fail_at <= now:
        return "late"
    return "near" if warn_at is not None and warn_at <= now else "ahead"


def _sign(how: str, glyphs: Glyphs) -> str:
    return {"late": f"{glyphs.late} ", "near": f"{glyphs.near} "}.get(how, "")


def deadline(item: Conversation, glyphs: Glyphs, now: int) -> Content:
    """A conversation's next deadline in words: `◔ due 4:10`, `! late 0:12`, `SLA paused`."""
    if item.sla_fail_at is None:
        held = item.sla_status == ON_HOLD
        return Content.assemble(("SLA paused", "$text-dim")) if held else Content("")
    return _words(item.sla_warn_at, item.sla_fail_at, glyphs, now)


def _words(warn_at: int | None, fail_at: int, glyphs: Glyphs, now: int) -> Content:
    how = lateness(warn_at, fail_at, now)
    said = f"late {times.wait(now - fail_at)}" if how == "late" else _due(fail_at - now)
    return Content.assemble((f"{_sign(how, glyphs)}{said}", STYLES[how]))


def _due(left: int) -> str:
    return f"due {times.countdown(left)}"


def pressing(warn_at: int | None, fail_at: int | None, glyphs: Glyphs, now: int) -> Content:
    """A deadline that is near or late as a sign with its time: `◔4:10`, `!-0:12`; else nothing."""
    if fail_at is None or (how := lateness(warn_at, fail_at, now)) == "ahead":
        return Content("")
    left = times.countdown(fail_at - now)
    return Content.assemble((f"{_sign(how, glyphs).strip()}{left}", STYLES[how]))


def target_lines(
    targets: Sequence[Standing], width: int, glyphs: Glyphs, now: int
) -> list[Content]:
    """The name and the status of each target, on one line or, where narrow, on two."""
    lines = []
    for target in targets:
        start = Content.assemble((text.inline(target.name), "$text-plain"))
        end = _stands(target, glyphs, now)
        if start.cell_length + end.cell_length + 2 <= width:
            lines.append(text.between(start, end, width, glyphs))
            continue
        lines.append(text.fill(start, width, glyphs))
        indent = " " * (width - end.cell_length)
        lines.append(text.fill(Content.assemble(indent, end), width, glyphs))
    return lines


def _stands(target: Standing, glyphs: Glyphs, now: int) -> Content:
    over = target.remaining_ms <= 0
    if target.kept_at is not None:
        if target.status == "breached":
            return Content.assemble((f"{glyphs.failed} met late", "$danger"))
        return Content.assemble((f"{glyphs.sent} met", "$positive"))
    if target.cancelled_at is not None:
        said = "not met" if target.status == "breached" else "not applicable"
        return Content.assemble((said, "$text-dim"))
    if target.paused_at is not None and not over:
        left = duration_words(target.remaining_ms)
        return Content.assemble((f"paused, {left} left", "$text-dim"))
    return _words(target.warn_at, target.fail_at, glyphs, now)
