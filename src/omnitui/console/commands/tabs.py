"""Records in tabs, beside the conversation in front or beside Home's lists."""

from functools import partial

from omnitui.console.apps import web
from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage
from omnitui.console.dialogs import cases

_tab = partial(command, where=Where.ANYWHERE, group="Tabs", needs=[needs.tab])


@command("web.open", "b", "Other systems", where=Where.RECORDS, group="Customer and case")
async def open_web(stage: Stage) -> None:
    """Open other systems in a tab, for the current customer, case and conversation."""
    beside = stage.beside
    case, whose = beside.case_in_front, beside.customer_in_front
    conversation = beside.linked_conversation
    about = case.id if case is not None and case.customer_id == whose else None
    key = None if conversation is None else conversation.id
    beside.open_record(web.web_tab(whose, conversation=key, case=about))


_next_now = "Go to the next tab, from inside a field too."
_before_now = "Go to the previous tab, from inside a field too."


@_tab("tab.next_now", "ctrl+pagedown", "Next tab", priority=True, twin=True, help=_next_now)
@_tab("tab.next", "full_stop", "Next tab", footer=7)
async def next_tab(stage: Stage) -> None:
    """Go to the next tab beside the conversation or the lists."""
    await stage.beside.apps.step(1)


@_tab("tab.before_now", "ctrl+pageup", "Previous tab", priority=True, twin=True, help=_before_now)
@_tab("tab.before", "comma", "Previous tab")
async def tab_before(stage: Stage) -> None:
    """Go to the previous tab, or to the conversation or the lists."""
    await stage.beside.apps.step(-1)


@command(
    "tab.close",
    "q",
    "Close tab",
    where=Where.ANYWHERE,
    group="Tabs",
    footer=6,
    needs=[needs.tab_in_front],
)
async def close_tab(stage: Stage) -> None:
    """Close the tab; asks first about unsaved changes."""
    apps = stage.beside.apps
    body, tab = apps.body, apps.front
    if tab is None:
        return
    form = None if body is None else body.form
    if form is not None and form.edits:
        names = ", ".join(form.labels(form.edits))
        if not await stage.ask(cases.unsaved_dialog(tab.title, names, stage.glyphs)):
            return
    await apps.close(tab.name)
