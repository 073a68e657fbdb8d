import re
import tomllib
from pathlib import Path

import pytest

from omnitui.datafiles import folder
from omnitui.model.errors import DataError
from omnitui.training.scenario import (
    Outcome,
    Scenario,
    Temper,
    When,
    load,
    names,
    openings,
    parse,
    problems,
)

SHIPPED = names()


def test_three_scenarios_are_shipped() -> None:
    assert SHIPPED == [
        "bot-first",
        "evening-outage",
        "one-customer-four-channels",
        "quiet-morning",
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario_says_what_it_is(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert scenario.title
    assert scenario.summary
    assert list(problems(folder() / "scenarios" / f"{name}.toml")) == []


@pytest.mark.parametrize("name", ["quiet-morning", "evening-outage"])
def test_a_pool_is_large_enough_never_to_feel_repeated(name: str) -> None:
    scenario = load(name)
    assert len(scenario.conversation) >= 18
    assert sum(talk.language == "nb" for talk in scenario.conversation) >= 3
    first = [talk.beat[0].choices[0] for talk in scenario.conversation]
    assert len(set(first)) == len(first)


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_a_shipped_scenario_names_exists(name: str) -> None:
    scenario = load(name)
    articles = {path.stem for path in (folder() / "knowledge").glob("*.md")}
    channels = {row["key"] for row in _table("channels.toml")["channel"]}
    queues = {row["name"] for row in _table("company/queues.toml")["queue"]}
    for talk in scenario.conversation:
        about = {beat.about for beat in talk.beat if beat.when is When.ARTICLE and beat.about}
        assert set(talk.goal.articles) | about <= articles, talk.key
        assert set(talk.channels) <= channels, talk.key
        assert talk.queue in queues, talk.key
    assert set(scenario.channels) | set(scenario.network) <= channels


def _table(name: str) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((folder() / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SHIPPED)
def test_nobody_in_a_shipped_scenario_can_be_reached_for_real(name: str) -> None:
    for persona in load(name).persona:
        assert re.fullmatch(r"|[^@]+@example\.(com|org|net)", persona.email), persona.key
        assert re.fullmatch(r"|\+47 555 [\d ]+", persona.phone), persona.key


def test_one_customer_crosses_four_channels() -> None:
    scenario = load("one-customer-four-channels")
    talk = scenario.talk("kiana-portal")
    crossed = [talk.channels[0]]
    while talk.then:
        assert all(talk.then[0].follows(outcome) for outcome in Outcome)
        crossed.append(talk.then[0].channel)
        talk = scenario.talk(talk.then[0].conversation)
    assert crossed == ["web", "chat", "phone", "email"]


def test_a_scenario_is_read_into_typed_values(small: Scenario) -> None:
    assert small.name == "small"
    assert small.persona[0].temper is Temper.EVEN
    assert small.rate[0].per_hour == [20]
    assert small.channels == ("chat",)
    assert small.talk("drops").beat[1].choices == ("Hello, good that you are there.",)


def test_what_only_follows_is_not_something_to_begin_with(small_text: str) -> None:
    more = small_text + (
        '[[conversation.then]]\nconversation = "later"\n'
        '[[conversation]]\nkey = "later"\ntopic = "Later"\nchannels = ["chat"]\n'
        '[[conversation.beat]]\nwhen = "start"\nsay = "Me again."\n'
    )
    scenario = parse(more, Path("x.toml"))
    assert [talk.key for talk in openings(scenario, "chat")] == ["drops"]


@pytest.mark.parametrize(
    ("written", "after"),
    [('"left"', {"left"}), ('["solved", "left"]', {"solved", "left"}), ("", set(Outcome))],
)
def test_what_follows_may_wait_for_an_outcome(
    small_text: str, written: str, after: set[str]
) -> None:
    when = f"when = {written}\n" if written else ""
    more = small_text + f'[[conversation.then]]\nconversation = "drops"\n{when}'
    (then,) = parse(more, Path("x.toml")).talk("drops").then
    assert {outcome for outcome in Outcome if then.follows(outcome)} == after


BROKEN = [
    ('temper = "even"', 'temper = "furious"', "persona[0].temper", "patient, even, hasty, cross"),
    ('temper = "even"', 'tempre = "even"', "persona[0].tempre", "did you mean temper"),
    ("patience = 60", "patience = 0", "persona[0].patience", ""),
    ('when = "solved"', 'when = "happy"', "conversation[0].beat[5].when", "solved"),
    ('say = "Are you there?"', 'say = " "', "conversation[0].beat[4].say", "an empty text"),
    (
        'say = "Are you there?"',
        "",
        "conversation[0].beat[4]",
        "it has no effect; give it say, mood, solves or leaves",
    ),
    (
        'when = "start"',
        'when = "ended"',
        "conversation[0].beat",
        'there is no first message: one beat needs when = "start" and say',
    ),
    ('channel = "chat"', 'channel = "fax"', "rate[0].channel", "there is no conversation for"),
    (
        "minutes = 30",
        'minutes = 30\narrival = [{ after = "soon", conversation = "drops" }]',
        "arrival[0].after",
        "not a duration",
    ),
    (
        "minutes = 30",
        'minutes = 30\narrival = [{ after = "5s", conversation = "drop" }]',
        "arrival[0].conversation",
        "did you mean 'drops'",
    ),
    (
        "[[conversation]]",
        '[[persona]]\nkey = "kim"\nname = "Kim Two"\n[[conversation]]',
        "persona[1].key",
        "used by persona[0] already",
    ),
]


@pytest.mark.parametrize(("good", "bad", "key", "said"), BROKEN)
def test_a_mistake_is_named_with_its_line_and_key(
    small_text: str, good: str, bad: str, key: str, said: str
) -> None:
    text = small_text.replace(good, bad, 1)
    with pytest.raises(DataError) as wrong:
        parse(text, Path("small.toml"))
    assert key in wrong.value.where
    assert re.match(r"line \d+, ", wrong.value.where)
    assert said in wrong.value.problem


def test_all_mistakes_of_a_file_are_found_at_once(small_text: str, tmp_path: Path) -> None:
    text = small_text.replace('say = "Are you there?"', 'say = ""').replace("[[rate]]", "[[rate]]")
    text = text.replace('channel = "chat"', 'channel = "fax"')
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    assert len(list(problems(path))) == 2


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(DataError, match="Did you mean quiet-morning"):
        load("quiet-mornin")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")
