import pytest
from session_host import lines, press, screen_text, session, settle, until
from session_world import HOSTILE, NOW, Begin, World, hostile, kiana, letter, visitor

from omnitui.console.glyphs import ASCII


def long_talk(world: World) -> int:
    """A chat of ten thousand lines."""
    chat = kiana(world)
    store = world.desk.store
    with store.transaction():
        for number in range(10_000):
            store.insert(
                "messages",
                {
                    "conversation_id": chat,
                    "speaker": "customer" if number % 2 else "agent",
                    "kind": "message",
                    "author": "Kiana Anderson" if number % 2 else "Ada Byron",
                    "text": f"line {number}",
                    "at": NOW - 20_000 + number,
                    "delivery": "received",
                    "channel": "chat",
                },
            )
    return chat


@pytest.mark.parametrize("size", [(80, 20), (100, 30), (120, 36), (139, 40), (140, 41), (160, 45)])
async def test_nothing_is_cut_at_any_width(begin: Begin, size: tuple[int, int]) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=size) as (app, _pilot):
        shown = lines(app)
        assert len(shown) == size[1]
        assert "Kiana Anderson" in shown[0]
        assert any("to Kiana, on live chat" in line for line in shown)
        assert app.view.summary.display is (size[0] >= 100)
        assert app.view.assist.display is (size[0] >= 140)


async def test_panes_follow_the_width_when_it_changes(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        await pilot.resize_terminal(110, 45)
        await until(pilot, lambda: not app.view.assist.display)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.view.summary.display)
        assert "Conversation   Summary   Assist" in screen_text(app)
        await pilot.resize_terminal(160, 45)
        await until(pilot, lambda: app.view.summary.display and app.view.assist.display)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_f6_goes_round_the_panes(begin: Begin, size: tuple[int, int]) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=size) as (app, pilot):
        seen = []
        for _ in range(3):
            await press(pilot, "f6")
            pane = next(
                p
                for p in (app.view.conversation, app.view.summary, app.view.assist)
                if p in app.focused.ancestors
            )
            assert pane.display
            seen.append(pane.id)
        assert seen == ["summary", "assist", "conversation"]


async def test_pane_tabs_are_clicked_where_panes_share_the_screen(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(80, 24)) as (app, pilot):
        await pilot.click("#session-panes", offset=(18, 0))
        await until(pilot, lambda: app.view.summary.display)
        assert not app.view.query_one("#session-middle").display


async def test_a_message_that_arrives_is_there_at_once(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.says("web-7781", "and now it is green")
        await until(pilot, lambda: "and now it is green" in screen_text(app))


async def test_a_message_said_earlier_that_arrives_late_stands_where_it_was_said(
    begin: Begin,
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.says("web-7781", "the light is red now")
        await until(pilot, lambda: "the light is red now" in screen_text(app))
        world.says("web-7781", "it comes and goes", at=NOW - 30_000)
        await until(pilot, lambda: "it comes and goes" in screen_text(app))
        shown = screen_text(app)
        assert shown.index("it comes and goes") < shown.index("the light is red now")


async def test_one_that_was_said_long_ago_in_a_long_talk_is_held_in_its_place(
    begin: Begin,
) -> None:
    world, chat = begin(long_talk)
    async with session(world, chat) as (app, pilot):
        at = app.view.state.messages[10].at
        message = world.says("web-7781", "said long ago", at=at)
        assert message == chat
        await until(
            pilot, lambda: "said long ago" in [m.text for m in app.view.state.messages[:20]]
        )
        held = app.view.state.messages
        assert [m.at for m in held] == sorted(m.at for m in held)


async def test_only_what_changed_is_read_and_shown(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        app.link.called.clear()
        world.says("web-7781", "one more thing")
        await until(pilot, lambda: "one more thing" in screen_text(app))
        await settle(pilot)
        assert app.link.called.count("session.page") == 1
        assert "conversation.messages" not in app.link.called


async def test_delivery_is_shown_as_it_goes(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'on its way", "enter")
        await until(pilot, lambda: "8s" in screen_text(app))
        world.deliver()
        await until(pilot, lambda: "8s" not in screen_text(app))
        at = next(n for n, line in enumerate(lines(app)) if "on its way" in line)
        assert "sent" in lines(app)[at - 1]


async def test_a_failure_long_ago_is_shown_too(begin: Begin) -> None:
    world, chat = begin(long_talk)
    async with session(world, chat) as (app, pilot):
        held = app.view.state.messages[2]
        world.desk.store.update(
            "messages", held.id, {"delivery": "failed", "error": "gone", "attempts": 5}
        )
        with world.desk.store.transaction():
            world.desk.at_work(world.agents["ada"]).journal(
                "message.failed", conversation=chat, message=held.id
            )
        await until(pilot, lambda: app.view.state.messages[2].error == "gone")


async def test_ten_thousand_messages_open_like_ten(begin: Begin) -> None:
    world, chat = begin(long_talk)
    async with session(world, chat) as (app, pilot):
        assert "line 9999" in screen_text(app)
        assert len(app.view.state.messages) == 100
        assert len(list(app.view.walk_children())) <= 60
        app.view.conversation.transcript.focus()
        await press(pilot, "home")
        await until(pilot, lambda: "conversation.messages" in app.link.called)
        await until(pilot, lambda: app.view.conversation.transcript._window.first_id < 9_900)


async def test_the_header_follows_mood_and_wait(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        assert "waiting 0:42" in lines(app)[0]
        for _ in range(6):
            world.says("web-7781", "this is terrible, awful, I hate it")
        await until(pilot, lambda: "!" in lines(app)[0])
        await press(pilot, "r", "'sorry", "enter")
        await until(pilot, lambda: "answered" in lines(app)[0])


async def test_leaving_and_coming_back_shows_where_the_new_begins(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        app.view.display = False
        await until(pilot, lambda: app.view.conversation._seen_id is not None)
        world.says("web-7781", "are you there?")
        await until(pilot, lambda: app.view.state.messages[-1].text == "are you there?")
        app.view.display = True
        app.view.look()
        await until(pilot, lambda: "new since you looked" in screen_text(app))


async def test_what_comes_while_one_looks_is_not_marked_as_new(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.says("web-7781", "are you there?")
        await until(pilot, lambda: "are you there?" in screen_text(app))
        app.view.display = False
        await pilot.pause()
        app.view.display = True
        await settle(pilot)
        assert "new since you looked" not in screen_text(app)


async def test_focus_comes_back_to_where_it_was(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k", "'amber")
        before = app.focused
        app.view.display = False
        await pilot.pause()
        app.view.display = True
        app.view.focus_default()
        await pilot.pause()
        assert app.focused is before


async def test_pane_and_side_survive_a_restart(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k")
        await app.view.flush()
    async with session(world, chat) as (app, pilot):
        assert app.view.assist.display
        assert not app.view.summary.display


async def test_closing_it_while_it_works_breaks_nothing(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.says("web-7781", "my invoice was charged twice")
        await app.follow()
        await press(pilot, "r", "slash")
        await app.view.remove()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app._exception is None


async def test_a_session_closed_elsewhere_is_left_as_it_is(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.ada("session.close", conversation=chat)
        world.says("web-7781", "hello?")
        await app.follow()
        await pilot.pause()
        assert "Kiana Anderson" in screen_text(app)


async def test_find_marks_what_is_looked_for(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        app.view.find()
        await press(pilot, "'router")
        await until(pilot, lambda: "of" in screen_text(app) and "loaded" in screen_text(app))
        await press(pilot, "escape")
        assert app.focused is app.view.conversation.transcript
        assert "loaded" not in screen_text(app)


async def test_copying_a_message_copies_its_text(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "y")
        await until(pilot, lambda: app.clipboard)
        assert app.clipboard == "ok, the light on the router is amber by the way"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_hostile_text_shows_literally_everywhere(begin: Begin, size: tuple[int, int]) -> None:
    world, chat = begin(hostile)
    async with session(world, chat, size=size) as (app, pilot):
        for pane in ("conversation", "summary", "assist"):
            app.view.show_pane(pane)
            await settle(pilot)
            shown = screen_text(app)
            assert "\x1b" not in shown
            assert "\x07" not in shown
        app.view.show_pane("conversation")
        await settle(pilot)
        assert HOSTILE.split(" ")[1][:20] in screen_text(app)
        app.view.tick(world.clock.now() + 1_000)
        for section in "1234512345":
            await press(pilot, section)
        assert app._exception is None


@pytest.mark.parametrize("story", [kiana, letter, visitor])
async def test_plain_terminals_get_plain_signs(begin: Begin, story: object) -> None:
    world, chat = begin(story)  # type: ignore[arg-type]
    async with session(world, chat, size=(160, 90), glyphs=ASCII) as (app, pilot):
        await press(pilot, "r", "ctrl+n")
        await settle(pilot)
        strange = {letter for letter in screen_text(app) if ord(letter) > 126}
        assert not strange


async def test_a_session_has_few_nodes(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        await press(pilot, "k", "'amber")
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert len(list(app.view.walk_children())) <= 60
