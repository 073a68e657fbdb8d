"""The table of couriers that this process can deliver by, built from what the store says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from omnitui.channels.base import Courier
from omnitui.channels.webhook import WebhookCourier
from omnitui.model.courier import SIMULATED, WEBHOOK, CourierConfig
from omnitui.model.errors import Fault


@dataclass(frozen=True, slots=True)
class Table:
    """Couriers by channel, and a sentence for each that is set up but cannot be had here."""

    couriers: Mapping[str, Courier] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def build(configured: Sequence[CourierConfig], environ: Mapping[str, str]) -> Table:
    """The couriers that are set up, with their tokens from the environment.

    The simulated network is never among them: only a feed has it, while it runs.
    """
    couriers: dict[str, Courier] = {}
    problems = []
    for config in configured:
        if config.kind == SIMULATED:
            continue
        try:
            couriers[config.channel] = _KINDS[config.kind](config, environ)
        except KeyError:
            problems.append(f"{config.channel}: this OmniTUI has no courier {config.kind!r}.")
        except Fault as fault:
            problems.append(f"{config.channel}: {fault}")
    return Table(couriers, tuple(problems))


def _webhook(config: CourierConfig, environ: Mapping[str, str]) -> Courier:
    headers = {}
    if config.token_env:
        token = environ.get(config.token_env, "").strip()
        if not token:
            raise Fault(
                f"{config.token_env} is not set, so nothing is delivered from here."
                " Set it and start again."
            )
        if not (token.isascii() and token.isprintable()):
            raise Fault(f"{config.token_env} holds characters that no token can have.")
        headers["Authorization"] = f"Bearer {token}"
    return WebhookCourier(config.url, headers=headers)


_KINDS: Mapping[str, Callable[[CourierConfig, Mapping[str, str]], Courier]] = {WEBHOOK: _webhook}
