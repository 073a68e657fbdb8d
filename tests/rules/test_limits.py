"""How much a channel takes at once, and for how long agents may write there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.channel import AddressKind, Channel, ChannelMode, Starts
from omnitui.rules.limits import near, not_begun, not_in_window, over, parts_of, too_long, used
from shipped import SHIPPED

HOUR = 3_600_000
PLAIN = Channel("fax", "Fax", ChannelMode.ASYNCHRONOUS, 1, False, "F", "f", 1)


@pytest.mark.parametrize(
    ("text", "places", "count"),
    [
        ("", 0, 1),
        ("x" * 160, 160, 1),
        ("x" * 161, 161, 2),
        ("x" * 306, 306, 2),
        ("x" * 307, 307, 3),
        # What is escaped takes two places, and is not torn apart.
        ("€" * 80, 160, 1),
        ("x" * 152 + "€" + "x" * 152, 306, 3),
        # One letter that the plain alphabet has not, and all of it takes more.
        ("я" * 70, 70, 1),
        ("я" * 71, 71, 2),
        ("x" * 134 + "я", 135, 3),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
        ("x" * 66 + "😀" + "x" * 66, 134, 3),
    ],
)
def test_what_a_text_takes_as_a_text_message(text: str, places: int, count: int) -> None:
    parts = parts_of(text)
    assert (parts.used, parts.count) == (places, count)


@given(st.text(alphabet="aé€я😀\n", max_size=700))
def test_parts_are_as_many_as_are_needed(text: str) -> None:
    parts = parts_of(text)
    assert parts.used <= parts.count * parts.size
    assert parts.count == 1 or parts.used > (parts.count - 1) * (parts.size - 1)
    assert parts.count <= parts_of(text + "a").count


@pytest.mark.parametrize(
    ("longest", "segments", "text", "said"),
    [
        (0, 0, "x" * 100_000, ""),
        (10, 0, "x" * 10, ""),
        (10, 0, "x" * 11, "Fax allows 10 characters; this reply has 11, 1 too many."),
        (
            1_000,
            0,
            "x" * 2_345,
            "Fax allows 1,000 characters; this reply has 2,345, 1,345 too many.",
        ),
        (0, 1, "x" * 160, ""),
        (
            0,
            1,
            "x" * 165,
            "Fax allows 1 segment; this reply needs 2 (5 characters too long).",
        ),
        (0, 2, "x" * 306, ""),
        (
            0,
            2,
            "x" * 310,
            "Fax allows 2 segments; this reply needs 3 (4 characters too long).",
        ),
        (
            0,
            2,
            "я" * 140,
            "Fax allows 2 segments; this reply needs 3 (6 characters too long).",
        ),
        (5, 2, "x" * 6, "Fax allows 5 characters; this reply has 6, 1 too many."),
    ],
)
def test_too_much_is_refused_with_the_limit_and_by_how_much(
    longest: int, segments: int, text: str, said: str
) -> None:
    refusal = too_long(replace(PLAIN, longest=longest, segments=segments), text)
    assert (refusal.message if refusal else "") == said
    assert refusal is None or refusal.hint


@pytest.mark.parametrize(
    ("longest", "segments", "text", "shown"),
    [
        (0, 0, "x" * 5_000, ""),
        (100, 0, "x" * 80, ""),
        (100, 0, "x" * 81, "81 of 100 characters"),
        (100, 0, "x" * 1_234, "1,234 of 100 characters"),
        (0, 3, "", ""),
        (0, 3, "x", "1/160 · 1 SMS"),
        (0, 3, "x" * 132, "132/160 · 1 SMS"),
        (0, 3, "x" * 160, "160/160 · 1 SMS"),
        (0, 3, "x" * 161, "161/306 · 2 SMS"),
        (0, 3, "{" * 80, "160/160 · 1 SMS"),
        (0, 3, "Ok 😀", "5/70 · 1 SMS"),
        (0, 3, "😀" * 35, "70/70 · 1 SMS"),
        (0, 3, "😀" * 36, "72/134 · 2 SMS"),
        (0, 1, "я" * 71, "71/134 · 2 SMS"),
    ],
)
def test_how_much_is_used_is_shown_as_it_counts(
    longest: int, segments: int, text: str, shown: str
) -> None:
    assert used(replace(PLAIN, longest=longest, segments=segments), text) == shown


@pytest.mark.parametrize(
    ("longest", "segments", "text", "much", "too_much"),
    [
        (0, 0, "x" * 5_000, False, False),
        (100, 0, "x" * 80, False, False),
        (100, 0, "x" * 81, True, False),
        (100, 0, "x" * 101, True, True),
        (0, 2, "x" * 160, False, False),
        (0, 2, "x" * 161, True, False),
        (0, 2, "x" * 307, True, True),
        (0, 1, "😀" * 36, True, True),
    ],
)
def test_what_is_much_and_what_is_too_much(
    longest: int, segments: int, text: str, much: bool, too_much: bool
) -> None:
    channel = replace(PLAIN, longest=longest, segments=segments)
    assert (near(channel, text), over(channel, text)) == (much, too_much)


@pytest.mark.parametrize(
    ("starts", "heard", "begun", "written"),
    [
        (Starts.AGENT, None, "", ""),
        (Starts.CUSTOMER, None, "channel.customers_begin", ""),
        (Starts.CUSTOMER, 0, "channel.customers_begin", ""),
        (Starts.WINDOW, None, "channel.window", "channel.window"),
        (Starts.WINDOW, 0, "", ""),
        (Starts.WINDOW, -2 * HOUR, "", ""),
        (Starts.WINDOW, -2 * HOUR - 1, "channel.window", "channel.window"),
    ],
)
def test_who_may_begin(starts: Starts, heard: int | None, begun: str, written: str) -> None:
    channel = replace(PLAIN, starts=starts, window_hours=2)
    found = [check(channel, heard, 0) for check in (not_begun, not_in_window)]
    assert [refusal.code if refusal else "" for refusal in found] == [begun, written]


def test_nobody_is_written_to_first_where_addresses_say_nothing() -> None:
    refusal = not_begun(replace(PLAIN, address_kind=AddressKind.NONE), 0, 0)
    assert refusal is not None
    assert refusal.code == "channel.customers_begin"


def test_what_ships_takes_an_ordinary_answer() -> None:
    assert [key for key, one in SHIPPED.items() if too_long(one, "Hello! " * 200)] == []
