from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState
from omnitui.rules.capacity import Load, beyond, holds_capacity, in_use, room_for, second_call

S = ConversationState
LIVE, ASYNC = ChannelMode.LIVE, ChannelMode.ASYNCHRONOUS

CHAT = Load(1, 25, False, LIVE, S.ACTIVE, False)
MAIL = Load(2, 15, False, ASYNC, S.ACTIVE, False)
CALL = Load(3, 100, True, LIVE, S.ACTIVE, False)
SHORT_CALL = replace(CALL, cost=50)


def numbered(*loads: Load) -> list[Load]:
    return [replace(load, conversation_id=10 + n) for n, load in enumerate(loads)]


@pytest.mark.parametrize(
    ("state", "wrap_up_blocks", "holds"),
    [
        (S.OPEN, True, False),
        (S.ACTIVE, True, True),
        (S.ACTIVE, False, True),
        (S.WAITING, True, False),
        (S.WRAP_UP, True, True),
        (S.WRAP_UP, False, False),
        (S.CLOSED, True, False),
    ],
)
def test_active_takes_capacity_and_wrap_up_by_setting(
    state: S, wrap_up_blocks: bool, holds: bool
) -> None:
    assert holds_capacity(state, wrap_up_blocks) is holds


def test_units_in_use_are_those_of_what_is_held() -> None:
    loads = [CHAT, MAIL, replace(CHAT, state=S.WAITING), replace(CHAT, state=S.WRAP_UP)]
    assert in_use(loads) == 65
    assert in_use(loads, wrap_up_blocks=False) == 40
    assert in_use([]) == 0


def test_what_rings_is_reserved_whatever_its_state_says() -> None:
    assert in_use([replace(CHAT, state=S.OPEN, offered=True)]) == 25


@pytest.mark.parametrize(
    ("capacity", "held", "item", "fits", "free", "over_by", "because"),
    [
        (100, [], CHAT, True, 100, 0, "100 of 100 units are free, and it needs 25."),
        (100, [CHAT] * 3, CHAT, True, 25, 0, "25 of 100 units are free, and it needs 25."),
        (100, [CHAT] * 4, CHAT, False, 0, 25, "0 of 100 units are free, and it needs 25."),
        (100, [CHAT] * 4, MAIL, False, 0, 15, "0 of 100 units are free, and it needs 15."),
        (
            100,
            [CHAT] * 5,
            MAIL,
            False,
            -25,
            40,
            "The agent is 25 over a capacity of 100 units, and it needs 15.",
        ),
        (100, [], CALL, True, 100, 0, "100 of 100 units are free, and it needs 100."),
        (
            200,
            [CHAT],
            CALL,
            False,
            175,
            0,
            "It needs an agent without other live work (1 live).",
        ),
        (
            200,
            [CHAT, CHAT],
            CALL,
            False,
            150,
            0,
            "It needs an agent without other live work (2 live).",
        ),
        (
            200,
            [CALL],
            CHAT,
            False,
            100,
            0,
            "The agent is on a call and cannot take other live work.",
        ),
        (
            200,
            [SHORT_CALL],
            SHORT_CALL,
            False,
            150,
            0,
            "It needs an agent without other live work (1 live).",
        ),
        (100, [SHORT_CALL], MAIL, True, 50, 0, "50 of 100 units are free, and it needs 15."),
        (100, [MAIL, MAIL], SHORT_CALL, True, 70, 0, "70 of 100 units are free"),
        (0, [], CHAT, False, 0, 25, "0 of 0 units are free, and it needs 25."),
    ],
)
def test_room_is_told_with_its_reason(
    capacity: int,
    held: list[Load],
    item: Load,
    fits: bool,
    free: int,
    over_by: int,
    because: str,
) -> None:
    room = room_for(capacity, numbered(*held), item)
    assert (room.fits, room.free, room.over_by) == (fits, free, over_by)
    assert room.because.startswith(because)


def test_a_call_in_wrap_up_shuts_out_only_while_wrap_up_blocks() -> None:
    held = numbered(replace(SHORT_CALL, state=S.WRAP_UP))
    assert not room_for(100, held, CHAT).fits
    assert room_for(100, held, CHAT, wrap_up_blocks=False).fits


def test_a_conversation_is_not_in_its_own_way() -> None:
    assert room_for(100, [CALL], CALL).fits
    assert room_for(25, [replace(CHAT, offered=True)], CHAT).fits


LOADS = st.lists(
    st.builds(
        Load,
        conversation_id=st.integers(1, 10**6),
        cost=st.sampled_from([0, 10, 15, 25, 50, 100]),
        exclusive=st.booleans(),
        mode=st.sampled_from(ChannelMode),
        state=st.sampled_from(ConversationState),
        offered=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda load: load.conversation_id,
)


@given(st.integers(0, 300), LOADS, st.booleans())
def test_what_fits_never_exceeds_the_capacity(
    capacity: int, loads: list[Load], blocks: bool
) -> None:
    taken: list[Load] = []
    for load in loads:
        item = replace(load, state=S.OPEN, offered=False)
        room = room_for(capacity, taken, item, blocks)
        assert room.free == capacity - in_use(taken, blocks)
        if room.fits:
            taken.append(replace(item, state=S.ACTIVE, offered=True))
    assert in_use(taken, blocks) <= capacity
    live = [load for load in taken if load.mode is LIVE]
    exclusive = [load for load in live if load.exclusive]
    assert not exclusive or len(live) == 1


@given(st.integers(0, 300), LOADS.filter(lambda loads: 1 <= len(loads) <= 4))
def test_room_does_not_depend_on_the_order_of_what_is_held(
    capacity: int, loads: list[Load]
) -> None:
    *held, item = loads
    assert len({room_for(capacity, order, item) for order in permutations(held)}) == 1


LETTER = Load(4, 10, True, ASYNC, S.ACTIVE, False)
"""One at a time, though nobody waits at the other end."""


@pytest.mark.parametrize(
    ("held", "item", "in_the_way"),
    [
        ([], CALL, None),
        ([CHAT, MAIL], CALL, None),
        ([CALL], replace(SHORT_CALL, conversation_id=9), 3),
        ([CALL], CHAT, None),
        ([CALL], CALL, None),
        ([replace(CALL, offered=True)], replace(CALL, conversation_id=9), None),
        ([replace(CALL, state=S.WRAP_UP)], replace(CALL, conversation_id=9), None),
        ([replace(CALL, cost=0)], replace(CALL, conversation_id=9), 3),
        ([LETTER], CALL, 4),
        ([CALL], LETTER, 3),
    ],
)
def test_nobody_has_two_customers_where_one_has_them_alone(
    held: list[Load], item: Load, in_the_way: int | None
) -> None:
    assert second_call(held, item) == in_the_way


@pytest.mark.parametrize(
    ("held", "item", "why"),
    [
        ([], CALL, None),
        ([MAIL], replace(CHAT, conversation_id=9), None),
        ([CHAT], CALL, "It needs an agent without other live work (1 live)."),
        ([CALL], CHAT, "The agent is on a call and cannot take other live work."),
        ([LETTER], replace(LETTER, conversation_id=9), "without other live work"),
        ([replace(MAIL, cost=90)], CHAT, "10 of 100 units are free, and it needs 25."),
    ],
)
def test_what_goes_beyond_is_said(held: list[Load], item: Load, why: str | None) -> None:
    said = beyond(100, held, item)
    assert said is None if why is None else why in (said or "")


@given(st.lists(st.sampled_from([CHAT, MAIL, CALL, LETTER]), max_size=5), st.integers(0, 300))
def test_a_second_call_never_fits(held: list[Load], capacity: int) -> None:
    loads = numbered(*held)
    for item in (CALL, LETTER):
        if second_call(loads, item) is not None:
            assert not room_for(capacity, loads, item).fits
