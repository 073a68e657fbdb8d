import pytest
from rich.cells import cell_len

from omnitui.console.glyphs import ASCII, UNICODE, Glyphs, channel_glyph, glyphs_for
from omnitui.model.agent import Presence
from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.conversation import Delivery, MessageKind, Speaker
from omnitui.model.sentiment import Sentiment

BOTH = pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])


@BOTH
def test_every_sign_is_one_character_and_one_cell(glyphs: Glyphs) -> None:
    wrong = [(name, sign) for name, sign in glyphs.all() if cell_len(sign) != 1 or len(sign) != 1]
    assert not wrong


def test_the_ascii_twin_is_ascii() -> None:
    assert all(sign.isascii() and sign.isprintable() for _, sign in ASCII.all())


def test_both_sets_have_the_same_names() -> None:
    assert [name for name, _ in UNICODE.all()] == [name for name, _ in ASCII.all()]


@BOTH
def test_states_of_one_family_have_shapes_of_their_own(glyphs: Glyphs) -> None:
    families = [
        [*(glyphs.sentiment(level) for level in Sentiment), glyphs.sentiment(None)],
        [glyphs.presence(presence) for presence in Presence],
        [glyphs.delivery(delivery) for delivery in Delivery],
        [*(glyphs.bar(speaker) for speaker in Speaker), glyphs.bar_note],
        list(glyphs.spark),
        [glyphs.cursor, glyphs.marked, glyphs.needs_you, glyphs.late, glyphs.near],
        [glyphs.bar_full, glyphs.bar_half, glyphs.bar_track],
    ]
    for family in families:
        assert len(set(family)) == len(family), family


def test_a_note_has_its_own_bar_whoever_wrote_it() -> None:
    assert UNICODE.bar(Speaker.AGENT, MessageKind.NOTE) == UNICODE.bar_note
    assert UNICODE.bar(Speaker.AGENT) == UNICODE.bar_agent


def test_sentiment_runs_from_very_negative_to_very_positive() -> None:
    assert UNICODE.sentiment(Sentiment.VERY_NEGATIVE) == "▼"
    assert UNICODE.sentiment(Sentiment.NEUTRAL) == "─"
    assert UNICODE.sentiment(Sentiment.VERY_POSITIVE) == "▲"


def channel(glyph: str, ascii_twin: str) -> Channel:
    return Channel("chat", "Chat", ChannelMode.LIVE, 25, False, glyph, ascii_twin, 1)


def test_a_channel_has_the_sign_its_data_gives() -> None:
    assert channel_glyph(channel("◆", "c"), False) == "◆"
    assert channel_glyph(channel("◆", "c"), True) == "c"


@pytest.mark.parametrize("sign", ["", "💬", "ab", "\n", "\x1b", "́"])
def test_a_channel_sign_that_is_not_one_cell_becomes_the_neutral_one(sign: str) -> None:
    assert channel_glyph(channel(sign, sign), False) == UNICODE.channel
    assert channel_glyph(channel(sign, sign), True) == ASCII.channel


def test_an_unknown_channel_has_the_neutral_sign() -> None:
    assert channel_glyph(None, False) == UNICODE.channel
    assert glyphs_for(True) is ASCII
    assert glyphs_for(False) is UNICODE
