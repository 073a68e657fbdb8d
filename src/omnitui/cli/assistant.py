"""`assistant`: the language model that drafts for agents."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import THERE, json_option, store_option

if TYPE_CHECKING:
    from omnitui.model.assistant import Endpoint


@click.command()
@click.argument("file", type=THERE, required=False)
@click.option("--off", is_flag=True, help="Use no language model any more.")
@store_option
@json_option
@click.pass_context
def assistant(
    ctx: click.Context, file: Path | None, off: bool, store: Path | None, as_json: bool
) -> None:
    """Show the language model, or set it from FILE.

    FILE is TOML: `[assistant]` with `url`, `model`, `key_env`, `timeout`, `max_chars`. Without FILE
    nothing is changed. Nothing is sent. Exit 1 if what is set is not valid, or if the variable with
    the key is not set here.
    """
    import os
    from contextlib import closing

    from omnitui.clock import SystemClock
    from omnitui.datafiles.assistant import read_assistant
    from omnitui.desk import opening
    from omnitui.model.actor import ADMINISTRATOR
    from omnitui.model.errors import DataError
    from omnitui.paths import store_path

    if file is not None and off:
        raise Unusable("Give FILE or --off, not both.")
    with closing(opening.open_desk(store_path(store), SystemClock())) as desk:
        if file is not None:
            try:
                given = read_assistant(file)
            except DataError as error:
                raise Unusable(str(error)) from None
            desk.call(
                "assistant.set",
                ADMINISTRATOR,
                **{name: getattr(given, name) for name in given.__struct_fields__},
            )
        elif off and desk.settings.assistant_url:
            desk.call("assistant.delete", ADMINISTRATOR)
        state = desk.call("assistant.state", ADMINISTRATOR)
    endpoint: Endpoint | None = state.endpoint
    problems = [*state.problems]
    if endpoint is not None and endpoint.key_env and not os.environ.get(endpoint.key_env):
        problems.append(f"key_env: the variable {endpoint.key_env} is not set here")
    if as_json:
        print_json({"endpoint": endpoint, "badge": state.badge, "problems": problems})
    else:
        _tell(endpoint, problems)
    if problems:
        ctx.exit(1)


def _tell(endpoint: "Endpoint | None", problems: list[str]) -> None:
    if endpoint is None and not problems:
        say("No language model is set up.")
    if endpoint is not None:
        say(f"{endpoint.model} at {endpoint.url}")
        say(f"{endpoint.badge}.")
        key = f"the key is in {endpoint.key_env}" if endpoint.key_env else "no key"
        most = f"{endpoint.max_chars:,} characters at most"
        say(f"{most}, {endpoint.seconds} s for the next word, {key}.")
    for problem in problems:
        say(f"{problem}.")
