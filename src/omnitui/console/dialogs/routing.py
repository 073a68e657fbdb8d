"""What work comes to whom: choosing a presence, and why a conversation is with whom it is."""

from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.pick import Pick, Row, option, wrapped
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.desk.routing.asking import Explanation, Told
from omnitui.model.agent import Agent, Presence

_MEANS = {
    Presence.AVAILABLE: "offers, until you next accept or close",
    Presence.BUSY: "offers, until you next accept or close",
    Presence.DO_NOT_DISTURB: "no offers until you change it",
    Presence.AWAY: "no offers until you change it",
    Presence.OFFLINE: "no offers until you change it",
}
_LABEL = 18
_RULES = {
    "highest_capacity": "most free capacity first",
    "round_robin": "longest since the last assignment first",
    "least_active": "longest since work ended first",
    "most_proficient": "highest levels of skill first",
    "nearest": "closest skills first",
    "skill_count": "most of the skills first",
}


def presence_dialog(glyphs: Glyphs, agent: Agent) -> Pick[str]:
    """Answers with the key of a presence; each says what it means for the work that comes."""
    why = text.inline(agent.presence_reason)
    now = f"{agent.presence.label} now: {why}." if why else f"{agent.presence.label} now."
    choices = [presence for presence in Presence if presence.selectable]
    return Pick(
        "Presence",
        now,
        glyphs,
        rows=[
            option(
                presence.value,
                text.fill(badges.presence(presence, glyphs), _LABEL, glyphs)
                + Content.styled(_MEANS[presence], "$text-dim"),
                glyphs,
                sign=str(number),
            )
            for number, presence in enumerate(choices, 1)
        ],
        start=agent.presence.value,
        keys=(("enter", "choose"), ("1-5", "choose at once"), ("esc", "cancel")),
        width=84,
    )


def why_dialog(name: str, told: Explanation, glyphs: Glyphs) -> Pick[None]:
    """Tells everybody who was considered for a conversation, and what counted."""

    def line(words: str) -> Row:
        return Row("", lambda width: [Content.assemble("  ", (words, "$text-dim"))])

    rule = _RULES.get(told.assign, told.assign)
    skills = "closest skills" if told.match == "closest" else "all skills needed"
    gap = Row("", lambda width: [Content("")])
    rows = [Row("", wrapped(told.sentence)), gap]
    if told.considered:
        rows.append(line("Can take it, best first"))
    for number, one in enumerate(told.considered, 1):
        rows.append(_told(one, f"{number}", "$positive", glyphs))
    if told.considered and told.excluded:
        rows.append(gap)
    if told.excluded:
        rows.append(line("Cannot"))
    rows += [_told(one, glyphs.separator, "$text-dim", glyphs) for one in told.excluded]
    about = f"{told.queue or 'No queue'}: {rule}, {skills}."
    keys = (("up down", "read"), ("esc", "close"))
    return Pick(f"Who gets {name}", about, glyphs, rows=rows, keys=keys)


def _told(one: Told, sign: str, style: str, glyphs: Glyphs) -> Row:
    words = wrapped(one.because.removeprefix(one.agent).lstrip(": "))
    name = text.fit(text.inline(one.agent), 12, glyphs)
    head = Content.assemble("  ", (f"{sign:>2} ", style), (f"{name:12} ", "bold $text-plain"))

    def draw(width: int) -> list[Content]:
        first, *rest = words(width - 18)
        indent = " " * head.cell_length
        return [Content.assemble(head, first), *(Content.assemble(indent, one) for one in rest)]

    return Row("", draw)
