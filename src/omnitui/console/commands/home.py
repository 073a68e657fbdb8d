"""What can be done on Home: open, look through the lists, filter, sort, save views, mark."""

from functools import partial

from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.opening import open_conversation
from omnitui.console.commands.stage import Stage
from omnitui.console.dialogs import views
from omnitui.console.home.lists import LABELS
from omnitui.console.present.home.triage import order_words
from omnitui.model.actor import Permission

_home = partial(command, where=Where.HOME, group="Home")


@_home("home.open", "o", "Open", footer=10, needs=[needs.row])
async def open_row(stage: Stage) -> None:
    """Open the conversation under the cursor; an unassigned one is assigned to you."""
    chosen = stage.home.selected
    assert chosen is not None
    await open_conversation(stage, chosen)


@_home("home.next_stream", "tab", "Next list", footer=20)
async def next_stream(stage: Stage) -> None:
    """Show the next list: My work, Open, Closed today, All, and the saved views."""
    await stage.home.step_stream(1)


@_home("home.previous_stream", "shift+tab", "Previous list")
async def previous_stream(stage: Stage) -> None:
    """Show the previous list."""
    await stage.home.step_stream(-1)


@_home("home.preview", "v", "Preview", footer=30)
async def preview(stage: Stage) -> None:
    """Show or hide the preview."""
    stage.home.toggle_preview()


@_home("home.filter", "f", "Filter", footer=12)
async def filter_list(stage: Stage) -> None:
    """Narrow the list: words, is:open channel:email sla:<10m queue:billing waiting:>5m."""
    stage.home.begin_filter()


_home("home.filter_slash", "slash", "Filter", twin=True, help="Narrow the list.")(filter_list)


@_home("home.sort", "s", "Sort", footer=13)
async def sort(stage: Stage) -> None:
    """Sort the list by a column, or in the default order."""
    home = stage.home
    column = await stage.ask(views.sort_dialog(home.asked.sort, stage.glyphs))
    if column is not None:
        await home.show(home.asked.by(column))


@_home("home.sort_turned", "S", "Reverse the order", needs=[needs.sorted_column])
async def turn_order(stage: Stage) -> None:
    """Reverse the order of the list."""
    await stage.home.show(stage.home.asked.turned())


@_home("home.with_closed", "C", "Closed too")
async def with_closed(stage: Stage) -> None:
    """Show or hide closed conversations, in All and in views of it."""
    await stage.home.toggle_closed()


@_home("home.save_view", "V", "Save view")
async def save_view(stage: Stage) -> None:
    """Save the list with its filter and order as a view, which gets a tab."""
    home, asked = stage.home, stage.home.asked
    parts = [LABELS[asked.stream], asked.filter, order_words(asked.sort, stage.glyphs)]
    about, typed = ", ".join(filter(None, parts)), stage.home_typed.into("view")
    shares = stage.link.actor.may(Permission.SUPERVISE)
    dialog = views.save_view_dialog(about, home.lists.view, shares, stage.glyphs, typed)
    named = await stage.ask(dialog)
    if named is None:
        return
    view = await stage.link.call(
        "view.save",
        name=named.name,
        stream=asked.stream,
        filter=asked.filter,
        sort=asked.sort,
        shared=named.shared,
    )
    stage.home_typed.forget("view")
    await home.show_saved(view)
    home.say(f"Saved as {view.name}.")


@_home("home.delete_view", "D", "Delete view", needs=[needs.own_view])
async def delete_view(stage: Stage) -> None:
    """Delete the saved view that is shown; its conversations do not change."""
    view = stage.home.lists.view
    assert view is not None
    if await stage.ask(views.delete_view_dialog(view, stage.glyphs)):
        await stage.link.call("view.delete", name=view.name, shared=view.shared)
        await stage.home.read_views()
        stage.home.say(f"Deleted the view {view.name}.")


@_home("home.mark_all", "asterisk", "Mark all", needs=[needs.row])
async def mark_all(stage: Stage) -> None:
    """Mark everything that the list shows."""
    listed = stage.home.list
    listed.set_marks(listed.state.marks.union(listed.state.keys))


@_home("home.mark_others", "i", "Invert marks", needs=[needs.row])
async def mark_others(stage: Stage) -> None:
    """Invert the marks: unmark what is marked, mark the rest of the list."""
    listed = stage.home.list
    listed.set_marks(listed.state.marks.symmetric_difference(listed.state.keys))


@_home("home.clear", "escape", "Unmark")
async def clear(stage: Stage) -> None:
    """Unmark everything; if nothing is marked, clear the filter."""
    await stage.home.clear()
