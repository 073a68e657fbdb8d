"""A language model of one's own: what it may be asked, and the record of what it was asked.

The desk never calls it. It makes a request, masked and entered in the journal before anything can
leave; a console sends that (`channels/assistant.py`) and reports how it went, and what a person did
with the draft. The journal has sizes and names, never the words and never the key.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import knowledge, settings, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.settings import DeskSettings
from omnitui.model.actor import Permission
from omnitui.model.assistant import (
    Asked,
    Decision,
    Endpoint,
    Given,
    Outcome,
    Purpose,
    Rewrite,
)
from omnitui.model.case import Case, CaseStatus
from omnitui.model.conversation import Conversation, Delivery, Message, MessageKind, Speaker
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId, ConversationId, MessageId
from omnitui.model.journal import Entry
from omnitui.rules import assistant as rules
from omnitui.rules import endpoints
from omnitui.rules.suggesting import telling_words
from omnitui.safetext import clean, clean_line
from omnitui.store import cases, customers, journal, messages
from omnitui.store import knowledge as articles_of
from omnitui.store import settings as stored

ASKED, ANSWERED, DECIDED = "assistant.asked", "assistant.answered", "assistant.decided"
NONE_SET = "No language model is set up."
HOW_TO_SET = (
    "An administrator sets one: `omnitui call assistant.set url=http://127.0.0.1:11434/v1 "
    "model=NAME`."
)
_MOST_LINES = 200
_WHO = {Speaker.CUSTOMER: "customer", Speaker.AGENT: "agent", Speaker.BOT: "bot"}
_LONGEST_MS = 86_400_000


class AssistantState(Struct, frozen=True):
    """The language model: None if none is set, or if what is set is not valid (`problems`)."""

    endpoint: Endpoint | None
    badge: str
    problems: tuple[str, ...] = ()


@command("assistant.set", Permission.ADMINISTER)
def set_(
    call: Call,
    url: str,
    model: str,
    key_env: str = "",
    timeout: int = 30,
    max_chars: int = 12_000,
    plain_http: bool = False,
) -> AssistantState:
    """Set the language model that drafts for agents: an OpenAI-compatible address, up to `/v1`.

    `key_env` names the environment variable with the key, which is never saved. `timeout` is the
    longest wait for the next word (seconds), `max_chars` the most characters of a request and of an
    answer. Without `plain_http`, http:// is only for this machine.
    """
    address, name, variable = url.strip(), clean_line(model, limit=1_000), key_env.strip()
    wrong = endpoints.problems(address, name, variable, timeout, max_chars, plain_http=plain_http)
    if wrong:
        key, problem = wrong[0]
        raise Refused("assistant.invalid", f"{key}: {problem}.", "Nothing was changed.")
    _put(
        call,
        replace(
            DeskSettings(),
            assistant_url=address,
            assistant_model=name,
            assistant_key_env=variable,
            assistant_seconds=timeout,
            assistant_max_chars=max_chars,
            assistant_plain_http=plain_http,
        ),
    )
    found = _state(settings.load(call.store))
    assert found.endpoint is not None
    call.journal("assistant.set", host=found.endpoint.host, model=name)
    return found


@command("assistant.delete", Permission.ADMINISTER)
def delete(call: Call) -> None:
    """Use no language model any more."""
    if not call.settings.assistant_url:
        raise Refused("assistant.off", NONE_SET)
    _put(call, DeskSettings())
    call.journal("assistant.deleted")


@query("assistant.state")
def state(call: Call) -> AssistantState:
    """The language model that is set, and where words go."""
    return _state(call.settings)


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
    endpoint = _state(call.settings).endpoint
    if endpoint is None:
        raise Refused("assistant.off", NONE_SET, HOW_TO_SET)
    item = thread.get(call, conversation)
    given = _Gathering(call, item, language)
    if purpose is Purpose.REPLY:
        material, original = given.for_reply(articles), ""
    elif purpose is Purpose.REWRITE:
        material, original = given.for_rewrite(draft, style)
    elif purpose is Purpose.TRANSLATION:
        material, original = given.for_translation(message)
    elif purpose is Purpose.ARTICLE:
        material, original = given.for_article(), ""
    else:
        material, original = given.for_summary(), ""
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
        ASKED,
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
    if _later(call, entry, ANSWERED):
        raise Refused("assistant.recorded", f"How request {asked} ended is recorded already.")
    call.journal(
        ANSWERED,
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
    answers = _later(call, entry, ANSWERED)
    if not answers or answers[0].payload.get("outcome") != Outcome.ANSWERED:
        raise Refused("assistant.no_draft", f"Request {asked} has left no draft.")
    if _later(call, entry, DECIDED):
        raise Refused("assistant.decided", f"What became of draft {asked} is recorded already.")
    call.journal(
        DECIDED,
        conversation=entry.conversation_id,
        asked=asked,
        purpose=entry.payload.get("purpose", ""),
        decision=decision.value,
    )


def _state(found: DeskSettings) -> AssistantState:
    if not found.assistant_url:
        return AssistantState(None, "")
    known = (
        found.assistant_url,
        found.assistant_model,
        found.assistant_key_env,
        found.assistant_seconds,
        found.assistant_max_chars,
    )
    wrong = endpoints.problems(*known, plain_http=found.assistant_plain_http)
    if wrong:
        return AssistantState(None, "", tuple(f"{key}: {problem}" for key, problem in wrong))
    endpoint = endpoints.endpoint(*known)
    return AssistantState(endpoint, endpoint.badge)


def _put(call: Call, wanted: DeskSettings) -> None:
    for name in DeskSettings.__struct_fields__:
        if name.startswith("assistant_"):
            stored.put(call.store, name, str(getattr(wanted, name)))


def _mine(call: Call, asked: int) -> Entry:
    """The caller's own request of that number."""
    found = journal.after(call.store, asked - 1, 1) if asked > 0 else []
    actor = call.actor
    if (
        not found
        or (found[0].seq, found[0].kind) != (asked, ASKED)
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


class _Gathering:
    """What a request is made of, from the store."""

    def __init__(self, call: Call, item: Conversation, language: str) -> None:
        self._call, self._item, self._language = call, item, language
        self._messages = [
            one
            for one in messages.before(call.store, item.id, None, _MOST_LINES)
            if one.delivery is not Delivery.UNSENT and one.kind is not MessageKind.EVENT
        ]

    @property
    def known(self) -> list[str]:
        """What identifies the customer: account and addresses."""
        values = [self._item.address]
        if self._item.customer_id is not None:
            person = customers.get(self._call.store, self._item.customer_id)
            if person is not None:
                values += [person.account, *(one.value for one in person.addresses)]
        return values

    def for_reply(self, wanted: Sequence[ArticleId] | None) -> rules.Material:
        """The articles that may be used, and what was said."""
        if wanted is None:
            words = telling_words(self._said, self._item.name)
            found = [one.article for one in knowledge.suggest(self._call, words)]
            found = [one for one in found if one.public]
        else:
            found = articles_of.articles(self._call.store, list(wanted))
            for one in found:
                if not one.public:
                    raise Refused(
                        "assistant.internal",
                        f"“{one.title}” is internal: it is given to no language model.",
                        "Give public articles only.",
                    )
        if not found:
            raise Refused(
                "assistant.no_articles",
                "No article fits what the customer asks, so no reply can be suggested.",
                "Search the knowledge, or write the reply yourself.",
            )
        given = [Given(one.id, one.title, one.body) for one in found[: rules.MOST_ARTICLES]]
        return rules.Material(lines=self._lines(), articles=given)

    def for_rewrite(self, draft: str, style: Rewrite | None) -> tuple[rules.Material, str]:
        """The agent's own draft; the customer's words only where their language is not known."""
        text = str(clean(draft)).strip()
        if not text:
            raise Refused("assistant.no_text", "Nothing is written yet.", "Write a draft first.")
        if style is None:
            raise Refused(
                "assistant.style",
                "A rewrite needs a style.",
                f"Give one of {', '.join(one.value for one in Rewrite)}.",
            )
        language = self._language or thread.language(self._call, self._item)
        unknown = style is Rewrite.LANGUAGE and not rules.language_of(language)
        lines = self._lines(Speaker.CUSTOMER)[-3:] if unknown else []
        if unknown and not lines:
            raise Refused(
                "assistant.language",
                "The customer's language is not known.",
                "Set it in the customer's record.",
            )
        return rules.Material(lines=lines, draft=text, style=style, language=language), text

    def for_translation(self, message: MessageId | None) -> tuple[rules.Material, str]:
        """One message of the customer."""
        said = [
            one
            for one in self._said
            if one.speaker is Speaker.CUSTOMER and message in (None, one.id)
        ]
        if message is not None and not said:
            one = messages.get(self._call.store, message)
            if one is not None and one.conversation_id == self._item.id:
                said = [one] if one.speaker is Speaker.CUSTOMER else []
        if not said:
            raise Refused(
                "assistant.no_message",
                "There is no message of the customer to translate.",
                "Choose one in the transcript.",
            )
        text = said[-1].text
        return rules.Material(facts=(("message", text),), language=self._language), text

    def for_summary(self) -> rules.Material:
        """What was said, with the notes of agents."""
        lines = self._lines(notes=True)
        if not lines:
            raise Refused("assistant.no_text", "Nothing has been said in this conversation yet.")
        case = self._case
        facts = () if case is None else (("case", f"{case.title}\n{case.description}"),)
        return rules.Material(lines=lines, facts=facts, language=self._language)

    def for_article(self) -> rules.Material:
        """A resolved case, with what was said."""
        case = self._case
        if case is None or case.status is not CaseStatus.RESOLVED:
            raise Refused(
                "assistant.no_case",
                "An article is drafted from a resolved case, and none is linked here.",
                "Resolve the case first.",
            )
        facts = (
            ("question", f"{case.title}\n{case.description}"),
            ("resolution", case.resolution),
            ("product", case.product),
        )
        return rules.Material(lines=self._lines(), facts=facts, language=self._language)

    @property
    def _case(self) -> Case | None:
        key = self._item.case_id
        return None if key is None else cases.get(self._call.store, key)

    @property
    def _said(self) -> list[Message]:
        return [one for one in self._messages if one.kind is MessageKind.MESSAGE]

    def _lines(self, only: Speaker | None = None, *, notes: bool = False) -> list[rules.Line]:
        """Who said what; nobody is named."""
        found = self._messages if notes else self._said
        return [
            rules.Line("note" if one.kind is MessageKind.NOTE else _WHO[one.speaker], one.text)
            for one in found
            if one.speaker in _WHO and only in (None, one.speaker)
        ]
