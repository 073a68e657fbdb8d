"""Text files as people bring them, in whatever encoding their programs have written them.

UTF-8 with or without a mark, UTF-16 and UTF-32 with one (UTF-16 also without) are told by their
bytes. What is none of these is taken for Windows-1252, which spreadsheets in the west still write,
unless something in it speaks against that; `encoding_of` says so in a sentence.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from omnitui.model.errors import DataError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_LOOKED_AT = 4_096
_WRONG = re.compile("[\udc80-\udcff]")
_BEYOND = re.compile("[^\x00-\x7f\udc80-\udcff]")
_DOUBT = (
    "it is not in UTF-8 and was read as Windows-1252: look at the letters with accents, or save it"
    " in UTF-8"
)
_NOT_1252 = re.compile(rb"[\x00\x81\x8d\x8f\x90\x9d]")


class Encoding(Struct, frozen=True):
    """How a file is written; `doubt` is a sentence where that could only be guessed."""

    codec: str
    doubt: str = ""


def encoding_of(path: Path) -> Encoding:
    """How a file is written. Raises `DataError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
            for mark, codec in _MARKS:
                if start.startswith(mark):
                    return Encoding(codec)
            wide = _without_mark(start)
            file.seek(0)
            rest = iter(lambda: file.read(_CHUNK), b"")
            return Encoding(wide) if wide else _by_bytes(rest)
    except OSError as error:
        raise DataError(path, "", f"it cannot be read ({error.strerror})") from None


def opened(path: Path, newline: str | None = None) -> TextIO:
    """A file of text. What cannot be read in its encoding becomes halves of characters."""
    codec = encoding_of(path).codec
    errors = "surrogateescape" if codec.startswith("utf-8") else "replace"
    try:
        return path.open(encoding=codec, errors=errors, newline=newline)
    except OSError as error:
        raise DataError(path, "", f"it cannot be read ({error.strerror})") from None


def read_text(path: Path) -> str:
    """The text of a file. Raises `DataError` that says which byte is none of its encoding."""
    codec = encoding_of(path).codec
    try:
        return path.read_text(encoding=codec)
    except UnicodeDecodeError as error:
        said = "it is not UTF-8; save it in that encoding"
        raise DataError(path, f"byte {error.start + 1}", said) from None
    except OSError as error:
        raise DataError(path, "", f"it cannot be read ({error.strerror})") from None


def _without_mark(start: bytes) -> str:
    """UTF-16 that does not say so: every other byte of western text is 0."""
    even, odd = start[::2], start[1::2]
    if len(odd) < 2:
        return ""
    if odd.count(0) > len(odd) * 0.6 and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > len(even) * 0.6 and not odd.count(0) else ""


def _by_bytes(chunks: Iterator[bytes]) -> Encoding:
    """UTF-8 if that is right everywhere, or right somewhere and wrong in places; else 1252."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    wrong = False
    for chunk in chunks:
        text = decoder.decode(chunk)
        if _NOT_1252.search(chunk):
            return Encoding("utf-8")
        if not text.isascii():
            if _BEYOND.search(text):
                return Encoding("utf-8")
            wrong = wrong or _WRONG.search(text) is not None
    wrong = wrong or _WRONG.search(decoder.decode(b"", final=True)) is not None
    return Encoding("cp1252", _DOUBT) if wrong else Encoding("utf-8")
