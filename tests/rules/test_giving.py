"""What of an article customers get: the form that fits a channel, and never an internal one."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.ids import ArticleId
from omnitui.model.knowledge import Article
from omnitui.rules import giving
from omnitui.rules.giving import Form
from omnitui.rules.limits import parts_of, too_long

SITE = "https://help.example.com"
BODY = """The light says what is wrong.

## Amber

1. Unplug it.
2. Wait.
3. Plug it in, and look again.
"""


def article(body: str = BODY, audience: str = "public", summary: str = "") -> Article:
    return Article(
        ArticleId(1), "router-lights", "Router lights", body, audience=audience, summary=summary
    )


def channel(longest: int = 0, segments: int = 0) -> Channel:
    return Channel(
        "x", "X", ChannelMode.LIVE, 10, False, "x", "x", 1, longest=longest, segments=segments
    )


PLAIN = """The light says what is wrong.

Amber:

1. Unplug it.
2. Wait.
3. Plug it in, and look again."""
LINK = f"{SITE}/router-lights"
SHORT = f"Router lights\nThe light says what is wrong.\n{LINK}"


@pytest.mark.parametrize(
    ("where", "form", "text", "got", "cut"),
    [
        (channel(), Form.FIT, PLAIN, Form.TEXT, False),
        (channel(), Form.LINK, f"Router lights: {LINK}", Form.LINK, False),
        (channel(), Form.SHORT, SHORT, Form.SHORT, True),
        (channel(longest=88), Form.TEXT, PLAIN, Form.TEXT, False),
        (channel(longest=88), Form.FIT, SHORT, Form.SHORT, True),
        (channel(segments=1), Form.FIT, SHORT, Form.SHORT, True),
        (channel(segments=10), Form.FIT, SHORT, Form.SHORT, True),
        (channel(longest=60), Form.FIT, f"Router lights: {LINK}", Form.LINK, True),
        (channel(longest=40), Form.FIT, LINK, Form.LINK, True),
    ],
)
def test_an_article_is_given_in_the_form_that_fits(
    where: Channel, form: Form, text: str, got: Form, cut: bool
) -> None:
    found = giving.given(article(), where, form, SITE)
    assert (found.text, found.form, found.cut) == (text, got, cut)


def test_an_authors_summary_is_the_short_version() -> None:
    found = giving.given(article(summary="Amber: restart it."), channel(segments=2), Form.FIT, SITE)
    assert found.text == f"Router lights\nAmber: restart it.\n{LINK}"


def test_without_a_help_site_there_is_no_link() -> None:
    assert giving.given(article(), channel(), Form.LINK, "").text == "Router lights"


@given(
    st.text(alphabet="ab .!?\nøé€😀#-*1", max_size=1_500),
    st.integers(60, 2_000),
    st.integers(0, 10),
)
def test_what_is_fitted_fits(body: str, longest: int, segments: int) -> None:
    where = channel(longest=longest, segments=segments)
    found = giving.given(article(body or "x"), where, Form.FIT, SITE)
    assert too_long(where, found.text) is None
    assert not segments or parts_of(found.text).count <= segments
    assert found.cut or found.text == giving.plain(body or "x")


@pytest.mark.parametrize(
    "text",
    [
        "https://help.example.com/internal-credit",
        "HTTPS://HELP.EXAMPLE.COM/Internal-Credit",
        "see help.example.com/internal-credit.",
        "(http://help.example.com/internal-credit)",
        "https://help.example.com/en/internal-credit?from=mail#top",
        "https://help.example.com/%69nternal-credit",
        "https://help.example.com/%2569nternal-credit",
        "https://help.example.com//internal-credit/",
        "https://help.example.com/lights and https://help.example.com/internal-credit",
        "[here](https://help.example.com/internal-credit)",
        "https://help.example.com:443/internal-credit",
        r"https://help.example.com\internal-credit",
    ],
)
def test_a_link_is_seen_however_it_is_written(text: str) -> None:
    assert "internal-credit" in giving.linked(text, SITE)


@pytest.mark.parametrize(
    "text", ["", "internal-credit", "https://example.com/internal-credit", "help.example.com"]
)
def test_what_is_no_link_to_the_help_site_is_none(text: str) -> None:
    assert giving.linked(text, SITE) == ()


def test_only_public_articles_may_be_given() -> None:
    assert giving.why_not_public(article()) is None
    refusal = giving.why_not_public(article(audience="internal"))
    assert refusal is not None
    assert refusal.message == "Router lights is internal and cannot be given to a customer."
