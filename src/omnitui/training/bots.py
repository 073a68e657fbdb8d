"""The virtual agents of a scenario: they answer first on its channels."""

from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.model.errors import Fault
from omnitui.training.scenario import Scenario


def answer_first(desk: Desk, scenario: Scenario) -> None:
    """Let the scenario's virtual agents answer first; the work streams keep everything else.

    A channel that shares its work stream with others gets one of its own.
    """
    if not scenario.bots:
        return
    known = {str(one["bot"]) for one in desk.call("bot.list", SYSTEM)}
    streams = {key: one for one in desk.call("workstream.list", SYSTEM) for key in one.channels}
    for channel, bot in scenario.bots.items():
        if bot not in known:
            raise Fault(
                f"The scenario {scenario.name} uses the virtual agent {bot!r}, which this store"
                f" does not have. It has {', '.join(sorted(known)) or 'none'}."
            )
        stream = streams.get(channel)
        if stream is not None and stream.bot == bot:
            continue
        if stream is not None and stream.channels == (channel,):
            desk.call("workstream.update", SYSTEM, workstream=stream.id, bot=bot)
        else:
            name = f"{desk.channels[channel].label} with {bot}"
            desk.call("workstream.create", SYSTEM, name=name, channels=[channel], bot=bot)
