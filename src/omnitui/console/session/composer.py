"""The composer: a reply and a note side by side, kept in the store while they are typed.

A reply and a note never look alike: colour, bar, border, background and the line above differ.
What is typed is saved a moment after typing pauses, once a second while it goes on, and when the
composer is left. Nothing it does waits for the desk before the next key is on screen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TextArea

from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.present.session import ComposerView, composer_label
from omnitui.console.saving import Saver, Unkept
from omnitui.console.session.composer_look import BACK_HINT, STYLE, view_of, wrote_meanwhile
from omnitui.console.session.composer_text import ComposerText
from omnitui.console.session.drafts import Drafts
from omnitui.console.session.enclosed import Enclosing
from omnitui.console.session.outside_editor import edit_field
from omnitui.console.session.speller import Speller
from omnitui.console.session.state import SessionState
from omnitui.console.session.typing import Do, with_spaces
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import there
from omnitui.model.conversation import Message, MessageKind
from omnitui.model.errors import Refusal
from omnitui.model.session import DraftKind
from omnitui.model.viewers import Viewer
from omnitui.safetext import clean


class Composer(Vertical):
    """See the module."""

    DEFAULT_CSS = STYLE

    @dataclass(eq=False, repr=False)
    class Submitted(FromWidget):
        """Something is to be sent, or noted; the composer is empty already.

        `seen` is the last message that was there when the writing began, 0 if there was none.
        """

        text: str
        kind: DraftKind
        seen: int = 0

    @dataclass(eq=False, repr=False)
    class TakeBack(FromWidget):
        """The reply that was sent last is to be taken back."""

    @dataclass(eq=False, repr=False)
    class Left(FromWidget):
        """The agent is done here for now."""

    @dataclass(eq=False, repr=False)
    class Turned(FromWidget):
        """Keys mean something else in it now: a reply, a note, or nothing while it is closed."""

    @dataclass(eq=False, repr=False)
    class Typed(FromWidget):
        """The text or the cursor changed. Typing is nobody else's business: it is never kept."""

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(id="composer")
        self._state = state
        self._glyphs = glyphs
        self._kind = DraftKind.REPLY
        self._drafts = Drafts()
        self._warning = ""
        self._sends_anyway = False
        self._seen: int | None = None
        self._viewers: tuple[Viewer, ...] = ()
        self._saver = Saver(self, self._store)
        self.enclosed = Enclosing(self, state, glyphs)
        self.speller = Speller(self, state)
        self.back = False
        self._stood = (self._kind, False)
        self.set_class(glyphs.ascii, "-ascii")

    def compose(self) -> ComposeResult:
        """The line that says who reads it, and the text."""
        yield Bar(id="composer-label")
        yield from (self.enclosed.above, ComposerText(), self.enclosed.below)

    @property
    def field(self) -> ComposerText:
        """The text field."""
        return self.query_one(ComposerText)

    @property
    def kind(self) -> DraftKind:
        """Whether a reply or a note is being written."""
        return self._kind

    @property
    def is_note(self) -> bool:
        """Whether a note is being written."""
        return self._kind is DraftKind.NOTE

    @property
    def drafted(self) -> bool:
        """Whether a reply or a note is begun and neither sent nor added."""
        return bool(self.text.strip() or any(text.strip() for text in self._unseen))

    @property
    def _unseen(self) -> list[str]:
        return [text for kind, text in self._drafts.texts.items() if kind is not self._kind]

    def come_back(self) -> None:
        """Give the keys back to what was being written, and say that they are letters now."""
        self.back = not self.field.read_only
        if self.back and self.text:
            self.field.hint = f" {self._glyphs.more_left} {BACK_HINT}"
        elif self.back:
            self.field.placeholder = BACK_HINT
        self.field.focus()
        self._show_label()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text

    @property
    def labels(self) -> list[str]:
        """The fields that quick replies have brought."""
        return list(self.field.labels)

    def restore(self, kind: DraftKind, labels: Iterable[str]) -> None:
        """Show the drafts as the store has them."""
        session = self._state.loaded.session
        self._drafts.restore(session)
        self.field.labels = tuple(labels)
        self._kind = kind
        self._seen = session.seen_id if session.draft_reply else None
        self._show_kind(kind)
        self.enclosed.restore()

    def refresh_standing(self) -> None:
        """Bring label and field up to date with the conversation."""
        field = self.field
        reason = self._reason
        field.read_only = bool(reason)
        field.show_cursor = not reason
        field.live = self._live
        field.notes = self._kind is DraftKind.NOTE
        field.placeholder = clean(reason or self._invitation)
        self.set_class(bool(reason), "-closed")
        self.set_class(self.is_note, "-note")
        self.enclosed.show(note=self.is_note)
        self._show_label()
        if self._stood != (self._kind, field.read_only):
            self._stood = (self._kind, field.read_only)
            self.post_message(self.Turned(self))

    def _show_label(self) -> None:
        self.query_one(Bar).show_plain(
            lambda width: composer_label(self._view(), width, self._glyphs)
        )

    def tick(self) -> None:
        """Bring up to date what the label tells of time."""
        self.query_one(Bar).update_line()

    def start(self, kind: DraftKind) -> None:
        """Write a reply or a note; what is typed of the other stays."""
        if kind is not self._kind:
            self._show_kind(kind)
            self._saver.soon()
        self.field.focus()

    def toggle(self) -> None:
        """Write the other one."""
        self.start(DraftKind.REPLY if self._kind is DraftKind.NOTE else DraftKind.NOTE)

    def insert(self, text: str, *, over_slash: bool = False, labels: Sequence[str] = ()) -> None:
        """Insert at the cursor; never sends, never replaces what is typed."""
        field = self.field
        field.labels = tuple(dict.fromkeys((*field.labels, *labels)))
        if over_slash:
            field.put_over_slash(text)
        else:
            row, column = field.cursor_location
            after = str(field.document[row])[column:]
            field.put(with_spaces(field.before_cursor, text, after))
        if labels:
            field.select_field(first=True)
        self.refresh_standing()

    def give_back(self, text: str, kind: DraftKind = DraftKind.REPLY) -> None:
        """Put back what could not be sent or was taken back, before what is typed by now."""
        self._drafts.came_back(kind)
        typed = self._drafts.texts[kind] if kind is not self._kind else self.text
        together = f"{text}\n{typed}" if typed else text
        self._drafts.texts[kind] = together
        if kind is self._kind:
            self.field.set_text(together)
        else:
            self._show_kind(kind)
        self._saver.soon()
        self.enclosed.restore()

    def scheduled(self) -> None:
        """What is written here was scheduled: the desk has it, and has emptied the draft."""
        self._drafts.send(self._kind, self.text)
        self.field.labels = ()
        self.field.set_text("")
        self.sent(self._kind)
        self.refresh_standing()

    async def renew(self) -> None:
        """Show what a command has put into the stored drafts, before what is typed by now."""
        found, key = await self._state.link.call("session.list"), self._state.conversation_id
        mine = next((one for one in found if one.conversation_id == key), None)
        if mine is None or not there(self):
            return
        self._drafts.texts[self._kind] = self.text
        if self._drafts.renewed(mine):
            self.field.set_text(self._drafts.texts[self._kind])
            self._saver.soon()
        await self.enclosed.read()
        self.refresh_standing()

    def know(self, seen: int) -> None:
        """The writer has read up to a message: their reply takes it into account."""
        self._seen = seen

    def sent(self, kind: DraftKind) -> None:
        """The desk has taken it and emptied the stored draft; what is typed since is saved anew."""
        self._drafts.sent(kind)
        if kind is DraftKind.REPLY and self.enclosed.known is not None:
            self.enclosed.read_soon()
        if self.text:
            self._saver.soon()

    def noticed(self, messages: Iterable[Message]) -> None:
        """Say so when the customer or another agent wrote while something is typed here."""
        if not self.text.strip():
            return
        for message in messages:
            if message.kind is MessageKind.EVENT or message.agent_id == self._state.me:
                continue
            self._warning = wrote_meanwhile(message)
        self.refresh_standing()

    def meet(self, people: Sequence[Viewer]) -> None:
        """Show who else has the conversation before them."""
        self._viewers = tuple(people)
        self.tick()

    def say(self, warning: str) -> None:
        """Say something in the label until the next message is sent."""
        self._warning = warning
        self.refresh_standing()

    async def flush(self) -> None:
        """Save now what is typed."""
        await self._saver.now()

    async def _store(self) -> Refusal | None:
        """Save the drafts; why it could not be done, None when it was."""
        if there(self):
            self._drafts.texts[self._kind] = self.text
        return await self._drafts.store(self._state.link, self._state.conversation_id)

    def unkept(self, name: str) -> list[Unkept]:
        """What is typed here and the store does not hold."""
        return self._drafts.unkept({self._kind: self.text}, name)

    def edit_outside(self) -> None:
        """Write in the agent's own editor; what it leaves comes back here, nothing is sent."""
        if self.field.read_only:
            return
        why_not = edit_field(self.app, self.field)
        if why_not:
            self.say(why_not)

    @property
    def _live(self) -> bool:
        channel = self._state.channel
        return channel is None or channel.live

    @property
    def _reason(self) -> str:
        return "" if self._kind is DraftKind.NOTE else self._state.why_no_reply()

    @property
    def _invitation(self) -> str:
        if self._kind is DraftKind.NOTE:
            return "Note for other agents; @ and a name mentions one"
        return "Write, or / for a quick reply"

    def _view(self) -> ComposerView:
        return view_of(
            self._state,
            self.field,
            note=self.is_note,
            warning=self._warning,
            reason=self._reason,
            viewers=self._viewers,
        )

    def _show_kind(self, kind: DraftKind) -> None:
        if kind is not self._kind:
            self._drafts.texts[self._kind] = self.text
            self._kind = kind
        self.field.set_text(self._drafts.texts[kind])
        self.refresh_standing()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        self._sends_anyway = False
        self._go_on()
        self.speller.soon()
        if self._kind is DraftKind.REPLY and (not self.text or self._seen is None):
            self._seen = self._state.last_id if self.text else None
        if not self.text and self._warning:
            self._warning = ""
        if self.text != self._drafts.saved(self._kind):
            self._saver.soon()
        if self.field.labels or not self.text:
            self.refresh_standing()
        elif (channel := self._state.channel) is not None and channel.limited:
            self._show_label()
        self.post_message(self.Typed(self))

    def _go_on(self) -> None:
        if self.back:
            self.back = False
            self.field.hint = ""
            self.field.placeholder = clean(self._reason or self._invitation)

    @on(events.DescendantFocus)
    def _entered(self) -> None:
        self._show_label()

    @on(events.DescendantBlur)
    def _blurred(self) -> None:
        self._go_on()
        self._show_label()

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self._go_on()
        self.post_message(self.Typed(self))

    @on(ComposerText.Asked)
    def _asked(self, event: ComposerText.Asked) -> None:
        event.stop()
        if event.what == "note":
            self.toggle()
        elif event.what == "editor":
            self.edit_outside()
        else:
            self.post_message(self.TakeBack(self))

    @on(ComposerText.Pressed)
    def _pressed(self, event: ComposerText.Pressed) -> None:
        if event.do is Do.SEND:
            event.stop()
            self._submit(event.firm)
        elif event.do is Do.LEAVE:
            event.stop()
            self.post_message(self.Left(self))

    def _doubt(self, text: str) -> str:
        """Why this may not be what was meant; empty when nothing speaks against it."""
        if self.field.select_field(first=True):
            return f"{self.field.selected_text} must be filled first"
        if text.startswith("/") and len(text.split()) == 1:
            return f"There is no quick reply {text}"
        return ""

    def _submit(self, firm: bool) -> None:
        text = self.text.strip()
        alone = firm and not self.is_note and self.enclosed.envelope.files
        if not (text or alone) or self._reason:
            return
        if self._kind is DraftKind.REPLY and self.field.select_field(first=True):
            self.say(f"{self.field.selected_text} must be filled first")
            return
        if not (firm and self._sends_anyway) and (doubt := self._doubt(text)):
            self.say(f"{doubt}; {key_for('composer.send')} sends it as it is")
            self._sends_anyway = True
            return
        self._warning = ""
        seen, self._seen = self._seen or 0, None
        self._drafts.send(self._kind, text)
        self.field.labels = ()
        self.field.set_text("")
        self.refresh_standing()
        self.post_message(self.Submitted(self, text, self._kind, seen))
