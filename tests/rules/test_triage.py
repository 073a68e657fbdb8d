from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.triage import Condition, Vocabulary
from omnitui.rules.triage import (
    FIELDS,
    FilterError,
    choices,
    completed,
    parse,
    timed,
    toggled_closed,
    with_closed,
)

KNOWN = Vocabulary(
    channels={"chat": "Chat", "email": "E-mail", "sms": "SMS"},
    queues=("Internet", "Billing", "Mobile & TV", "Bill"),
    agents={"ada": "Ada Byron", "bo": "Bo Lindqvist", "bobby": "Bobby Ray"},
    skills=("router", "Spanish"),
    labels=("vip", "øl"),
)
MINUTE = 60_000


@pytest.mark.parametrize(
    ("written", "conditions"),
    [
        ("", []),
        ("   ", []),
        ("router", [Condition("", ("router",))]),
        ('"amber light"', [Condition("", ("amber light",))]),
        ("20:14", [Condition("", ("20:14",))]),
        ("-router", [Condition("", ("router",), turned=True)]),
        ("-", []),
        ("is:", []),
        ("is:open", [Condition("is", ("open",))]),
        ("IS:Open", [Condition("is", ("open",))]),
        ("is:un", [Condition("is", ("unread", "unassigned"))]),
        ("-is:wrap", [Condition("is", ("wrap-up",), turned=True)]),
        ("channel:e", [Condition("channel", ("email",))]),
        ("channel:e-m", [Condition("channel", ("email",))]),
        ("queue:int", [Condition("queue", ("Internet",))]),
        ("queue:bil", [Condition("queue", ("Billing", "Bill"))]),
        ("queue:bill", [Condition("queue", ("Bill",))]),
        ('queue:"mobile & tv"', [Condition("queue", ("Mobile & TV",))]),
        ('queue:"mobile &', [Condition("queue", ("Mobile & TV",))]),
        ("agent:bo", [Condition("agent", ("bo",))]),
        ("agent:lind", [Condition("agent", ("bo",))]),
        ("agent:me", [Condition("agent", ("me",))]),
        ("agent:nob", [Condition("agent", ("nobody",))]),
        ("skill:span", [Condition("skill", ("Spanish",))]),
        ("label:ØL", [Condition("label", ("øl",))]),
        ("sentiment:neg", [Condition("sentiment", ("negative",))]),
        ("sla:<10m", [Condition("sla", more=False, number=10 * MINUTE)]),
        ("sla:10m", [Condition("sla", more=False, number=10 * MINUTE)]),
        ("sla:>1h", [Condition("sla", more=True, number=60 * MINUTE)]),
        ("sla:late", [Condition("sla", ("late",))]),
        ("waiting:>5m", [Condition("waiting", more=True, number=5 * MINUTE)]),
        ("waiting:5m", [Condition("waiting", more=True, number=5 * MINUTE)]),
        ("waiting:<90s", [Condition("waiting", more=False, number=90_000)]),
        ("priority:2", [Condition("priority", ("2",))]),
        ("priority:>0", [Condition("priority", more=True, number=1)]),
        ("priority:<-1", [Condition("priority", more=False, number=-1)]),
        (
            "is:open router channel:c",
            [
                Condition("is", ("open",)),
                Condition("", ("router",)),
                Condition("channel", ("chat",)),
            ],
        ),
    ],
)
def test_what_is_written_is_understood(written: str, conditions: list[Condition]) -> None:
    assert list(parse(written, KNOWN)) == conditions


@pytest.mark.parametrize(
    ("written", "sentence", "hint"),
    [
        ("colour:red", "There is no field “colour”.", "is, channel, sla"),
        ("queue:x", "There is no “queue:x”.", "There are Internet, Billing, Mobile & TV, Bill."),
        ("is:purple", "There is no “is:purple”.", "open, active"),
        ("agent:zoe", "There is no “agent:zoe”.", "ada, bo, bobby, me, nobody"),
        ("waiting:>5", "“>5” is not a length of time.", "Write waiting:>5m"),
        ("sla:<", "“<” is not a length of time.", "Write sla:>5m"),
        ("priority:high", "“high” is not a priority.", "priority:>0"),
        ("priority:1e9", "“1e9” is not a priority.", ""),
        ("x" * 501, "The filter is too long.", "500"),
    ],
)
def test_what_is_not_there_is_named_with_what_there_is(
    written: str, sentence: str, hint: str
) -> None:
    with pytest.raises(FilterError) as raised:
        parse(written, KNOWN)
    assert raised.value.sentence == sentence
    assert hint in raised.value.hint


def test_a_desk_without_skills_says_so() -> None:
    with pytest.raises(FilterError, match="There is no skill yet"):
        parse("skill:router", Vocabulary())


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_s_example_can_be_written(field: object) -> None:
    assert len(parse(field.example, KNOWN)) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("", None),
        ("q", "queue:"),
        ("is:open s", "is:open sla:"),
        ("-ch", "-channel:"),
        ("queue:", None),
        ("queue:b", "queue:Billing"),
        ("queue:mob", 'queue:"Mobile & TV"'),
        ('queue:"mobile &', 'queue:"Mobile & TV"'),
        ("agent:l", "agent:bo"),
        ("x -is:wr", "x -is:wrap-up"),
        ("is:open ", None),
        ("waiting:>5", "waiting:>5m"),
        ("zzz", None),
        ("colour:r", None),
    ],
)
def test_the_last_part_is_completed(written: str, whole: str | None) -> None:
    assert completed(written, KNOWN) == whole


@pytest.mark.parametrize(
    ("written", "words", "line"),
    [
        ("", "is: channel: sla: sentiment: queue: skill: waiting: agent: label: priority:", "is:"),
        ("is:open ", "is: channel: sla: sentiment:", "is:open is:"),
        ("-", "is:", "-is:"),
        ("s", "sla: sentiment: skill:", "sla:"),
        ("is:open -s", "sla:", "is:open -sla:"),
        ("queue:", "Internet Billing", "queue:Internet"),
        ("queue:b", "Billing Bill", "queue:Billing"),
        ("queue:m", "Mobile & TV", 'queue:"Mobile & TV"'),
        ("sla:", "late near paused none <5m <10m <1h", "sla:late"),
        ("sla:<", "<5m <10m <1h", "sla:<5m"),
        ("waiting:", ">2m >5m >15m >1h <2m", "waiting:>2m"),
        ("agent:lind", "bo", "agent:bo"),
        ("colour:r", "", ""),
        ("router", "", ""),
        ('"', "", ""),
    ],
)
def test_what_the_last_part_can_become_is_listed(written: str, words: str, line: str) -> None:
    found = choices(written, KNOWN)
    assert " ".join(choice.word for choice in found).startswith(words)
    assert (found[0].line if found else "") == line


@pytest.mark.parametrize("begun", ["", *(f.name[:2] for f in FIELDS)])
def test_every_choice_is_understood(begun: str) -> None:
    for field in choices(begun, KNOWN):
        for value in choices(field.line, KNOWN):
            assert parse(value.line, KNOWN)
            assert parse(f"{value.line} {value.line}", KNOWN)


@given(st.text(max_size=80))
def test_anything_can_be_typed(written: str) -> None:
    completed(written, KNOWN)
    with suppress(FilterError):
        assert all(c.values or c.more is not None for c in parse(written, KNOWN))


@given(st.text(max_size=30), st.sampled_from([f.name for f in FIELDS]))
def test_what_is_completed_is_understood(value: str, field: str) -> None:
    # Behind a space another part would begin, and this one stay as it was written.
    whole = completed(f"{field}:{''.join(value.split())}", KNOWN)
    if whole is not None:
        assert parse(whole, KNOWN)


@pytest.mark.parametrize(
    ("written", "changes"),
    [("sla:late", True), ("waiting:>5m", True), ("is:late", True), ("is:open router", False)],
)
def test_some_filters_change_with_time(written: str, changes: bool) -> None:
    assert timed(parse(written, KNOWN)) is changes


@pytest.mark.parametrize(
    ("written", "closed"),
    [
        ("", False),
        ("is:open", False),
        ("is:closed", True),
        ("is:clo", True),
        ("is:any", True),
        ("IS:ANY router", True),
        ("is:a", False),
        ("-is:closed", False),
        ("closed", False),
    ],
)
def test_closed_ones_are_listed_where_they_are_asked_for(written: str, closed: bool) -> None:
    assert with_closed(parse(written, KNOWN)) is closed


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("", "is:any"),
        ("router", "is:any router"),
        ('queue:"mobile & tv" -is:closed', 'is:any queue:"mobile & tv" -is:closed'),
        ("is:any", ""),
        ("is:any router", "router"),
        ("is:closed router", "router"),
        ("router is:ANY label:vip", "router label:vip"),
    ],
)
def test_closed_ones_come_and_go_and_the_rest_of_the_filter_stays(written: str, after: str) -> None:
    assert toggled_closed(written) == after
    assert with_closed(parse(after, KNOWN)) is not with_closed(parse(written, KNOWN))


@given(st.lists(st.sampled_from(["is:any", "router", "is:closed", "-is:open", "x y", "is:"])))
def test_turning_closed_ones_on_and_off_again_leaves_none(parts: list[str]) -> None:
    written = " ".join(parts)
    once = toggled_closed(written)
    twice = toggled_closed(once)
    assert with_closed(parse(once, KNOWN)) is not with_closed(parse(written, KNOWN))
    assert with_closed(parse(twice, KNOWN)) is with_closed(parse(written, KNOWN))
