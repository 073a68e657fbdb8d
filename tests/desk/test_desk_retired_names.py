"""Nothing new names what is retired, whatever the type of the parameter; the refusal says what."""

import types
import typing
from enum import Enum
from typing import Any

import pytest

from omnitui.desk import convert, retired
from omnitui.desk.registry import COMMANDS
from omnitui.model import ids

NAMES = {
    "agent": ("gone", "Gone Test", "agent.restore agent=gone"),
    "queue": ("Old", "The queue Old", "queue.restore queue=Old"),
    "template": ("Silver", "The template Silver", "entitlement.template_restore template=Silver"),
    "workstream": ("Mail", "The work stream Mail", "workstream.restore workstream=Mail"),
    "profile": ("Few", "The capacity profile Few", "profile.restore profile=Few"),
    "calendar": ("Night", "The calendar Night", "calendar.restore calendar=Night"),
    "channel": ("fax", "Fax line", "channel.restore channel=fax"),
    "macro": ("old-one", "The macro old-one", "macro.restore macro=old-one"),
    "reply": ("bye", "The quick reply bye", "reply.restore reply=#1"),
    "script": ("farewell", "The script Farewell", "script.restore script=#1"),
    "article": ("fax-help", "The article Fax help", "knowledge.restore article=fax-help"),
}
MAKE: dict[str, dict[str, Any]] = {
    "agent.create": {"login": "gone", "name": "Gone Test"},
    "queue.create": {"name": "Old"},
    "entitlement.template_create": {"name": "Silver", "days": 30, "total": 5},
    "workstream.create": {"name": "Mail"},
    "profile.create": {"name": "Few", "most": 2},
    "calendar.create": {"name": "Night", "zone": "UTC", "weekly": {"monday": ["22:00-23:00"]}},
    "channel.create": {"key": "fax", "label": "Fax line"},
    "macro.create": {"key": "old-one", "title": "Old", "steps": [{"command": "undo.what"}]},
    "script.create": {
        "key": "farewell",
        "title": "Farewell",
        "steps": [{"title": "Thank", "text": "Thank you"}],
    },
    "reply.create": {"key": "bye", "title": "Bye", "text": "Good bye", "personal": False},
    "knowledge.create": {"slug": "fax-help", "title": "Fax help", "body": "Feed the paper."},
}
VERBS = {"template": "entitlement.template_retire", "article": "knowledge.retire"}
"""Commands that retire, where the kind is not their area."""
ALLOWED = (*retired._ABOUT_IT, *retired._TAKES_AWAY, *retired._TELLS_WHICH)


def _kind(name: str, annotation: Any) -> str:
    """What a parameter names that can be retired, told from its type alone."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        (annotation,) = (a for a in typing.get_args(annotation) if a is not types.NoneType)
    inner = (typing.get_args(annotation) or (annotation,))[0]
    word = getattr(inner, "__name__", str(inner))
    if name in ("channel", "channels", "origin") and word in ("str", "Exact"):
        return "channel"
    stem = word.removesuffix("Id").removesuffix("Choice").lower()
    return stem if stem in NAMES and word != stem else ""


GIVES = [
    (name, parameter.name, _kind(parameter.name, parameter.annotation))
    for name, command in sorted(COMMANDS.items())
    for parameter in command.parameters
    if command.changes
    and _kind(parameter.name, parameter.annotation)
    and (name.rpartition(".")[2] not in ALLOWED or parameter.name == "to")
    and name.rpartition(".")[2] not in (*retired._TAKES_AWAY, *retired._TELLS_WHICH)
]


@pytest.fixture
def gone(floor: Any) -> Any:
    """A floor with one retired thing of each kind."""
    for name, given in MAKE.items():
        floor.do(name, **given)
    for kind, (word, _, _) in NAMES.items():
        floor.do(VERBS.get(kind, f"{kind}.retire"), **{kind: word})
    return floor


def test_every_kind_that_can_be_retired_is_tried() -> None:
    assert {*retired.KINDS.values(), "channel"} == {*NAMES}
    assert {kind for *_, kind in GIVES} == {*NAMES}
    assert ("case.update", "owner", "agent") in GIVES
    assert ids.AgentId in convert._CHOICES.values()


def test_nothing_new_names_what_is_retired(gone: Any) -> None:
    talk = gone.writes()
    who = gone.do("customer.create", name="Jo").id
    case = gone.do("case.create", customer=who, title="T", origin="chat").id
    gone.do("profile.create", name="Some", most=1)
    gone.do("sla.create", name="T", kpi="first_response", warn_minutes=1, fail_minutes=2)
    words = {"conversation": talk, "customer": who, "case": case, "queue": "General"}
    words |= {"profile": "Some", "name": "N", "title": "T", "text": "x", "kind": "task", "to": "x"}
    words |= {"agent": gone.hire("bo").id, "target": "T", "occasion": "waiting"}
    words |= {"address": "dev", "due_at": "1h"}
    gone.do("knowledge.searched", query="purple lights")
    words |= {"gap": gone.do("knowledge.gaps")[0].id}
    owed = {"customer": who, "name": "E", "starts": "2026-01-01", "ends": "2026-12-31", "total": 9}
    words |= {"entitlement": gone.do("entitlement.create", **owed).id, "template": "Gold"}
    told = gone.do("timeline.add", customer=who, kind="task", title="Ring", due_at="1h")
    words |= {"workstream": "Post", "activity": told}
    gone.do("entitlement.template_create", name="Gold", days=30, total=5)
    gone.do("workstream.create", name="Post")
    tried = []
    for name, parameter, kind in GIVES:
        required = {p.name for p in COMMANDS[name].parameters if p.required} - {parameter}
        plain = {p.name: _plain(p.annotation, talk) for p in COMMANDS[name].parameters}
        given = {key: words.get(key, plain[key]) for key in required}
        word = NAMES[kind][0]
        value: Any = [word] if "list" in str(_annotation(name, parameter)) else word
        value = {word: 1} if "dict" in str(_annotation(name, parameter)) else value
        refusal = gone.refused(name, **{**given, parameter: value})
        assert refusal.code == f"{kind}.retired", (name, parameter)
        assert refusal.message == f"{NAMES[kind][1]} is retired."
        assert NAMES[kind][2] in refusal.hint
        tried.append((name, parameter))
    assert ("case.update", "owner") in tried
    assert len(tried) == len(GIVES), [one for one in GIVES if one[:2] not in tried]


def _plain(annotation: Any, talk: int) -> Any:
    """Something that is right for a parameter of a type."""
    inner = (typing.get_args(annotation) or (annotation,))[0]
    if isinstance(inner, type) and issubclass(inner, Enum):
        return next(iter(inner)).value
    if typing.get_origin(annotation) is list:
        return [talk]
    if inner in (convert.Moment, convert.Until):
        return "2026-12-31"
    return 1 if annotation in (int, float) else "x"


def _annotation(name: str, parameter: str) -> Any:
    return next(p.annotation for p in COMMANDS[name].parameters if p.name == parameter)


@pytest.mark.parametrize("name", MAKE)
def test_making_it_again_is_told_how_to_bring_it_back(gone: Any, name: str) -> None:
    refusal = gone.refused(name, **MAKE[name])
    kind = name.partition(".")[0] if "template" not in name else "template"
    kind = "article" if kind == "knowledge" else kind
    assert refusal.code == f"{kind}.exists"
    assert "and it is retired." in refusal.message
    assert f"Restore it with {NAMES[kind][2]}" in refusal.hint
    verb, _, argument = NAMES[kind][2].partition(" ")
    gone.do(verb, **dict([argument.split("=")]))


def test_a_channel_is_named_by_its_label_too(gone: Any) -> None:
    refusal = gone.refused("conversation.receive", channel="Fax line", address="a", text="Hi")
    assert refusal.message == "Fax line is retired."


def test_what_a_record_has_already_it_keeps(floor: Any) -> None:
    for name, given in MAKE.items():
        floor.do(name, **given)
    who = floor.do("customer.create", name="Jo").id
    case = floor.do("case.create", customer=who, title="T", origin="fax").id
    floor.do("case.update", case=case, owner="gone")
    floor.do("channel.retire", channel="fax")
    floor.do("agent.retire", agent="gone")
    floor.desk.store.execute("UPDATE cases SET owner_id = (SELECT id FROM agents)")
    changed = floor.do("case.update", case=case, owner="gone", origin="fax", title="Other")
    assert (changed.title, changed.origin) == ("Other", "fax")
    floor.do("case.update", case=case, owner="none")
    assert floor.refused("case.update", case=case, owner="gone").message == "Gone Test is retired."


def test_what_goes_on_does_not_need_what_is_retired(gone: Any) -> None:
    who = gone.do("customer.create", name="Jo").id
    assert gone.do("conversation.list", channel="fax") == []
    talk = gone.writes(context={"queue": "Old"})
    assert gone.talk(talk).queue != "Old"
    assert gone.refused(
        "customer.remove_address", customer=who, address="a", channel="fax"
    ).code == ("address.unknown")


def test_a_table_gives_no_open_case_to_who_is_gone(gone: Any) -> None:
    from test_desk_records import import_text

    gone.do("customer.create", name="Jo", account="J1")
    head = "customer,title,origin,owner,status\n"
    _done, (problem,) = import_text(gone, "cases", f"{head}J1,T,chat,gone,active\n")
    assert "Gone Test is retired." in problem
    _done, problems = import_text(gone, "cases", f"{head}J1,T,chat,gone,resolved\n")
    assert problems == []
