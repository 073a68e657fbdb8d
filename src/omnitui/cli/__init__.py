"""The command line: everything a person can do in the console, a script can do.

Exit codes: 0 done, 1 refused or found wanting, 2 wrong usage, 3 something is broken. Sub-commands
import what they need when they run, so that `--help` costs next to nothing.
"""

import gc


def main() -> None:
    """Run the command line and end the process."""
    # What is imported is there to stay: to look for garbage in it takes a tenth of a start.
    gc.disable()
    from omnitui.cli.root import run

    run()


__all__ = ["main"]
