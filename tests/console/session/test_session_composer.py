import pytest
from session_host import lines, press, screen_text, session, settle, until
from session_world import MINUTE, Begin, kiana, letter
from textual import events

from omnitui.console.dialogs.base import Confirm
from omnitui.console.session.composer_text import ComposerText
from omnitui.model.conversation import Delivery, Message, MessageKind
from omnitui.model.session import DraftKind


def _last(world: object, conversation: int) -> Message:
    found = world.ada("conversation.messages", conversation=conversation, limit=1)  # type: ignore[attr-defined]
    message: Message = found[0]
    return message


def _draft(world: object, conversation: int, kind: str = "reply") -> str:
    view = world.ada("session.page", conversation=conversation)  # type: ignore[attr-defined]
    return str(getattr(view.session, f"draft_{kind}"))


async def test_enter_sends_on_a_live_channel_and_the_reply_is_held(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'Hi!", "enter")
        await until(
            pilot, lambda: "Hi!" in screen_text(app) and not app.view.conversation.composer.text
        )
        said = _last(world, chat)
        assert (said.text, said.delivery) == ("Hi!", Delivery.HELD)
        assert "8s" in screen_text(app)


async def test_enter_is_a_new_line_on_mail_and_control_s_sends(begin: Begin) -> None:
    world, mail = begin(letter)
    async with session(world, mail) as (app, pilot):
        await press(pilot, "r", "'Dear", "enter", "'Marcus")
        assert app.view.conversation.composer.text == "Dear\nMarcus"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: _last(world, mail).text == "Dear\nMarcus")


async def test_other_enters_are_new_lines_everywhere(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "a", "ctrl+j", "b", "alt+enter", "c", "shift+enter", "d")
        assert app.view.conversation.composer.text == "a\nb\nc\nd"


async def test_a_pasted_block_never_sends_itself(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = _last(world, chat).id
        await press(pilot, "r")
        field = app.view.conversation.composer.field
        app.post_message(events.Paste("first line\nsecond line\n"))
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert field.text == ""
        await press(pilot, "enter")
        await until(pilot, lambda: "second" in field.text)
        assert field.text == "first line\nsecond line\n"
        assert _last(world, chat).id == before


@pytest.mark.parametrize(
    ("key", "reply", "note"),
    [("l", "first line second line", ""), ("n", "", "first line\nsecond line"), ("escape", "", "")],
)
async def test_a_pasted_block_becomes_what_was_chosen(
    begin: Begin, key: str, reply: str, note: str
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r")
        app.post_message(events.Paste("first line\nsecond line"))
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(pilot, key)
        composer = app.view.conversation.composer
        await until(pilot, lambda: not isinstance(app.screen, Confirm))
        await until(pilot, lambda: composer.text == (reply or note))
        assert composer.is_note == bool(note)


async def test_a_short_line_and_a_block_in_a_note_or_on_mail_do_not_ask(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r")
        field = app.view.conversation.composer.field
        app.post_message(events.Paste("one line\n"))
        await until(pilot, lambda: field.text == "one line\n")
        await press(pilot, "ctrl+n")
        app.post_message(events.Paste("two\nlines"))
        await until(pilot, lambda: field.text == "two\nlines")


async def test_keys_that_arrive_in_one_go_are_a_paste_too(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = _last(world, chat).id
        await press(pilot, "r")
        field = app.view.conversation.composer.field
        for key in [*"line one", "enter", *"two", "enter"]:
            event = events.Key(key if key != " " else "space", key if len(key) == 1 else "\r")
            event.time = 5.0
            app.post_message(event)
        await until(pilot, lambda: "two" in field.text)
        assert field.text == "line one\ntwo\n"
        assert _last(world, chat).id == before


async def test_pasted_escape_sequences_are_dropped(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r")
        field = app.view.conversation.composer.field
        app.post_message(events.Paste("a\x1b]52;c;eA==\x07b"))
        await until(pilot, lambda: field.text)
        assert field.text == "ab"


async def test_the_label_says_who_reads_it_and_where(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        assert "to Kiana, on live chat" in screen_text(app)
        await press(pilot, "n")
        assert "NOTE  agents only" in screen_text(app)
        assert "to Kiana, on live chat" not in screen_text(app)
        await press(pilot, "ctrl+n")
        assert "to Kiana, on live chat" in screen_text(app)


async def test_reply_and_note_differ_in_border_colour_and_background(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r")
        field = app.view.conversation.composer.field
        reply = field.styles.border_left, field.styles.background
        await press(pilot, "ctrl+n")
        note = field.styles.border_left, field.styles.background
        assert reply[0][0] != note[0][0]
        assert reply[0][1] != note[0][1]
        assert reply[1] != note[1]


async def test_a_note_is_added_and_never_sent(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (_app, pilot):
        await press(pilot, "n", "'only us", "enter")
        await until(pilot, lambda: _last(world, chat).text == "only us")
        assert _last(world, chat).kind is MessageKind.NOTE


async def test_reply_and_note_drafts_live_side_by_side(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'to her", "ctrl+n", "'to us")
        assert app.view.conversation.composer.text == "to us"
        await press(pilot, "ctrl+n")
        assert app.view.conversation.composer.text == "to her"


async def test_a_draft_is_saved_when_typing_pauses(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (_app, pilot):
        await press(pilot, "r", "'half a")
        await until(pilot, lambda: _draft(world, chat) == "half a")


async def test_drafts_and_what_was_being_written_survive_a_restart(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'to her", "ctrl+n", "'to us")
        await app.view.flush()
    async with session(world, chat) as (app, pilot):
        composer = app.view.conversation.composer
        assert (composer.kind, composer.text) == (DraftKind.NOTE, "to us")
        await press(pilot, "ctrl+n")
        assert composer.text == "to her"


async def test_typing_is_journaled_nowhere_but_as_a_draft(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (_app, pilot):
        before = world.desk.last_seq()
        await press(pilot, "r", "'typing")
        await until(pilot, lambda: _draft(world, chat) == "typing")
        assert world.desk.last_seq() == before


async def test_a_held_reply_is_taken_back_into_the_composer(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'oops", "enter")
        await until(pilot, lambda: _last(world, chat).delivery is Delivery.HELD)
        await until(pilot, lambda: app.view.state.held_reply is not None)
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: app.view.conversation.composer.text == "oops")
        assert _last(world, chat).delivery is Delivery.UNSENT
        await until(pilot, lambda: _draft(world, chat) == "oops")


async def test_what_is_typed_meanwhile_stays_below_what_is_taken_back(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'first", "enter")
        await until(pilot, lambda: app.view.state.held_reply is not None)
        await press(pilot, "'second", "escape", "u")
        await until(pilot, lambda: app.view.conversation.composer.text == "first\nsecond")
        await until(pilot, lambda: _draft(world, chat) == "first\nsecond")


async def test_undo_takes_typing_back_before_it_takes_the_reply_back(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'sent", "enter")
        await until(pilot, lambda: app.view.state.held_reply is not None)
        await press(pilot, "'more", "ctrl+z")
        assert app.view.state.held_reply is not None
        assert app.view.conversation.composer.text == ""


async def test_after_the_undo_window_it_is_too_late_and_that_is_said(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'gone", "enter")
        await until(pilot, lambda: app.view.state.held_reply is not None)
        world.deliver()
        await until(pilot, lambda: "sent" in [m.delivery for m in app.view.state.messages[-1:]])
        await press(pilot, "ctrl+z")
        await settle(pilot)
        assert [str(n.message) for n in app._notifications][-1].startswith(
            "There is no reply to undo"
        )
        assert app.view.conversation.composer.text == ""


async def test_it_warns_when_the_customer_writes_meanwhile(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'Could you")
        world.says("web-7781", "never mind, it works")
        await until(pilot, lambda: "Kiana wrote while you typed" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "wrote while you typed" not in screen_text(app))


async def test_it_warns_when_another_agent_adds_a_note_meanwhile(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'Could you")
        world.bo("conversation.note", conversation=chat, text="I know her")
        await until(pilot, lambda: "Bo added a note while you typed" in screen_text(app))


async def test_it_does_not_warn_of_what_came_before_typing(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        world.says("web-7781", "hello?")
        await until(pilot, lambda: "hello?" in screen_text(app))
        await press(pilot, "r", "x")
        assert "while you typed" not in screen_text(app)


async def test_after_the_end_no_reply_can_be_written_and_a_note_can(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'draft")
        world.ada("conversation.end", conversation=chat)
        await until(pilot, lambda: "no reply" in screen_text(app))
        composer = app.view.conversation.composer
        await press(pilot, "x", "enter")
        assert composer.text == "draft"
        await press(pilot, "ctrl+n", "'done", "enter")
        await until(pilot, lambda: _last(world, chat).text == "done")
        assert _last(world, chat).kind is MessageKind.NOTE


async def test_what_the_desk_refuses_comes_back_into_the_composer(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'too late")
        world.ada("conversation.end", conversation=chat)
        await press(pilot, "enter")  # the screen has not heard of the end yet
        await until(pilot, lambda: app._notifications)
        assert app.view.conversation.composer.text == "too late"
        assert "has ended" in [str(n.message) for n in app._notifications][-1]
        await until(pilot, lambda: _draft(world, chat) == "too late")


async def test_what_a_channel_does_not_take_at_once_is_shown_and_comes_back(begin: Begin) -> None:
    world, chat = begin(kiana)
    world.call("channel.update", channel="chat", longest=20)
    async with session(world, chat) as (app, pilot):
        before = _last(world, chat).id
        await press(pilot, "r", "'sixteen letters.")
        assert "of 20 characters" not in screen_text(app)
        await press(pilot, "'.")
        await until(pilot, lambda: "17 of 20 characters" in screen_text(app))
        await press(pilot, "'.....")
        await until(pilot, lambda: "22 of 20 characters" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: app._notifications)
        assert "this reply has 22, 2 too many" in [str(n.message) for n in app._notifications][-1]
        assert app.view.conversation.composer.text == "sixteen letters......"[:16] + "." * 6
        assert _last(world, chat).id == before
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "backspace")
        await until(pilot, lambda: "17 of 20 characters" in screen_text(app))
        await press(pilot, "backspace")
        await until(pilot, lambda: "of 20 characters" not in screen_text(app))


async def test_a_lone_slash_word_is_not_sent_by_mistake(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = _last(world, chat).id
        await press(pilot, "r", "'/nosuch")
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert _last(world, chat).id == before
        assert "There is no quick reply /nosuch" in screen_text(app)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: _last(world, chat).text == "/nosuch")


async def test_without_a_terminal_to_lend_the_editor_says_so_and_keeps_the_text(
    begin: Begin,
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'text", "ctrl+e")
        assert app.view.conversation.composer.text == "text"
        assert "An editor cannot run in this terminal" in screen_text(app)


async def test_escape_leaves_the_composer_and_keeps_what_is_typed(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'kept", "escape")
        assert not isinstance(app.focused, ComposerText)
        await until(pilot, lambda: _draft(world, chat) == "kept")
        await press(pilot, "r", "!")
        assert app.view.conversation.composer.text == "kept!"


async def test_a_reply_does_not_wait_for_the_desk_before_the_next_key(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'one")
        app.link.called.clear()
        field = app.view.conversation.composer.field
        field.action_send()
        await press(pilot, "x")
        assert field.text == "x"
        await until(pilot, lambda: "conversation.reply" in app.link.called)
        await until(pilot, lambda: _last(world, chat).text == "one")
        await until(pilot, lambda: _draft(world, chat) == "x")


async def test_the_undo_bar_shrinks_with_time(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'bar", "enter")
        await until(pilot, lambda: "8s" in screen_text(app))
        world.clock.advance(5_000)
        app.view.tick(world.clock.now())
        await until(pilot, lambda: "3s" in screen_text(app))
        world.clock.advance(1 * MINUTE)


async def test_the_label_never_leaves_the_screen(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(80, 20)) as (app, pilot):
        await press(pilot, "r")
        app.view.conversation.composer.field.insert("\n".join("many lines" for _ in range(30)))
        await settle(pilot)
        assert any("to Kiana" in line for line in lines(app))
