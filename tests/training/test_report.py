import pytest

from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.ids import ConversationId
from omnitui.model.sentiment import Sentiment
from omnitui.training import report


def row(**given: object) -> Conversation:
    values: dict[str, object] = {
        "id": ConversationId(1),
        "channel": "chat",
        "state": ConversationState.CLOSED,
        "name": "x",
        "address": "x",
        "created_at": 0,
        **given,
    }
    return Conversation(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([7.0], 0.9, 7.0),
        ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0),
        ([5.0, 1.0, 3.0], 0.5, 3.0),
        ([float(n) for n in range(1, 11)], 0.9, 9.0),
        ([float(n) for n in range(1, 12)], 0.9, 10.0),
    ],
)
def test_a_quantile_is_a_value_that_occurred(
    values: list[float], share: float, expected: float | None
) -> None:
    assert report.quantile(values, share) == expected


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, "–"), (0, "0:00"), (59.6, "1:00"), (245, "4:05"), (3_600, "1:00:00")],
)
def test_times_are_shown_as_people_write_them(seconds: float | None, shown: str) -> None:
    assert report.clock(seconds) == shown


def test_times_are_taken_from_the_row() -> None:
    rows = [
        row(first_reply_at=30_000, accepted_at=5_000, closed_at=65_000),
        row(created_at=10_000, first_reply_at=20_000, accepted_at=12_000),
        row(),
    ]
    assert report.first_responses(rows) == [30.0, 10.0]
    assert report.handle_times(rows) == [60.0]
    figures = report.group("chat", rows)
    assert (figures.conversations, figures.answered) == (3, 2)


def test_sentiments_and_states_are_counted() -> None:
    rows = [row(sentiment=Sentiment.POSITIVE), row(state=ConversationState.WRAP_UP)]
    assert report.sentiments(rows)["positive"] == 1
    assert next(iter(report.sentiments(rows))) == "very positive"
    assert "not scored" not in report.sentiments(rows)
    unknown = report.sentiments([*rows, row(sentiment_scored=False)])
    assert (unknown["not scored"], unknown["neutral"]) == (1, 1)
    assert report.still_open(rows) == {"wrap-up": 1}
