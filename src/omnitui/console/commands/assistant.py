"""Drafts of the language model: it is asked for one, and a person decides what becomes of it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from omnitui.console.command import COMMANDS, Need, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, session_of
from omnitui.console.dialogs import assistant as dialogs
from omnitui.model.case import CaseStatus
from omnitui.model.conversation import ConversationState, MessageKind, Speaker
from omnitui.model.errors import Refusal, Refused
from omnitui.model.session import DraftKind
from omnitui.safetext import clean_line

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView

_assisting = partial(command, group="Language model")
_NOTE_LIMIT = 500
"""The longest note of a transfer (characters)."""
_AS_NOTE = (("enter", "add it as a note", "accept"), ("e", "edit it as a note", "edit"))
_AS_ARTICLE = (
    ("enter", "keep it as an internal article", "accept"),
    ("e", "edit as a note", "edit"),
)
_HANDED_ON = (("enter", "add as a note", "accept"), ("e", "edit", "edit"))
_INSERT = (("enter", "into the reply", "accept"), ("e", "edit it there", "edit"))
_REPLACE = (("enter", "replace your draft", "accept"), ("e", "replace and edit", "edit"))


async def _draft(stage: Stage, does: Any, purpose: str, **given: Any) -> "dialogs.Decided | None":
    """Ask for a draft and show it; None where there is none, or nobody wants it."""
    view = session_of(stage)
    asked = await stage.link.call(
        "assistant.prepare", purpose=purpose, conversation=view.conversation_id, **given
    )

    def closed() -> bool:
        return view.conversation_id not in stage.order

    dialog = dialogs.DraftDialog(asked, stage.link, stage.glyphs, does, closed)
    decided = await stage.ask(dialog)
    if decided is not None and closed():
        raise Refused("session.none", "The session was closed meanwhile: the draft is not used.")
    if not dialog.ended:
        known = {"asked": asked.key, "outcome": "given_up"}
        await stage.link.attempt("assistant.record", **known)
    elif dialog.drafted:
        became = "dismissed"
        if decided is not None:
            became = "edited" if decided.what == "edit" else "accepted"
        await stage.link.attempt("assistant.decide", asked=asked.key, decision=became)
    return decided


@_assisting("assistant.reply", "g r", "Suggest a reply", needs=[needs.assistant, needs.can_reply])
async def suggest_reply(stage: Stage) -> None:
    """Let the language model draft a reply from the articles that fit; nothing is sent."""
    view = session_of(stage)
    decided = await _draft(stage, _INSERT, "reply")
    if decided is None:
        return
    closed = view.state.why_no_reply()
    view.write(DraftKind.NOTE if closed else DraftKind.REPLY)
    view.conversation.composer.insert(decided.draft.text)
    if closed:
        # Somebody has taken it, or it has ended, while the draft was read.
        stage.messages.say(f"Inserted into the note, for agents only. {closed}")
        return
    for article in decided.draft.articles:
        known = {"article": article, "conversation": view.conversation_id}
        await stage.link.attempt("knowledge.use", **known)


@_assisting(
    "assistant.rewrite",
    "g w",
    "Rewrite draft",
    needs=[needs.assistant, needs.something_written, needs.can_write],
)
async def rewrite(stage: Stage) -> None:
    """Let the language model write your draft anew: shorter, friendlier, in another language."""
    view = session_of(stage)
    how = await stage.ask(dialogs.rewrite_dialog(stage.glyphs))
    if how is None:
        return
    composer = view.conversation.composer
    kind, before = composer.kind, composer.text
    decided = await _draft(stage, _REPLACE, "rewrite", draft=before, style=how.value)
    if decided is None:
        return
    closed = needs.can_reply(stage) if kind is DraftKind.REPLY else ""
    view.write(DraftKind.NOTE if closed else kind)
    field = composer.field
    if composer.text == before:
        # As if it had been typed: ^z brings the draft back.
        field.select_all()
        field.put(decided.draft.text)
    else:
        composer.insert(decided.draft.text)


def _wraps_up(stage: Stage) -> str:
    view = session_of(stage)
    return "" if view.state.conversation.state is ConversationState.WRAP_UP else "It goes on."


_NEXT: tuple[tuple[str, str, str, str, Need], ...] = (
    ("t", "transfer", "transfer", "session.transfer", needs.can_transfer),
    ("x", "release", "release", "session.release", needs.can_give_back),
    ("E", "escalate", "escalate", "session.escalate", needs.can_escalate),
    ("w", "close", "close", "session.close", _wraps_up),
)
"""What a summary goes along with: key, label, what it is, the command, and what that needs."""


@_assisting("assistant.summary", "g s", "Summarise", needs=[needs.assistant, needs.session])
async def summarise(stage: Stage) -> None:
    """Let the language model summarise the conversation: as a note, or for who takes it next."""
    view = session_of(stage)
    may = [one for one in _NEXT if not one[4](stage)]
    decided = await _draft(stage, (*_HANDED_ON, *(one[:3] for one in may)), "summary")
    if decided is None:
        return
    command = next((one[3] for one in may if one[2] == decided.what), None)
    if decided.what in ("transfer", "release"):
        # These ask for a note themselves: it stands there, and can be changed.
        words = view.typed.into(decided.what)
        words["note"] = str(clean_line(decided.draft.text, limit=_NOTE_LIMIT))
    else:
        await _as_note(stage, view, decided)
    if command is not None:
        stage.run_command(COMMANDS[command])


@_assisting(
    "assistant.translate", "g t", "Translate message", needs=[needs.assistant, needs.session]
)
async def translate(stage: Stage) -> None:
    """Let the language model translate the customer's message under the cursor, or the last."""
    view = session_of(stage)
    at = view.conversation.transcript.current_message
    theirs = at is not None and at.speaker is Speaker.CUSTOMER and at.kind is MessageKind.MESSAGE
    given = {"message": at.id} if at is not None and theirs else {}
    decided = await _draft(stage, _AS_NOTE, "translation", **given)
    if decided is not None:
        await _as_note(stage, view, decided)


def _resolved_case(stage: Stage) -> str:
    view = stage.session
    case = None if view is None else view.state.case
    resolved = case is not None and case.status is CaseStatus.RESOLVED
    return "" if resolved else "An article is drafted from a resolved case, and none is linked."


@_assisting(
    "assistant.article",
    "g k",
    "Draft article",
    needs=[needs.assistant, needs.session, _resolved_case],
)
async def draft_article(stage: Stage) -> None:
    """Let the language model draft an article from the resolved case of the conversation."""
    view = session_of(stage)
    decided = await _draft(stage, _AS_ARTICLE, "article")
    if decided is None:
        return
    if decided.what == "edit":
        await _as_note(stage, view, decided)
        return
    title, _, body = decided.draft.text.partition("\n")
    title = title.strip(" #*")
    given = {"title": title, "body": body.strip() or title, "audience": "internal"}
    # Internal, so that it reaches no customer before somebody has looked at it again.
    written = await stage.link.attempt("knowledge.create", **given)
    if not isinstance(written, Refusal):
        stage.messages.done(f"Wrote the internal article {title}")
        return
    # Not everybody may write articles: for those who may, the words stand in the conversation.
    await _as_note(stage, view, decided)
    stage.messages.say(f"Added as a note instead. {written}")


async def _as_note(stage: Stage, view: "SessionView", decided: "dialogs.Decided") -> None:
    """Add a draft as a note, or put it into the note that is being written."""
    if decided.what == "edit":
        view.write(DraftKind.NOTE)
        view.conversation.composer.insert(decided.draft.text)
        return
    await stage.link.call(
        "conversation.note", conversation=view.conversation_id, text=decided.draft.text
    )
    stage.messages.done("Added the draft as a note")
