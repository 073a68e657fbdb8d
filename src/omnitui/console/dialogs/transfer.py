"""Transfer to somebody else, or ask them in: who is there, who can, and what it does, said before.

What would go beyond somebody's capacity is asked about before it is done.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Answer, Confirm
from omnitui.console.dialogs.bulk import Subject
from omnitui.console.dialogs.pick import Draw, Pick, Row, one_line
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, transfers
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Field
from omnitui.desk.transfers.transfer import REACHED, AgentTarget, QueueTarget, Targets
from omnitui.model.agent import Agent, Presence
from omnitui.model.participant import ConsultRequest, Participant, Role

SHOWN = 60
"""How many agents are listed at once; what is typed narrows them."""
_NOTE = Field("note", "Note for the next agent", most=500)


class HandTo(Struct, frozen=True):
    """Whom it goes to, one of both, and note for them."""

    agent: int | None
    queue: int | None
    note: str


def _hand_to(to: tuple[int | None, int | None], note: str = "") -> HandTo:
    return HandTo(to[0], to[1], note)


def named(targets: Targets, to: HandTo) -> str:
    """The name of the agent or the queue it goes to."""
    agents: dict[int | None, str] = {one.agent: one.name for one in targets.agents}
    queues: dict[int | None, str] = {one.queue: one.name for one in targets.queues}
    return agents[to.agent] if to.queue is None else queues[to.queue]


class PickSomebody(Pick[Answer]):
    """Agents and queues, narrowed by name and skill. The keys of agents begin with `agent`."""

    find_hint = "A name, a skill or a queue"
    nothing = "Nothing found. Type less or something else."
    unchosen = "Choose an agent or a queue first."
    tells = True
    width = 92
    list_height: int | str = "35vh"

    def __init__(
        self,
        title: str,
        about: str,
        glyphs: Glyphs,
        typed: dict[str, str] | None = None,
        told: str = "",
        **look: Any,
    ) -> None:
        """`told` is what customers are told of it: the list gives up room for that."""
        about = "\n".join(filter(None, (about, told)))
        super().__init__(title, about, glyphs, typed, **look)
        if told:
            self.list_height = "20vh"

    def blocks(self, width: int) -> Sequence[Block]:
        blocks = [*super().blocks(width)]
        more = [one for one in blocks if one.key.startswith("agent")][SHOWN:]
        if more:
            at = blocks.index(more[0])
            left = transfers.more_line(len(more), width, self._glyphs)
            blocks[at : at + len(more)] = [Block("", [left])]
        return blocks


def _row(key: str, draw: Draw, answer: Any, *words: str, does: str, allowed: bool = True) -> Row:
    refused = "" if allowed else "Choose another one. Nothing was changed."
    return Row(key, draw, answer, " ".join(words), does=does, refused=refused)


def _agent(one: AgentTarget, answer: Any, glyphs: Glyphs, does: str, *, allowed: bool) -> Row:
    line = one_line(transfers.agent_line, one, glyphs=glyphs, allowed=allowed)
    words = (one.name, one.login, *one.matching, *one.queues)
    return _row(f"agent{one.agent}", line, answer, *words, does=does, allowed=allowed)


def _queue(one: QueueTarget, answer: Any, glyphs: Glyphs, does: str, *, allowed: bool) -> Row:
    line = one_line(transfers.queue_line, one, glyphs=glyphs)
    return _row(f"q{one.queue}", line, answer, one.name, "queue", does=does, allowed=allowed)


def transfer_dialog(
    name: str,
    targets: Targets,
    glyphs: Glyphs,
    typed: dict[str, str],
    asks: str = "",
    told: str = "",
) -> Pick[HandTo]:
    """Answers with whom it goes to. `asks` are the skills it needs, `told` what is told of it."""
    agents = (
        _agent(one, (one.agent, None), glyphs, one.what, allowed=one.allowed)
        for one in targets.agents
    )
    queues = (
        _queue(one, (None, one.queue), glyphs, one.what, allowed=one.allowed)
        for one in targets.queues
    )
    return PickSomebody(
        f"Transfer {name} to",
        f"Required skills: {asks}." if asks else "",
        glyphs,
        typed,
        told,
        rows=[*agents, *queues],
        asks=(_NOTE,),
        into=_hand_to,
        keys=(("enter", "transfer"), ("tab", "note for them"), ("esc", "cancel")),
    )


def to_whom_dialog(
    subject: Subject,
    agents: Sequence[Agent],
    queues: Sequence[dict[str, Any]],
    glyphs: Glyphs,
    typed: dict[str, str],
    told: str = "",
) -> Pick[HandTo]:
    """Answers with an agent or a queue for one or many, and note for them."""

    def what(one: Agent) -> str:
        if one.presence in REACHED:
            return f"They are offered to {one.name}; declined and missed ones go to their queue."
        return f"{one.name} is {one.presence.label.lower()}: {one.presence_reason}."

    return PickSomebody(
        f"Transfer {subject.named} to",
        subject.about,
        glyphs,
        typed,
        told,
        rows=[
            *(
                _roomy(one, glyphs, what(one), reached=one.presence in REACHED)
                for one in sorted(agents, key=_room_first)
            ),
            *(_queue_of_many(one, glyphs) for one in queues),
        ],
        asks=(_NOTE,),
        into=_hand_to,
        keys=(("enter", "transfer them"), ("tab", "note for them"), ("esc", "cancel")),
    )


def assign_dialog(
    subject: Subject, agents: Sequence[Agent], glyphs: Glyphs, typed: dict[str, str]
) -> Pick[HandTo]:
    """Answers with an agent, who is not asked."""
    does = "Assigns them to {}, also beyond the agent's capacity."
    return PickSomebody(
        f"Assign {subject.named} to",
        subject.about,
        glyphs,
        typed,
        rows=[
            _roomy(one, glyphs, does.format(one.name), reached=True)
            for one in sorted(agents, key=_room_first)
        ],
        into=_hand_to,
        find_hint="A name or a skill",
        keys=(("enter", "assign them"), ("esc", "cancel")),
    )


def _room_first(agent: Agent) -> tuple[bool, int, str]:
    return agent.presence not in REACHED, agent.used - agent.capacity, agent.login


def _roomy(agent: Agent, glyphs: Glyphs, does: str, *, reached: bool) -> Row:
    """An agent with their skills and how much room they have."""
    free = agent.capacity - agent.used
    room = f"{free} of {agent.capacity} free" if free >= 0 else f"{-free} over"
    room = room if agent.presence in REACHED else agent.presence.label
    style = "$text-plain" if reached else "$text-dim"
    start = Content.assemble(
        "  ",
        (glyphs.presence(agent.presence), badges.presence_style(agent.presence)),
        " ",
        (text.left(text.inline(agent.name), 22, glyphs), style),
        (f"  {text.inline(', '.join(agent.skills))}", "$text-dim"),
    )
    end = Content.assemble((room, style if free > 0 else "$text-dim"), " ")
    line = one_line(text.between, start, end, glyphs=glyphs)
    words = (agent.name, agent.login, *agent.skills, *agent.queues)
    return _row(f"agent{agent.id}", line, (agent.id, None), *words, does=does, allowed=reached)


def _queue_of_many(queue: dict[str, Any], glyphs: Glyphs) -> Row:
    """A queue with how many work it and how many wait there."""
    name, members = str(queue["name"]), queue["members"]
    start = Content.assemble(
        "  ",
        (glyphs.more_right, "$info"),
        " ",
        (text.left(text.inline(name), 22, glyphs), "$text-plain"),
        ("  queue", "$text-dim"),
    )
    room = f"{members} members {glyphs.separator} {queue['open']} waiting"
    end = Content.assemble((room, "$text-dim"), " ")
    does = f"They wait in {name} and are offered to its members, one after the other."
    if not members:
        does = f"{name} has no members: nobody would get them."
    line, key = one_line(text.between, start, end, glyphs=glyphs), int(queue["id"])
    return _row(f"q{key}", line, (None, key), name, "queue", does=does, allowed=bool(members))


class Ask(StrEnum):
    """What is asked of an agent; the values are the desk's verbs."""

    CONSULT = "consult"
    ADD = "add"
    END = "end_consult"


class Asked(Struct, frozen=True):
    """Whom, and what: an agent, or to read along somebody of a queue."""

    ask: Ask
    agent: int | None = None
    queue: int | None = None


def consult_dialog(
    name: str,
    targets: Targets,
    beside: Sequence[Participant],
    asked: Sequence[ConsultRequest],
    glyphs: Glyphs,
) -> Pick[Asked]:
    """Answers with whom to ask what: to read along, to answer too, or to step aside again."""
    here = {one.agent_id for one in beside} | {one.agent_id for one in asked}
    return PickSomebody(
        f"Consult about {name}",
        "",
        glyphs,
        rows=[
            *(
                _beside(one, ask, glyphs)
                for one in beside
                for ask in ((Ask.END,) if one.role is Role.ADDED else (Ask.ADD, Ask.END))
            ),
            *(_asked(one, glyphs) for one in asked),
            *(_ask_agent(one, glyphs) for one in targets.agents if one.agent not in here),
            *(_ask_queue(one, glyphs) for one in targets.queues if one.members),
        ],
        keys=(("enter", "choose"), ("esc", "cancel")),
    )


def _beside(one: Participant, ask: Ask, glyphs: Glyphs) -> Row:
    line, does = "end the consult", f"{one.name} leaves; their notes stay."
    if ask is Ask.ADD:
        line = "let them answer too"
        does = f"{one.name} can answer the customer too."
    draw = one_line(transfers.beside_line, one, line, glyphs=glyphs)
    return _row(f"{ask}{one.agent_id}", draw, Asked(ask, one.agent_id), one.name, does=does)


def _asked(one: ConsultRequest, glyphs: Glyphs) -> Row:
    draw, answer = one_line(transfers.asked_line, one, glyphs=glyphs), Asked(Ask.END, one.agent_id)
    does = f"{one.whom} has not answered yet; the request ends."
    return _row(f"asked{one.agent_id}", draw, answer, one.agent_name, one.queue, does=does)


_UNSEEN = "The customer does not see it, and it takes no capacity."


def _ask_agent(one: AgentTarget, glyphs: Glyphs) -> Row:
    reached = one.presence is not Presence.OFFLINE
    does = f"{one.name} is offline."
    if reached:
        does = f"Asks {one.name} to read along and write notes. They can decline. {_UNSEEN}"
    return _agent(one, Asked(Ask.CONSULT, one.agent), glyphs, does, allowed=reached)


def _ask_queue(one: QueueTarget, glyphs: Glyphs) -> Row:
    rings = f"Asks the present members of {one.name} one after the other, until one accepts."
    asked = Asked(Ask.CONSULT, queue=one.queue)
    return _queue(one, asked, glyphs, f"{rings} {_UNSEEN}", allowed=True)


def beyond_dialog(why: str, glyphs: Glyphs, *, some: bool = False) -> Confirm[bool]:
    """Ask whether to go beyond the capacity: of `some` only those that fit may be taken (False)."""
    others = (("f", "only within capacity", False),) if some else ()
    does = "continue anyway"
    return Confirm("Beyond capacity", why, glyphs, does, True, others=others)
