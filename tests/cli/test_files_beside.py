"""Files beside the store: what was attached, and what articles are read from."""

import os
from pathlib import Path

from told import Run

from omnitui.model.envelope import Envelope, File, envelope_text
from omnitui.store import files
from omnitui.store.engine import Store


def test_the_doctor_looks_after_attached_files(omnitui: Run, store_path: Path) -> None:
    omnitui("call", "conversation.receive", "channel=chat", "address=dev-1", "text=Hello")
    store = Store(store_path)
    digest = files.keep(store, b"nobody names me")
    path = files.path_of(store, digest)
    old = path.stat().st_mtime - 8 * 86_400
    os.utime(path, (old, old))
    gone = envelope_text(Envelope(files=(File("offer.pdf", 5, "", "0" * 64),)))
    store.execute("UPDATE messages SET envelope = ?", (gone,))
    store.close()
    told = omnitui("doctor", "--json")
    assert told.code == 1
    assert told.data["files"] == {"kept": 1, "bytes": 15, "missing": 1, "unused": 1}
    assert told.data["problems"] == ["1 attached file is missing beside the store: offer.pdf"]
    assert path.is_file()
    assert omnitui("doctor", "--tidy", "--json").data["files"]["unused"] == 0
    assert not path.exists()


def test_a_backup_has_the_attached_files(omnitui: Run, store_path: Path, tmp_path: Path) -> None:
    omnitui("call", "agent.list")
    store = Store(store_path)
    digest = files.keep(store, b"hello")
    store.close()
    assert omnitui("backup", str(tmp_path / "copy.db")).code == 0
    kept = tmp_path / "copy.db.files" / digest[:2] / digest
    assert kept.read_bytes() == b"hello"
    assert kept.stat().st_mode & 0o077 == 0


def test_the_doctor_names_articles_files_that_cannot_be_read(
    omnitui: Run, store_path: Path, tmp_path: Path
) -> None:
    omnitui("call", "agent.create", "login=ada", "name=Ada Byron")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lights.md").write_text("+++\ntitle = 1\n+++\nx\n", encoding="utf-8")
    omnitui("call", "settings.set", "key=knowledge_folder", f"value={folder}")
    omnitui("call", "knowledge.read_folder")
    told = omnitui("doctor")
    assert told.code == 0
    assert f"    {folder}/lights.md: line 2" in told.out
    (problem,) = omnitui("doctor", "--json").data["article_files"]
    assert problem.startswith(f"{folder}/lights.md: line 2")
