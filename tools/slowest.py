"""Lists the tests that take most processor time, for the table in CONTRIBUTING.md.

    python tools/slowest.py tests/desk tests/rules

Counts what a test's own process and the processes it waits for have used, with its fixtures, so
that the figures are the same on a machine that is busy. Cases of one test are added up. What many
tests share (a shift, a company) is counted with whoever asks for it first.
"""

import os
import sys
from collections import Counter
from collections.abc import Generator

import pytest

MOST = 20
ALL = ["tests", "--ignore=tests/console", "--ignore=tests/journeys"]


def used() -> float:
    """Processor seconds of this process and of those it has waited for."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


class Meter:
    """Adds up what each test uses, from the first fixture to the last."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        """Measure one case."""
        began = used()
        try:
            return (yield)
        finally:
            name = item.nodeid.partition("[")[0]
            self.seconds[name] += used() - began
            self.cases[name] += 1

    def table(self) -> str:
        """The slowest as Markdown."""
        rows = ["| s | cases | test |", "|---|---|---|"]
        for name, seconds in self.seconds.most_common(MOST):
            path, _, test = name.partition("::")
            cases, short = self.cases[name], path.removeprefix("tests/")
            rows.append(f"| {seconds:.1f} | {cases} | `{short}`: {test.replace('::', '.')} |")
        return "\n".join([*rows, f"\nAll of them: {sum(self.seconds.values()):.0f} s."])


def main(arguments: list[str]) -> int:
    """Run the tests that are named in one process, and print the table."""
    meter = Meter()
    plain = ["-q", "-p", "no:xdist", "-p", "no:randomly", *(arguments or ALL)]
    code = pytest.main(plain, plugins=[meter])
    print(meter.table())
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
