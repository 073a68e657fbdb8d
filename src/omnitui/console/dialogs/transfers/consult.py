"""Ask another agent in: to read along, to answer too, or to step aside again."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from omnitui.console.dialogs.transfers.transfer import SHOWN, PickDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import transfers
from omnitui.console.widgets.blocks import Block
from omnitui.desk.transfers.transfer import AgentTarget, Targets
from omnitui.model.agent import Presence
from omnitui.model.participant import ConsultRequest, Participant, Role


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


class ConsultDialog(PickDialog[Asked]):
    """Answers with whom to ask what."""

    keys = (("enter", "do it"), ("esc", "cancel"))
    find_hint = "A name, a skill or a queue"

    def __init__(
        self,
        name: str,
        targets: Targets,
        beside: Sequence[Participant],
        asked: Sequence[ConsultRequest],
        glyphs: Glyphs,
    ) -> None:
        super().__init__(f"Who should read along with {name}?", "", glyphs)
        here = {one.agent_id for one in beside}
        self._beside = {f"{ask}{one.agent_id}": (one, ask) for one in beside for ask in _asks(one)}
        self._asked = {f"asked{one.agent_id}": one for one in asked}
        here |= {one.agent_id for one in asked}
        self._agents = {
            f"{Ask.CONSULT}{one.agent}": one for one in targets.agents if one.agent not in here
        }
        self._queues = {f"queue{one.queue}": one for one in targets.queues if one.members}

    def blocks(self, width: int) -> Sequence[Block]:
        """Who is beside it, then everybody else."""
        glyphs = self._glyphs
        standing = [
            Block(key, [transfers.beside_line(one, _DOES[ask], width, glyphs)], True)
            for key, (one, ask) in self._beside.items()
            if transfers.fits(self.wanted, one.name)
        ]
        standing += [
            Block(key, [transfers.asked_line(one, width, glyphs)], True)
            for key, one in self._asked.items()
            if transfers.fits(self.wanted, one.agent_name, one.queue)
        ]
        queues = [
            Block(key, [transfers.queue_line(one, width, glyphs)], True)
            for key, one in self._queues.items()
            if transfers.fits(self.wanted, one.name, "queue")
        ]
        others = [
            Block(key, [transfers.agent_line(one, width, glyphs, allowed=_there(one))], True)
            for key, one in self._agents.items()
            if transfers.fits(self.wanted, one.name, one.login, *one.matching, *one.queues)
        ]
        left = len(others) - SHOWN
        more = [Block("", [transfers.more_line(left, width, glyphs)])] if left > 0 else []
        return [*standing, *others[:SHOWN], *more, *queues]

    def what(self, key: str) -> str:
        """What it does, or why it cannot be."""
        if key in self._beside:
            here, ask = self._beside[key]
            if ask is Ask.ADD:
                return f"{here.name} may answer the customer too, beside you."
            return f"{here.name} leaves; what they have written stays."
        if key in self._asked:
            return f"{self._asked[key].whom} has not answered yet; they are asked no longer."
        if key in self._queues:
            queue = self._queues[key].name
            return (
                f"It rings at one of {queue} after the other who is there, until one reads along. "
                "The customer does not see it, and it takes none of their capacity."
            )
        one = self._agents[key]
        if not _there(one):
            return f"{one.name} is offline and would not hear of it."
        return (
            f"It rings at {one.name}, who may decline, to read along and write notes. The "
            "customer does not see it, and it takes none of their capacity."
        )

    def action_accept(self) -> None:
        """Ask the one under the cursor."""
        key = self.found.cursor_key
        if not key:
            self.wrong("Choose somebody first.")
        elif key in self._beside:
            one, ask = self._beside[key]
            self.dismiss(Asked(ask, one.agent_id))
        elif key in self._asked:
            self.dismiss(Asked(Ask.END, self._asked[key].agent_id))
        elif key in self._queues:
            self.dismiss(Asked(Ask.CONSULT, queue=self._queues[key].queue))
        elif not _there(self._agents[key]):
            self.wrong("Choose somebody else: nothing was changed.")
        else:
            self.dismiss(Asked(Ask.CONSULT, self._agents[key].agent))


_DOES = {Ask.ADD: "let them answer too", Ask.END: "let them go"}


def _asks(one: Participant) -> tuple[Ask, ...]:
    return (Ask.END,) if one.role is Role.ADDED else (Ask.ADD, Ask.END)


def _there(agent: AgentTarget) -> bool:
    return agent.presence is not Presence.OFFLINE
