from session_host import press, screen_text, session, settle, until
from session_world import Begin, kiana, letter

from omnitui.model.errors import Refused


def _uses(world: object, key: str) -> int:
    found = world.ada("reply.search", query=key)  # type: ignore[attr-defined]
    return int(found[0].uses)


async def test_a_slash_at_a_word_start_opens_the_replies_and_filters_as_you_type(
    begin: Begin,
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "slash")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        assert "/greeting" in screen_text(app)
        assert "/goodbye" in screen_text(app)
        await press(pilot, "'line")
        await until(pilot, lambda: "/goodbye" not in screen_text(app))
        assert "/line-test" in screen_text(app)


async def test_a_tag_filters_too(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'/#internet")
        await until(pilot, lambda: "/line-test" in screen_text(app))
        assert "/greeting" not in screen_text(app)


async def test_the_preview_shows_the_text_filled(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'/greet")
        await until(pilot, lambda: "Hi Kiana, this is Ada. How can I help?" in screen_text(app))


async def test_enter_inserts_at_the_cursor_keeps_the_draft_and_sends_nothing(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = len(world.ada("conversation.messages", conversation=chat))
        field = app.view.conversation.composer.field
        await press(pilot, "r", "'before  after", "left", "left", "left", "left", "left", "left")
        await press(pilot, "'/goodbye")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "Glad" in field.text)
        assert field.text == "before Glad that it works. Have a nice day! after"
        assert len(world.ada("conversation.messages", conversation=chat)) == before
        await until(pilot, lambda: _uses(world, "goodbye") == 1)


async def test_enter_before_anything_was_found_chooses_and_does_not_send(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = len(world.ada("conversation.messages", conversation=chat))
        composer = app.view.conversation.composer
        await press(pilot, "r")
        composer.field.insert("/goodbye")
        app.simulate_key("enter")
        await until(pilot, lambda: "Glad" in composer.text)
        assert len(world.ada("conversation.messages", conversation=chat)) == before


async def test_arrows_choose_another_reply(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "slash")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        first, second = app.view.conversation.picker.rows.block_keys[:2]
        assert app.view.conversation.picker.rows.cursor_key == first
        await press(pilot, "down")
        assert app.view.conversation.picker.rows.cursor_key == second
        await press(pilot, "up")
        assert app.view.conversation.picker.rows.cursor_key == first


async def test_escape_leaves_the_slash_as_it_is_and_does_not_ask_again(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'/gr")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        await press(pilot, "escape", "'e")
        await settle(pilot)
        assert app.view.conversation.composer.text == "/gre"
        assert "Quick replies" not in screen_text(app)
        assert app.view.conversation.composer.field.has_focus


async def test_a_slash_within_a_word_opens_nothing(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'either/or, see https://example.com/help")
        await settle(pilot)
        assert "Quick replies" not in screen_text(app)


async def test_slots_nobody_can_fill_become_fields_and_tab_goes_to_them(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        field = app.view.conversation.composer.field
        await press(pilot, "r", "'/line-test")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: field.selected_text == "[minutes]")
        assert "next of 1 field" in screen_text(app)
        await press(pilot, "'5")
        assert field.text == "I am running a line test now. It takes about 5 minutes."


async def test_a_field_still_open_is_asked_for_before_it_is_sent(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = len(world.ada("conversation.messages", conversation=chat))
        field = app.view.conversation.composer.field
        await press(pilot, "r", "'/line-test")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: field.selected_text == "[minutes]")
        await press(pilot, "end", "enter", "enter")
        assert field.selected_text == "[minutes]"
        assert "[minutes] must be filled first" in screen_text(app)
        await press(pilot, "ctrl+s", "end", "ctrl+s", "end", "enter", "enter")
        assert field.selected_text == "[minutes]"
        assert len(world.ada("conversation.messages", conversation=chat)) == before
        await press(pilot, "'5", "enter")
        await until(
            pilot, lambda: len(world.ada("conversation.messages", conversation=chat)) > before
        )


async def test_open_fields_survive_a_restart(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "'/line-test")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "[minutes]" in app.view.conversation.composer.text)
        await app.view.flush()
    async with session(world, chat) as (app, pilot):
        await press(pilot, "r", "home", "tab")
        assert app.view.conversation.composer.field.selected_text == "[minutes]"


async def test_outside_the_composer_the_slash_opens_it_with_the_replies(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "slash")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        assert app.view.conversation.composer.text == "/"


async def test_the_customers_language_comes_first(begin: Begin) -> None:
    world, mail = begin(letter)
    world.call(
        "reply.create", key="hei", title="Hilsen", text="Hei {customer.first_name}", language="nb",
        personal=False,
    )  # fmt: skip
    world.call("customer.update", customer="marcus.lee@example.com", language="nb")
    async with session(world, mail) as (app, pilot):
        await press(pilot, "r", "slash")
        await until(pilot, lambda: "Quick replies" in screen_text(app))
        assert "Hei Marcus" in screen_text(app)


async def test_a_hostile_reply_shows_literally(begin: Begin) -> None:
    world, mail = begin(letter)
    world.call(
        "reply.create", key="evil", title="[/ [b]x", text="[@click=app.bell]x[/] [/", personal=False
    )
    async with session(world, mail) as (app, pilot):
        await press(pilot, "r", "'/evil")
        await until(pilot, lambda: "[@click=app.bell]x[/] [/" in screen_text(app))
        await press(pilot, "tab")
        await until(pilot, lambda: "[@click=app.bell]" in app.view.conversation.composer.text)


async def test_a_reply_that_cannot_be_rendered_is_said_and_nothing_breaks(
    begin: Begin, monkeypatch: object
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        real = app.link.call

        async def refuse(name: str, /, **params: object) -> object:
            if name == "reply.render":
                raise Refused("reply.gone", "The reply is gone.")
            return await real(name, **params)

        app.link.call = refuse
        await press(pilot, "r", "'/goodbye")
        await until(pilot, lambda: app._notifications)
        assert [str(n.message) for n in app._notifications] == ["The reply is gone."]
