"""`settings.md`: the settings, from their class."""

import ast
import inspect
from itertools import pairwise

from msgspec.structs import fields

from omnitui.cli.failures import DEBUG
from omnitui.cli.reference.markdown import blocks, table
from omnitui.desk import settings
from omnitui.desk.settings import DeskSettings
from omnitui.paths import VARIABLE
from omnitui.store.access import VARIABLE as GROUP

_INTRODUCTION = """# Settings

                The settings of a desk are in its store and are the same for every console on it.
                `omnitui call
                settings.list` shows them, `omnitui call settings.set key=offer_seconds value=60`
                changes one; it
                applies from the next command on.
                """


def page() -> str:
    """The page."""
    meanings = _meanings()
    rows = [
        (f"`{f.name}`", f"`{_value(f.default)}`", _range(f.name), meanings.get(f.name, ""))
        for f in fields(DeskSettings)
    ]
    variables = [
        (f"`{VARIABLE}`", "The store to work on; `--store` overrides it."),
        (
            f"`{GROUP}`",
            "Set to yes, new stores, backups and exports can be used by the owner's group "
            "too (0660 in 2770); otherwise by the owner only (0600 in 0700).",
        ),
        (f"`{DEBUG}`", "Set to 1, errors show a traceback."),
        ("`NO_COLOR`", "Set to anything, the console uses no colours."),
        (
            "`TEXTUAL_COLOR_SYSTEM`",
            "`truecolor`, `256` or `standard`, if COLORTERM and TERM are wrong.",
        ),
    ]
    return blocks(
        _INTRODUCTION,
        table(("setting", "default", "may be", "means"), rows),
        "## Environment",
        table(("variable", "means"), variables),
    )


def _range(name: str) -> str:
    """The values of a setting: a number within bounds, one of a few words, yes or no."""
    if name in settings.BOUNDS:
        return "{} to {}".format(*settings.BOUNDS[name])
    if name in settings.WORDS:
        return ", ".join(f"`{word}`" for word in settings.WORDS[name])
    return "yes, no" if isinstance(getattr(DeskSettings(), name), bool) else ""


def _value(default: object) -> str:
    return ("yes" if default else "no") if isinstance(default, bool) else str(default)


def _meanings() -> dict[str, str]:
    """The text under each field of the class."""
    tree = ast.parse(inspect.getsource(settings))
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == DeskSettings.__name__
    )
    found = {}
    for one, following in pairwise(body):
        if (
            isinstance(one, ast.AnnAssign)
            and isinstance(one.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
        ):
            found[one.target.id] = str(following.value.value)
    return found
