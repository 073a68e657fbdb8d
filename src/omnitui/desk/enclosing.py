"""What goes with the words of a reply: files, and on letters subject, copies, quote and signature.

Not commands: replies, drafts and replies for later use these inside their own transactions.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.local_zone import LocalZone
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation, MessageKind
from omnitui.model.envelope import NOTHING, Envelope, File
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.rules import files as rules
from omnitui.rules import mailing
from omnitui.rules.addresses import LONGEST
from omnitui.rules.arriving import enclosed
from omnitui.rules.slots import fill
from omnitui.safetext import SafeText, clean_line
from omnitui.store import agents, composing, messages
from omnitui.store import files as kept

_MOST_ARRIVED = 100
_MAIL_ONLY = ("subject", "cc", "bcc", "quotes")


def file_rules(call: Call) -> rules.FileRules:
    """What may be attached, as administrators have set it."""
    now = call.settings
    blocked = frozenset(now.attachments_blocked.split())
    return rules.FileRules(now.attachment_mb, now.attachments_mb, now.attachments_most, blocked)


def attach(call: Call, item: Conversation, envelope: Envelope, path: str) -> Envelope:
    """The envelope with a file from this machine, copied as it is now; refused by rule."""
    refuse(rules.not_taken(call.place(item.channel)))
    name, content = _read(path, envelope.files, file_rules(call))
    return replace(envelope, files=(*envelope.files, _kept(call, name, content)))


def _kept(call: Call, name: str, content: bytes) -> File:
    return File(name, len(content), rules.type_of(name), kept.keep(call.store, content))


def keep_arrived(call: Call, name: str, kind: str, content: bytes | None) -> File:
    """A file that a customer sent; only its name where its content did not come or is too large."""
    clean = rules.clean_name(name)
    kind = clean_line(kind, limit=100) or rules.type_of(clean)
    too_large = content is not None and len(content) > call.settings.attachment_mb * rules.MEGABYTE
    if not content or too_large:
        return File(clean, len(content or b""), kind)
    return File(clean, len(content), kind, kept.keep(call.store, content))


def arrived(call: Call, where: Channel, context: Mapping[str, Any]) -> Envelope:
    """What came with a customer's message: its files, and on letters subject and copies.

    Files that bring no more than a name are told in words instead. Content beyond what a message
    may have is not kept.
    """
    left = call.settings.attachments_mb * rules.MEGABYTE
    files = []
    for name, kind, size, content in enclosed(context)[:_MOST_ARRIVED]:
        fits = content is not None and len(content) <= left
        file = keep_arrived(call, name, kind, content if fits else None)
        left -= file.size if file.digest else 0
        files.append(replace(file, size=file.size or size or len(content or b"")))
    if not where.letters:
        return Envelope(files=tuple(files))
    subject = clean_line(str(context.get("subject") or ""), limit=mailing.LONGEST_SUBJECT)
    given = context.get("cc") or ()
    cc = [given] if isinstance(given, str) else [one for one in given if isinstance(one, str)]
    copies = tuple(clean_line(one, limit=LONGEST) for one in cc[: mailing.MOST_COPIES])
    return Envelope(subject=subject, cc=copies, files=tuple(files))


def _read(given: str, there: Sequence[File], limits: rules.FileRules) -> tuple[str, bytes]:
    try:
        path = Path(given.strip()).expanduser()
        found = path.stat()
    except (OSError, ValueError, RuntimeError):
        raise Refused(
            "file.unknown", f"There is no file {given.strip()}.", "Check the path."
        ) from None
    if not S_ISREG(found.st_mode):
        # Opening a pipe would wait for somebody who writes into it.
        what = "a folder" if S_ISDIR(found.st_mode) else "a device or a pipe"
        raise Refused("file.not_a_file", f"{given.strip()} is {what}.", "Choose a file.")
    name = rules.clean_name(path.name)
    refuse(rules.why_refused(name, found.st_size, there, limits))
    try:
        with path.open("rb") as file:
            content = file.read(limits.megabytes * rules.MEGABYTE + 1)
    except OSError as error:
        raise Refused(
            "file.unreadable", f"{path} cannot be read ({error.strerror}).", "Check its rights."
        ) from None
    # It may have grown meanwhile.
    refuse(rules.why_refused(name, len(content), there, limits))
    return name, content


def detach(envelope: Envelope, given: str) -> Envelope:
    """The envelope without a file: its number from 1, or its name; refused for any other."""
    files = list(envelope.files)
    names = [one.name for one in files]
    if given in names:
        del files[names.index(given)]
    elif given.isdecimal() and 1 <= int(given) <= len(files):
        del files[int(given) - 1]
    else:
        listed = ", ".join(names) or "none"
        raise Refused("file.not_attached", f"{given} is not attached.", f"Attached: {listed}.")
    return replace(envelope, files=tuple(files))


def addressed(
    call: Call, item: Conversation, envelope: Envelope, given: dict[str, Any]
) -> Envelope:
    """The envelope with what is given of subject, cc, bcc, quotes and signed; None is not given."""
    changes = {name: value for name, value in given.items() if value is not None}
    place = call.place(item.channel)
    if not place.letters and any(changes.get(name) for name in _MAIL_ONLY):
        raise Refused(
            "reply.no_letters",
            f"{place.label} has no subject, copies or quotes.",
            "Only channels with the trait `letters` have.",
        )
    for name, what in (("cc", "Cc"), ("bcc", "Bcc")):
        if name in changes:
            found = mailing.copies(changes[name], what)
            if isinstance(found, Refusal):
                refuse(found)
            changes[name] = found
    if "subject" in changes:
        changes["subject"] = clean_line(changes["subject"]).strip()
        over = len(changes["subject"]) - mailing.LONGEST_SUBJECT
        if over > 0:
            raise Refused("reply.subject", f"The subject is {over} characters too long.")
    if changes.get("quotes"):
        _quotable(call, item, changes["quotes"])
    return replace(envelope, **changes)


def _quotable(call: Call, item: Conversation, key: int) -> Any:
    line = messages.get(call.store, key)
    if line is None or line.conversation_id != item.id or line.kind is not MessageKind.MESSAGE:
        raise Refused(
            "reply.quote",
            f"Message {key} is no message of this conversation.",
            "`conversation.messages` shows them; notes cannot be quoted.",
        )
    return line


def words(text: str, envelope: Envelope) -> SafeText:
    """The words of a reply; they may be missing beside files only."""
    if envelope.files and not text.strip():
        return SafeText("")
    return thread.words(text, "reply")


def preview(text: str, envelope: Envelope) -> str:
    """What lists show of a message: its words, or the names of its files."""
    return text if text.strip() else ", ".join(one.name for one in envelope.files)


def sealed(call: Call, item: Conversation, envelope: Envelope) -> Envelope:
    """The envelope as it leaves: with the texts of quote and signature, as the channel has them."""
    place = call.place(item.channel)
    if envelope.files:
        refuse(rules.not_taken(place))
    if not place.letters:
        return Envelope(files=envelope.files)
    quote = ""
    if envelope.quotes:
        line = _quotable(call, item, envelope.quotes)
        language = thread.language(call, item)
        quote = mailing.quoted(line.text, line.author, line.at, LocalZone(), language)
    subject = envelope.subject or mailing.answer_subject(item.subject)
    signature = signature_of(call, item) if envelope.signed else ""
    return replace(envelope, subject=subject, quote=quote, signature=signature)


def unsealed(envelope: Envelope) -> Envelope:
    """An envelope that was sent as that of a draft."""
    return replace(envelope, quote="", signature="")


def signature_of(call: Call, item: Conversation) -> str:
    """The signature of the calling agent's next reply; empty for none.

    On a live channel only their first reply in a conversation has one.
    """
    agent, place = call.agent_or_none, call.place(item.channel)
    if agent is None or not place.letters:
        return ""
    if place.live and composing.has_signed(call.store, item.id, agent):
        return ""
    # The agent's own comes before everybody's, a channel's before that of all channels.
    fit = [one for one in composing.signatures(call.store, agent) if one.channel in ("", place.key)]
    fit.sort(key=lambda one: (one.agent_id == 0, not one.channel))
    who = agents.get(call.store, agent)
    if not fit or who is None:
        return ""
    known = {
        "agent.name": who.name,
        "agent.first_name": who.first_name,
        "conversation.channel": place.label,
    }
    return fill(fit[0].text, known).text


def together(one: Envelope, other: Envelope) -> Envelope:
    """Two envelopes as one: the files of both, and whatever else the first one has."""
    if one == NOTHING:
        return other
    files = (*one.files, *(file for file in other.files if file not in one.files))
    return replace(
        one,
        files=files,
        subject=one.subject or other.subject,
        cc=one.cc or other.cc,
        bcc=one.bcc or other.bcc,
        quotes=one.quotes or other.quotes,
    )
