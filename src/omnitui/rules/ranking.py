"""Which of the articles that match come first: match, then helpful, then recent."""

from collections.abc import Iterable, Mapping

from omnitui.model.knowledge import Article

_SWAY = 0.15
"""The most by which ratings raise or lower a match."""
_DOUBT = 4
"""So many ratings are imagined, half of them good: the first real ones say little."""


def usefulness(helpful: int, unhelpful: int) -> float:
    """From -1 (nobody was helped) to 1 (everybody was); 0 for what nobody has rated."""
    return (helpful - unhelpful) / (helpful + unhelpful + _DOUBT)


def useful_first(articles: Iterable[Article], matches: Mapping[int, float]) -> list[Article]:
    """The articles by how well they match, `matches` by key; better rated ones before those that
    match about as well, and of equals the recent ones.
    """

    def place(article: Article) -> tuple[float, str, int]:
        match = matches.get(article.id, 0.0)
        return (
            match * (1 + _SWAY * usefulness(article.helpful, article.unhelpful)),
            article.updated,
            article.id,
        )

    return sorted(articles, key=place, reverse=True)
