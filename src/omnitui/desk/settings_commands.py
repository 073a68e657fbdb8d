"""Reading and changing settings."""

from msgspec.structs import asdict, replace

from omnitui.desk import settings
from omnitui.desk.articles import files
from omnitui.desk.call import Call
from omnitui.desk.customers import rekeying
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign
from omnitui.model.actor import Permission


@query("settings.list")
def list_(call: Call) -> dict[str, int | bool | str]:
    """Every setting with its value."""
    return asdict(settings.load(call.store))


@command("settings.set", Permission.ADMINISTER)
def set_(call: Call, key: str, value: str) -> dict[str, int | bool | str]:
    """Change one setting; returns all of them. Loads and presences follow at once."""
    changed = settings.save(call.store, key, value)
    call.journal("settings.changed", key=key, value=value)
    if not rekeying.is_current(call.store, changed.country):
        rekeying.bring_up_to_date(call, changed.country)
    after = replace(call, settings=changed)
    if key == "knowledge_folder":
        files.begin(after)
    assign.everybody(after)
    return asdict(changed)
