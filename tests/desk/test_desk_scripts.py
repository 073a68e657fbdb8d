"""Agent scripts at the desk: set up, chosen, switched, ticked and crossed, taken back."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.script import Outcome, ScriptState, StepKind

GREETING = [
    {"title": "Greet", "text": "Hello {customer.first_name}, one of {?minutes} minutes."},
    {"title": "Open a case", "macro": "open-case"},
    {"title": "Close", "script": "closing"},
]
CLOSING = [{"title": "Thank", "text": "Thank you, {customer.first_name}."}]
ROUTER = {"field": "words", "operator": "contains", "value": ["router"]}


RUNS = [
    {"command": "conversation.label", "with": {"conversation": "{conversation.id}", "add": ["x"]}}
]


@pytest.fixture
def scripted(floor: Any) -> Any:
    floor.do("macro.create", key="open-case", title="Open a case", steps=RUNS)
    floor.do("script.create", key="closing", title="Closing", steps=CLOSING)
    floor.do("script.create", key="greeting", title="Greeting", steps=GREETING, description="Hi")
    floor.do("script.set_rule", name="Router words", script="greeting", conditions=[ROUTER])
    return floor


def marks(state: ScriptState) -> dict[str, str]:
    return {one.key: one.outcome.value for one in state.steps}


def state(floor: Any, talk: int) -> ScriptState:
    found = floor.do("script.state", conversation=talk)
    assert isinstance(found, ScriptState)
    return found


def test_the_default_is_chosen_by_a_rule_that_says_why(scripted: Any, ada: Actor) -> None:
    scripted.do("customer.create", name="Kiana Anderson", email="k@example.com")
    talk = scripted.serves(ada, text="My router!", channel="email", address="k@example.com")
    found = state(scripted, talk)
    assert found.script is not None
    assert (found.script.key, found.started, found.next) == ("greeting", False, "greet")
    assert found.why == "Chosen by the rule Router words: words contains router."
    assert (found.done, found.failed, len(found.steps)) == (0, 0, 3)
    assert found.steps[0].text == "Hello Kiana, one of [minutes] minutes."
    assert found.steps[0].labels == ("[minutes]",)
    assert [one.kind for one in found.steps] == [StepKind.TEXT, StepKind.MACRO, StepKind.SCRIPT]
    assert [(one.key, one.started, one.done, one.count) for one in found.others] == [
        ("closing", False, 0, 1)
    ]


def test_a_value_that_is_missing_stays_a_prompt_that_is_not_sent(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="router")
    step = state(scripted, talk).steps[0]
    assert step.text == "Hello [customer first name], one of [minutes] minutes."
    assert step.labels == ("[customer first name]", "[minutes]")
    for text in ("I need [minutes] minutes", step.text):
        refusal = scripted.refused("conversation.reply", ada, conversation=talk, text=text)
        assert refusal.code == "reply.unfilled"
    scripted.do("conversation.reply", ada, conversation=talk, text="I need [some] minutes")


def test_what_the_customer_says_later_counts_too(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="Hello")
    assert state(scripted, talk).script is None
    assert state(scripted, talk).why == "No script fits this conversation; you can choose one."
    assert scripted.refused("script.step", ada, conversation=talk, step="1").code == "script.none"
    scripted.writes("It is the router")
    found = state(scripted, talk)
    assert found.script is not None
    assert found.script.key == "greeting"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("workstream", "Live"),
        ("channel", "chat"),
        ("queue", "General"),
        ("labels", "vip"),
        ("context.lang", "x"),
        ("hours.Office", "open"),
    ],
)
def test_a_rule_can_ask_for_everything_that_a_session_is(
    scripted: Any, ada: Actor, field: str, value: str
) -> None:
    scripted.do("calendar.create", name="Office", zone="UTC", weekly={"monday": ["00:00-24:00"]})
    scripted.do("workstream.create", name="Live", channels=["chat"], queue="General")
    talk = scripted.serves(ada, text="Hello", context={"lang": "x"})
    scripted.do("conversation.label", ada, conversation=talk, add=["vip"])
    operator = "contains" if field == "labels" else "is"
    condition = {"field": field, "operator": operator, "value": value}
    scripted.do("script.set_rule", name="A", script="closing", conditions=[condition], position=1)
    found = state(scripted, talk)
    assert found.script is not None
    assert (found.script.key, found.why) == (
        "closing",
        f"Chosen by the rule A: {field} {operator} {value}.",
    )


def test_steps_are_ticked_and_crossed_and_marked_again(scripted: Any, ada: Actor) -> None:
    bo = scripted.hire("bo")
    talk = scripted.serves(ada, text="router")
    found = scripted.do("script.step", ada, conversation=talk, step="greet")
    assert (found.started, found.done, found.next) == (True, 1, "open-a-case")
    scripted.wait(5_000)
    found = scripted.do("script.step", bo, conversation=talk, step="2", outcome="failed")
    crossed = found.step("open-a-case")
    assert crossed is not None
    assert (crossed.outcome, crossed.by) == (Outcome.FAILED, "Bo Test")
    assert crossed.at == scripted.clock.now()
    assert (found.done, found.failed, found.next) == (1, 1, "close")
    found = scripted.do("script.step", ada, conversation=talk, step="open-a-case")
    assert (found.done, found.failed) == (2, 0)
    assert found.step("open-a-case").by == "Ada Test"
    found = scripted.do("script.step", ada, conversation=talk, step="greet", outcome="open")
    assert (found.done, found.next) == (1, "greet")
    told = [
        (e.payload["step"], e.payload["outcome"]) for e in scripted.entries(kind="script.stepped")
    ]
    assert told == [
        ("greet", "done"),
        ("open-a-case", "failed"),
        ("open-a-case", "done"),
        ("greet", "open"),
    ]
    assert {entry.conversation_id for entry in scripted.entries(kind="script.st")} == {talk}


def test_each_script_of_a_session_keeps_its_marks(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="router")
    scripted.do("script.step", ada, conversation=talk, step="1")
    found = scripted.do("script.start", ada, conversation=talk, script="closing")
    assert (found.script.key, found.done) == ("closing", 0)
    assert found.why == "Started by Ada Test; the default is Greeting."
    assert [(one.key, one.started, one.done) for one in found.others] == [("greeting", True, 1)]
    scripted.reopen()
    found = scripted.do("script.start", ada, conversation=talk, script="greeting")
    assert marks(found) == {"greet": "done", "open-a-case": "open", "close": "open"}
    assert len(scripted.entries(kind="script.started")) == 3
    again = scripted.desk.last_seq()
    scripted.do("script.start", ada, conversation=talk, script="greeting")
    assert scripted.desk.last_seq() == again


def test_a_jump_replaces_the_script_and_leaves_its_marks(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="router")
    found = scripted.do("script.step", ada, conversation=talk, step="close")
    assert (found.script.key, found.next) == ("closing", "thank")
    found = scripted.do("script.start", ada, conversation=talk, script="greeting")
    assert marks(found)["close"] == "done"
    found = scripted.do("script.step", ada, conversation=talk, step="close", outcome="failed")
    assert found.script.key == "greeting"


def test_scripts_may_jump_in_a_circle(scripted: Any, ada: Actor) -> None:
    back = [{"title": "Again", "script": "greeting"}]
    scripted.do("script.update", script="closing", steps=back)
    talk = scripted.serves(ada, text="router")
    keys = []
    for step in ("close", "again", "close", "again"):
        found = scripted.do("script.step", ada, conversation=talk, step=step)
        keys.append(found.script.key)
    assert keys == ["closing", "greeting", "closing", "greeting"]


def test_the_outcome_of_a_macro_counts_for_its_own_script_after_a_switch(
    scripted: Any, ada: Actor
) -> None:
    talk = scripted.serves(ada, text="router")
    scripted.do("script.step", ada, conversation=talk, step="1")
    scripted.do("script.start", ada, conversation=talk, script="closing")
    found = scripted.do(
        "script.step", ada, conversation=talk, step="open-a-case", script="greeting"
    )
    assert found.script.key == "closing"
    assert [(one.key, one.done) for one in found.others] == [("greeting", 2)]


def test_the_customer_s_language_comes_first_and_others_can_be_chosen(
    scripted: Any, ada: Actor
) -> None:
    hei = [{"title": "Hils", "text": "Hei {customer.first_name}"}]
    made = scripted.do("script.create", key="greeting", title="Hilsen", language="nb", steps=hei)
    scripted.do("customer.create", name="Rune Myhre", email="r@example.com", language="nb")
    talk = scripted.serves(ada, text="router", channel="email", address="r@example.com")
    found = state(scripted, talk)
    assert (found.script.id, found.steps[0].text) == (made.id, "Hei Rune")
    # What there is in no other language comes before what is a translation.
    assert [(one.key, one.language) for one in found.others] == [
        ("closing", "en"),
        ("greeting", "en"),
    ]
    english = next(one.id for one in found.others if one.key == "greeting")
    found = scripted.do("script.start", ada, conversation=talk, script=f"#{english}")
    assert found.script.language == "en"
    assert found.why.startswith("Chosen by the rule Router words")
    found = scripted.do("script.start", ada, conversation=talk, script="greeting")
    assert found.script.language == "nb"


def test_one_undo_takes_back_a_mark_and_another_one_the_start(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="router")
    scripted.do("script.start", ada, conversation=talk, script="closing")
    scripted.do("script.step", ada, conversation=talk, step="thank")
    scripted.do("script.step", ada, conversation=talk, step="thank", outcome="failed")
    assert scripted.do("undo.last", ada).what == "crossed “Thank”"
    assert marks(state(scripted, talk)) == {"thank": "done"}
    assert scripted.do("undo.last", ada).what == "ticked “Thank”"
    assert scripted.do("undo.last", ada).what == "started the script Closing"
    found = state(scripted, talk)
    assert (found.script.key, found.started) == ("greeting", False)
    told = scripted.entries(kind="script.undone")
    assert [entry.conversation_id for entry in told] == [talk, talk, talk]


def test_what_somebody_has_marked_anew_is_not_taken_back(scripted: Any, ada: Actor) -> None:
    bo = scripted.hire("bo")
    talk = scripted.serves(ada, text="router")
    scripted.do("script.step", ada, conversation=talk, step="1")
    scripted.do("script.step", bo, conversation=talk, step="2")
    assert scripted.do("undo.what", ada).why_not == ""
    scripted.do("script.step", bo, conversation=talk, step="1", outcome="failed")
    assert "has been changed since" in scripted.refused("undo.last", ada).message
    assert marks(state(scripted, talk))["greet"] == "failed"


def test_ticks_are_in_nobody_s_way(scripted: Any, ada: Actor) -> None:
    talk = scripted.writes("router", address="dev-3")
    scripted.do("conversation.pick", ada, conversation=talk, anyway=True)
    scripted.do("script.step", scripted.hire("cleo"), conversation=talk, step="1")
    assert scripted.do("undo.what", ada).why_not == ""


def test_a_closed_conversation_keeps_its_marks_as_they_are(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="router")
    scripted.do("script.step", ada, conversation=talk, step="1")
    scripted.do("conversation.finish", ada, conversation=talk)
    assert state(scripted, talk).done == 1
    for name, more in (("script.step", {"step": "2"}), ("script.start", {"script": "closing"})):
        assert scripted.refused(name, ada, conversation=talk, **more).code == "script.closed"


def test_an_edited_script_keeps_the_marks_of_steps_that_are_there_still(
    scripted: Any, ada: Actor
) -> None:
    talk = scripted.serves(ada, text="router")
    scripted.do("script.step", ada, conversation=talk, step="greet")
    scripted.do("script.step", ada, conversation=talk, step="open-a-case")
    new = [{"title": "Listen", "text": "I see."}, *GREETING[:1], GREETING[2]]
    scripted.do("script.update", script="greeting", steps=new)
    found = state(scripted, talk)
    assert marks(found) == {"listen": "open", "greet": "done", "close": "open"}
    assert (found.next, found.done) == ("listen", 1)


def test_a_script_that_is_needed_is_not_retired(scripted: Any, ada: Actor) -> None:
    refusal = scripted.refused("script.retire", script="greeting")
    assert "is used by the rule Router words." in refusal.message
    refusal = scripted.refused("script.retire", script="closing")
    assert "is used by the script Greeting." in refusal.message
    talk = scripted.serves(ada, text="router")
    scripted.do("script.step", ada, conversation=talk, step="1")
    scripted.do("script.delete_rule", name="router WORDS")
    scripted.do("script.retire", script="greeting")
    assert [one.key for one in scripted.do("script.list")] == ["closing"]
    assert state(scripted, talk).script.key == "greeting"
    assert state(scripted, talk).done == 1
    given = {"conversation": talk, "script": state(scripted, talk).script.id}
    assert scripted.do("script.step", ada, **given, step="2").done == 2
    scripted.do("script.start", ada, conversation=talk, script="closing")
    assert scripted.do("script.start", ada, **given).script.key == "greeting"
    other = scripted.serves(ada, text="router", address="dev-2")
    assert state(scripted, other).script is None
    refusal = scripted.refused("script.start", ada, conversation=other, script="greeting")
    assert (refusal.code, refusal.message) == ("script.retired", "The script Greeting is retired.")
    refusal = scripted.refused("script.create", key="greeting", title="X", steps=CLOSING)
    assert refusal.code == "script.exists"
    assert "script.restore" in refusal.hint
    scripted.do("script.restore", script="greeting")
    assert {one.key for one in scripted.do("script.list")} == {"closing", "greeting"}


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ({"steps": []}, "script.empty", "has no steps"),
        ({"title": " "}, "script.title", "needs a name"),
        ({"key": "two words"}, "script.key", "more than one word"),
        ({"key": "7"}, "script.key", "looks like a number"),
        ({"key": "closing"}, "script.exists", "exists already in en"),
        ({"key": "CLOSING"}, "script.exists", "CLOSING exists already"),
        ({"language": ""}, "script.language", "is not a language"),
        ({"steps": [{"title": "A"}]}, "script.step", "Step 1 of the script New: a text step needs"),
        ({"steps": [{"title": "A", "say": "x"}]}, "script.step", "unknown key 'say'"),
        ({"steps": [{"title": 3, "text": "x"}]}, "script.step", "needs text as title"),
        ({"steps": [{"title": "A", "text": "{oops}"}]}, "script.step", "no slot {oops}"),
        ({"steps": [{"title": "A", "script": "no"}]}, "script.step", "no script 'no'"),
        ({"steps": [{"title": "A", "macro": "no"}]}, "script.step", "no macro 'no'"),
        (
            {"steps": [{"title": "A", "text": "x", "kind": "macro"}]},
            "script.step",
            "of kind text, not 'macro'",
        ),
        ({"steps": CLOSING * 101}, "script.steps", "has 101 steps"),
    ],
)
def test_a_bad_script_is_refused_with_a_sentence(
    scripted: Any, given: dict[str, Any], code: str, says: str
) -> None:
    whole = {"key": "new", "title": "New", "steps": CLOSING, **given}
    refusal = scripted.refused("script.create", **whole)
    assert refusal.code == code
    assert says in f"{refusal.message} {refusal.hint}"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"script": "nowhere"}, "script.unknown"),
        ({"name": " "}, "script_rule.name"),
        ({"position": 0}, "script.position"),
        ({"conditions": [{"field": "moon", "operator": "is", "value": 1}]}, "script.condition"),
        (
            {"conditions": [{"field": "workstream", "operator": "is", "value": "No"}]},
            "script.condition",
        ),
    ],
)
def test_a_bad_rule_is_refused(scripted: Any, given: dict[str, Any], code: str) -> None:
    scripted.do("workstream.create", name="Live", channels=["chat"], queue="General")
    whole = {"name": "New", "script": "closing", **given}
    assert scripted.refused("script.set_rule", **whole).code == code


def test_rules_are_changed_moved_and_deleted(scripted: Any) -> None:
    scripted.do("script.set_rule", name="Always", script="closing")
    scripted.do("script.set_rule", name="ALWAYS", script="closing", position=1)
    assert [(one.name, one.position, one.when) for one in scripted.do("script.rules")] == [
        ("ALWAYS", 1, "always"),
        ("Router words", 2, "words contains router"),
    ]
    scripted.do("script.delete_rule", name="always")
    assert [one.position for one in scripted.do("script.rules")] == [1]
    assert scripted.refused("script.delete_rule", name="always").code == "script.rule"


def test_a_step_that_is_not_there_is_refused(scripted: Any, ada: Actor) -> None:
    talk = scripted.serves(ada, text="router")
    for step in ("4", "0", "gret", ""):
        refusal = scripted.refused("script.step", ada, conversation=talk, step=step)
        assert refusal.code == "script.step"
        assert "from 1 to 3" in refusal.hint


def test_agents_use_scripts_and_administrators_write_them(scripted: Any, ada: Actor) -> None:
    for name, given in (
        ("script.create", {"key": "x", "title": "X", "steps": CLOSING}),
        ("script.update", {"script": "closing", "title": "X"}),
        ("script.retire", {"script": "closing"}),
        ("script.set_rule", {"name": "X", "script": "closing"}),
    ):
        assert scripted.refused(name, ada, **given).code == "permission.denied"


def test_a_macro_that_a_script_runs_is_not_retired(scripted: Any) -> None:
    refusal = scripted.refused("macro.retire", macro="open-case")
    assert refusal.message == "The macro open-case is run by the script Greeting."
    scripted.do("script.update", script="greeting", steps=GREETING[:1])
    scripted.do("macro.retire", macro="open-case")
    refusal = scripted.refused("script.update", script="greeting", steps=GREETING)
    assert "there is no macro 'open-case'" in refusal.message
