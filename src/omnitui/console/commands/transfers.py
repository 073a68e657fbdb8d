"""Transfers, snoozing, consulting, escalating, and undoing what was done."""

from functools import partial
from typing import TYPE_CHECKING

from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, call_anyway, session_of
from omnitui.console.dialogs import closing, escalation
from omnitui.console.dialogs import snooze as snoozing
from omnitui.console.dialogs import transfer as transferring
from omnitui.console.present.transfers import told_before
from omnitui.model.errors import Refused
from omnitui.model.notice import Occasion
from omnitui.rules import lifecycle

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView
    from omnitui.desk.transfers.transfer import Targets
    from omnitui.desk.undo import Undoable


_transferring = partial(command, group="Transfer and undo")


async def targets_of(stage: Stage, conversation: int) -> "Targets":
    """To whom a conversation can be transferred, the best first."""
    found: Targets = await stage.link.call(
        "conversation.transfer_targets", conversation=conversation
    )
    return found


@_transferring("session.transfer", "t", "Transfer", footer=18, needs=[needs.can_transfer])
async def transfer(stage: Stage) -> None:
    """Transfer the conversation to another agent or queue, with a note."""
    view = session_of(stage)
    item = view.state.conversation
    await view.flush()
    asks = ", ".join(f"{skill} {level}" for skill, level in item.skills.items())
    targets = await targets_of(stage, item.id)
    texts = await stage.link.call(
        "notice.preview", conversations=[item.id], occasion=Occasion.TRANSFERRED
    )
    told, typed = told_before(texts, item.name), view.typed.into("transfer")
    dialog = transferring.transfer_dialog(item.name, targets, stage.glyphs, typed, asks, told)
    to = await stage.ask(dialog)
    if to is None:
        return
    given = {"to_agent": to.agent, "to_queue": to.queue, "note": to.note}
    await stage.link.call("conversation.transfer", conversation=item.id, **given)
    stage.messages.done(f"Transferred {item.name} to {transferring.named(targets, to)}")
    view.typed.forget("transfer")


@_transferring("session.snooze", "z", "Snooze", needs=[needs.can_snooze])
async def snooze(stage: Stage) -> None:
    """Snooze the conversation until a time: 2h, tomorrow, fri 9am."""
    view = session_of(stage)
    item, channel = view.state.conversation, view.state.channel
    await view.flush()
    assert channel is not None
    snoozed = lifecycle.Happening.SNOOZED
    said = lifecycle.consequence(item.state, snoozed, channel.mode, False, item.name)
    typed = view.typed.into("snooze")
    dialog = snoozing.SnoozeDialog(item.name, said, stage.link, stage.tz, stage.glyphs, typed)
    off = await stage.ask(dialog)
    if off is not None:
        given = {"until": off.until, "note": off.note}
        await stage.link.call("conversation.snooze", conversation=item.id, **given)
        stage.messages.done(f"Snoozed {item.name} until {off.said}")
        view.typed.forget("snooze")


@_transferring("session.consult", "C", "Consult", needs=[needs.can_consult])
async def consult(stage: Stage) -> None:
    """Ask another agent to read along or to answer too; leave if you were asked."""
    view = session_of(stage)
    item = view.state.conversation
    if view.state.role is not None:
        said = "You leave the conversation and its tab closes. Your notes stay."
        aside = closing.close_dialog(item.name, said, stage.glyphs, title="Leave")
        if await stage.ask(aside) is not None:
            await view.flush()
            await stage.link.call("conversation.leave", conversation=item.id)
        return
    loaded, targets = view.state.loaded, await targets_of(stage, item.id)
    dialog = transferring.consult_dialog(
        item.name, targets, loaded.beside, loaded.asked, stage.glyphs
    )
    asked = await stage.ask(dialog)
    if asked is not None:
        whom = {"to_queue": asked.queue} if asked.agent is None else {"agent": asked.agent}
        await stage.link.call(f"conversation.{asked.ask}", conversation=item.id, **whom)


@_transferring("session.escalate", "E", "Escalate", needs=[needs.can_escalate])
async def escalate(stage: Stage) -> None:
    """Escalate to chat or phone; shows first what the entitlement has left there."""
    view = session_of(stage)
    state, item = view.state, view.state.conversation
    await view.flush()
    options = await stage.link.call("conversation.escalations", conversation=item.id)
    label = item.channel if state.channel is None else state.channel.label
    if not options:
        raise Refused("escalation.not_up", f"{label} is the highest channel level.")
    typed, channels = view.typed.into("escalation"), stage.link.channels
    dialog = escalation.EscalationDialog(item.name, label, options, channels, stage.glyphs, typed)
    to = await stage.ask(dialog)
    if to is None:
        return
    given = {"channel": to.channel, "address": to.address, "without_entitlement": to.without}
    name = "conversation.escalate"
    if await call_anyway(stage, name, conversation=item.id, **given) is not None:
        stage.messages.done(f"Escalated {item.name} to {channels[to.channel].label}")
        view.typed.forget("escalation")


def _held(stage: Stage) -> "SessionView | None":
    """The session in front while a reply of the agent's is held there."""
    view = stage.session
    return None if view is None or view.state.held_reply is None else view


@_transferring(
    "session.take_back",
    "u",
    "Undo",
    where=Where.ANYWHERE,
    footer=5,
    offered=lambda stage: _held(stage) is not None,
)
async def undo(stage: Stage) -> None:
    """Undo sending the reply that is held, else undo the last thing you did.

    What cannot be undone is shown with the reason. What was done before it is undone only when that
    is asked for then.
    """
    passed: int | None = None
    found: Undoable | None = await stage.link.call("undo.what")
    view = _held(stage)
    if view is not None and not _sent_with_more(view, found):
        view.conversation.take_back()
        return
    while found is not None and found.why_not:
        if not found.before:
            stage.messages.say(f"“{found.what}” cannot be undone: {found.why_not}.")
            return
        if not await stage.ask(closing.undo_before_dialog(found, stage.glyphs)):
            return
        passed = found.key
        found = await stage.link.call("undo.what", passing=passed)
    if found is not None and found.reply is not None and await _unsend(stage, found):
        return
    done: Undoable = await stage.link.call("undo.last", passing=passed)
    stage.home.say("")
    stage.messages.say(
        " ".join(filter(None, (f"Undone: {done.what}.", done.why_left, done.told))),
        "warning" if done.left or done.told else "information",
    )
    if len(done.conversations) == 1:
        await _go_there(stage, done.conversations[0])


def _sent_with_more(view: "SessionView", found: "Undoable | None") -> bool:
    """Whether the reply that is held in a session was sent by what is undone as a whole."""
    held = view.state.held_reply
    return found is not None and held is not None and held.id in found.replies


async def _go_there(stage: Stage, conversation: int) -> None:
    """Show the conversation if it is open in a tab."""
    tabs = await stage.link.call("session.list")
    if any(tab.conversation_id == conversation for tab in tabs):
        await stage.navigation.arrive(conversation)


async def _unsend(stage: Stage, found: "Undoable") -> bool:
    """Go to a reply that is held and put it back into its composer; False if it is not open."""
    await _go_there(stage, found.conversations[0])
    view = _held(stage)
    if view is not None:
        view.conversation.take_back()
    return view is not None
