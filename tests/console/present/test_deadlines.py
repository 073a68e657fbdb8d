"""Deadlines as signs and words: each is told apart without its colour."""

import pytest

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present import deadlines
from omnitui.console.present.frame.tabs import TabView, tab_line
from omnitui.console.present.home.rows import HomeRow, home_row
from omnitui.console.present.session import session_header
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.ids import ConversationId
from omnitui.model.sentiment import Sentiment
from omnitui.model.sla import Kpi, Standing, Subject

MINUTE = 60_000
NOW = 1_772_442_000_000


def talk(status: str = "", warn: int | None = None, fail: int | None = None) -> Conversation:
    return Conversation(
        ConversationId(1),
        "chat",
        ConversationState.ACTIVE,
        "Kiana Anderson",
        "dev-1",
        NOW,
        sla_status=status,
        sla_warn_at=warn,
        sla_fail_at=fail,
    )


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (talk(), ""),
        (talk("paused"), "SLA paused"),
        (talk("in_progress", NOW + MINUTE, NOW + 4 * MINUTE), "due 4:00"),
        (talk("in_progress", NOW, NOW + 4 * MINUTE), "◔ due 4:00"),
        (talk("in_progress", NOW - 1, NOW + 500), "◔ due 0:01"),
        (talk("nearing", NOW - MINUTE, NOW), "! late 0:00"),
        (talk("breached", NOW - 90 * MINUTE, NOW - 72 * MINUTE), "! late 1h12"),
        (talk("in_progress", NOW + MINUTE, NOW + 50 * 60 * MINUTE), "due 2d"),
    ],
)
def test_the_next_deadline_is_told_in_words(item: Conversation, words: str) -> None:
    assert deadlines.deadline(item, UNICODE, NOW).plain == words
    header = session_header(item, None, 120, UNICODE, NOW).plain
    assert words in header


def test_ascii_has_its_own_signs() -> None:
    near = talk("nearing", NOW - 1, NOW + MINUTE)
    assert deadlines.deadline(near, ASCII, NOW).plain == "~ due 1:00"


@pytest.mark.parametrize(
    ("warn", "fail", "shown"),
    [
        (None, None, ""),
        (NOW + 1, NOW + MINUTE, ""),
        (NOW, NOW + MINUTE, "◔1:00"),
        (NOW - MINUTE, NOW - 12_000, "!-0:12"),
    ],
)
def test_a_tab_shows_what_presses(warn: int | None, fail: int | None, shown: str) -> None:
    assert deadlines.pressing(warn, fail, UNICODE, NOW).plain == shown
    tab = TabView("Kiana Anderson", "◆", Sentiment.NEUTRAL, warn_at=warn, due_at=fail)
    line = tab_line([tab], 0, 80, UNICODE, NOW)[0].plain
    assert shown in line
    assert ("!" in line, "◔" in line) == ("!" in shown, "◔" in shown)


def test_tabs_in_little_room_keep_the_sign() -> None:
    late = TabView("Kiana Anderson", "◆", warn_at=NOW - 2, due_at=NOW - 1, needs_you=True)
    line = tab_line([late] * 9, 0, 80, UNICODE, NOW)[0]
    assert line.plain.count("!") >= 9
    assert line.cell_length == 80


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        ({"due_at": NOW + 4 * MINUTE, "warn_at": NOW + MINUTE}, "4:00"),
        ({"due_at": NOW + 60 * MINUTE, "warn_at": NOW - 1}, "1h00"),
        ({"due_at": NOW + 59 * MINUTE, "warn_at": NOW - 1, "needs_you": True}, "◔59:00"),
        ({"due_at": NOW - 12_000, "warn_at": NOW - MINUTE}, "-0:12"),
        ({"held": True}, "paused"),
    ],
)
def test_a_row_has_its_deadline(given: dict[str, int | bool], cell: str) -> None:
    row = HomeRow(1, "Kiana", "◆", "Hello", Sentiment.NEUTRAL, "active", **given)  # type: ignore[arg-type]
    assert f" {cell} " in home_row(row, 120, UNICODE, now=NOW).plain


def test_a_row_is_near_from_its_warning_on() -> None:
    row = HomeRow(
        1,
        "Kiana",
        "◆",
        "Hello",
        Sentiment.NEUTRAL,
        "active",
        due_at=NOW + 60 * MINUTE,
        warn_at=NOW,
    )
    assert "◔" in home_row(row, 120, UNICODE, now=NOW).plain
    assert "◔" not in home_row(row, 120, UNICODE, now=NOW - 1).plain


def standing(status: str, left: int, **times: int) -> Standing:
    given = {"paused_at": None, "kept_at": None, "cancelled_at": None, **times}
    return Standing(
        "Live reply",
        Kpi.FIRST_RESPONSE,
        Subject.CONVERSATION,
        status,
        left,
        "",
        NOW - 10 * MINUTE,
        NOW - MINUTE,
        NOW + left,
        given["paused_at"],
        given["kept_at"],
        given["cancelled_at"],
    )


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        (standing("nearing", 4 * MINUTE), "◔ due 4:00"),
        (standing("breached", -12_000), "! late 0:12"),
        (standing("paused", 90 * MINUTE, paused_at=NOW), "paused, 1 h 30 min left"),
        (standing("breached", -MINUTE, paused_at=NOW), "! late 1:00"),
        (standing("succeeded", MINUTE, kept_at=NOW), "✓ met"),
        (standing("breached", -MINUTE, kept_at=NOW), "✗ met late"),
        (standing("cancelled", MINUTE, cancelled_at=NOW), "not applicable"),
        (standing("breached", -MINUTE, cancelled_at=NOW), "not met"),
    ],
)
@pytest.mark.parametrize("width", [24, 34, 60])
def test_every_promise_has_a_line(promise: Standing, said: str, width: int) -> None:
    lines = deadlines.target_lines([promise], width, UNICODE, NOW)
    assert len(lines) == (1 if len(f"Live reply  {said}") <= width else 2)
    assert lines[0].plain.startswith("Live reply")
    assert lines[-1].plain.endswith(said)
    assert {line.cell_length for line in lines} == {width}
