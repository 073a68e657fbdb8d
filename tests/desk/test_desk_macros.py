"""Macros on a desk: written, tried without a trace, run as their caller may, undone as one."""

from typing import Any

import pytest

from omnitui.desk import carrying
from omnitui.model.actor import Actor
from omnitui.store import macros as kept

ANN = "ann@example.com"
HERE = {"conversation": "{conversation.id}"}
LABEL = {"command": "conversation.label", "with": {**HERE, "add": ["vip"]}}
NOTE = {"command": "conversation.note", "with": {**HERE, "text": "Noted"}}
REPLY = {"command": "conversation.reply", "with": {**HERE, "text": "Hi {customer.first_name}"}}
MADE = {
    "key": "made",
    "command": "case.create",
    "with": {**HERE, "customer": "{customer.id}", "title": "{answer.title}", "origin": "email"},
}
URGENT = {"command": "case.update", "with": {"case": "{made.id}", "priority": "high"}}
NOWHERE = {"command": "conversation.transfer", "with": {**HERE, "to_queue": "Empty"}}
TITLE = {"key": "title", "label": "Title"}


class Place:
    """Ada in a conversation with Ann, and whatever macro a test writes."""

    def __init__(self, floor: Any) -> None:
        self.floor, self.desk = floor, floor.desk
        floor.do("queue.create", name="Empty")
        self.ada = floor.hire("ada", presence="away", capacity=500)
        self.ann = floor.do("customer.create", name="Ann Berg", email=ANN).id
        self.talk = floor.serves(self.ada, channel="email", address=ANN)
        self.desk.store.execute("DELETE FROM undo")

    def write(self, *steps: Any, prompts: Any = (), key: str = "own") -> Any:
        return self.floor.do(
            "macro.create", key=key, title="Own", steps=[*steps], prompts=[*prompts]
        )

    def run(self, by: Actor | None = None, **given: Any) -> Any:
        given = {"macro": "own", "conversation": self.talk, **given}
        return self.floor.do("macro.run", by or self.ada, **given)

    def refused(self, by: Actor | None = None, **given: Any) -> Any:
        given = {"macro": "own", "conversation": self.talk, **given}
        return self.floor.refused("macro.run", by or self.ada, **given)

    def dump(self) -> list[str]:
        return list(self.desk.store.connection.iterdump())

    def what(self) -> Any:
        return self.floor.do("undo.what", self.ada)

    def undo(self) -> Any:
        return self.floor.do("undo.last", self.ada)

    @property
    def item(self) -> Any:
        return self.floor.talk(self.talk)


@pytest.fixture
def place(floor: Any) -> Place:
    return Place(floor)


def outcomes(ran: Any) -> list[str]:
    return [step.outcome.value for step in ran.steps]


def test_a_macro_is_written_read_changed_and_retired(place: Place) -> None:
    made = place.write(MADE, URGENT, prompts=[TITLE])
    assert (made.key, made.prompts[0].label, made.steps[1].given["priority"]) == (
        "own",
        "Title",
        "high",
    )
    place.write(NOTE, key="other")
    found = place.floor.do("macro.list", place.ada, query="own")
    assert [one.key for one in found] == ["other", "own"]
    assert [one.key for one in place.floor.do("macro.list", query="oth")] == ["other"]
    changed = place.floor.do("macro.update", macro="OWN", title="Mine", steps=[LABEL], prompts=[])
    assert (changed.title, len(changed.steps), changed.prompts) == ("Mine", 1, ())
    assert place.floor.do("macro.get", macro="own") == changed
    place.floor.do("macro.retire", macro="own")
    assert [one.key for one in place.floor.do("macro.list")] == ["other"]
    assert [one.key for one in place.floor.do("macro.list", retired=True)] == ["own"]
    assert place.refused().code == "macro.retired"
    place.floor.do("macro.restore", macro="own")
    assert place.run().complete
    kinds = [entry.kind for entry in place.floor.entries(kind="macro.")]
    assert kinds == [
        "macro.created",
        "macro.created",
        "macro.updated",
        "macro.retired",
        "macro.restored",
        "macro.ran",
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"steps": [{"command": "case.creat"}]}, "Step 1, command: there is no command"),
        ({"steps": [{**MADE, "with": {"titel": "x"}}]}, "Step 1, titel: case.create has no"),
        ({"steps": [{"command": "case.update"}]}, "Step 1, with: case.update needs case"),
        ({"steps": [MADE, {**URGENT, "with": {"case": "{made.nr}"}}]}, "has no field nr"),
        ({"steps": [{**URGENT, "with": {"case": 1, "priority": "top"}}]}, "use one of low, normal"),
        ({"steps": [{**LABEL, "wiht": {}}]}, "Step 1, wiht: there is no such key; did you mean"),
        ({"steps": [LABEL], "prompts": [TITLE]}, "Prompt 1, key: no step uses {answer.title}"),
        ({"steps": [LABEL], "prompts": [{"key": "a"}]}, "Prompt 1, label: this key is missing"),
        ({"steps": ["label"]}, "Step 1: it needs a table"),
        ({"steps": []}, "Step: a macro needs a step"),
        (
            {"steps": [
                {"key": "all", "command": "conversation.messages", "with": HERE},
                {**NOTE, "with": {**HERE, "text": "{all.text}"}},
            ]},
            "is a list; its first entry is 0",
        ),
        (
            {"steps": [
                {"key": "told", "command": "timeline.looked", "with": {"customer": ANN}},
                {**NOTE, "with": {**HERE, "text": "{told.id}"}},
            ]},
            "timeline.looked gives no result",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_macro_is_said(place: Place, given: dict[str, Any], words: str) -> None:
    refusal = place.floor.refused("macro.create", key="new", title="New", **given)
    assert (refusal.code, words in refusal.message) == ("macro.wrong", True), refusal.message
    place.write(LABEL)
    changed = place.floor.refused("macro.update", macro="own", **given)
    assert words in changed.message


def test_a_key_is_one_word_that_nothing_else_has(place: Place) -> None:
    place.write(LABEL)
    for key, code in (("own", "macro.exists"), ("OWN", "macro.exists"), ("two words", "macro.key")):
        refusal = place.floor.refused("macro.create", key=key, title="T", steps=[LABEL])
        assert refusal.code == code


def test_all_is_asked_before_anything_runs(place: Place) -> None:
    place.write(LABEL, MADE, prompts=[TITLE, {"key": "more", "label": "More"}][:1])
    refusal = place.refused()
    assert refusal.message == "“Title” (title) is not answered; nothing was run."
    assert place.refused(dry_run=True).code == "macro.unanswered"
    assert place.refused(answers={"titel": "x"}).code == "macro.answer"
    assert place.run(answers={"title": "Drops"}).complete


def test_defaults_are_filled_from_the_conversation(place: Place) -> None:
    prompts = [
        {**TITLE, "default": "Help for {customer.name}"},
        {"key": "case", "label": "Case", "default": "{case.number}", "required": False},
    ]
    told = {**NOTE, "with": {**HERE, "text": "{answer.title}: {answer.case}"}}
    place.write(told, prompts=prompts)
    shown = place.floor.do("macro.prompts", place.ada, macro="own", conversation=place.talk)
    assert [one.default for one in shown] == ["Help for Ann Berg", ""]
    assert place.run().steps[0].given["text"] == "Help for Ann Berg: "


def test_results_go_on_to_later_steps_and_keep_their_types(place: Place) -> None:
    place.write(
        MADE,
        URGENT,
        {**NOTE, "with": {**HERE, "text": "{1.number} {2.priority} {case.number}"}},
        prompts=[TITLE],
    )
    ran = place.run(answers={"title": "Drops"})
    case = place.floor.do("case.get", case=place.item.case_id)
    assert ran.complete
    assert (case.title, case.priority.value) == ("Drops", "high")
    assert ran.steps[1].given["case"] == case.id
    assert ran.steps[2].given["text"] == f"{case.number} high {case.number}"
    assert [said for step in ran.steps for said in step.says] == [
        f"Created {case.number}.",
        f"Changed {case.number}.",
        "Added a note about Ann Berg.",
    ]


def test_a_dry_run_tells_all_and_leaves_nothing(place: Place) -> None:
    place.write(MADE, URGENT, REPLY, NOTE, prompts=[TITLE])
    before, seq, chance = place.dump(), place.desk.last_seq(), place.desk.random.getstate()
    tried = place.run(answers={"title": "Drops"}, dry_run=True)
    assert place.dump() == before
    assert (place.desk.last_seq(), place.desk.random.getstate()) == (seq, chance)
    assert place.what() is None
    assert not place.desk.store.in_transaction
    says = [step.says for step in tried.steps]
    assert says[0] == (
        "Creates a case for a customer: customer Ann Berg, title Drops, origin email.",
    )
    assert says[2][1] == "It leaves after 8 seconds, and can be undone until then."
    assert tried.steps[2].unknown == "Whether it arrives is known when it has left."
    assert (tried.complete, tried.said) == (True, "“Own” would do 4 steps.")
    ran = place.run(answers={"title": "Drops"})
    assert [one.given for one in ran.steps] == [one.given for one in tried.steps]


def test_consequences_that_are_known_are_told_of_each_step(place: Place) -> None:
    end = {"command": "conversation.end", "with": HERE}
    resolve = {"command": "case.resolve", "with": {"case": "{made.id}", "resolution": "Cable"}}
    task = {
        "command": "timeline.add",
        "with": {"customer": "{customer.id}", "case": "{made.id}", "kind": "task", "title": "Ring"},
    }
    place.write(MADE, task, resolve, end, prompts=[TITLE])
    tried = place.run(answers={"title": "Drops"}, dry_run=True)
    says = [" ".join(step.says) for step in tried.steps]
    assert "1 task is open: “Ring”." in says[2]
    assert "The conversation with Ann Berg (email) stays open." in says[2]
    assert len(tried.steps[3].says) > 1


def test_a_refused_step_stops_and_says_what_was_done(place: Place) -> None:
    place.write(LABEL, NOWHERE, NOTE)
    tried = place.run(dry_run=True)
    assert "vip" not in place.item.labels
    ran = place.run()
    for one in (tried, ran):
        assert outcomes(one) == ["done", "refused", "not_tried"]
        assert one.steps[1].refused.code == "transfer.empty_queue"
        assert not one.complete
    assert ran.said == (
        "“Own” stopped at step 2 of 3 (conversation.transfer): The queue Empty has no members."
        " Step 1 is done. Step 3 is not tried."
    )
    assert place.item.labels == ("vip",)
    told = place.floor.entries(kind="macro.ran")[-1].payload
    assert (told["done"], told["refused"]) == ([1], 2)
    assert place.what().what == "ran “Own” for Ann Berg"
    place.undo()
    assert place.item.labels == ()


def test_when_the_first_step_is_refused_nothing_is_done(place: Place) -> None:
    place.write(NOWHERE, LABEL)
    refusal = place.refused()
    assert refusal.code == "transfer.empty_queue"
    assert refusal.message.startswith("Step 1 of “Own” was refused: The queue Empty")
    assert refusal.hint.startswith("Nothing was done.")


def test_a_step_that_breaks_down_undoes_the_others(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(LABEL, NOTE)
    done = carrying.carry_out

    def breaks(call: Any, command: Any, given: Any) -> Any:
        if command.name == "conversation.note":
            raise RuntimeError("a mistake")
        return done(call, command, given)

    monkeypatch.setattr("omnitui.desk.macros.steps.carrying.carry_out", breaks)
    before = place.dump()
    monkeypatch.setattr("omnitui.desk.desk.carrying.carry_out", breaks)
    with pytest.raises(RuntimeError):
        place.run()
    assert place.dump() == before


def test_a_step_is_left_out_where_its_slot_has_no_value(place: Place) -> None:
    yes_no = {"key": "really", "label": "Really", "kind": "yes_no"}
    place.write(
        {**URGENT, "with": {"case": "{case.id}", "priority": "high"}, "when": "{case.id}"},
        {**LABEL, "when": "{answer.really}"},
        NOTE,
        prompts=[yes_no],
    )
    assert outcomes(place.run(answers={"really": "no"})) == ["left_out", "left_out", "done"]
    assert place.item.labels == ()
    assert outcomes(place.run(answers={"really": "yes"})) == ["left_out", "done", "done"]
    assert place.item.labels == ("vip",)


def test_a_slot_without_a_value_refuses_its_step(place: Place) -> None:
    place.write(LABEL, {**NOTE, "with": {**HERE, "text": "It is {case.number}"}})
    ran = place.run()
    assert outcomes(ran) == ["done", "refused"]
    assert ran.steps[1].refused.message == (
        "{case.number} has no value for text with Ann Berg: no case is linked."
    )
    place.floor.do("macro.update", macro="own", steps=[LABEL, {
        "command": "case.update", "with": {"case": "{case.id}", "priority": "high"},
    }])  # fmt: skip
    assert place.run().steps[1].refused.hint == "Link a case first."


def test_a_macro_keeps_to_its_conversation(place: Place) -> None:
    place.write(LABEL)
    other = place.floor.serves(place.ada, channel="chat", address="dev-7")
    place.floor.do("session.focus", place.ada, conversation=other)
    place.run()
    assert (place.item.labels, place.floor.talk(other).labels) == (("vip",), ())


def test_the_console_gets_its_steps_filled(place: Place) -> None:
    place.write(
        MADE,
        {"console": "open_tab", "with": {"tab": "case", "record": "{made.id}"}},
        {"console": "open_tab", "with": {"tab": "customer", "record": "{customer.id}"}},
        {"console": "insert_text", "with": {"text": "{made.number}, {customer.company}"}},
        {"console": "search_knowledge", "with": {"phrase": "{answer.title}"}},
        prompts=[TITLE],
    )
    ran = place.run(answers={"title": "Drops"})
    case = place.floor.do("case.get", case=place.item.case_id)
    assert [step.given for step in ran.steps[1:]] == [
        {"tab": "case", "record": case.id, "title": case.number},
        {"tab": "customer", "record": place.ann, "title": "Ann Berg"},
        {"text": f"{case.number}, [customer company]", "labels": ["customer company"]},
        {"phrase": "Drops"},
    ]


def test_a_tab_of_nothing_is_refused(place: Place) -> None:
    place.write(LABEL, {"console": "open_tab", "with": {"tab": "case", "record": "{case.id}"}})
    assert place.run().steps[1].refused.code == "macro.unfilled"


def test_nothing_is_written_where_nothing_can_be_sent(place: Place) -> None:
    place.write(
        {"command": "conversation.end", "with": HERE},
        {"console": "insert_text", "with": {"text": "Good bye"}},
    )
    assert place.run(dry_run=True).steps[1].refused.code == "conversation.ended"
    assert outcomes(place.run()) == ["done", "refused"]
    other = place.floor.hire("bo", presence="away")
    place.undo()
    place.floor.do("macro.update", macro="own", steps=[NOTE, {
        "console": "insert_text", "with": {"text": "Hi"},
    }])  # fmt: skip
    assert place.run(other).steps[1].refused.code == "conversation.not_yours"


def test_it_counts_how_often_it_was_run(place: Place) -> None:
    place.write(LABEL)
    place.run()
    place.run(dry_run=True)
    place.run()
    assert kept.every(place.desk.store)[0].uses == 2
