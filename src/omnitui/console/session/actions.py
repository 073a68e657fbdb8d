"""What is done with a session through dialogs: end, close, give back, open links.

Each asks, calls the desk and says why when the desk says no. They are coroutines for
`SessionView.start`, because a dialog must not be awaited where keys are handled.
"""

from typing import TYPE_CHECKING, Any

from omnitui.console.apps.holder import TabHolder
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.bulk import Subject, label_dialog
from omnitui.console.dialogs.closing import (
    about,
    close_dialog,
    end_dialog,
    release_dialog,
    wrap_up_dialog,
)
from omnitui.console.dialogs.listing import links_dialog
from omnitui.console.present.transfers import told_before
from omnitui.console.session.typing import links_in
from omnitui.model.case import Case
from omnitui.model.conversation import ConversationState
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView


async def attempt(view: TabHolder, name: str, /, **params: Any) -> Any:
    """Call the desk; a refusal is shown and comes back as None."""
    done = await view.link.attempt(name, **params)
    if isinstance(done, Refusal):
        view.toast(done)
        return None
    return done


async def _consequence(view: "SessionView", verb: str) -> str:
    """What a verb would do, and what hangs on the conversation."""
    await view.flush()
    found: dict[str, Any] = await view.state.link.call(
        "conversation.consequences", conversation=view.conversation_id
    )
    lost = _lost_with(view) if verb in ("close", "finish") else []
    told = told_before(
        found["told"] if verb in ("end", "finish") else [], view.state.conversation.name
    )
    return about("\n".join(filter(None, (found[verb], told))), [*found["stuck"], *lost])


def _lost_with(view: "SessionView") -> list[str]:
    """What is typed into records and not saved, which goes with the session."""
    records = {"case": view.state.case, "customer": view.state.customer}
    named = [tab.title for tab in view.tabs.open if view.tabs.edits(tab.name)]
    for section in sorted(view.summary.unsaved):
        record = records.get(section)
        if record is not None:
            named.append(record.number if isinstance(record, Case) else record.name)
    return [
        f"What you have changed in {name} is not saved. Closing forgets it."
        for name in dict.fromkeys(named)
    ]


async def end(view: "SessionView") -> None:
    """End the conversation, after saying what that does."""
    item = view.state.conversation
    said = await _consequence(view, "end")
    if await ask(view.app, end_dialog(item.name, said, view.glyphs)):
        await attempt(view, "conversation.end", conversation=item.id)


async def close(view: "SessionView") -> None:
    """Close the session, after saying what that does; after wrap-up, ask how it ended."""
    state = view.state
    item = state.conversation
    await view.flush()
    if item.state is ConversationState.CLOSED or not (state.mine or item.agent_id is None):
        lost = _lost_with(view)
        said = about("Closes the tab only: the conversation stays as it is.", lost)
        if not lost or await ask(view.app, close_dialog(item.name, said, view.glyphs)) is not None:
            await attempt(view, "session.close", conversation=item.id)
        return
    if not state.mine:
        only = "Closes the tab only: nobody has taken the conversation, and it stays open."
        said = about(only, _lost_with(view))
        if await ask(view.app, close_dialog(item.name, said, view.glyphs)) is not None:
            await attempt(view, "session.close", conversation=item.id)
        return
    said = await _consequence(view, "close")
    if item.state is ConversationState.WRAP_UP:
        typed = view.typed_in("wrap_up")
        dialog: Any = wrap_up_dialog(f"Wrap up {item.name}", said, view.glyphs, typed)
    else:
        dialog = close_dialog(item.name, said, view.glyphs)
    how = await ask(view.app, dialog)
    if how is not None:
        done = await attempt(view, "conversation.close", conversation=item.id, disposition=how)
        if done is not None:
            view.forget_typed("wrap_up")


async def finish(view: "SessionView") -> None:
    """End the conversation and close it in one step, after saying what that does."""
    item = view.state.conversation
    said = await _consequence(view, "finish")
    typed = view.typed_in("wrap_up")
    title = f"End and close the conversation with {item.name}"
    how = await ask(view.app, wrap_up_dialog(title, said, view.glyphs, typed, does="end and close"))
    if how is not None:
        done = await attempt(view, "conversation.finish", conversation=item.id, disposition=how)
        if done is not None:
            view.forget_typed("wrap_up")


async def label(view: "SessionView") -> None:
    """Put labels on the conversation, or take some off."""
    item = view.state.conversation
    known = await view.link.call("home.vocabulary")
    subject, typed = Subject(1, item.name), view.typed_in("label")
    dialog = label_dialog(subject, item.labels, known.labels, view.glyphs, typed)
    labels = await ask(view.app, dialog)
    if labels is not None:
        given = {"add": list(labels.add), "remove": list(labels.remove)}
        if await attempt(view, "conversation.label", conversation=item.id, **given) is not None:
            view.forget_typed("label")


async def release(view: "SessionView") -> None:
    """Give the conversation back to its queue."""
    item = view.state.conversation
    typed = view.typed_in("release")
    note = await ask(view.app, release_dialog(item.name, item.queue, view.glyphs, typed))
    if note is not None:
        await view.flush()
        done = await attempt(view, "conversation.release", conversation=item.id, note=note)
        if done is not None:
            view.forget_typed("release")


async def open_links(view: "SessionView") -> None:
    """Show the links of the conversation, the newest first, and open one."""
    found = [link for message in reversed(view.state.messages) for link in links_in(message.text)]
    links = list(dict.fromkeys(found))
    if not links:
        view.toast(Refusal("links.none", "There are no links in this conversation."))
        return
    chosen = await ask(view.app, links_dialog(links, view.glyphs))
    if chosen is not None:
        view.app.open_url(chosen)
