"""A record in a tab: a line about it, its fields, and below them what belongs to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.form import RecordForm
from omnitui.console.widgets.fields import Field
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal


class RecordBody(AppBody):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,enter", "fields", "Edit fields", id="record.fields", show=False),
    ]

    _kinds: Sequence[object] = ()

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

    async def may_save(self, edits: Mapping[str, str]) -> bool:
        """Whether edits are to be saved, perhaps after asking; they stay if not."""
        return True

    def fresh_parts(self) -> Iterable[Widget]:
        """The line about it, the fields, and the list below them."""
        head, blocks = super().fresh_parts()
        return head, self._new_form(), blocks

    def _new_form(self) -> RecordForm:
        fields = self.fields()
        self._kinds = [(field.key, field.kind) for field in fields]
        return RecordForm(fields, self.around.tabs.edits(self.tab.name), self.around.glyphs)

    async def take_in(self) -> None:
        """Show what was read; what is typed stays."""
        fields, form = self.fields(), self.form
        if form is not None and [(field.key, field.kind) for field in fields] == self._kinds:
            form.show(fields)
        elif form is not None:
            # What can be edited is another thing now: the fields are made anew.
            await form.remove()
            await self.mount(self._new_form(), after=self.query_one(".app-head"))
        self.lay_out()

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
        said = f"This {self.what} cannot be edited in its current status."
        self.refuse(Refusal("record.fixed", said))

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
            self.refuse(refusal)
        elif await self.read():
            self.around.tabs.edited(self.tab.name, {})
            await self.take_in()
            if self.form is not None:
                self.form.saved()
            self.app.notify("Saved.", timeout=2, markup=False)
