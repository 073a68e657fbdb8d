"""`check`: data files, before they are used."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from omnitui.cli.output import say

if TYPE_CHECKING:
    from omnitui.datafiles.check import Checker


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Validate data files.

    PATHs are files and folders; by default the shipped ones. Prints file, place and problem, one a
    line. Exit 1 if anything is wrong.
    """
    from omnitui.datafiles import folder
    from omnitui.datafiles.check import check as look
    from omnitui.textfiles import encoding_of

    found = look(paths or [folder()], _others)
    for file in found.files:
        if doubt := encoding_of(file).doubt:
            say(f"{file}: {doubt}.", err=True)
    for problem in found.problems:
        say(str(problem))
    if found.problems:
        ctx.exit(1)
    many = len(found.files)
    say(f"{many} file{'' if many == 1 else 's'}, no errors.")


def _others(path: Path) -> "Checker | None":
    """Macros name commands, which only the desk knows; every other TOML file is a scenario."""
    if path.name == "macros.toml":
        from omnitui.datafiles.macros import problems as macro_problems
        from omnitui.desk.macros.shapes import shapes

        return lambda file: macro_problems(file, shapes())
    from omnitui.training.scenario import problems

    return problems if path.suffix == ".toml" else None
