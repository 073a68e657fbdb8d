"""The command line: everything a person can do in the console, a script can do.

Exit codes: 0 done, 1 refused or found wanting, 2 wrong usage, 3 something is broken. Sub-commands
import what they need when they run, so that `--help` costs next to nothing.
"""


def main() -> None:
    """Run the command line and end the process."""
    from omnitui.cli.root import run

    run()


__all__ = ["main"]
