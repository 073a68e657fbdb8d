"""What is masked before words leave; nothing long gets through, and all of it comes back."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.rules.masking import MOST_APART, MOST_DIGITS, Mask, luhn, restore
from properties import share

_PLACEHOLDER = re.compile(r"\[[A-Z]+_\d+\]")


def masked(text: str, *known: str) -> str:
    return Mask(known).hide(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("card 4111 1111 1111 1111 please", "card [CARD_1] please"),
        ("card 4111-1111-1111-1111.", "card [CARD_1]."),
        ("378282246310005", "[CARD_1]"),
        ("4111x1111x1111x1111", "[NUMBER_1]"),
        ("4111 1111\n1111 1111", "[CARD_1]"),
        ("call +47 555 01 022 or (020) 7946-0018", "call [PHONE_1] or [NUMBER_1]"),
        ("0047 555 01 022", "[PHONE_1]"),
        ("write to ada.b+x@mail.example.com!", "write to [MAIL_1]!"),
        ("<ada@example.com>, ada@example.com", "<[MAIL_1]>, [MAIL_1]"),
        ('"ada byron"@example.com', "[MAIL_1]"),
        ("ada\uff20example.com", "[MAIL_1]"),
        ("DE89 3704 0044 0532 0130 00 is mine", "[IBAN_1] is mine"),
        ("gb29nwbk60161331926819", "[IBAN_1]"),
        ("NO93 8601 1117 947", "[IBAN_1]"),
        ("sort code 12-34-56", "sort code [NUMBER_1]"),
        ("born 1984-02-11", "born [NUMBER_1]"),
        ("account AB12C345D", "account [NUMBER_1]"),
        ("1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36", "[NUMBER_1]"),
        ("\u0664\u0661\u0661\u0661\u0661", "[NUMBER_1]"),
        ("\u2460\u2461\u2462\u2463\u2464\u2465", "[NUMBER_1]"),
        ("12345 and 12345 and 54321", "[NUMBER_1] and [NUMBER_1] and [NUMBER_2]"),
    ],
)
def test_what_identifies_somebody_is_masked(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    "text",
    ["the Router 6 is from 2021", "at 10:30", "9.99 a month", "@ada look", "ada@", "1, 2, 3", ""],
)
def test_short_numbers_and_mentions_stay(text: str) -> None:
    assert masked(text) == text


def test_what_is_known_of_the_customer_is_masked_wherever_it_stands() -> None:
    assert masked("KB-7 and kb-7, KB-77", "KB-7", "", "x") == "[ACCOUNT_1] and [ACCOUNT_2], KB-77"


def test_words_that_look_like_a_placeholder_get_nobodys_value() -> None:
    mask = Mask()
    said = mask.hide("[CARD_1] is not my card, 4111 1111 1111 1111 is; [card 1]")
    assert said == "[TEXT_1] is not my card, [CARD_1] is; [TEXT_2]"
    assert restore(said, mask.held)[0].startswith("[CARD_1] is not my card, 4111")


def test_placeholders_that_stand_for_nothing_are_named() -> None:
    text, unknown = restore(
        "[MAIL_1], [card 1] [NUMBER_9]", {"[CARD_1]": "4111", "[MAIL_1]": "a@b"}
    )
    assert (text, unknown) == ("a@b, 4111 [NUMBER_9]", ("[NUMBER_9]",))


@pytest.mark.parametrize(
    ("digits", "right"),
    [("4111111111111111", True), ("4111111111111112", False), ("378282246310005", True)],
)
def test_the_check_digit_of_a_card(digits: str, right: bool) -> None:
    assert luhn(list(digits)) is right


SIGNS = " .-/()+,:\n\u00a0"
PIECES = st.one_of(
    st.text(alphabet="0123456789" + SIGNS, max_size=25),
    st.text(max_size=12),
    st.sampled_from(
        ["a@b.example", "DE89370400440532013000", "[CARD_1]", "4111111111111111", "@", "x1"]
    ),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@settings(max_examples=share(300))
@given(TEXTS)
def test_no_long_number_survives(text: str) -> None:
    left = _PLACEHOLDER.sub("|", masked(text))
    assert not re.search(rf"\d{{{MOST_DIGITS + 1}}}", left)
    for run in re.findall(rf"\d(?:[\W_]{{0,4}}\d){{{MOST_APART},}}", left.replace("|", "letters")):
        raise AssertionError(f"{run!r} of {text!r} is left")


@settings(max_examples=share(200))
@given(
    st.from_regex(r"[a-z0-9.+_-]{1,20}@[a-z0-9-]{1,12}(\.[a-z]{2,6}){1,2}", fullmatch=True), TEXTS
)
def test_no_mail_address_survives(address: str, before: str) -> None:
    assert address not in masked(f"{before} {address} ")


@settings(max_examples=share(300))
@given(TEXTS)
def test_all_of_it_comes_back(text: str) -> None:
    mask = Mask()
    assert restore(mask.hide(text), mask.held) == (text, ())


@settings(max_examples=share(100))
@given(st.lists(TEXTS, max_size=4))
def test_one_value_has_one_placeholder_in_all_texts(texts: list[str]) -> None:
    mask = Mask()
    together = [mask.hide(text) for text in texts]
    assert [restore(one, mask.held)[0] for one in together] == texts
    assert [mask.hide(text) for text in texts] == together


@pytest.mark.parametrize(
    "piece", ["1 ", "@", "a@", "DE89", "1111", "[CARD_", "+(", "a" * 50 + "@", "1a", '"@', "GB29 "]
)
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def takes(length: int) -> float:
        text = piece * (length // len(piece))
        times = []
        for _ in range(3):
            begun = time.process_time()
            masked(text)
            times.append(time.process_time() - begun)
        return min(times)

    masked(piece)
    # Quadratic time would be 64 times as much.
    assert takes(80_000) < 24 * takes(10_000) + 0.05
