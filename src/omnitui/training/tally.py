"""What a shift amounts to, counted from the journal as it is written. Pure."""

from collections import Counter

from msgspec import Struct, field

from omnitui.model.journal import Entry

_OFFERS = {
    "conversation.offered": "offered",
    "conversation.accepted": "accepted",
    "conversation.declined": "declined",
    "conversation.offer_expired": "expired",
}


class Tally(Struct):
    """Counts by what happened. `conversations` are the keys of those that began, in order."""

    conversations: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    offers: Counter[str] = field(default_factory=Counter)
    offers_of: dict[int, Counter[str]] = field(default_factory=dict)
    abandoned: int = 0
    stars: list[int] = field(default_factory=list)
    first: int | None = None
    last: int | None = None

    def hear(self, entry: Entry) -> None:
        """Count one entry."""
        self.first = entry.at if self.first is None else self.first
        self.last = entry.at
        self.kinds[entry.kind] += 1
        if entry.kind in _OFFERS:
            what = _OFFERS[entry.kind]
            self.offers[what] += 1
            self.offers_of.setdefault(entry.payload["agent"], Counter())[what] += 1
        elif entry.kind == "conversation.created" and entry.conversation_id is not None:
            self.conversations.append(entry.conversation_id)
        elif entry.kind == "conversation.customer_left":
            self.abandoned += bool(entry.payload["abandoned"])
        elif entry.kind == "conversation.closed":
            self.abandoned += bool(entry.payload.get("abandoned"))
        elif entry.kind == "conversation.rated":
            self.stars.append(entry.payload["stars"])
