from session_host import press, screen_text, session, settle, until
from session_world import Begin, kiana, letter, visitor

from omnitui.console.widgets.search_input import SearchInput


async def test_articles_for_the_customers_last_words_are_there_with_the_reason(
    begin: Begin,
) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, _pilot):
        shown = screen_text(app)
        assert "Router drops at peak hours" in shown
        assert "because: " in shown


async def test_they_change_when_the_customer_says_something_else(begin: Begin) -> None:
    world, chat = begin(visitor)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        assert "drops at peak hours" not in screen_text(app)
        world.ada("console.enter")
        world.says("web-1042", "and my router drops every evening")
        await until(pilot, lambda: "Router drops at peak hours" in screen_text(app))


async def test_searching_finds_as_you_type_and_marks_what_matched(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k")
        assert isinstance(app.focused, SearchInput)
        await press(pilot, "'amber")
        await until(pilot, lambda: "What the lights on Router 6 mean" in app.view.assist.rows.text)
        spans = [
            (line.plain[span.start : span.end], span.style)
            for line in app.view.assist.rows.lines
            for span in line.spans
        ]
        assert any(word == "Amber" and "bold" in str(style) for word, style in spans)


async def test_an_article_is_read_and_left_again_with_the_list_as_it_was(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k", "'router")
        await settle(pilot)
        await press(pilot, "down", "down", "enter")
        await until(pilot, lambda: app.view.assist.reading is not None)
        chosen = app.view.assist.rows.cursor_key
        assert app.view.assist.reading.title in screen_text(app)
        await press(pilot, "escape")
        assert app.view.assist.reading is None
        assert app.view.assist.rows.cursor_key == chosen
        await press(pilot, "escape")
        assert app.focused is app.view.conversation.transcript


async def test_a_link_goes_into_the_composer_at_the_cursor_and_is_not_sent(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        before = len(world.ada("conversation.messages", conversation=chat))
        await press(pilot, "r", "'Please see", "escape", "k", "'amber")
        await settle(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: app.view.assist.reading is not None)
        await press(pilot, "enter")
        composer = app.view.conversation.composer
        await until(pilot, lambda: "https://" in composer.text)
        assert composer.text.startswith("Please see What the lights on Router 6 mean: https://")
        assert composer.field.has_focus
        assert len(world.ada("conversation.messages", conversation=chat)) == before
        await until(pilot, lambda: "knowledge.use" in app.link.called)


async def test_the_text_of_an_article_is_inserted_without_marks(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k", "'amber")
        await settle(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: app.view.assist.reading is not None)
        await press(pilot, "i")
        composer = app.view.conversation.composer
        await until(pilot, lambda: "Amber: the line has been lost" in composer.text)
        assert "*" not in composer.text


async def test_internal_articles_say_so_and_are_not_inserted(begin: Begin) -> None:
    world, chat = begin(kiana)
    store = world.desk.store
    store.update(
        "articles", store.value("SELECT id FROM articles LIMIT 1"), {"audience": "internal"}
    )
    title = store.value("SELECT title FROM articles LIMIT 1")
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k", f"'{title}")
        await settle(pilot)
        assert "internal" in app.view.assist.rows.text
        await press(pilot, "enter")
        await until(pilot, lambda: app.view.assist.reading is not None)
        assert "not for customers" in screen_text(app)
        await press(pilot, "enter", "i")
        await settle(pilot)
        assert app.view.conversation.composer.text == ""
        assert "is internal" in [str(n.message) for n in app._notifications][-1]


async def test_an_article_is_rated(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        await press(pilot, "k", "'amber")
        await settle(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: app.view.assist.reading is not None)
        await press(pilot, "plus")
        await until(pilot, lambda: "helped 1 of 1" in screen_text(app))
        await press(pilot, "minus")
        await until(pilot, lambda: "did not help" in screen_text(app))
        await press(pilot, "'No word of red", "enter")
        await until(pilot, lambda: "helped 0 of 1" in screen_text(app))
        (gap,) = world.ada("knowledge.gaps")
        assert gap.comments[0].comment == "No word of red"


async def test_a_reply_is_inserted_from_the_pane_filled(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat) as (app, pilot):
        app.view.open_assist("replies")
        await press(pilot, "'line")
        await settle(pilot)
        await press(pilot, "enter")
        composer = app.view.conversation.composer
        await until(pilot, lambda: "[minutes]" in composer.text)
        assert composer.field.selected_text == "[minutes]"


async def test_nothing_is_inserted_where_nothing_can_be_written(begin: Begin) -> None:
    world, chat = begin(kiana)
    world.ada("conversation.end", conversation=chat)
    async with session(world, chat) as (app, pilot):
        app.view.open_assist("replies")
        await press(pilot, "'goodbye")
        await settle(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: app._notifications)
        assert app.view.conversation.composer.text == ""
        assert "has ended" in [str(n.message) for n in app._notifications][-1]


async def test_tabs_turn_with_the_arrows_and_the_mouse(begin: Begin) -> None:
    world, mail = begin(letter)
    async with session(world, mail, size=(160, 45)) as (app, pilot):
        app.view.open_assist("suggested")
        await press(pilot, "right")
        assert app.view.assist.tab == "knowledge"
        await pilot.click("#assist-tabs", offset=(30, 0))
        assert app.view.assist.tab == "replies"


async def test_a_hostile_article_is_read_literally(begin: Begin) -> None:
    world, chat = begin(kiana)
    evil = "[/ [@click=app.bell]x[/] <b>y</b> \x1b]0;z\x07"
    world.desk.store.execute(
        "UPDATE articles SET title = :t, body = :b WHERE id = 1", {"t": evil, "b": evil}
    )
    async with session(world, chat) as (app, pilot):
        app.view.open_assist("knowledge")
        await app.view.assist.read(1)
        await until(pilot, lambda: "[@click=app.bell]x[/]" in screen_text(app))
        assert "\x1b" not in screen_text(app)
