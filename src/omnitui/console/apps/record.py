"""A record in a tab: a line about it, its fields, and below them what belongs to it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.form import Field, RecordForm
from omnitui.console.keys import key_for
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry


class RecordBody(AppBody):
    """See the module. `what` is the record's kind, as commands name it: `case`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,enter", "fields", "Go into the fields", id="record.fields", show=False),
    ]

    what: ClassVar[str]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._painted = False
        self._kinds: list[object] = []

    async def read(self) -> bool:
        """Read the record and what belongs to it; False when it is gone."""
        raise NotImplementedError

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry can change what is shown."""
        raise NotImplementedError

    def head(self) -> Content:
        """The line about it."""
        raise NotImplementedError

    def fields(self) -> list[Field]:
        """Its fields as the desk last said them."""
        raise NotImplementedError

    def params(self, edits: Mapping[str, str]) -> dict[str, Any]:
        """The edits as the desk takes them."""
        return dict(edits)

    async def save(self, edits: Mapping[str, str]) -> Refusal | None:
        """Tell the desk what was typed; what it says when it refuses."""
        given = {self.what: self.tab.key, **self.params(edits)}
        done: Any = await self.around.link.attempt(f"{self.what}.update", **given)
        return done if isinstance(done, Refusal) else None

    def blocks(self, width: int) -> Sequence[Block]:
        """What stands below the fields."""
        raise NotImplementedError

    def chosen(self, key: str) -> None:
        """A block was chosen."""

    async def may_save(self, edits: Mapping[str, str]) -> bool:
        """Whether edits are to be saved, perhaps after asking; they stay if not."""
        return True

    @property
    def painted(self) -> bool:
        """Whether there is something to see."""
        return self._painted

    async def load(self) -> None:
        """Read the record and show it."""
        if not await self.read():
            gone = f"This {self.what} is no longer there. {key_for('tab.close')} closes the tab."
            await self.mount(PlainStatic(gone, classes="app-head"))
            return
        await self.mount(
            PlainStatic(self.head(), classes="app-head"),
            self._new_form(),
            BlockList(self.around.glyphs),
        )
        self._painted = True
        self.query_one(BlockList).show(self.blocks)
        self.post_message(self.Read(self))

    def _new_form(self) -> RecordForm:
        fields = self.fields()
        self._kinds = [(field.key, field.kind) for field in fields]
        return RecordForm(fields, self.around.tabs.edits(self.tab.name), self.around.glyphs)

    async def refresh_from(self, entries: Sequence[Entry]) -> None:
        """Read again what the entries may have changed."""
        if self._painted and any(self.concerns(entry) for entry in entries) and await self.read():
            await self._take_in()

    async def _take_in(self) -> None:
        fields, form = self.fields(), self.form
        if form is not None and [(field.key, field.kind) for field in fields] == self._kinds:
            form.show(fields)
        elif form is not None:
            # What can be edited is another thing now: the fields are made anew.
            await form.remove()
            await self.mount(self._new_form(), after=self.query_one(".app-head"))
        self._lay_out()

    def tick(self) -> None:
        """Bring the times up to date."""
        if self._painted:
            self._lay_out()

    def _lay_out(self) -> None:
        self.query_one(".app-head", PlainStatic).update(self.head())
        self.query_one(BlockList).lay_out()

    def action_fields(self) -> None:
        """Give the keys to the first field; from inside a field, to what comes next."""
        if not self.has_focus:
            self.app.action_focus_next()
        elif self.form is not None:
            self.form.focus_first()

    def edit(self) -> None:
        """Give the keys to the first field; where there is none, say why."""
        if self.form is not None and self.form.focus_first():
            return
        said = f"Nothing of this {self.what} can be edited as it stands."
        self.post_message(self.Refused(self, Refusal("record.fixed", said)))

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.chosen(event.key)

    @on(RecordForm.Edited)
    def _edited(self, event: RecordForm.Edited) -> None:
        event.stop()
        self.around.tabs.edited(self.tab.name, event.edits)
        self.post_message(self.Retitled(self))

    @on(RecordForm.Left)
    def _left(self, event: RecordForm.Left) -> None:
        event.stop()
        self.focus()

    @on(RecordForm.Save)
    def _save(self, event: RecordForm.Save) -> None:
        event.stop()
        if event.edits:
            do_soon(self, self._do_save(event.edits), "save")

    async def _do_save(self, edits: Mapping[str, str]) -> None:
        if not await self.may_save(edits):
            return
        refusal = await self.save(edits)
        if refusal is not None:
            self.post_message(self.Refused(self, refusal))
        elif await self.read():
            self.around.tabs.edited(self.tab.name, {})
            await self._take_in()
            if self.form is not None:
                self.form.saved()
            self.app.notify("Saved.", timeout=2, markup=False)
