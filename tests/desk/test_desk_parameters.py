"""What callers may write for a parameter, and what they are told where it does not fit."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing import each
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind, Permission
from omnitui.model.agent import Presence
from properties import share

CUSTOMER = Actor(ActorKind.CUSTOMER, name="Kiana")
BOT = Actor(ActorKind.BOT, name="bot")
ADA = Actor(ActorKind.AGENT, 1, "Ada Test")
NAMES = sorted(COMMANDS)
WITH_PARAMETERS = [name for name in NAMES if COMMANDS[name].parameters]
TEXT = (str, str | None)
WITH_OTHERS = [n for n in NAMES if any(p.annotation not in TEXT for p in COMMANDS[n].parameters)]
WITH_REQUIRED = [n for n in NAMES if any(p.required for p in COMMANDS[n].parameters)]
HUGE = 10**30
DAY = 86_400_000


@each("name", NAMES)
def test_a_parameter_that_does_not_exist_is_refused_with_those_that_do(
    one_floor: Any, name: str
) -> None:
    refusal = one_floor.refused(name, nonsense=1)
    assert refusal.code == "parameter.unknown"
    assert refusal.message == f"{name} has no parameter nonsense."
    for parameter in COMMANDS[name].parameters:
        assert parameter.name in refusal.hint


@each("name", WITH_REQUIRED)
def test_a_required_parameter_that_is_missing_is_named(one_floor: Any, name: str) -> None:
    first = next(p.name for p in COMMANDS[name].parameters if p.required)
    for nothing in ({}, {first: None}):
        refusal = one_floor.refused(name, **nothing)
        assert refusal.code == "parameter.missing"
        assert refusal.message == f"{name} needs {first}."


@each("name", WITH_OTHERS)
def test_a_parameter_of_the_wrong_kind_is_refused_with_a_sentence(
    one_floor: Any, name: str
) -> None:
    given = {p.name: "x" if p.annotation in TEXT else object() for p in COMMANDS[name].parameters}
    assert one_floor.refused(name, **given).code.endswith((".invalid", ".unknown"))


@pytest.mark.parametrize(
    "value", [HUGE, -HUGE, 2**63, float("inf"), float("nan"), "1e999", "\ud800", -1, "", []]
)
def test_no_value_ends_in_a_traceback(floor: Any, ada: Actor, value: Any) -> None:
    talk = floor.writes()
    for name in WITH_PARAMETERS:
        command = COMMANDS[name]
        known = {
            "conversation": talk,
            "message": 1,
            "agent": "ada",
            "customer": 1,
            "channel": "chat",
        }
        plain = {p.name: known.get(p.name, value) for p in command.parameters if p.required}
        for by in (ada, ADMINISTRATOR):
            for parameter in command.parameters:
                floor.desk.attempt(name, by, **{**plain, parameter.name: value})
            assert not floor.desk.store.connection.in_transaction


def test_a_command_that_does_not_exist_is_refused_with_the_nearest(floor: Any) -> None:
    refusal = floor.refused("conversation.acept")
    assert refusal.code == "command.unknown"
    assert "conversation.accept" in refusal.hint
    assert "omnitui commands" in floor.refused("xyzzy").hint


def may(actor: Actor, name: str) -> bool:
    return actor.may(COMMANDS[name].permission)


@pytest.mark.parametrize("by", [CUSTOMER, BOT, ADA, SYSTEM], ids=lambda actor: actor.kind.value)
@each("name", NAMES)
def test_who_lacks_the_permission_is_told_which(one_floor: Any, name: str, by: Actor) -> None:
    refusal = one_floor.refused(name, by, nonsense=1)
    if may(by, name):
        assert refusal.code == "parameter.unknown"
        return
    assert refusal.code == "permission.denied"
    assert refusal.message == f"{by.name} may not call {name}."
    assert refusal.hint == f"It needs the permission to {COMMANDS[name].permission.value}."


def test_permissions_divide_the_callers() -> None:
    assert {n for n in NAMES if may(CUSTOMER, n)} == {
        n for n in NAMES if COMMANDS[n].permission is Permission.INTAKE
    }
    assert not any(may(ADA, n) for n in NAMES if n.startswith(("settings.set", "agent.create")))
    assert all(may(SYSTEM, n) and may(ADMINISTRATOR, n) for n in NAMES)


def test_a_customer_is_named_by_key_address_account_or_name(floor: Any) -> None:
    kiana = floor.do(
        "customer.create",
        name="Kiana Anderson",
        email="kiana@example.com",
        phone="+47 555 01 022",
        account="20417",
    )
    floor.do("customer.add_address", customer=kiana.id, channel="chat", address="@dev-9")
    for named in (
        kiana.id,
        str(kiana.id),
        f" {kiana.id} ",
        "KIANA@example.com",
        "+4755501022",
        "0047 555 01 022",
        "20417",
        20417,
        "kiana  anderson",
        "dev-9",
    ):
        assert floor.do("customer.get", customer=named).id == kiana.id


def test_a_name_that_several_customers_have_is_refused(floor: Any) -> None:
    for _ in range(2):
        floor.do("customer.create", name="Kiana Anderson")
    refusal = floor.refused("customer.get", customer="Kiana Anderson")
    assert refusal.code == "customer.ambiguous"
    assert "e-mail address or account" in refusal.hint


def test_other_records_have_natural_keys_too(floor: Any, ada: Actor) -> None:
    kiana = floor.do("customer.create", name="Kiana Anderson")
    case = floor.do("case.create", customer=kiana.id, title="Drops", origin="chat")
    assert floor.do("agent.get", agent="ada").id == ada.id
    assert floor.do("case.get", case=case.number.lower()).id == case.id
    assert floor.do("queue.update", queue="gENERAL", priority=5)["priority"] == 5


@pytest.mark.parametrize(
    ("name", "given", "noun"),
    [
        ("agent.get", {"agent": "nobody"}, "agent"),
        ("agent.get", {"agent": 99}, "agent"),
        ("customer.get", {"customer": "nobody@example.com"}, "customer"),
        ("case.get", {"case": "CAS-99999"}, "case"),
        ("queue.update", {"queue": "Nowhere", "priority": 1}, "queue"),
        ("knowledge.get", {"article": "no-such"}, "article"),
        ("conversation.get", {"conversation": 99}, "conversation"),
        ("conversation.get", {"conversation": "-1"}, "conversation"),
        ("conversation.get", {"conversation": "9" * 40}, "conversation"),
        ("conversation.unsend", {"message": 99}, "message"),
        ("reply.use", {"reply": 99}, "reply"),
        ("timeline.done", {"activity": 99}, "activity"),
    ],
)
def test_a_record_that_does_not_exist_is_refused_by_its_noun(
    floor: Any, name: str, given: dict[str, Any], noun: str
) -> None:
    refusal = floor.refused(name, **given)
    assert refusal.code == f"{noun}.unknown"
    assert refusal.message == f"There is no {noun} {str(next(iter(given.values())))!r}."


def created(floor: Any, **given: Any) -> Any:
    return floor.do("channel.create", **{"key": "forum", "label": "Forum", **given})


@pytest.mark.parametrize("word", [True, "true", "Yes", "1", 1, "on"])
def test_yes_is_written_in_several_ways(floor: Any, word: Any) -> None:
    assert created(floor, exclusive=word).exclusive is True


@pytest.mark.parametrize("word", [False, "false", "No", "0", 0, "off"])
def test_no_is_written_in_several_ways(floor: Any, word: Any) -> None:
    assert created(floor, exclusive=word).exclusive is False


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"exclusive": "maybe"}, "it needs yes or no"),
        ({"mode": "alive"}, "use one of live, asynchronous"),
        ({"mode": ["live"]}, "use one of live, asynchronous"),
        ({"cost": "many"}, "cost cannot be 'many'"),
        ({"cost": 2.5}, "it needs a whole number"),
        ({"cost": True}, "it needs a number"),
        ({"cost": float("inf")}, "it needs a whole number"),
        ({"cost": HUGE}, "it needs a smaller number"),
        ({"label": ["a"]}, "it needs text"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(
    floor: Any, given: dict[str, Any], said: str
) -> None:
    refusal = floor.refused("channel.create", **{"key": "forum", "label": "Forum", **given})
    assert refusal.code == "parameter.invalid"
    assert said in refusal.message


def test_whole_numbers_are_numbers_however_they_are_written(floor: Any) -> None:
    for number, cost in enumerate((7, "7", " 7 ", 7.0)):
        assert created(floor, key=f"forum{number}", label=f"Forum {number}", cost=cost).cost == 7


def test_choices_are_given_by_value_or_member(floor: Any, ada: Actor) -> None:
    for word in ("away", Presence.AWAY):
        assert floor.do("agent.set_presence", ada, presence=word).presence is Presence.AWAY


def test_lists_and_objects_are_given_as_json_or_as_they_are(floor: Any, ada: Actor) -> None:
    talk = floor.writes()
    for skills in ({"router": 3}, '{"router": "3"}'):
        found = floor.do("conversation.set_skills", conversation=talk, skills=skills)
        assert found.skills == {"router": 3}
    floor.do("session.open", ada, conversation=talk)
    for order in ([talk], f"[{talk}]", f"{talk}", (str(talk),)):
        assert len(floor.do("session.move", ada, order=order)) == 1


@pytest.mark.parametrize("skills", ["{router: 3}", "[]", "7", [1]])
def test_an_object_that_is_no_json_is_refused_with_the_place(floor: Any, skills: Any) -> None:
    talk = floor.writes()
    refusal = floor.refused("conversation.set_skills", conversation=talk, skills=skills)
    assert refusal.code == "parameter.invalid"
    assert "JSON" in refusal.message


@pytest.mark.parametrize(
    "skills",
    ["[" * 100_000, '{"a":' * 100_000, '{"a":' + "[" * 90 + "]" * 90 + "}"],
    ids=["lists", "objects", "both"],
)
def test_an_object_nested_beyond_reason_is_refused(floor: Any, ada: Actor, skills: str) -> None:
    talk = floor.serves(ada)
    refusal = floor.refused("session.layout", ada, conversation=talk, layout=skills)
    assert "it is nested too deeply" in refusal.message


@pytest.mark.parametrize("limit", [0, -1, -(2**53)])
def test_no_limit_opens_a_list_to_its_end(floor: Any, ada: Actor, limit: int) -> None:
    kiana = floor.do("customer.create", name="Kiana One", email="kiana@example.com")
    year = {"starts": "2026-01-01", "ends": "2026-12-31"}
    for _ in range(3):
        owed = floor.do("entitlement.create", customer=kiana.id, name="Kiana", total=9, **year).id
    floor.do("entitlement.activate", entitlement=owed)
    floor.do("entitlement.set_default", entitlement=owed)
    for number in range(3):
        floor.do("customer.create", name=f"Kiana {number}")
        floor.do("case.create", customer=kiana.id, title="Kiana drops", origin="chat")
        floor.do("reply.create", key=f"kiana{number}", title="Kiana", text="Hi")
        floor.clock.advance(1)
        floor.do("timeline.add", customer=kiana.id, kind="note", title="Kiana")
    talk = floor.serves(ada, text="Kiana here")
    for number in range(3):
        floor.do("conversation.reply", ada, conversation=talk, text=str(number))
    floor.wait(DAY)
    given = {"customer": kiana.id, "conversation": talk, "query": "kiana", "kind": "case"}
    for number in range(3):
        article = {"slug": f"a{number}", "title": "Kiana", "body": "", "audience": "public"}
        article |= {"language": "en", "updated": ""}
        given["article"] = floor.desk.store.insert("articles", article)
    given |= {"by": "post", "entitlement": owed, "case": "CAS-00001", "words": ["kiana", "drops"]}
    for name in NAMES:
        names = [p.name for p in COMMANDS[name].parameters]
        if "limit" not in names or name in ("timeline.list", "timeline.missed"):
            continue
        known = {key: value for key, value in given.items() if key in names}
        couriers = ("message.leaving", "message.claim")
        by = ADMINISTRATOR if name in couriers else ada
        assert len(floor.do(name, by, **known, limit=limit)) <= 1, name
    assert len(floor.do("timeline.list", customer=kiana.id, limit=limit)) < 4
    floor.do("timeline.looked", ada, customer=kiana.id)
    floor.clock.advance(1)
    for number in range(3):
        floor.do("timeline.add", customer=kiana.id, kind="note", title=str(number))
    missed = floor.do("timeline.missed", ada, customer=kiana.id, limit=limit)
    assert (len(missed.rows), missed.more) == (1, True)
    assert len(floor.do("session.page", ada, conversation=talk, lines=limit).messages) == 1


@pytest.mark.parametrize(
    ("at", "ms"),
    [
        ("2026-03-02T09:00", 1_772_442_000_000),
        ("2026-03-02T10:00+01:00", 1_772_442_000_000),
        (1_772_442_000_000, 1_772_442_000_000),
        ("1772442000000", 1_772_442_000_000),
        ("now", 1_772_442_000_000),
        ("-30m", 1_772_440_200_000),
    ],
)
def test_a_moment_is_a_time_a_number_or_a_distance_from_now(floor: Any, at: Any, ms: int) -> None:
    talk = floor.writes(at=at)
    assert floor.talk(talk).last_at == ms


@pytest.mark.parametrize(
    "at",
    [
        "yesterday",
        "25:00",
        "+12 parsecs",
        "+999999999999999999w",
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_time_is_refused(floor: Any, at: str) -> None:
    refusal = floor.refused("conversation.receive", channel="chat", address="a", text="x", at=at)
    assert refusal.code == "parameter.invalid"


@pytest.mark.parametrize(
    "at",
    ["9999-12-31T23:59", "0001-01-01", "-25000d", 253_402_300_799_999, -1_000_000_000],
)
def test_a_time_that_nobody_can_mean_is_refused_and_named(floor: Any, at: Any) -> None:
    refusal = floor.refused("timeline.list", before=at)
    assert refusal.code == "parameter.invalid"
    assert refusal.message.startswith("before cannot be")
    assert "between the years 1970 and 2199" in refusal.message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)


@settings(max_examples=share(50))
@given(value=JSON)
def test_any_context_is_kept_or_refused(one_floor: Any, value: Any) -> None:
    found = one_floor.desk.attempt(
        "conversation.receive",
        ADMINISTRATOR,
        channel="chat",
        address="dev-1",
        text="Hello",
        context={"value": value},
    )
    assert found is not None
