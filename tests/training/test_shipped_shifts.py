"""The company that ships answers its customers, on its own and with the people it has."""

import pytest

from omnitui.training.options import SimulateOptions
from omnitui.training.run import simulate
from omnitui.training.scenario import names

CALLS, CHATS = 0.8, 0.9
"""Of how many calls and chats at least somebody answers, whatever the seed."""


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_calls_and_chats_are_answered(name: str) -> None:
    groups = {group.name: group for group in simulate(SimulateOptions(name, seed=4)).channels}
    for channel, least in (("phone", CALLS), ("chat", CHATS)):
        group = groups[channel]
        assert group.answered >= least * group.conversations, (channel, group)
