"""Commands are imported when they are asked for: whoever asks finds them as if they had been there.

What has been imported already is seen in a fresh interpreter only.
"""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.areas import AREAS
from omnitui.desk.desk import Desk
from omnitui.desk.registry import COMMANDS, Command
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused
from omnitui.store.engine import Store
from shipped import like

_BEGIN = """
import json, sys
from pathlib import Path
from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.store.engine import Store
desk = Desk(Store(Path(sys.argv[1])), ManualClock(2_000_000))
ada = Actor(ActorKind.AGENT, 1, "Ada Byron")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which Ada has edited a case."""
    path = tmp_path / "areas.db"
    desk = Desk(Store(path), ManualClock(1_000_000), Random(1))
    email = {"key": "email", "label": "Email", "mode": "asynchronous", **like("email")}
    desk.call("channel.create", ADMINISTRATOR, **email)
    ada = desk.call("agent.create", ADMINISTRATOR, login="ada", name="Ada Byron")
    ann = desk.call("customer.create", ADMINISTRATOR, name="Ann", email="ann@example.com")
    actor = Actor(ActorKind.AGENT, ada.id, ada.name)
    case = desk.call("case.create", actor, customer=ann.id, title="Old", origin="email")
    desk.call("case.update", actor, case=case.id, title="New")
    desk.close()
    return path


def fresh(path: Path, statement: str) -> object:
    """What a statement says as JSON in a process that has imported nothing of the desk yet."""
    told = subprocess.run(
        [sys.executable, "-c", _BEGIN + statement, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def _module(command: Command) -> str:
    return command.function.__module__.removeprefix("omnitui.desk.")


def test_every_command_is_found_where_its_area_says() -> None:
    held = {name: _module(command) for name, command in COMMANDS.items()}
    elsewhere = {n: m for n, m in held.items() if m not in AREAS[n.partition(".")[0]]}
    assert held
    assert elsewhere == {}


def test_every_module_of_an_area_holds_a_command_of_it() -> None:
    held = {(command.area, _module(command)) for command in COMMANDS.values()}
    named = {(area, module) for area, modules in AREAS.items() for module in modules}
    assert named - held == set()


def test_what_nobody_has_asked_for_is_not_imported(path: Path) -> None:
    statement = """
assert [agent.login for agent in desk.call("agent.list", ada)] == ["ada"]
others = ("intake", "cases.merging", "bulk")
print(json.dumps([name for name in others if "omnitui.desk." + name in sys.modules]))
"""
    assert fresh(path, statement) == []


def test_what_an_area_has_done_is_undone_by_a_process_that_has_not_asked_for_it(path: Path) -> None:
    statement = """
desk.call("undo.last", ada)
desk.close()
print(json.dumps(Store(Path(sys.argv[1])).rows("SELECT title FROM cases")[0]["title"]))
"""
    assert fresh(path, statement) == "Old"


@pytest.mark.parametrize("name", ["case.nonsense", "nonsense.create", "case", "", ".", "case."])
def test_there_is_no_such_command(desk: Desk, name: str) -> None:
    assert name not in COMMANDS
    assert COMMANDS.get(name) is None
    with pytest.raises(Refused, match="There is no command"):
        desk.call(name, ADMINISTRATOR)
