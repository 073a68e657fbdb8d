"""`sentiment/`: what customers say that carries feeling.

`sentiment/<language>.toml` is a language that is scored:

    language, name, vader? (false), marks,
    [kinds] name = words ..., [negation] words, joins, stops, [degree] more, less, contrast,
    [names] given, before, after, [formulas] greetings, closings, weak_closings (one a line)
    [[feeling]] kind (formula, thanks, praise, irony, turn, relief, trouble, question,
    profane, word), about,
    strength (-4..4), says (one phrase a line)

`sentiment/languages.toml` holds those that are known but not scored, `sentiment/signs.toml`
pictures. `docs/sentiment.md` explains them all.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from omnitui.datafiles.decode import Strict, folder, place, read
from omnitui.model.errors import DataError
from omnitui.rules.feeling import lexicon as rules
from omnitui.rules.feeling.lexicon import Ears, Lexicon
from omnitui.rules.feeling.phrases import Index, Kind, Phrase, parse

LANGUAGES, SIGNS = "languages.toml", "signs.toml"
Strength = Annotated[float, msgspec.Meta(ge=-4, le=4)]


class WrittenFeeling(Strict, frozen=True, kw_only=True):
    """Phrases that feel alike."""

    kind: Kind
    about: str
    strength: Strength
    says: str


class Negation(Strict, frozen=True, kw_only=True):
    """Words that turn round what follows, those that carry them on (`nor`), those that end them."""

    words: str
    joins: str = ""
    stops: str = ""


class Degree(Strict, frozen=True, kw_only=True):
    """Words that make what follows stronger or weaker, and those after which it counts more."""

    more: str = ""
    less: str = ""
    contrast: str = ""


class WrittenNames(Strict, frozen=True, kw_only=True):
    """Names that mean something as well, what stands before a name, what ends one."""

    given: str = ""
    before: str = ""
    after: str = ""


class WrittenFormulas(Strict, frozen=True, kw_only=True):
    """How letters begin and end."""

    greetings: str = ""
    closings: str = ""
    weak_closings: str = ""


class LexiconFile(Strict, frozen=True, kw_only=True):
    """A language that is scored."""

    language: str
    name: str
    vader: bool = False
    marks: str
    kinds: dict[str, str] = {}
    negation: Negation
    degree: Degree
    names: WrittenNames = WrittenNames()
    formulas: WrittenFormulas
    feeling: list[WrittenFeeling]


class WrittenLanguage(Strict, frozen=True, kw_only=True):
    """A language that is known but not scored."""

    key: str
    name: str
    marks: str


class LanguageFile(Strict, frozen=True, kw_only=True):
    """The whole of `languages.toml`."""

    international: str = ""
    language: list[WrittenLanguage]


class WrittenSigns(Strict, frozen=True, kw_only=True):
    """Signs that feel alike, blanks between them."""

    strength: Strength
    signs: str


class SignFile(Strict, frozen=True, kw_only=True):
    """The whole of `signs.toml`."""

    sign: list[WrittenSigns]


@cache
def shipped() -> Ears:
    """What the program hears with; read once."""
    return read_ears(folder() / "sentiment")


def read_ears(source: Path) -> Ears:
    """What a folder says about hearing."""
    paths = sorted(source.glob("*.toml"))
    lexicons = [_lexicon(path) for path in paths if path.name not in (LANGUAGES, SIGNS)]
    known, _ = read(source / LANGUAGES, LanguageFile)
    signs, _ = read(source / SIGNS, SignFile)
    return rules.ears(
        lexicons,
        {row.key: frozenset(row.marks.split()) for row in known.language},
        known.international.split(),
        {sign: row.strength for row in signs.sign for sign in _signs(row)},
    )


def _lexicon(path: Path) -> Lexicon:
    file, text = read(path, LexiconFile)
    phrases: list[Phrase] = []
    for found in _phrases(file, text, path):
        if isinstance(found, DataError):
            raise found
        phrases.append(found)
    return Lexicon(
        language=file.language,
        marks=frozenset(file.marks.split()),
        phrases=Index(phrases),
        words=rules.vader()[0] if file.vader else {},
        negations=frozenset(file.negation.words.split()),
        joins=frozenset(file.negation.joins.split()),
        stops=frozenset(file.negation.stops.split()),
        more=frozenset(file.degree.more.split()),
        less=frozenset(file.degree.less.split()),
        contrast=frozenset(file.degree.contrast.split()),
        names=rules.Names(
            frozenset(file.names.given.split()),
            frozenset(file.names.before.split()),
            frozenset(file.names.after.split()),
        ),
        greetings=_lines(file.formulas.greetings),
        closings=_lines(file.formulas.closings),
        weak_closings=_lines(file.formulas.weak_closings),
    )


def _phrases(file: LexiconFile, text: str, path: Path) -> Iterator[Phrase | DataError]:
    """Every phrase, or what is wrong with it."""
    kinds = {name: frozenset(words.split()) for name, words in file.kinds.items()}
    seen: dict[str, str] = {}
    for number, row in enumerate(file.feeling):
        for line in _lines(row.says):
            try:
                if line in seen:
                    raise ValueError(
                        f"{line!r} exists twice: under {seen[line]!r} and {row.about!r}"
                    )
                seen[line] = row.about
                yield parse(line, row.kind, row.strength, kinds)
            except ValueError as error:
                yield DataError(path, place(text, f"feeling[{number}].says"), str(error))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def _signs(row: WrittenSigns) -> list[str]:
    return row.signs.replace("\ufe0f", "").split()


def problems(path: Path) -> Iterator[DataError]:
    """Everything that is wrong in a file of the folder."""
    try:
        if path.name == LANGUAGES:
            yield from _twice(path)
        elif path.name == SIGNS:
            read(path, SignFile)
        else:
            file, text = read(path, LexiconFile)
            for found in _phrases(file, text, path):
                if isinstance(found, DataError):
                    yield found
    except DataError as error:
        yield error


def _twice(path: Path) -> Iterator[DataError]:
    file, text = read(path, LanguageFile)
    seen: set[str] = set()
    for number, row in enumerate(file.language):
        if row.key in seen:
            yield DataError(path, place(text, f"language[{number}].key"), f"{row.key} exists twice")
        seen.add(row.key)
