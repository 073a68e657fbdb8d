"""What a request to the language model is made of, read from the store."""

from collections.abc import Sequence

from omnitui.desk import knowledge, thread
from omnitui.desk.call import Call
from omnitui.model.assistant import Given, Purpose, Rewrite
from omnitui.model.case import Case, CaseStatus
from omnitui.model.conversation import Conversation, Delivery, Message, MessageKind, Speaker
from omnitui.model.errors import Refused
from omnitui.model.ids import ArticleId, MessageId
from omnitui.rules import assistant as rules
from omnitui.rules.suggesting import telling_words
from omnitui.safetext import clean
from omnitui.store import cases, customers, messages
from omnitui.store import knowledge as articles_of

MOST_LINES = 200
"""The most lines of a conversation that are looked at."""
_WHO = {Speaker.CUSTOMER: "customer", Speaker.AGENT: "agent", Speaker.BOT: "bot"}


class Gathering:
    """What a request is made of, from the store."""

    def __init__(self, call: Call, item: Conversation, language: str) -> None:
        if language and not rules.language_of(language):
            raise Refused(
                "assistant.language",
                f"{language[:40]!r} is no code of a language.",
                "Give one such as en, nb or pt-BR.",
            )
        self._call, self._item, self._language = call, item, language
        self._messages = [
            one
            for one in messages.before(call.store, item.id, None, MOST_LINES)
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

    def of(
        self,
        purpose: Purpose,
        style: Rewrite | None,
        draft: str,
        message: MessageId | None,
        articles: Sequence[ArticleId] | None,
    ) -> tuple[rules.Material, str]:
        """What a request for a purpose is made of, and what is shown beside the draft."""
        if purpose is Purpose.REPLY:
            return self.for_reply(articles), ""
        if purpose is Purpose.REWRITE:
            return self.for_rewrite(draft, style)
        if purpose is Purpose.TRANSLATION:
            return self.for_translation(message)
        return (self.for_article() if purpose is Purpose.ARTICLE else self.for_summary()), ""

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
