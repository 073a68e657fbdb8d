"""Nothing outgrows its room without a reason that is written down here."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_PUBLIC_METHODS = 25

EXCEPTIONS: dict[str, str] = {
    "tests/desk/test_machine.py:Shift": "each rule of a state machine is a method of one class",
}
"""`path`, `path:function` or `path:Class` with why it may be larger. This only shrinks."""


def sources() -> list[Path]:
    folders = ("src", "tests", "benchmarks", "tools")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return sorted(path for path in files if path.suffix in (".py", ".tcss"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def too_large(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    lines = len(text.splitlines())
    if lines > MOST_LINES_OF_A_FILE:
        yield f"{name(path)}: {lines} lines"
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{name(path)}:{node.name}: {lines} lines"
        elif isinstance(node, ast.ClassDef):
            methods = [
                item.name
                for item in node.body
                if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                and not item.name.startswith("_")
            ]
            if len(methods) > MOST_PUBLIC_METHODS:
                yield f"{name(path)}:{node.name}: {len(methods)} public methods"


@cache
def found() -> list[str]:
    return [problem for path in sources() for problem in too_large(path)]


def test_nothing_is_larger_than_agreed() -> None:
    assert [p for p in found() if p.rpartition(": ")[0] not in EXCEPTIONS] == []


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    large = {problem.rpartition(": ")[0] for problem in found()}
    assert set(EXCEPTIONS) <= large
    assert all(len(reason.split()) > 3 for reason in EXCEPTIONS.values())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1\n" * 401, "401 lines"),
        ("def long():\n" + "    x = 1\n" * 60, "long: 61 lines"),
        ("class A:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(26)), "26 public"),
    ],
)
def test_what_is_too_large_is_seen(
    text: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = tmp_path / "large.py"
    path.write_text(text)
    assert any(problem in found for found in too_large(path))
