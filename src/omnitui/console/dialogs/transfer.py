"""Transfer to somebody else, or ask them in: who is there, who can, and what it does, said before.

What would go beyond somebody's capacity is asked about before it is done.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Answer, Confirm, Keys
from omnitui.console.dialogs.bulk import Subject
from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, transfers
from omnitui.console.widgets.fields import Field
from omnitui.desk.transfers.transfer import REACHED, AgentTarget, QueueTarget, Targets
from omnitui.model.agent import Agent, Presence
from omnitui.model.participant import ConsultRequest, Participant, Role

SHOWN = 60
"""How many agents are listed at once; what is typed narrows them."""
_NOTE = Field("note", "What should they know?", most=500)


class HandTo(Struct, frozen=True):
    """Whom it goes to, one of both, and a word for them."""

    agent: int | None
    queue: int | None
    note: str


def named(targets: Targets, to: HandTo) -> str:
    """The name of the agent or the queue it goes to."""
    agents: dict[int | None, str] = {one.agent: one.name for one in targets.agents}
    queues: dict[int | None, str] = {one.queue: one.name for one in targets.queues}
    return agents[to.agent] if to.queue is None else queues[to.queue]


class PickSomebody(Pick[Answer]):
    """Agents and queues, narrowed by name and skill; not all of them can be chosen."""

    find_hint = "A name, a skill or a queue"
    unchosen = "Choose somebody first."
    tells = True
    width = 92
    list_height = "35vh"

    def tell(self) -> None:
        """Say what choosing who is under the cursor does."""
        if self.found.cursor_key:
            super().tell()
        else:
            self.say("what", "Nobody like that. Type less, or something else.")

    def allowed(self, key: str) -> bool:
        """Whether a row can be chosen."""
        raise NotImplementedError

    def problem(self, values: Values) -> str:
        """That who is under the cursor cannot be chosen."""
        allowed = self.allowed(values["chosen"])
        return "" if allowed else "Choose somebody else: nothing was changed."

    def few(self, agents: Sequence[Row]) -> list[Row]:
        """The first of the agents that fit what is typed, and how many more there are."""
        fitting = [one for one in agents if transfers.fits(self.wanted, one.words)]
        left = len(fitting) - SHOWN
        more = Row("", lambda width: [transfers.more_line(left, width, self._glyphs)])
        return [*fitting[:SHOWN], *([more] if left > 0 else [])]

    def agent_row(self, key: str, one: AgentTarget, *, allowed: bool) -> Row:
        """An agent with what speaks for them and how much room they have."""
        words = " ".join((one.name, one.login, *one.matching, *one.queues))
        line = partial(transfers.agent_line, one, glyphs=self._glyphs, allowed=allowed)
        return Row(key, lambda width: [line(width)], words)

    def queue_row(self, key: str, one: QueueTarget) -> Row:
        """A queue with how many there have room."""
        line = partial(transfers.queue_line, one, glyphs=self._glyphs)
        return Row(key, lambda width: [line(width)], f"{one.name} queue")


class TransferDialog(PickSomebody[HandTo]):
    """Answers with whom it goes to. `told` is what the customer is told of it."""

    keys = (("enter", "transfer"), ("tab", "a word for them"), ("esc", "cancel"))

    def __init__(
        self,
        name: str,
        targets: Targets,
        glyphs: Glyphs,
        typed: dict[str, str],
        asks: str = "",
        told: str = "",
    ) -> None:
        about = "\n".join(filter(None, (f"It asks for {asks}." if asks else "", told)))
        super().__init__(f"Transfer {name} to", about, glyphs, typed, fields=(_NOTE,))
        self.list_height = "20vh" if told else self.list_height
        self._targets: dict[str, AgentTarget | QueueTarget] = {
            **{f"a{one.agent}": one for one in targets.agents},
            **{f"q{one.queue}": one for one in targets.queues},
        }

    def rows(self) -> Sequence[Row]:
        """Agents, the best first, then queues."""
        them = self._targets.items()
        agents = [
            self.agent_row(key, one, allowed=one.allowed)
            for key, one in them
            if isinstance(one, AgentTarget)
        ]
        queues = [self.queue_row(key, one) for key, one in them if isinstance(one, QueueTarget)]
        return [*self.few(agents), *queues]

    def what(self, key: str) -> str:
        """What the desk says of it."""
        return self._targets[key].what

    def allowed(self, key: str) -> bool:
        """Whether the desk allows it."""
        return self._targets[key].allowed

    def answer(self, values: Values) -> HandTo:
        """The agent or the queue, and the word."""
        one = self._targets[values["chosen"]]
        if isinstance(one, AgentTarget):
            return HandTo(one.agent, None, values["note"])
        return HandTo(None, one.queue, values["note"])


class ToWhomDialog(PickSomebody[HandTo]):
    """Answers with an agent or a queue for one or many, and a word for them.

    `told` is what their customers are told of it.
    """

    keys: Keys = (("enter", "transfer them"), ("tab", "a word for them"), ("esc", "cancel"))
    verb = "Transfer"
    asks = True

    def __init__(
        self,
        subject: Subject,
        agents: Sequence[Agent],
        queues: Sequence[dict[str, Any]],
        glyphs: Glyphs,
        typed: dict[str, str],
        told: str = "",
    ) -> None:
        about = "\n".join(filter(None, (subject.about, told)))
        fields = (_NOTE,) if self.asks else ()
        super().__init__(f"{self.verb} {subject.named} to", about, glyphs, typed, fields=fields)
        self.list_height = "20vh" if told else self.list_height
        self._agents = {f"a{one.id}": one for one in sorted(agents, key=_room_first)}
        self._queues = {f"q{one['id']}": one for one in queues}

    def _reached(self, agent: Agent) -> bool:
        return not self.asks or agent.presence in REACHED

    def rows(self) -> Sequence[Row]:
        """Agents with the most room first, then queues."""
        agents = [
            Row(
                key,
                partial(self._draw_agent, one),
                " ".join((one.name, one.login, *one.skills, *one.queues)),
            )
            for key, one in self._agents.items()
        ]
        queues = [
            Row(key, partial(self._draw_queue, one), f"{one['name']} queue")
            for key, one in self._queues.items()
        ]
        return [*self.few(agents), *queues]

    def _draw_agent(self, agent: Agent, width: int) -> list[Content]:
        reached = self._reached(agent)
        name = text.left(text.inline(agent.name), 22, self._glyphs)
        start = Content.assemble(
            "  ",
            (self._glyphs.presence(agent.presence), badges.presence_style(agent.presence)),
            " ",
            (name, "$text-plain" if reached else "$text-dim"),
            (f"  {text.inline(', '.join(agent.skills))}", "$text-dim"),
        )
        free = agent.capacity - agent.used
        room = f"{free} of {agent.capacity} free" if free >= 0 else f"{-free} over"
        end = room if agent.presence in REACHED else agent.presence.label
        style = "$text-plain" if reached and free > 0 else "$text-dim"
        return [text.between(start, Content.assemble((end, style), " "), width, self._glyphs)]

    def _draw_queue(self, queue: dict[str, Any], width: int) -> list[Content]:
        start = Content.assemble(
            "  ",
            (self._glyphs.more_right, "$info"),
            " ",
            (text.left(text.inline(str(queue["name"])), 22, self._glyphs), "$text-plain"),
            ("  queue", "$text-dim"),
        )
        end = f"{queue['members']} work it {self._glyphs.separator} {queue['open']} wait"
        return [text.between(start, Content.assemble((end, "$text-dim"), " "), width, self._glyphs)]

    def what(self, key: str) -> str:
        """What choosing a row does, or why it cannot be chosen."""
        agent = self._agents.get(key)
        if agent is None:
            name = self._queues[key]["name"]
            if not self._queues[key]["members"]:
                return f"Nobody works {name}: they would wait there for ever."
            return f"They wait in {name}; an agent of it is looked for, for one after the other."
        if not self._reached(agent):
            return f"{agent.name} is {agent.presence.label.lower()}: {agent.presence_reason}."
        if not self.asks:
            return f"Gives them to {agent.name} without asking, even beyond their capacity."
        return f"They ring at {agent.name}; what is let pass goes to its queue."

    def allowed(self, key: str) -> bool:
        """Whether somebody is there for it."""
        agent = self._agents.get(key)
        return bool(self._queues[key]["members"]) if agent is None else self._reached(agent)

    def answer(self, values: Values) -> HandTo:
        """The agent or the queue, and the word."""
        agent, note = self._agents.get(values["chosen"]), values.get("note", "")
        if agent is not None:
            return HandTo(agent.id, None, note)
        return HandTo(None, int(self._queues[values["chosen"]]["id"]), note)


class AssignDialog(ToWhomDialog):
    """Answers with an agent, who is not asked."""

    keys = (("enter", "assign them"), ("esc", "cancel"))
    find_hint = "A name or a skill"
    verb = "Assign"
    asks = False


def _room_first(agent: Agent) -> tuple[bool, int, str]:
    return agent.presence not in REACHED, agent.used - agent.capacity, agent.login


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


_DOES = {Ask.ADD: "let them answer too", Ask.END: "let them go"}


class ConsultDialog(PickSomebody[Asked]):
    """Answers with whom to ask what: to read along, to answer too, or to step aside again."""

    keys = (("enter", "do it"), ("esc", "cancel"))

    def __init__(
        self,
        name: str,
        targets: Targets,
        beside: Sequence[Participant],
        asked: Sequence[ConsultRequest],
        glyphs: Glyphs,
    ) -> None:
        super().__init__(f"Who should read along with {name}?", "", glyphs)
        here = {one.agent_id for one in beside} | {one.agent_id for one in asked}
        self._beside = {
            f"{ask}{one.agent_id}": (one, ask)
            for one in beside
            for ask in ((Ask.END,) if one.role is Role.ADDED else (Ask.ADD, Ask.END))
        }
        self._asked = {f"asked{one.agent_id}": one for one in asked}
        self._agents = {f"a{one.agent}": one for one in targets.agents if one.agent not in here}
        self._queues = {f"q{one.queue}": one for one in targets.queues if one.members}

    def rows(self) -> Sequence[Row]:
        """Who is beside it or asked already, then everybody else."""
        agents = [
            self.agent_row(key, one, allowed=self.allowed(key)) for key, one in self._agents.items()
        ]
        return [
            *(
                Row(key, partial(self._draw_beside, one, _DOES[ask]), one.name)
                for key, (one, ask) in self._beside.items()
            ),
            *(
                Row(key, partial(self._draw_asked, one), f"{one.agent_name} {one.queue}")
                for key, one in self._asked.items()
            ),
            *self.few(agents),
            *(self.queue_row(key, one) for key, one in self._queues.items()),
        ]

    def _draw_beside(self, one: Participant, does: str, width: int) -> list[Content]:
        return [transfers.beside_line(one, does, width, self._glyphs)]

    def _draw_asked(self, one: ConsultRequest, width: int) -> list[Content]:
        return [transfers.asked_line(one, width, self._glyphs)]

    def what(self, key: str) -> str:
        """What it does, or why it cannot be."""
        if key in self._beside:
            here, ask = self._beside[key]
            if ask is Ask.ADD:
                return f"{here.name} may answer the customer too, beside you."
            return f"{here.name} leaves; what they have written stays."
        if key in self._asked:
            return f"{self._asked[key].whom} has not answered yet; they are asked no longer."
        unseen = "The customer does not see it, and it takes none of their capacity."
        if key in self._queues:
            queue = self._queues[key].name
            until = "until one reads along"
            return f"It rings at one of {queue} after the other who is there, {until}. {unseen}"
        name = self._agents[key].name
        if not self.allowed(key):
            return f"{name} is offline and would not hear of it."
        return f"It rings at {name}, who may decline, to read along and write notes. {unseen}"

    def allowed(self, key: str) -> bool:
        """Whether somebody is there to be asked."""
        agent = self._agents.get(key)
        return agent is None or agent.presence is not Presence.OFFLINE

    def answer(self, values: Values) -> Asked:
        """Whom to ask what."""
        key = values["chosen"]
        if key in self._beside:
            one, ask = self._beside[key]
            return Asked(ask, one.agent_id)
        if key in self._asked:
            return Asked(Ask.END, self._asked[key].agent_id)
        if key in self._queues:
            return Asked(Ask.CONSULT, queue=self._queues[key].queue)
        return Asked(Ask.CONSULT, self._agents[key].agent)


def beyond_dialog(why: str, glyphs: Glyphs, *, some: bool = False) -> Confirm[bool]:
    """Ask whether to go beyond the capacity: of `some` only those that fit may be taken (False)."""
    others = (("f", "only those that fit", False),) if some else ()
    does = "do it all the same"
    return Confirm("Beyond the capacity", why, glyphs, does, True, others=others)
