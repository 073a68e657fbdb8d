"""What commands print: JSON for scripts, from any value a desk command returns."""

from typing import Any

import click


def to_json(value: Any) -> str:
    """A value as indented JSON; text stays readable whatever its language."""
    import msgspec

    plain = msgspec.to_builtins(value, enc_hook=_plain)
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be printed")


def print_json(value: Any) -> None:
    """Print a value as JSON on stdout."""
    click.echo(to_json(value))
