"""A row that is not valid: lists pass over it, the doctor counts it, repair drops it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from told import Run

from omnitui.store import reading
from omnitui.store.engine import Store

ROWS = {
    "notices": "INSERT INTO notices (occasion, language, text) VALUES ('kettle router', 'x', 'y')",
    "views": "INSERT INTO views (agent_id, name, stream, filter, position)"
    " VALUES (NULL, 'Late', 'kettle', '', 1)",
    "timers": "INSERT INTO timers (due_at, kind, subject) VALUES (9000000000000000, 'idle', 1)",
    "settings": "INSERT INTO settings VALUES ('no key at all', '1')",
    "undo": "INSERT INTO undo (agent_id, at, what, steps, seq) VALUES (1, 5, 'did', '{', 3)",
    "agents": "UPDATE agents SET presence = 'router' WHERE id = 1",
    "replies": "UPDATE replies SET tags = '{}' WHERE id = 1",
    "queues": "UPDATE queues SET overflow = '[{}]' WHERE id = 1",
}


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "passed_over", lambda error: None)


@pytest.fixture
def spoiled(omnitui: Run, store_path: Path) -> Callable[[str], None]:
    assert omnitui("call", "agent.create", "login=ada", "name=Ada Byron").code == 0
    assert omnitui("call", "queue.create", "name=Other").code == 0

    def spoil(table: str) -> None:
        with closing(Store(store_path)) as store:
            store.execute(ROWS[table])

    return spoil


@pytest.mark.parametrize("table", ROWS)
def test_one_row_takes_nothing_else_away_and_is_counted(
    omnitui: Run, spoiled: Callable[[str], None], table: str, tmp_path: Path
) -> None:
    spoiled(table)
    for name in ("notice.list", "agent.list", "queue.list", "reply.search", "home.vocabulary"):
        assert omnitui("call", name).code == 0
    for name in ("undo.what", "view.list", "session.tabs"):
        assert omnitui("call", name, "--as", "ada").code == 0
    told = omnitui("doctor")
    assert told.code == 1
    assert f"{table}: 1 row that is not valid" in told.out
    assert omnitui("doctor", "--json").data["meaningless"] == {table: 1}
    told = omnitui("doctor", "--repair", str(tmp_path / "new.db"), "--json")
    assert {one["table"]: one["lost"] for one in told.data["tables"]}[table] == 1
    assert omnitui("doctor", "--store", str(tmp_path / "new.db"), "--json").data["problems"] == []
