"""Each kind of data file: what is read, and what is found wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.datafiles import folder
from omnitui.datafiles.channels import read_channels
from omnitui.datafiles.check import Checked
from omnitui.datafiles.check import check as look
from omnitui.datafiles.company import read_company
from omnitui.datafiles.knowledge import read_article, read_articles
from omnitui.datafiles.replies import read_replies
from omnitui.model.channel import ChannelMode
from omnitui.model.errors import DataError

CHANNEL = """[[channel]]
key = "chat"
label = "Live chat"
mode = "live"
cost = 25
glyph = "c"
ascii = "c"
origin = 1
"""
REPLY = '[[reply]]\nkey = "a"\ntitle = "A"\nlanguage = "en"\ntext = "Wait {?minutes} minutes"\n'
ARTICLE = (
    '+++\ntitle = "T"\naudience = "public"\nupdated = 2026-01-02\nlanguage = "en"\n+++\nWords\n'
)
CUSTOMER = '[[customer]]\nname = "Kiana Anderson"\n'
CASE = '[[customer.case]]\nkey = "k"\ntitle = "t"\norigin = "chat"\nopened_days_ago = 3\n'
ACTIVITY = '[[customer.activity]]\nkind = "call"\ndays_ago = 1\nat = "09:00"\ntitle = "x"\n'

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return put


def check(*paths: Path) -> Checked:
    return look(paths, lambda path: None)


def problems(path: Path) -> list[str]:
    """What is wrong, without the file's name."""
    return [f"{error.where}: {error.problem}" for error in check(path).problems]


def test_what_ships_is_right() -> None:
    found = look([folder()], lambda path: lambda _: iter(()))
    assert found.problems == []
    assert len(found.files) > 60


def test_channels_are_read(write: Write) -> None:
    (channel,) = read_channels(write("channels.toml", CHANNEL))
    assert (channel.key, channel.mode, channel.cost, channel.exclusive) == (
        "chat",
        ChannelMode.LIVE,
        25,
        False,
    )


def test_channels_that_say_no_address_kind_are_as_those_that_ship(write: Write) -> None:
    text = CHANNEL.replace('key = "chat"', 'key = "sms"').replace('"Live chat"', '"Texts"')
    (sms,) = read_channels(write("channels.toml", text))
    (fax,) = read_channels(write("channels.toml", text.replace('"sms"', '"fax"')))
    assert (sms.address_kind, fax.address_kind) == ("phone", "handle")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHANNEL.replace("chat", "Chat!"), "line 2, channel[0].key: 'Chat!' is not a key"),
        (CHANNEL.replace("25", "-1"), "line 5, channel[0].cost: -1 units is below 0"),
        (CHANNEL.replace('glyph = "c"', 'glyph = "cc"'), "line 6, channel[0].glyph: 'cc'"),
        (CHANNEL.replace('ascii = "c"', 'ascii = "é"'), "line 7, channel[0].ascii: 'é'"),
        (CHANNEL + "longest = -1\n", "line 9, channel[0].longest: -1 is not a valid limit; give 0"),
        (CHANNEL + "segments = 999\n", "line 9, channel[0].segments: 999 is not a valid limit"),
        (
            CHANNEL + "window_hours = 0\n",
            "line 9, channel[0].window_hours: 0 is not a valid window",
        ),
        (CHANNEL + 'address_kind = "pigeon"\n', "line 9, channel[0].address_kind"),
        (CHANNEL + 'starts = "nobody"\n', "line 9, channel[0].starts"),
        (CHANNEL + CHANNEL, "line 10, channel[1].key: chat belongs to Live chat already"),
        (CHANNEL + CHANNEL, "line 16, channel[1].origin: 1 belongs to Live chat already"),
    ],
)
def test_wrong_channels_are_told(text: str, expected: str, write: Write) -> None:
    path = write("channels.toml", text)
    assert any(problem.startswith(expected) for problem in problems(path))
    with pytest.raises(DataError):
        read_channels(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REPLY.replace('"a"', '"A a"'), "line 2, reply[0].key: 'A a' is not a key"),
        (REPLY.replace("Wait {?minutes} minutes", " "), "line 5, reply[0].text: the text is empty"),
        (REPLY.replace("{?minutes}", "{nobody.name}"), "line 5, reply[0].text: there is no slot"),
        (REPLY + REPLY, "line 7, reply[1].key: a exists twice in en"),
        (
            REPLY + REPLY.replace('"en"', '"nb"').replace("{?minutes}", "{?minutter}"),
            "line 10, reply[1].text: its prompts differ from the en text's ({?minutes})",
        ),
    ],
)
def test_wrong_replies_are_told(text: str, expected: str, write: Write) -> None:
    path = write("replies.toml", text)
    assert any(problem.startswith(expected) for problem in problems(path))
    with pytest.raises(DataError):
        read_replies(path)


def test_articles_are_read(write: Write) -> None:
    article = read_article(write("router-drops.md", ARTICLE + "\n## More\n"))
    assert (article.slug, article.about.title, article.body) == (
        "router-drops",
        "T",
        "Words\n\n## More",
    )


def test_a_folder_without_articles_is_empty(tmp_path: Path) -> None:
    assert read_articles(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "Words", "line 1: an article must start with a line +++"),
        ("a.md", '+++\ntitle = "T"', "line 1: the front matter does not end"),
        ("a.md", ARTICLE.replace('"public"', '"all"'), "line 3, audience: it cannot be 'all'"),
        ("a.md", ARTICLE.replace("Words\n", ""), ": there is no text below"),
        ("A_b.md", ARTICLE, ": its name must have only small letters"),
        ("a.md", ARTICLE.replace('"T"', '" "'), "line 2, title: an article needs a title"),
        ("a.md", ARTICLE.replace('"T"', '"T"\nkeywords = ["a, b"]'), "line 3, keywords: 'a, b'"),
    ],
)
def test_wrong_articles_are_told(name: str, text: str, expected: str, write: Write) -> None:
    path = write(name, text)
    assert any(problem.startswith(expected) for problem in problems(path))
    with pytest.raises(DataError):
        read_article(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CUSTOMER + 'tier = "tin"', "line 3, customer[0].tier: it cannot be 'tin'"),
        (
            CUSTOMER + 'account = "1"\n' + CUSTOMER.replace("Kiana", "Ada") + 'account = "1"',
            "line 6, customer[1].account: account 1 belongs to Kiana Anderson",
        ),
        (
            CUSTOMER
            + '[[customer.address]]\nchannel = "email"\nvalue = "a@example.com"\n'
            + CUSTOMER.replace("Kiana", "Ada")
            + '[[customer.address]]\nchannel = "email"\nvalue = "A@EXAMPLE.com"\n',
            "line 10, customer[1].address[0].value: A@EXAMPLE.com belongs to Kiana Anderson",
        ),
        (CUSTOMER + CASE + CASE, "line 9, customer[0].case[1].key: Kiana Anderson has a case 'k'"),
        (
            CUSTOMER + CASE + 'status = "resolved"',
            "line 3, customer[0].case[0].closed_days_ago: this key is missing",
        ),
        (
            CUSTOMER + CASE + "closed_days_ago = 1",
            "line 8, customer[0].case[0].closed_days_ago: an active case is not closed yet",
        ),
        (
            CUSTOMER + CASE + 'reason = "problem_solved"',
            "line 8, customer[0].case[0].reason: Active cases cannot have the reason problem",
        ),
        (
            CUSTOMER + CASE + 'status = "cancelled"\nclosed_days_ago = 9',
            "line 9, customer[0].case[0].closed_days_ago: it was closed before it was created",
        ),
        (
            CUSTOMER + ACTIVITY.replace("09:00", "9:00"),
            "line 6, customer[0].activity[0].at: '9:00'",
        ),
        (CUSTOMER + ACTIVITY + 'case = "z"', "line 8, customer[0].activity[0].case: this customer"),
        (
            CUSTOMER + ACTIVITY + 'lines = [["customer", "hi"]]',
            "line 8, customer[0].activity[0].lines: a call has no lines",
        ),
        (
            CUSTOMER + ACTIVITY + "due_in_days = 1",
            "line 8, customer[0].activity[0].due_in_days: a call has no due time",
        ),
    ],
)
def test_wrong_customers_are_told(text: str, expected: str, write: Write) -> None:
    path = write("customers/a.toml", text)
    assert any(problem.startswith(expected) for problem in problems(path))
    with pytest.raises(DataError):
        read_company(path.parent.parent)


def test_references_between_files_are_checked(write: Write, tmp_path: Path) -> None:
    write("channels.toml", CHANNEL)
    write("company/queues.toml", '[[queue]]\nname = "Internet"\n')
    write("company/agents.toml", '[[agent]]\nlogin = "ada"\nname = "Ada"\nqueues = ["Billing"]\n')
    write(
        "company/customers/a.toml",
        CUSTOMER + CASE.replace('"chat"', '"fax"') + ACTIVITY + 'author = "bo"\n',
    )
    assert [f"{e.path.name} {e.where}: {e.problem}" for e in check(tmp_path).problems] == [
        "agents.toml line 4, agent[0].queues: there is no queue 'Billing'",
        "a.toml line 6, customer[0].case[0].origin: there is no channel 'fax'; known are chat",
        "a.toml line 13, customer[0].activity[0].author: there is no agent 'bo'",
    ]


def test_whose_an_address_is_is_told_by_what_the_channels_are_like(
    write: Write, tmp_path: Path
) -> None:
    fax = CHANNEL.replace('"chat"', '"{}"').replace("Live chat", "{}").replace("= 1\n", "= {}\n")
    kinds = (("fax", "phone"), ("pager", "phone"), ("board", "handle"))
    rows = [
        fax.format(key, key, number) + f'address_kind = "{kind}"\n'
        for number, (key, kind) in enumerate(kinds, start=1)
    ]
    write("channels.toml", "".join(rows))
    address = '[[customer.address]]\nchannel = "{}"\nvalue = "{}"\n'
    ada = CUSTOMER.replace("Kiana", "Ada")
    write(
        "company/customers/a.toml",
        CUSTOMER
        + address.format("fax", "+47 555 01 022")
        + address.format("board", "+47 555 01 099")
        + ada
        + address.format("pager", "004755501022")
        + address.format("fax", "+47 555 01 099"),
    )
    assert [problem.problem for problem in check(tmp_path).problems] == [
        "004755501022 belongs to Kiana Anderson"
    ]


@pytest.mark.parametrize("login", ["customer", "17", "ada b"])
def test_a_login_is_one_word(login: str, write: Write) -> None:
    path = write("agents.toml", f'[[agent]]\nlogin = "{login}"\nname = "Ada"\n')
    assert "is not a login" in problems(path)[0]


def test_names_used_twice_are_told(write: Write) -> None:
    queues = write("queues.toml", '[[queue]]\nname = "A"\n[[queue]]\nname = "a"\n')
    agent = '[[agent]]\nlogin = "ada"\nname = "Ada"\n'
    agents = write("agents.toml", agent + agent)
    assert problems(queues) == ["line 4, queue[1].name: a queue a exists already"]
    assert problems(agents) == ["line 5, agent[1].login: an agent ada exists already"]


def test_a_customer_may_be_reached_by_phone_and_sms_on_one_number(write: Write) -> None:
    address = '[[customer.address]]\nchannel = "{}"\nvalue = "+47 555 01 022"\n'
    text = CUSTOMER + address.format("phone") + address.format("sms")
    assert problems(write("customers/a.toml", text)) == []


def test_unknown_files_and_missing_paths_are_told(write: Write, tmp_path: Path) -> None:
    odd = write("odd.txt", "x")
    assert [e.problem for e in check(odd, tmp_path / "gone").problems] == [
        "there is no such file or folder",
        "it is not a data file of OmniTUI (name or folder unknown)",
    ]


SCRIPT = '[[script]]\nkey = "a"\ntitle = "A"\n\n[[script.step]]\ntitle = "Greet"\ntext = "Hello"\n'
RULE = '[[rule]]\nname = "R"\nscript = "a"\n'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (SCRIPT + RULE, []),
        (SCRIPT.replace('"Hello"', '"{customer.nam}"'), ["line 7, {}.text: no slot"]),
        (SCRIPT.replace('"Greet"', '"{agent.age}"'), ["line 6, {}.title: no slot"]),
        (SCRIPT + '\n[[script.step]]\ntitle = "Go"\nscript = "b"\n', ["line 11, {1}.script: 'b'"]),
        (SCRIPT + '\n[[script.step]]\ntitle = "Run"\nmacro = "b"\n', ["line 11, {1}.macro: 'b'"]),
        (SCRIPT + '\n[[script.step]]\ntitle = "Run"\nmacro = "open-case"\n', []),
        (SCRIPT + 'kind = "macro"\n', ["line 8, {}.kind: of kind text, not macro"]),
        (SCRIPT + SCRIPT, ["line 9, script[1].key: exists twice in en"]),
        (SCRIPT + SCRIPT.replace('title = "A"', 'title = "A"\nlanguage = "nb"'), []),
        ('[[script]]\nkey = "a"\ntitle = "A"\n', ["line 1, script[0].step: has no steps"]),
        (SCRIPT.replace('"a"', '"A b"'), ["line 2, script[0].key: not a key"]),
        (SCRIPT.replace("text =", "say ="), ["line 7, script[0].step[0].say: no such key"]),
        (SCRIPT + RULE.replace('"a"', '"b"'), ["line 10, rule[0].script: no script 'b'"]),
        (SCRIPT + RULE + RULE, ["line 12, rule[1].name: exists already"]),
        (
            SCRIPT
            + RULE
            + '[[rule.condition]]\nfield = "workstream"\noperator = "is"\nvalue = "X"',
            ["line 14, rule[0].condition[0].value: not possible"],
        ),
        (
            SCRIPT + RULE + '[[rule.condition]]\nfield = "moon"\noperator = "is"\nvalue = "X"',
            ["line 12, rule[0].condition[0].field: cannot have 'moon'"],
        ),
    ],
)
def test_what_is_wrong_in_scripts_is_said_with_its_line(
    write: Write, text: str, wanted: list[str]
) -> None:
    write("macros.toml", '[[macro]]\nkey = "open-case"\n')
    write("workstreams.toml", '[[workstream]]\nname = "Live"\nchannels = ["chat"]\n')
    found = problems(write("scripts.toml", text))
    assert len(found) == len(wanted)
    for said, told in zip(found, wanted, strict=True):
        where, _, problem = told.partition(": ")
        where = where.replace("{}", "script[0].step[0]").replace("{1}", "script[0].step[1]")
        assert said.startswith(f"{where}: ")
        assert all(word in said for word in problem.split(" 'b'"))


def test_macros_of_scripts_are_not_checked_where_no_file_says_which_there_are(
    write: Write,
) -> None:
    path = write("scripts.toml", SCRIPT + '\n[[script.step]]\ntitle = "Run"\nmacro = "b"\n')
    assert problems(path) == []
    write("macros.toml", "[[macro")
    assert problems(path) == []
