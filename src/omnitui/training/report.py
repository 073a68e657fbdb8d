"""What a run amounted to: figures, as JSON and as a page of plain text.

The same run gives the same report, byte for byte; only `seconds` and `per_second` say how fast the
machine was, and they are left out unless asked for. Times in the JSON are seconds of the scenario.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct, field

from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.journal import Entry
from omnitui.model.sentiment import Sentiment

_BAR = 28


class Group(Struct, frozen=True):
    """The figures of a channel or an agent."""

    name: str
    conversations: int
    answered: int
    first_response_median: float | None
    handle_median: float | None
    rating_mean: float | None
    offers: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The same for machines."""
        told = {
            "conversations": self.conversations,
            "answered": self.answered,
            "first_response_median": self.first_response_median,
            "handle_median": self.handle_median,
            "rating_mean": self.rating_mean,
        }
        return {**told, "offers": self.offers} if self.offers else told


class Report(Struct, frozen=True):
    """One run. `written` is what customers wrote, `stored` what the store holds of it."""

    scenario: str
    title: str
    seed: int
    lasted_seconds: int
    conversations: int
    written: int
    stored: int
    answered: int
    abandoned: int
    open: dict[str, int]
    not_arrived: int
    first_response_median: float | None
    first_response_p90: float | None
    handle_median: float | None
    handle_mean: float | None
    ratings: int
    rating_mean: float | None
    sentiment: dict[str, int]
    offers: dict[str, int]
    deliveries: dict[str, int]
    cases: dict[str, int]
    channels: tuple[Group, ...]
    agents: tuple[Group, ...]
    journal: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Customer messages for each second the machine took."""
        return self.written / self.seconds if self.seconds else 0.0

    def to_json(self, timing: bool = False) -> dict[str, Any]:
        """The report for machines."""
        told: dict[str, Any] = {
            "scenario": self.scenario,
            "seed": self.seed,
            "scenario_seconds": self.lasted_seconds,
            "conversations": self.conversations,
            "customer_messages": {"in": self.written, "stored": self.stored},
            "answered": self.answered,
            "abandoned": self.abandoned,
            "open": self.open,
            "not_arrived": self.not_arrived,
            "first_response": {
                "median": self.first_response_median,
                "p90": self.first_response_p90,
            },
            "handle_time": {"median": self.handle_median, "mean": self.handle_mean},
            "ratings": {"count": self.ratings, "mean": self.rating_mean},
            "sentiment": self.sentiment,
            "offers": self.offers,
            "deliveries": self.deliveries,
            "cases": self.cases,
            "by_channel": {group.name: group.to_json() for group in self.channels},
            "by_agent": {group.name: group.to_json() for group in self.agents},
            "journal_entries": self.journal,
        }
        if timing:
            told["seconds"] = round(self.seconds, 3)
            told["per_second"] = round(self.per_second, 1)
        return told

    def text(self, timing: bool = False) -> str:
        """The report for people."""
        head = f"{self.title or self.scenario} · seed {self.seed} · {clock(self.lasted_seconds)}"
        lines = [head, "─" * len(head), "", *self._figures(), ""]
        lines += ["How customers felt at the end", *_bars(self.sentiment), ""]
        lines += ["By channel", *_table(self.channels), ""]
        lines += ["By agent", *_table(self.agents), ""]
        lines += self._remarks()
        if timing:
            lines += [
                "",
                f"{self.seconds:.1f} s, {self.per_second:,.0f} customer messages a second",
            ]
        return "\n".join(lines).rstrip()

    def _figures(self) -> list[str]:
        lost = self.written - self.stored
        kept = "all of them kept" if not lost else f"{lost} NOT kept"
        stars = "none given" if self.rating_mean is None else f"{self.rating_mean:.2f} of 5"
        offers = ", ".join(f"{count} {what}" for what, count in self.offers.items()) or "none"
        sent = ", ".join(f"{count} {what}" for what, count in self.deliveries.items()) or "none"
        cases = ", ".join(f"{count} {what}" for what, count in self.cases.items()) or "none"
        rows = (
            ("Conversations", f"{self.conversations}, {self.answered} answered, "
                              f"{self.abandoned} abandoned"),
            ("Customers wrote", f"{self.written} messages, {kept}"),
            ("First response", f"{clock(self.first_response_median)} median, "
                               f"{clock(self.first_response_p90)} nine in ten"),
            ("Handle time", f"{clock(self.handle_median)} median, {clock(self.handle_mean)} mean"),
            ("Ratings", f"{stars}" + (f", {self.ratings} given" if self.ratings else "")),
            ("Offers", offers),
            ("Replies", sent),
            ("Cases", cases),
        )  # fmt: skip
        return [f"  {label:<16}{said}" for label, said in rows]

    def _remarks(self) -> list[str]:
        said = []
        if self.open:
            states = ", ".join(f"{count} {state}" for state, count in self.open.items())
            said.append(f"Not closed when it ended: {states}.")
        if self.not_arrived:
            said.append(f"{self.not_arrived} customers had not arrived at the end.")
        return said or ["All customers were served; nothing is open."]


def clock(seconds: float | None) -> str:
    """Minutes and seconds, `4:05`; with hours if there are any."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _bars(counts: dict[str, int]) -> list[str]:
    most = max(counts.values(), default=0)
    lines = []
    for label, count in counts.items():
        bar = "█" * round(_BAR * count / most) if most else ""
        lines.append(f"  {label:<20}{count:>6}  {bar}".rstrip())
    return lines


def _table(groups: Sequence[Group]) -> list[str]:
    lines = [f"  {'':<12}{'taken':>7}{'answered':>10}{'first':>9}{'handle':>9}{'stars':>7}"]
    for group in groups:
        stars = "–" if group.rating_mean is None else f"{group.rating_mean:.1f}"
        lines.append(
            f"  {group.name:<12}{group.conversations:>7}{group.answered:>10}"
            f"{clock(group.first_response_median):>9}{clock(group.handle_median):>9}{stars:>7}"
        )
    return lines


def group(name: str, rows: Sequence[Conversation], offers: dict[str, int] | None = None) -> Group:
    """The figures of some conversations."""
    return Group(
        name=name,
        conversations=len(rows),
        answered=sum(row.first_reply_at is not None for row in rows),
        first_response_median=quantile(first_responses(rows), 0.5),
        handle_median=quantile(handle_times(rows), 0.5),
        rating_mean=mean([row.rating for row in rows if row.rating is not None]),
        offers=offers or {},
    )


def first_responses(rows: Iterable[Conversation]) -> list[float]:
    """Seconds from arrival to the first reply of a person, where there was one."""
    return [
        (row.first_reply_at - row.served_from) / 1_000
        for row in rows
        if row.first_reply_at is not None
    ]


def handle_times(rows: Iterable[Conversation]) -> list[float]:
    """Seconds from acceptance to the end of wrap-up, where both have happened."""
    return [
        (row.closed_at - row.accepted_at) / 1_000
        for row in rows
        if row.accepted_at is not None and row.closed_at is not None
    ]


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of the values do not exceed (nearest rank), None for no values."""
    if not values:
        return None
    ordered = sorted(values)
    rank = max(0, -(-round(len(ordered) * share * 1_000) // 1_000) - 1)
    return round(ordered[rank], 1)


def mean(values: Sequence[float]) -> float | None:
    """The mean to two digits, None for no values."""
    return round(sum(values) / len(values), 2) if values else None


def sentiments(rows: Iterable[Conversation]) -> dict[str, int]:
    """How many conversations ended at each of the seven levels, best first, and at none."""
    counts = Counter(row.feeling for row in rows)
    unscored = {"not scored": counts[None]} if counts[None] else {}
    return {level.label: counts[level] for level in reversed(Sentiment)} | unscored


def still_open(rows: Iterable[Conversation]) -> dict[str, int]:
    """How many conversations are in each state but closed."""
    counts = Counter(row.state for row in rows)
    order = [state for state in ConversationState if state is not ConversationState.CLOSED]
    return {state.label: counts[state] for state in order if counts[state]}


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
