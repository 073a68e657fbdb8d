"""Macros."""

import msgspec

from omnitui.model.ids import MacroId
from omnitui.model.macro import Macro, MacroPrompt, MacroStep
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one

_macro = maker(
    Macro,
    prompts=msgspec.json.Decoder(tuple[MacroPrompt, ...]).decode,
    steps=msgspec.json.Decoder(tuple[MacroStep, ...]).decode,
)


def get(store: Store, key: int) -> Macro | None:
    """One macro."""
    return one(_macro, store.row("SELECT * FROM macros WHERE id = ?", (key,)))


def by_key(store: Store, key: str) -> MacroId | None:
    """The macro of that key, in any case."""
    found: MacroId | None = store.value("SELECT id FROM macros WHERE lower(key) = lower(?)", (key,))
    return found


def every(store: Store) -> list[Macro]:
    """All macros, those that are used most first."""
    return each(
        _macro, store.rows("SELECT * FROM macros ORDER BY uses DESC, title, key LIMIT 1000")
    )


def put(store: Store, macro: Macro) -> int:
    """Add a macro, or bring the one of the same key up to date; what was counted stays."""
    values = {
        "key": macro.key,
        "title": macro.title,
        "description": macro.description,
        "prompts": msgspec.json.encode(macro.prompts).decode(),
        "steps": msgspec.json.encode(macro.steps).decode(),
    }
    found = by_key(store, macro.key)
    if found is None:
        return store.insert("macros", values)
    store.update("macros", found, values)
    return int(found)


def count_use(store: Store, key: int) -> None:
    """Count that a macro was run."""
    store.execute("UPDATE macros SET uses = uses + 1 WHERE id = ?", (key,))
