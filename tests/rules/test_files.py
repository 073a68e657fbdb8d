"""Names, types and sizes of attached files, and which are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.model.channel import plain_channel
from omnitui.model.envelope import File
from omnitui.rules.files import (
    LONGEST_NAME,
    FileRules,
    blocked_ending,
    clean_name,
    described,
    ending,
    not_taken,
    size_words,
    why_refused,
)
from properties import share

RULES = FileRules(5, 20, 3, frozenset({"exe", "js"}))

NAMES = [
    ("offer.pdf", "offer.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\boot.ini", "boot.ini"),
    ("/tmp/a b.txt", "a b.txt"),
    ("folder/", "folder"),
    ("..", "file"),
    ("", "file"),
    (" .bashrc ", "bashrc"),
    ("a\x00b\x1b[31m.txt", "ab.txt"),
    ("evil\u202efdp.exe", "evilfdp.exe"),
    ("zero\u200bwidth.txt", "zerowidth.txt"),
    ('what: "is" <this>?.txt', "what_ _is_ _this__.txt"),
    ("con.txt", "_con.txt"),
    ("LPT1", "_LPT1"),
    ("Årsrapport æøå.docx", "Årsrapport æøå.docx"),
]


@pytest.mark.parametrize(("given_name", "name"), NAMES)
def test_names_are_cleaned(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


@given(st.text(max_size=300))
def test_a_clean_name_is_one_name_and_stays_itself(name: str) -> None:
    found = clean_name(name)
    assert found
    assert len(found) <= LONGEST_NAME + 1
    assert not set(found) & set('/\\\x00\n"<>|')
    assert found not in (".", "..")
    assert clean_name(found) == found


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 500 + ".pdf").endswith("x.pdf")


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (12_345, "12 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (5_000_000, "5.0 MB"),
    ],
)
def test_sizes_are_said(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (File("a.pdf", 12_345, "application/pdf", "d"), "a.pdf (PDF, 12 kB)"),
        (File("b.png", 10, "image/png", "d"), "b.png (PNG picture, 10 bytes)"),
        (File("noise", 10, "", "d"), "noise (file, 10 bytes)"),
        (File("x.abc", 10, "", "d"), "x.abc (ABC file, 10 bytes)"),
        (File("only.txt"), "only.txt (TXT)"),
    ],
)
def test_a_file_is_described(file: File, words: str) -> None:
    assert described(file) == words


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.exe", "exe"),
        ("A.EXE", "exe"),
        ("a.exe.pdf", "exe"),
        ("a.exe .pdf", "exe"),
        ("exe", ""),
        ("a.pdf", ""),
        ("a.example", ""),
    ],
)
def test_a_blocked_ending_is_found_wherever_it_stands(name: str, found: str) -> None:
    assert blocked_ending(name, RULES.blocked) == found


SMALL = File("there.txt", 1_000)
LARGE = File("large.bin", 19_000_000)


@pytest.mark.parametrize(
    ("name", "size", "there", "code"),
    [
        ("a.pdf", 5_000_000, [], ""),
        ("a.pdf", 5_000_001, [], "file.large"),
        ("a.pdf", 0, [], "file.empty"),
        ("a.js", 1, [], "file.blocked"),
        ("a.pdf", 1, [SMALL] * 2, ""),
        ("a.pdf", 1, [SMALL] * 3, "file.many"),
        ("a.pdf", 1_000_000, [LARGE], ""),
        ("a.pdf", 1_000_001, [LARGE], "file.together"),
    ],
)
def test_files_are_refused_by_rule(name: str, size: int, there: list[File], code: str) -> None:
    refusal = why_refused(name, size, there, RULES)
    assert ("" if refusal is None else refusal.code) == code
    if refusal is not None:
        assert name in refusal.message
        assert refusal.hint
        assert refusal.message.endswith(".")


@given(
    st.integers(0, 200_000_000),
    st.lists(st.integers(1, 9_000_000), max_size=5),
    st.integers(1, 128),
    st.integers(1, 512),
)
@settings(max_examples=share(100))
def test_what_is_taken_is_within_all_limits(
    size: int, there: list[int], each: int, together: int
) -> None:
    rules = FileRules(each, together, 4, frozenset())
    files = [File(f"{n}.txt", one) for n, one in enumerate(there)]
    if why_refused("a.txt", size, files, rules) is None:
        assert 0 < size <= each * 1_000_000
        assert size + sum(there) <= together * 1_000_000
        assert len(files) < 4


def test_a_channel_takes_files_or_says_that_it_does_not() -> None:
    refusal = not_taken(plain_channel("sms"))
    assert refusal is not None
    assert refusal.message == "sms takes no attachments."


@pytest.mark.parametrize(
    ("name", "end"), [("a.PDF", "pdf"), (".bashrc", ""), ("a", ""), ("a.", "")]
)
def test_endings(name: str, end: str) -> None:
    assert ending(name) == end
