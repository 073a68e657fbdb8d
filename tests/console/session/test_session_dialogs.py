import re
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from session_host import press, screen_text, session, until
from session_world import Begin, kiana, letter, visitor
from textual.widgets import Input, TextArea

from omnitui.console.commands import cases, customers
from omnitui.console.commands import session as verbs
from omnitui.model.case import CaseStatus
from omnitui.model.conversation import ConversationState


async def _open(app: Any, pilot: Any, act: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
    app.view.start(act(app))
    await until(pilot, lambda: re.search("esc (cancel|close|keep|leave)", screen_text(app)))


def _state(world: Any, chat: int) -> ConversationState:
    state: ConversationState = world.ada("conversation.get", conversation=chat).state
    return state


def _consequence(world: Any, chat: int, verb: str) -> str:
    """How the sentence begins that says what a verb would do; it may be wrapped further on."""
    said: str = world.ada("conversation.consequences", conversation=chat)[verb]
    return said[:30]


async def _over(app: Any, pilot: Any) -> None:
    await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_ending_says_what_it_does_first_and_then_does_it(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, verbs.end)
        assert _consequence(world, chat, "end") in screen_text(app)
        assert _state(world, chat) is ConversationState.ACTIVE
        await press(pilot, "enter")
        await until(pilot, lambda: _state(world, chat) is ConversationState.WRAP_UP)


async def test_escape_leaves_everything_as_it_was(begin: Begin) -> None:
    world, chat = begin(kiana)
    acts = (verbs.end, verbs.close, verbs.release, cases.create_case, cases.link_case)
    async with session(world, chat) as (app, pilot):
        before = world.desk.last_seq()
        for act in acts:
            await _open(app, pilot, act)
            await press(pilot, "escape")
            await _over(app, pilot)
        assert world.desk.last_seq() == before


async def test_ending_says_that_a_draft_is_not_sent(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'half a sen")
        await _open(app, pilot, verbs.end)
        assert "You have unsent text: “half a sen”." in screen_text(app)


async def test_wrap_up_closes_with_how_it_ended(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.ada("conversation.end", conversation=chat)
        await until(pilot, lambda: app.view.state.conversation.state == "wrap_up")
        await _open(app, pilot, verbs.close)
        assert _consequence(world, chat, "close") in screen_text(app)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: _state(world, chat) is ConversationState.CLOSED)
        item = world.ada("conversation.get", conversation=chat)
        assert item.disposition == "Answered a question"


async def test_how_it_ended_can_be_said_in_other_words(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.ada("conversation.end", conversation=chat)
        await until(pilot, lambda: app.view.state.conversation.state == "wrap_up")
        await _open(app, pilot, verbs.close)
        app.screen.query_one("#other", Input).focus()
        await press(pilot, "'sent to the shop", "enter")
        await until(pilot, lambda: _state(world, chat) is ConversationState.CLOSED)
        assert world.ada("conversation.get", conversation=chat).disposition == "sent to the shop"


@pytest.mark.parametrize(
    ("story", "then"),
    [(kiana, ConversationState.OPEN), (letter, ConversationState.WAITING)],
)
async def test_closing_without_end_says_what_becomes_of_it(
    begin: Begin, story: Any, then: ConversationState
) -> None:
    world, chat = begin(story)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, verbs.close)
        assert _consequence(world, chat, "close") in screen_text(app)
        await press(pilot, "enter")
        await until(pilot, lambda: _state(world, chat) is then)


async def test_a_conversation_goes_back_to_its_queue_with_a_word(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, verbs.release)
        await press(pilot, "'needs a technician", "enter")
        await until(pilot, lambda: _state(world, chat) is ConversationState.OPEN)
        said = [m.text for m in world.ada("conversation.messages", conversation=chat)]
        assert any("needs a technician" in text for text in said)


async def test_a_case_is_made_of_what_the_customer_said_and_linked(begin: Begin) -> None:
    world, mail = begin(letter)
    async with session(world, mail) as (app, pilot):
        await _open(app, pilot, cases.create_case)
        title = app.screen.query_one("#title", Input)
        assert title.value == "Invoice 4411"
        assert "charged twice" in app.screen.query_one("#description", TextArea).text
        title.value = "Invoice 4411 charged twice"
        app.screen.query_one("#priority").focus()
        await press(pilot, "right", "ctrl+s")
        await until(pilot, lambda: app.view.state.case is not None)
        case = app.view.state.case
        assert (case.title, case.priority, case.origin) == (
            "Invoice 4411 charged twice",
            "high",
            "email",
        )
        assert case.number in app.view.summary.blocks.text


async def test_a_case_without_a_title_is_not_made_and_that_is_said(begin: Begin) -> None:
    world, mail = begin(letter)
    async with session(world, mail) as (app, pilot):
        await _open(app, pilot, cases.create_case)
        app.screen.query_one("#title", Input).value = "  "
        await press(pilot, "ctrl+s")
        assert "A case needs a short title" in screen_text(app)
        assert len(app.screen_stack) == 2


async def test_what_was_typed_into_a_dialog_is_there_again(begin: Begin) -> None:
    world, mail = begin(letter)
    async with session(world, mail) as (app, pilot):
        await _open(app, pilot, cases.create_case)
        app.screen.query_one("#title", Input).value = "My own words"
        await press(pilot, "escape")
        await _over(app, pilot)
        await _open(app, pilot, cases.create_case)
        assert app.screen.query_one("#title", Input).value == "My own words"


async def test_one_of_their_cases_is_linked(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, customers.link)
        assert "Firmware 2.1.3 restarts at night" in screen_text(app)
        await press(pilot, "'firmware", "enter")
        await until(pilot, lambda: app.view.state.case.title.startswith("Firmware"))


async def test_somebody_known_is_found_and_linked(begin: Begin) -> None:
    world, chat = begin(visitor)
    world.call("customer.create", name="Grete Holm", account="777")
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, customers.link)
        assert "same name, other e-mail" in screen_text(app)
        await press(pilot, "'Grete")
        await until(pilot, lambda: "account 777" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: app.view.state.conversation.name == "Grete Holm")


async def test_somebody_new_is_added_with_what_they_told(begin: Begin) -> None:
    world, chat = begin(visitor)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, customers.link)
        await press(pilot, "ctrl+n")
        assert app.screen.query_one("#email", Input).value == "m.lee@example.org"
        app.screen.query_one("#name", Input).value = "Marc Lee"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: app.view.state.conversation.name == "Marc Lee")
        assert app.view.state.customer.addresses[0].value == "m.lee@example.org"


async def test_a_refusal_is_said_and_what_was_typed_is_kept(begin: Begin) -> None:
    world, chat = begin(visitor)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, customers.link)
        await press(pilot, "ctrl+n")
        app.screen.query_one("#email", Input).value = "marcus.lee@example.com"
        assert "^s add and link   ^n search instead" in screen_text(app)
        first = app.screen
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: app.screen is not first and app.screen.query("#email"))
        await until(pilot, lambda: "belongs to Marcus Lee" in screen_text(app))
        again = app.screen.query_one("#email", Input)
        assert again.value == "marcus.lee@example.com"
        assert app.screen.has_class("-new")
        again.value = "somebody.else@example.com"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: app.view.state.customer is not None)
        assert app.view.state.customer.addresses[0].value == "somebody.else@example.com"


async def test_a_case_is_resolved_with_how_and_how_long(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await _open(app, pilot, cases.resolve_case)
        await press(pilot, "ctrl+s")
        assert "Enter the resolution." in screen_text(app)
        await press(pilot, "'Firmware 2.1.4")
        app.screen.query_one("#minutes", Input).value = "12"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: app.view.state.case.status is CaseStatus.RESOLVED)
        assert app.view.state.case.minutes == 12
        assert _state(world, chat) is ConversationState.ACTIVE


async def test_priority_turns_and_shows(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        seen = []
        for wanted in ("low", "normal", "high"):
            app.view.start(cases.turn_priority(app))
            await until(pilot, lambda wanted=wanted: app.view.state.case.priority == wanted)
            seen.append(app.view.state.case.priority.value)
        assert seen == ["low", "normal", "high"]


async def test_links_are_shown_in_full_before_one_is_opened(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, mail = begin(letter)
    async with session(world, mail) as (app, pilot):
        opened: list[str] = []
        monkeypatch.setattr(app, "open_url", opened.append)
        await _open(app, pilot, verbs.open_links)
        assert "https://example.com/i/4411" in screen_text(app)
        await press(pilot, "enter")
        await until(pilot, lambda: opened == ["https://example.com/i/4411"])


async def test_without_links_that_is_said(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        app.view.start(verbs.open_links(app))
        await until(pilot, lambda: app._notifications)
        assert [str(n.message) for n in app._notifications] == [
            "There are no links in this conversation."
        ]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
@pytest.mark.parametrize("act", [verbs.end, cases.create_case, cases.link_case, cases.resolve_case])
async def test_dialogs_fit_the_screen_with_their_keys(
    begin: Begin, act: Any, size: tuple[int, int]
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=size) as (app, pilot):
        await _open(app, pilot, act)
        region = app.screen.query_one("#dialog").region
        assert region.bottom <= size[1]
        assert region.right <= size[0]
        assert "esc cancel" in screen_text(app)
