"""The files that say what is heard: read, checked, and complete."""

from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.datafiles import folder
from omnitui.datafiles.check import check
from omnitui.datafiles.sentiment import read_ears, shipped
from omnitui.model.errors import DataError
from omnitui.rules.feeling.lexicon import vader
from omnitui.rules.sentiment import score

LEXICON = """language = "xx"
name = "Test"
marks = "foo bar"
[kinds]
time = "days weeks"
[negation]
words = "no"
[degree]
[formulas]
[[feeling]]
kind = "trouble"
about = "waiting"
strength = -2
says = \"\"\"
waited <time>
\"\"\"
"""
LANGUAGES = '[[language]]\nkey = "de"\nname = "German"\nmarks = "der die das"\n'
SIGNS = '[[sign]]\nstrength = -2\nsigns = "😡"\n'
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / "sentiment" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return put


def problems(path: Path) -> list[str]:
    """What is wrong, without the file's name."""
    return [f"{error.where}: {error.problem}" for error in check([path], lambda _: None).problems]


def test_a_language_that_is_added_is_heard(write: Write) -> None:
    path = write("xx.toml", LEXICON)
    write("languages.toml", LANGUAGES)
    write("signs.toml", SIGNS)
    ears = read_ears(path.parent)
    heard = score("foo waited weeks", ears)
    assert (heard.language, heard.words) == ("xx", (("waited weeks", -2.0),))
    assert not score("der die das", ears).scored


def test_what_is_right_has_no_problems(write: Write) -> None:
    for name, text in (("xx.toml", LEXICON), ("languages.toml", LANGUAGES), ("signs.toml", SIGNS)):
        assert problems(write(name, text)) == []


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("xx.toml", LEXICON.replace("<time>", "<tyme>"), "there is no kind <tyme>"),
        (
            "xx.toml",
            LEXICON.replace("waited <time>", "waited\nwaited"),
            "'waited' exists twice",
        ),
        ("xx.toml", LEXICON.replace("waited <time>", "(waited)"), "no word that must be there"),
        ("xx.toml", LEXICON.replace("waited <time>", "Waited"), "'Waited' is no word"),
        ("xx.toml", LEXICON.replace("-2", "-20"), "line 13, feeling[0].strength"),
        ("xx.toml", LEXICON.replace('"trouble"', '"worry"'), "line 11, feeling[0].kind"),
        ("xx.toml", LEXICON.replace("about", "abuot"), "abuot"),
        ("languages.toml", LANGUAGES * 2, "de exists twice"),
        ("languages.toml", '[[language]]\nkey = "de"\n', "name"),
        ("signs.toml", SIGNS.replace("-2", '"sad"'), "strength"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    write: Write, name: str, text: str, problem: str
) -> None:
    told = problems(write(name, text))
    assert len(told) == 1
    assert problem in told[0]


def test_a_wrong_file_is_refused_where_it_is_read(write: Write) -> None:
    path = write("xx.toml", LEXICON.replace("<time>", "<tyme>"))
    with pytest.raises(DataError, match="no kind"):
        read_ears(path.parent)


def test_every_shipped_language_of_replies_is_scored() -> None:
    written = (folder() / "replies.toml").read_text("utf-8")
    languages = {line.split('"')[1] for line in written.splitlines() if line.startswith("language")}
    assert languages <= set(shipped().lexicons)


def test_no_language_is_both_scored_and_only_known() -> None:
    assert not set(shipped().lexicons) & set(shipped().others)


def test_english_stands_over_vader_s_words() -> None:
    lexicon = shipped().lexicons["en"]
    assert lexicon.words is vader()[0]
    assert lexicon.strength("terrible") < 0 < lexicon.strength("sooo") + lexicon.strength("goood")
