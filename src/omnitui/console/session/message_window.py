"""The part of a conversation that is held: a run of messages, and where each stands in lines."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from omnitui.console.present.transcript import Line, Look, message_height, message_lines
from omnitui.console.widgets.lines import Stack
from omnitui.model.conversation import Message, in_order


class MessageWindow(Stack):
    """Messages in order, at most `most` of them, and where each stands in lines.

    `has_older` and `has_newer` tell whether the conversation goes on beyond either end.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self.has_older = False
        self.has_newer = False
        self._most = most
        self._look: Look | None = None
        self._measured: dict[int, _Measured] = {}
        self._drawn: dict[int, tuple[Line, ...]] = {}

    def __len__(self) -> int:
        return len(self.messages)

    @property
    def width(self) -> int:
        """How many cells wide the lines are, 0 while that is not known."""
        return 0 if self._look is None else self._look.width

    @property
    def first_id(self) -> int:
        """The oldest message held, 0 without any."""
        return self.messages[0].id if self.messages else 0

    @property
    def last_id(self) -> int:
        """The newest message held, 0 without any."""
        return self.messages[-1].id if self.messages else 0

    def show(self, messages: Sequence[Message], has_older: bool, has_newer: bool) -> None:
        """Hold these messages, the newest of them if they are too many."""
        self.messages = list(messages[-self._most :])
        self.has_older = has_older or len(messages) > self._most
        self.has_newer = has_newer
        self._measure()

    def look(self, look: Look) -> bool:
        """Draw like this from now on; True when that changes anything."""
        if look == self._look:
            return False
        self._look = look
        self._measure(anew=True)
        return True

    def append(self, messages: Sequence[Message], keep: int) -> None:
        """Add messages that have come in, each where it stands in the order they were said in.

        What is too many goes from the far end of place `keep`. One that stands before all that are
        held, with older ones between, comes with its page.
        """
        first = self.messages[0] if self.messages and self.has_older else None
        self._add(one for one in messages if first is None or in_order(one) >= in_order(first))
        excess = len(self.messages) - self._most
        if excess > 0 and keep >= excess:
            del self.messages[:excess]
            self.has_older = True
        elif excess > 0:
            del self.messages[-excess:]
            self.has_newer = True
        self._measure()

    def prepend(self, messages: Sequence[Message], has_older: bool) -> None:
        """Add older messages; what is too many goes from the newer end."""
        first = self.messages[0] if self.messages else None
        self._add(one for one in messages if first is None or in_order(one) < in_order(first))
        self.has_older = has_older
        if len(self.messages) > self._most:
            del self.messages[self._most :]
            self.has_newer = True
        self._measure()

    def _add(self, messages: Iterable[Message]) -> None:
        """Put those that are not held in their places."""
        held = {message.id for message in self.messages}
        fresh = [message for message in messages if message.id not in held]
        self.messages = sorted([*self.messages, *fresh], key=in_order)

    def replace(self, message: Message) -> int | None:
        """Put a changed message in its place; that place, None when it is not held."""
        place = self.place_of(message.id)
        if place is not None:
            self.messages[place] = message
            self._measure()
        return place

    def forget(self, place: int) -> None:
        """Draw a message anew; its height stays."""
        self._drawn.pop(self.messages[place].id, None)

    def forget_all(self) -> None:
        """Draw every message anew; their heights stay."""
        self._drawn.clear()

    def place_of(self, message_id: int) -> int | None:
        """Where a message stands, None when it is not held."""
        for place, message in enumerate(self.messages):
            if message.id == message_id:
                return place
        return None

    def drawn(self, place: int, now: int) -> tuple[Line, ...]:
        """The lines of the message at `place`, drawn once and kept."""
        assert self._look is not None
        message = self.messages[place]
        lines = self._drawn.get(message.id)
        if lines is None:
            lines = message_lines(message, self._before(place), self._look, now)
            self._drawn[message.id] = lines
        return lines

    def line(self, number: int, now: int) -> Line:
        """One line of all."""
        found = self.at(number)
        assert found is not None, f"there is no line {number}"
        return self.drawn(found[0], now)[found[1]]

    def _before(self, place: int) -> Message | None:
        return self.messages[place - 1] if place else None

    def _measure(self, *, anew: bool = False) -> None:
        look = self._look
        if look is None:
            return
        if anew:
            self._measured.clear()
            self._drawn.clear()
        measured: dict[int, _Measured] = {}
        before: Message | None = None
        for message in self.messages:
            known = self._measured.get(message.id)
            if known is None or known.message is not message or known.before is not before:
                known = _Measured(message, before, message_height(message, before, look))
                self._drawn.pop(message.id, None)
            measured[message.id] = known
            before = message
        for gone in self._measured.keys() - measured.keys():
            self._drawn.pop(gone, None)
        self._measured = measured
        self.pile(known.height for known in measured.values())


class _Measured(NamedTuple):
    message: Message
    before: Message | None
    height: int


def first_unseen(messages: Sequence[Message], seen_id: int, me: int | None) -> int:
    """The first message that somebody else than `me` has written since `seen_id`, 0 for none.

    When not even the oldest one here was seen there is nothing to tell apart.
    """
    if not seen_id or not messages or messages[0].id > seen_id:
        return 0
    news = (m.id for m in messages if m.id > seen_id and (me is None or m.agent_id != me))
    return next(news, 0)
