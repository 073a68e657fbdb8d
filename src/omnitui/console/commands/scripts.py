"""What can be done with the agent script of a session, from wherever the keys are."""

from typing import TYPE_CHECKING

from omnitui.console.command import command
from omnitui.console.commands import macros, needs
from omnitui.console.commands.stage import Stage, session_of
from omnitui.console.dialogs import scripts as dialogs
from omnitui.console.keys import key_for
from omnitui.console.session.assist import script as script_tab
from omnitui.model.errors import Refused, refuse

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView
    from omnitui.model.script import ScriptState, StepState

_GROUP = "Script"
_DONE, _FAILED = "done", "failed"
"""Outcomes of a step; their type is not read for a start."""


@command("script.show", "v", "Script", group=_GROUP, needs=[needs.session])
async def show(stage: Stage) -> None:
    """Show the agent script: what to say and do, step by step."""
    session_of(stage).open_assist("script")


@command("script.next", "f7", "Next step", group=_GROUP, priority=True, needs=[needs.session])
async def do_next(stage: Stage) -> None:
    """Do the next step of the script: tick what was said, run a macro, go on with a script."""
    view = session_of(stage)
    state, step = await _next(stage, view)
    script = None if state.script is None else state.script.id
    conversation, outcome = view.conversation_id, _DONE
    if step.kind == "macro":
        ran = await macros.run_macro(stage, step.macro, conversation)
        if ran is None:
            return
        outcome = _DONE if ran else _FAILED
    await _mark(stage, view, step, outcome, script)


@command(
    "script.failed", "shift+f7", "Step failed", group=_GROUP, priority=True, needs=[needs.session]
)
async def failed(stage: Stage) -> None:
    """Cross the next step of the script: it did not work, or is not needed."""
    view = session_of(stage)
    state, step = await _next(stage, view)
    script = None if state.script is None else state.script.id
    await _mark(stage, view, step, _FAILED, script)


@command("script.insert", "f9", "Insert step", group=_GROUP, priority=True, needs=[needs.session])
async def insert(stage: Stage) -> None:
    """Put the text of the script's next step into the composer; it is not sent."""
    view = session_of(stage)
    _, step = await _next(stage, view)
    refuse(script_tab.why_no_text(step))
    view.assist.insert(step.text, step.labels)


@command("script.switch", "V", "Switch script", group=_GROUP, needs=[needs.session])
async def switch(stage: Stage) -> None:
    """Choose another script; the one that is left keeps its marks."""
    view = session_of(stage)
    state: ScriptState = await stage.link.call("script.state", conversation=view.conversation_id)
    if not state.others:
        raise Refused("script.none", "There is no other script.")
    chosen = await stage.ask(dialogs.switch_dialog(state, stage.glyphs))
    if chosen is not None:
        started = await stage.link.call(
            "script.start", conversation=view.conversation_id, script=chosen.id
        )
        view.assist.script.show(started)
        stage.messages.done(f"Started the script {chosen.title}")


async def _next(stage: Stage, view: "SessionView") -> "tuple[ScriptState, StepState]":
    """How far the session is, and the step that is meant: the one chosen in the pane, or the next.

    Refused where there is none.
    """
    wanted = view.assist.script.take_wanted()
    state: ScriptState = await stage.link.call("script.state", conversation=view.conversation_id)
    other = f"{key_for('script.switch')} chooses a script."
    if state.script is None:
        raise Refused("script.none", "No script fits this conversation.", other)
    step = state.step(wanted or state.next)
    if step is None:
        raise Refused("script.over", f"Every step of {state.script.title} has a mark.", other)
    return state, step


async def _mark(
    stage: Stage, view: "SessionView", step: "StepState", outcome: str, script: int | None
) -> None:
    after: ScriptState = await stage.link.call(
        "script.step",
        conversation=view.conversation_id,
        step=step.key,
        outcome=outcome,
        script=script,
    )
    view.assist.script.show(after)
    pane = view.assist
    if pane.tab == pane.script.key and pane.reading is None and pane.is_on_screen:
        return  # It is seen there, and what is said in passing would cover it.
    word = "Done" if outcome == _DONE else "Crossed"
    following = after.step(after.next)
    then = f"; next: {following.title}" if following is not None else ""
    if step.kind == "script" and outcome == _DONE and after.script is not None:
        then = f"; now: {after.script.title}"
    stage.messages.done(f"{word}: {step.title}{then}")
