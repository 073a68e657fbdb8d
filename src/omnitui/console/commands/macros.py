"""Running macros: choose, answer, see what it would do, run.

A macro belongs to the session that it was started in, whatever is in front by then.
"""

from typing import TYPE_CHECKING, Any

from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.command import command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, session_of
from omnitui.console.dialogs import macros as dialogs
from omnitui.console.keys import key_for
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView
    from omnitui.desk.macros.running import MacroRun
    from omnitui.model.macro import Macro, MacroPrompt

_DONE = "done"


@command("macro.run", "at", "Run macro", needs=[needs.session])
async def run(stage: Stage) -> None:
    """Run a macro for the conversation: answer its prompts, see what it would do, run it."""
    view = session_of(stage)
    conversation = view.conversation_id
    found: list[Macro] = await stage.link.call("macro.list")
    if not found:
        stage.messages.say("There is no macro yet; an administrator adds one with macro.create.")
        return
    chosen = await stage.ask(dialogs.pick_dialog(found, view.state.conversation.name, stage.glyphs))
    if chosen is not None:
        await run_macro(stage, chosen.key, conversation)


async def run_macro(stage: Stage, macro: str, conversation: int) -> bool | None:
    """Ask a macro's prompts, show what it would do, and run it for a conversation.

    True when all of it was done, False when a step was refused, None when the agent left it. What
    is refused is said here; raises `Refused` where the macro cannot be run at all.
    """
    one: Macro = await stage.link.call("macro.get", macro=macro)
    item = await stage.link.call("conversation.get", conversation=conversation)
    view = stage.navigation.view_of(conversation)
    if view is not None:
        await view.flush()
    answers = await _answers(stage, one, conversation, item.name)
    if answers is None:
        return None
    given = {"macro": one.id, "conversation": conversation, "answers": answers}
    given["zone"] = getattr(stage.tz, "key", "")
    tried: MacroRun | Refusal = await stage.link.attempt("macro.run", dry_run=True, **given)
    if isinstance(tried, Refusal):
        stage.messages.say(str(tried), "warning")
        return False
    if not await stage.ask(dialogs.TriedDialog(tried, item.name, stage.glyphs)):
        return None
    ran: MacroRun | Refusal = await stage.link.attempt("macro.run", **given)
    if isinstance(ran, Refusal):
        stage.messages.say(str(ran), "warning")
        return False
    if view is not None and view.is_attached:
        view.typed.forget(_typed_name(one))
    await _in_console(stage, ran)
    _tell(stage, ran)
    return ran.complete


def _typed_name(macro: "Macro") -> str:
    return f"macro_{macro.key}"


async def _answers(
    stage: Stage, macro: "Macro", conversation: int, name: str
) -> dict[str, Any] | None:
    """The answers to the prompts, None when that is left."""
    if not macro.prompts:
        return {}
    prompts: tuple[MacroPrompt, ...] = await stage.link.call(
        "macro.prompts", macro=macro.id, conversation=conversation
    )
    view = stage.navigation.view_of(conversation)
    typed = {} if view is None else view.typed.into(_typed_name(macro))
    return await stage.ask(
        dialogs.AnswersForm(macro, prompts, name, stage.link, stage.tz, stage.glyphs, typed)
    )


def _tell(stage: Stage, ran: "MacroRun") -> None:
    said = " ".join(filter(None, (ran.said, ran.stays)))
    if ran.complete:
        stage.messages.done(said.rstrip("."))
        return
    undoes = f" {key_for('session.take_back')} undoes what was done."
    stage.messages.say(said + undoes, "warning")


async def _in_console(stage: Stage, ran: "MacroRun") -> None:
    """Carry out what a macro does in the console, in the session that it was started in."""
    steps = [step for step in ran.steps if step.console and step.outcome == _DONE]
    if not steps:
        return
    # The desk knows first what the macro itself has closed.
    tabs = await stage.link.call("session.list")
    there = any(tab.conversation_id == ran.conversation for tab in tabs)
    view = stage.navigation.view_of(ran.conversation)
    if view is None or not there:
        stage.messages.say("Its session is closed here: nothing was opened or written.", "warning")
        return
    for step in steps:
        await _carry_out(view, step.console, step.given)
    await view.flush()


async def _carry_out(view: "SessionView", console: str, given: dict[str, Any]) -> None:
    from omnitui.model.macro import ConsoleStep  # which no start needs

    if console == ConsoleStep.OPEN_TAB:
        await view.bring(AppTab(AppKind(given["tab"]), given["record"], given["title"]))
    elif console == ConsoleStep.INSERT_TEXT:
        view.insert_text(given["text"], given["labels"])
    else:
        view.open_assist("knowledge", given["phrase"])
