"""How a simulated customer understands what an agent writes: plain words, English and Norwegian.

Pure and deliberately simple. It tells a greeting from a question, knows which fact a question is
about, hears that somebody asks for a moment or says good-bye, and counts goal words.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

SLOTS: dict[str, tuple[str, ...]] = {
    "account": ("account", "customer number", "customer id", "kundenummer", "kontonummer"),
    "name": ("your name", "full name", "who am i", "navnet ditt", "ditt navn", "heter du"),
    "email": ("e-mail", "email", "e-post", "epost"),
    "phone": ("phone number", "number to reach", "reach you on", "telefonnummer", "mobilnummer"),
    "address": ("street address", "postal address", "your address", "adressen", "adresse"),
    "lights": ("light", "lights", "led", "leds", "lamp", "lys", "lyser", "lampe", "lampen"),
    "device": ("which router", "what router", "model", "which box", "which device", "modell",
               "hvilken ruter", "hvilken boks"),
    "since": ("since when", "when did", "how long", "started", "når begynte", "hvor lenge"),
    "invoice": ("invoice number", "which invoice", "invoice", "fakturanummer", "faktura"),
    "tried": ("tried", "restarted", "already done", "prøvd", "startet på nytt"),
    "error": ("error message", "error code", "what does it say", "feilmelding", "feilkode"),
    "speed": ("speed test", "how fast", "which speed", "hastighet", "fartstest"),
    "time": ("what time", "which day", "what day", "when would", "when can", "når passer",
             "hvilken dag"),
}  # fmt: skip
"""Facts that an agent may ask for, each with words that identify it. A scenario may add to them."""

_GREETING = re.compile(
    r"^\W*(hi|hello|hey|welcome|good (morning|afternoon|evening)|thanks? (you )?for"
    r"|hei|heisann|hallo|god (morgen|dag|kveld)|takk for at)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(please (tell|give|send|share|confirm|let)|could you|can you|may i have|can i have"
    r"|let me know|would you|kan du|kunne du|vennligst|si meg|send meg)\b",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b((a|one|just a) (moment|minute|second|sec)|let me (check|look|see|run|find)|bear with me"
    r"|hold on|(i am|i'm) (looking|checking)"
    r"|et (lite )?øyeblikk|la meg (sjekke|se)|straks|vent litt)\b",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\b(anything else|something else|have a (nice|good|great|lovely)|glad (i|we) could|good ?bye"
    r"|take care|noe (annet|mer)|ha en (fin|god)|ha det)\b",
    re.IGNORECASE,
)
_LONG = 240
"""A longer text is an answer, whatever it says about waiting (characters)."""
_SENTENCES = re.compile(r"[^.?!\n]+[?!.]?")


class Reading(Struct, frozen=True):
    """What a customer takes from a message. `asks` are the facts asked for, by name."""

    greets: bool
    asks: tuple[str, ...]
    questions: bool
    holds: bool
    parts: bool


def understand(text: str, more: Mapping[str, Iterable[str]]) -> Reading:
    """Read a message the way a customer would; `more` adds words to facts, or facts."""
    asked: list[str] = []
    questions = False
    for sentence in _SENTENCES.findall(text):
        if sentence.rstrip().endswith("?") or _REQUEST.search(sentence):
            questions = True
            asked += [slot for slot in _slots(sentence, more) if slot not in asked]
    parts = bool(_FAREWELL.search(text))
    return Reading(
        greets=bool(_GREETING.search(text)),
        asks=tuple(asked),
        questions=questions and not parts,
        holds=len(text) < _LONG and not asked and bool(_MOMENT.search(text)),
        parts=parts,
    )


def _slots(sentence: str, more: Mapping[str, Iterable[str]]) -> list[str]:
    found = [name for name, words in SLOTS.items() if _says(sentence, tuple(words))]
    return found + [
        name for name, words in more.items() if name not in found and _says(sentence, tuple(words))
    ]


def _says(text: str, words: tuple[str, ...]) -> bool:
    return _pattern(words).search(text) is not None


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # The endings are those of Norwegian nouns and of plurals: lys, lyset, lysene, lights.
    ending = r"(?:e?s|en?|et|a|ene)?\b"
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")" + ending, re.IGNORECASE)


def goal_words(text: str, words: Iterable[str]) -> frozenset[str]:
    """Which of the words that solve it are in a text; beginnings of words count."""
    folded = text.casefold()
    return frozenset(
        word for word in words if re.search(rf"\b{re.escape(word.casefold())}", folded)
    )
