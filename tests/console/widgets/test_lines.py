from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.widgets.lines import Stack

HEIGHTS = st.lists(st.integers(0, 5), max_size=30)


def stacked(heights: list[int]) -> Stack:
    stack = Stack()
    stack.pile(heights)
    return stack


@given(HEIGHTS)
def test_every_line_belongs_to_one_thing(heights: list[int]) -> None:
    stack = stacked(heights)
    lines = [(place, line) for place, height in enumerate(heights) for line in range(height)]
    assert [stack.at(number) for number in range(stack.lines)] == lines
    assert stack.at(-1) is stack.at(stack.lines) is None
    assert [stack.height(place) for place in range(len(heights))] == heights
    assert stack.start(len(heights)) == stack.lines == sum(heights)


@given(HEIGHTS, st.integers(-5, 60), st.integers(1, 40))
def test_what_is_on_screen_is_told_from_its_lines(
    heights: list[int], first: int, count: int
) -> None:
    stack = stacked(heights)
    seen = [stack.at(line) for line in range(max(0, first), min(stack.lines, first + count))]
    covered = sorted({found[0] for found in seen if found is not None})
    told = list(stack.places(first, count))
    assert [place for place in told if heights[place]] == covered
