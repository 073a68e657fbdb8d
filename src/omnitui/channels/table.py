"""The table of couriers that this process can deliver by, built from what the store says.

Kinds of couriers are OmniTUI's own and those of installed packages: an entry point of the group
`omnitui.channels` is named like the kind and points to a function that takes the configuration and
the environment, and returns a `Courier`. It raises `Fault` with a sentence where it cannot be had.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from omnitui.channels.base import Courier
from omnitui.model.courier import SIMULATED, WEBHOOK, CourierConfig
from omnitui.model.errors import Fault

ENTRY_POINTS = "omnitui.channels"
"""The group of entry points for couriers of installed packages."""

Maker = Callable[[CourierConfig, Mapping[str, str]], Courier]


class Table(Struct, frozen=True):
    """Couriers by channel, and a sentence for each that cannot be used here."""

    couriers: Mapping[str, Courier] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def build(configured: Sequence[CourierConfig], environ: Mapping[str, str]) -> Table:
    """The couriers that are set, with their tokens from the environment.

    The simulated network is never one of them: only a feed has it, while it runs.
    """
    couriers: dict[str, Courier] = {}
    problems = []
    for config in configured:
        if config.kind == SIMULATED:
            continue
        try:
            couriers[config.channel] = _maker(config.kind)(config, environ)
        except Fault as fault:
            problems.append(f"{config.channel}: {fault}")
        except Exception as error:
            # Somebody else's code: one channel that cannot be set up must not stop the others.
            said = f"the courier {config.kind!r} failed ({type(error).__name__}: {error})"
            problems.append(f"{config.channel}: {said}.")
    return Table(couriers, tuple(problems))


def token(config: CourierConfig, environ: Mapping[str, str]) -> str | None:
    """The token of a channel, None if it needs none; raises `Fault` if it is not valid."""
    if not config.token_env:
        return None
    found = environ.get(config.token_env, "").strip()
    if not found:
        raise Fault(
            f"{config.token_env} is not set, so nothing is delivered from here. Set it and "
            "start again."
        )
    if not (found.isascii() and found.isprintable()):
        raise Fault(f"{config.token_env} has characters that a token cannot have.")
    return found


def _webhook(config: CourierConfig, environ: Mapping[str, str]) -> Courier:
    # HTTP is a tenth of the console's start, and most consoles deliver nothing.
    from omnitui.channels.webhook import WebhookCourier

    found = token(config, environ)
    return WebhookCourier(config.url, headers={"Authorization": f"Bearer {found}"} if found else {})


_KINDS: Mapping[str, Maker] = {WEBHOOK: _webhook}


def _maker(kind: str) -> Maker:
    """The function that makes couriers of a kind. Packages are searched only for other kinds than
    OmniTUI's."""
    if kind in _KINDS:
        return _KINDS[kind]
    from importlib.metadata import entry_points

    for found in entry_points(group=ENTRY_POINTS, name=kind):
        maker: Maker = found.load()
        return maker
    raise Fault(f"no courier of the kind {kind!r} is installed. Install its package.")
