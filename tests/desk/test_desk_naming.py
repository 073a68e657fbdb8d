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
    for key in ("hello", "1"):
        floor.do("reply.create", key=key, title=key, text=f"Text of {key}", personal=False)
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
    floor.hire("none")
    floor.do("case.update", case=case.number, owner="ada")
    refusal = floor.refused("case.update", case=case.number, owner="none")
    assert refusal.code == "parameter.ambiguous"
    assert "login:none" in refusal.hint
    assert floor.do("case.update", case=case.number, owner="").owner_id is None
    assert floor.do("case.update", case=case.number, owner="login:none").owner_name == "None Test"


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
