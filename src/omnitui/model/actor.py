"""Who is calling: agent, bot, simulated customer, portal visitor, shell script. No back doors."""

from enum import StrEnum

from msgspec import Struct


class ActorKind(StrEnum):
    """The kinds of caller."""

    ADMINISTRATOR = "administrator"
    AGENT = "agent"
    BOT = "bot"
    CUSTOMER = "customer"
    SYSTEM = "system"


class Permission(StrEnum):
    """What a command needs its caller to hold."""

    READ = "read"
    INTAKE = "intake"
    DELIVER = "deliver"
    SERVE = "serve"
    ADMINISTER = "administer"
    SUPERVISE = "supervise"


_HELD = {
    ActorKind.ADMINISTRATOR: frozenset(Permission),
    ActorKind.SYSTEM: frozenset(Permission),
    ActorKind.AGENT: frozenset({Permission.READ, Permission.SERVE}),
    ActorKind.BOT: frozenset({Permission.READ, Permission.SERVE}),
    ActorKind.CUSTOMER: frozenset({Permission.INTAKE}),
}


class Actor(Struct, frozen=True):
    """A caller. `id` is the agent's key for agents and 0 for callers without a row of their own."""

    kind: ActorKind
    id: int = 0
    name: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether this caller holds `permission`."""
        return permission in _HELD[self.kind]


SYSTEM = Actor(ActorKind.SYSTEM, name="system")
ADMINISTRATOR = Actor(ActorKind.ADMINISTRATOR, name="administrator")
