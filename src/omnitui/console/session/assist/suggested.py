"""What may help now, each with how sure one can be of it and why: articles, similar cases, the
likely reply, queue, priority and product.

It is asked for when something of that may have changed: the customer's last words, the queue, the
case. What an agent says of one counts at once, in every console. A queue, a priority and a product
are set by a command of the screen (`console/commands/session.py`), which says how it is undone.
"""

from typing import Any

from textual.content import Content

from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.suggestions import card, has_own_heading, heading_of, nothing_fits
from omnitui.console.session.assist.tab import Act, AssistTab, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.model.conversation import MessageKind, Speaker
from omnitui.model.errors import Refusal
from omnitui.model.suggestion import Suggestion, SuggestionKind, Suggestions

_SET = (SuggestionKind.QUEUE, SuggestionKind.PRIORITY, SuggestionKind.PRODUCT)
"""What the screen sets."""


class SuggestedTab(AssistTab):
    """See the module."""

    key = "suggested"
    label = "Suggested"
    acts = (
        Act("o", "open_tab", "Open it as a tab"),
        Act("i", "insert_text", "Insert its text"),
        Act("d", "dismiss", "Dismiss"),
        Act("plus", "helpful", "It helped"),
        Act("minus", "unhelpful", "It did not help"),
    )

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(pane, state, glyphs)
        self._shown: Suggestions | None = None
        self._asked: object = None
        self._wanted = ""

    @property
    def count(self) -> int:
        """How much may help."""
        return 0 if self._shown is None else len(self._shown.found)

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        return [("enter", "use"), ("d", "dismiss"), ("+/-", "helped")]

    async def take_in(self) -> None:
        """Look again for what may help, if something that it depends on has changed."""
        item, case = self.state.conversation, self.state.case
        last = next((m.id for m in reversed(self.state.messages) if _is_said(m)), None)
        labels = None if case is None else (case.id, case.product, case.priority, case.status)
        asked = (last, item.queue_id, labels)
        if asked != self._asked:
            self._asked = asked
            await self._read()

    async def _read(self) -> None:
        self._shown = await self.state.link.call(
            "suggestion.for", conversation=self.state.conversation_id
        )
        self.pane.list_again(self)

    def blocks(self, width: int) -> list[Block]:
        """Cards under headings; articles first."""
        blocks: list[Block] = []
        before: SuggestionKind | None = None
        for one in () if self._shown is None else self._shown.found:
            if has_own_heading(before, one.kind):
                blocks.append(Block(f"head:{one.kind}", heading_of(one.kind, width, self.glyphs)))
            before = one.kind
            blocks.append(Block(_key(one), card(one, width, self.glyphs), True))
            blocks.append(Block(f"gap:{_key(one)}", [Content("")]))
        return blocks or [Block("", nothing_fits(self._shown, width))]

    def find(self, key: str) -> Suggestion | None:
        """What the block of that key shows."""
        found = () if self._shown is None else self._shown.found
        return next((one for one in found if _key(one) == key), None)

    def choose(self, key: str) -> None:
        """Read an article, open a case, put a reply into the composer; let the screen do others."""
        one = self.find(key)
        if one is None:
            return
        if one.kind is SuggestionKind.ARTICLE:
            self.pane.soon(self.pane.read(one.id), "assist-read", exclusive=True)
        elif one.kind is SuggestionKind.CASE:
            self.pane.open_record(_tab(one))
        elif one.kind is SuggestionKind.REPLY:
            self.pane.soon(self._reply(one), "assist-use")
        elif one.kind is SuggestionKind.TOPIC:
            self._insert_said(one)
        else:
            self._wanted = key
            self.pane.do("session.use_suggestion")

    def take_wanted(self) -> Suggestion | None:
        """What was chosen here for the screen to do, once; the surest of these if nothing was."""
        wanted, self._wanted = self._wanted, ""
        found = () if self._shown is None else self._shown.found
        likely = [one for one in found if one.kind in _SET]
        return self.find(wanted) or max(likely, key=lambda one: one.confidence, default=None)

    def open_tab(self) -> None:
        """Open the article or the case under the cursor in a tab."""
        one = self._under_cursor
        if one is not None and one.kind in (SuggestionKind.ARTICLE, SuggestionKind.CASE):
            self.pane.open_record(_tab(one))

    def insert_text(self) -> None:
        """Put how a case was resolved, or a reply, into the composer."""
        one = self._under_cursor
        if one is None:
            return
        if one.kind in (SuggestionKind.CASE, SuggestionKind.TOPIC):
            self._insert_said(one)
        elif one.kind in (SuggestionKind.REPLY, SuggestionKind.ARTICLE):
            self.choose(_key(one))

    def _insert_said(self, one: Suggestion) -> None:
        if one.text:
            self.pane.insert(one.text)
            self.pane.soon(self.answer("accept", one), "assist-use")

    def dismiss(self) -> None:
        """Put away what is under the cursor, for this conversation."""
        self._answer("dismiss")

    def helpful(self) -> None:
        """Say that what is under the cursor helped."""
        self._answer("rate", helpful=True)

    def unhelpful(self) -> None:
        """Say that what is under the cursor did not help."""
        self._answer("rate", helpful=False)

    @property
    def _under_cursor(self) -> Suggestion | None:
        return self.find(self.pane.cursor_key)

    def _answer(self, answer: str, **more: Any) -> None:
        one = self._under_cursor
        if one is not None:
            self.pane.soon(self.answer(answer, one, **more), "assist-answer")

    async def answer(self, answer: str, one: Suggestion, **more: Any) -> None:
        """Say something of a suggestion, and show what is suggested then."""
        said = await self.state.link.attempt(
            f"suggestion.{answer}",
            conversation=self.state.conversation_id,
            kind=one.kind,
            label=one.label,
            **more,
        )
        if isinstance(said, Refusal):
            self.pane.refuse(said)
        else:
            await self._read()

    async def _reply(self, one: Suggestion) -> None:
        conversation = self.state.conversation_id
        filled = await self.state.link.call("reply.render", reply=one.id, conversation=conversation)
        labels = tuple(filled.text[p.start : p.end] for p in filled.prompts)
        self.pane.insert(filled.text, labels)
        await self.state.link.attempt("reply.use", reply=one.id, conversation=conversation)
        await self.answer("accept", one)


def _is_said(message: Any) -> bool:
    return message.speaker is Speaker.CUSTOMER and message.kind is MessageKind.MESSAGE


def _key(one: Suggestion) -> str:
    return f"{one.kind}:{one.label}"


def _tab(one: Suggestion) -> AppTab:
    if one.kind is SuggestionKind.CASE:
        return AppTab(AppKind.CASE, one.id, one.label)
    return AppTab(AppKind.ARTICLE, one.id, one.title)
