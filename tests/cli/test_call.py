"""`omnitui call`: one desk command as a script has it."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from told import Run, value

from omnitui.clock import ManualClock
from omnitui.desk.opening import open_desk


def ada(omnitui: Run) -> None:
    omnitui("call", "agent.create", "login=ada", "name=Ada Byron")
    omnitui("call", "queue.add_member", "queue=General", "agent=ada")
    omnitui("call", "agent.set_presence", "presence=available", "--as", "ada")


def test_a_store_is_made_on_first_use(omnitui: Run, store_path: Path) -> None:
    told = omnitui(
        "call", "conversation.receive", "channel=chat", "address=kiana", "text=My router drops"
    )
    assert (told.code, told.data["text"], told.err) == (0, "My router drops", "")
    assert store_path.is_file()


def test_the_option_comes_before_the_variable(omnitui: Run, tmp_path: Path) -> None:
    other = tmp_path / "deep" / "other.db"
    omnitui("call", "queue.create", "name=Billing", "--store", str(other))
    named = [q["name"] for q in omnitui("call", "queue.list", "--store", str(other)).data]
    assert named == ["Billing", "General"]
    assert [q["name"] for q in omnitui("call", "queue.list").data] == ["General"]


def test_parameters_may_be_json(omnitui: Run) -> None:
    told = omnitui(
        "call", "agent.create", "login=bo", "--params", '{"name": "Bo", "skills": {"wifi": 5}}'
    )
    assert told.data["skills"] == {"wifi": 5}


def test_a_value_may_hold_an_equals_sign(omnitui: Run) -> None:
    told = omnitui("call", "customer.create", "name=a=b")
    assert told.data["name"] == "a=b"


def test_text_stays_readable_and_controls_do_not_pass(omnitui: Run) -> None:
    told = omnitui(
        "call", "conversation.receive", "channel=chat", "address=x", "text=Blåbær 🫐\x1b[31m\x9b1m"
    )
    assert "Blåbær 🫐" in told.out
    assert not {"\x1b", "\x9b"} & set(told.out)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"name": "Ada", "name": "Bo"}', "name is given twice"),
        ("{name}", "it takes JSON"),
    ],
)
def test_parameters_that_cannot_be_meant_are_wrong_usage(
    omnitui: Run, given: str, said: str
) -> None:
    told = omnitui("call", "customer.create", "--params", given)
    assert (told.code, said in told.err) == (2, True)


def test_what_a_search_has_found_is_plain_text_for_scripts(omnitui: Run) -> None:
    omnitui("call", "customer.create", "name=Kiana Anderson", "company=Kiana and daughters")
    (hit,) = omnitui("call", "search.all", "query=kiana", "kind=customer").data
    assert "Kiana" in hit["snippet"]
    assert not set(hit["snippet"]) & {"\x02", "\x03"}


def test_a_refusal_is_json_with_exit_1(omnitui: Run) -> None:
    told = omnitui("call", "case.get", "case=CAS-00099")
    assert told.code == 1
    assert told.data == {
        "refused": {
            "code": "case.unknown",
            "message": "There is no case 'CAS-00099'.",
            "hint": "`case.list` shows the existing ones.",
        }
    }
    assert told.err == ""


def test_a_refused_command_changes_nothing(omnitui: Run, store_path: Path) -> None:
    omnitui("call", "queue.list")
    before = value(store_path, "SELECT max(seq) FROM journal")
    assert omnitui("call", "customer.create", "name=").code == 1
    assert value(store_path, "SELECT max(seq) FROM journal") == before


@pytest.mark.parametrize(
    ("name", "code"), [("case.gte", "command.unknown"), ("agent.get", "actor.not_an_agent")]
)
def test_what_the_desk_does_not_know_is_refused(omnitui: Run, name: str, code: str) -> None:
    told = omnitui("call", name)
    assert (told.code, told.data["refused"]["code"]) == (1, code)


def test_a_call_may_be_an_agents(omnitui: Run) -> None:
    ada(omnitui)
    told = omnitui("call", "agent.get", "--as", "ada")
    assert (told.data["login"], told.data["presence"]) == ("ada", "available")


def test_an_agent_who_is_not_there_is_refused(omnitui: Run) -> None:
    told = omnitui("call", "queue.list", "--as", "nobody")
    assert (told.code, told.data["refused"]["code"]) == (1, "agent.unknown")


def test_an_agent_may_not_do_what_administrators_do(omnitui: Run) -> None:
    ada(omnitui)
    told = omnitui("call", "queue.create", "name=Mine", "--as", "ada")
    assert told.data["refused"]["code"] == "permission.denied"


def test_time_is_what_the_caller_says(omnitui: Run) -> None:
    told = omnitui("call", "customer.create", "name=Kiana", "--now", "2026-03-02T09:00")
    assert told.data["created_at"] == 1_772_442_000_000


def test_what_is_due_is_carried_out_first(omnitui: Run) -> None:
    ada(omnitui)
    received = omnitui(
        "call", "conversation.receive", "channel=chat", "address=x", "text=Hi", "--now", "+1s"
    )
    number = f"conversation={received.data['conversation_id']}"
    assert omnitui("call", "conversation.get", number, "--now", "+1s").data["offered_to"] == 1
    assert omnitui("call", "conversation.get", number, "--now", "+1h").data["offered_to"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["call"],
        ["call", "queue.list", "name"],
        ["call", "queue.list", "=x"],
        ["call", "queue.create", "name=a", "name=b"],
        ["call", "queue.create", "name=a", "--params", '{"name": "b"}'],
        ["call", "queue.list", "--params", "{"],
        ["call", "queue.list", "--params", "[]"],
        ["call", "queue.list", "--now", "yesterday"],
        ["call", "queue.list", "--now", "99999-01-01"],
        ["call", "queue.list", "--store", "/"],
        ["call", "queue.list", "--nope"],
        ["nope"],
    ],
)
def test_wrong_usage_is_exit_2_with_a_sentence(omnitui: Run, arguments: list[str]) -> None:
    told = omnitui(*arguments)
    assert (told.code, told.out) == (2, "")
    assert "Error: " in told.err


def test_a_file_that_is_no_store_is_exit_3_with_a_sentence(omnitui: Run, store_path: Path) -> None:
    store_path.write_text("these are somebody's notes, not a database" * 20)
    told = omnitui("call", "queue.list")
    assert (told.code, told.out) == (3, "")
    assert str(store_path) in told.err
    assert "Traceback" not in told.err


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_is_exit_3(omnitui: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert omnitui("call", "queue.list", "--store", str(tmp_path / "a" / "b.db")).code == 3


def test_many_callers_may_make_the_same_store(omnitui: Run, store_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for desk in pool.map(lambda _: open_desk(store_path, ManualClock(1)), range(4)):
            desk.close()
    assert value(store_path, "SELECT count(*) FROM journal WHERE kind = 'store.filled'") == 1


def test_every_result_can_be_printed(omnitui: Run) -> None:
    ada(omnitui)
    omnitui("call", "customer.create", "name=Kiana", "email=kiana@example.com")
    omnitui("call", "case.create", "customer=Kiana", "title=Drops", "origin=chat")
    omnitui("call", "conversation.receive", "channel=email", "address=kiana@example.com", "text=a")
    omnitui("call", "conversation.pick", "conversation=1", "--as", "ada")
    for arguments in (
        ["session.page", "conversation=1"],
        ["session.tabs"],
        ["timeline.list", "customer=1"],
        ["search.all", "query=kiana"],
        ["knowledge.search", "query=router"],
        ["reply.render", "reply=1", "conversation=1"],
    ):
        told = omnitui("call", *arguments, "--as", "ada")
        assert told.code == 0, told.out + told.err
        assert json.dumps(told.data)
