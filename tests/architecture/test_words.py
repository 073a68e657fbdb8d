"""What source may not say: SQL outside the store, markup made of data, names of a machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "omnitui"
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|WITH)(\s|$)")
DRAWS_MARKUP = ("notify", "Static", "Label", "update", "from_markup", "push_status")
OF_A_MACHINE = re.compile(r"/(work|root|home/\w+|tmp/\w+)/")


def sql_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield f"{path.name}:{node.lineno}: {node.value[:40]!r}"


def markup_of_data_in(path: Path) -> Iterator[str]:
    """Calls that read markup and are handed a text made of data."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        plain = any(k.arg == "markup" and _is_false(k.value) for k in node.keywords)
        if word in DRAWS_MARKUP and isinstance(node.args[0], ast.JoinedStr) and not plain:
            yield f"{path.name}:{node.lineno}: {word}(f..."


def workers_in(path: Path) -> Iterator[str]:
    """Work that is started past the one way in for it: its failure would end the console."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in ("run_worker", "create_task"):
            yield f"{path.name}:{node.lineno}: {node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "textual":
            yield from (
                f"{path.name}:{node.lineno}: work" for name in node.names if name.name == "work"
            )


def test_work_is_started_in_one_place() -> None:
    console = PACKAGE / "console"
    others = (path for path in console.rglob("*.py") if path != console / "work.py")
    assert [told for path in others for told in workers_in(path)] == []


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def outside_the_store() -> list[Path]:
    return [p for p in sorted(PACKAGE.rglob("*.py")) if p.relative_to(PACKAGE).parts[0] != "store"]


def test_sql_is_written_in_the_store_alone() -> None:
    assert [found for path in outside_the_store() for found in sql_in(path)] == []


def test_no_screen_reads_markup_out_of_data() -> None:
    files = sorted((PACKAGE / "console").rglob("*.py"))
    assert [found for path in files for found in markup_of_data_in(path)] == []


@pytest.mark.parametrize(
    "code",
    [
        'x = "SELECT * FROM agents"',
        "x = f'UPDATE {table} SET a = 1'",
        'x = """\n  DELETE FROM a"""',
    ],
)
def test_sql_is_seen(code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(code)
    assert list(sql_in(path)) != []


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('self.notify(f"{name} wrote")', True),
        ('Static(f"{name}")', True),
        ('Content.from_markup(f"[b]{name}")', True),
        ('self.notify(f"{name} wrote", markup=False)', False),
        ('self.notify("Saved")', False),
        ("Static(Content(name))", False),
    ],
)
def test_markup_made_of_data_is_seen(code: str, seen: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(code)
    assert bool(list(markup_of_data_in(path))) is seen


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    named = []
    for path in tracked():
        if not path.is_file() or path.suffix in (".png", ".svg") or path == Path(__file__):
            continue
        text = path.read_text("utf-8", errors="replace")
        named += [f"{path.relative_to(ROOT)}: {m.group()}" for m in OF_A_MACHINE.finditer(text)]
    assert named == []
