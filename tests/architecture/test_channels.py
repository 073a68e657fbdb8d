"""No channel's name decides anything in code: what a channel is like is data."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from shipped import SHIPPED

PACKAGE = Path(__file__).parents[2] / "src" / "omnitui"
QUOTED = re.compile(rf"'({'|'.join(SHIPPED)})'")

FIELD = "a field of a customer or of what they filled in, not a channel"
KIND = "a kind of address, or what one is called"
ACTIVITY = "a kind of activity on a timeline"
BEFORE = "what stores had before channels had traits"
ALLOWED = {
    "console/apps/tabs.py": ({"web"}, "a kind of application tab"),
    "console/apps/web.py": ({"web"}, "the name of a piece of work in that tab"),
    "console/dialogs/customers.py": ({"email", "phone"}, FIELD),
    "console/main/board.py": ({"phone"}, "the status line's word for calls, whatever the channel"),
    "console/present/records/timeline.py": ({"chat"}, ACTIVITY),
    "console/commands/customers.py": ({"email", "phone"}, FIELD),
    "datafiles/company.py": ({"chat"}, ACTIVITY),
    "datafiles/company_rows.py": ({"chat"}, ACTIVITY),
    "datafiles/records.py": ({"email", "phone"}, "columns of a table of customers"),
    "desk/convert.py": ({"email", "phone"}, FIELD),
    "desk/records/customer_rows.py": ({"email", "phone"}, "columns, each with its kind"),
    "model/channel.py": ({"email", "phone"}, KIND),
    "model/timeline.py": ({"chat"}, ACTIVITY),
    "rules/escalation.py": ({"email", "phone"}, FIELD),
    "rules/identify.py": ({"phone"}, KIND),
    "store/activities.py": ({"chat"}, ACTIVITY),
    "store/schema/version_6.py": (
        {"chat", "email", "facebook", "forum", "phone", "sms", "twitter", "web"},
        BEFORE,
    ),
    "store/schema/version_7.py": ({"chat", "email", "facebook", "forum", "web"}, BEFORE),
    "store/schema/version_3.py": ({"email"}, BEFORE),
    "training/customer.py": ({"email", "phone"}, FIELD),
    "training/feed.py": ({"email", "phone"}, FIELD),
    "training/understanding.py": ({"email", "phone"}, "what agents ask for, in words"),
}
"""Where a word that is also a channel's key may stand, and what it means there."""


def names_in(path: Path) -> Iterator[str]:
    """The keys of channels among a module's texts: alone, listed, in SQL, before a colon."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        words = node.value.split()
        if words and all(word.partition(":")[0] in SHIPPED for word in words):
            yield from (word.partition(":")[0] for word in words if "://" not in word)
        yield from QUOTED.findall(node.value)


def test_no_channel_is_told_by_its_name() -> None:
    found = {
        str(path.relative_to(PACKAGE)): names
        for path in sorted(PACKAGE.rglob("*.py"))
        if (names := set(names_in(path)))
    }
    assert found == {path: names for path, (names, _why) in ALLOWED.items()}
