"""Whatever is wrong in a file is told with its line, its key and what to do."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from omnitui.datafiles.decode import Strict, folder, parse, read
from omnitui.datafiles.position import line_of
from omnitui.model.errors import DataError
from omnitui.textfiles import read_text


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Wheel(Strict, frozen=True, kw_only=True):
    spokes: Annotated[int, Meta(ge=1)]


class Cart(Strict, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1)]
    colour: Colour = Colour.RED
    kind: Literal["hand", "horse"] = "hand"
    made: date | None = None
    heavy: bool = False
    load: dict[str, int] = {}
    pairs: list[tuple[str, str]] = []
    wheel: list[Wheel] = []


class Carts(Strict, frozen=True, kw_only=True):
    cart: list[Cart]


PATH = Path("carts.toml")


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("", "cart", "this key is missing"),
        ("cart = 3", "line 1, cart", "it needs a list, not a whole number"),
        ("[[cart]]", "line 1, cart[0].name", "this key is missing"),
        (
            '[[cart]]\nname = "a"\n\n[[cart]]\nnam = "b"',
            "line 5, cart[1].nam",
            "there is no such key; did you mean name?",
        ),
        ('[[cart]]\nname = ""', "line 2, cart[0].name", "it is empty"),
        (
            '[[cart]]\nname = "a"\ncolour = "green"',
            "line 3, cart[0].colour",
            "it cannot be 'green'; use one of red, blue",
        ),
        (
            '[[cart]]\nname = "a"\nkind = "ox"',
            "line 3, cart[0].kind",
            "it cannot be 'ox'; use one of hand, horse",
        ),
        (
            '[[cart]]\nname = "a"\nmade = 3',
            "line 3, cart[0].made",
            "it needs a date like 2026-03-02, not a whole number",
        ),
        (
            '[[cart]]\nname = "a"\nmade = "soon"',
            "line 3, cart[0].made",
            "it needs a date like 2026-03-02, without quotes",
        ),
        (
            '[[cart]]\nname = "a"\nheavy = "yes"',
            "line 3, cart[0].heavy",
            "it needs true or false, not text",
        ),
        (
            '[[cart]]\nname = "a"\nload = { hay = 3, coal = "much" }',
            "line 3, cart[0].load.coal",
            "it needs a whole number, not text",
        ),
        (
            '[[cart]]\nname = "a"\n[[cart.wheel]]\nspokes = 9\n[[cart.wheel]]\nspokes = 0',
            "line 6, cart[0].wheel[1].spokes",
            "it needs a number of 1 or more",
        ),
        (
            '[[cart]]\nname = "a"\npairs = [["a"]]',
            "line 3, cart[0].pairs[0]",
            "expected `array` of length 2, got 1",
        ),
        ("[[cart]]\nname = ", "line 2", "invalid value"),
        ('[[cart]\nname = "a"', "line 1, column 7", "expected ']]' at the end of an array"),
        ('[[cart]]\nname = """\na', "line 3", ""),
    ],
)
def test_a_mistake_is_told_with_line_key_and_remedy(text: str, where: str, problem: str) -> None:
    with pytest.raises(DataError) as raised:
        parse(text, PATH, Carts)
    assert raised.value.path == PATH
    assert raised.value.where == where
    assert problem in raised.value.problem


def test_lines_are_counted_from_where_the_text_stands_in_its_file() -> None:
    with pytest.raises(DataError) as raised:
        parse("[[cart]]\nname = 3", PATH, Carts, first_line=10)
    assert raised.value.where == "line 11, cart[0].name"


def test_what_is_right_is_read(tmp_path: Path) -> None:
    path = tmp_path / "carts.toml"
    path.write_text('[[cart]]\nname = "a"\ncolour = "blue"\nmade = 2026-03-02', "utf-8")
    carts, text = read(path, Carts)
    assert carts.cart[0].colour is Colour.BLUE
    assert carts.cart[0].made == date(2026, 3, 2)
    assert text.startswith("[[cart]]")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no\.toml: it cannot be read"):
        read_text(tmp_path / "no.toml")


def test_a_file_in_no_encoding_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_bytes("name = 'Kjære'".encode("latin-1") + b" \x81")
    with pytest.raises(DataError) as raised:
        read_text(path)
    assert (raised.value.where, "UTF-8" in raised.value.problem) == ("byte 11", True)


def test_the_shipped_data_is_found_in_a_checkout() -> None:
    assert (folder() / "channels.toml").is_file()


TEXT = '''# carts
title = "x"

[[cart]]
name = "a"  # the first
words = """
[[cart]]
name = "not a key"
"""

[[cart.wheel]]
spokes = 1

[[cart]]
name = "b"
"quoted key" = 1
inner.deep = 2

[[cart.wheel]]
spokes = 2
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("title", 2),
        ("cart[0].name", 5),
        ("cart[0].words", 6),
        ("cart[0].wheel[0].spokes", 12),
        ("cart[0].missing", 4),
        ("cart[1]", 14),
        ("cart[1].name", 15),
        ("cart[1].inner.deep", 17),
        ("cart[1].wheel[0].spokes", 20),
        ("cart[1].words[3].far", 14),
        ("nothing", None),
        ("", None),
    ],
)
def test_keys_are_found_on_their_lines(key: str, line: int | None) -> None:
    assert line_of(TEXT, key) == line


@given(st.text(max_size=200))
def test_any_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DataError) as raised:
        parse(f"{text}\nx = 1", PATH, Carts)
    assert raised.value.problem
