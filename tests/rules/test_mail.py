"""Mail addresses are the same only where their letters are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.mail import bare_mail, exact, looks_like_mail, mail_addresses, mail_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Jo Berg <JO@X.example>", "jo@x.example"),
        ('"boss@a.example" <jo@b.example>', "jo@b.example"),
        ("<jo@x.example>;", "jo@x.example"),
        ("jo@x.example (Jo)", "jo@x.example"),
        ("Jo [mailto:jo@x.example]", "jo@x.example"),
        ("mailto:jo%2Ba@x.example?subject=Hi", "jo+a@x.example"),
        ("'jo@x.example'", "jo@x.example"),
        ("jo@x.example.", "jo@x.example"),
        ("max@straße.example", "max@xn--strae-oqa.example"),
        ("MAX@MÜLLER.example", "max@xn--mller-kva.example"),
        ("max@xn--MLLER-kva.example", "max@xn--mller-kva.example"),
        ("jo\u0308@x.example", "jö@x.example"),
    ],
)
def test_what_is_put_around_an_address_is_no_part_of_it(written: str, key: str) -> None:
    assert mail_key(written) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mi\u212ae@x.example", "mike@x.example"),
        ("max@stra\u00dfe.example", "max@strasse.example"),
        ("\u0430da@x.example", "ada@x.example"),
        ("J\u00d6@x.example", "j\u00f6@x.example"),
        ("jo@\uff58.example", "jo@x.example"),
        ("jo@\u212aelp.example", "jo@kelp.example"),
        ("\u0131nfo@x.example", "info@x.example"),
        ("su\u017fan@x.example", "susan@x.example"),
        (".jo@x.example", "jo@x.example"),
        ("jo+a@x.example", "jo@x.example"),
    ],
)
def test_what_only_looks_alike_is_another_address(one: str, other: str) -> None:
    assert mail_key(one) != mail_key(other)


@given(st.text(max_size=40))
def test_the_form_is_its_own_form(written: str) -> None:
    key = mail_key(written)
    assert mail_key(key) == key


@given(st.text(max_size=20))
def test_nothing_but_ascii_case_composition_and_space_is_folded(text: str) -> None:
    upper = "".join(c.upper() if c.isascii() else c for c in text)
    assert exact(upper) == exact(text)
    assert exact(exact(text)) == exact(text)


def test_several_addresses_are_told_apart() -> None:
    assert mail_addresses("a@x.org; b@x.org, c@x.org") == ["a@x.org", "b@x.org", "c@x.org"]
    assert mail_addresses("Ann <a@x.org>, Bo <b@x.org>") == ["a@x.org", "b@x.org"]
    assert mail_addresses("Ann <a@x.org>") == ["Ann <a@x.org>"]
    assert mail_addresses("nothing; here") == ["nothing; here"]


def test_only_one_address_looks_like_one() -> None:
    right = {"a@x.org": True, "a@x.org b@x.org": False, "a@b@c": False, "a": False}
    assert {text: looks_like_mail(text) for text in right} == right
    assert not looks_like_mail("a" * 250 + "@x.org")
    assert bare_mail("  no mail ") == "no mail"
