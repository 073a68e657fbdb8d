"""Whoever has a customer who sounds bad is told, once a conversation, from a level that is set."""

from typing import Any

import pytest

BAD = "This is terrible, I hate it, the worst service ever, I am furious!"
FINE = "Thank you so much, that is wonderful, I love it, great help!"


def told(floor: Any) -> list[Any]:
    return [entry.payload for entry in floor.entries(kind="conversation.upset")]


def test_a_customer_who_sounds_bad_is_told_of_once(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.serves(ada, text="Hello")
    assert told(floor) == []
    for _ in range(2):
        for text in (BAD, BAD, BAD, FINE, FINE, FINE, FINE, FINE, FINE):
            floor.writes(text)
    (once,) = told(floor)
    assert (once["agent"], once["name"]) == (ada.id, floor.talk(talk).name)
    assert once["level"] <= -2
    floor.writes(BAD, address="dev-2")
    assert len(told(floor)) == 2


@pytest.mark.parametrize(("level", "times"), [("-4", 0), ("-1", 1)])
def test_from_which_level_is_a_setting(floor: Any, level: str, times: int) -> None:
    floor.do("settings.set", key="sentiment_alert", value=level)
    floor.writes(BAD)
    assert len(told(floor)) == times


def test_a_level_that_means_nothing_is_refused(floor: Any) -> None:
    for level in ("0", "-5"):
        refusal = floor.refused("settings.set", key="sentiment_alert", value=level)
        assert refusal.message == f"sentiment_alert must be a number from -4 to -1, not {level}."


def test_it_is_in_the_way_of_no_undo(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.serves(ada, text="Hello")
    floor.do("conversation.label", ada, conversation=talk, add=["vip"])
    floor.writes(BAD)
    floor.do("undo.last", ada)
    assert floor.talk(talk).labels == ()
