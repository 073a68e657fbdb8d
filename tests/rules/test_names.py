"""The name that somebody is greeted by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.names import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Hans Müller", "Hans"),
        ("Müller, Hans", "Hans"),
        ("Müller,Hans Peter", "Hans"),
        ("'Müller, Hans'", "Hans"),
        ("“Müller, Hans”", "Hans"),
        ('"Hans Müller"', "Hans"),
        ('Hans "Hansi" Müller', "Hans"),
        ("Müller, Hans (Sales)", "Hans"),
        ("Müller, Dr. Hans", "Hans"),
        ("Müller, Hans, Dr.", "Hans"),
        ("Dr. Hans Müller", "Hans"),
        ("Prof. Dr. med. Hans Müller, PhD", "Hans"),
        ("Prof.Dr. Hans Müller", "Hans"),
        ("Frau Dr. Anna Schmidt", "Anna"),
        ("Mrs Anna Schmidt", "Anna"),
        ("MÜLLER Hans", "Hans"),
        ("O'Brien, Pat", "Pat"),
        ("de Vries, Jan", "Jan"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("Don Draper", "Don"),
        ("Ada", "Ada"),
        ("Herr Müller", "Herr Müller"),
        ("Müller, Dr.", "Dr. Müller"),
        ("Müller Hans (Sales)", "Müller Hans"),
        ("K. Anderson", "K. Anderson"),
        ("Anderson, K.", "K. Anderson"),
        ("J.R.R. Tolkien", "J.R.R. Tolkien"),
        ("Fjord AS", "Fjord AS"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Jo & Bea Lund", "Jo & Bea Lund"),
        ("The Shop", "The Shop"),
        ("info@acme.example", "info@acme.example"),
        ("Visitor 1042", "Visitor 1042"),
        ("田中 太郎", "田中 太郎"),
        ("{customer.name}", ""),
        ("{?date} Jo", "Jo"),
        ("(Jo)", "Jo"),
        ("  ", ""),
        (", ;", ""),
    ],
)
def test_a_first_name_is_found_or_the_whole_name_is_given(name: str, first: str) -> None:
    assert first_name(name) == first


@given(st.text(max_size=60))
def test_nothing_is_made_up_and_no_brace_is_left(name: str) -> None:
    found = first_name(name)
    assert set(found) <= set(name) | {" "}
    assert "{" not in found
    assert found == found.strip()
