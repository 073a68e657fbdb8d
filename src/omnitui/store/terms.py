"""The functions by which the triggers of the indexes fold what is written, and their words.

The functions are part of the store: without them on its connection no row with words is written.
"""

import sqlite3

from omnitui import letters
from omnitui.stems import stem

STEM = "~"
"""Stands before a stem in an index, so that it is no word and no beginning of one."""


ARTICLE_WORDS = "temp.articles_vocabulary"
"""Every word of the articles and how many have it; it is seen by its connection only."""


def give(connection: sqlite3.Connection) -> None:
    """Give SQLite the functions that its triggers ask for."""
    connection.create_function("search_terms", 1, search_terms, deterministic=True)
    connection.create_function("stemmed_terms", 2, stemmed_terms, deterministic=True)
    connection.create_function("folded", 1, letters.folded, deterministic=True)


def list_words(connection: sqlite3.Connection) -> None:
    """Let queries see the words of the articles. Nothing of it is kept in the store."""
    connection.execute(
        f"CREATE VIRTUAL TABLE {ARTICLE_WORDS} USING fts5vocab('main', 'articles_search', 'row')"
    )


def search_terms(text: str | None) -> str:
    """The words that a text is found by, with spaces between."""
    return " ".join(letters.terms(text)) if text else ""


def stemmed_terms(text: str | None, language: str) -> str:
    """The same, with the stems of the words in a language."""
    found = []
    for words in letters.groups(text or ""):
        found += letters.terms("-".join(words))
        joined = ["".join(words)] if len(words) > 1 else []
        found += [stem_term(word, language) for word in (*words, *joined)]
    return " ".join(found)


def stem_term(word: str, language: str) -> str:
    """The term that texts have which hold some form of a word."""
    return f"{STEM}{stem(word, language).replace(' ', '')}"
