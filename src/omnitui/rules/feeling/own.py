"""The customer's own words: without those of others, of machines, and the formulas of letters."""

import re
from collections.abc import Iterable, Sequence

from omnitui.patterns import late
from omnitui.rules.feeling.machine import is_line

_WROTE = r"(?:wrote|writes|skrev|skreiv|schrieb|schreef|a écrit|escribió|ha scritto|escreveu)"
_HEAD = late(rf"^\s*\S.{{0,300}}\b{_WROTE}\b[^:\n]{{0,120}}:\s*$", re.IGNORECASE)
_HEAD_STARTS = late(r"^\s*(?:on|den|am|op|le|el|il|em|på)\b.*\d", re.IGNORECASE)
_QUOTED = late(r"^\s*(?:>(?![:;=]-?[()\[/|<])|&gt;)")
_BELOW = late(
    r"^\s*[-_*]{2,}\s*(?:original message|forwarded message|original appointment"
    r"|opprinnelig melding|videresendt melding|ursprüngliche nachricht)\b",
    re.IGNORECASE,
)
_FIELD = late(
    r"^\s*\*?(?:from|sent|date|to|cc|subject|fra|sendt|dato|til|kopi|emne|von|gesendet|an|betreff)"
    r"\s?\*?:\*?\s",
    re.IGNORECASE,
)
_SENT_FROM = late(
    r"^\s*(?:sent from (?:my|a|the)\b|sent via\b|get outlook for\b|sendt fra (?:min|mitt)\b"
    r"|sendt med\b|hent outlook\b)",
    re.IGNORECASE,
)
_SIGNATURE = late(r"^(?:--|—|__+|-{4,})\s*$")
_SAYS = r"(?:wrote|said|says|say|told me|replied|answered|quote|skrev|sa|sier|svarte)"
_WORD = r"[^\s'‘’]{1,40}(?:['’]\w{1,10}[.,:;!?]?)?"
"""A word between single quotation marks, which may have an apostrophe itself.

It can be read in one way only: where no mark closes, two ways for a word are 2^30 for all of them.
"""
_IN_QUOTES = late(
    rf"\b{_SAYS}\b[,:]?\s*(?:[\"“„«][^\"“”„«»\n]{{0,600}}[\"”“»])"
    r"|[\"“„«](?:[^\s\"“”„«»]{1,40}\s+){3,80}[^\s\"“”„«»]{1,40}[\"”“»]"
    rf"|\b{_SAYS}\b[,:]?\s*['‘][^'‘’\n]{{0,600}}['’](?!\w)"
    rf"|(?<![\w'’])['‘](?!(?:tis|twas|cause|cos|em|bout|til)\b)(?:{_WORD}[^\S\n]+){{3,30}}{_WORD}['’](?!\w)",
    re.IGNORECASE,
)
_MARKS_OF_QUOTES = late("[\"“„«'‘]")
"""Every quotation begins with one of them; a message without any is not searched for it."""
_AUTOMATIC = late(
    r"^\W{0,10}(?:auto(?:matic|mated|matisk)?[ -]?(?:reply|response|message|svar)\b|autosvar\b"
    r"|out of (?:the )?office\b|fraværsmelding\b|ikke til stede\b"
    r"|(?:(?:hi|hello|hei)\W{1,10})?(?:thank you for your (?:e-?mail|message)\W{1,10})?"
    r"i(?:'m| am) (?:currently )?(?:out of (?:the )?office|away from"
    r"|on (?:annual |parental )?leave)\b"
    r"|jeg er (?:for tiden )?(?:ikke på kontoret|bortreist|på ferie)\b"
    r"|delivery status notification\b|undeliver(?:able|ed)\b|mail delivery (?:failed|subsystem)\b"
    r"|returned mail\b|this is an auto(?:matic|mated|-generated)\b|dette er en automatisk\b"
    r"|(?:your|din|ditt)(?: \w+){0,2} (?:code|kode|passcode|engangskode)\s*(?:is|er|:)"
    r"|do[ -]not[ -]reply\b)",
    re.IGNORECASE,
)
_FENCE = late(r"^\s*```")
_POSTSCRIPT = late(r"^\s*p\.?\s?s\b", re.IGNORECASE)
_LETTERS = late(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_AFTER = 4
_BEFORE_NAMES = frozenset("from fra and og to all the".split())


def own_lines(text: str) -> list[str]:
    """The lines that the customer wrote: no quotations, signatures, or text of machines."""
    if _AUTOMATIC.match(text):
        return []
    lines = (_IN_QUOTES.sub(" ", text) if _MARKS_OF_QUOTES.search(text) else text).splitlines()
    kept: list[str] = []
    fenced = False
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced or _QUOTED.match(line) or _SENT_FROM.match(line) or is_line(line):
            continue
        elif _ends_here(lines, number):
            break
        elif _introduces(lines, number):
            rest = [below for below in lines[number + 1 :] if below.strip()]
            if not any(_QUOTED.match(below) for below in rest):
                break
        else:
            kept.append(line)
    return kept


def _ends_here(lines: Sequence[str], number: int) -> bool:
    """Whether what another mail or a signature holds begins at a line."""
    line = lines[number]
    if _BELOW.match(line) or _SIGNATURE.match(line):
        return True
    near = lines[number : number + 4]
    return bool(_FIELD.match(line)) and sum(1 for each in near if _FIELD.match(each)) >= 3


def _introduces(lines: Sequence[str], number: int) -> bool:
    """Whether a line, or it with its neighbour, says who wrote what is quoted below."""
    line = lines[number]
    if _HEAD.match(line):
        return True
    after = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(_HEAD_STARTS.match(line)) and bool(_HEAD.match(f"{line.strip()} {after.strip()}"))


class Formulas:
    """The greetings and closings of the languages that are scored."""

    def __init__(
        self, greetings: Iterable[str], closings: Iterable[str], weak_closings: Iterable[str]
    ) -> None:
        self._greeting = re.compile(
            rf"^\s*{_any(greetings)}(?!\w)(?P<whom>[^\n,!?:;]{{0,60}}[,!:;]|[^\n,!?.:;]{{0,60}}$)?",
            re.IGNORECASE,
        )
        self._closing = re.compile(rf"^{_any(closings)}(?!\w)", re.IGNORECASE)
        self._weak = re.compile(rf"^{_any(weak_closings)}\W*$", re.IGNORECASE)
        self._inline = re.compile(
            rf"(?:(?<=[.!?])\s|(?<=,)\s|^)\s*{_any(closings)}(?!\w)[\s,.!]*"
            r"(?-i:(?:[^\W\d_a-zæøå][\w.'’-]*[\s,.]*){0,5})$",
            re.IGNORECASE,
        )

    def without(self, lines: Sequence[str], common: frozenset[str]) -> str:
        """The lines without greeting and closing; `common` words are nobody's name."""
        kept = list(lines)
        first = next((n for n, line in enumerate(kept) if line.strip()), None)
        if first is not None:
            kept[first] = self._greeted(kept[first], common)
        for number, line in enumerate(kept):
            plain = line.strip()
            if self._closes(plain, kept[number + 1 :], any(each.strip() for each in kept[:number])):
                after = [n for n in range(number, len(kept)) if _POSTSCRIPT.match(kept[n])]
                kept = kept[:number] + (kept[after[0] :] if after else [])
                break
        return "\n".join(self._inline_cut(line) for line in kept)

    def _greeted(self, line: str, common: frozenset[str]) -> str:
        found = self._greeting.match(line)
        if found is None:
            return line
        whom = found["whom"] or ""
        words = _LETTERS.findall(whom)
        # A name may be any word; one in small letters that everybody uses is none.
        if len(words) <= _MOST_AFTER + 1 and not common.intersection(words):
            return line[found.end() :]
        return line[found.start("whom") :] if found["whom"] else line[found.end() :]

    def _closes(self, line: str, after: Sequence[str], begun: bool) -> bool:
        found = self._closing.match(line)
        if found is not None and _is_name(line[found.end() :]):
            return True
        if not begun or not self._weak.match(line):
            return False
        rest = [each.strip() for each in after if each.strip()]
        return 0 < len(rest) <= 2 and all(
            len(_LETTERS.findall(each)) <= 3 and each[0].isupper() for each in rest
        )

    def _inline_cut(self, line: str) -> str:
        found = self._inline.search(line)
        return line[: found.start()] if found else line


def _is_name(text: str) -> bool:
    """Whether a text is a name, or nothing: a few words with capitals, perhaps after a `from`."""
    words = [word for word in _LETTERS.findall(text) if word.casefold() not in _BEFORE_NAMES]
    capitals = all(word[0].isupper() for word in words)
    return len(words) <= _MOST_AFTER and capitals and text.rstrip()[-1:] not in ("!", "?")


def _any(phrases: Iterable[str]) -> str:
    # The longest first, so that `with kind regards` is not left with its `with`.
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, each.split())) for each in ordered) + ")"
