import itertools

import pytest

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState as S
from omnitui.rules.lifecycle import ALWAYS, BY_MODE, Forbidden, Happening, after, consequence

LIVE, ASYNCHRONOUS = ChannelMode.LIVE, ChannelMode.ASYNCHRONOUS


@pytest.mark.parametrize(
    ("state", "happening", "mode", "result"),
    [
        (S.OPEN, Happening.OFFERED, LIVE, S.ACTIVE),
        (S.OPEN, Happening.PICKED, LIVE, S.ACTIVE),
        (S.ACTIVE, Happening.ACCEPTED, LIVE, S.ACTIVE),
        (S.ACTIVE, Happening.DECLINED, LIVE, S.OPEN),
        (S.ACTIVE, Happening.EXPIRED, LIVE, S.OPEN),
        (S.OPEN, Happening.CUSTOMER_LEFT, LIVE, S.CLOSED),
        (S.ACTIVE, Happening.LEFT_BEFORE_ACCEPTANCE, LIVE, S.CLOSED),
        (S.ACTIVE, Happening.AGENT_ENDED, LIVE, S.WRAP_UP),
        (S.ACTIVE, Happening.CUSTOMER_LEFT, LIVE, S.WRAP_UP),
        (S.ACTIVE, Happening.CUSTOMER_GONE, LIVE, S.WRAP_UP),
        (S.ACTIVE, Happening.RELEASED, LIVE, S.OPEN),
        (S.ACTIVE, Happening.LEFT_WITHOUT_END, LIVE, S.OPEN),
        (S.ACTIVE, Happening.LEFT_WITHOUT_END, ASYNCHRONOUS, S.WAITING),
        (S.WAITING, Happening.REOPENED_BY_AGENT, ASYNCHRONOUS, S.ACTIVE),
        (S.WAITING, Happening.CUSTOMER_WROTE, ASYNCHRONOUS, S.OPEN),
        (S.WAITING, Happening.IDLE_EXPIRED, ASYNCHRONOUS, S.CLOSED),
        (S.WRAP_UP, Happening.WRAP_UP_CLOSED, LIVE, S.CLOSED),
        (S.WRAP_UP, Happening.WRAP_UP_EXPIRED, LIVE, S.CLOSED),
    ],
)
def test_the_reference_transitions(
    state: S, happening: Happening, mode: ChannelMode, result: S
) -> None:
    assert after(state, happening, mode) is result


@pytest.mark.parametrize("mode", list(ChannelMode))
@pytest.mark.parametrize("happening", list(Happening))
def test_closed_is_the_end(happening: Happening, mode: ChannelMode) -> None:
    assert isinstance(after(S.CLOSED, happening, mode), Forbidden)


def test_only_asynchronous_conversations_wait() -> None:
    reached = {
        after(state, happening, LIVE)
        for state, happening in itertools.product(S, Happening)
        if state is not S.WAITING
    }
    assert S.WAITING not in reached


@pytest.mark.parametrize("mode", list(ChannelMode))
def test_every_state_can_be_left_until_closed(mode: ChannelMode) -> None:
    for state in S:
        if state is S.CLOSED or (state is S.WAITING and mode is LIVE):
            continue
        seen, edge = {state}, {state}
        while edge:
            edge = {
                found
                for s, h in itertools.product(edge, Happening)
                if not isinstance(found := after(s, h, mode), Forbidden)
            } - seen
            seen |= edge
        assert S.CLOSED in seen


def test_no_happening_stands_in_both_tables() -> None:
    assert not {(s, h) for s, h, _ in BY_MODE} & set(ALWAYS)


@pytest.mark.parametrize(
    ("state", "happening", "mode"), list(itertools.product(S, Happening, ChannelMode))
)
def test_every_consequence_is_a_sentence(state: S, happening: Happening, mode: ChannelMode) -> None:
    said = consequence(state, happening, mode)
    assert said[0].isupper()
    assert said.endswith(".")
