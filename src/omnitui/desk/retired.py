"""Retired things get nothing new. Not commands: the desk checks this before a command runs."""

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from omnitui.desk.call import Call
from omnitui.model import ids
from omnitui.model.actor import ActorKind
from omnitui.model.channel import Channel
from omnitui.model.errors import Refused
from omnitui.store import agents, cases, channels, entitlements, knowledge, macros, retired, scripts
from omnitui.store.routing import calendars, profiles, queues, sla_targets, workstreams

KINDS = {
    ids.AgentId: "agent",
    ids.QueueId: "queue",
    ids.TemplateId: "template",
    ids.ReplyId: "reply",
    ids.ScriptId: "script",
    ids.ArticleId: "article",
    ids.WorkStreamId: "workstream",
    ids.ProfileId: "profile",
    ids.CalendarId: "calendar",
    ids.MacroId: "macro",
}
"""What can be retired, by the type of the parameter that takes it."""
_Known = TypeVar("_Known")
_CHANNELS = ("channel", "channels", "origin")
"""Parameters that take a channel's key."""
_RESTORES = {"template": "entitlement.template_restore", "article": "knowledge.restore"}
"""Commands that restore, where the kind is not their area."""
_ABOUT_IT = ("restore", "retire", "template_restore", "template_retire")
_TAKES_AWAY = ("beat", "claim", "customer_gone", "customer_left", "delete", "take_away")
"""Commands that give nothing new to a retired thing: they end or remove, or repeat what it had
before."""
_TELLS_WHICH = ("change_address", "remove_address", "remove_member")


def check(
    call: Call,
    name: str,
    parameter: str,
    wanted: object,
    value: Any,
    beside: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Refuse a command that would give something new to a retired thing.

    `wanted` is the type of record of the parameter, or a list of it. A record keeps what it has
    already, even if a form sends it again; `beside` are the arguments before this one.
    """
    if not may_name(name, parameter, wanted):
        return
    for kind, item in named_by(call, parameter, wanted, value):
        if item and holds(call, kind, item):
            if str(item) in _as_it_is(call, name, parameter, beside):
                continue
            raise refused(call, kind, item)


def may_name(name: str, parameter: str, wanted: object) -> bool:
    """Whether a command could give something new to a retired thing by a parameter of that type."""
    verb = name.rpartition(".")[2]
    if (verb in _ABOUT_IT and parameter != "to") or verb in (*_TAKES_AWAY, *_TELLS_WHICH):
        return False
    return bool(_kind(parameter, wanted))


def holds(call: Call, kind: str, item: int | str) -> bool:
    """Whether something is retired."""
    key = ("retired", kind, str(item))
    return call.lasting.get(key, lambda: retired.holds(call.store, kind, item))


def named_by(
    call: Call, parameter: str, wanted: object, value: Any
) -> Iterator[tuple[str, int | str]]:
    """The kind and key of what a parameter refers to, if that can be retired."""
    kind = _kind(parameter, wanted)
    if not kind or value is None:
        return
    for item in value if isinstance(value, list | tuple | dict) else (value,):
        if kind == "channel":
            found = _channel(call, str(item))
            yield kind, found.key if found else str(item)
        else:
            yield kind, item


def _kind(parameter: str, wanted: object) -> str:
    """The kind of retirable thing that a parameter of that type refers to; empty for others."""
    inner: Any = (typing.get_args(wanted) or (wanted,))[0]
    if parameter in _CHANNELS and (inner is str or wanted is str):
        return KINDS.get(inner, "channel")
    return KINDS.get(inner, "")


def _channel(call: Call, written: str) -> Channel | None:
    """The channel of that key or label; None if there is none, which the command refuses."""
    try:
        return call.channel(written)
    except Refused:
        return None


def _as_it_is(call: Call, name: str, parameter: str, beside: Mapping[str, Any]) -> frozenset[str]:
    """The current value in the record that a command changes."""
    now: Any = None
    if name == "case.update" and "case" in beside:
        case = cases.get(call.store, beside["case"])
        now = case and {"owner": case.owner_id, "origin": case.origin}.get(parameter)
    elif name == "workstream.update" and "workstream" in beside:
        stream = workstreams.get(call.store, beside["workstream"])
        now = stream and {"queue": stream.queue_id, "channels": stream.channels}.get(parameter)
    elif name == "sla.update" and "target" in beside:
        target = sla_targets.target(call.store, beside["target"])
        now = target and target.calendar_id
    elif name == "entitlement.update" and "entitlement" in beside:
        terms = entitlements.get(call.store, beside["entitlement"])
        now = terms and terms.lines
    elif name == "entitlement.template_update" and "template" in beside:
        template = entitlements.template(call.store, beside["template"])
        now = template and template.channels
    elif name in ("script.start", "script.step") and "conversation" in beside:
        # What was started in a conversation stays there.
        now = [run.script_id for run in scripts.runs(call.store, beside["conversation"])]
    items = now if isinstance(now, list | tuple | dict | Mapping) else (now,)
    return frozenset(map(str, items))


def refused(call: Call, kind: str, item: int | str) -> Refused:
    """The refusal for something retired."""
    name, word = called(call, kind, item)
    verb = _RESTORES.get(kind, f"{kind}.restore")
    return Refused(
        f"{kind}.retired",
        f"{name} is retired.",
        f"Choose another one; an administrator restores it with {verb} {kind}={word}.",
    )


def called(call: Call, kind: str, item: int | str) -> tuple[str, str]:
    """The name of something in a sentence, and the word by which a command finds it."""
    store, key = call.store, int(item) if kind != "channel" else 0
    if kind == "channel":
        channel = channels.get(store, str(item))
        return (channel.label if channel else str(item)), str(item)
    if kind == "agent":
        agent = agents.get(store, key)
        assert agent is not None
        return agent.name, agent.login
    if kind == "article":
        article = knowledge.article(store, key)
        assert article is not None
        return f"The article {article.title}", article.slug
    if kind == "reply":
        reply = knowledge.reply(store, key)
        assert reply is not None
        return f"The quick reply {reply.key}", f"#{key}"
    if kind == "macro":
        macro = macros.get(store, key)
        assert macro is not None
        return f"The macro {macro.key}", macro.key
    if kind == "script":
        script = scripts.get(store, key)
        assert script is not None
        return f"The script {script.title}", f"#{key}"
    found: Any
    if kind == "queue":
        found, what = queues.get(store, key), "queue"
    elif kind == "template":
        found, what = entitlements.template(store, key), "template"
    elif kind == "workstream":
        found, what = workstreams.get(store, key), "work stream"
    elif kind == "profile":
        found, what = profiles.get(store, key), "capacity profile"
    else:
        found, what = calendars.get(store, key), "calendar"
    word = found.name if " " not in found.name else f'"{found.name}"'
    return f"The {what} {found.name}", word


def taken(call: Call, kind: str, item: int | str, said: str, hint: str) -> Refused:
    """The refusal for a used name (`said`), with `hint` or the advice to restore it."""
    if in_use(call, kind, item):
        return Refused(f"{kind}.exists", said, hint)
    verb = _RESTORES.get(kind, f"{kind}.restore")
    word = called(call, kind, item)[1]
    return Refused(
        f"{kind}.exists",
        f"{said.removesuffix('.')}, and it is retired.",
        f"Restore it with {verb} {kind}={word}, or choose another name.",
    )


def check_caller(call: Call) -> None:
    """Refuse an agent who is retired."""
    if call.actor.kind is ActorKind.AGENT and holds(call, "agent", call.actor.id):
        raise Refused(
            "agent.retired",
            f"{call.actor.name} is retired.",
            "An administrator can restore them with agent.restore.",
        )


def in_use(call: Call, kind: str, item: int | str) -> bool:
    """Whether something is not retired."""
    return not holds(call, kind, item)


def those(
    call: Call,
    kind: str,
    found: Iterable[_Known],
    *,
    gone: bool = False,
    key: Callable[[_Known], int | str] = attrgetter("id"),
) -> list[_Known]:
    """Those that are in use, or with `gone` those that are retired, in the same order.

    `key` returns the key of each, by default its `id`.
    """
    out = retired.every(call.store, kind)
    return [one for one in found if (str(key(one)) in out) is gone]


def retire(call: Call, kind: str, item: int | str, name: str) -> None:
    """Retire something; refused if it is retired already."""
    if retired.holds(call.store, kind, item):
        raise Refused(f"{kind}.retired", f"{name} is retired already.")
    retired.add(call.store, kind, item, call.now, call.actor.name)


def restore(call: Call, kind: str, item: int | str, name: str) -> None:
    """Restore something; refused if it is in use."""
    if not retired.remove(call.store, kind, item):
        raise Refused(f"{kind}.in_use", f"{name} is not retired.")
