"""What can be done in a session: write, look things up, finish."""

from functools import partial
from typing import TYPE_CHECKING, Any

from omnitui.console.command import command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, session_of
from omnitui.console.dialogs import bulk as bulk_dialogs
from omnitui.console.dialogs import closing, delivery, listing
from omnitui.console.present.records.profile import SECTIONS, TITLES
from omnitui.console.present.transfers import told_before
from omnitui.console.session import typing as words
from omnitui.model.case import Case
from omnitui.model.conversation import ConversationState
from omnitui.model.courier import ChannelDelivery
from omnitui.model.errors import Refused
from omnitui.model.session import DraftKind
from omnitui.model.suggestion import SuggestionKind

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView


_FINISHING = "Finishing"


@command("session.reply", "r", "Reply", footer=10, needs=[needs.can_reply])
async def reply(stage: Stage) -> None:
    """Write to the customer."""
    session_of(stage).write(DraftKind.REPLY)


@command("session.note", "n", "Note", footer=11, needs=[needs.session])
async def note(stage: Stage) -> None:
    """Write a note that only agents read."""
    session_of(stage).write(DraftKind.NOTE)


@command("session.quick_reply", "slash", "Quick reply", footer=12, needs=[needs.can_reply])
async def quick_reply(stage: Stage) -> None:
    """Look for a quick reply; in the composer, type a slash at the start of a word."""
    session_of(stage).open_replies()


@command("session.knowledge", "k", "Knowledge", footer=13, needs=[needs.session])
async def knowledge(stage: Stage) -> None:
    """Search the articles and read them beside the conversation."""
    session_of(stage).open_assist("knowledge")


@command("session.suggested", "s", "Suggested", needs=[needs.session])
async def suggested(stage: Stage) -> None:
    """Show what may help: articles, similar cases, a reply, where it belongs."""
    session_of(stage).open_assist("suggested")


@command("session.use_suggestion", "g a", "Use suggestion", needs=[needs.session])
async def use_suggestion(stage: Stage) -> None:
    """Do what is suggested: transfer to the queue, set the priority or product of the case."""
    view = session_of(stage)
    state, tab = view.state, view.assist.suggested
    one = tab.take_wanted()
    if one is None:
        raise Refused(
            "suggestion.none", "No queue, priority or product is suggested.", "See Suggested."
        )
    if one.kind is SuggestionKind.QUEUE:
        if why := needs.can_transfer(stage):
            raise Refused("suggestion.queue", why)
        await view.flush()
        given = {"conversation": view.conversation_id, "to_queue": one.id}
        await stage.link.call("conversation.transfer", **given)
        stage.messages.done(f"Transferred {state.conversation.name} to {one.title}")
    else:
        case = needs.case_of(stage) if state.case is None else state.case
        await stage.link.call("case.update", case=case.id, **{one.kind.value: one.label})
        stage.messages.done(f"Set the {one.kind} of {case.number} to {one.title}")
    await tab.answer("accept", one)


@command("session.find", "f", "Find", needs=[needs.session])
async def find(stage: Stage) -> None:
    """Search within the conversation."""
    session_of(stage).find()


@command("session.links", "o", "Links", needs=[needs.session])
async def open_links(stage: Stage) -> None:
    """Show the links of the conversation and open one."""
    messages = reversed(session_of(stage).state.messages)
    found = list(
        dict.fromkeys(link for message in messages for link in words.links_in(message.text))
    )
    if not found:
        raise Refused("links.none", "There are no links in this conversation.")
    chosen = await stage.ask(listing.links_dialog(found, stage.glyphs))
    if chosen is not None:
        stage.app.open_url(chosen)


_DECIDED: dict[str, tuple[str, dict[str, Any], str]] = {
    "again": ("message.retry", {}, "It is being sent again."),
    "arrived": ("message.confirm", {"arrived": True}, "Marked as arrived."),
    "lost": (
        "message.confirm",
        {"arrived": False},
        "Marked as not arrived. It is not sent again automatically.",
    ),
}
"""What can be decided about a reply: the desk's command, its parameters, what is said then."""


@command("session.delivery", "D", "Not delivered", needs=[needs.session])
async def deliver(stage: Stage) -> None:
    """Show replies that did not arrive: send again, undo, mark."""
    view = session_of(stage)
    found = await stage.link.call("message.undelivered", conversation=view.conversation_id)
    if not found:
        raise Refused("delivery.none", "All sent replies of this conversation have arrived.")
    channels: list[ChannelDelivery] = await stage.link.call("courier.list")
    waiting = {message.channel for message in found}
    unserved = {one.channel: one.label for one in channels if not one.by}
    hints = [one.hint for one in channels if one.channel in waiting and one.queued and one.hint]
    dialog = delivery.delivery_dialog(found, unserved, " ".join(hints), stage.tz, stage.glyphs)
    decided = await stage.ask(dialog)
    if decided is None:
        return
    message = decided.message
    if decided.verb == "back":
        composer = view.conversation.composer
        await composer.flush()
        await stage.link.call("conversation.unsend", message=message.id)
        view.write(DraftKind.REPLY)
        composer.give_back(message.text)
        return
    name, given, said = _DECIDED[decided.verb]
    await stage.link.call(name, message=message.id, **given)
    stage.messages.say(said)


@command("session.label", "B", "Label", needs=[needs.session])
async def label(stage: Stage) -> None:
    """Add labels to the conversation, or remove some."""
    view = session_of(stage)
    item = view.state.conversation
    known = await stage.link.call("home.vocabulary")
    subject, typed = bulk_dialogs.Subject(1, item.name), view.typed.into("label")
    dialog = bulk_dialogs.label_dialog(subject, item.labels, known.labels, stage.glyphs, typed)
    labels = await stage.ask(dialog)
    if labels is not None:
        given = {"add": list(labels.add), "remove": list(labels.remove)}
        await stage.link.call("conversation.label", conversation=item.id, **given)
        view.typed.forget("label")


@command("session.next_pane", "f6", "Next pane", priority=True, needs=[needs.session])
async def next_pane(stage: Stage) -> None:
    """Go to the next pane: conversation, summary, assist."""
    session_of(stage).next_pane()


@command("session.previous_pane", "shift+f6", "Previous pane", priority=True, needs=[needs.session])
async def previous_pane(stage: Stage) -> None:
    """Go to the previous pane."""
    session_of(stage).next_pane(-1)


async def _consequence(stage: Stage, view: "SessionView", verb: str) -> str:
    """What a verb would do, and what hangs on the conversation."""
    await view.flush()
    found: dict[str, Any] = await stage.link.call(
        "conversation.consequences", conversation=view.conversation_id
    )
    lost = _lost_with(view) if verb in ("close", "finish") else []
    told = told_before(
        found["told"] if verb in ("end", "finish") else [], view.state.conversation.name
    )
    return closing.about("\n".join(filter(None, (found[verb], told))), [*found["stuck"], *lost])


def _lost_with(view: "SessionView") -> list[str]:
    """What is typed into records and not saved, which goes with the session."""
    records = {"case": view.state.case, "customer": view.state.customer}
    named = [tab.title for tab in view.tabs.open if view.tabs.edits(tab.name)]
    for section in sorted(view.summary.unsaved):
        record = records.get(section)
        if record is not None:
            named.append(record.number if isinstance(record, Case) else record.name)
    return [
        f"Your changes to {name} are not saved. Closing discards them."
        for name in dict.fromkeys(named)
    ]


@command("session.end", "e", "End", footer=20, group=_FINISHING, needs=[needs.can_end])
async def end(stage: Stage) -> None:
    """End the conversation for the customer too; wrap-up follows."""
    view = session_of(stage)
    item = view.state.conversation
    said = await _consequence(stage, view, "end")
    if await stage.ask(closing.end_dialog(item.name, said, stage.glyphs)):
        await stage.link.call("conversation.end", conversation=item.id)


@command("session.close", "w", "Close", footer=21, group=_FINISHING, needs=[needs.session])
async def close(stage: Stage) -> None:
    """Close the session; shows the consequences first."""
    view = session_of(stage)
    state, item = view.state, view.state.conversation
    await view.flush()
    if item.state is ConversationState.CLOSED or not state.mine:
        lost = _lost_with(view)
        held = item.state in (ConversationState.CLOSED, ConversationState.BOT)
        unassigned = not held and item.agent_id is None
        stays = "stays open and unassigned" if unassigned else "does not change"
        said = closing.about(f"Closes only the tab; the conversation {stays}.", lost)
        dialog = closing.close_dialog(item.name, said, stage.glyphs)
        asks = unassigned or lost
        if not asks or await stage.ask(dialog) is not None:
            await stage.link.call("session.close", conversation=item.id)
        return
    said = await _consequence(stage, view, "close")
    how: str | None
    if item.state is ConversationState.WRAP_UP:
        how = await _ask_how(stage, view, f"Wrap up {item.name}", said)
    else:
        how = await stage.ask(closing.close_dialog(item.name, said, stage.glyphs))
    if how is not None:
        await stage.link.call("conversation.close", conversation=item.id, disposition=how)
        view.typed.forget("wrap_up")


async def _ask_how(
    stage: Stage, view: "SessionView", title: str, said: str, does: str = "close"
) -> str | None:
    """Ask how the conversation ended; None when that is left."""
    typed = view.typed.into("wrap_up")
    return await stage.ask(closing.wrap_up_dialog(title, said, stage.glyphs, typed, does=does))


@command("session.finish", "Q", "End and close", group=_FINISHING, needs=[needs.can_finish])
async def finish(stage: Stage) -> None:
    """End and close in one step; shows the consequences first."""
    view = session_of(stage)
    item = view.state.conversation
    said = await _consequence(stage, view, "finish")
    title = f"End and close the conversation with {item.name}"
    how = await _ask_how(stage, view, title, said, "end and close")
    if how is not None:
        await stage.link.call("conversation.finish", conversation=item.id, disposition=how)
        view.typed.forget("wrap_up")


@command("session.release", "x", "Release", group=_FINISHING, needs=[needs.can_give_back])
async def release(stage: Stage) -> None:
    """Release the conversation to its queue, for another agent."""
    view = session_of(stage)
    item = view.state.conversation
    typed = view.typed.into("release")
    said = await stage.ask(closing.release_dialog(item.name, item.queue, stage.glyphs, typed))
    if said is not None:
        await view.flush()
        await stage.link.call("conversation.release", conversation=item.id, note=said)
        view.typed.forget("release")


async def _toggle(section: str, stage: Stage) -> None:
    session_of(stage).toggle_section(section)


for _number, _section in enumerate(SECTIONS, 1):
    command(
        f"summary.{_section}",
        str(_number),
        TITLES[_section],
        group="Summary",
        needs=[needs.session],
        help=f"Fold or unfold {TITLES[_section]} in the summary.",
    )(partial(_toggle, _section))
