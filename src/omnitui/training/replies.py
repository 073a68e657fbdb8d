"""What agents on autopilot say, in English and Norwegian, and how they hear thanks."""

import re
from random import Random

_GREETING = {
    "en": (
        "Hi {name}, you are talking to {agent} at Skerry. Let me have a look at this for you.",
        "Hello {name}, this is {agent}. Thank you for writing, I am looking at it now.",
        "Good day {name}, {agent} here. One moment, I am reading what you wrote.",
    ),
    "nb": (
        "Hei {name}, du snakker med {agent} i Skerry. La meg se på dette for deg.",
        "Hei {name}, {agent} her. Takk for at du skriver, jeg ser på det nå.",
    ),
}
_SALUTATION: dict[str, tuple[str, ...]] = {
    "en": ("Hi {name},", "Hello {name},"),
    "nb": ("Hei {name},", "Hei {name}!"),
}
_QUESTIONS = {
    "account": {
        "en": "Could you give me your account number, please?",
        "nb": "Kan du gi meg kundenummeret ditt?",
    },
    "invoice": {
        "en": "Which invoice number is it about?",
        "nb": "Hvilket fakturanummer gjelder det?",
    },
    "device": {
        "en": "Which model do you have?",
        "nb": "Hvilken modell har du?",
    },
    "lights": {
        "en": "Which lights do you see on the box right now?",
        "nb": "Hvilke lys ser du på boksen akkurat nå?",
    },
    "tried": {
        "en": "What have you tried so far?",
        "nb": "Hva har du prøvd så langt?",
    },
    "since": {
        "en": "Since when has it been like this?",
        "nb": "Når begynte det?",
    },
}
_FITTING = (
    (re.compile(r"\b(invoice|charged|fee|paid|faktura)", re.IGNORECASE), ("invoice",)),
    (
        re.compile(r"\b(router|box|light|internet|nett|drops|red|rød)", re.IGNORECASE),
        ("lights", "tried", "since"),
    ),
    (re.compile(r"\b(thermostat|doorbell|hub|remote|phone|telefon)", re.IGNORECASE), ("device",)),
)
"""Questions that are worth asking, by the topic of the customer's message."""
_ARTICLE = {
    "en": (
        "This should help: {title}. {start}",
        "Please try the steps in “{title}”. {start}",
        "I am sending you our guide “{title}”. {start}",
    ),
    "nb": (
        "Dette bør hjelpe: {title}. {start}",
        "Prøv stegene i «{title}». {start}",
    ),
}
_ANSWER = {
    "en": (
        "I have checked this on our side and refreshed your line. Please give it two minutes and "
        "tell me whether it is better now.",
        "I have looked through your details and corrected what was wrong; you should see the "
        "change within the hour.",
        "I have passed this to our specialists with everything you told me, so that you do not "
        "have to explain it again.",
        "Thank you for the details. I have made a note of them and set it right from here.",
    ),
    "nb": (
        "Jeg har sjekket dette hos oss og frisket opp linjen din. Gi det to minutter og si fra "
        "om det er bedre nå.",
        "Jeg har sett gjennom opplysningene dine og rettet det som var feil; du ser endringen i "
        "løpet av en time.",
        "Takk for opplysningene. Jeg har notert dem og ordnet det herfra.",
    ),
}
_FAREWELL = {
    "en": (
        "Glad I could help! Is there anything else?",
        "You are welcome. Have a nice day!",
        "Happy to hear that. Take care!",
    ),
    "nb": (
        "Bare hyggelig! Er det noe annet jeg kan hjelpe med?",
        "Så bra. Ha en fin dag!",
    ),
}
_THANKS = re.compile(
    r"\b(thanks?|thank you|thx|perfect|great|wonderful|works now|that did it|takk|supert|perfekt"
    r"|virker nå)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(but|not|still|no|never|another|nothing|ikke|men|fortsatt)\b", re.IGNORECASE
)

_SENTENCE = re.compile(r"[.!?\n]+")


def _one(table: dict[str, tuple[str, ...]], language: str, random: Random) -> str:
    return random.choice(table.get(language, table["en"]))


def greeting(language: str, customer: str, agent: str, random: Random) -> str:
    """The first message to a customer; `customer` may be empty."""
    text = _one(_GREETING, language, random).format(name=customer, agent=agent)
    return text.replace(" ,", ",")


def salutation(language: str, customer: str, random: Random) -> str:
    """How a letter begins."""
    return _one(_SALUTATION, language, random).format(name=customer).replace(" ,", ",")


def question(slot: str, language: str) -> str:
    """Ask for one fact."""
    return _QUESTIONS[slot].get(language) or _QUESTIONS[slot]["en"]


def worth_asking(said: str, known: bool) -> list[str]:
    """The facts that fit a customer's message; the account of an unknown customer."""
    fitting = [slot for words, slots in _FITTING if words.search(said) for slot in slots]
    return fitting if known else [*fitting, "account"]


def article(language: str, title: str, body: str, random: Random) -> str:
    """Hand over an article: its title and how it begins."""
    return _one(_ARTICLE, language, random).format(title=title, start=beginning(body))


def answer(language: str, random: Random) -> str:
    """An answer without an article."""
    return _one(_ANSWER, language, random)


def farewell(language: str, random: Random) -> str:
    """Good-bye to a customer who has said thank you."""
    return _one(_FAREWELL, language, random)


def thanks(text: str) -> bool:
    """Whether a customer says at the end that it is solved."""
    last = [part for part in _SENTENCE.split(text) if part.strip()][-2:]
    return any(_THANKS.search(part) and not _TROUBLE.search(part) for part in last)


def beginning(body: str, most: int = 280) -> str:
    """The first lines of an article as plain words."""
    lines = (re.sub(r"^[#>*\-\d.\s]+", "", line).strip() for line in body.splitlines())
    text = " ".join(line for line in lines if line)
    text = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", lambda found: found[1] or "", text)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
