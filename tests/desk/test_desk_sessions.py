"""Sessions: tabs, drafts and layouts are the store's, and outlive whatever happens to a program."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import ConversationState
from omnitui.store.engine import Store

WRITE_FOREVER = """
import sys
from itertools import count
from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.store.engine import Store
desk = Desk(Store(sys.argv[1]), SystemClock())
ada = Actor(ActorKind.AGENT, int(sys.argv[2]), "Ada Test")
for number in count():
    given = {"channel": "chat", "address": f"dev-{number % 7}", "text": f"message {number}"}
    message = desk.call("conversation.receive", ADMINISTRATOR, **given)
    for offer in desk.call("conversation.offers", ada):
        desk.call("conversation.accept", ada, conversation=offer.id)
    print(message.id, flush=True)
"""


@pytest.fixture
def talks(floor: Any, ada: Actor) -> list[int]:
    return [floor.serves(ada, address=f"dev-{number}") for number in range(3)]


def order(floor: Any, ada: Actor) -> list[int]:
    return [session.conversation_id for session in floor.do("session.list", ada)]


def test_everything_is_back_after_the_program_ended_without_a_word(
    floor: Any, ada: Actor, talks: list[int]
) -> None:
    first, second, third = talks
    floor.do("session.draft", ada, conversation=first, text="to them", kind="reply")
    floor.do("session.draft", ada, conversation=first, text="to us", kind="note")
    layout = {"tabs": ["transcript", "knowledge"], "scroll": 12, "mode": "note", "æ": None}
    floor.do("session.layout", ada, conversation=second, layout=layout)
    floor.do("session.move", ada, order=[third, first, second])
    floor.do("session.focus", ada, conversation=second)
    held = floor.do("conversation.reply", ada, conversation=third, text="Held")
    floor.writes("unread", address="dev-0")
    ringing = floor.writes(address="dev-9")
    before = {
        name: floor.do(name, ada, **given)
        for name, given in (
            ("session.list", {}),
            ("session.tabs", {}),
            ("session.page", {"conversation": first}),
            ("conversation.offers", {}),
            ("home.status", {}),
            ("agent.get", {}),
        )
    }
    due = floor.desk.next_due()
    floor.reopen()
    for name, found in before.items():
        given = {"conversation": first} if name == "session.page" else {}
        assert floor.do(name, ada, **given) == found
    sessions = {s.conversation_id: s for s in before["session.list"]}
    assert order(floor, ada) == [third, first, second]
    assert (sessions[first].draft_reply, sessions[first].draft_note) == ("to them", "to us")
    assert [s.focused for s in before["session.list"]] == [False, False, True]
    assert sessions[first].unread == 1
    assert [offer.id for offer in before["conversation.offers"]] == [ringing]
    assert floor.desk.next_due() == due
    floor.wait(8_000)
    assert [m.id for m in floor.do("message.leaving")] == [held.id]


def test_home_has_a_layout_of_its_own_for_each_agent(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    assert floor.do("home.layout", ada) == {}
    floor.do("session.layout", ada, layout={"apps": 1})
    floor.do("session.layout", ada, layout={"apps": 2})
    assert floor.do("home.layout", ada) == {"apps": 2}
    assert floor.do("home.layout", bo) == {}


def test_a_layout_comes_back_as_it_was_given(floor: Any, ada: Actor, talks: list[int]) -> None:
    import json

    layout = {"tabs": [1, 2.5, None, True], "words": "blåbær \U0001f9ed", "nested": {"a": []}}
    floor.do("session.layout", ada, conversation=talks[0], layout=layout)
    floor.reopen()
    (session,) = [s for s in floor.do("session.list", ada) if s.conversation_id == talks[0]]
    assert json.loads(session.layout) == layout


def test_tabs_are_opened_focused_and_closed_without_touching_the_conversation(
    floor: Any, ada: Actor
) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    talk = floor.writes()
    opened = floor.do("session.open", ada, conversation=talk)
    assert opened.focused
    assert floor.talk(talk).state is ConversationState.OPEN
    assert floor.person(ada).used == 0
    quiet = floor.do("session.open", ada, conversation=floor.writes(address="b"), focus=False)
    assert not quiet.focused
    floor.do("session.close", ada, conversation=talk)
    assert floor.talk(talk).state is ConversationState.OPEN
    assert order(floor, ada) == [quiet.conversation_id]


def test_what_is_not_open_is_refused_by_name(floor: Any, ada: Actor) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    talk = floor.writes()
    for name, given in (
        ("session.focus", {}),
        ("session.close", {}),
        ("session.draft", {"text": "x", "kind": "reply"}),
        ("session.layout", {"layout": {}}),
        ("session.page", {}),
    ):
        refusal = floor.refused(name, ada, conversation=talk, **given)
        assert refusal.code == "session.unknown"


def test_sessions_are_each_agents_own(floor: Any, ada: Actor, talks: list[int]) -> None:
    bo = floor.hire("bo", presence="offline")
    floor.do("session.open", bo, conversation=talks[0])
    floor.do("session.draft", bo, conversation=talks[0], text="from Bo", kind="note")
    assert order(floor, bo) == [talks[0]]
    assert floor.do("session.page", ada, conversation=talks[0]).session.draft_note == ""


def test_a_view_holds_what_a_screen_needs(floor: Any, ada: Actor) -> None:
    kiana = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com")
    case = floor.do("case.create", customer=kiana.id, title="Drops", origin="email")
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    for number in range(5):
        floor.writes(str(number), channel="email", address="kiana@example.com")
    view = floor.do("session.page", ada, conversation=talk, lines=3)
    assert (view.customer.id, view.case.id) == (kiana.id, case.id)
    assert [message.text for message in view.messages] == ["2", "3", "4"]
    assert view.has_older
    assert not floor.do("session.page", ada, conversation=talk, lines=7).has_older


def test_tabs_show_the_row_of_each_conversation(floor: Any, ada: Actor, talks: list[int]) -> None:
    floor.do("session.move", ada, order=talks[::-1])
    assert [row.id for _, row in floor.do("session.tabs", ada)] == talks[::-1]


def test_only_agents_have_sessions(floor: Any) -> None:
    assert floor.refused("session.list").code == "actor.not_an_agent"


def test_drafts_are_cleaned_but_keep_their_lines(floor: Any, ada: Actor, talks: list[int]) -> None:
    floor.do("session.draft", ada, conversation=talks[0], text="a\x1b[0m\r\nb  ", kind="reply")
    assert floor.do("session.page", ada, conversation=talks[0]).session.draft_reply == "a\nb  "


def test_a_killed_program_loses_nothing_it_had_answered_for(floor: Any, ada: Actor) -> None:
    given: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", WRITE_FOREVER, str(floor.path), str(ada.id)]
    writer = subprocess.Popen(command, **given)
    said = [int(writer.stdout.readline()) for _ in range(60)]
    os.kill(writer.pid, signal.SIGKILL)
    with writer:  # not by `communicate`, which passes over what has been buffered
        rest, errors = writer.stdout.read(), writer.stderr.read()
    assert (errors, writer.returncode) == ("", -signal.SIGKILL)
    said += [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    check_sound(floor.path, said)
    floor.reopen()
    floor.writes("and on it goes", address="dev-0")


def check_sound(path: Path, said: list[int]) -> None:
    store = Store(path)
    try:
        assert store.problems() == []
        kept = [
            row["id"]
            for row in store.rows("SELECT id FROM messages WHERE speaker = 'customer' ORDER BY id")
        ]
        assert kept[: len(said)] == said
        # At most one more was committed and not yet answered for.
        assert len(kept) <= len(said) + 1
        told = store.rows(
            "SELECT payload ->> 'message' AS id FROM journal WHERE kind = 'message.received'"
        )
        assert [row["id"] for row in told] == kept
        seqs = [row["seq"] for row in store.rows("SELECT seq FROM journal ORDER BY seq")]
        assert seqs == list(range(1, len(seqs) + 1))
    finally:
        store.close()


def test_a_session_tells_how_its_conversation_came_about(floor: Any, ada: Actor) -> None:
    told = {
        "asked": "Router drops",
        "answers": {"Since when?": "Mon\x1b[1mday"},
        "device": "Phone",
        "pages": ["/help", "/status"],
        "bot": {"name": "Skerry", "reason": "asked for a person"},
        "basket": 4,
    }
    talk = floor.serves(ada, context=told)
    about = floor.do("session.page", ada, conversation=talk).about
    assert about == floor.do("conversation.about", conversation=talk)
    assert (about.asked, about.answers) == ("Router drops", (("Since when?", "Monday"),))
    assert [visit.text for visit in about.visits] == ["/status", "/help"]
    assert about.hand_over.reason == "asked for a person"
    assert about.variables == (("basket", "4"),)
