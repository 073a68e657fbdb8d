"""When something was said, and what came without words."""

from typing import Any

import pytest

from omnitui.model.channel import Threading
from omnitui.rules.arriving import EARLIEST, attached, belongs, said_at, subject_of

NOW = 1_772_442_000_000


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, NOW),
        (NOW + 1, NOW),
        (253_370_764_800_000, NOW),
        (NOW - 60_000, NOW - 60_000),
        (EARLIEST, EARLIEST),
        (EARLIEST - 1, NOW),
        (0, NOW),
        (-62_135_596_800_000, NOW),
    ],
)
def test_a_clock_is_believed_where_it_can_be_right(at: int | None, said: int) -> None:
    assert said_at(at, NOW) == said


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ({}, ""),
        ({"attachments": []}, ""),
        ({"attachments": 5}, ""),
        ({"attachments": ["photo.jpg"]}, "photo.jpg"),
        ({"attachments": "photo.jpg"}, "photo.jpg"),
        ({"attachments": ["a.pdf", "b.pdf", "c.pdf"]}, "a.pdf, b.pdf and c.pdf"),
        ({"attachments": [{"filename": "scan.pdf", "type": "application/pdf"}]}, "scan.pdf"),
        ({"attachments": [{"type": "image/png"}]}, "a picture"),
        ({"attachments": {"type": "voice"}}, "a voice message"),
        ({"attachments": [{"type": "application/zip"}]}, "a file (application/zip)"),
        ({"attachments": [{"size": 3}]}, "a file"),
        ({"attachments": [f"{n}.txt" for n in range(9)]}, None),
    ],
)
def test_what_came_is_said(context: dict[str, Any], words: str | None) -> None:
    found = attached(context)
    assert found == words if words is not None else found.endswith("4.txt and 4 more")


@pytest.mark.parametrize(
    ("written", "about"),
    [
        ("Bill", "bill"),
        ("Re: Bill", "bill"),
        ("RE: AW: Fwd: bill", "bill"),
        ("SV: VS:  Bill ", "bill"),
        ("Re[2]: Bill", "bill"),
        ("Re:Bill", "bill"),
        ("Reminder: Bill", "reminder: bill"),
        ("Bill re: March", "bill re: march"),
        ("Re:", ""),
        ("", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_answers_are_about_what_they_answer(written: Any, about: str) -> None:
    assert subject_of(written) == about


@pytest.mark.parametrize(
    ("threading", "context", "about", "begun", "together"),
    [
        (Threading.RUNNING, {"subject": "A", "call_id": "1"}, "B", {"call_id": "2"}, True),
        (Threading.SUBJECT, {"subject": "Re: A"}, "a", {}, True),
        (Threading.SUBJECT, {"subject": "B"}, "A", {}, False),
        (Threading.SUBJECT, {}, "A", {}, True),
        (Threading.SUBJECT, {"subject": "A"}, "", {}, True),
        (Threading.CONTACT, {"call_id": "1"}, "", {"call_id": "1"}, True),
        (Threading.CONTACT, {"session_id": 1}, "", {"session_id": "1"}, True),
        (Threading.CONTACT, {"call_id": "1"}, "", {"call_id": "2"}, False),
        (Threading.CONTACT, {}, "A", {}, False),
        (Threading.CONTACT, {"subject": "A"}, "A", {"call_id": "2"}, False),
    ],
)
def test_what_belongs_together_is_the_channel_s_to_say(
    threading: Threading, context: Any, about: str, begun: Any, together: bool
) -> None:
    assert belongs(threading, context, about, begun) is together
