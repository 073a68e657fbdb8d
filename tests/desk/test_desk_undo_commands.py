"""Every command of agents can be undone, or says why it cannot, or is not a thing done at all."""

from collections.abc import Callable
from typing import Any

import pytest
import undo_help

from omnitui.desk.registry import COMMANDS
from omnitui.desk.undo_commands import FINAL, NO_DEED, UNDOABLE
from omnitui.model.actor import Actor, ActorKind

ANN, BEN = "ann@example.com", "ben@example.com"
YEAR = {"starts": "2026-01-01", "ends": "2026-12-31"}
TABLES = (
    "customers addresses cases conversations activities entitlements entitlement_channels"
    " entitlement_products entitlement_contacts entitlement_ledger views replies participants"
    " sessions timers promises scheduled script_runs script_marks articles article_versions gaps"
    " retired"
).split()
BESIDE = {"updated_at", "routing", "last_assigned_at", "released_at", "position", "focused"}
"""Columns that tell of the order of things, and not of what was done."""

ARTICLE = {
    "slug": "reset",
    "title": "Reset the router",
    "body": "Hold the button.",
    "audience": "public",
    "language": "en",
    "updated": "2026-03-01",
}
Given = dict[str, Any]


def beside(table: str) -> set[str]:
    return {*BESIDE, "id"} if table == "timers" else BESIDE


class Place:
    """A company with what the commands of agents work on, and its agent Ada."""

    def __init__(self, floor: Any) -> None:
        self.floor = floor
        for key in ("agents_change_entitlements", "agents_write_articles"):
            floor.do("settings.set", key=key, value="yes")
        floor.do("queue.create", name="Billing")
        self.bo = floor.hire("bo", presence="away")
        floor.hire("chidi", presence="away", queue="Billing")
        self.ada = floor.hire("ada", presence="away", capacity=500)
        self.ann = floor.do("customer.create", name="Ann Berg", email=ANN, phone="+4755501022").id
        self.ben = floor.do("customer.create", name="Ben Dahl", email=BEN).id
        self.mail = floor.serves(self.ada, channel="email", address=ANN)
        self.chat = floor.serves(self.ada, channel="chat", address="dev-7")
        self.open = floor.writes(channel="email", address="who@example.com")
        self.case = self.made()
        self.other = self.made()
        floor.do("conversation.link_case", conversation=self.mail, case=self.case)
        self.task = self.tasked()
        self.draft = self.drafted()
        self.active = self.drafted(name="Silver", contacts=[])
        floor.do("entitlement.activate", entitlement=self.active)

    def made(self, **more: Any) -> int:
        given = {"customer": self.ann, "title": "Drops", "origin": "chat", **more}
        return int(self.floor.do("case.create", **given).id)

    def tasked(self) -> int:
        given = {"customer": self.ann, "kind": "task", "title": "Ring", "due_at": "2h"}
        return int(self.floor.do("timeline.add", self.ada, owner="ada", **given))

    def drafted(self, **more: Any) -> int:
        given = {"customer": self.ann, "name": "Gold", "total": 5, **YEAR, "channels": {"chat": 2}}
        given |= {"contacts": [self.ben], **more}
        return int(self.floor.do("entitlement.create", **given).id)

    def before(self, name: str, **given: Any) -> None:
        self.floor.do(name, **given)

    def picture(self) -> dict[str, list[dict[str, Any]]]:
        return {
            table: sorted(
                (
                    {name: row[name] for name in dict(row) if name not in beside(table)}
                    for row in self.floor.desk.store.rows(f"SELECT * FROM {table}")
                    if table != "timers" or row["kind"] != "offer_again"
                ),
                key=str,
            )
            for table in TABLES
        }


def ring(place: Place) -> Given:
    place.floor.prepares("agent.set_presence", place.ada, presence="available")
    return {"conversation": place.open}


def resolved(place: Place) -> Given:
    place.before("case.resolve", case=place.case, resolution="Done", minutes=5)
    return {"case": place.case}


def snoozed(place: Place) -> Given:
    place.floor.do("conversation.snooze", place.ada, conversation=place.mail, until="2h")
    return {"conversation": place.mail}


def viewed(place: Place) -> Given:
    place.floor.do("view.save", place.ada, name="Late", stream="all", filter="is:open")
    return {"name": "Late"}


def over(place: Place) -> Given:
    place.before("entitlement.cancel", entitlement=place.active)
    return {"entitlement": place.active}


def done(place: Place) -> Given:
    place.floor.do("timeline.done", place.ada, activity=place.task)
    return {"activity": place.task}


def template(place: Place) -> Given:
    made = place.floor.do("entitlement.template_create", name="Bronze", total=3)
    return {"template": made.id, "customer": place.ann}


def many(**more: Any) -> Callable[[Place], Given]:
    return lambda place: {"conversations": [place.mail, place.chat], **more}


def on(which: str, **more: Any) -> Callable[[Place], Given]:
    noun = {"mail": "conversation", "chat": "conversation", "open": "conversation"}
    noun |= {"ann": "customer", "draft": "entitlement", "active": "entitlement"}
    noun |= {"task": "activity", "case": "case"}
    return lambda place: {noun[which]: getattr(place, which), **more}


CHANGES: dict[str, Callable[[Place], Given]] = {
    **undo_help.CHANGES,
    "agent.set_presence": lambda _: {"presence": "do_not_disturb"},
    "bulk.assign": lambda place: {"conversations": [place.open], "agent": "ada"},
    "bulk.close": many(),
    "bulk.label": many(add=["vip"]),
    "bulk.link_case": lambda place: {"conversations": [place.mail], "case": place.other},
    "bulk.pick": lambda place: {"conversations": [place.open]},
    "bulk.set_priority": many(priority=3),
    "bulk.snooze": lambda place: {"conversations": [place.mail], "until": "2h"},
    "bulk.transfer": many(to_queue="Billing"),
    "case.cancel": on("case", reason="Twice"),
    "case.merge": lambda place: {"cases": [place.other], "into": place.case},
    "case.reopen": resolved,
    "case.resolve": on("case", resolution="Cable", minutes=20),
    "case.set_parent": lambda place: {"case": place.other, "parent": place.case},
    "case.set_reason": on("case", reason="on_hold"),
    "case.update": on("case", title="Router", priority="high"),
    "conversation.close": on("mail"),
    "conversation.end": on("chat"),
    "conversation.finish": on("mail", disposition="Solved"),
    "conversation.escalate": on("mail", channel="chat", address="dev-9"),
    "conversation.label": on("mail", add=["vip"]),
    "conversation.link_case": lambda place: {"conversation": place.mail, "case": place.other},
    "conversation.link_customer": lambda place: {"conversation": place.chat, "customer": place.ann},
    "conversation.pick": on("open"),
    "conversation.release": on("mail"),
    "conversation.set_priority": on("mail", priority=4),
    "conversation.set_skills": on("mail", skills={"router": 3}),
    "conversation.snooze": on("mail", until="2h"),
    "conversation.transfer": on("mail", to_queue="Billing"),
    "conversation.unlink_case": on("mail"),
    "conversation.unlink_customer": on("mail"),
    "conversation.unsnooze": snoozed,
    "customer.add_address": on("ann", channel="sms", address="+4755501099"),
    "customer.change_address": on("ann", address=ANN, to="a.berg@example.com"),
    "customer.create": lambda _: {"name": "Cyd", "email": "cyd@example.com", "account": "9"},
    "customer.merge": lambda place: {"from": place.ben, "into": place.ann},
    "customer.remove_address": on("ann", address=ANN),
    "customer.update": on("ann", city="Halden", notes="Has a dog"),
    "entitlement.activate": on("draft"),
    "entitlement.cancel": on("active"),
    "entitlement.create": lambda place: {"customer": place.ann, "name": "X", "total": 2, **YEAR},
    "entitlement.deactivate": on("active"),
    "entitlement.from_template": template,
    "entitlement.only": on("draft", origin="email"),
    "entitlement.renew": over,
    "entitlement.set_default": on("active"),
    "entitlement.update": on("draft", total=9, channels={"email": 3}, contacts=[]),
    "timeline.add": on("ann", kind="task", title="Write", due_at="3h"),
    "timeline.done": on("task"),
    "timeline.give": on("task", owner="bo"),
    "timeline.postpone": on("task", until="5h"),
    "timeline.reopen": done,
    "view.delete": viewed,
    "view.save": lambda _: {"name": "Late", "stream": "all", "filter": "is:open"},
}
"""What is done with each command that leaves everything as it was when it is undone."""

MARKED = (
    "bot.take_over",
    "bulk.reply",
    "case.create",
    "conversation.accept",
    "conversation.note",
    "conversation.reply",
    "scheduled.create",
    "scheduled.send",
    "knowledge.send",
)
"""Commands whose undoing leaves a mark: a case is cancelled, a line struck out, an offer over."""


def agents_may(name: str) -> bool:
    command = COMMANDS[name]
    return command.changes and Actor(ActorKind.AGENT, 1).may(command.permission)


@pytest.mark.parametrize("name", [name for name in COMMANDS if agents_may(name)])
def test_a_command_of_agents_is_undoable_or_final_or_no_deed(name: str) -> None:
    where = [name in UNDOABLE, name in FINAL, name in NO_DEED]
    assert where.count(True) == 1, f"Say in desk/undo_commands.py whether {name} can be undone."


def test_nothing_is_said_of_commands_that_are_not_there() -> None:
    assert {*UNDOABLE, *FINAL, *NO_DEED} <= COMMANDS.keys()
    assert {*CHANGES, *MARKED} == UNDOABLE


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_undone_is_as_it_was(floor: Any, name: str) -> None:
    place = Place(floor)
    given = CHANGES[name](place)
    floor.desk.store.execute("DELETE FROM undo")
    before, present = place.picture(), floor.presence(place.ada)
    floor.do(name, place.ada, **given)
    assert (place.picture(), floor.presence(place.ada)) != (before, present)
    what = floor.do("undo.what", place.ada)
    assert (what.why_not, what.before) == ("", "")
    assert floor.do("undo.last", place.ada).what == what.what
    assert floor.presence(place.ada) == present
    now = place.picture()
    assert {table: now[table] for table in TABLES if now[table] != before[table]} == {}
    assert floor.do("undo.what", place.ada) is None
    assert floor.desk.store.problems() == []


FINALLY: dict[str, Callable[[Place], Given]] = {
    "case.unmerge": lambda place: (
        place.before("case.merge", cases=[place.other], into=place.case) or {"case": place.case}
    ),
    "conversation.add": on("mail", agent="bo"),
    "conversation.consult": on("mail", agent="bo"),
    "conversation.decline": ring,
    "conversation.end_consult": lambda place: (
        place.floor.do("conversation.consult", place.ada, conversation=place.mail, agent="bo")
        and {"conversation": place.mail}
    ),
    "customer.unmerge": lambda place: (
        place.floor.do("customer.merge", **{"from": place.ben, "into": place.ann})
        and {"customer": place.ann}
    ),
    "knowledge.rate": lambda place: {
        "article": place.floor.desk.store.insert("articles", ARTICLE),
        "helpful": True,
    },
}


@pytest.mark.parametrize("name", FINALLY)
def test_what_cannot_be_undone_says_so_and_the_one_before_is_named(floor: Any, name: str) -> None:
    place = Place(floor)
    floor.do("conversation.label", place.ada, conversation=place.chat, add=["vip"])
    given = FINALLY[name](place)
    floor.desk.store.execute("DELETE FROM undo WHERE what NOT LIKE 'labelled%'")
    floor.do(name, place.ada, **given)
    what = floor.do("undo.what", place.ada)
    assert what.what.startswith(FINAL[name][0])
    assert what.why_not == FINAL[name][1]
    label = f"labelled {floor.talk(place.chat).name}"
    assert what.before == label
    refusal = floor.refused("undo.last", place.ada)
    assert refusal.code == "undo.changed"
    assert f"Before that you {label}: `undo.last passing={what.key}`" in refusal.hint
    assert floor.talk(place.chat).labels == ("vip",)
    assert floor.do("undo.last", place.ada, passing=what.key).what == label
    assert floor.talk(place.chat).labels == ()
    assert floor.do("undo.what", place.ada) is None


def test_what_can_be_undone_is_not_passed_over(floor: Any) -> None:
    place = Place(floor)
    for label in ("one", "two"):
        floor.do("conversation.label", place.ada, conversation=place.chat, add=[label])
    newest = floor.do("undo.what", place.ada)
    assert floor.refused("undo.last", place.ada, passing=newest.key).code == "undo.passing"
    assert floor.refused("undo.last", place.ada, passing=99_999).code == "undo.passing"


def test_what_is_no_deed_leaves_what_was_done_before(floor: Any) -> None:
    place = Place(floor)
    floor.do("conversation.label", place.ada, conversation=place.chat, add=["vip"])
    before = floor.do("undo.what", place.ada)
    for name, given in (
        ("console.enter", {}),
        ("console.beat", {"console": "a"}),
        ("session.draft", {"conversation": place.chat, "text": "Hm", "kind": "reply"}),
        ("session.focus", {"conversation": place.chat}),
        ("timeline.looked", {"customer": place.ann}),
        ("console.leave", {"console": "a"}),
    ):
        floor.do(name, place.ada, **given)
        assert floor.do("undo.what", place.ada) == before, name


def test_a_case_that_was_created_by_mistake_is_cancelled_and_keeps_its_number(floor: Any) -> None:
    place = Place(floor)
    floor.do("entitlement.set_default", entitlement=place.active)
    left = floor.do("entitlement.get", entitlement=place.active).remaining
    given = {"customer": place.ann, "title": "Oops", "origin": "chat", "conversation": place.mail}
    made = floor.do("case.create", place.ada, **given)
    assert floor.talk(place.mail).case_id == made.id
    assert floor.do("entitlement.get", entitlement=place.active).remaining == left - 1
    floor.do("undo.last", place.ada)
    after = floor.do("case.get", case=made.number)
    assert (after.status, after.resolution) == (
        "cancelled",
        "Created by mistake; undone by Ada Test.",
    )
    assert floor.talk(place.mail).case_id == place.case
    assert floor.do("entitlement.get", entitlement=place.active).remaining == left
    assert floor.do("case.create", place.ada, **given).number > made.number


@pytest.mark.parametrize(
    ("then", "given", "why"),
    [
        ("timeline.add", {"kind": "note", "title": "x"}, "something on the timeline depends on"),
        ("case.update", {"title": "Other"}, "has been changed since"),
        ("case.resolve", {"resolution": "Done"}, "is resolved now"),
    ],
)
def test_a_case_that_somebody_works_with_is_not_undone(
    floor: Any, then: str, given: Given, why: str
) -> None:
    place = Place(floor)
    made = floor.do("case.create", place.ada, customer=place.ann, title="New", origin="chat")
    more = {"customer": place.ann} if then == "timeline.add" else {}
    floor.do(then, place.bo, case=made.id, **more, **given)
    assert why in floor.do("undo.what", place.ada).why_not
    assert why in floor.refused("undo.last", place.ada).message


@pytest.mark.parametrize(
    ("then", "given", "why"),
    [
        ("case.create", {"title": "x", "origin": "chat"}, "a case depends on Cyd now"),
        ("customer.update", {"city": "Oslo"}, "Cyd has been changed since"),
        ("customer.add_address", {"channel": "sms", "address": "+4755501077"}, "an address"),
        ("timeline.add", {"kind": "note", "title": "x"}, "something on a timeline depends on Cyd"),
    ],
)
def test_a_customer_whom_somebody_works_with_is_not_undone(
    floor: Any, then: str, given: Given, why: str
) -> None:
    place = Place(floor)
    cyd = floor.do("customer.create", place.ada, name="Cyd").id
    floor.do("timeline.looked", place.bo, customer=cyd)
    floor.do(then, place.bo, customer=cyd, **given)
    assert why in floor.do("undo.what", place.ada).why_not
    assert floor.refused("undo.last", place.ada).code == "undo.changed"
    assert floor.do("customer.get", customer=cyd).name == "Cyd"
