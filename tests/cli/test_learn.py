"""`omnitui learn`."""

from pathlib import Path

from told import Run


def test_it_says_what_was_learnt_and_learns_again_only_if_needed(
    omnitui: Run, tmp_path: Path
) -> None:
    store = str(tmp_path / "store.db")
    assert omnitui("call", "settings.list", "--store", store).code == 0
    told = omnitui("learn", "--store", store)
    assert told.code == 0
    assert "queue: 0 labels from 0 examples" in told.out
    again = omnitui("learn", "--store", store, "--if-needed")
    assert (again.code, again.out.strip()) == (
        0,
        "Too little has happened since it was last learnt.",
    )
    data = omnitui("learn", "--store", store, "--json").data
    assert [row["kind"] for row in data] == ["reply", "queue", "priority", "product", "recalled"]
    assert omnitui("learn", "--store", store, "--if-needed", "--json").data == []


def test_without_a_store_there_is_a_sentence(omnitui: Run, tmp_path: Path) -> None:
    told = omnitui("learn", "--store", str(tmp_path / "none.db"))
    assert told.code == 3
    assert "There is no store at" in told.err
