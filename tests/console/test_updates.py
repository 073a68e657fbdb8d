"""What other consoles and other agents have done, as it is told in passing."""

from typing import Any

import pytest

from omnitui.console.main.updates import news, settled, upset
from omnitui.model.actor import ActorKind
from omnitui.model.journal import Entry
from omnitui.rules.presence import LOST

ME, BO = 1, 2
RINGING = {7: "Kiana Anderson"}


def entry(kind: str, who: Any, *, agent: int = ME, conversation: int = 7) -> Entry:
    actor, key, name = who
    return Entry(
        1, 0, f"conversation.{kind}", actor, key, name, conversation, None, None, {"agent": agent}
    )


ADA = (ActorKind.AGENT, ME, "Ada Byron")
LIND = (ActorKind.AGENT, BO, "Bo Lindqvist")
KIANA = (ActorKind.CUSTOMER, ME, "Kiana Anderson")
CHIEF = (ActorKind.ADMINISTRATOR, 0, "administrator")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([entry("accepted", ADA)], ["You accepted Kiana Anderson in another console."]),
        ([entry("declined", ADA)], ["You declined Kiana Anderson in another console."]),
        ([entry("accepted", ADA, conversation=8)], []),
        ([entry("accepted", LIND, agent=BO)], []),
        ([entry("accepted", KIANA)], []),
        ([entry("offer_expired", ADA)], []),
        (
            [entry("offer_withdrawn", CHIEF), entry("assigned", CHIEF, agent=BO)],
            [
                "The offer of Kiana Anderson has ended:"
                " administrator has assigned Kiana Anderson to an agent."
            ],
        ),
        (
            [entry("offer_withdrawn", KIANA), entry("customer_left", KIANA)],
            ["The offer of Kiana Anderson has ended: Kiana Anderson has left."],
        ),
        (
            [entry("offer_withdrawn", LIND), entry("picked", LIND, agent=BO, conversation=8)],
            [
                "The offer of Kiana Anderson has ended:"
                " an offer was withdrawn before anybody answered it (Kiana Anderson)."
            ],
        ),
    ],
)
def test_where_an_offer_has_gone_is_said(entries: list[Entry], told: list[str]) -> None:
    assert list(settled(entries, RINGING, ME)) == told


@pytest.mark.parametrize(
    ("agent", "here", "all_of", "told"),
    [(ME, None, False, 1), (ME, 7, False, 0), (BO, None, False, 0), (BO, 3, True, 1)],
)
def test_who_sounds_bad_is_told_of_unless_they_are_in_front(
    agent: int, here: int | None, all_of: bool, told: int
) -> None:
    payload = {"agent": agent, "name": "Kiana Anderson", "label": "very negative"}
    heard = Entry(1, 0, "conversation.upset", *KIANA, 7, None, None, payload)
    said = ["Kiana Anderson sounds very negative."] * told
    assert list(upset([heard], ME, here, all_of=all_of)) == said


@pytest.mark.parametrize(
    ("agent", "reason", "told"), [(ME, LOST, 1), (BO, LOST, 0), (ME, "You left the console", 0)]
)
def test_who_was_lost_is_told_so_when_they_are_back(agent: int, reason: str, told: int) -> None:
    payload = {"agent": agent, "before": "busy", "after": "offline", "reason": reason}
    changed = Entry(
        1, 0, "agent.presence_changed", ActorKind.SYSTEM, 0, "system", None, None, None, payload
    )
    said = list(news([changed], ME, "g f"))
    assert len(said) == told
    assert all("You were Offline" in sentence for sentence in said)


def told(kind: str, actor_of: Any, /, **payload: Any) -> list[str]:
    actor, key, name = actor_of
    about = {"name": "Kiana Anderson", **payload}
    happened = Entry(1, 0, f"conversation.{kind}", actor, key, name, 7, None, None, about)
    return list(news([happened], ME, "g f"))


DECLINED = {"agent": BO, "by": ME, "who": "Bo Lindqvist", "how": "declined"}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            told("consulted", LIND, agent=BO, by=ME),
            ["Bo Lindqvist reads along with Kiana Anderson now."],
        ),
        (
            told("agent_added", LIND, agent=BO, by=ME),
            ["Bo Lindqvist answers Kiana Anderson too now."],
        ),
        (told("consulted", LIND, agent=BO, by=3), []),
        (told("consult_declined", LIND, **{**DECLINED, "by": 3}), []),
        (
            told("consult_declined", LIND, **DECLINED, reason="on lunch"),
            [
                "Bo Lindqvist declined: on lunch."
                " Nobody joins the conversation with Kiana Anderson.",
            ],
        ),
        (
            told("consult_declined", LIND, **DECLINED, queue="Billing", next="Elin Haugen"),
            [
                "Bo Lindqvist declined. Elin Haugen is asked next for Kiana Anderson.",
            ],
        ),
        (
            told("consult_declined", LIND, **DECLINED, queue="Billing"),
            [
                "Bo Lindqvist declined; no other member of Billing can be asked."
                " Nobody joins the conversation with Kiana Anderson.",
            ],
        ),
        (
            told("agent_gone", (ActorKind.SYSTEM, 0, "system"), agent=ME),
            [
                "Kiana Anderson went back to the queue while you were gone."
                " Your draft is kept as a note.",
            ],
        ),
        (told("agent_gone", (ActorKind.SYSTEM, 0, "system"), agent=BO), []),
    ],
)
def test_what_came_of_asking_and_of_going_is_said(entry: list[str], said: list[str]) -> None:
    assert entry == said


def test_who_is_asked_no_longer_hears_of_it() -> None:
    happened = entry("consult_withdrawn", LIND)
    assert list(settled([happened], RINGING, ME)) == ["The request about Kiana Anderson has ended."]


LOST_WORDS = {"agent": ME, "name": "Kim", "error": "No answer.", "message": 3}


@pytest.mark.parametrize(
    ("kind", "payload", "told"),
    [
        (
            "message.uncertain",
            LOST_WORDS,
            ["Your reply to Kim may have arrived or not: No answer. Decide in the session."],
        ),
        (
            "message.failed",
            {**LOST_WORDS, "final": True},
            ["Your reply to Kim did not arrive: No answer."],
        ),
        ("message.failed", {**LOST_WORDS, "final": False}, []),
        ("message.uncertain", {**LOST_WORDS, "agent": BO}, []),
        ("message.sent", {"message": 3}, []),
        (
            "message.uncertain",
            {"agent": ME},
            ["Your reply to somebody may have arrived or not. Decide in the session."],
        ),
    ],
)
def test_whoever_wrote_a_reply_hears_that_it_has_not_arrived(
    kind: str, payload: dict[str, Any], told: list[str]
) -> None:
    courier = (ActorKind.SYSTEM, 0, "courier")
    told_of = Entry(1, 0, kind, *courier, 7, None, None, payload)
    assert list(news([told_of], ME, "g f")) == told
