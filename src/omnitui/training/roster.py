"""Who works a simulated shift: the company's people, enough of them, for the queues it needs."""

from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM
from omnitui.model.agent import Agent
from omnitui.training.scenario import Scenario


def people(desk: Desk) -> None:
    """Make sure that a store has a company; one that has agents is left as it is."""
    if desk.call("agent.list", SYSTEM):
        return
    from omnitui.desk.filling.company import fill

    fill(desk)


def roster(desk: Desk, scenario: Scenario, many: int) -> list[str]:
    """The logins of `many` agents who between them work as many of the queues as can be.

    Where the company has too few people, temporary ones who work every queue are added.
    """
    for number in range(len(desk.call("agent.list", SYSTEM)), many):
        _hire(desk, number + 1)
    wanted = {talk.queue for talk in scenario.conversation if talk.queue}
    left: list[Agent] = desk.call("agent.list", SYSTEM)
    chosen: list[Agent] = []
    open_queues = set(wanted)
    while left and len(chosen) < many:
        best = max(left, key=lambda agent: len(open_queues & set(agent.queues)))
        left.remove(best)
        chosen.append(best)
        open_queues -= set(best.queues)
        open_queues = open_queues or set(wanted)
    return [agent.login for agent in chosen]


def _hire(desk: Desk, number: int) -> None:
    login = f"temp{number}"
    desk.call("agent.create", ADMINISTRATOR, login=login, name=f"Temp {number}")
    for queue in desk.call("queue.list", SYSTEM):
        desk.call("queue.add_member", ADMINISTRATOR, queue=queue["id"], agent=login)
