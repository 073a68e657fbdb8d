"""Choosing another agent script for a session."""

from functools import partial

from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.script import choice_row
from omnitui.model.script import ScriptChoice, ScriptState


def switch_dialog(state: ScriptState, glyphs: Glyphs) -> Pick[ScriptChoice]:
    """The scripts besides the current one, the customer's language first."""
    rows = [
        Row(
            str(one.id),
            partial(choice_row, one, glyphs=glyphs),
            one,
            words=f"{one.title} {one.key} {one.language} {one.description}",
        )
        for one in state.others
    ]
    now = "" if state.script is None else f"Now: {state.script.title}, {state.done} ticked."
    return Pick(
        "Switch script",
        now,
        glyphs,
        rows=rows,
        find_hint="Title or words",
        nothing="No script has these words.",
        list_height=16,
        keys=(("enter", "switch"), ("esc", "close")),
    )
