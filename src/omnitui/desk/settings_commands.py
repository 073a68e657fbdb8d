"""Reading and changing the desk's numbers."""

from dataclasses import asdict

from omnitui.desk import settings
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission


@query("settings.list")
def list_(call: Call) -> dict[str, int | bool]:
    """Every setting with its value."""
    return asdict(settings.load(call.store))


@command("settings.set", Permission.ADMINISTER)
def set_(call: Call, key: str, value: str) -> dict[str, int | bool]:
    """Change one setting; returns all of them."""
    changed = settings.save(call.store, key, value)
    call.journal("settings.changed", key=key, value=value)
    return asdict(changed)
