"""How the composer looks: a reply, a note and one that has not the keys are told apart at sight.

Only with the keys has the bar at the left a colour, so that a lit bar always means: letters go in.
"""

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
