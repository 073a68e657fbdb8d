"""The status line: presence, capacity, queue, deadlines, who and when, in one line of any width."""

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, times
from omnitui.model.agent import Presence
from omnitui.model.names import first_name

_PRODUCT = "OmniTUI"

# What is let go first when there is no room: a part and the form it falls back to.
_STEPS = (
    ("reason", ""),
    ("due", "short"),
    ("product", ""),
    ("unsent", "short"),
    ("who", "short"),
    ("notice", ""),
    ("sla", "short"),
    ("queue", "short"),
    ("who", ""),
    ("capacity", "short"),
    ("presence", "short"),
    ("clock", ""),
    ("sla", ""),
    ("due", ""),
    ("mentions", "short"),
    ("capacity", ""),
    ("queue", ""),
    ("unsent", ""),
)


class StatusView(Struct, frozen=True):
    """What the status line tells.

    `capacity` holds a label, what is used and the total per kind of work (`("chat", 2, 4)`).
    `oldest_ms` is how long the first in the queue has waited. `notice` is a short word about this
    run (`demo ×4`). `clock` is already in the agent's time zone. `sla_late` is None where no
    deadlines are kept. `due` counts the agent's follow-ups that are due, `due_key` lists them.
    `mentions` counts the notes that mention the agent and that they have not seen.
    `undelivered` are channels that nothing delivers on, with how many replies wait on each;
    `uncertain` counts the agent's replies that may have arrived, `delivery_key` decides on them.
    """

    presence: Presence
    who: str
    clock: str
    reason: str = ""
    capacity: tuple[tuple[str, int, int], ...] = ()
    waiting: int = 0
    oldest_ms: int | None = None
    sla_late: int | None = 0
    sla_near: int = 0
    notice: str = ""
    due: int = 0
    due_key: str = ""
    mentions: int = 0
    mentions_key: str = ""
    undelivered: tuple[tuple[str, int], ...] = ()
    uncertain: int = 0
    delivery_key: str = ""


def status_line(view: StatusView, width: int, glyphs: Glyphs) -> Content:
    """The line in exactly `width` cells; the least important parts give way first."""
    forms = dict.fromkeys(
        ("reason", "product", "who", "notice", "sla", "queue", "due", "mentions", "unsent"), "long"
    )
    forms |= dict.fromkeys(("capacity", "presence", "clock"), "long")
    start, end = _sides(view, forms, glyphs)
    for part, form in _STEPS:
        if start.cell_length + end.cell_length + 2 <= width:
            break
        forms[part] = form
        start, end = _sides(view, forms, glyphs)
    return text.between(start, end, width, glyphs)


def _sides(view: StatusView, forms: dict[str, str], glyphs: Glyphs) -> tuple[Content, Content]:
    product = Content.assemble((_PRODUCT, "bold $primary")) if forms["product"] else Content("")
    left = [product, _presence(view, forms, glyphs), *_capacity(view, forms["capacity"])]
    who = text.inline(view.who)
    if forms["who"] != "long":
        who = first_name(who) if forms["who"] else ""
    right = [
        Content.assemble((view.notice if forms["notice"] else "", "$info")),
        _unsent(view, forms["unsent"]),
        _queue(view, forms["queue"]),
        _deadlines(view, forms["sla"]),
        _follow_ups(view, forms["due"]),
        _mentions(view, forms["mentions"]),
        Content.assemble((who, "$text-plain")),
        Content.assemble((view.clock if forms["clock"] else "", "bold $text-plain")),
    ]
    gap = Content("  ")
    start = gap.join([part for part in left if part])
    end = Content("   ").join([part for part in right if part])
    return Content.assemble(" ", start), Content.assemble(end, " ")


def _presence(view: StatusView, forms: dict[str, str], glyphs: Glyphs) -> Content:
    if forms["presence"] == "short":
        style = badges.presence_style(view.presence)
        return Content.assemble((glyphs.presence(view.presence), style))
    shown = badges.presence(view.presence, glyphs)
    if view.reason and forms["reason"]:
        shown = Content.assemble(shown, (f": {text.inline(view.reason)}", "$text-dim"))
    return shown


def _capacity(view: StatusView, form: str) -> list[Content]:
    kept = view.capacity if form == "long" else view.capacity[:1] if form else ()
    return [
        Content.assemble(
            (f"{label} ", "$text-dim"),
            (f"{used}/{total}", "bold $warning" if used >= total else "$text-plain"),
        )
        for label, used, total in kept
    ]


def _queue(view: StatusView, form: str) -> Content:
    if not form:
        return Content("")
    style = "bold $text-plain" if view.waiting else "$text-dim"
    shown = Content.assemble(("Queue ", "$text-dim"), (str(view.waiting), style))
    if view.oldest_ms is None or not view.waiting or form == "short":
        return shown
    return Content.assemble(
        shown, (", oldest ", "$text-dim"), (times.wait(view.oldest_ms), "$text-plain")
    )


def _deadlines(view: StatusView, form: str) -> Content:
    if not form or view.sla_late is None:
        return Content("")
    parts = []
    if view.sla_late:
        parts.append(Content.assemble((f"{view.sla_late} late", "bold $danger")))
    if view.sla_near and (form == "long" or not parts):
        parts.append(Content.assemble((f"{view.sla_near} near", "$warning")))
    if not parts:
        parts.append(Content.assemble(("on time", "$text-dim")))
    return Content.assemble(("SLA ", "$text-dim"), Content(", ").join(parts))


def _follow_ups(view: StatusView, form: str) -> Content:
    if not form or not view.due:
        return Content("")
    key = f" {view.due_key}" if form == "long" and view.due_key else ""
    return Content.assemble((f"{view.due} due", "bold $warning"), (key, "$primary"))


def _mentions(view: StatusView, form: str) -> Content:
    if not form or not view.mentions:
        return Content("")
    key = f" {view.mentions_key}" if form == "long" and view.mentions_key else ""
    words = "mention" if view.mentions == 1 else "mentions"
    return Content.assemble((f"{view.mentions} {words}", "bold $note"), (key, "$primary"))


def _unsent(view: StatusView, form: str) -> Content:
    """What has not left for want of somebody who delivers, and what may have arrived."""
    parts = []
    many = sum(count for _, count in view.undelivered)
    if form and many:
        said = f"{many} not sent"
        if form == "long":
            labels = ", ".join(text.inline(label) for label, _ in view.undelivered)
            said += f": no courier for {labels}"
        parts.append(Content.assemble((said, "bold $warning")))
    if form and view.uncertain:
        key = f" {view.delivery_key}" if form == "long" and view.delivery_key else ""
        parts.append(
            Content.assemble((f"{view.uncertain} uncertain", "bold $warning"), (key, "$primary"))
        )
    return Content("  ").join(parts)
