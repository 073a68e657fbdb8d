"""Rows that stand in for lost ones."""

import sqlite3
from contextlib import closing

import pytest

from omnitui.store import stand_ins, terms
from omnitui.store.migrations import migrate
from omnitui.store.schema import LATEST


@pytest.mark.parametrize("version", [5, LATEST])
@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        (("phone:+4755501022",), "phone"),
        (("email:kiana@example.com",), "email"),
        (("fax:kiana",), "handle"),
        (("fax:  message 7",), "handle"),
    ],
)
def test_a_lost_channel_is_stood_in_for_as_its_addresses_were(
    version: int, keys: tuple[str, ...], kind: str
) -> None:
    with closing(sqlite3.connect(":memory:")) as new:
        terms.give(new)
        migrate(new, version)
        for key in keys:
            new.execute(
                "INSERT INTO conversations (channel, state, name, address, address_key, last_at,"
                " created_at) VALUES ('fax', 'open', 'Kiana', 'x', ?, 5, 5)",
                (key,),
            )
        made, dropped = stand_ins.complete(new)
        assert (made["channels"], dropped.total()) == (1, 0)
        migrate(new)
        found = new.execute("SELECT key, address_kind FROM channels").fetchall()
        assert found == [("fax", kind if version == LATEST else "handle")]
