"""One text to many conversations: filled for each of them, and unsent from all with one undo."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from omnitui.desk import outgoing, thread, undo
from omnitui.desk.bulk import Bulk, BulkRefusal, each, keys_of
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.replies import values
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.rules.slots import KNOWN, fill, problems
from omnitui.store import conversations as rows
from omnitui.store import messages

_KIND = "bulk.reply"


class BulkReplyPreview(Struct, frozen=True):
    """Who would get a text and who would not, in the order given.

    `example` is the text for the first of them, `example_name`.
    """

    gets: tuple[ConversationId, ...]
    refused: tuple[BulkRefusal, ...]
    example: str = ""
    example_name: str = ""


@query("bulk.reply_preview")
def preview(call: Call, conversations: list[int], text: str) -> BulkReplyPreview:
    """Preview of `bulk.reply`: who would get the text, who would not, and why. Sends nothing."""
    template = _template(text)
    names = {item.id: item.name for item in rows.many(call.store, keys_of(conversations))}
    gets: list[ConversationId] = []
    refused: list[BulkRefusal] = []
    example = ""
    for key in keys_of(conversations):
        name = names.get(key, f"conversation {key}")
        try:
            if key not in names:
                raise Refused("conversation.unknown", f"There is no conversation {key}.")
            said = _for(call, key, template)
        except Refused as no:
            refused.append(BulkRefusal(key, name, no.refusal.code, no.refusal.message))
            continue
        example = example if gets else said
        gets.append(key)
    return BulkReplyPreview(tuple(gets), tuple(refused), example, names[gets[0]] if gets else "")


@command(_KIND)
def reply(call: Call, conversations: list[int], text: str) -> Bulk:
    """Send one text to many conversations of yours; slots are filled for each.

    Slots are those of quick replies, such as `{customer.first_name}`; a conversation without a
    value for one of them gets nothing and is listed. Drafts do not change. One undo unsends all
    replies that have not left.
    """
    template = _template(text)
    said: list[int] = []

    def one(call: Call, key: ConversationId) -> None:
        words = _for(call, key, template)
        said.append(outgoing.hold(call, thread.get(call, key), words).id)

    done = each(call, conversations, lambda what: f"replied to {what}", one, pictured=False)
    count = len(done.done)
    whom = f"{count} conversations"
    if count == 1:
        whom = thread.get(call, done.done[0]).name
    keep: dict[str, Any] = {"messages": said, "conversations": list(done.done)}
    undo.remember_deed(call, f"replied to {whom}", _KIND, keep)
    return done


def _template(text: str) -> str:
    said = thread.words(text, "reply")
    wrong = problems(said)
    if "{?" in said:
        wrong.append("enter a prompt such as {?date} by hand, in each conversation")
    if wrong:
        known = ", ".join(f"{{{slot}}}" for slot in KNOWN[:4])
        raise Refused(
            "reply.slots",
            f"The text cannot be filled: {'; '.join(wrong)}.",
            f"Slots are {known} and the others of quick replies.",
        )
    return said


def _for(call: Call, key: ConversationId, template: str) -> str:
    """The text for one conversation; refused where it cannot be sent."""
    item = thread.get(call, key)
    outgoing.check_may_reply(call, item)
    filled = fill(template, values(call, key))
    if filled.missing:
        slots = ", ".join(f"{{{slot}}}" for slot in filled.missing)
        raise Refused("reply.unfilled", f"{item.name} has no value for {slots}.")
    said = thread.words(filled.text, "reply")
    outgoing.check_fits(call, item, said)
    return said


def _gone(call: Call, keep: Mapping[str, Any]) -> dict[int, str]:
    """The conversations whose reply cannot be unsent any more, each with the reason."""
    found: dict[int, str] = {}
    for key in keep["messages"]:
        line = messages.get(call.store, key)
        assert line is not None
        if why := outgoing.left(line):
            name = thread.get(call, line.conversation_id).name
            found[line.conversation_id] = f"the reply to {name}: {why}"
    return found


def _all_gone(call: Call, keep: Mapping[str, Any]) -> str:
    gone = _gone(call, keep)
    return "all replies have left" if len(gone) == len(keep["messages"]) else ""


undo.deeds(
    _KIND,
    _all_gone,
    lambda call, keep: outgoing.take_back_all(call, keep["messages"]),
    _gone,
)
