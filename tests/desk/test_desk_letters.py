"""What goes with a reply: files, subject, copies, quote, signature; drafts, replies for later."""

import base64
import os
from pathlib import Path
from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import Message, MessageKind
from omnitui.store import files as kept
from omnitui.store.engine import Store

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
Floor = Any


@pytest.fixture
def mail(floor: Floor) -> Floor:
    floor.do("channel.update", channel="email", letters=True, attachments=True)
    floor.do("channel.update", channel="chat", attachments=True)
    return floor


@pytest.fixture
def ada(mail: Floor) -> Actor:
    return mail.hire("ada")


@pytest.fixture
def talk(mail: Floor, ada: Actor) -> int:
    key = mail.serves(
        ada,
        channel="email",
        address="nora@example.com",
        text="My router\nis red",
        context={"subject": "AW: Re: Router"},
    )
    mail.do("session.open", ada, conversation=key)
    return key


def made(folder: Path, name: str = "offer.pdf", content: bytes = b"%PDF-1.7 hello") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def replied(floor: Floor, by: Actor, talk: int, **given: Any) -> Message:
    message = floor.do("conversation.reply", by, conversation=talk, **given)
    assert isinstance(message, Message)
    return message


def test_a_file_is_sent_as_it_was_when_it_was_attached(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    path = made(tmp_path)
    shown = mail.do("draft.attach", ada, conversation=talk, path=path)
    (file,) = shown.envelope.files
    assert (file.name, file.size, file.type) == ("offer.pdf", 14, "application/pdf")
    Path(path).write_bytes(b"something else")
    os.unlink(path)
    message = replied(mail, ada, talk, text="Here it is", enclosed=True)
    mail.wait(9 * SECOND)
    (claimed,) = mail.do("message.claim", by="post")
    assert claimed.id == message.id
    assert Path(claimed.envelope.files[0].path).read_bytes() == b"%PDF-1.7 hello"
    assert mail.do("draft.enclosed", ada, conversation=talk).envelope.files == ()


def test_the_same_content_is_kept_once(mail: Floor, ada: Actor, talk: int, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path, name))
    assert kept.look_after(mail.desk.store).files == 1
    shown = mail.do("draft.enclosed", ada, conversation=talk)
    assert [one.name for one in shown.envelope.files] == ["a.pdf", "b.pdf"]


def test_a_reply_of_the_shell_takes_nothing_from_a_draft_unless_asked(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path))
    assert replied(mail, ada, talk, text="Without").envelope.files == ()
    shown = mail.do("draft.enclosed", ada, conversation=talk)
    assert [one.name for one in shown.envelope.files] == ["offer.pdf"]


def test_undo_send_gives_words_files_and_addresses_back(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path))
    mail.do("draft.address", ada, conversation=talk, cc=["bo@example.com"], quote=True)
    before = mail.do("draft.enclosed", ada, conversation=talk).envelope
    message = replied(mail, ada, talk, text="Here", enclosed=True)
    assert message.envelope.quote
    mail.do("undo.last", ada)
    after = mail.do("draft.enclosed", ada, conversation=talk).envelope
    assert (after.files, after.cc, after.quotes) == (before.files, before.cc, before.quotes)
    assert not after.quote
    assert mail.do("draft.list", ada)[0].text == "Here"


def test_files_alone_can_be_sent_and_nothing_alone_cannot(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    mail.refused("conversation.reply", ada, conversation=talk, text="  ")
    message = replied(mail, ada, talk, text="", files=[made(tmp_path)])
    assert message.text == ""
    assert mail.talk(talk).last_text == "offer.pdf"


REFUSED = [
    ("virus.EXE", b"x", "file.blocked", ["virus.EXE", "1 byte", ".exe"]),
    ("offer.exe.pdf", b"x", "file.blocked", ["offer.exe.pdf", ".exe"]),
    ("nothing.txt", b"", "file.empty", ["nothing.txt"]),
    ("large.bin", b"x" * 1_000_001, "file.large", ["large.bin", "1.0 MB", "1 MB"]),
]


@pytest.mark.parametrize(("name", "content", "code", "words"), REFUSED)
def test_a_file_that_is_refused_is_named_with_size_and_rule(
    mail: Floor,
    ada: Actor,
    talk: int,
    tmp_path: Path,
    name: str,
    content: bytes,
    code: str,
    words: list[str],
) -> None:
    mail.do("settings.set", key="attachment_mb", value="1")
    path = made(tmp_path, name, content)
    refusal = mail.refused("draft.attach", ada, conversation=talk, path=path)
    assert refusal.code == code
    assert all(word in refusal.message for word in words), refusal


def test_what_is_no_file_of_this_machine_is_refused(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, code in (
        (tmp_path / "missing", "file.unknown"),
        (tmp_path, "file.not_a_file"),
        (tmp_path / "pipe", "file.not_a_file"),
        (Path("/dev/null"), "file.not_a_file"),
    ):
        assert mail.refused("draft.attach", ada, conversation=talk, path=str(path)).code == code


def test_too_many_files_and_too_much_together_are_refused(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    mail.do("settings.set", key="attachments_most", value="2")
    mail.do("settings.set", key="attachments_mb", value="1")
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path, "a.txt", b"a" * 900_000))
    large = made(tmp_path, "b.txt", b"b" * 200_000)
    refusal = mail.refused("draft.attach", ada, conversation=talk, path=large)
    assert refusal.code == "file.together"
    assert "1.1 MB" in refusal.message
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path, "c.txt"))
    third = made(tmp_path, "d.txt")
    assert mail.refused("draft.attach", ada, conversation=talk, path=third).code == "file.many"
    left = mail.do("draft.detach", ada, conversation=talk, file="a.txt")
    assert [one.name for one in left.envelope.files] == ["c.txt"]
    refusal = mail.refused("draft.detach", ada, conversation=talk, file="a.txt")
    assert "c.txt" in refusal.hint


def test_a_channel_that_takes_no_files_says_so(mail: Floor, ada: Actor, tmp_path: Path) -> None:
    key = mail.serves(ada, channel="sms", address="+47 22 33 44 55")
    mail.do("session.open", ada, conversation=key)
    path = made(tmp_path)
    assert mail.refused("draft.attach", ada, conversation=key, path=path).code == "file.channel"
    given = {"conversation": key, "text": "Here", "files": [path]}
    assert mail.refused("conversation.reply", ada, **given).code == "file.channel"


def test_a_customers_files_are_kept_and_listed(mail: Floor) -> None:
    content = base64.b64encode(b"\x89PNG picture").decode()
    key = mail.writes(
        channel="email",
        address="nora@example.com",
        text="Look",
        context={
            "attachments": [
                {"name": "../../etc/\u202egnp.exe", "type": "image/png", "content": content},
                {"name": "broken.pdf", "content": "no base64!"},
                {"name": "known.txt", "size": 812},
            ]
        },
    )
    found = mail.do("file.list", conversation=key)
    assert [(one.file.name, one.file.size) for one in found] == [
        ("gnp.exe", 12),
        ("known.txt", 812),
    ]
    assert Path(found[0].file.path).read_bytes() == b"\x89PNG picture"
    assert found[1].file.path == ""
    assert content not in str(mail.talk(key).context)


def test_a_letter_has_subject_copies_quote_and_signature(
    mail: Floor, ada: Actor, talk: int
) -> None:
    mail.do("signature.set", ADMINISTRATOR, text="{agent.name}\nKite Telecom", channel="email")
    mail.do("draft.address", ada, conversation=talk, cc=["Bo <bo@example.com>"], quote=True)
    message = replied(mail, ada, talk, text="Press the button.", enclosed=True)
    assert message.text == "Press the button."
    envelope = message.envelope
    assert (envelope.subject, envelope.cc) == ("Re: Router", ("bo@example.com",))
    assert envelope.signature == "Ada Test\nKite Telecom"
    head, *lines = envelope.quote.splitlines()
    assert head.endswith("wrote:")
    assert lines == ["> My router", "> is red"]
    mail.wait(9 * SECOND)
    (claimed,) = mail.do("message.claim", by="post")
    assert claimed.text == (
        f"Press the button.\n\n-- \nAda Test\nKite Telecom\n\n{head}\n> My router\n> is red"
    )


def test_copies_that_are_no_addresses_are_refused(mail: Floor, ada: Actor, talk: int) -> None:
    for wrong in ("bo", "bo@", "@example.com", "bo@localhost", "bo@example.com, ada"):
        refusal = mail.refused("draft.address", ada, conversation=talk, cc=[wrong])
        assert refusal.code == "mail.address"
        assert refusal.message.startswith("Cc:")


def test_chats_have_no_subject_and_no_copies(mail: Floor, ada: Actor) -> None:
    key = mail.serves(ada)
    given = {"conversation": key, "text": "Hello", "subject": "Hello"}
    assert mail.refused("conversation.reply", ada, **given).code == "reply.no_letters"


def test_ones_own_signature_comes_first_and_can_be_left_out(
    mail: Floor, ada: Actor, talk: int
) -> None:
    mail.do("signature.set", ADMINISTRATOR, text="Kite", channel="email")
    assert mail.do("draft.enclosed", ada, conversation=talk).signature == "Kite"
    mail.do("signature.set", ada, text="{agent.first_name}")
    assert mail.do("draft.enclosed", ada, conversation=talk).signature == "Ada"
    mail.do("signature.set", ada, text="Ada T.", channel="email")
    assert mail.do("draft.enclosed", ada, conversation=talk).signature == "Ada T."
    left_out = mail.do("draft.address", ada, conversation=talk, signed=False)
    assert left_out.signature == ""
    assert replied(mail, ada, talk, text="Hi", enclosed=True).envelope.signature == ""
    mail.do("signature.set", ada, text="", channel="email")
    assert replied(mail, ada, talk, text="Hi").envelope.signature == "Ada"
    refusal = mail.refused("signature.set", ada, text="{customer.name}")
    assert refusal.code == "signature.slots"
    assert mail.refused("signature.set", ada, text="x", default=True).code == "permission.denied"
    assert mail.refused("signature.set", ada, text="x", channel="chat").code == "signature.channel"


def test_on_a_live_channel_only_the_first_letter_is_signed(mail: Floor, ada: Actor) -> None:
    mail.do("channel.update", channel="chat", letters=True)
    mail.do("signature.set", ada, text="Ada")
    key = mail.serves(ada)
    said = [replied(mail, ada, key, text=text).envelope.signature for text in ("One", "Two")]
    assert said == ["Ada", ""]


def test_drafts_are_listed_and_discarded_and_come_back(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    other = mail.serves(ada)
    mail.do("session.open", ada, conversation=other)
    mail.do("session.draft", ada, conversation=talk, kind="reply", text="Begun")
    mail.wait(MINUTE)
    mail.do("session.draft", ada, conversation=other, kind="note", text="A thought")
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path))
    found = mail.do("draft.list", ada)
    assert {(one.conversation_id, one.kind.value, one.files) for one in found} == {
        (talk, "reply", 1),
        (other, "note", 0),
    }
    mail.do("draft.discard", ada, conversation=talk)
    assert [one.conversation_id for one in mail.do("draft.list", ada)] == [other]
    mail.do("undo.last", ada)
    back = next(one for one in mail.do("draft.list", ada) if one.conversation_id == talk)
    assert (back.text, back.files) == ("Begun", 1)
    mail.do("draft.discard", ada, conversation=talk)
    mail.do("session.draft", ada, conversation=talk, kind="reply", text="Anew")
    assert "another one" in mail.refused("undo.last", ada).message


def later(mail: Floor, ada: Actor, talk: int, **given: Any) -> Any:
    known = {"conversation": talk, "at": "2h", "text": "Good morning", "zone": "UTC", **given}
    return mail.do("scheduled.create", ada, **known)


def test_a_reply_for_later_leaves_at_its_time_though_its_author_is_away(
    mail: Floor, ada: Actor, talk: int
) -> None:
    one = later(mail, ada, talk)
    assert one.due_at == mail.clock.now() + 2 * HOUR
    assert [found.id for found in mail.do("scheduled.list", ada)] == [one.id]
    mail.wait(2 * HOUR - SECOND)
    assert mail.lines(talk) == ["My router\nis red"]
    mail.do("agent.set_presence", ada, presence="busy")
    mail.wait(2 * SECOND)
    assert mail.lines(talk)[-1] == "Good morning"
    assert mail.takes() != []
    assert mail.do("scheduled.list", ada) == []
    assert mail.entries(kind="scheduled.sent")


def test_it_is_held_when_the_customer_has_written_since(mail: Floor, ada: Actor, talk: int) -> None:
    one = later(mail, ada, talk)
    mail.writes("It works now", channel="email", address="nora@example.com")
    mail.wait(2 * HOUR + SECOND)
    (held,) = mail.do("scheduled.list", ada)
    assert (held.id, held.state.value) == (one.id, "held")
    assert "has written since" in held.why
    assert "Good morning" not in mail.lines(talk)
    mail.do("scheduled.update", ada, scheduled=one.id, at="1h", zone="UTC")
    mail.wait(HOUR + SECOND)
    assert mail.lines(talk)[-1] == "Good morning"


def test_it_leaves_all_the_same_when_that_was_meant(mail: Floor, ada: Actor, talk: int) -> None:
    later(mail, ada, talk, anyway=True)
    mail.writes("It works now", channel="email", address="nora@example.com")
    mail.wait(2 * HOUR + SECOND)
    assert mail.lines(talk)[-1] == "Good morning"


def test_what_cannot_be_sent_at_its_time_is_held_with_the_reason(
    mail: Floor, ada: Actor, talk: int
) -> None:
    mail.do("channel.update", channel="email", starts="window", window_hours=1)
    later(mail, ada, talk)
    mail.wait(2 * HOUR + SECOND)
    (held,) = mail.do("scheduled.list", ada)
    assert held.state.value == "held"
    assert "1 h after" in held.why
    assert any("was not sent" in text for text in mail.lines(talk, MessageKind.EVENT))


def test_a_reply_for_later_is_cancelled_into_the_draft_and_undone(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path))
    one = later(mail, ada, talk, enclosed=True)
    assert mail.do("draft.list", ada) == []
    mail.do("undo.last", ada)
    (draft,) = mail.do("draft.list", ada)
    assert (draft.text, draft.files) == ("Good morning", 1)
    assert mail.do("scheduled.list", ada) == []
    one = later(mail, ada, talk, text="Again", enclosed=True)
    mail.do("scheduled.cancel", ada, scheduled=one.id)
    assert "cancelled" in mail.refused("scheduled.cancel", ada, scheduled=one.id).message
    mail.wait(3 * HOUR)
    assert "Again" not in mail.lines(talk)


def test_times_that_are_no_good_are_refused(mail: Floor, ada: Actor, talk: int) -> None:
    for at in ("yesterday", "soonish", "2020-01-01", "3 years"):
        known = {"conversation": talk, "text": "Hi", "at": at}
        assert mail.refused("scheduled.create", ada, **known).code.startswith("scheduled.")


def test_a_copy_of_the_store_has_its_files(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    replied(mail, ada, talk, text="Here", files=[made(tmp_path)])
    target = tmp_path / "copy.db"
    mail.desk.store.backup(target)
    copy = Store(target)
    found = kept.look_after(copy)
    copy.close()
    assert (found.files, found.missing) == (1, ())


def test_files_that_nothing_names_are_unused_after_a_while(
    mail: Floor, ada: Actor, talk: int, tmp_path: Path
) -> None:
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path))
    mail.do("draft.detach", ada, conversation=talk, file="1")
    mail.do("draft.attach", ada, conversation=talk, path=made(tmp_path, "kept.txt", b"kept"))
    store = mail.desk.store
    assert kept.look_after(store).unused == ()
    (path,) = kept.look_after(store, os.path.getmtime(tmp_path) + 8 * DAY / 1_000).unused
    assert path.read_bytes() == b"%PDF-1.7 hello"


def test_words_of_ones_own_are_kept(mail: Floor, ada: Actor) -> None:
    mail.do("spelling.add", ada, word="Kite")
    mail.do("spelling.add", ada, word="kite")
    assert mail.do("spelling.words", ada) == ["kite"]
    assert mail.refused("spelling.add", ada, word="two words").code == "spelling.word"
    mail.do("spelling.remove", ada, word="KITE")
    assert mail.do("spelling.words", ada) == []
