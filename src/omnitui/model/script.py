"""Agent scripts: ordered steps that say what to say and do next, and how far a session is.

A script in two languages is two scripts of one key. A session can have several scripts behind it;
the one that was started last is its current one, and each keeps its marks.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from omnitui.model.classification import Condition
from omnitui.model.ids import ConversationId, ScriptId, ScriptRuleId


class StepKind(StrEnum):
    """What doing a step means: say or check something, run a macro, jump to another script."""

    TEXT = "text"
    MACRO = "macro"
    SCRIPT = "script"


class Outcome(StrEnum):
    """How the last run of a step went: a tick, a cross, or neither."""

    DONE = "done"
    FAILED = "failed"
    OPEN = "open"


class Step(Struct, frozen=True):
    """One step. `key` tells it from the others of its script, also when some are added later.

    `title` and `text` may have slots. `macro` or `script` is the key of what it runs or jumps to;
    a step with neither is a text step.
    """

    key: str
    title: str
    text: str = ""
    macro: str = ""
    script: str = ""

    @property
    def kind(self) -> StepKind:
        """What doing it means."""
        if self.macro:
            return StepKind.MACRO
        return StepKind.SCRIPT if self.script else StepKind.TEXT


class Script(Struct, frozen=True):
    """A script in one language; `language` is a code such as `nb`."""

    id: ScriptId
    key: str
    title: str
    language: str = "en"
    description: str = ""
    steps: tuple[Step, ...] = ()


class ScriptRule(Struct, frozen=True):
    """When a script is the default: the first rule, by `position`, whose conditions are all met."""

    id: ScriptRuleId
    name: str
    position: int
    script: str
    conditions: tuple[Condition, ...] = ()


class Mark(Struct, frozen=True):
    """The last run of a step: how it went, when (epoch ms) and who did it."""

    outcome: Outcome
    at: int
    by: str


class ScriptRun(Struct, frozen=True):
    """A script that was started in a conversation, with its marks by the keys of steps.

    `turn` counts the starts in the conversation: the highest is the current script.
    """

    conversation_id: ConversationId
    script_id: ScriptId
    turn: int
    started_at: int
    started_by: str
    marks: Mapping[str, Mark] = field(default_factory=dict)


class StepState(Struct, frozen=True):
    """A step in a session, with its slots filled.

    `labels` are the prompts in its text that a person fills, as they stand there. `at` (epoch ms)
    and `by` say when and by whom it was marked; 0 and empty while it is open.
    """

    key: str
    kind: StepKind
    title: str
    text: str
    labels: tuple[str, ...] = ()
    macro: str = ""
    script: str = ""
    outcome: Outcome = Outcome.OPEN
    at: int = 0
    by: str = ""


class ScriptChoice(Struct, frozen=True):
    """A script that a session can switch to; `done` of `count` steps have a tick there already."""

    id: ScriptId
    key: str
    title: str
    language: str
    description: str
    started: bool
    done: int
    count: int


class ScriptState(Struct, frozen=True):
    """How far a session is with its scripts.

    `script` is the current one, which is only the default while it is not `started`; None if no
    rule fits. `why` says in a sentence why it is this one. `next` is the key of the next step,
    empty when all have a mark. `done` and `failed` are ticks and crosses.
    """

    conversation: ConversationId
    script: Script | None
    started: bool
    why: str
    steps: tuple[StepState, ...] = ()
    next: str = ""
    done: int = 0
    failed: int = 0
    others: tuple[ScriptChoice, ...] = ()

    def step(self, key: str) -> StepState | None:
        """The step of that key."""
        return next((one for one in self.steps if one.key == key), None)
