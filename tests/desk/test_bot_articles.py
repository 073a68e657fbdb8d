"""What the bot says goes in parts that fit, where a channel has a limit."""

from hypothesis import given
from hypothesis import strategies as st

from omnitui.desk.bot.articles import parts


@given(st.text(max_size=300), st.integers(1, 60))
def test_parts_fit_and_nothing_is_lost(text: str, longest: int) -> None:
    found = list(parts(text, lambda one: len(one) <= longest))
    assert all(len(one) <= longest for one in found)
    assert "".join("".join(found).split()) == "".join(text.split())
