"""What work comes to whom: choosing a presence, and why a conversation is with whom it is."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.pick import Pick, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.widgets.blocks import Block
from omnitui.desk.routing.asking import Explanation, Told
from omnitui.model.agent import Agent, Presence

_MEANS = {
    Presence.AVAILABLE: "offers with room, until the next accept or close",
    Presence.BUSY: "offers with room, until the next accept or close",
    Presence.DO_NOT_DISTURB: "no offers until you change it",
    Presence.AWAY: "no offers until you change it",
    Presence.OFFLINE: "no offers until you change it",
}
_LABEL = 18
_RULES = {
    "highest_capacity": "most free capacity first",
    "round_robin": "longest without new work first",
    "least_active": "longest since work ended first",
    "most_proficient": "highest levels of skill first",
    "nearest": "nearest skills first",
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


class WhyDialog(Pick[None]):
    """Tells everybody who was considered for a conversation, and what counted."""

    keys = (("up down", "read"), ("esc", "close"))

    def __init__(self, name: str, told: Explanation, glyphs: Glyphs) -> None:
        rule = _RULES.get(told.assign, told.assign)
        skills = "skills as near as can be" if told.match == "closest" else "all skills needed"
        queue = told.queue or "No queue"
        super().__init__(f"Who gets {name}", f"{queue}: {rule}, {skills}.", glyphs)
        self._told = told

    def blocks(self, width: int) -> Sequence[Block]:
        return [Block(f"{at}", lines) for at, lines in enumerate(self._lines(width))]

    def _lines(self, width: int) -> Iterator[list[Content]]:
        told = self._told
        yield _wrapped(told.sentence, width)
        yield [Content("")]
        if told.considered:
            yield [Content.assemble("  ", ("Can take it, best first", "$text-dim"))]
        for number, one in enumerate(told.considered, 1):
            yield self._agent(one, f"{number}", "$positive", width)
        if told.considered and told.excluded:
            yield [Content("")]
        if told.excluded:
            yield [Content.assemble("  ", ("Cannot", "$text-dim"))]
        for one in told.excluded:
            yield self._agent(one, self._glyphs.separator, "$text-dim", width)

    def _agent(self, one: Told, sign: str, style: str, width: int) -> list[Content]:
        words = one.because.removeprefix(one.agent).lstrip(": ")
        name = text.fit(text.inline(one.agent), 12, self._glyphs)
        head = Content.assemble("  ", (f"{sign:>2} ", style), (f"{name:12} ", "bold $text-plain"))
        return [
            Content.assemble(head if not number else " " * head.cell_length, line)
            for number, line in enumerate(_wrapped(words, width - 18))
        ]


def _wrapped(words: str, width: int) -> list[Content]:
    plain = text.inline(words)
    return [
        Content.assemble("  ", (plain[start:end], "$text-plain"))
        for start, end in text.wrap(plain, max(8, width - 4))
    ]
