"""Articles from files that are edited elsewhere: read when they change, kept when wrong."""

import os
from pathlib import Path
from typing import Any

import pytest

from omnitui.desk.articles import files

FRONT = """+++
title = "{title}"
audience = "public"
updated = 2026-03-01
language = "en"
{more}+++
"""


def write(folder: Path, slug: str, body: str, title: str = "Lights", more: str = "") -> Path:
    path = folder / f"{slug}.md"
    path.write_text(FRONT.format(title=title, more=more) + f"\n{body}\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(floor: Any, tmp_path: Path) -> Path:
    where = tmp_path / "articles"
    where.mkdir()
    floor.do("settings.set", key="knowledge_folder", value=str(where))
    floor.wait(0)
    return where


def body_of(floor: Any, slug: str) -> str:
    return str(floor.do("knowledge.get", article=slug).body)


def test_files_are_picked_up_when_they_change(floor: Any, folder: Path) -> None:
    write(folder, "lights", "Wait.", more='summary = "Wait a bit."\n')
    floor.wait(files.EVERY_MS)
    found = floor.do("knowledge.get", article="lights")
    assert (found.body, found.summary, found.changed_by) == ("Wait.", "Wait a bit.", "articles")
    write(folder, "lights", "Restart it.")
    floor.wait(files.EVERY_MS)
    assert body_of(floor, "lights") == "Restart it."
    versions = floor.do("knowledge.versions", article="lights")
    assert [one.body for one in versions] == ["Restart it.", "Wait."]


def test_what_has_not_changed_is_not_read_again(
    floor: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "lights", "Wait.")
    floor.wait(files.EVERY_MS)
    floor.do("knowledge.update", article="lights", body="Written here.")
    read: list[Path] = []
    monkeypatch.setattr(files, "read_article", read.append)
    floor.wait(10 * files.EVERY_MS)
    assert read == []
    assert body_of(floor, "lights") == "Written here."


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("no front matter", "line 1", "must start with a line +++"),
        ('+++\ntitle = "A"\naudience = "secret"\n', "line 1", "does not end"),
        (FRONT.format(title="", more="") + "\nx\n", "line 2", "needs a title"),
        (FRONT.format(title="A", more='keywords = ["a, b"]\n') + "\nx\n", "line 6", "keyword"),
        (FRONT.format(title="A", more='colour = "red"\n') + "\nx\n", "line 6", "colour"),
        (FRONT.format(title="A", more='key = "No Key"\n') + "\nx\n", "line 6", "its key"),
        (FRONT.format(title="A", more=""), "", "no text"),
        ("\x00\xff", "", ""),
        ("+++\ntitle = " + "[" * 5_000 + "\n+++\nx\n", "", ""),
        ("+++\nupdated = 2026-02-31\n+++\nx\n", "", ""),
    ],
)
def test_a_bad_file_keeps_the_last_good_version_and_is_told_with_its_line(
    floor: Any, folder: Path, text: str, where: str, said: str
) -> None:
    path = write(folder, "lights", "Wait.")
    floor.wait(files.EVERY_MS)
    path.write_bytes(text.encode("latin-1"))
    (problem,) = floor.do("knowledge.read_folder").problems
    assert problem.startswith(str(path))
    assert where in problem
    assert said in problem
    assert body_of(floor, "lights") == "Wait."
    assert floor.entries(kind="knowledge.file_wrong")[-1].payload["file"] == "lights.md"
    write(folder, "lights", "Good again.")
    assert floor.do("knowledge.read_folder").problems == ()
    assert body_of(floor, "lights") == "Good again."


def test_a_file_that_is_gone_leaves_its_article(floor: Any, folder: Path) -> None:
    path = write(folder, "lights", "Wait.")
    floor.wait(files.EVERY_MS)
    path.unlink()
    floor.wait(files.EVERY_MS)
    assert body_of(floor, "lights") == "Wait."


def test_only_plain_markdown_files_are_read(floor: Any, folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "folder.md").mkdir()
    (folder / "gone.md").symlink_to(folder / "nowhere")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    write(folder, ".lights", "x")
    write(folder, "big", "x" * 1_000_001)
    found = floor.do("knowledge.read_folder")
    assert (found.files, found.changed) == (1, ())
    assert "larger than 1,000,000 bytes" in found.problems[0]


def test_many_files_are_read_a_few_at_a_time(floor: Any, folder: Path) -> None:
    for number in range(50):
        write(folder, f"n{number}", "x", title=f"N{number}")
    floor.wait(files.EVERY_MS)
    assert floor.desk.store.value("SELECT count(*) FROM articles") == 20
    floor.wait(1_000)
    assert floor.desk.store.value("SELECT count(*) FROM articles") == 40
    floor.wait(1_000)
    assert floor.desk.store.value("SELECT count(*) FROM articles") == 50


def test_a_folder_that_is_gone_is_told_and_comes_back(floor: Any, folder: Path) -> None:
    write(folder, "lights", "Wait.")
    floor.wait(files.EVERY_MS)
    folder.rename(folder.with_name("away"))
    assert "cannot be read" in floor.do("knowledge.read_folder").problems[0]
    folder.with_name("away").rename(folder)
    write(folder, "lights", "Back.")
    floor.wait(files.EVERY_MS)
    assert body_of(floor, "lights") == "Back."
    assert floor.do("knowledge.read_folder").problems == ()


def test_a_file_answers_gaps_like_any_article(floor: Any, folder: Path) -> None:
    floor.do("knowledge.search", query="purple lights")
    write(folder, "purple", "An update is running.", title="Purple lights")
    floor.wait(files.EVERY_MS)
    assert floor.do("knowledge.gaps") == []


def test_a_folder_must_be_there_and_may_be_given_up(floor: Any, folder: Path) -> None:
    given = {"key": "knowledge_folder", "value": str(folder / "nowhere")}
    refusal = floor.refused("settings.set", **given)
    assert refusal.code == "settings.invalid"
    floor.do("settings.set", key="knowledge_folder", value="")
    write(folder, "lights", "Wait.")
    floor.wait(10 * files.EVERY_MS)
    assert floor.do("knowledge.search") == []
    assert floor.refused("knowledge.read_folder").code == "knowledge.no_folder"
    assert floor.desk.store.value("SELECT count(*) FROM timers WHERE kind = 'article_files'") == 0
