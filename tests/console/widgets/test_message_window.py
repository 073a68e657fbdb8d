from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.console.glyphs import UNICODE
from omnitui.console.present.transcript import Look
from omnitui.console.session.message_window import MessageWindow
from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.model.ids import ConversationId, MessageId

LOOK = Look(width=30, tz=UTC, glyphs=UNICODE)


def message(number: int) -> Message:
    return Message(
        id=MessageId(number),
        conversation_id=ConversationId(1),
        speaker=Speaker.CUSTOMER,
        kind=MessageKind.MESSAGE,
        author="Kiana",
        text="word " * (number % 13),
        at=number * 40_000,
        delivery=Delivery.RECEIVED,
    )


def run(first: int, last: int) -> list[Message]:
    return [message(number) for number in range(first, last + 1)]


def consistent(window: MessageWindow) -> None:
    ids = [one.id for one in window.messages]
    assert ids == sorted(set(ids))
    total = 0
    for place in range(len(window)):
        assert window.start(place) == total
        assert len(window.drawn(place, 0)) == window.height(place)
        for line in range(window.height(place)):
            assert window.at(total + line) == (place, line)
        total += window.height(place)
    assert window.lines == total
    assert window.at(total) is None
    assert window.at(-1) is None


STEPS = st.lists(
    st.tuples(st.sampled_from(["older", "newer", "narrow", "wide"]), st.integers(1, 9)),
    max_size=12,
)


@given(STEPS)
def test_places_and_lines_agree_whatever_is_added_and_let_go(
    steps: list[tuple[str, int]],
) -> None:
    window = MessageWindow(20)
    window.look(LOOK)
    window.show(run(500, 510), True, False)
    for what, count in steps:
        if what == "older":
            window.prepend(run(window.first_id - count, window.first_id - 1), True)
        elif what == "newer":
            window.append(run(window.last_id + 1, window.last_id + count), len(window))
        else:
            window.look(Look(width=24 if what == "narrow" else 50, tz=UTC, glyphs=UNICODE))
        assert len(window) <= 20
        consistent(window)


def test_messages_that_are_held_already_are_not_added_again() -> None:
    window = MessageWindow(20)
    window.look(LOOK)
    window.show(run(5, 8), False, False)
    window.append(run(7, 9), 0)
    window.prepend(run(3, 6), False)
    assert [one.id for one in window.messages] == list(range(3, 10))


def test_what_was_said_earlier_is_put_in_its_place() -> None:
    window = MessageWindow(20)
    window.look(LOOK)
    window.show([message(1), message(9)], True, False)
    late, early = replace(message(12), at=message(5).at), replace(message(13), at=0)
    window.append([message(11), late], 2)
    assert [one.id for one in window.messages] == [1, 12, 9, 11]
    # What stands before the oldest one held comes with the page of those before it.
    window.append([early], 2)
    assert [one.id for one in window.messages] == [1, 12, 9, 11]
    window.prepend([early, late], False)
    assert [one.id for one in window.messages] == [13, 1, 12, 9, 11]
    assert [window.start(place) for place in range(5)] == sorted(
        window.start(place) for place in range(5)
    )


def test_what_is_too_many_goes_from_the_end_away_from_what_is_read() -> None:
    window = MessageWindow(10)
    window.look(LOOK)
    window.show(run(1, 10), False, False)
    window.append(run(11, 13), 9)
    assert (window.first_id, window.last_id, window.has_older, window.has_newer) == (
        4,
        13,
        True,
        False,
    )
    window.append(run(14, 16), 0)
    assert (window.first_id, window.last_id, window.has_newer) == (4, 13, True)
    window.prepend(run(1, 3), False)
    assert (window.first_id, window.last_id, window.has_older) == (1, 10, False)


def test_no_more_than_the_newest_are_taken_at_first() -> None:
    window = MessageWindow(10)
    window.show(run(1, 30), False, False)
    assert (window.first_id, window.has_older) == (21, True)
