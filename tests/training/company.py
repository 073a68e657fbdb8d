"""A small company for tests: channels, queues, agents and two customers, through desk commands."""

from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR

CHANNELS = (
    ("chat", "Chat", "live", 25, False),
    ("portal", "Portal chat", "live", 25, False),
    ("phone", "Phone", "live", 100, True),
    ("email", "E-mail", "asynchronous", 10, False),
    ("sms", "SMS", "asynchronous", 20, False),
)
QUEUES = ("Internet", "Billing", "Smart Home", "Mobile & TV")
AGENTS = ("ada", "bo", "chidi", "dag")


def found(desk: Desk) -> None:
    def call(name: str, /, **given: object) -> None:
        desk.call(name, ADMINISTRATOR, **given)

    for key, label, mode, cost, exclusive in CHANNELS:
        call("channel.create", key=key, label=label, mode=mode, cost=cost, exclusive=exclusive)
    for queue in QUEUES:
        call("queue.create", name=queue)
    for login in AGENTS:
        call("agent.create", login=login, name=f"{login.capitalize()} Test", capacity=100)
        for queue in QUEUES:
            call("queue.add_member", queue=queue, agent=login)
    call("customer.create", name="Kiana Anderson", email="kiana@example.com", account="20417")
    call("customer.create", name="Marcus Lee", email="marcus.lee@example.com")
