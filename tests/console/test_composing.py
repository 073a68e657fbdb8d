"""What goes with a reply, by keys: files, letters, spelling, replies for later, and drafts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, Compare
from prepared import BJORN, KIANA, MARCUS, World
from rest import rest
from textual.pilot import Pilot

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.files import Entry, completed, completions, save
from omnitui.console.writing import is_block
from omnitui.model.envelope import File
from omnitui.store import files as kept
from omnitui.store.engine import Store


@pytest.fixture
def mail(world: World) -> World:
    world.call("channel.update", channel="email", letters=True, attachments=True)
    world.call("channel.update", channel="chat", attachments=True)
    world.call("signature.set", text="{agent.name}\nSkerry Telecom", channel="email")
    return world


@asynccontextmanager
async def writing(world: World, address: str, **options: Any) -> AsyncIterator[Driver]:
    async with console(world, **options) as ada:
        await ada.go(world.keys[address])
        await ada.in_front(world.keys[address])
        await ada.press("r")
        await ada.rests()
        yield ada


def composer(ada: Driver) -> Any:
    return ada.session.conversation.composer


async def asked(ada: Driver) -> Dialog[Any]:
    await ada.until(lambda: isinstance(ada.app.screen, Dialog))
    found = ada.app.screen
    assert isinstance(found, Dialog)
    return found


async def answered(ada: Driver) -> None:
    await ada.until(lambda: not isinstance(ada.app.screen, Dialog))


def lines(world: World, address: str) -> list[Any]:
    found: list[Any] = world.ada("conversation.messages", conversation=world.keys[address])
    return found


async def test_a_file_is_attached_by_its_path_and_sent(mail: World, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "offer.pdf").write_bytes(b"%PDF hello")
    async with writing(mail, KIANA) as ada:
        await ada.press("ctrl+o")
        dialog = await asked(ada)
        field: Any = dialog.query_one("#path")
        field.value = f"{tmp_path}/pap"
        await ada.shows("papers/")
        await ada.press("tab")
        await ada.shows("offer.pdf", "10 bytes")
        await ada.press("enter")
        await answered(ada)
        await ada.shows("offer.pdf (PDF, 10 bytes)")
        await ada.write("Here it is")
        await ada.press("ctrl+s")
        await ada.until(lambda: lines(mail, KIANA)[-1].text == "Here it is")
        (file,) = lines(mail, KIANA)[-1].envelope.files
        assert file.name == "offer.pdf"
        await ada.until(lambda: composer(ada).enclosed.envelope.files == ())
        await ada.shows("Here it is", "offer.pdf (PDF, 10 bytes)")


async def test_files_alone_are_sent_with_a_key_that_can_mean_nothing_else(
    mail: World, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("a")
    key = mail.keys[KIANA]
    mail.ada("draft.attach", conversation=key, path=str(tmp_path / "a.txt"))
    before = len(lines(mail, KIANA))
    async with writing(mail, KIANA) as ada:
        await ada.shows("a.txt (TXT, 1 byte)")
        await ada.press("enter")
        assert len(lines(mail, KIANA)) == before
        await ada.press("ctrl+s")
        await ada.until(lambda: len(lines(mail, KIANA)) == before + 1)
        said = lines(mail, KIANA)[-1]
        assert (said.text, [one.name for one in said.envelope.files]) == ("", ["a.txt"])
        await ada.until(lambda: composer(ada).enclosed.envelope.files == ())


async def test_an_attached_file_is_removed_and_a_refused_one_is_said(
    mail: World, tmp_path: Path
) -> None:
    (tmp_path / "run.exe").write_bytes(b"MZ")
    (tmp_path / "a.txt").write_text("a")
    async with writing(mail, KIANA) as ada:
        for name in ("run.exe", "a.txt"):
            if not isinstance(ada.app.screen, Dialog):
                await ada.press("ctrl+o")
            dialog = await asked(ada)
            field: Any = dialog.query_one("#path")
            field.value = str(tmp_path / name)
            await ada.shows("2 bytes" if name == "run.exe" else "1 byte")
            await ada.press("enter")
            if name == "run.exe":
                await ada.shows(".exe are blocked")
        await answered(ada)
        await ada.shows("a.txt (TXT, 1 byte)")
        await ada.press("ctrl+o")
        dialog = await asked(ada)
        dialog.query_one("#path").value = ""  # type: ignore[attr-defined]
        await ada.shows("enter removes it")
        await ada.press("escape")
        await answered(ada)
        key = mail.keys[KIANA]
        assert len(mail.ada("draft.enclosed", conversation=key).envelope.files) == 1


async def test_a_letter_is_addressed_quoted_and_signed(mail: World) -> None:
    async with writing(mail, MARCUS) as ada:
        await ada.shows("Subject Re: ", "-- Ada Byron", "Skerry Telecom")
        await ada.press("ctrl+r")
        await ada.shows("quotes ")
        await ada.press("ctrl+t")
        dialog = await asked(ada)
        dialog.query_one("#cc").value = "no address"  # type: ignore[attr-defined]
        await ada.press("enter")
        await ada.shows("Cc: 'no address' is not a mail address.")
        dialog.query_one("#cc").value = "bo@example.com"  # type: ignore[attr-defined]
        dialog.query_one("#subject").value = "Your invoice"  # type: ignore[attr-defined]
        await ada.press("enter")
        await answered(ada)
        await ada.shows("Subject Your invoice", "Cc bo@example.com")
        await ada.press("ctrl+g")
        await ada.lacks("-- Ada Byron")
        await ada.write("Dear Marcus")
        await ada.press("ctrl+s")
        await ada.until(lambda: lines(mail, MARCUS)[-1].text == "Dear Marcus")
        envelope = lines(mail, MARCUS)[-1].envelope
        assert (envelope.subject, envelope.cc) == ("Your invoice", ("bo@example.com",))
        assert envelope.quote
        assert envelope.signature == ""
        await ada.shows("Subject: Your invoice", "Cc: bo@example.com", "-- Ada Byron")


async def test_undo_send_gives_everything_back(mail: World) -> None:
    async with writing(mail, MARCUS) as ada:
        await ada.press("ctrl+r")
        await ada.shows("quotes ")
        await ada.write("Dear Marcus")
        await ada.press("ctrl+s")
        await ada.lacks("quotes ")
        await ada.shows("undo send")
        await ada.press("ctrl+z")
        await ada.until(lambda: composer(ada).text == "Dear Marcus")
        await ada.shows("quotes ")


async def test_a_reply_is_scheduled_listed_and_cancelled(mail: World) -> None:
    async with writing(mail, MARCUS) as ada:
        await ada.write("Good morning")
        await ada.press("ctrl+l")
        dialog = await asked(ada)
        dialog.query_one("#until").value = "tomorrow 9am"  # type: ignore[attr-defined]
        await ada.shows("Leaves ", "09:00")
        await ada.press("enter")
        await answered(ada)
        await ada.until(lambda: composer(ada).text == "")
        (one,) = mail.ada("scheduled.list")
        assert one.text == "Good morning"
        await ada.shows("leaves tomorrow 09:00")
        mail.says(MARCUS, "One more thing", "email")
        await ada.shows("will be held tomorrow 09:00")
        await ada.press("ctrl+l")
        await asked(ada)
        await ada.shows("Scheduled replies", "Good morning")
        await ada.press("enter")
        await ada.shows("Send to Marcus Lee later")
        (await asked(ada)).query_one("#until").value = "fri 10:00"  # type: ignore[attr-defined]
        await ada.press("enter")
        await ada.shows("leaves Fri 6 Mar 10:00")
        await ada.press("escape", "g", "d")
        await asked(ada)
        await ada.shows("later", "Good morning")
        await ada.press("d")
        await ada.until(lambda: mail.ada("scheduled.list") == [])
        await ada.press("escape")
        await answered(ada)
        await ada.until(lambda: composer(ada).text == "Good morning")


async def test_drafts_are_listed_gone_to_and_discarded(mail: World) -> None:
    async with writing(mail, MARCUS) as ada:
        await ada.write("Dear Marcus")
        await ada.go(mail.keys[KIANA])
        await ada.in_front(mail.keys[KIANA])
        await ada.press("n")
        await ada.write("She is patient")
        await ada.press("escape", "g", "d")
        await asked(ada)
        await ada.shows("She is patient", "Dear Marcus")
        # Begun in the same moment, they stand in the order of their conversations.
        await ada.press("down", "d")
        await ada.lacks("She is patient")
        await ada.press("enter")
        await answered(ada)
        await ada.in_front(mail.keys[MARCUS])
        await ada.until(lambda: ada.app.focused is composer(ada).field)
        assert composer(ada).text == "Dear Marcus"


async def test_misspelt_words_are_marked_once_they_are_ended(mail: World) -> None:
    async with writing(mail, KIANA) as ada:
        ada.app.writing.spelling = "en"
        field = composer(ada).field
        await ada.write("I recieve")
        await ada.until(lambda: not field.misspelt)
        await ada.write(" your mesage Kiana ")
        await ada.until(lambda: field.misspelt == {0: [(2, 9), (15, 21)]})
        await ada.press("home", "f4")
        await asked(ada)
        await ada.shows("receive", "add to my words")
        await ada.press("1")
        await answered(ada)
        await ada.until(lambda: composer(ada).text.startswith("I receive your"))
        await ada.press("f4")
        await asked(ada)
        await ada.press("+")
        await answered(ada)
        await ada.until(lambda: field.misspelt == {})
        assert mail.ada("spelling.words") == ["mesage"]


async def test_parts_of_a_text_message_are_counted(mail: World) -> None:
    mail.call("channel.update", channel="sms", segments=2)
    async with writing(mail, BJORN) as ada:
        await ada.write("x" * 132)
        await ada.shows("132/160 · 1 SMS")
        await ada.write("x" * 30)
        await ada.shows("162/306 · 2 SMS")
        await ada.write("x" * 200)
        await ada.shows("362/459 · 3 SMS, too long")
        await ada.press("ctrl+s")
        await ada.told("SMS allows 2 segments; this reply needs 3")
        await ada.until(lambda: len(composer(ada).text) == 362)


async def test_a_file_of_the_customer_is_saved_and_nothing_is_replaced(
    mail: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    mail.says(KIANA, "See", context={"attachments": [{"name": "a.png", "content": "aGVsbG8="}]})
    async with console(mail) as ada:
        await ada.go(mail.keys[KIANA])
        await ada.in_front(mail.keys[KIANA])
        await ada.shows("a.png (PNG picture, 5 bytes)")
        await ada.press("a")
        await asked(ada)
        await ada.press("enter")
        await ada.shows("Save as")
        await ada.press("enter")
        await answered(ada)
        await ada.until((tmp_path / "a.png").is_file)
        assert (tmp_path / "a.png").read_bytes() == b"hello"
        assert not (tmp_path / "a.png").stat().st_mode & 0o111


def test_saving_replaces_nothing_and_says_what_is_wrong(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.db")
    digest = kept.keep(store, b"hello")
    file = File("a.txt", 5, "text/plain", digest, str(kept.path_of(store, digest)))
    there = tmp_path / "there.txt"
    there.write_text("mine")
    assert "exists already" in save(file, str(there))
    assert there.read_text() == "mine"
    assert "cannot be written" in save(file, str(tmp_path / "no" / "folder.txt"))
    Path(file.path).write_bytes(b"other")
    assert "damaged" in save(file, str(tmp_path / "new.txt"))
    assert not (tmp_path / "new.txt").exists()
    store.close()


def test_paths_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("Documents", ".config"):
        (tmp_path / name).mkdir()
    for name in ("draft.txt", "data.csv", ".hidden"):
        (tmp_path / name).write_text("abc")

    def found(typed: str) -> list[str]:
        return [one.path for one in completions(typed, tmp_path).entries]

    assert found("~") == ["~/Documents/", "~/data.csv", "~/draft.txt"]
    assert found("~/d") == ["~/Documents/", "~/data.csv", "~/draft.txt"]
    assert found("~/dr") == ["~/draft.txt"]
    assert found("~/.") == ["~/.config/", "~/.hidden"]
    assert found("") == ["Documents/", "data.csv", "draft.txt"]
    assert found(f"{tmp_path}/dat") == [f"{tmp_path}/data.csv"]
    assert completions("~/dat").entries[0].size == 3
    assert "cannot be listed" in completions("~/nowhere/x").why_not


@pytest.mark.parametrize(
    ("typed", "paths", "known"),
    [
        ("~/d", ["~/data.csv", "~/database/"], "~/data"),
        ("~/d", ["~/draft.txt"], "~/draft.txt"),
        ("~/d", ["~/data.csv", "~/draft.txt"], "~/d"),
        ("~/d", [], "~/d"),
    ],
)
def test_a_path_is_completed_as_far_as_it_is_certain(
    typed: str, paths: list[str], known: str
) -> None:
    assert completed(typed, [Entry(path, False) for path in paths]) == known


@pytest.mark.parametrize(
    ("text", "block"),
    [("", False), ("one\n", False), ("one\n\n", False), ("one\ntwo", True), ("x" * 501, True)],
)
def test_what_is_a_block(text: str, block: bool) -> None:
    assert is_block(text) is block


class TestPictures:
    """The composer with all that can stand around it."""

    @staticmethod
    def reach(world: World, address: str) -> Any:
        async def there(pilot: Pilot[None]) -> None:
            app: Any = pilot.app
            await rest(app)
            main = next(s for s in app.screen_stack if type(s).__name__ == "MainScreen")
            main.call_later(main.navigation.to, world.keys[address])
            await rest(app)
            if app.focused is not main.session.conversation.composer.field:
                await pilot.press("r")
                await rest(app)

        return there

    def begun(self, world: World, address: str, text: str, **given: Any) -> None:
        key = world.keys[address]
        world.ada("session.draft", conversation=key, text=text, kind="reply")
        if given:
            world.ada("draft.address", conversation=key, **given)

    def test_attachments(self, mail: World, tmp_path: Path, snap_compare: Compare) -> None:
        for name, size in (("offer.pdf", 12_345), ("router.png", 2_345_678)):
            (tmp_path / name).write_bytes(b"x" * size)
            mail.ada("draft.attach", conversation=mail.keys[KIANA], path=str(tmp_path / name))
        self.begun(mail, KIANA, "Here is what I promised.")
        assert snap_compare(mail.app(), sizes=SIZES, run_before=self.reach(mail, KIANA))

    def test_over_the_limit(self, mail: World, snap_compare: Compare) -> None:
        mail.call("channel.update", channel="sms", segments=1)
        self.begun(mail, BJORN, "Your router is on its way. " * 8)
        assert snap_compare(mail.app(), sizes=SIZES, run_before=self.reach(mail, BJORN))

    def test_a_letter(self, mail: World, snap_compare: Compare) -> None:
        self.begun(mail, MARCUS, "Dear Marcus,", cc=["bo@example.com"], quote=True)
        assert snap_compare(mail.app(), sizes=SIZES, run_before=self.reach(mail, MARCUS))

    def test_scheduled(self, mail: World, snap_compare: Compare) -> None:
        key = mail.keys[MARCUS]
        given = {"text": "Good morning, Marcus.", "at": "tomorrow 9am", "zone": "UTC"}
        mail.ada("scheduled.create", conversation=key, **given)
        assert snap_compare(mail.app(), sizes=SIZES, run_before=self.reach(mail, MARCUS))
