"""Whether a customer asks for a person, in whatever wording.

A virtual agent that pretends not to understand this is the worst of all: what is doubtful counts
as asked for, except where the sentence is plainly about something else (an estate agent).
"""

import re

from omnitui.patterns import late

_PEOPLE = (
    r"(?:human(?: being)?|(?:real |actual |live |human )?(?:person|people|agent|representative|rep"
    r"|advis[eo]r|operator|assistant)|someone|somebody|anyone|anybody|colleague|manager|supervisor"
    r"|member of staff|staff|employee|customer (?:service|support|care)|support (?:team|staff)"
    r"|your team|one of you)"
)
_NAMED = (
    r"(?:human(?: being)?|(?:real|actual|live|human) (?:person|people|agent|representative"
    r"|advis[eo]r|operator|one)|representative|operator|agent|advis[eo]r|person|supervisor|manager)"
)
_ENGLISH = (
    rf"\b(?:talk|speak|chat|spk|speaking|talking|chatting)\b[^.?!]{{0,24}}\b(?:to|with|2)\b"
    rf"[^.?!]{{0,24}}\b{_PEOPLE}\b",
    rf"\b(?:connect|transfer|put|pass|forward|hand|get|give|send|escalate)\b[^.?!]{{0,12}}"
    rf"\b(?:me|us|this|it)\b[^.?!]{{0,24}}\b{_PEOPLE}\b",
    rf"\b(?:want|need|like|prefer|demand|require|get|have|see|is there|are there)\b[^.?!]{{0,16}}"
    rf"\b(?:an?|the|some|any|your)\s+(?:\w+\s+)?{_NAMED}\b",
    rf"^\W*(?:an?\s+|the\s+|just\s+)?{_NAMED}s?\W*(?:please|pls|plz|now|thanks|asap)?\W*$",
    rf"\b{_NAMED}\b\W*(?:please|pls|plz|now)\b",
    r"\b(?:don'?t|do not|not|no)\b[^.?!]{0,16}\b(?:ro)?bots?\b",
    r"\b(?:stop|hate|no more)\b[^.?!]{0,16}\b(?:ro)?bots?\b",
    r"\bare you (?:a )?(?:real|human|(?:ro)?bot|machine|person)\b",
    r"\b(?:someone|somebody) real\b",
    r"\bhuman (?:help|support|contact|being)\b",
)
_NORDIC = (
    r"\b(?:snakke|prate|chatte|snakka|tale|tala|prata)\b[^.?!]{0,20}\b(?:med|til)\b[^.?!]{0,16}"
    r"\b(?:noen|nogen|nån|någon|menneske\w*|människa|person|ekte|en ekte|kundebehandler\w*"
    r"|kundeservice|kundtjänst|ansatt\w*|medarbe\w+|rådgiver\w*|dere|jer|er)\b",
    r"\b(?:sett|sette|send|overfør|koble|kople|få|gi)\b[^.?!]{0,20}\b(?:menneske\w*|person"
    r"|kundebehandler\w*|medarbeider\w*|rådgiver\w*|ekte)\b",
    r"^\W*(?:et |en |ett )?(?:menneske|person|kundebehandler|medarbeider|rådgiver|människa)\W*"
    r"(?:takk|tack|nå|nu)?\W*$",
    r"\bikke (?:en |med (?:en )?)?(?:ro)?bot\b",
    r"\bekte (?:menneske|person)\w*\b",
    r"\ber du (?:en |et )?(?:ekte|menneske|(?:ro)?bot|robot)\b",
)
_OTHERS = (
    r"\bmit (?:einem|einer|jemandem|nem)\b[^.?!]{0,24}\b(?:menschen|mitarbeiter\w*|person"
    r"|berater\w*|sprechen|reden)\b",
    r"^\W*(?:mensch|mitarbeiter|kundenberater)\W*(?:bitte)?\W*$",
    r"\bparler (?:à|a|avec)\b[^.?!]{0,24}\b(?:quelqu'un|personne|humain|conseill\w*|agent)\b",
    r"\bhablar con\b[^.?!]{0,24}\b(?:alguien|persona|humano|agente|operador\w*)\b",
)
_ASKS = late("|".join(f"(?:{one})" for one in (*_ENGLISH, *_NORDIC, *_OTHERS)), re.IGNORECASE)
_NOT = late(
    r"\b(?:don'?t|do not|no) (?:want|need|wish)\b[^.?!]{0,24}\b(?:talk|speak|human|person|agent)\b"
    r"|\b(?:vil|trenger) ikke (?:snakke|prate)\b"
    r"|\b(?:estate|travel|letting|insurance|user|cleaning) agents?\b"
    r"|\b(?:phone|mobile|cable|network|tv) operators?\b",
    re.IGNORECASE,
)


_LONGEST = 2_000
"""What is read of a message (characters)."""


def asks_for_person(text: str) -> bool:
    """Whether a message asks for a person instead of a machine."""
    plain = " ".join(text[:_LONGEST].split())
    if _ASKS.search(plain) is None:
        return False
    return _NOT.search(plain) is None
