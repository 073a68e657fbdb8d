"""What only a terminal of its own shows: keys typed ahead, signals, a line that drops."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.model.agent import Presence
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.store.engine import Store

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from terminal import KEEPS_SIGNALS, Terminal, terminal, until

pytestmark = pytest.mark.slow

CUSTOMER = Actor(ActorKind.CUSTOMER, name="customer")
SENTENCE = "yes, we end every new one: good news"
"""Its letters are keys: y accepts an offer, N declines one, e ends, w closes."""


class Place:
    """A store with Ada on it, and the console that she sits at."""

    def __init__(self, path: Path) -> None:
        self.path = path
        open_desk(path, SystemClock(), Random(1)).close()
        self.desk = Desk(Store(path), SystemClock(), Random(1))
        made = self.desk.call("agent.create", ADMINISTRATOR, login="ada", name="Ada Byron")
        self.desk.call("queue.add_member", ADMINISTRATOR, queue="General", agent="ada")
        self.ada = Actor(ActorKind.AGENT, made.id, made.name)

    def writes(self, address: str) -> int:
        """A customer writes a mail; the conversation's key."""
        said = {"channel": "email", "address": address, "text": "Is anybody there?"}
        return int(self.desk.call("conversation.receive", CUSTOMER, **said).conversation_id)

    def item(self, key: int) -> Conversation:
        found: Conversation = self.desk.call("conversation.get", SYSTEM, conversation=key)
        return found

    @property
    def presence(self) -> Presence:
        (found,) = self.desk.call("agent.list", SYSTEM)
        return Presence(found.presence)

    @property
    def draft(self) -> str:
        sessions = self.desk.call("session.list", self.ada)
        return str(sessions[0].draft_reply) if sessions else ""

    def answers(self, shown: Terminal) -> int:
        """Take the first conversation and stand in its session, outside of the composer."""
        until(lambda: self.presence is Presence.AVAILABLE, shown.seen)
        first = self.writes("first@example.org")
        until(lambda: self.item(first).offered_to is not None, shown.seen)
        # Not `Offer`, which Home's own words begin with: `y` too early takes nothing.
        until(lambda: "accepts" in shown.seen, "the offer is not shown")
        shown.types("y")
        until(lambda: self._focused == first, shown.seen)
        return first

    @property
    def _focused(self) -> int | None:
        sessions = self.desk.call("session.list", self.ada)
        return next((one.conversation_id for one in sessions if one.focused), None)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "omnitui.db")
    yield made
    made.desk.close()


@pytest.mark.parametrize("keys", [SENTENCE, f"\x1b[200~{SENTENCE}\x1b[201~"])
def test_a_sentence_typed_during_a_stall_is_the_reply(place: Place, keys: str) -> None:
    with terminal(place.path) as shown:
        first = place.answers(shown)
        second = place.writes("second@example.org")
        until(lambda: place.item(second).offered_to is not None, shown.seen)
        with shown.stalled():
            shown.types("r" + keys)
        until(lambda: place.draft == SENTENCE, f"{place.draft!r} is the draft")
        assert place.item(first).state is ConversationState.ACTIVE, "nothing was ended"
        assert place.item(second).offered_to is not None, "nothing was accepted or declined"


def test_keys_go_through_places_in_their_order(place: Place) -> None:
    with terminal(place.path) as shown:
        place.answers(shown)
        with shown.stalled():
            shown.types("gh" + "g1" + "r" + "words")
        until(lambda: place.draft == "words", f"{place.draft!r} is the draft")


@pytest.mark.parametrize(
    "typed", ["caf\xe9".encode("latin-1"), b"caf\xff\xfe", b"caf\xc3(", b"caf\x1b[1114112u?"]
)
def test_bytes_that_are_no_text_end_nothing(place: Place, typed: bytes) -> None:
    with terminal(place.path) as shown:
        place.answers(shown)
        shown.types("r")
        shown.types(typed)
        shown.types(" at noon")
        until(lambda: place.draft.endswith(" at noon"), "the words after it are not there")
        assert place.draft.startswith("caf")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_who_is_ended_keeps_the_last_word(place: Place, number: int) -> None:
    with terminal(place.path) as shown:
        place.answers(shown)
        shown.types("r" + SENTENCE)
        until(lambda: place.draft, shown.seen)
        shown.types(" and the last word")
        until(lambda: "the last word" in shown.seen, shown.seen)
        shown.signal(number)
        assert shown.ends() == 0
        assert place.draft == f"{SENTENCE} and the last word"
        assert place.presence is Presence.OFFLINE
        assert shown.seen.rstrip().endswith("\x1b[?1004l") or "\x1b[?1049l" in shown.seen


@pytest.mark.parametrize("below", ["", KEEPS_SIGNALS], ids=["told", "not told"])
def test_a_line_that_drops_keeps_the_last_word(place: Place, below: str) -> None:
    with terminal(place.path, below=below) as shown:
        place.answers(shown)
        shown.types("r" + SENTENCE)
        until(lambda: place.draft == SENTENCE, shown.seen)
        shown.hang_up()
        shown.process.wait(30)
        assert place.draft == SENTENCE
        assert place.presence is Presence.OFFLINE


def test_steady_typing_is_kept_every_second(place: Place) -> None:
    with terminal(place.path) as shown:
        place.answers(shown)
        shown.types("r")
        typed = 0
        end = time.monotonic() + 40
        # No pause is long enough to save in: each letter comes before the last has settled.
        while len(place.draft) < 20 and time.monotonic() < end:
            shown.types("x")
            typed += 1
            time.sleep(0.05)
        assert place.draft, f"{typed} letters, and none is kept"
        shown.process.kill()
        shown.process.wait()
        assert len(place.draft) >= 20


def test_what_the_store_does_not_take_is_handed_back(place: Place) -> None:
    with terminal(place.path) as shown:
        place.answers(shown)
        until(lambda: place.presence is Presence.AVAILABLE or place.presence is Presence.BUSY)
        with place.desk.store.transaction():
            shown.types("r" + SENTENCE)
            until(lambda: "news" in shown.seen or "good" in shown.seen, shown.seen)
            shown.signal(signal.SIGTERM)
            until(lambda: "The unsaved text is" in shown.seen, shown.seen)
        assert shown.ends() == 0
        assert SENTENCE in shown.seen.rpartition("The unsaved text is")[2]


def test_an_editor_that_is_not_there_leaves_the_console_as_it_was(place: Place) -> None:
    with terminal(place.path, EDITOR="/no/such/editor", VISUAL="") as shown:
        place.answers(shown)
        shown.types("rone ")
        until(lambda: place.draft == "one ", f"{place.draft!r} is the draft")
        shown.types("\x05")
        until(lambda: "was not found" in shown.seen, shown.seen)
        shown.types("two")
        until(lambda: place.draft == "one two", f"{place.draft!r} is the draft")


def test_a_store_that_is_removed_is_told_of(place: Place) -> None:
    with terminal(place.path) as shown:
        place.answers(shown)
        for name in os.listdir(place.path.parent):
            if name.startswith(place.path.name):
                os.unlink(place.path.parent / name)
        until(lambda: "removed" in shown.seen, shown.seen)
        shown.types("r" + SENTENCE)
        until(lambda: "news" in shown.seen or "good" in shown.seen, shown.seen)
        shown.types("\x11")
        shown.ends()
        assert SENTENCE in shown.seen.rpartition("The unsaved text is")[2]
