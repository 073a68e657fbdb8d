"""Macros: steps that are run in order for a conversation, and what is asked before they run."""

from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from omnitui.model.ids import MacroId


class PromptKind(StrEnum):
    """What a prompt asks for."""

    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


class ConsoleStep(StrEnum):
    """What a step can do in the console of whoever runs the macro."""

    OPEN_TAB = "open_tab"
    INSERT_TEXT = "insert_text"
    SEARCH_KNOWLEDGE = "search_knowledge"


class MacroPrompt(Struct, frozen=True):
    """One question. `values` are those of a choice; `default` may have slots, and may be empty."""

    key: str
    label: str
    kind: PromptKind = PromptKind.TEXT
    values: tuple[str, ...] = ()
    required: bool = True
    default: str = ""


class MacroStep(Struct, frozen=True):
    """One step: a desk command or something in the console, with its parameters.

    Texts among the parameters may have slots. Later steps refer to its result by its number, from
    1, or by its `key`, which may be empty. With `when`, a slot, it is left out where that has no
    value, or is no.
    """

    key: str = ""
    command: str = ""
    console: str = ""
    given: dict[str, Any] = field(name="with", default_factory=dict)
    when: str = ""


class Macro(Struct, frozen=True):
    """A macro; `uses` counts how often it was run."""

    id: MacroId
    key: str
    title: str
    description: str = ""
    prompts: tuple[MacroPrompt, ...] = ()
    steps: tuple[MacroStep, ...] = ()
    uses: int = 0
