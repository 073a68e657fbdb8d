"""The middle of a session: what was said, above what is being written."""

from dataclasses import dataclass
from datetime import tzinfo

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from omnitui.console.dialogs import writing
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.delivery import OvertakenDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.session.composer import Composer
from omnitui.console.session.composer_text import ComposerText
from omnitui.console.session.popups import MentionPicker, ReplyPicker
from omnitui.console.session.state import PAGE, News, SessionState, answers
from omnitui.console.session.transcript import Transcript
from omnitui.console.session.typing import Do, at_word, slash_word
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.search_input import FindLine
from omnitui.console.work import do_soon
from omnitui.model.conversation import MessageKind
from omnitui.model.errors import Refusal
from omnitui.model.session import DraftKind

_LOW = 20
_TALL = 30


class ConversationPane(Vertical):
    """Transcript and composer of one session, and the quick replies between them."""

    DEFAULT_CSS = """
    ConversationPane {
        width: 1fr;
        background: $surface-1;

        & > #stage { height: 1fr; layers: base popup; }
    }
    """

    @dataclass(eq=False, repr=False)
    class Refused(FromWidget):
        """The desk said no to something that was done here."""

        refusal: Refusal

    def __init__(self, state: SessionState, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(id="conversation")
        self._state = state
        self._glyphs = glyphs
        self.tz = tz
        empty = Content("No messages yet.")
        self.transcript = Transcript(glyphs, me=state.me, empty=empty, id="transcript")
        self.composer = Composer(state, glyphs)
        self.picker = ReplyPicker(state, glyphs)
        self.mentions = MentionPicker(state, glyphs)
        self._find_line = FindLine(glyphs)
        self._seen_id: int | None = None

    def compose(self) -> ComposeResult:
        """The transcript on its stage, over which quick replies open, and the composer."""
        with Container(id="stage"):
            yield self.transcript
            yield self.picker
            yield self.mentions
            yield self._find_line
        yield self.composer

    def show(self, seen_id: int) -> None:
        """Show the conversation from its tail, or from the first message after `seen_id`."""
        state = self._state
        news = (
            message.id
            for message in state.messages
            if message.id > seen_id
            and message.kind is not MessageKind.EVENT
            and message.agent_id != state.me
        )
        unseen = next(news, 0) if seen_id else 0
        self.transcript.tell_unserved(state.loaded.unserved)
        self.transcript.show(
            state.messages,
            has_older=state.has_older,
            seen_id=max(0, unseen - 1),
            now=state.link.now(),
            tz=self.tz,
        )

    async def go_to(self, message: int) -> None:
        """Show a message under the cursor, with what was said around it."""
        transcript = self.transcript
        if not transcript.go_to(message):
            before = await self._state.older(message)
            after = await self._state.newer(message)
            transcript.show(
                [*before, *await self._state.one(message), *after],
                has_older=len(before) >= PAGE,
                has_newer=len(after) >= PAGE,
                seen_id=0,
                now=self._state.link.now(),
                tz=self.tz,
            )
            transcript.go_to(message)
        transcript.focus()

    def restore(self) -> None:
        """Show drafts and what was being written."""
        kept = self._state.layout
        kind = DraftKind.NOTE if kept.get("writing") == DraftKind.NOTE else DraftKind.REPLY
        labels = kept.get("fields")
        named = [str(label) for label in labels] if isinstance(labels, list) else []
        self.composer.restore(kind, named)

    def take_in(self, news: News) -> None:
        """Show what has happened."""
        self.transcript.tell_unserved(self._state.loaded.unserved)
        for message in news.changed:
            self.transcript.replace_message(message)
        if any(line.envelope.files or line.envelope.subject for line in news.changed):
            # One that was taken back has given its files back.
            self.composer.enclosed.read_soon()
        if news.fresh:
            self.transcript.append(news.fresh)
            self.composer.noticed(news.fresh)
        self.composer.refresh_standing()
        self.picker.forget()

    def looked_away(self) -> None:
        """The session is not on screen any more: what comes from now on is new."""
        self._seen_id = self._state.last_id

    def looked_at(self) -> None:
        """The session is on screen again: show where the new messages begin."""
        seen, self._seen_id = self._seen_id, None
        if seen is not None and self._state.last_id > seen and self.transcript.following:
            self.show(seen)

    def send(self, text: str, kind: DraftKind, seen: int = 0) -> None:
        """Send a reply or add a note; what is refused comes back into the composer."""
        do_soon(self, self._send(text, kind, seen), "send")

    async def _send(self, text: str, kind: DraftKind, seen: int) -> None:
        verb = "note" if kind is DraftKind.NOTE else "reply"
        known: dict[str, object] = {} if kind is DraftKind.NOTE else {"enclosed": True}
        known |= {"seen": seen} if seen and known else {}
        done = await self._state.link.attempt(
            f"conversation.{verb}", conversation=self._state.conversation_id, text=text, **known
        )
        if isinstance(done, Refusal):
            self.composer.give_back(text, kind)
            if done.code == "reply.overtaken":
                await self._overtaken(text, seen, done)
            else:
                self.post_message(self.Refused(self, done))
        else:
            self.composer.sent(kind)
            self.transcript.action_tail()

    async def _overtaken(self, text: str, seen: int, refusal: Refusal) -> None:
        """Show who has answered meanwhile, and ask whether the reply is to be sent anyway."""
        state = self._state
        others = answers(await state.newer(seen), state.me)
        if not others:
            self.post_message(self.Refused(self, refusal))
            return
        dialog = OvertakenDialog(state.conversation.name, others, text, self.tz, self._glyphs)
        anyway = await ask(self.app, dialog)
        self.composer.know(others[-1].id)
        if anyway:
            field = self.composer.field
            field.set_text(field.text.removeprefix(text).lstrip("\n"))
            await self._send(text, DraftKind.REPLY, others[-1].id)

    def take_back(self) -> None:
        """Take back the reply that was sent last, while it is held."""
        do_soon(self, self._take_back(), "take_back")

    async def _take_back(self) -> None:
        held = self._state.held_reply
        if held is None:
            refusal = Refusal(
                "message.none_held",
                "There is no reply to undo: none of yours is held.",
            )
            self.post_message(self.Refused(self, refusal))
            return
        await self.composer.flush()
        done = await self._state.link.attempt("conversation.unsend", message=held.id)
        if isinstance(done, Refusal):
            self.post_message(self.Refused(self, done))
            return
        self.composer.start(DraftKind.REPLY)
        self.composer.give_back(held.text)

    def open_replies(self) -> None:
        """Put a slash into the reply, which opens the quick replies; a note stays as it is."""
        self.composer.start(DraftKind.REPLY)
        field = self.composer.field
        if not field.read_only and slash_word(field.before_cursor) is None:
            before = field.before_cursor
            field.put("/" if not before or before[-1].isspace() else " /")

    def tick(self, now: int) -> None:
        """Take the time (epoch ms)."""
        self.transcript.tick(now)
        self.composer.tick()

    def find(self) -> None:
        """Search within the conversation."""
        self._find_line.open()

    @on(FindLine.Wanted)
    def _find(self, event: FindLine.Wanted) -> None:
        event.stop()
        count = self.transcript.find(event.text)
        self._find_line.tell(count, count)

    @on(FindLine.Step)
    def _find_next(self, event: FindLine.Step) -> None:
        event.stop()
        self._find_line.tell(*self.transcript.find_next(event.step))

    @on(FindLine.Closed)
    def _find_over(self, event: FindLine.Closed) -> None:
        event.stop()
        self.transcript.find("")
        self.transcript.focus()

    @on(Composer.Submitted)
    def _submitted(self, event: Composer.Submitted) -> None:
        event.stop()
        self.send(event.text, event.kind, event.seen)

    @on(Composer.TakeBack)
    def _take_back_asked(self, event: Composer.TakeBack) -> None:
        event.stop()
        self.take_back()

    @on(Composer.Left)
    def _left(self, event: Composer.Left) -> None:
        event.stop()
        self.transcript.focus()
        do_soon(self, self.composer.flush(), "drafts")

    @on(Composer.Typed)
    def _typed(self, event: Composer.Typed) -> None:
        event.stop()
        field = self.composer.field
        if slash_word(field.before_cursor) is None:
            field.slash_left = -1
        found = field.slash
        self.picker.look(None if found is None else found.query)
        if at_word(field.before_cursor) is None:
            field.at_left = -1
        mention = None if found is not None else field.at
        self.mentions.look(None if mention is None else mention.query)

    def _leave_slash(self) -> None:
        self.composer.field.leave_slash()
        self.picker.look(None)

    @on(ComposerText.Pressed)
    def _pressed(self, event: ComposerText.Pressed) -> None:
        event.stop()
        popup = self.mentions if self.mentions.looking else self.picker
        if event.do is Do.CHOOSE:
            popup.choose()
        elif event.do in (Do.POPUP_UP, Do.POPUP_DOWN):
            popup.move(1 if event.do is Do.POPUP_DOWN else -1)
        elif event.do is Do.POPUP_CLOSE and popup is self.mentions:
            self.composer.field.leave_at()
            popup.look(None)
        elif event.do is Do.POPUP_CLOSE:
            self._leave_slash()

    @on(MentionPicker.Shown)
    def _mentions_shown(self, event: MentionPicker.Shown) -> None:
        event.stop()
        self.composer.field.popup_open = event.anybody

    @on(MentionPicker.Picked)
    def _mentioned(self, event: MentionPicker.Picked) -> None:
        event.stop()
        field = self.composer.field
        field.put_over_at(f"@{event.agent.login} ")
        field.focus()

    @on(ComposerText.PastedBlock)
    def _pasted(self, event: ComposerText.PastedBlock) -> None:
        event.stop()
        do_soon(self, self._ask_pasted(event.text), "pasted")

    async def _ask_pasted(self, pasted: str) -> None:
        answer = await ask(self.app, writing.pasted_dialog(pasted, self._glyphs))
        if answer == "note":
            self.composer.start(DraftKind.NOTE)
        if answer is not None:
            field = self.composer.field
            field.put(" ".join(pasted.split()) if answer == "line" else pasted)
            field.focus()

    @on(ReplyPicker.Emptied)
    def _emptied(self, event: ReplyPicker.Emptied) -> None:
        event.stop()
        self._leave_slash()

    @on(ReplyPicker.Picked)
    def _picked(self, event: ReplyPicker.Picked) -> None:
        event.stop()
        filled = event.filled
        labels = [filled.text[prompt.start : prompt.end] for prompt in filled.prompts]
        self.composer.insert(filled.text, over_slash=True, labels=labels)
        self.composer.field.focus()

    @on(Transcript.OlderNeeded)
    async def _older(self, event: Transcript.OlderNeeded) -> None:
        event.stop()
        page = await self._state.older(event.before_id)
        self.transcript.prepend(page, has_older=len(page) >= PAGE)

    @on(Transcript.NewerNeeded)
    async def _newer(self, event: Transcript.NewerNeeded) -> None:
        event.stop()
        page = await self._state.newer(event.after_id)
        self.transcript.extend(page, has_newer=len(page) >= PAGE)

    @on(Transcript.TailNeeded)
    def _tail(self, event: Transcript.TailNeeded) -> None:
        event.stop()
        self.show(0)

    @on(Transcript.CopyMessage)
    def _copy(self, event: Transcript.CopyMessage) -> None:
        event.stop()
        message = self.transcript.current_message
        if message is not None:
            self.app.copy_to_clipboard(message.text)
            self.app.notify("Copied.", timeout=2, markup=False)

    @on(events.Resize)
    def _resized(self) -> None:
        height = self.size.height
        self.picker.set_class(height < _LOW, "-low")
        self.composer.set_class(height >= _TALL, "-tall")
