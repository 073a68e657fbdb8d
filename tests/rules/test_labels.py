"""Labels put on and taken off: each once, whatever its case, and not too many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.labels import LONGEST, MOST, LabelError, relabelled

LABELS = st.text(st.characters(codec="utf-8", categories=("L", "Nd")), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("before", "add", "remove", "after"),
    [
        ((), ["vip"], [], ("vip",)),
        (("vip",), ["VIP"], [], ("vip",)),
        (("vip",), ["late", "Late"], [], ("vip", "late")),
        (("VIP", "late"), [], ["vip"], ("late",)),
        (("vip",), [], ["unknown"], ("vip",)),
        ((), ["  to\n call  "], [], ("to call",)),
        (("a",), ["b", "c"], ["A"], ("b", "c")),
        ((), ["x" * LONGEST], [], ("x" * LONGEST,)),
    ],
)
def test_what_is_left(
    before: tuple[str, ...], add: list[str], remove: list[str], after: tuple[str, ...]
) -> None:
    assert relabelled(before, add, remove, "Kiana") == after


@pytest.mark.parametrize(
    ("add", "remove", "code"),
    [
        ([], [], "label.none"),
        ([" \x1b[0m "], [], "label.empty"),
        ([], [""], "label.empty"),
        (["x" * (LONGEST + 1)], [], "label.long"),
        (["vip"], ["VIP"], "label.both"),
        ([f"new {number}" for number in range(MOST)], [], "label.most"),
    ],
)
def test_what_cannot_be(add: list[str], remove: list[str], code: str) -> None:
    with pytest.raises(LabelError) as caught:
        relabelled(("one",), add, remove, "Kiana")
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")


def test_too_many_that_rules_have_put_on_can_still_be_taken_off() -> None:
    many = tuple(f"rule {number}" for number in range(MOST + 3))
    assert relabelled(many, [], ["rule 0"], "Kiana") == many[1:]
    assert relabelled(many, ["RULE 1"], [], "Kiana") == many


@given(st.lists(LABELS, max_size=5), st.lists(LABELS, min_size=1, max_size=5))
def test_what_is_put_on_is_there_once_and_comes_off_again(
    before: list[str], add: list[str]
) -> None:
    start = relabelled((), before, [], "Kiana") if before else ()
    after = relabelled(start, add, [], "Kiana")
    folded = [label.casefold() for label in after]
    assert len({*folded}) == len(folded)
    assert {label.casefold() for label in [*before, *add]} == {*folded}
    assert not {label.casefold() for label in add} & {
        label.casefold() for label in relabelled(after, [], add, "Kiana")
    }
