"""Text files are read in whatever encoding they were written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.errors import DataError
from omnitui.textfiles import encoding_of, opened, read_text

WORDS = "name,city\nJürgen Åse,Zürich – “Kreis 4”\n"


@pytest.mark.parametrize(
    ("codec", "doubt"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("utf-16", False),
        ("utf-16-le", False),
        ("utf-16-be", False),
        ("utf-32", False),
        ("cp1252", True),
    ],
)
def test_every_usual_encoding_is_read(tmp_path: Path, codec: str, doubt: bool) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(WORDS.encode(codec))
    assert read_text(path) == WORDS
    with opened(path) as file:
        assert file.read() == WORDS
    said = encoding_of(path).doubt
    assert bool(said) is doubt
    assert not doubt or "Windows-1252" in said


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\r\0")))
def test_what_is_utf8_is_read_as_such(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(text.encode())
    assert read_text(path) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "data", ["Åse ".encode() + b"\xe5", b"a\x81b\xff", b"a\xff\0b", b"\xc3"], ids=repr
)
def test_what_is_no_encoding_is_said_with_its_place(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(data)
    if data == b"\xc3":
        assert encoding_of(path).codec == "cp1252"
        return
    assert encoding_of(path).codec == "utf-8"
    with pytest.raises(DataError) as caught:
        read_text(path)
    assert caught.value.where.startswith("byte ")


def test_a_letter_cut_by_a_chunk_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * ((1 << 20) - 1) + "é".encode())
    assert encoding_of(path).codec == "utf-8"


def test_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    for read in (read_text, encoding_of, opened):
        with pytest.raises(DataError, match="it cannot be read"):
            read(tmp_path / "no.csv")
