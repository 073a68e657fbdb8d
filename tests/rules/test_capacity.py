import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState as S
from omnitui.rules.capacity import Load, holds_capacity, in_use, room_for


def chat(key: int = 1, state: S = S.ACTIVE) -> Load:
    return Load(key, 25, False, ChannelMode.LIVE, state, False)


def mail(key: int = 2, state: S = S.ACTIVE) -> Load:
    return Load(key, 15, False, ChannelMode.ASYNCHRONOUS, state, False)


def call(key: int = 3, state: S = S.ACTIVE) -> Load:
    return Load(key, 100, True, ChannelMode.LIVE, state, False)


@pytest.mark.parametrize(
    ("state", "blocks", "holds"),
    [
        (S.OPEN, True, False),
        (S.ACTIVE, True, True),
        (S.WAITING, True, False),
        (S.WRAP_UP, True, True),
        (S.WRAP_UP, False, False),
        (S.CLOSED, True, False),
    ],
)
def test_which_states_take_capacity(state: S, blocks: bool, holds: bool) -> None:
    assert holds_capacity(state, blocks) is holds


@pytest.mark.parametrize(
    ("capacity", "held", "item", "fits", "over"),
    [
        (100, [], chat(9), True, 0),
        (100, [chat(n) for n in range(3)], chat(9), True, 0),
        (100, [chat(n) for n in range(4)], chat(9), False, 25),
        (100, [chat(n, S.WRAP_UP) for n in range(4)], chat(9), False, 25),
        (100, [chat(n, S.WAITING) for n in range(4)], chat(9), True, 0),
        (100, [], call(9), True, 0),
        (200, [chat()], call(9), False, 0),
        (200, [call()], chat(9), False, 0),
        (200, [call()], mail(9), True, 0),
        (200, [mail()], call(9), True, 0),
        (100, [mail()], call(9), False, 15),
        (0, [], chat(9), False, 25),
    ],
)
def test_room_for_one_more(
    capacity: int, held: list[Load], item: Load, fits: bool, over: int
) -> None:
    room = room_for(capacity, held, item)
    assert (room.fits, room.over_by) == (fits, over)
    assert room.because


loads = st.lists(
    st.builds(
        Load,
        st.integers(1, 50),
        st.integers(0, 120),
        st.booleans(),
        st.sampled_from(ChannelMode),
        st.sampled_from(S),
        st.booleans(),
    ),
    max_size=12,
)


@given(loads, loads.filter(bool), st.integers(0, 300), st.booleans())
def test_what_fits_never_exceeds(
    held: list[Load], more: list[Load], capacity: int, blocks: bool
) -> None:
    room = room_for(capacity, held, more[0], blocks)
    if room.fits:
        assert in_use(held, blocks) + more[0].cost <= capacity
    assert room.free == capacity - in_use(held, blocks)


@given(loads)
def test_the_order_of_loads_does_not_matter(held: list[Load]) -> None:
    assert in_use(held) == in_use(list(reversed(held)))
