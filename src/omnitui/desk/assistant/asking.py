"""Asking the language model: what may leave, and the record of how it went.

The desk never calls it. It makes a request, masked and entered in the journal before anything can
leave; a console sends that (`channels/assistant.py`) and reports how it went, and what a person did
with the draft. The journal has sizes and names, never the words and never the key.
"""

from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.assistant.material import Gathering
from omnitui.desk.assistant.setting import endpoint_of
from omnitui.desk.call import Call
from omnitui.desk.registry import command
from omnitui.model.assistant import Asked, Decision, Outcome, Purpose, Rewrite
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId, ConversationId, MessageId
from omnitui.model.journal import Entry
from omnitui.rules import assistant as rules
from omnitui.store import journal

_LONGEST_MS = 86_400_000


@command("assistant.prepare")
def prepare(
    call: Call,
    purpose: Purpose,
    conversation: ConversationId,
    style: Rewrite | None = None,
    draft: str = "",
    message: MessageId | None = None,
    articles: list[ArticleId] | None = None,
    language: str = "",
) -> Asked:
    """Make a request to the language model, masked, and enter it in the journal; nothing is sent.

    A reply is based on `articles`, by default those that fit the customer's last messages; internal
    ones are never given. A rewrite needs the `draft`, and a `style`. A translation is of `message`,
    by default the customer's last one. An article is drafted from the resolved case of the
    conversation. `language` is the code of the language to write in, by default `en`, for a rewrite
    the customer's.
    """
    endpoint = endpoint_of(call)
    item = thread.get(call, conversation)
    given = Gathering(call, item, language)
    material, original = given.of(purpose, style, draft, message, articles)
    made = rules.build(
        purpose,
        replace(material, known=given.known),
        endpoint.max_chars,
        lambda: f"data-{call.random.getrandbits(64):016x}",
    )
    if rules.too_long(made, endpoint.max_chars):
        raise Refused(
            "assistant.too_long",
            f"This is more than {endpoint.max_chars:,} characters, the most that is sent.",
            "Shorten it, or raise max_chars with `assistant.set`.",
        )
    asked = Asked(
        key=0,
        purpose=purpose,
        endpoint=endpoint,
        prompts=made.prompts,
        fence=made.fence,
        held=made.held,
        given=made.given,
        original=original,
        links=made.links,
        left_out=made.left_out,
    )
    key = call.journal(
        "assistant.asked",
        conversation=conversation,
        purpose=purpose.value,
        host=endpoint.host,
        model=endpoint.model,
        characters=asked.sent,
        masked=len(asked.held),
        articles=[one.id for one in asked.given],
    )
    return replace(asked, key=key)


@command("assistant.record")
def record(call: Call, asked: int, outcome: Outcome, characters: int = 0, ms: int = 0) -> None:
    """Report how a request to the language model ended, once: `characters` that came, in `ms`."""
    entry = _mine(call, asked)
    if not (characters >= 0 and 0 <= ms <= _LONGEST_MS):
        raise Refused("assistant.numbers", "Give characters and ms as numbers from 0.")
    if _later(call, entry, "assistant.answered"):
        raise Refused("assistant.recorded", f"How request {asked} ended is recorded already.")
    call.journal(
        "assistant.answered",
        conversation=entry.conversation_id,
        asked=asked,
        **{name: entry.payload.get(name, "") for name in ("purpose", "host", "model")},
        outcome=outcome.value,
        characters=characters,
        ms=ms,
    )


@command("assistant.decide")
def decide(call: Call, asked: int, decision: Decision) -> None:
    """Report what you did with a draft of the language model, once."""
    entry = _mine(call, asked)
    answers = _later(call, entry, "assistant.answered")
    if not answers or answers[0].payload.get("outcome") != Outcome.ANSWERED:
        raise Refused("assistant.no_draft", f"Request {asked} has left no draft.")
    if _later(call, entry, "assistant.decided"):
        raise Refused("assistant.decided", f"What became of draft {asked} is recorded already.")
    call.journal(
        "assistant.decided",
        conversation=entry.conversation_id,
        asked=asked,
        purpose=entry.payload.get("purpose", ""),
        decision=decision.value,
    )


def _mine(call: Call, asked: int) -> Entry:
    """The caller's own request of that number."""
    found = journal.after(call.store, asked - 1, 1) if asked > 0 else []
    actor = call.actor
    if (
        not found
        or (found[0].seq, found[0].kind) != (asked, "assistant.asked")
        or (found[0].actor_kind, found[0].actor_id) != (actor.kind, actor.id)
    ):
        raise Refused("assistant.unknown", f"You have made no request {asked}.")
    return found[0]


def _later(call: Call, entry: Entry, kind: str) -> list[Entry]:
    """What the journal has of a request after it was made."""
    assert entry.conversation_id is not None
    last = journal.last(call.store)
    found = journal.within(call.store, entry.conversation_id, kind, entry.seq, last)
    return [one for one in found if one.payload.get("asked") == entry.seq]
