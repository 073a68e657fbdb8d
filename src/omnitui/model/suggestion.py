"""What may help in a conversation: articles, similar cases, a reply, how to route and label it."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import ConversationId


class SuggestionKind(StrEnum):
    """What is suggested. The values are permanent: the journal has them."""

    ARTICLE = "article"
    CASE = "case"
    REPLY = "reply"
    TOPIC = "topic"
    QUEUE = "queue"
    PRIORITY = "priority"
    PRODUCT = "product"


LEARNT = (
    SuggestionKind.REPLY,
    SuggestionKind.QUEUE,
    SuggestionKind.PRIORITY,
    SuggestionKind.PRODUCT,
)
"""The kinds that a classifier guesses; articles and cases are searched for."""


class Suggestion(Struct, frozen=True):
    """One suggestion.

    `label` is what commands know it by: an article's slug, a case's number, a reply's key, a
    queue's name, a priority, a product, a topic of the virtual agent; `id` is the key of its
    record, 0 for a priority, a product and a topic. `confidence` is 0 to 1: of suggestions with
    0.8, eight in ten are right. `because` are the customer's words that decided. `text` is how a
    case was resolved, or what a reply or a topic says.
    """

    kind: SuggestionKind
    label: str
    title: str
    confidence: float
    because: tuple[str, ...] = ()
    id: int = 0
    text: str = ""
    internal: bool = False


class Suggestions(Struct, frozen=True):
    """What may help in a conversation, by kind, each best first.

    `hidden` is how many were found whose confidence is below the threshold.
    """

    conversation: ConversationId
    found: tuple[Suggestion, ...] = ()
    hidden: int = 0

    def of(self, kind: SuggestionKind) -> list[Suggestion]:
        """Those of a kind."""
        return [one for one in self.found if one.kind is kind]
