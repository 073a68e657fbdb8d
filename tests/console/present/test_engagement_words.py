"""What is known of a conversation before an agent had it, as lines."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.engagement import Group, engagement_groups, facts
from omnitui.model.engagement import Engagement, HandOver, Visit, VisitKind

NOW = 1_772_460_000_000  # Monday 2 March 2026, 14:00 UTC
LONG = "It drops every evening around eight and comes back by itself after some ten minutes."


def groups(about: Engagement, *unfolded: str, width: int = 40) -> dict[str, Group]:
    found = engagement_groups(about, unfolded, NOW, UTC, width, UNICODE)
    return {group.key: group for group in found}


def read(group: Group) -> list[str]:
    return [line.plain.rstrip() for line in group.lines]


def test_what_is_short_is_shown_as_it_is_and_nothing_folds() -> None:
    about = Engagement(
        answers=(("Since when?", "two weeks"),),
        device=(("browser", "Firefox 148"), ("os", "Linux")),
    )
    shown = groups(about)
    assert list(shown) == ["about:answers", "about:device"]
    assert read(shown["about:answers"]) == ["   pre-chat answers", "   Since when?  two weeks"]
    assert read(shown["about:device"]) == [
        "   device",
        "   browser  Firefox 148",
        "   os       Linux",
    ]
    assert not any(group.folds for group in shown.values())


def test_what_a_bot_passed_on_comes_first_with_who_it_was_and_why() -> None:
    handed = HandOver("Skerry", "asked for a person", "Tried twice.", (("last intent", "fault"),))
    shown = groups(Engagement(answers=(("a", "b"),), hand_over=handed))
    assert list(shown) == ["about:bot", "about:answers"]
    assert read(shown["about:bot"]) == [
        "   Skerry: hand-over",
        "   reason       asked for a person",
        "   summary      Tried twice.",
        "   last intent  fault",
    ]
    assert read(groups(Engagement(hand_over=HandOver()))["about:bot"]) == ["   the bot: hand-over"]


def test_long_values_are_cut_and_read_in_whole_when_unfolded() -> None:
    about = Engagement(answers=(("What is it about, in your words?", LONG),))
    folded = groups(about)["about:answers"]
    assert folded.folds
    assert read(folded) == [
        "   pre-chat answers                more",
        "   What is it ab…  It drops every",
        "                   evening around eigh…",
    ]
    whole = read(groups(about, "about:answers")["about:answers"])
    assert whole[0].endswith("less")
    assert whole[1] == "   What is it about, in your words?"
    assert " ".join(line.strip() for line in whole[2:]) == LONG


def test_visits_tell_what_was_done_and_when_the_newest_ones_first() -> None:
    visits = tuple(Visit(VisitKind.PAGE, f"Page {n}", NOW - n * 60_000) for n in range(8))
    folded = groups(Engagement(visits=visits))["about:visits"]
    assert (folded.folds, len(folded.lines)) == (True, 7)
    assert read(folded)[1] == "   saw  Page 0                    14:00"
    whole = groups(Engagement(visits=visits), "about:visits")["about:visits"]
    assert (whole.folds, len(whole.lines)) == (True, 9)
    kinds = tuple(Visit(kind, "x") for kind in VisitKind)
    said = [line.split()[0] for line in read(groups(Engagement(visits=kinds))["about:visits"])[1:]]
    assert said == ["saw", "searched", "read", "did"]


def test_what_has_a_line_of_its_own_is_not_told_twice() -> None:
    own = Engagement(variables=(("queue", "Billing"), ("subject", "x"), ("name", "y")))
    assert groups(own) == {}
    more = Engagement(variables=(("queue", "Billing"), ("plan", "Fibre")))
    assert read(groups(more)["about:variables"]) == ["   other details", "   plan  Fibre"]


def test_facts_say_what_was_asked_and_whether_they_are_signed_in() -> None:
    assert facts(Engagement(asked="a fault", signed_in=True)) == (
        ("topic", "a fault"),
        ("signed in", "yes"),
    )
    assert dict(facts(Engagement(signed_in=False)))["signed in"] == "no"
    assert dict(facts(Engagement()))["signed in"] == ""


PAIRS = st.lists(st.tuples(st.text(max_size=30), st.text(max_size=120)), max_size=4).map(tuple)
VISITS = st.lists(
    st.builds(
        Visit,
        st.sampled_from(VisitKind),
        st.text(max_size=80),
        st.none() | st.integers(0, NOW),
    ),
    max_size=9,
).map(tuple)
ABOUT = st.builds(
    Engagement,
    answers=PAIRS,
    device=PAIRS,
    visits=VISITS,
    variables=PAIRS,
    hand_over=st.none() | st.builds(HandOver, st.text(), st.text(), st.text(), PAIRS),
)


@given(ABOUT, st.integers(30, 60), st.booleans(), st.booleans())
def test_no_line_is_wider_than_there_is_room(
    about: Engagement, width: int, whole: bool, plain: bool
) -> None:
    keys = [f"about:{name}" for name in "bot answers device visits variables".split()]
    glyphs = ASCII if plain else UNICODE
    for group in engagement_groups(about, keys if whole else (), NOW, UTC, width, glyphs):
        assert all(cell_len(line.plain) <= width for line in group.lines), group


def test_no_title_stands_over_nothing() -> None:
    about = Engagement(
        hand_over=HandOver(by="Skerry assistant"),
        answers=(("Since when?", ""),),
        device=(("browser", ""), ("os", " ")),
        visits=(Visit(VisitKind.PAGE, ""),),
        variables=(("plan", ""),),
    )
    shown = groups(about)
    assert list(shown) == ["about:bot"]
    assert read(shown["about:bot"]) == ["   Skerry assistant: hand-over"]
