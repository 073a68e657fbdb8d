"""What words of a language have in common whatever their endings, and words that say nothing."""

from functools import cache, lru_cache
from typing import Protocol

from omnitui.letters import folded

_LANGUAGES = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Languages by their codes, as Snowball calls them."""

COMMON = frozenset(
    """
    a about after again all already also always am an and any anybody anyone anything are aren as
    at be because been before being but by can cannot cant could couldn did didn do does doesn doing
    don dont done down each else ever every everything for from get gets getting give given go goes
    going gonna got had has have haven having hello help her here hey hi him his how however i if im
    in into is isn it its ive just keep keeps kept know let like ll made make makes many may maybe
    me might mine more most much must my myself need needs never no nobody nor not nothing now of ok
    okay on one only or other our ours out over please put quite re really s said say says see seem
    seems shall she should since so some somebody someone something somewhere still such sure t
    take tell than thank thanks that thats the their them then there these they thing things think
    this those though to too tried try trying twenty two three under until up upon us use used using
    ve very want wanted wants was wasn way we well went were what whats when where whether which
    while who whole whom whose why will with without won would wouldn yes yet you your yours
    alle alltid andre at av bare ble blir bli da de deg dem den denne der dere det dette din dine
    ditt du eller en enn er et ett etter for fordi fra før få får gang gikk gjør gjøre god ha hadde
    han har hei hele hennes her hos hun hva hvem hver hvilken hvis hvor hvordan hvorfor i ikke ingen
    inn ja jeg kan kom kommer kunne litt man mange med meg men mer min mine mitt mot mye må ned nei
    noe noen nå når og også om opp oss over på samme seg selv ser siden sin sine sitt skal skulle
    slik som så takk til um under ut uten var ved vi vil ville vår være vært
    """.split()
)
"""Words of the languages that ship which say nothing of what a text is about."""
_FOLDED_COMMON = frozenset(folded(word) for word in COMMON)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - it is Snowball's name


def common(word: str) -> bool:
    """Whether a word says nothing of what a text is about."""
    return folded(word) in _FOLDED_COMMON


@lru_cache(16_384)
def stem(word: str, language: str) -> str:
    """What is left of a word without the endings of its language, folded.

    It is the word itself where the language has no stemmer here.
    """
    known = _LANGUAGES.get(language.casefold().partition("-")[0])
    if known is None or word.isdecimal():
        return folded(word)
    return folded(_stemmer(known).stemWord(word.casefold()))


@cache
def _stemmer(language: str) -> _Stemmer:
    # Imported when it is needed: all its languages come with it.
    import snowballstemmer

    made: _Stemmer = snowballstemmer.stemmer(language)
    return made
