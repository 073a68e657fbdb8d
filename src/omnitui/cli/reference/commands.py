"""`commands.md`: every desk command, from the registry."""

from itertools import groupby

from omnitui.cli.describe import default_words, signature, type_words
from omnitui.cli.reference.markdown import blocks, table
from omnitui.desk.registry import COMMANDS, Command

_INTRODUCTION = """# Desk commands

                Everything that can be done with a desk. The console, `omnitui call`, simulated
                customers and scripts
                all use these; nothing else changes a store.

                    omnitui call case.create customer=kiana@example.com title="Router drops"
                origin=chat

                A parameter for a record accepts its key or its natural key: an agent's login, a
                customer's address, account or name, a case's number, an article's slug, a quick
                reply's key (in the
                customer's language), the name of a queue, calendar, target, entitlement, template,
                classification,
                profile or work stream. Conversations, messages and activities have only keys. An
                ambiguous name is
                refused: `#7` is always the key, `account:7`, `login:7` or `name:7` never is.
                A time is ISO 8601 (UTC by default), epoch milliseconds, `now` or `+30m`. A list is
                written with commas or as JSON. A refused command changes nothing and says why.
                """


def page() -> str:
    """The page."""
    ordered = [COMMANDS[name] for name in sorted(COMMANDS)]
    areas = [
        blocks(f"## {area}", *(_command(command) for command in group))
        for area, group in groupby(ordered, key=lambda command: command.area)
    ]
    return blocks(_INTRODUCTION, *areas)


def _command(command: Command) -> str:
    kind = "Changes the store" if command.changes else "Reads"
    heads = ["parameter", "takes", "default"]
    rows = [
        [
            f"`{p.name}`",
            type_words(p.annotation),
            "required" if p.required else f"`{default_words(p)}`" if default_words(p) else "",
        ]
        for p in command.parameters
    ]
    if command.fields:
        heads.append("meaning")
        rows = [[*row, p.about] for row, p in zip(rows, command.parameters, strict=True)]
    return blocks(
        f"### `{signature(command)}`",
        command.doc,
        f"{kind}; needs the permission *{command.permission.value}*.",
        table(heads, rows),
    )
