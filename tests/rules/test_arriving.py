"""When something was said, and what came without words."""

from typing import Any

import pytest

from omnitui.rules.arriving import EARLIEST, attached, said_at

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
