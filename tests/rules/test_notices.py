import pytest

from omnitui.model.ids import NoticeId
from omnitui.model.notice import Notice, Occasion
from omnitui.rules.notices import LONGEST, choose, unfit


def notice(key: int, language: str, *channels: str) -> Notice:
    return Notice(NoticeId(key), Occasion.DECLINED, language, "text", channels)


WRITTEN = [
    notice(1, "en"),
    notice(2, "nb"),
    notice(3, "en", "chat", "sms"),
    notice(4, "de", "chat"),
]


@pytest.mark.parametrize(
    ("channel", "language", "key"),
    [
        ("email", "en", 1),
        ("email", "nb", 2),
        ("email", "nb-NO", 2),
        ("email", "NB", 2),
        ("email", "fr", 1),
        ("email", "", 1),
        ("chat", "en", 3),
        ("sms", "fr", 3),
        ("chat", "de-AT", 4),
        ("chat", "nb", 2),
    ],
)
def test_the_language_goes_before_the_channel(channel: str, language: str, key: int) -> None:
    found = choose(WRITTEN, channel, language)
    assert found is not None
    assert found.id == key


def test_nothing_is_said_where_nothing_fits() -> None:
    assert choose([notice(1, "nb"), notice(2, "en", "chat")], "email", "fr") is None
    assert choose([], "email", "en") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We are coming, {customer.first_name}.", None),
        ("", "it is empty"),
        ("  \n", "it is empty"),
        ("Back in {?minutes} minutes", "nobody can fill in {?minutes}"),
        ("Dear {customer.shoe_size}", "shoe_size"),
        ("x" * (LONGEST + 1), f"{LONGEST + 1} characters"),
    ],
)
def test_a_text_that_cannot_be_sent_is_told(text: str, said: str | None) -> None:
    found = unfit(text)
    assert bool(found) == (said is not None)
    assert said is None or any(said in one for one in found)
