"""One text to all that are marked, and one case for them: to how many is said before."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import TextArea

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.bulk import Subject
from omnitui.console.dialogs.finding import FindingDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present import transfers
from omnitui.console.present.home import triage
from omnitui.console.present.records.case import case_item
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Text
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.desk.bulk_replies import BulkReplyPreview
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.ids import CustomerId

_PAUSE_SECONDS = 0.25
"""How long typing pauses before it is asked who would get the text."""
SLOTS = "{customer.first_name}, {case.number}, {agent.first_name}"


class BulkReplyDialog(Dialog[str]):
    """Answers with the text; slots in it are filled for each."""

    DEFAULT_CSS = """
    BulkReplyDialog {
        & > #dialog { width: 84; }
        & #dialog > TextArea { height: 6; }
        & #dialog > #gets { height: auto; max-height: 8; margin: 1 0 0 0; color: $text-plain; }
    }
    """

    keys = (("^s", "send"), ("esc", "cancel"))

    def __init__(
        self,
        subject: Subject,
        conversations: Sequence[int],
        link: Link,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        super().__init__(f"Reply to {subject.named}", subject.about, glyphs, typed)
        self._conversations = list(conversations)
        self._link = link
        self._timer: Timer | None = None
        self._previewed = ""
        self._preview: BulkReplyPreview | None = None

    def fields(self) -> ComposeResult:
        """The text, and who gets it."""
        yield PlainStatic(f"Filled for each: {SLOTS}", classes="label")
        yield Text(self.typed.get("text", ""), id="text", soft_wrap=True)
        yield PlainStatic("", id="gets")

    def on_mount(self) -> None:
        """Say at once who gets what was typed before."""
        super().on_mount()
        if self.value("text"):
            self._ask_soon()

    @on(TextArea.Changed)
    def _typing(self) -> None:
        self._ask_soon()

    def _ask_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE_SECONDS, self._ask)

    def _ask(self) -> None:
        self._timer = None
        do_soon(self, self._look(), "preview", exclusive=True)

    async def _look(self) -> None:
        said = self.value("text")
        if not said:
            self._preview, self._previewed = None, ""
            self.query_one("#gets", PlainStatic).update("")
            return
        given = {"conversations": self._conversations, "text": said}
        found = await self._link.attempt("bulk.reply_preview", **given)
        if isinstance(found, Refusal):
            self._preview, self._previewed = None, said
            self.query_one("#gets", PlainStatic).update("")
            self.wrong(str(found))
            return
        self._preview, self._previewed = found, said
        self.wrong("")
        self.query_one("#gets", PlainStatic).update(text.block(who_gets(found)))

    def action_accept(self) -> None:
        """Answer with the text, once it is said who gets it."""
        said = self.value("text")
        if not said:
            self.wrong("Write the text first.")
        elif said != self._previewed:
            do_soon(self, self._look_then_accept(), "preview", exclusive=True)
        elif self._preview is not None and self._preview.gets:
            self.dismiss(said)
        elif self._preview is not None:
            self.wrong("Nobody would get it: nothing was sent.")

    async def _look_then_accept(self) -> None:
        await self._look()
        if self._preview is not None and self._preview.gets and not self._preview.refused:
            self.action_accept()
        elif self._preview is not None and self._preview.gets:
            self.wrong("Not all of them get it: ^s again sends it to those who do.")


def who_gets(preview: BulkReplyPreview) -> str:
    """To how many a text goes, how the first one gets it, and who gets nothing and why."""
    count = len(preview.gets)
    lines = [f"{count:,} get{'s' if count == 1 else ''} it."]
    if preview.example:
        first = " ".join(preview.example.split())
        lines.append(f"{preview.example_name}: {first}")
    if preview.refused:
        reasons = [(one.name, one.message) for one in preview.refused]
        lines.append(f"{len(reasons):,} not: {triage.why_not(reasons)}")
    return "\n".join(lines)


class LinkMarkedDialog(FindingDialog[int]):
    """Answers with a case: one of those of the customers of what is marked."""

    DEFAULT_CSS = "LinkMarkedDialog { & > #dialog { width: 84; } }"

    keys = (("enter", "link it"), ("esc", "cancel"))
    find_hint = "Number, words of the title, or a customer"

    def __init__(
        self,
        subject: Subject,
        cases: Sequence[Case],
        names: Mapping[CustomerId, str],
        fits: Mapping[CustomerId, int],
        now: int,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        about = subject.about or "A case is linked to its customer's conversations alone."
        super().__init__(f"Link a case to {subject.named}", about, glyphs)
        self._cases = cases
        self._names = names
        self._count = subject.count
        self._fits = fits
        self._now = now
        self._tz = tz

    def blocks(self, width: int) -> list[Block]:
        """The cases that have all the words, each with to how many of the marked it is linked."""
        return [
            Block(str(case.id), [self._line(case, width), self._told(case, width)], True)
            for case in self._cases
            if transfers.fits(self.wanted, case.number, case.title, self._whose(case))
        ]

    def _whose(self, case: Case) -> str:
        return self._names.get(case.customer_id, "")

    def _line(self, case: Case, width: int) -> Content:
        return case_item(case, width, self._now, self._tz, self._glyphs, linked=False)

    def _told(self, case: Case, width: int) -> Content:
        fits, count = self._fits.get(case.customer_id, 0), self._count
        rest = f"; {count - fits} of others stay as they are" if fits < count else ""
        name = text.inline(self._whose(case))
        said = f"     {name}: linked to {fits} of {count}{rest}"
        return text.cut(Content.assemble((said, "$text-dim")), width, self._glyphs)

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        key = self.found.cursor_key
        if key:
            self.dismiss(int(key))
