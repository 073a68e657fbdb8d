"""Links into other systems: what a template may be, and what fills it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.model.link import LinkTemplate
from omnitui.rules.links import LONGEST, SLOTS, fill, problems
from properties import share


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.example/{customer.name}",
        "http://localhost:8080/find?q={customer.name}&case={case.number}#top",
        "HTTPS://crm.example",
        "https://crm.example?q={context.order_id}",
        "https://[::1]/x",
    ],
)
def test_a_link_of_the_web_is_right(url: str) -> None:
    assert problems(url) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "it does not start with https:// or http://"),
        ("crm.example", "it does not start with https:// or http://"),
        ("javascript:alert(1)", "it does not start with https:// or http://"),
        ("file:///etc/passwd", "it does not start with https:// or http://"),
        ("javascript://x/%0aalert(1)", "it does not start with https:// or http://"),
        ("https://", "it has no host, such as crm.example.com"),
        ("https:///path", "it has no host, such as crm.example.com"),
        ("https://crm.example:port/", "it has no host, such as crm.example.com"),
        ("https://{customer.company}.example/", "in the host's name"),
        (
            "https://ada:secret@crm.example/",
            "it has a user name or a password; the browser has those",
        ),
        ("https://crm.example/a b", "blanks"),
        ("https://crm.example/\x1b[2J", "blanks or invisible"),
        ("https://crm.example/{customer.shoe}", "there is no slot {customer.shoe}"),
        ("https://crm.example/{?date}", "a link cannot ask"),
        ("https://crm.example/{customer.name", "a brace without a partner"),
        ("https://crm.example/" + "x" * LONGEST, "longer than"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(url: str, said: str) -> None:
    assert any(said in problem for problem in problems(url))


def test_what_is_missing_is_named_and_there_is_no_address() -> None:
    template = LinkTemplate("CRM", "https://crm.example/{case.number}/{customer.name}")
    found = fill(template, {"customer.name": "Kiana", "case.number": "  "})
    assert (found.url, found.missing) == ("", ("case.number",))


@settings(max_examples=share(60))
@given(st.dictionaries(st.sampled_from(SLOTS), st.text(min_size=1, max_size=40)))
def test_no_value_ever_leaves_its_place(values: dict[str, str]) -> None:
    url = "https://crm.example/find?name={customer.name}&case={case.number}"
    found = fill(LinkTemplate("CRM", url), values)
    if found.missing:
        assert found.url == ""
        return
    parts = urlsplit(found.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "crm.example", "/find")
    assert parts.fragment == ""
    assert found.url.isascii()
    told = parse_qs(parts.query, errors="surrogatepass")
    assert set(told) == {"name", "case"}
    assert told["name"] == [values["customer.name"].strip()]
