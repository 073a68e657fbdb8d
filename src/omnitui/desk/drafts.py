"""Drafts: what is begun, what goes with it, and what is discarded."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from omnitui.desk import enclosing, thread, undo
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.desk.sessions import mine
from omnitui.model.conversation import Conversation
from omnitui.model.envelope import NOTHING, Envelope, File, envelope_of, envelope_text
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, MessageId
from omnitui.model.session import Draft, DraftKind, Session
from omnitui.store import composing, messages, sessions
from omnitui.store import files as kept

_DISCARD = "draft.discard"


class Enclosed(Struct, frozen=True):
    """What goes with the draft of a reply, and how it would leave.

    `subject` is the one it would have, `signature` the text below it, `quote` the text of what it
    quotes; `letters` and `attachments` are what the channel takes.
    """

    envelope: Envelope
    subject: str = ""
    signature: str = ""
    quote: str = ""
    letters: bool = False
    attachments: bool = False


@query("draft.list")
def list_(call: Call, limit: int = 100) -> list[Draft]:
    """What you have begun to write in your sessions, the latest first."""
    return composing.drafts(call.store, call.agent)[: page_size(limit, 1_000)]


@query("draft.enclosed")
def enclosed(call: Call, conversation: ConversationId) -> Enclosed:
    """What goes with your draft of a reply, with the signature and quote it would have."""
    return _shown(call, thread.get(call, conversation), mine(call, conversation).envelope)


def _shown(call: Call, item: Conversation, envelope: Envelope) -> Enclosed:
    place = call.place(item.channel)
    taken = envelope if place.attachments else Envelope()
    sealed = enclosing.sealed(call, item, envelope if place.attachments else taken)
    return Enclosed(
        envelope,
        sealed.subject,
        sealed.signature,
        sealed.quote,
        place.letters,
        place.attachments,
    )


def _change(call: Call, session: Session, item: Conversation, envelope: Envelope) -> Enclosed:
    sessions.set_envelope(call.store, call.agent, item.id, envelope, call.now)
    return _shown(call, item, envelope)


@command("draft.attach")
def attach(call: Call, conversation: ConversationId, path: str) -> Enclosed:
    """Attach a file from this machine to your draft of a reply.

    It is copied now: what happens to it later changes nothing. Its size, ending and number are
    checked (`attachment_mb`, `attachments_mb`, `attachments_most`, `attachments_blocked`).
    """
    session, item = mine(call, conversation), thread.get(call, conversation)
    return _change(call, session, item, enclosing.attach(call, item, session.envelope, path))


@command("draft.detach")
def detach(call: Call, conversation: ConversationId, file: str) -> Enclosed:
    """Remove a file from your draft, given its name or its number from 1."""
    session, item = mine(call, conversation), thread.get(call, conversation)
    return _change(call, session, item, enclosing.detach(session.envelope, file))


@command("draft.address")
def address(
    call: Call,
    conversation: ConversationId,
    subject: str | None = None,
    cc: list[str] | None = None,
    bcc: list[str] | None = None,
    quotes: MessageId | None = None,
    quote: bool | None = None,
    signed: bool | None = None,
) -> Enclosed:
    """Set subject and copies of your draft, what it quotes, and whether it is signed.

    `quote` is yes for the customer's last message, no for none; `quotes` is any other message.
    """
    session, item = mine(call, conversation), thread.get(call, conversation)
    key: int | None = quotes
    if quote is not None and quotes is None:
        key = _last_heard(call, item) if quote else 0
    given = {"subject": subject, "cc": cc, "bcc": bcc, "quotes": key, "signed": signed}
    return _change(call, session, item, enclosing.addressed(call, item, session.envelope, given))


def _last_heard(call: Call, item: Conversation) -> int:
    key = messages.last_of_customer(call.store, item.id)
    if key is None:
        raise Refused("reply.quote", f"{item.name} has not written anything to quote.")
    return key


@command("draft.discard")
def discard(call: Call, conversation: ConversationId, kind: DraftKind = DraftKind.REPLY) -> None:
    """Discard your draft of a reply or of a note; undo brings it back."""
    session, item = mine(call, conversation), thread.get(call, conversation)
    reply = kind is DraftKind.REPLY
    text = session.draft_reply if reply else session.draft_note
    envelope = session.envelope if reply else NOTHING
    if not text and envelope == NOTHING:
        raise Refused("draft.none", f"There is no {kind.value} to {item.name} begun.")
    _put(call, conversation, kind, "", NOTHING)
    call.journal("draft.discarded", conversation=conversation, writing=kind.value)
    keep = {
        "conversation": conversation,
        "writing": kind.value,
        "text": text,
        "envelope": envelope_text(envelope),
    }
    undo.remember_deed(call, f"discarded the {kind.value} to {item.name}", _DISCARD, keep)


def _put(call: Call, conversation: int, kind: DraftKind, text: str, envelope: Envelope) -> None:
    sessions.set_draft(call.store, call.agent, conversation, kind, text, call.now)
    if kind is DraftKind.REPLY:
        sessions.set_envelope(call.store, call.agent, conversation, envelope, call.now)


def _in_the_way(call: Call, deed: Mapping[str, Any]) -> str:
    session = sessions.get(call.store, call.agent, deed["conversation"])
    if session is None:
        return "its session is closed"
    reply = deed["writing"] == DraftKind.REPLY
    begun = session.draft_reply if reply else session.draft_note
    other = begun or (reply and session.envelope != NOTHING)
    return "another one has been begun there" if other else ""


def _bring_back(call: Call, deed: Mapping[str, Any]) -> None:
    kind = DraftKind(deed["writing"])
    _put(call, deed["conversation"], kind, deed["text"], envelope_of(deed["envelope"]))
    call.journal("draft.restored", conversation=deed["conversation"], writing=kind.value)


undo.deeds(_DISCARD, _in_the_way, _bring_back)


class Attached(Struct, frozen=True):
    """A file of a conversation, with who sent it and when (epoch ms)."""

    message: MessageId
    file: File
    author: str
    at: int


@query("file.list")
def files(call: Call, conversation: ConversationId, limit: int = 200) -> list[Attached]:
    """The files of a conversation, the latest first; `path` is where the content is kept.

    One without a path came as a name only.
    """
    found = []
    for line in messages.with_files(call.store, conversation, page_size(limit, 1_000)):
        for one in line.envelope.files:
            path = str(kept.path_of(call.store, one.digest)) if one.digest else ""
            shown = File(one.name, one.size, one.type, one.digest, path)
            found.append(Attached(line.id, shown, line.author, line.at))
    return found
