"""Setting the language model, and where words go."""

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import settings
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.settings import DeskSettings
from omnitui.model.actor import Permission
from omnitui.model.assistant import Endpoint
from omnitui.model.errors import Refused
from omnitui.rules import endpoints
from omnitui.safetext import clean_line
from omnitui.store import settings as stored

NONE_SET = "No language model is set up."
HOW_TO_SET = (
    "An administrator sets one: `omnitui call assistant.set url=http://127.0.0.1:11434/v1 "
    "model=NAME`."
)


class AssistantState(Struct, frozen=True):
    """The language model: None if none is set, or if what is set is not valid (`problems`)."""

    endpoint: Endpoint | None
    badge: str
    problems: tuple[str, ...] = ()


@command("assistant.set", Permission.ADMINISTER)
def set_(
    call: Call,
    url: str,
    model: str,
    key_env: str = "",
    timeout: int = 30,
    max_chars: int = 12_000,
    plain_http: bool = False,
) -> AssistantState:
    """Set the language model that drafts for agents: an OpenAI-compatible address, up to `/v1`.

    `key_env` names the environment variable with the key, which is never saved. `timeout` is the
    longest wait for the next word (seconds), `max_chars` the most characters of a request and of an
    answer. Without `plain_http`, http:// is only for this machine.
    """
    address, name, variable = url.strip(), clean_line(model, limit=1_000), key_env.strip()
    wrong = endpoints.problems(address, name, variable, timeout, max_chars, plain_http=plain_http)
    if wrong:
        key, problem = wrong[0]
        raise Refused("assistant.invalid", f"{key}: {problem}.", "Nothing was changed.")
    _put(
        call,
        replace(
            DeskSettings(),
            assistant_url=address,
            assistant_model=name,
            assistant_key_env=variable,
            assistant_seconds=timeout,
            assistant_max_chars=max_chars,
            assistant_plain_http=plain_http,
        ),
    )
    found = _state(settings.load(call.store))
    assert found.endpoint is not None
    call.journal("assistant.set", host=found.endpoint.host, model=name)
    return found


@command("assistant.delete", Permission.ADMINISTER)
def delete(call: Call) -> None:
    """Use no language model any more."""
    if not call.settings.assistant_url:
        raise Refused("assistant.off", NONE_SET)
    _put(call, DeskSettings())
    call.journal("assistant.deleted")


@query("assistant.state")
def state(call: Call) -> AssistantState:
    """The language model that is set, and where words go."""
    return _state(call.settings)


def endpoint_of(call: Call) -> Endpoint:
    """The language model; refused where there is none that can be used."""
    found = _state(call.settings)
    if found.problems:
        raise Refused(
            "assistant.invalid",
            f"The language model that is set is not valid: {found.problems[0]}.",
            HOW_TO_SET,
        )
    if found.endpoint is None:
        raise Refused("assistant.off", NONE_SET, HOW_TO_SET)
    return found.endpoint


def _state(found: DeskSettings) -> AssistantState:
    if not found.assistant_url:
        return AssistantState(None, "")
    known = (
        found.assistant_url,
        found.assistant_model,
        found.assistant_key_env,
        found.assistant_seconds,
        found.assistant_max_chars,
    )
    wrong = endpoints.problems(*known, plain_http=found.assistant_plain_http)
    if wrong:
        return AssistantState(None, "", tuple(f"{key}: {problem}" for key, problem in wrong))
    endpoint = endpoints.endpoint(*known)
    return AssistantState(endpoint, endpoint.badge)


def _put(call: Call, wanted: DeskSettings) -> None:
    for name in DeskSettings.__struct_fields__:
        if name.startswith("assistant_"):
            stored.put(call.store, name, str(getattr(wanted, name)))
