"""The command line: everything that the console can do, for scripts.

Exit codes: 0 done, 1 refused or error found, 2 wrong usage, 3 something is broken. Sub-commands
import what they need when they run, so that `--help` is fast.
"""

import gc


def main() -> None:
    """Run the command line and end the process."""
    # What is imported is there to stay: to look for garbage in it takes a tenth of a start.
    gc.disable()
    from omnitui.cli.root import run

    run()


__all__ = ["main"]
