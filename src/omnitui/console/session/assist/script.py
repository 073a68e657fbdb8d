"""The agent script of the session: its steps with a tick or a cross, the next one open.

It is read when the tab comes in front, and then with whatever is read of the session. What a step
does is a command's work (`console/commands/scripts.py`), because a macro needs the screen.
"""

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.script import no_script, others_line, script_head, step_lines
from omnitui.console.session.assist.tab import Act, AssistTab, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.model.errors import Refusal
from omnitui.model.script import Outcome, ScriptState, StepKind, StepState

_STEP = "step:"


class ScriptTab(AssistTab):
    """See the module."""

    key = "script"
    label = "Script"
    acts = (
        Act("i", "insert_text", "Insert its text"),
        Act("x", "cross", "It did not work"),
        Act("d", "tick", "Done, or open again"),
    )

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(pane, state, glyphs)
        self.shown: ScriptState | None = None
        self._wanted = ""
        state.wants_script = lambda: pane.tab == self.key

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        return [("enter", "do it"), ("i", "text"), ("d", "done"), ("x", "failed")]

    async def take_in(self) -> None:
        """Show what was read with the session: somebody may have marked a step."""
        found = self.state.loaded.script
        if found is not None and self.pane.tab == self.key:
            self.show(found)

    async def look(self) -> None:
        """Read how far the session is."""
        found = await self.state.link.attempt(
            "script.state", conversation=self.state.conversation_id
        )
        if isinstance(found, Refusal):
            self.pane.refuse(found)
        else:
            self.show(found)

    def show(self, found: ScriptState) -> None:
        """Show how far the session is now; a cursor on the next step goes on with it."""
        before, self.shown = self.shown, found
        was = None if before is None or before.script is None else before.script.id
        now = None if found.script is None else found.script.id
        along = before is not None and self.pane.cursor_key == _STEP + before.next
        goes = found.next and (was != now or along)
        cursor = _STEP + found.next if goes else ""
        self.pane.list_again(self, from_top=was != now, cursor=cursor)

    def blocks(self, width: int) -> list[Block]:
        """Title and progress, every step, and that there are others."""
        state = self.shown
        if state is None or state.script is None:
            return [Block("", no_script(state, width))]
        here = self.pane.cursor_key
        blocks = [Block("head", script_head(state, width, self.glyphs))]
        for number, step in enumerate(state.steps, 1):
            following = step.key == state.next
            lines = step_lines(
                step,
                number,
                width,
                self.glyphs,
                following=following,
                opened=following or here == _STEP + step.key,
            )
            blocks.append(Block(_STEP + step.key, lines, True))
        return [*blocks, Block("others", others_line(state, width, self.glyphs))]

    def moved(self, key: str) -> None:
        """Open the step that the cursor came to."""
        self.pane.list_again(self)

    def choose(self, key: str) -> None:
        """Do a step: the screen does, and records how it went."""
        self._wanted = key.removeprefix(_STEP)
        self.pane.do("script.next")

    def take_wanted(self) -> str:
        """The key of the step that was chosen here, once; empty for the next one."""
        wanted, self._wanted = self._wanted, ""
        return wanted

    def insert_text(self) -> None:
        """Put the text of the step under the cursor into the composer."""
        step = self._step
        if step is not None:
            refusal = why_no_text(step)
            if refusal is not None:
                self.pane.refuse(refusal)
            else:
                self.pane.insert(step.text, step.labels)

    def cross(self) -> None:
        """Say that the step under the cursor did not work."""
        self._mark(Outcome.FAILED)

    def tick(self) -> None:
        """Mark the step under the cursor as done, or open it again."""
        step = self._step
        done = step is not None and step.outcome is not Outcome.OPEN
        self._mark(Outcome.OPEN if done else Outcome.DONE)

    @property
    def _step(self) -> StepState | None:
        key = self.pane.cursor_key.removeprefix(_STEP)
        return None if self.shown is None else self.shown.step(key)

    def _mark(self, outcome: Outcome) -> None:
        if self._step is not None:
            self.pane.soon(self._marked(self._step.key, outcome), "assist-mark")

    async def _marked(self, step: str, outcome: Outcome) -> None:
        script = self.shown.script if self.shown is not None else None
        marked = await self.state.link.attempt(
            "script.step",
            conversation=self.state.conversation_id,
            step=step,
            outcome=outcome,
            script=None if script is None else script.id,
        )
        if isinstance(marked, Refusal):
            self.pane.refuse(marked)
        else:
            self.show(marked)


def why_no_text(step: StepState) -> Refusal | None:
    """Why the text of a step does not go into the composer; None where it does."""
    if step.kind is StepKind.TEXT:
        return None
    does = f"runs the macro {step.macro}" if step.macro else f"goes on with {step.script}"
    return Refusal(
        "script.no_text",
        f"“{step.title}” {does}: its text is for you.",
        "Only the text of a text step goes into the composer.",
    )
