"""One thing done to many conversations: what could be is done, the rest is named, one undo."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import ConversationState
from omnitui.store import undo as kept
from properties import share

S = ConversationState
VERBS: dict[str, dict[str, Any]] = {
    "set_priority": {"priority": 4},
    "label": {"add": ["vip"]},
    "snooze": {"until": "2h"},
    "close": {"disposition": "Spam"},
    "pick": {},
    "transfer": {"to_queue": "Billing"},
}
SAID = {
    "set_priority": "set the priority of 3 conversations to 4",
    "label": "labelled 3 conversations",
    "snooze": "snoozed 3 conversations until",
    "close": "closed 3 conversations",
    "pick": "took 3 conversations",
    "transfer": "transferred 3 conversations to Billing",
}


def rows(floor: Any, talks: list[int]) -> list[dict[str, Any]]:
    return [kept.columns(floor.desk.store, talk) for talk in talks]


def some(floor: Any, count: int, first: int = 0, channel: str = "email") -> list[int]:
    numbers = range(first, first + count)
    return [floor.writes(channel=channel, address=f"a{n}@example.com") for n in numbers]


@pytest.fixture
def billing(floor: Any) -> None:
    floor.do("queue.create", name="Billing")
    floor.hire("bo", presence="away", queue="Billing")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.usefixtures("billing")
def test_each_is_done_to_all_and_taken_back_in_one_go(floor: Any, verb: str) -> None:
    ada = floor.hire("ada", presence="away")
    talks = some(floor, 3)
    before = rows(floor, talks)
    done = floor.do(f"bulk.{verb}", ada, conversations=talks, **VERBS[verb])
    assert (done.done, done.refused) == (tuple(talks), ())
    assert all(now != was for now, was in zip(rows(floor, talks), before, strict=True))
    assert floor.do("undo.what", ada).what.startswith(SAID[verb])
    undone = floor.do("undo.last", ada)
    assert (undone.conversations, undone.left, undone.why_left) == (tuple(talks), (), "")
    assert rows(floor, talks) == before
    assert floor.do("undo.what", ada) is None
    assert floor.person(ada).used == 0


@pytest.mark.usefixtures("billing")
def test_what_was_done_is_what_the_single_command_does(floor: Any) -> None:
    ada = floor.hire("ada", presence="away")
    (one,), many = some(floor, 1), some(floor, 2, first=1)
    for verb, given_ in VERBS.items():
        if verb == "pick":  # taken again, it is not who had it before
            continue
        floor.do(f"conversation.{verb}", ada, conversation=one, **given_)
        floor.do(f"bulk.{verb}", ada, conversations=many, **given_)
        single, *others = rows(floor, [one, *many])
        whose = dict.fromkeys(("name", "address", "address_key", "visitor"))
        for other in others:
            assert {**other, **whose} == {**single, **whose}
        floor.do("undo.last", ada)
        floor.do("undo.last", ada)


@pytest.mark.parametrize("verb", ["set_priority", "label", "close"])
def test_what_cannot_be_done_is_named_and_stays(floor: Any, verb: str) -> None:
    ada, bo = floor.hire("ada", presence="away"), floor.hire("bo", presence="away")
    free, gone = some(floor, 2)
    theirs = floor.serves(bo, address="x")
    if verb != "close":
        for talk in (gone, theirs):
            for number in range(12):
                floor.do("conversation.label", conversation=talk, add=[f"l{number}"])
    else:
        floor.do("conversation.close", ada, conversation=gone)
    before = rows(floor, [gone, theirs])
    if verb == "set_priority":
        refusal = floor.refused("bulk.set_priority", ada, conversations=[free], priority=11)
        assert refusal.code == "priority.range"
        return
    talks = [gone, free, 9_999, theirs]
    done = floor.do(f"bulk.{verb}", ada, conversations=talks, **VERBS[verb])
    assert done.done == (free,)
    assert [r.conversation for r in done.refused] == [gone, 9_999, theirs]
    assert [r.name for r in done.refused] == [
        floor.talk(gone).name,
        "conversation 9999",
        floor.talk(theirs).name,
    ]
    codes = {
        "label": ["label.most", "conversation.unknown", "label.most"],
        "close": ["conversation.state", "conversation.unknown", "conversation.not_yours"],
    }
    assert [r.code for r in done.refused] == codes[verb]
    assert all(r.message.endswith(".") for r in done.refused)
    assert rows(floor, [gone, theirs]) == before
    assert floor.talk(free).name in floor.do("undo.what", ada).what


def test_nothing_at_all_is_a_refusal_with_the_reasons(floor: Any, ada: Actor) -> None:
    talks = [floor.serves(ada, address=f"a{n}") for n in range(5)]
    refusal = floor.refused("bulk.pick", ada, conversations=[*talks, 99])
    assert refusal.code == "bulk.nothing"
    assert "None of the 6" in refusal.message
    assert "and 3 more" in refusal.message


@pytest.mark.parametrize(
    ("talks", "code"),
    [([], "bulk.empty"), ([*range(1, 1_002)], "bulk.most"), (["x"], "parameter.invalid")],
)
def test_lists_that_make_no_sense(floor: Any, ada: Actor, talks: list[Any], code: str) -> None:
    assert floor.refused("bulk.close", ada, conversations=talks).code == code


@pytest.mark.parametrize(
    ("verb", "given_", "code"),
    [
        ("snooze", {"until": "whenever"}, "snooze.until"),
        ("snooze", {"until": "2h", "zone": "Nowhere"}, "snooze.zone"),
        ("label", {}, "label.none"),
        ("label", {"add": ["vip"], "remove": ["VIP"]}, "label.both"),
        ("transfer", {}, "transfer.target"),
        ("transfer", {"to_agent": "ada", "to_queue": "General"}, "transfer.target"),
    ],
)
def test_what_makes_no_sense_is_said_once_and_not_for_each(
    floor: Any, ada: Actor, verb: str, given_: dict[str, Any], code: str
) -> None:
    talks = [floor.serves(ada, address=f"a{n}") for n in range(3)]
    assert floor.refused(f"bulk.{verb}", ada, conversations=talks, **given_).code == code


def test_one_that_is_named_twice_is_taken_once(floor: Any) -> None:
    ada = floor.hire("ada", presence="away")
    talk = floor.writes()
    done = floor.do("bulk.pick", ada, conversations=[talk, talk, str(talk)])
    assert (done.done, done.refused) == ((talk,), ())
    assert floor.do("undo.what", ada).what == f"took {floor.talk(talk).name}"


def test_supervisors_give_to_anybody_and_agents_to_themselves(floor: Any) -> None:
    ada, bo = floor.hire("ada", presence="away"), floor.hire("bo", presence="away")
    talks = some(floor, 3)
    refusal = floor.refused("bulk.assign", ada, conversations=talks, agent="bo")
    assert refusal.code == "permission.denied"
    floor.do("bulk.assign", ada, conversations=talks[:2], agent="ada")
    assert floor.person(ada).used == 30
    floor.do("bulk.assign", ADMINISTRATOR, conversations=talks, agent="bo")
    assert (floor.person(ada).used, floor.person(bo).used) == (0, 45)
    assert floor.refused("bulk.pick", conversations=talks).code == "actor.not_an_agent"


def test_what_agents_hold_is_counted_as_one_by_one(floor: Any) -> None:
    ada, *others = (floor.hire(name, presence="away") for name in "ada bo cy di ed flo gus".split())
    talks = [floor.serves(other, address=f"d{n}") for n, other in enumerate(others)]
    talks += [floor.writes(address=f"e{n}") for n in range(4)]
    theirs = floor.serves(ada, address="mine")
    given_ = [*talks[:3], theirs, *talks[3:]]
    done = floor.do("bulk.assign", conversations=given_, agent=ada.id, anyway=True)
    assert [refusal.conversation for refusal in done.refused] == [theirs]
    assert [floor.person(other).used for other in others] == [0] * 6
    assert floor.person(ada).used == 11 * 25
    joined = [
        [m.text for m in floor.do("conversation.messages", conversation=t) if "joined" in m.text]
        for t in talks
    ]
    assert [lines[-1] for lines in joined] == [
        f"Ada Test joined{f', {over} over capacity' if over > 0 else ''}"
        for over in range(-50, 200, 25)
    ]
    floor.do("bulk.close", ada, conversations=talks[:5])
    assert floor.person(ada).used == 6 * 25


def test_nobody_is_rung_on_the_way(floor: Any, ada: Actor) -> None:
    """What is taken over from an agent frees them, but not for what is next in the list."""
    bo = floor.hire("bo", capacity=30)
    floor.do("queue.create", name="Billing")
    chidi = floor.hire("chidi", presence="away", queue="Billing")
    talks = [floor.serves(ada, channel="email", address=f"a{n}@b.no") for n in range(3)]
    seq = floor.desk.last_seq()
    floor.do("bulk.transfer", ada, conversations=talks, to_queue="General", note="later")
    offered = [entry.conversation_id for entry in floor.entries(seq, "conversation.offered")]
    assert floor.ringing(bo) == offered == talks[:2]
    assert not floor.entries(seq, "conversation.offer_withdrawn")
    floor.do("undo.last", ada)
    done = floor.do("bulk.transfer", ada, conversations=talks, to_queue="Billing")
    assert (done.done, done.refused) == (tuple(talks), ())
    assert (floor.ringing(bo), floor.ringing(chidi)) == ([], [])
    floor.do("agent.set_presence", chidi, presence="available")
    assert floor.ringing(chidi) == talks


def test_undo_takes_back_what_it_can_and_names_the_rest(floor: Any) -> None:
    ada, bo = floor.hire("ada", presence="away"), floor.hire("bo", presence="away")
    talks = some(floor, 3)
    floor.do("bulk.snooze", ada, conversations=talks, until="2h")
    before = rows(floor, talks[:1])
    floor.do("conversation.unsnooze", bo, conversation=talks[0])
    floor.do("conversation.pick", bo, conversation=talks[0])
    now = rows(floor, talks[:1])
    assert now != before
    told = floor.do("undo.what", ada)
    assert (told.why_not, told.left, told.conversations) == ("", (talks[0],), tuple(talks[1:]))
    undone = floor.do("undo.last", ada)
    assert undone == told
    name = floor.talk(talks[0]).name
    assert undone.why_left.startswith("1 of 3 does not change: ")
    assert name in undone.why_left
    assert rows(floor, talks[:1]) == now
    assert {floor.talk(talk).state for talk in talks[1:]} == {S.OPEN}
    assert floor.refused("undo.last", ada).code == "undo.nothing"


def test_undo_is_refused_when_something_followed_from_all(floor: Any) -> None:
    ada, bo = floor.hire("ada", presence="away"), floor.hire("bo", presence="away")
    talks = some(floor, 5)
    floor.do("bulk.set_priority", ada, conversations=talks, priority=2)
    floor.do("bulk.set_priority", bo, conversations=talks, priority=3)
    refusal = floor.refused("undo.last", ada)
    assert refusal.code == "undo.changed"
    assert "and 2 more" in refusal.message
    floor.do("undo.last", bo)
    floor.do("undo.last", ada)
    assert {floor.talk(talk).priority for talk in talks} == {0}


def test_what_was_left_has_happened_for_older_undos(floor: Any) -> None:
    """A part of a bulk verb that was not taken back still stands in the way of what came before."""
    ada, bo = floor.hire("ada", presence="away"), floor.hire("bo", presence="away")
    one, other = some(floor, 2)
    floor.do("conversation.snooze", bo, conversation=one, until="1h")
    floor.do("conversation.unsnooze", bo, conversation=one)
    floor.do("bulk.close", ada, conversations=[one, other])
    floor.writes("again", channel="email", address="a0@example.com")
    undone = floor.do("undo.last", ada)
    assert (undone.conversations, undone.left) == ((other,), (one,))
    assert floor.refused("undo.last", bo).code == "undo.changed"
    assert floor.talk(one).state is S.CLOSED


def test_a_label_is_told_and_does_not_keep_a_closing_from_being_taken_back(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada, channel="email")
    floor.do("conversation.close", ada, conversation=talk)
    seq = floor.desk.last_seq()
    floor.do("conversation.label", conversation=talk, add=["vip"])
    floor.do("conversation.label", conversation=talk, add=["VIP"])
    (told,) = floor.entries(seq, "conversation.labelled")
    assert told.payload == {"added": ["vip"], "removed": []}
    floor.do("undo.last", ada)
    assert (floor.talk(talk).state, floor.talk(talk).labels) == (S.ACTIVE, ("vip",))


def standing(floor: Any, people: tuple[Actor, Actor], state: str, **given_: Any) -> int:
    """A conversation that is open, the first one's, the other's, waiting or ended."""
    mine, theirs = people
    talk: int = floor.writes(**given_)
    if state != "open":
        who = theirs if state == "theirs" else mine
        floor.do("conversation.pick", who, conversation=talk, anyway=True)
    if state in ("waiting", "ended"):
        verb = "close" if state == "waiting" else "end"
        floor.do(f"conversation.{verb}", mine, conversation=talk)
    return talk


STATES = st.lists(st.sampled_from(["open", "mine", "theirs", "waiting", "ended"]), max_size=6)


@settings(max_examples=share(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    states=STATES,
    verb=st.sampled_from([*VERBS]),
    live=st.booleans(),
    unknown=st.booleans(),
    there=st.booleans(),
)
def test_undo_brings_everything_back_and_nothing_is_half_done(
    one_floor: Any, states: list[str], verb: str, live: bool, unknown: bool, there: bool
) -> None:
    floor = one_floor
    turn = floor.desk.last_seq()
    floor.desk.attempt("queue.create", ADMINISTRATOR, name="Billing")
    ada = floor.hire(f"ada{turn}", capacity=40, presence="away")
    bo = floor.hire(f"bo{turn}", presence="away", queue="Billing")
    channel = "chat" if live else "email"
    talks = [
        standing(floor, (ada, bo), state, channel=channel, address=f"t{turn}n{number}@example.com")
        for number, state in enumerate(states)
    ]
    if there:
        floor.do("agent.set_presence", ada, presence="available")
    before, seq = rows(floor, talks), floor.desk.last_seq()
    given_ = [*talks, *([10**6] if unknown else [])]
    done = floor.desk.attempt(f"bulk.{verb}", ada, conversations=given_, **VERBS[verb])
    if not hasattr(done, "done"):
        assert floor.desk.last_seq() == seq
        assert rows(floor, talks) == before
    else:
        stays = {refused.conversation for refused in done.refused}
        assert {*done.done} | stays == {*given_}
        assert not {*done.done} & stays
        for talk, was in zip(talks, before, strict=True):
            if talk in stays:
                assert kept.columns(floor.desk.store, talk) == was
        newest = kept.newest(floor.desk.store, ada.id)
        if newest is not None and newest.begun >= seq:
            floor.do("undo.last", ada)
        assert rows(floor, talks) == before
    for actor in (ada, bo):
        floor.do("agent.set_presence", actor, presence="offline")
        for talk in talks:
            floor.desk.attempt("supervisor.force_close", ADMINISTRATOR, conversation=talk)
    assert {floor.person(actor).used for actor in (ada, bo)} == {0}


def test_all_or_none_asks_before_anything_is_done_and_is_one_undo(floor: Any) -> None:
    ada = floor.hire("ada", capacity=30, presence="away")
    talks = [floor.writes(address=f"b{n}") for n in range(3)]
    refusal = floor.refused("bulk.pick", ada, conversations=talks, all_or_none=True)
    assert refusal.code == "capacity.some_beyond"
    assert refusal.message.startswith(
        "2 of 3 would go beyond capacity. You would go beyond your capacity"
    )
    floor.do("bulk.pick", ada, conversations=talks, all_or_none=True, anyway=True)
    assert floor.person(ada).used == 75
    floor.do("undo.last", ada)
    assert floor.person(ada).used == 0
    assert floor.refused("undo.last", ada).code == "undo.nothing"


def test_all_or_none_takes_what_fits_as_a_whole(floor: Any) -> None:
    ada = floor.hire("ada", capacity=50, presence="away")
    talks = [floor.writes(address=f"b{n}") for n in range(2)]
    done = floor.do("bulk.pick", ada, conversations=talks, all_or_none=True)
    assert (len(done.done), done.refused) == (2, ())
