"""Marks misspelt words in the composer while it is written, and corrects them.

Nothing of it is in the way of typing: it looks a moment after typing pauses, lists of words are
loaded on a thread when they are first needed, and long texts are looked through on one.
"""

import asyncio
from typing import Any

from textual.timer import Timer
from textual.widget import Widget
from textual.widgets.text_area import Selection

from omnitui.console.session.composer_text import ComposerText
from omnitui.console.session.state import SessionState
from omnitui.console.work import do_soon, there
from omnitui.console.writing import writing_of
from omnitui.model.errors import Fault
from omnitui.rules.spelling import Misspelt, as_written, misspelt, words_of

PAUSE_SECONDS = 0.3
_LONG = 2_000
"""From how many characters on a text is looked through on a thread."""
_ANY = "en"


class Speller:
    """See the module. `nothing` says why `look` has found nothing."""

    def __init__(self, composer: Widget, state: SessionState) -> None:
        self._composer = composer
        self._state = state
        self._timer: Timer | None = None
        self._words: frozenset[str] | None = None
        self._told = ""
        self.nothing = ""

    @property
    def _field(self) -> ComposerText:
        return self._composer.query_one(ComposerText)

    def soon(self) -> None:
        """Something has been typed."""
        if not writing_of(self._composer.app).spelling:
            return
        self._field.forget_marks()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._composer.set_timer(PAUSE_SECONDS, self._due)

    def _due(self) -> None:
        do_soon(self._composer, self.mark(), "spelling", exclusive=True)

    async def turned(self) -> None:
        """Marking was turned on or off."""
        self._told = ""
        if writing_of(self._composer.app).spelling:
            await self.mark()
        else:
            self._field.mark_misspelt(())

    async def learned(self) -> None:
        """A word was added to the agent's own."""
        self._words = None
        if writing_of(self._composer.app).spelling:
            await self.mark()

    async def mark(self) -> None:
        """Underline what is misspelt."""
        text = self._field.text
        found = await self._found(text, self._cursor())
        if there(self._composer) and text == self._field.text:
            self._field.mark_misspelt([(one.start, one.end) for one in found])
        if self.nothing and self.nothing != self._told and not found:
            self._told = self.nothing
            self._composer.app.notify(self.nothing, severity="warning", markup=False)

    async def look(self) -> Misspelt | None:
        """The misspelt word at the cursor, else the next one after it, else the first."""
        found = await self._found(self._field.text, None)
        if not found:
            self.nothing = self.nothing or "No word is misspelt."
            return None
        at = self._cursor()
        return next((one for one in found if one.end >= at), found[0])

    async def corrections(self, word: Misspelt) -> list[str]:
        """What may have been meant."""
        from omnitui.datafiles.spelling import word_list

        made = word_list(*self._list())
        found = await asyncio.to_thread(made.corrections, word.word)
        return [as_written(one, word.word) for one in found]

    def replace(self, word: Misspelt, correction: str) -> None:
        """Put a correction in the place of a word, if that stands there still."""
        field = self._field
        if field.text[word.start : word.end] == word.word:
            document: Any = field.document
            at = document.get_location_from_index
            field.selection = Selection(at(word.start), at(word.end))
            field.put(correction)
            field.focus()

    def _cursor(self) -> int:
        field = self._field
        document: Any = field.document
        return int(document.get_index_from_location(field.cursor_location))

    def _list(self) -> tuple[str, Any]:
        """The language, and the file of its words if it has one of the agent's."""
        from omnitui.datafiles.spelling import languages

        likes = writing_of(self._composer.app)
        customer = self._state.customer
        theirs = "" if customer is None else customer.language.partition("-")[0].casefold()
        known = theirs in likes.word_lists or theirs in languages()
        language = theirs if theirs and known else likes.spelling or _ANY
        return language, likes.word_lists.get(language)

    async def _found(self, text: str, cursor: int | None) -> list[Misspelt]:
        from omnitui.datafiles.spelling import word_list

        self.nothing = ""
        try:
            made = await asyncio.to_thread(lambda: word_list(*self._list()))
        except Fault as fault:
            self.nothing = str(fault)
            return []
        besides = await self._besides()
        if len(text) < _LONG:
            return misspelt(text, made.knows, besides, cursor)
        return await asyncio.to_thread(misspelt, text, made.knows, besides, cursor)

    async def _besides(self) -> frozenset[str]:
        """Words that are right here: names, and the agent's own."""
        if self._words is None:
            self._words = frozenset(await self._state.link.call("spelling.words"))
        item, customer, case = self._state.conversation, self._state.customer, self._state.case
        names = [item.name, item.agent_name, item.queue]
        names += [customer.name, customer.company] if customer is not None else []
        names += [case.title, case.product] if case is not None else []
        return self._words | words_of(*names)
