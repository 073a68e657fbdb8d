"""Whom and what callers name: what could be two of a kind is refused, with how to name each."""

from typing import Any

import pytest

from omnitui.model.actor import Actor


@pytest.fixture
def two(floor: Any) -> tuple[int, int]:
    first = floor.do("customer.create", name="First Person", email="first@x.org").id
    return first, floor.do("customer.create", name="Second Person", account=str(first)).id


def test_a_number_that_is_a_key_and_somebody_elses_account_is_refused(
    floor: Any, two: tuple[int, int]
) -> None:
    refusal = floor.refused("customer.get", customer=str(two[0]))
    assert refusal.code == "customer.ambiguous"
    assert f"#{two[1]} by account" in refusal.message
    assert "#1" in refusal.hint
    assert "account:1" in refusal.hint


def test_each_of_the_two_can_be_named(floor: Any, two: tuple[int, int]) -> None:
    first, second = two
    for named in (f"#{first}", first, "first@x.org", "email:first@x.org", "name:First Person"):
        assert floor.do("customer.get", customer=named).id == first
    for named in (f"account:{first}", f"Account: {first}", "Second Person", f"#{second}"):
        assert floor.do("customer.get", customer=named).id == second


def test_a_number_that_is_one_customers_twice_is_theirs(floor: Any) -> None:
    one = floor.do("customer.create", name="One", account="1", phone="1234567").id
    assert floor.do("customer.get", customer="1").id == one == 1


@pytest.mark.parametrize("written", ["01", "001", "\u0661", "+1", "1.0", "0"])
def test_what_is_not_written_as_a_key_is_none(
    floor: Any, two: tuple[int, int], written: str
) -> None:
    assert floor.refused("customer.get", customer=written).code == "customer.unknown"


def test_an_address_of_one_and_the_name_of_another_are_two(floor: Any) -> None:
    floor.do("customer.create", name="One", email="one@x.org")
    floor.do("customer.create", name="one@x.org")
    assert floor.refused("customer.get", customer="one@x.org").code == "customer.ambiguous"
    assert floor.do("customer.get", customer="email:one@x.org").name == "One"


def test_after_a_merge_both_names_mean_the_survivor(floor: Any, two: tuple[int, int]) -> None:
    floor.do("customer.merge", **{"from": two[0], "into": two[1]})
    assert floor.do("customer.get", customer=str(two[0])).id == two[1]


def test_an_import_means_the_account(floor: Any, two: tuple[int, int]) -> None:
    from omnitui.desk.records import references

    call = floor.desk.at_work(floor.hire("ada"))
    assert references.customer(call, str(two[0])) == two[1]


def test_a_reply_called_by_a_number_is_not_the_one_of_that_key(floor: Any, ada: Actor) -> None:
    for key in ("hello", "one"):
        floor.do("reply.create", key=key, title=key, text=f"Text of {key}", personal=False)
    # Older stores have such keys.
    floor.desk.store.execute("UPDATE replies SET key = '1', text = 'Text of 1' WHERE key = 'one'")
    talk = floor.writes()
    refusal = floor.refused("reply.render", ada, reply="1", conversation=talk)
    assert refusal.code == "reply.ambiguous"
    assert "key:1" in refusal.hint
    rendered = floor.do("reply.render", ada, reply="key:1", conversation=talk)
    assert rendered.text == "Text of 1"
    assert floor.do("reply.render", ada, reply="#1", conversation=talk).text == "Text of hello"


def test_none_is_nobody_unless_somebody_is_called_so(floor: Any, ada: Actor) -> None:
    one = floor.do("customer.create", name="One").id
    case = floor.do("case.create", customer=one, title="Drops", origin="chat")
    floor.do("case.update", case=case.number, owner="ada")
    assert floor.do("case.update", case=case.number, owner="none").owner_id is None
    floor.hire("nobodys")
    floor.desk.store.execute("UPDATE agents SET login = 'none' WHERE login = 'nobodys'")
    floor.do("case.update", case=case.number, owner="ada")
    refusal = floor.refused("case.update", case=case.number, owner="none")
    assert refusal.code == "parameter.ambiguous"
    assert "login:none" in refusal.hint
    assert floor.do("case.update", case=case.number, owner="").owner_id is None
    assert (
        floor.do("case.update", case=case.number, owner="login:none").owner_name == "Nobodys Test"
    )


def test_only_ascii_letters_of_a_case_number_have_a_case(floor: Any) -> None:
    one = floor.do("customer.create", name="One").id
    case = floor.do("case.create", customer=one, title="Drops", origin="chat")
    assert floor.do("case.get", case=case.number.lower()).id == case.id
    assert floor.refused("case.get", case="CA\u017f-00001").code == "case.unknown"


def test_a_quick_reply_is_named_by_its_key_in_the_customers_language(
    floor: Any, ada: Actor
) -> None:
    for language, text in (("en", "Hello"), ("nb", "Hei"), ("de", "Hallo")):
        floor.do("reply.create", key="hi", title="Hi", text=text, language=language, personal=False)
    floor.do("customer.create", name="Nora", email="nora@x.org", language="nb-NO")
    talk = floor.writes(channel="email", address="nora@x.org")
    other = floor.writes(address="dev-2", context={"language": "fr"})
    assert floor.do("reply.render", ada, reply="HI", conversation=talk).text == "Hei"
    assert floor.do("reply.render", ada, reply="hi", conversation=other).text == "Hello"
    floor.do("reply.create", ada, key="hi", title="Mine", text="Heisann", language="nb")
    assert floor.do("reply.render", ada, reply="hi", conversation=talk).text == "Heisann"
    assert floor.refused("reply.render", ada, reply="ho", conversation=talk).code == "reply.unknown"
    floor.do("reply.use", ada, reply="hi")


@pytest.mark.parametrize(
    ("key", "label"),
    [("kiosk", "email"), ("kiosk", "live CHAT"), ("e_mail", "Chat"), ("kiosk", "SMS")],
)
def test_no_channel_is_called_what_another_one_is(floor: Any, key: str, label: str) -> None:
    refusal = floor.refused("channel.create", key=key, label=label)
    assert refusal.code == "channel.label"
    made = floor.do("channel.create", key="lobby", label="Lobby")
    assert floor.refused("channel.update", channel="lobby", label=label).code == "channel.label"
    assert floor.do("channel.update", channel="lobby", label="LOBBY").key == made.key


def _create(kind: str, name: str) -> dict[str, Any]:
    more: dict[str, Any] = {
        "agent": {"login": name, "name": "Ada Test"},
        "profile": {"most": 2},
        "calendar": {"zone": "UTC", "weekly": {"monday": ["09:00-10:00"]}},
        "classification": {"conditions": [], "result": {"priority": 1}},
        "sla": {"kpi": "first_response", "warn_minutes": 1, "fail_minutes": 2},
        "entitlement": {"days": 30, "total": 3},
        "reply": {"key": name, "title": "T", "text": "x", "personal": False},
        "channel": {"key": "fax", "label": name},
    }.get(kind, {})
    return {"name": name, **more} if kind not in ("reply", "channel") else more


UNIQUE = {
    "queue": "queue.create",
    "workstream": "workstream.create",
    "profile": "profile.create",
    "calendar": "calendar.create",
    "classification": "classification.create",
    "sla": "sla.create",
    "entitlement": "entitlement.template_create",
    "agent": "agent.create",
    "reply": "reply.create",
}


@pytest.mark.parametrize("kind", UNIQUE)
def test_what_is_told_apart_by_its_name_has_one_of_its_own(floor: Any, kind: str) -> None:
    floor.do(UNIQUE[kind], **_create(kind, "Scope"))
    for name in ("SCOPE", "\uff33cope", "S\u0441ope", "\u0405\u0441\u043e\u0440\u0435"):
        refusal = floor.refused(UNIQUE[kind], **_create(kind, name))
        said = str(refusal)
        assert "Scope" in said or "mixes letters" in said, said
    for name in ("1", "+1", "\u2460", "1e3", "none", " "):
        refusal = floor.refused(UNIQUE[kind], **_create(kind, name))
        assert refusal.code.partition(".")[2] in ("name", "login", "key", "empty")
    refusal = floor.refused(UNIQUE[kind], **_create(kind, "Sc\u200bope"))
    assert "character 3 is U+200B" in refusal.message
    floor.do(UNIQUE[kind], **_create(kind, "Other"))


def test_a_login_is_found_in_any_case_where_one_has_it(floor: Any) -> None:
    ada = floor.hire("ada")
    assert floor.do("agent.get", agent="ADA").id == ada.id
    floor.desk.store.execute("UPDATE agents SET login = 'ADA' WHERE id = ?", (floor.hire("bo").id,))
    assert floor.do("agent.get", agent="ada").id == ada.id
    assert floor.refused("agent.get", agent="Ada").code == "agent.unknown"


def test_a_channel_is_like_no_other_by_key_or_label(floor: Any) -> None:
    for label in ("S\u041cS", "\uff33MS", "sms"):
        given = {"key": "fax", "label": label}
        assert floor.refused("channel.create", **given).code == "channel.label"
    assert floor.refused("channel.create", key="1e3", label="Odd").code == "channel.key"


@pytest.mark.parametrize("skill", ["", "1", "none", "b\u0456lling", "bill\u200bing"])
def test_a_skill_has_a_name_of_its_own(floor: Any, ada: Actor, skill: str) -> None:
    floor.do("agent.set_skill", agent="ada", skill="billing", level=3)
    floor.refused("agent.set_skill", agent="ada", skill=skill, level=3)
    floor.do("agent.set_skill", agent="ada", skill="Billing", level=4)
    assert list(floor.person(ada).skills.values()) == [4]


def test_what_is_called_oddly_already_works_on(floor: Any, ada: Actor) -> None:
    store = floor.desk.store
    store.execute("UPDATE agents SET login = '1e3'")
    store.execute("UPDATE queues SET name = '12'")
    store.execute("INSERT INTO agent_skills VALUES (?, '7', 3)", (ada.id,))
    floor.do("queue.update", queue="name:12", name="12", priority=5)
    floor.do("agent.update", agent="1e3", name="Ada Other")
    floor.do("agent.set_skill", agent="1e3", skill="7", level=5)
    floor.do("agent.set_skill", agent="1e3", skill="7", level=0)
    assert floor.person(ada).skills == {}


def test_two_replies_of_one_number_are_named_apart(floor: Any) -> None:
    one = floor.do("reply.create", key="a", title="A", text="First", personal=False).id
    two = floor.do("reply.create", key="b", title="B", text="Second", personal=False).id
    floor.desk.store.execute("UPDATE replies SET key = ? WHERE id = ?", (str(one), two))
    refusal = floor.refused("reply.use", reply=str(one))
    assert refusal.code == "reply.ambiguous"
    assert f"#{one} by its number, and #{two} by key word" in refusal.message
    assert refusal.hint == (
        f"Write #{one} for the one of that number,"
        f" and #{two} or key:{one} for the one of that key word."
    )
    assert floor.do("reply.update", reply=f"#{one}", title="T").text == "First"
    assert floor.do("reply.update", reply=f"key:{one}", title="T").text == "Second"


def test_a_key_of_a_reply_is_kept_in_every_language(floor: Any) -> None:
    given = {"title": "Hi", "personal": False}
    floor.do("reply.create", key="hi", text="Hi!", **given)
    floor.do("reply.create", key="hi", text="Hei!", language="nb", **given)
    assert floor.refused("reply.create", key="HI", text="x", **given).code == "reply.exists"
