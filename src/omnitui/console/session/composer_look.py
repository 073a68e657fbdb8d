"""How the composer looks: a reply, a note and one that has not the keys are told apart at sight.

Only with the keys has the bar at the left a colour, so that a lit bar always means: letters go in.
"""

from collections.abc import Sequence

from omnitui.console.keys import key_for
from omnitui.console.present.session import ComposerView, channel_words
from omnitui.console.session.composer_text import ComposerText
from omnitui.console.session.state import SessionState
from omnitui.model.conversation import Message, MessageKind, Speaker
from omnitui.model.names import first_name
from omnitui.model.viewers import Viewer
from omnitui.rules.limits import near, over, used

BACK_HINT = "keys are text here, Esc gives commands"
"""What stands behind the cursor of somebody who has come back to what they were writing."""

STYLE = """
Composer {
    height: auto;
    background: $surface-2;

    & > Bar { background: $surface-2; margin: 0 0 0 1; }
    & > ComposerText {
        height: auto;
        min-height: 2;
        max-height: 8;
        margin: 0 0 0 1;
        padding: 0 1;
        border: none;
        border-left: heavy $rule;
        background: $surface-2;
        color: $text-plain;
        scrollbar-size-vertical: 1;

        &:focus { border: none; border-left: heavy $agent; background: $surface-3; }
        & .text-area--placeholder { color: $text-dim; }
        & .text-area--suggestion { color: $text-dim; text-style: italic; }
        & .text-area--cursor, &:light .text-area--cursor, &:dark .text-area--cursor {
            color: $on-accent;
            background: $agent;
            text-style: none;
        }
        &:blur .text-area--cursor { color: $text-plain; background: $surface-2; }
        & .text-area--selection { background: $find-surface; color: $text-plain; }
    }
    &.-ascii > ComposerText { border-left: ascii $rule; }
    &.-ascii > ComposerText:focus { border-left: ascii $agent; }
    &.-closed > ComposerText { border-left: heavy $rule; color: $text-dim; }
    &.-note {
        background: $note-surface;
        & > Bar { background: $note-surface; }
        & > ComposerText { border-left: dashed $rule; background: $note-surface; }
        & > ComposerText:focus { border-left: dashed $note; background: $note-surface; }
        & > ComposerText .text-area--cursor { background: $note; }
        & > ComposerText:light .text-area--cursor { background: $note; }
        & > ComposerText:dark .text-area--cursor { background: $note; }
    }
    &.-closed.-ascii > ComposerText, &.-note.-ascii > ComposerText { border-left: ascii $rule; }
    &.-note.-ascii > ComposerText:focus { border-left: ascii $note; }
    &.-tall > ComposerText { min-height: 3; max-height: 12; }
}
"""


def wrote_meanwhile(message: Message) -> str:
    """What is told of a message that came while something was being written."""
    who = "The bot" if message.speaker is Speaker.BOT else first_name(message.author)
    wrote = "added a note" if message.kind is MessageKind.NOTE else "wrote"
    return f"{who} {wrote} while you typed"


def view_of(
    state: SessionState,
    field: ComposerText,
    *,
    note: bool,
    warning: str,
    reason: str,
    viewers: Sequence[Viewer],
) -> ComposerView:
    """What the line above the composer tells now."""
    item, channel = state.conversation, state.channel
    known = item.customer_id is not None
    limits = None if note else channel
    return ComposerView(
        note=note,
        to=first_name(item.name) if known else item.name,
        channel=channel_words(channel, item.channel),
        sends="enter" if field.live else key_for("composer.send"),
        undo=key_for("composer.undo"),
        other=key_for("composer.note"),
        warning=warning,
        reason=reason,
        prompts=len(field.fields),
        held=not field.text and state.held_reply is not None,
        viewers=tuple(viewers),
        asked=tuple(one.whom for one in state.loaded.asked),
        typing=field.has_focus and not field.read_only,
        drafted=bool(field.text),
        used="" if limits is None else used(limits, field.text),
        near=limits is not None and near(limits, field.text),
        over=limits is not None and over(limits, field.text),
    )
