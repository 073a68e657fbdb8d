"""Sentences name the keys in force: whoever chooses other keys never reads of the old ones."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Driver, console
from prepared import GRETE, KIANA, World

import omnitui.console
from omnitui.console.command import COMMANDS
from omnitui.console.keymap import Keymap
from omnitui.console.preferences import Preferences

CHOSEN = {
    "session.link": "f3",
    "case.create": "f4",
    "session.take_back": "f5",
    "session.close": "f9",
    "session.transfer": "f10",
    "session.end": "f11",
    "agent.presence": "f12",
    "create.any": "f7",
    "home.sort": "ctrl+b",
    "home.save_view": "ctrl+g",
    "home.with_closed": "ctrl+o",
    "case.reopen": "ctrl+r",
    "session.knowledge": "ctrl+t",
    "bulk.transfer": "ctrl+l",
}
VERBS = (
    "adds|asks|brings|clears|closes|copies|creates|filters|does|ends|finds|gives|goes|leaves|links|lists|looks|"
    "makes|marks|narrows|includes|opens|releases|reopens|saves|says|sends|shows|sorts|splits|takes|transfers|turns|"
    "undoes|unlinks"
)
OLD = "|".join(re.escape(COMMANDS[name].key) for name in CHOSEN if len(COMMANDS[name].key) == 1)
NAMED = re.compile(rf"(?:^|(?<=[\s(;:.]))(?:{OLD}|\+)(?: (?:{VERBS})\b)", re.MULTILINE)

PANE_KEYS = {
    "y copies",
    "e adds",
    "a puts",
    "o opens",
    "^n adds",
    "^n shows",
    "^o escalates",
    "^s saves",
}
"""Keys of a single pane or dialog, which nobody can change."""
WRITTEN = re.compile(rf"(?:^|(?<=[\s(;:.]))((?:\^[a-z]|g [a-z@/]|[a-zA-Z+*]) (?:{VERBS}))\b")


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


def _sentences(driver: Driver) -> str:
    said = [command.why_not(driver.main) for command in COMMANDS.values()]
    return "\n".join([*said, *driver.toasts, driver.text])


async def test_no_sentence_names_a_key_that_was_changed(world: World) -> None:
    preferences = Preferences(keymap=Keymap(CHOSEN))
    read: list[str] = []
    async with console(world, preferences=preferences) as driver:
        await driver.go(None)
        for stream in ("open", "all"):
            await driver.main.home.show_stream(stream)
            read.append(_sentences(driver))
        await driver.main.home.show_stream("mine")
        world.ada("conversation.pick", conversation=world.keys["web-401"], anyway=True)
        for address in (KIANA, GRETE, "web-401"):
            await driver.until(lambda at=address: world.keys[at] in driver.main.order)
            await driver.go(world.keys[address])
            await driver.until(lambda: driver.session.painted)
            await driver.rests()
            read.append(_sentences(driver))
    together = "\n".join(read)
    assert not NAMED.findall(together)
    for expected in ("F3 links one", "^b sorts it", "F9 closes it", "F7 does"):
        assert expected in together


def _literals() -> Iterator[tuple[str, str]]:
    """The texts in the console's source that are no docstrings, with where they stand."""
    folder = Path(omnitui.console.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or id(node) in docs:
                continue
            if isinstance(node.value, str):
                yield f"{path.relative_to(folder)}:{node.lineno}", node.value


def test_no_text_in_the_source_names_a_key_of_a_command_by_hand() -> None:
    found = [
        f"{where}: {named}"
        for where, said in _literals()
        for named in WRITTEN.findall(said)
        if named not in PANE_KEYS
    ]
    assert not found
