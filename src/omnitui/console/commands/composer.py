"""What can be done while writing. The composer itself acts on these keys when it has the focus."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from omnitui.console.command import Need, Where, command
from omnitui.console.commands import needs, opening
from omnitui.console.commands.stage import Stage, session_of
from omnitui.console.dialogs import files, writing
from omnitui.model.errors import Refused, refuse
from omnitui.model.session import Draft, DraftKind

if TYPE_CHECKING:
    from omnitui.console.dialogs.snooze import PutOff
    from omnitui.console.session.composer_text import ComposerText

_composing = partial(command, group="Composer")
_WRITING: list[Need] = [needs.can_write]


@runtime_checkable
class _Writes(Protocol):
    def turn_spelling(self) -> str: ...


def _field(stage: Stage) -> "ComposerText":
    return session_of(stage).conversation.composer.field


@_composing(
    "composer.send",
    "ctrl+s",
    "Send",
    needs=[needs.something_written, needs.can_write, needs.composer_in_sight],
)
async def send(stage: Stage) -> None:
    """Send. Enter sends too on live channels; pasting never sends."""
    _field(stage).action_send()


@_composing("composer.newline", "ctrl+j", "New line", needs=_WRITING)
async def new_line(stage: Stage) -> None:
    """Start a new line; Alt+Enter does too, and Enter on e-mail and other asynchronous channels."""
    _field(stage).action_newline()


@_composing("composer.note", "ctrl+n", "Reply or note", needs=[needs.session])
async def switch_note(stage: Stage) -> None:
    """Switch between reply and note; both drafts are kept."""
    _field(stage).action_toggle_note()


@_composing("composer.editor", "ctrl+e", "Editor", needs=_WRITING)
async def editor(stage: Stage) -> None:
    """Write in $EDITOR; what you save comes back here and is not sent."""
    _field(stage).action_editor()


@_composing("composer.undo", "ctrl+z", "Undo or unsend", needs=_WRITING)
async def undo(stage: Stage) -> None:
    """Undo typing; with nothing typed, undo sending the reply that is held."""
    _field(stage).action_take_back()


@_composing("composer.attach", "ctrl+o", "Attach", needs=[needs.takes_files])
async def attach(stage: Stage) -> None:
    """Attach files by their paths, or remove attached ones."""
    view = session_of(stage)
    enclosed, typed = view.conversation.composer.enclosed, view.typed.into("attach")
    view.write(DraftKind.REPLY)
    about = ""
    while True:
        dialog = files.AttachDialog(enclosed.envelope.files, about, stage.glyphs, typed)
        chosen = await stage.ask(dialog)
        if chosen is None:
            return
        if chosen.number:
            refuse(await enclosed.change("draft.detach", file=str(chosen.number)))
            about = "Removed."
            continue
        why_not = await enclosed.change("draft.attach", path=chosen.path)
        if why_not is None:
            # The next one is looked for in the same folder.
            typed["path"] = chosen.path.rpartition("/")[0] + "/" if "/" in chosen.path else ""
            return
        about = str(why_not)


@_composing("composer.address", "ctrl+t", "Subject and Cc", needs=[needs.letters])
async def address(stage: Stage) -> None:
    """Set the subject of a letter, and whom copies go to."""
    view = session_of(stage)
    enclosed = view.conversation.composer.enclosed
    await enclosed.read()
    if enclosed.known is None:
        return
    view.write(DraftKind.REPLY)
    given = await stage.ask(writing.address_dialog(enclosed.known, stage.glyphs))
    if given is not None:
        copies = {"cc": [given.cc], "bcc": [given.bcc]}
        refuse(await enclosed.change("draft.address", subject=given.subject, **copies))


@_composing("composer.quote", "ctrl+r", "Quote", needs=[needs.letters])
async def quote(stage: Stage) -> None:
    """Quote the customer's last message below the reply, or leave it out again."""
    view = session_of(stage)
    enclosed = view.conversation.composer.enclosed
    view.write(DraftKind.REPLY)
    refuse(await enclosed.change("draft.address", quote=not enclosed.envelope.quotes))


@_composing("composer.signature", "ctrl+g", "Signature", needs=[needs.letters])
async def signature(stage: Stage) -> None:
    """Leave the signature out of this reply, or add it again."""
    view = session_of(stage)
    enclosed = view.conversation.composer.enclosed
    view.write(DraftKind.REPLY)
    refuse(await enclosed.change("draft.address", signed=not enclosed.envelope.signed))
    known = enclosed.known
    if known is not None and known.envelope.signed and not known.signature:
        stage.messages.say("There is no signature for this channel: signature.set sets one.")


async def _when(stage: Stage) -> "PutOff | None":
    """When a reply is to leave, and what becomes of it if the customer writes before."""
    view = session_of(stage)
    name, typed = view.state.conversation.name, view.typed.into("later")
    about = "It leaves by itself, also while you are away."
    return await stage.ask(
        writing.LaterDialog(name, about, stage.link, stage.tz, stage.glyphs, typed)
    )


async def _reschedule(stage: Stage) -> None:
    """Change what is scheduled in the session in front."""
    scheduled = session_of(stage).state.loaded.scheduled
    dialog = writing.scheduled_dialog(scheduled, stage.link.now(), stage.tz, stage.glyphs)
    decided = await stage.ask(dialog)
    if decided is None:
        return
    one, name = decided.scheduled, decided.scheduled.name
    if decided.verb != "time":
        await stage.link.call(f"scheduled.{decided.verb}", scheduled=one.id)
        said = "Sent" if decided.verb == "send" else "Cancelled"
        stage.messages.done(f"{said} the scheduled reply to {name}")
    elif (off := await _when(stage)) is not None:
        await stage.link.call("scheduled.update", scheduled=one.id, **writing.as_put_off(off))
        stage.messages.done(f"Scheduled the reply to {name} for {off.said}")


@_composing("composer.later", "ctrl+l", "Send later", needs=[needs.something_for_later])
async def later(stage: Stage) -> None:
    """Send the reply at a time (tomorrow 9am); with nothing written, change what is scheduled."""
    view = session_of(stage)
    composer, item = view.conversation.composer, view.state.conversation
    if needs.something_written(stage) and view.state.loaded.scheduled:
        await _reschedule(stage)
        return
    if composer.is_note:
        raise Refused("scheduled.note", "A note cannot be sent later: write a reply.")
    off = await _when(stage)
    if off is None:
        return
    await composer.flush()
    given = {"text": composer.text.strip(), "enclosed": True, **writing.as_put_off(off)}
    await stage.link.call("scheduled.create", conversation=item.id, **given)
    composer.scheduled()
    view.typed.forget("later")
    stage.messages.done(f"Scheduled the reply to {item.name} for {off.said}")


@_composing("composer.spelling", "f4", "Spelling", priority=True, needs=[needs.can_write])
async def spelling(stage: Stage) -> None:
    """Correct the misspelt word at the cursor, or the next one; add it to your words."""
    speller = session_of(stage).conversation.composer.speller
    found = await speller.look()
    if found is None:
        stage.messages.say(speller.nothing)
        return
    corrections = await speller.corrections(found)
    chosen = await stage.ask(writing.spelling_dialog(found.word, corrections, stage.glyphs))
    if chosen is None:
        return
    if chosen.learned:
        await stage.link.call("spelling.add", word=found.word)
        await speller.learned()
    else:
        speller.replace(found, chosen.word)


@_composing("composer.check", "shift+f4", "Mark spelling", priority=True)
async def check_spelling(stage: Stage) -> None:
    """Mark misspelt words as you write, or stop marking them."""
    if not isinstance(stage.app, _Writes):
        return
    said = stage.app.turn_spelling()
    stage.messages.say(said)
    await session_of(stage).conversation.composer.speller.turned()


@command("session.files", "a", "Attachments", needs=[needs.session])
async def attachments(stage: Stage) -> None:
    """Show the files of the conversation and save one; nothing is ever opened."""
    view = session_of(stage)
    found = await stage.link.call("file.list", conversation=view.conversation_id)
    if not found:
        raise Refused("files.none", "There are no files in this conversation.")
    dialog = files.files_dialog(found, stage.link.now(), stage.tz, stage.glyphs)
    chosen = await stage.ask(dialog)
    if chosen is None:
        return
    to = await stage.ask(files.save_dialog(chosen.file, stage.glyphs))
    if to is not None:
        why_not = await asyncio.to_thread(files.save, chosen.file, to.path)
        if why_not:
            raise Refused("files.save", why_not)
        stage.messages.say(f"Saved {chosen.file.name} as {to.path}.")


@command("go.drafts", "g d", "Drafts", where=Where.ANYWHERE, group="Navigation")
async def go_drafts(stage: Stage) -> None:
    """Show your drafts and scheduled replies; go to one, discard or cancel it."""
    view = stage.session
    if view is not None:
        await view.flush()
    found = await stage.ask(writing.Drafts(stage.link, stage.glyphs, stage.tz))
    if found is None:
        return
    await opening.open_conversation(stage, found.conversation_id)
    view = stage.session
    if view is not None and view.conversation_id == found.conversation_id:
        kind = found.kind if isinstance(found, Draft) else DraftKind.REPLY
        view.call_after_refresh(view.write, kind)
