"""What ships as knowledge and quick replies is complete, consistent and within the agreed form.

Reads the files with the standard library alone, so that a mistake in a file is found here, and not
mixed up with a mistake in the loader.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listing import each

DATA = Path(__file__).parents[2] / "data"
FRONT_MATTER = {"title": str, "keywords": list, "audience": str, "updated": date, "language": str}
SLOTS = {
    "customer.first_name",
    "customer.name",
    "customer.account",
    "agent.first_name",
    "agent.name",
    "case.number",
    "case.title",
    "conversation.queue",
}
SLOT = re.compile(r"\{([^{}]*)\}")
CONTEXT = re.compile(r"context\.[a-z][a-z0-9_]*")
PROMPT = re.compile(r"\?[a-z]+( [a-z]+)*")
WORDS_OF_REPLY = range(8, 81)


@dataclass(frozen=True)
class Article:
    """One file of `data/knowledge`."""

    slug: str
    front: dict[str, Any]
    body: str

    @property
    def read_also(self) -> list[str]:
        """The titles that its last paragraph points to."""
        last = " ".join(self.body.split("\n\n")[-1].splitlines())
        assert last.startswith("Read also: "), f"{self.slug} points to no other article"
        return re.findall(r"\*([^*]+)\*", last)


def parse(path: Path) -> Article:
    before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert before == "", f"{path.name} does not begin with +++"
    return Article(path.stem, tomllib.loads(front), body.strip())


ARTICLES = [parse(path) for path in sorted((DATA / "knowledge").glob("*.md"))]
REPLIES: list[dict[str, Any]] = tomllib.loads((DATA / "replies.toml").read_text("utf-8"))["reply"]
BY_TITLE = {article.front["title"]: article for article in ARTICLES}

each_article = each("article", ARTICLES, ids=lambda article: article.slug)
each_reply = each("reply", REPLIES, ids=lambda reply: f"{reply['key']}-{reply['language']}")


def slots(text: str) -> list[str]:
    return SLOT.findall(text)


def test_there_are_enough_articles_for_customers_and_for_agents() -> None:
    audiences = Counter(article.front["audience"] for article in ARTICLES)
    assert audiences.total() >= 44
    assert audiences["internal"] >= 6


@each_article
def test_article_has_exactly_the_front_matter_of_its_format(article: Article) -> None:
    assert {key: type(value) for key, value in article.front.items()} == FRONT_MATTER


@each_article
def test_article_values_are_among_the_allowed_ones(article: Article) -> None:
    front = article.front
    assert front["audience"] in {"public", "internal"}
    assert front["language"] == "en"
    assert front["updated"].year == 2026
    assert 8 <= len(front["title"]) <= 60


@each_article
def test_keywords_are_four_to_ten_different_phrases_a_customer_would_type(article: Article) -> None:
    keywords = article.front["keywords"]
    assert 4 <= len(keywords) <= 10
    assert len({word.casefold() for word in keywords}) == len(keywords)
    assert all(isinstance(word, str) and word == word.strip() != "" for word in keywords)


@each_article
def test_slug_is_made_of_lower_case_words(article: Article) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article.slug)


def test_titles_are_unique_without_regard_to_case() -> None:
    assert len({title.casefold() for title in BY_TITLE}) == len(ARTICLES)


@each_article
def test_body_is_between_120_and_350_words(article: Article) -> None:
    assert 120 <= len(article.body.split()) <= 350


@each_article
def test_body_begins_with_a_short_answer_in_prose(article: Article) -> None:
    first = article.body.split("\n\n")[0]
    assert re.match(r"[A-Z]", first)
    assert 10 <= len(first.split()) <= 60


@each_article
def test_lines_are_wrapped(article: Article) -> None:
    assert [line for line in article.body.splitlines() if len(line) > 120] == []


@each_article
def test_numbered_steps_count_from_one_without_a_gap(article: Article) -> None:
    for section in re.split(r"^## .*$", article.body, flags=re.MULTILINE):
        numbers = [int(number) for number in re.findall(r"^(\d+)\. ", section, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))


@each_article
def test_article_points_to_other_articles_that_its_reader_may_open(article: Article) -> None:
    pointed = article.read_also
    assert pointed
    assert article.front["title"] not in pointed
    for title in pointed:
        assert title in BY_TITLE, f"{article.slug} points to {title!r}, which is not there"
        if article.front["audience"] == "public":
            assert BY_TITLE[title].front["audience"] == "public"


@each_article
def test_addresses_and_numbers_belong_to_nobody(article: Article) -> None:
    domains = re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", article.body)
    assert set(domains) <= {"example.com", "example.net", "example.org"}
    assert all(number.startswith("555") for number in re.findall(r"\+47 (\d+)", article.body))


# What a thing costs is said in several articles: a price that changes in one of them only is a lie
# in the others. A full stop between name and price means that they do not belong together.
@pytest.mark.parametrize(
    ("name", "price"),
    [
        ("Fibre 100", "449"),
        ("Fibre 500", "599"),
        ("Fibre 1000", "749"),
        ("Cable 250", "499"),
        ("5G Home", "529"),
        ("Mobile S", "199"),
        ("Mobile M", "299"),
        ("Mobile L", "399"),
        ("TV Basic", "149"),
        ("TV Plus", "299"),
        ("static IP(?:v4)? address", "79"),
        ("reminder", "35"),
        ("fault in your own router", "690"),
    ],
)
def test_a_price_is_the_same_wherever_it_is_named(name: str, price: str) -> None:
    named = re.compile(rf"\b{name}\b[^.]{{0,35}}?\b(\d+) kr", re.IGNORECASE)
    found = {
        (article.slug, number)
        for article in ARTICLES
        for number in named.findall(" ".join(article.body.split()))
    }
    assert found, "the pattern finds nothing any more"
    assert {pair for pair in found if pair[1] != price} == set()


def test_there_are_enough_replies_in_both_languages() -> None:
    keys = {
        language: {reply["key"] for reply in REPLIES if reply["language"] == language}
        for language in ("en", "nb")
    }
    assert len(REPLIES) >= 44
    assert len(keys["en"]) >= 24
    assert len(keys["en"] & keys["nb"]) >= 20
    assert keys["nb"] <= keys["en"]


@each_reply
def test_reply_has_exactly_the_fields_of_its_format(reply: dict[str, Any]) -> None:
    assert {key: type(value) for key, value in reply.items()} == {
        "key": str,
        "title": str,
        "language": str,
        "tags": list,
        "text": str,
    }
    assert reply["language"] in {"en", "nb"}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", reply["key"])


def test_key_and_language_are_unique_together() -> None:
    counts = Counter((reply["key"], reply["language"]) for reply in REPLIES)
    assert [pair for pair, count in counts.items() if count > 1] == []


def test_titles_of_replies_are_unique_in_their_language() -> None:
    counts = Counter((reply["title"].casefold(), reply["language"]) for reply in REPLIES)
    assert [pair for pair, count in counts.items() if count > 1] == []


@each_reply
def test_tags_are_single_words_that_can_be_typed_after_a_hash(reply: dict[str, Any]) -> None:
    assert reply["tags"]
    assert len(set(reply["tags"])) == len(reply["tags"])
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", tag) for tag in reply["tags"])


@each_reply
def test_slots_are_among_those_that_can_be_filled(reply: dict[str, Any]) -> None:
    wrong = [
        slot
        for slot in slots(reply["text"])
        if slot not in SLOTS and not CONTEXT.fullmatch(slot) and not PROMPT.fullmatch(slot)
    ]
    assert wrong == []
    assert not re.search(r"[{}]", SLOT.sub("", reply["text"])), "a brace without its partner"


@each_reply
def test_reply_is_short_and_ends_as_a_sentence(reply: dict[str, Any]) -> None:
    text = reply["text"]
    assert text == text.strip()
    assert len(text.split()) in WORDS_OF_REPLY
    assert text[-1] in ".?!"
    assert not re.search(r"  |\\", text)


def test_translations_of_a_reply_use_the_same_slots_and_tags() -> None:
    english = {reply["key"]: reply for reply in REPLIES if reply["language"] == "en"}
    for reply in REPLIES:
        twin = english[reply["key"]]
        assert sorted(slots(reply["text"])) == sorted(slots(twin["text"])), reply["key"]
        assert sorted(reply["tags"]) == sorted(twin["tags"]), reply["key"]


def test_translations_use_the_same_numbers() -> None:
    english = {reply["key"]: reply for reply in REPLIES if reply["language"] == "en"}
    for reply in REPLIES:
        numbers, twins = (
            sorted(re.findall(r"\d+", text["text"])) for text in (reply, english[reply["key"]])
        )
        assert numbers == twins, reply["key"]
