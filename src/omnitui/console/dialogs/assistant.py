"""A draft of the language model: it comes in while one looks on, and a person decides about it.

Nothing is written anywhere by itself. A badge says where words go. Esc gives up while the model
writes, and dismisses its draft afterwards; whatever goes wrong is one sentence.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog, Keys
from omnitui.console.dialogs.pick import Pick, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon, there
from omnitui.model.assistant import Asked, Draft, NoDraft, Outcome, Purpose, Rewrite
from omnitui.rules.assistant import draft_of, how_masked
from omnitui.safetext import clean

if TYPE_CHECKING:
    from omnitui.channels.assistant import Answer, ModelCall

What = Literal["accept", "edit", "transfer", "release", "escalate", "close"]
_TITLES = {
    Purpose.REPLY: "Suggested reply",
    Purpose.SUMMARY: "Summary",
    Purpose.REWRITE: "Rewritten draft",
    Purpose.TRANSLATION: "Translation",
    Purpose.ARTICLE: "Article draft",
}
_ORIGINALS = {Purpose.REWRITE: "Your draft", Purpose.TRANSLATION: "Original"}
_WAITS = "Waiting for the first word ..."
_LOOK_SECONDS = 0.5
"""How often it is looked whether the session is still open."""


class Decided(Struct, frozen=True):
    """What is to become of a draft."""

    what: What
    draft: Draft


class DraftDialog(Dialog[Decided]):
    """See the module. `does` are the keys for a draft, with what each does and means."""

    DEFAULT_CSS = """
    DraftDialog > #dialog {
        & > #badge { height: auto; margin: 0 0 1 0; }
        & > VerticalScroll {
            height: auto;
            margin: 0 0 1 0;
            padding: 0 1;
            background: $surface-1;
            scrollbar-size-vertical: 1;
            & > PlainStatic { height: auto; color: $text-plain; }
        }
        & > #original { border-left: heavy $customer; }
        & > #draft { min-height: 3; max-height: 40vh; border-left: heavy $bot; margin: 0; }
        & > #doubts { height: auto; display: none; margin: 1 0 0 0; }
        & > #doubts.-said { display: block; }
    }
    DraftDialog.-beside > #dialog {
        & > #original { max-height: 16vh; }
        & > #draft { max-height: 20vh; }
    }
    DraftDialog.-ascii > #dialog > VerticalScroll { border-left: ascii $rule; }
    """

    width = 84

    def __init__(
        self,
        asked: Asked,
        link: Link,
        glyphs: Glyphs,
        does: Sequence[tuple[str, str, What]],
        closed: Callable[[], bool],
    ) -> None:
        """`closed` says whether the session that it is for has been closed meanwhile."""
        super().__init__(_TITLES[asked.purpose], "", glyphs)
        self._asked = asked
        self._link = link
        self._does = does
        self._session_closed = closed
        self._draft: Draft | None = None
        self.ended = self._given_up = False
        self.keys: Keys = (("esc", "give up"),)
        self.set_class(glyphs.ascii, "-ascii")
        self.set_class(bool(asked.original), "-beside")

    @property
    def drafted(self) -> bool:
        """Whether there is a draft to decide about."""
        return self._draft is not None

    def fields(self) -> ComposeResult:
        """The badge, what it is about, and the draft."""
        yield PlainStatic(self._badge(), id="badge")
        if self._asked.original:
            yield PlainStatic(_ORIGINALS[self._asked.purpose], classes="label")
            with VerticalScroll(id="original"):
                yield PlainStatic(text.block(self._asked.original))
            yield PlainStatic(_TITLES[self._asked.purpose], classes="label")
        with VerticalScroll(id="draft"):
            yield PlainStatic(_WAITS, id="words")
        yield PlainStatic("", id="doubts")

    def _badge(self) -> Content:
        endpoint = self._asked.endpoint
        sign = self._glyphs.marked if endpoint.here else self._glyphs.late
        style = "$positive" if endpoint.here else "bold $warning"
        masked = how_masked(self._asked.held)
        rest = f"\n{text.inline(endpoint.model)}  {self._asked.sent:,} characters, {masked.lower()}"
        return Content.assemble((f"{sign} {endpoint.badge}", style), (rest, "$text-dim"))

    def begin(self) -> None:
        """Ask, beside the keys; the draft is what one looks at."""
        self.query_one("#draft", VerticalScroll).focus()
        do_soon(self, self._ask(), "assistant", exclusive=True, beside=True)
        self.set_interval(_LOOK_SECONDS, self._look_after)

    def _look_after(self) -> None:
        """Ask no more for a session that somebody has closed meanwhile."""
        if self._session_closed() and not self.ended and not self._given_up:
            self._given_up = True
            self.workers.cancel_group(self, "assistant")
            self._show(NoDraft(Outcome.GIVEN_UP, "The session was closed meanwhile."))

    async def _ask(self) -> None:
        answer = await _answer(self._asked, self._heard)
        found: Draft | NoDraft = answer.failure or Draft("")
        if answer.failure is None:
            found = draft_of(self._asked, answer.text, cut=answer.cut)
        self.ended = True
        outcome = found.outcome if isinstance(found, NoDraft) else Outcome.ANSWERED
        await self._link.attempt(
            "assistant.record",
            asked=self._asked.key,
            outcome=outcome.value,
            characters=answer.characters,
            ms=answer.ms,
        )
        if there(self):
            self._show(found)

    def _heard(self, said: str) -> None:
        """More of the answer has come. It is shown as it comes, masked and unchecked."""
        if there(self) and self.is_mounted and not (self.ended or self._given_up):
            limit = self._asked.endpoint.max_chars
            self.query_one("#words", PlainStatic).update(text.block(clean(said, limit=limit)))
            self.query_one("#draft", VerticalScroll).scroll_end(animate=False)

    def _show(self, found: Draft | NoDraft) -> None:
        words = self.query_one("#words", PlainStatic)
        if isinstance(found, NoDraft):
            words.update("")
            self.keys = (("esc", "close"),)
            self.wrong(found.sentence)
        else:
            self._draft = found
            words.update(text.block(found.text))
            doubts = self.query_one("#doubts", PlainStatic)
            lines = [Content.styled(line, "$text-dim") for line in self._named(found)]
            lines += [Content.styled(text.block(doubt), "$warning") for doubt in found.doubts]
            doubts.update(Content("\n").join(lines))
            doubts.set_class(bool(found.articles or found.doubts), "-said")
            self.keys = (*((key, does) for key, does, _what in self._does), ("esc", "dismiss"))
        self.query_one("#draft", VerticalScroll).scroll_home(animate=False)
        self.query_one("#dialog-keys", PlainStatic).update(self.key_line())

    def _named(self, found: Draft) -> list[str]:
        titles = {one.id: one.title for one in self._asked.given}
        return [f"From article {key}: {text.inline(titles[key])}" for key in found.articles]

    def action_accept(self) -> None:
        """Accept the draft."""
        self._decide("enter")

    def on_key(self, event: events.Key) -> None:
        """Decide as the key says."""
        keys = [key for key, _does, _what in self._does]
        sign = event.character if event.character in keys else event.key
        if self._draft is not None and sign in keys:
            event.stop()
            self._decide(sign)

    def _decide(self, sign: str) -> None:
        what = next((what for key, _does, what in self._does if key == sign), None)
        if self._draft is not None and what is not None:
            self.dismiss(Decided(what, self._draft))


async def _answer(asked: Asked, heard: Callable[[str], None]) -> "Answer":
    """Call the model on a thread of its own; given up at once when nobody waits any more."""
    loop = asyncio.get_running_loop()
    call = await asyncio.to_thread(_made, asked, loop, heard)
    done: asyncio.Future[Answer] = loop.create_future()

    def settle(answer: "Answer") -> None:
        if not done.done():
            done.set_result(answer)

    def work() -> None:
        answer = call.run()
        with suppress(RuntimeError):  # the console has been left meanwhile
            loop.call_soon_threadsafe(settle, answer)

    # A daemon: looking for a host may take longer than anybody waits for the console to close.
    Thread(target=work, name="model", daemon=True).start()
    try:
        return await done
    except asyncio.CancelledError:
        call.give_up()
        raise


def _made(
    asked: Asked, loop: asyncio.AbstractEventLoop, heard: Callable[[str], None]
) -> "ModelCall":
    # HTTP is a tenth of the console's start, and most consoles have no model: read when one is
    # asked, and beside the keys.
    from omnitui.channels.assistant import ModelCall

    def hear(said: str) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(heard, said)

    return ModelCall(asked, os.environ, hear)


def rewrite_dialog(glyphs: Glyphs) -> Pick[Rewrite]:
    """Answers with how a draft is written anew."""
    labels = {
        Rewrite.SHORTER: "Shorter",
        Rewrite.FRIENDLIER: "Friendlier",
        Rewrite.LANGUAGE: "In the customer's language",
    }
    return Pick(
        "Rewrite draft",
        "Your draft stays as it is until you accept the new one.",
        glyphs,
        rows=[
            option(how.value, label, glyphs, sign=str(number), answer=how)
            for number, (how, label) in enumerate(labels.items(), 1)
        ],
        keys=(("enter", "rewrite"), ("1-3", "choose at once"), ("esc", "cancel")),
    )
