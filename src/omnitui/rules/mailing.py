"""Letters: subjects of answers, whom copies go to, quotes, signatures, and the whole text."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from omnitui.model.envelope import Envelope
from omnitui.model.errors import Refusal
from omnitui.rules.arriving import bare_subject
from omnitui.rules.mail import bare_mail, looks_like_mail, mail_addresses, mail_key

LONGEST_SUBJECT = 250
MOST_COPIES = 50
_MOST_QUOTED = 200
"""Lines of a quote; a longer message is cut."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WROTE = {
    "": "On {day}, {name} wrote:",
    "da": "{day} skrev {name}:",
    "de": "Am {day} schrieb {name}:",
    "es": "El {day}, {name} escribió:",
    "fr": "Le {day}, {name} a écrit :",
    "it": "Il {day}, {name} ha scritto:",
    "nb": "{day} skrev {name}:",
    "nl": "Op {day} schreef {name}:",
    "pt": "Em {day}, {name} escreveu:",
    "sv": "{day} skrev {name}:",
}


def answer_subject(subject: str) -> str:
    """The subject of an answer: `Re:` and the subject, however often it was answered."""
    bare = bare_subject(subject)
    return f"Re: {bare}"[:LONGEST_SUBJECT] if bare else ""


def copies(given: Sequence[str], what: str) -> tuple[str, ...] | Refusal:
    """The mail addresses in what somebody wrote, each once; a refusal names the wrong one."""
    found: dict[str, str] = {}
    parts = [one for text in given for line in text.split("\n") for one in _apart(line)]
    for part in parts:
        address = bare_mail(part)
        if not looks_like_mail(address) or "." not in address.rpartition("@")[2]:
            return Refusal(
                "mail.address",
                f"{what}: {part!r} is not a mail address.",
                "Write addresses such as ada@example.com, separated by commas.",
            )
        found.setdefault(mail_key(address), address)
    if len(found) > MOST_COPIES:
        return Refusal(
            "mail.many",
            f"{what} has {len(found)} addresses; the most is {MOST_COPIES}.",
            "Remove some.",
        )
    return tuple(found.values())


def _apart(line: str) -> list[str]:
    parts = [part.strip() for part in line.replace(";", ",").split(",")]
    return [one for part in parts if part for one in mail_addresses(part)]


def quoted(said: str, name: str, at: int, zone: tzinfo, language: str = "") -> str:
    """What somebody said (`at`: epoch ms), with who and when above it and `> ` before each line."""
    lines = said.strip("\n").split("\n")
    if len(lines) > _MOST_QUOTED:
        lines = [*lines[:_MOST_QUOTED], "[...]"]
    local = (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)
    form = _WROTE.get(language.partition("-")[0].casefold(), _WROTE[""])
    head = form.format(day=f"{local:%Y-%m-%d %H:%M}", name=" ".join(name.split()))
    return "\n".join([head, *(f">{line}" if line[:1] == ">" else f"> {line}" for line in lines)])


def body(text: str, envelope: Envelope) -> str:
    """A message as it reaches the customer: its words, the signature, then the quote."""
    signature = f"-- \n{envelope.signature}" if envelope.signature else ""
    return "\n\n".join(filter(None, (text, signature, envelope.quote)))
