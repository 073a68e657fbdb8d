"""What commands print: JSON for scripts, from any value a desk command returns."""

from typing import Any

import click

from omnitui.model.search import MARK_OFF, MARK_ON

_MARKS = dict.fromkeys(map(ord, (MARK_ON, MARK_OFF)))


def to_json(value: Any) -> str:
    """A value as indented JSON; text stays readable whatever its language."""
    import msgspec

    plain = _unmarked(msgspec.to_builtins(value, enc_hook=_plain))
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be printed")


def _unmarked(value: Any) -> Any:
    """Without the marks that bring out on a screen what a search has found."""
    if isinstance(value, str):
        return value.translate(_MARKS)
    if isinstance(value, dict):
        return {key: _unmarked(inner) for key, inner in value.items()}
    return [_unmarked(inner) for inner in value] if isinstance(value, list) else value


def print_json(value: Any) -> None:
    """Print a value as JSON on stdout."""
    click.echo(to_json(value))
