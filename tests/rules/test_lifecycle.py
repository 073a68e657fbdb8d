from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing import each
from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState
from omnitui.rules.lifecycle import (
    ONLY_ACCEPTED,
    ONLY_RINGING,
    Forbidden,
    Happening,
    after,
    consequence,
)

S, H = ConversationState, Happening
LIVE, ASYNC = ChannelMode.LIVE, ChannelMode.ASYNCHRONOUS
EVERYTHING = list(product(S, H, ChannelMode))


@pytest.mark.parametrize(
    ("state", "happening", "mode", "expected"),
    [
        (S.OPEN, H.OFFERED, LIVE, S.ACTIVE),
        (S.OPEN, H.PICKED, ASYNC, S.ACTIVE),
        (S.OPEN, H.ASSIGNED, LIVE, S.ACTIVE),
        (S.ACTIVE, H.ACCEPTED, LIVE, S.ACTIVE),
        (S.ACTIVE, H.DECLINED, LIVE, S.OPEN),
        (S.ACTIVE, H.EXPIRED, LIVE, S.OPEN),
        (S.OPEN, H.CUSTOMER_LEFT, LIVE, S.CLOSED),
        (S.ACTIVE, H.LEFT_BEFORE_ACCEPTANCE, LIVE, S.CLOSED),
        (S.ACTIVE, H.AGENT_ENDED, LIVE, S.WRAP_UP),
        (S.ACTIVE, H.AGENT_ENDED, ASYNC, S.WRAP_UP),
        (S.ACTIVE, H.CUSTOMER_LEFT, LIVE, S.WRAP_UP),
        (S.ACTIVE, H.CUSTOMER_GONE, LIVE, S.WRAP_UP),
        (S.ACTIVE, H.RELEASED, LIVE, S.OPEN),
        (S.ACTIVE, H.TRANSFERRED_TO_QUEUE, LIVE, S.OPEN),
        (S.ACTIVE, H.TRANSFERRED_TO_AGENT, LIVE, S.ACTIVE),
        (S.ACTIVE, H.LEFT_WITHOUT_END, LIVE, S.OPEN),
        (S.ACTIVE, H.LEFT_WITHOUT_END, ASYNC, S.WAITING),
        (S.ACTIVE, H.CUSTOMER_WROTE, LIVE, S.ACTIVE),
        (S.WAITING, H.REOPENED_BY_AGENT, ASYNC, S.ACTIVE),
        (S.WAITING, H.CUSTOMER_WROTE, ASYNC, S.OPEN),
        (S.WAITING, H.TRANSFERRED_TO_AGENT, ASYNC, S.ACTIVE),
        (S.WAITING, H.IDLE_EXPIRED, ASYNC, S.CLOSED),
        (S.OPEN, H.TRANSFERRED_TO_AGENT, LIVE, S.ACTIVE),
        (S.ACTIVE, H.SNOOZED, ASYNC, S.WAITING),
        (S.WAITING, H.SNOOZED, ASYNC, S.WAITING),
        (S.WAITING, H.WOKEN, ASYNC, S.OPEN),
        (S.OPEN, H.IDLE_EXPIRED, LIVE, S.CLOSED),
        (S.WRAP_UP, H.WRAP_UP_CLOSED, LIVE, S.CLOSED),
        (S.WRAP_UP, H.WRAP_UP_EXPIRED, ASYNC, S.CLOSED),
        (S.OPEN, H.FORCE_CLOSED, LIVE, S.CLOSED),
        (S.ACTIVE, H.FORCE_CLOSED, LIVE, S.CLOSED),
        (S.WAITING, H.FORCE_CLOSED, ASYNC, S.CLOSED),
        (S.WRAP_UP, H.FORCE_CLOSED, LIVE, S.CLOSED),
    ],
)
def test_a_conversation_moves_as_the_reference_s_does(
    state: S, happening: H, mode: ChannelMode, expected: S
) -> None:
    assert after(state, happening, mode) is expected


@pytest.mark.parametrize(
    ("state", "happening", "sentence", "hint"),
    [
        (
            S.CLOSED,
            H.CUSTOMER_WROTE,
            "A conversation that is closed cannot take in another message.",
            "When the customer writes again, a new conversation starts.",
        ),
        (
            S.OPEN,
            H.AGENT_ENDED,
            "A conversation that is open cannot be ended.",
            "Accept or pick it first.",
        ),
        (
            S.WRAP_UP,
            H.AGENT_ENDED,
            "A conversation that is in wrap-up cannot be ended.",
            "Close it, or wait until wrap-up is over.",
        ),
        (
            S.WAITING,
            H.AGENT_ENDED,
            "A conversation that is waiting cannot be ended.",
            "Resume it from My work first.",
        ),
    ],
)
def test_what_the_life_cycle_forbids_is_said_with_what_to_do_instead(
    state: S, happening: H, sentence: str, hint: str
) -> None:
    assert after(state, happening, LIVE) == Forbidden(sentence, hint)


@each(("happening", "mode"), list(product(H, ChannelMode)))
def test_closed_is_the_end(happening: H, mode: ChannelMode) -> None:
    assert isinstance(after(S.CLOSED, happening, mode), Forbidden)


@pytest.mark.parametrize("happening", sorted(ONLY_ACCEPTED))
def test_a_ringing_conversation_has_to_be_accepted_first(happening: H) -> None:
    result = after(S.ACTIVE, happening, LIVE, ringing=True)
    assert isinstance(result, Forbidden)
    assert "still offered" in result.sentence
    assert not isinstance(after(S.ACTIVE, happening, ASYNC, ringing=False), Forbidden)


@pytest.mark.parametrize("happening", sorted(ONLY_RINGING))
def test_an_accepted_conversation_has_no_offer_left(happening: H) -> None:
    result = after(S.ACTIVE, happening, LIVE, ringing=False)
    assert isinstance(result, Forbidden)
    assert "already accepted" in result.sentence
    assert not isinstance(after(S.ACTIVE, happening, LIVE, ringing=True), Forbidden)


@each(("state", "happening", "mode"), EVERYTHING)
def test_every_combination_has_a_consequence_in_whole_sentences(
    state: S, happening: H, mode: ChannelMode
) -> None:
    for ringing in (None, True, False):
        sentence = consequence(state, happening, mode, ringing, name="Kiana {x}")
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "{name}" not in sentence
        assert "wrap_up" not in sentence


@pytest.mark.parametrize(
    ("state", "happening", "mode", "sentence"),
    [
        (S.ACTIVE, H.AGENT_ENDED, LIVE, "Ends it for Kiana too, and opens wrap-up."),
        (
            S.ACTIVE,
            H.LEFT_WITHOUT_END,
            ASYNC,
            "Sets it to waiting; it returns when Kiana writes.",
        ),
        (
            S.ACTIVE,
            H.LEFT_WITHOUT_END,
            LIVE,
            "Does not end it: Kiana returns to Open and is offered to another agent.",
        ),
        (S.WRAP_UP, H.WRAP_UP_CLOSED, LIVE, "Closes it and frees its capacity."),
        (
            S.CLOSED,
            H.AGENT_ENDED,
            LIVE,
            "A conversation that is closed cannot be ended."
            " When the customer writes again, a new conversation starts.",
        ),
    ],
)
def test_a_consequence_is_said_before_the_key_is_pressed(
    state: S, happening: H, mode: ChannelMode, sentence: str
) -> None:
    assert consequence(state, happening, mode, name="Kiana") == sentence


def test_the_state_that_a_consequence_speaks_of_is_the_one_that_follows() -> None:
    for state, happening, mode in EVERYTHING:
        result = after(state, happening, mode)
        sentence = consequence(state, happening, mode)
        if result is S.CLOSED:
            assert "loses it" in sentence
        elif result is S.WRAP_UP:
            assert "opens wrap-up" in sentence
        elif not isinstance(result, Forbidden):
            assert "loses it" not in sentence
            assert "wrap-up" not in sentence


@given(
    st.lists(st.tuples(st.sampled_from(H), st.booleans()), max_size=40),
    st.sampled_from(ChannelMode),
)
def test_only_asynchronous_conversations_wait_and_nothing_leaves_closed(
    happenings: list[tuple[H, bool]], mode: ChannelMode
) -> None:
    state = S.OPEN
    for happening, ringing in happenings:
        result = after(state, happening, mode, ringing)
        if isinstance(result, Forbidden):
            continue
        assert state is not S.CLOSED
        state = result
        assert not (mode is LIVE and state is S.WAITING)


def test_every_state_can_be_reached_and_every_one_can_reach_the_end() -> None:
    for mode in ChannelMode:
        moves = {
            (state, result)
            for state, happening in product(S, H)
            if not isinstance(result := after(state, happening, mode), Forbidden)
        }
        reached = {S.OPEN}
        ending = {S.CLOSED}
        for _ in S:
            reached |= {to for origin, to in moves if origin in reached}
            ending |= {origin for origin, to in moves if to in ending}
        assert reached == (set(S) if mode is ASYNC else set(S) - {S.WAITING})
        assert ending == set(S)
