"""The words that carry feeling: VADER's lexicon, what customer service adds, and Norwegian.

Importing this module reads the lexicon, which takes longer than most commands: import it late.
Norwegian is scored by turning each word that carries feeling, degree or negation into the English
word that VADER knows; everything else is left alone, and English text never passes through it.
"""

import re

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText

# Valences from -4 to 4 like VADER's own, for what its raters in 2014 were not asked about.
_SERVICE_WORDS = {
    "crashed": -1.5,
    "crashes": -1.5,
    "crashing": -1.5,
    "disconnected": -1.2,
    "disconnecting": -1.2,
    "disconnects": -1.2,
    "dropping": -0.8,
    "drops": -0.8,
    "fixed": 1.6,
    "idiots": -2.3,
    "misled": -2.2,
    "nightmare": -2.8,
    "outage": -1.4,
    "outages": -1.5,
    "overcharged": -2.2,
    "reliable": 1.8,
    "slow": -1.2,
    "slower": -1.3,
    "unreliable": -2.0,
    "unusable": -2.3,
}
# VADER scores a picture by its name, and these names say nothing of what they are used for.
_EMOJI_WORDS = {
    "😡": "angry",
    "🤬": "furious",
    "😤": "annoyed",
    "🙄": "annoyed",
    "🤦": "frustrated",
    "👍": "good",
    "👎": "bad",
    "🙏": "thanks",
}
_NORWEGIAN_MARKS = frozenset(
    "jeg ikke og det på å av meg min mitt mine dere vi dette denne som ble blir har deg fra nå når"
    " hei vil hva hvorfor hvordan hele siden uten bare også igjen dag kveld regning ruter".split()
)
_ENGLISH_MARKS = frozenset(
    "the is and my you it to of i not was are this that have has with your what why how a".split()
)
NORWEGIAN = {
    # negation and degree
    "ikke": "not",
    "aldri": "never",
    "ingen": "no",
    "ingenting": "nothing",
    "uten": "without",
    "veldig": "very",
    "svært": "very",
    "helt": "totally",
    "utrolig": "incredibly",
    "ganske": "quite",
    "ekstremt": "extremely",
    "altfor": "extremely",
    "litt": "slightly",
    "men": "but",
    # what is good
    "bra": "good",
    "god": "good",
    "godt": "good",
    "gode": "good",
    "fin": "nice",
    "fint": "nice",
    "flott": "great",
    "supert": "super",
    "topp": "great",
    "strålende": "brilliant",
    "fantastisk": "fantastic",
    "perfekt": "perfect",
    "utmerket": "excellent",
    "kjempebra": "excellent",
    "herlig": "lovely",
    "hyggelig": "pleasant",
    "vennlig": "friendly",
    "hjelpsom": "helpful",
    "nyttig": "helpful",
    "takk": "thanks",
    "takker": "thanks",
    "takknemlig": "grateful",
    "glad": "happy",
    "fornøyd": "satisfied",
    "lykke": "luck",
    "elsker": "love",
    "liker": "like",
    "hjelp": "help",
    "hjelpe": "help",
    "løst": "solved",
    "fikset": "fixed",
    "lettet": "relieved",
    "imponert": "impressed",
    "anbefale": "recommend",
    "anbefaler": "recommend",
    "enkelt": "easy",
    "trygt": "safe",
    "velkommen": "welcome",
    "snill": "kind",
    # what is bad
    "dårlig": "bad",
    "dårlige": "bad",
    "dårligere": "worse",
    "dårligst": "worst",
    "elendig": "terrible",
    "forferdelig": "terrible",
    "fryktelig": "awful",
    "grusomt": "horrible",
    "håpløst": "hopeless",
    "håpløse": "hopeless",
    "ubrukelig": "useless",
    "uakseptabelt": "unacceptable",
    "uholdbart": "unacceptable",
    "latterlig": "ridiculous",
    "skandale": "scandal",
    "skandaløst": "disgusting",
    "flau": "ashamed",
    "skuffet": "disappointed",
    "skuffende": "disappointing",
    "misfornøyd": "dissatisfied",
    "irritert": "annoyed",
    "irriterende": "annoying",
    "frustrert": "frustrated",
    "frustrerende": "frustrating",
    "sint": "angry",
    "rasende": "furious",
    "forbannet": "furious",
    "lei": "tired",
    "sliten": "tired",
    "oppgitt": "frustrated",
    "bekymret": "worried",
    "redd": "scared",
    "trist": "sad",
    "forvirret": "confused",
    "forvirrende": "confusing",
    "problem": "problem",
    "problemer": "problems",
    "feil": "wrong",
    "ødelagt": "broken",
    "tregt": "slow",
    "treg": "slow",
    "dyrt": "unfair",
    "urettferdig": "unfair",
    "svindel": "fraud",
    "lurt": "cheated",
    "løgn": "lying",
    "uhøflig": "rude",
    "frekk": "rude",
    "klage": "complaint",
    "klager": "complain",
    "mareritt": "nightmare",
    "hater": "hate",
    "tull": "nonsense",
    "dumt": "stupid",
    "idiot": "idiot",
    "idioter": "idiots",
    "beklager": "sorry",
    "dessverre": "unfortunately",
    "faen": "fuck",
    "helvete": "hell",
    "jævla": "fucking",
    "jævlig": "fucking",
    "dritt": "shit",
}
"""Norwegian words (bokmål) and the English ones that stand for them."""

_ALSO_ENGLISH = frozenset(
    "bra fin glad god men problem lei vil dag idiot topp hater redd vi av".split()
)
# `No problem, thanks` is not a thank-you turned round.
_IDIOM = re.compile(r"\bno (?:problems?|worries|issues?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class _Vader(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """VADER that tells what each word of a sentence contributed, before they are summed."""

    def score_valence(self, sentiments: list[float], text: str) -> dict[str, list[object]]:
        """Called by VADER with the words' contributions; the sum is made by `compound`."""
        return {"words": SentiText(text).words_and_emoticons, "valences": list(sentiments)}


_VADER = _Vader()
_VADER.lexicon.update(_SERVICE_WORDS)
_VADER.emojis.update(_EMOJI_WORDS)


def is_norwegian(text: str) -> bool:
    """Whether a text looks more like Norwegian than like English."""
    words = {word.casefold() for word in _WORD.findall(text)}
    norwegian = len(words & _NORWEGIAN_MARKS) + len((words & NORWEGIAN.keys()) - _ALSO_ENGLISH)
    return norwegian > len(words & _ENGLISH_MARKS)


def hear(sentence: str, norwegian: bool = False) -> list[tuple[str, float]]:
    """The words of a sentence that carry feeling, and how much each moved it (about -4 to 4).

    A word that something before it turns round comes as `not good`. Takes time quadratic in the
    number of words: give it sentences of bounded length.
    """
    original: dict[str, str] = {}
    if norwegian:
        sentence = _WORD.sub(lambda found: _translated(found.group(), original), sentence)
    else:
        sentence = _IDIOM.sub("fine", sentence)
    told = _VADER.polarity_scores(sentence)
    heard = []
    for word, valence in zip(told["words"], told["valences"], strict=True):
        if valence:
            key = str(word).casefold()
            turned = key in _VADER.lexicon and _VADER.lexicon[key] * valence < 0
            name = original.get(key, key)
            negation = "ikke" if norwegian else "not"
            heard.append((f"{negation} {name}" if turned else name, float(valence)))
    return heard


def _translated(word: str, original: dict[str, str]) -> str:
    english = NORWEGIAN.get(word.casefold())
    if english is None:
        return word
    original[english] = word.casefold()
    return english.upper() if len(word) > 1 and word.isupper() else english


def compound(valences: list[float], text: str) -> float:
    """VADER's compound score (-1 to 1) of what the sentences of `text` contributed."""
    if not valences:
        return 0.0
    return float(SentimentIntensityAnalyzer.score_valence(_VADER, valences, text)["compound"])
