"""A section of the summary while it is edited where it stands: its fields, instead of its lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from omnitui.console import text
from omnitui.console.apps.fields import case_fields, customer_fields, save_customer
from omnitui.console.apps.form import RecordForm
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for, no_case, nobody_linked
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.fields import Field
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon, there
from omnitui.model.case import Case, CaseStatus
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal

SECTIONS = ("customer", "case")
"""The sections that can be edited."""

_ELSEWHERE = ("origin", "entitlement")
"""Fields of a case that say first what they move; the case's own tab has them."""

Lay = Callable[[int], list[Block]]


class EditInPlace(VerticalScroll):
    """See the module. `what` is the section; `above` and `below` lay out what stands around it."""

    DEFAULT_CSS = """
    EditInPlace {
        background: $surface-2;
        margin: 1 0 0 0;
        scrollbar-size-vertical: 1;
        & > BlockList { height: auto; background: $surface-2; }
        & > #edit-wrong { height: auto; color: $danger; padding: 0 1 0 3; display: none; }
        & > #edit-wrong.-said { display: block; }
        & > #edit-keys { height: 2; padding: 0 1 0 3; }
        & RecordForm { padding: 0 1; }
        & RecordForm > #form-state { display: none; }
        & _Row .name { width: 13; }
        & _Row > .said { padding: 0 0 0 14; }
        & Line, & Choice, & Area { background: $surface-3; }
        & Line:focus, & Choice:focus, & Area:focus { background: $cursor-surface; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", show=False),
        Binding("shift+tab", "app.focus_previous", "Previous field", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Edited(FromWidget):
        """What is typed and not saved has changed: worth keeping."""

    @dataclass(eq=False, repr=False)
    class Left(FromWidget):
        """The lines are wanted again."""

    def __init__(
        self,
        what: str,
        state: SessionState,
        around: tuple[Lay, Lay],
        edits: Mapping[str, str],
        glyphs: Glyphs,
    ) -> None:
        super().__init__(id="summary-edit", can_focus=False)
        self.what = what
        self._state = state
        self._above, self._below = around
        self.edits = dict(edits)
        self._glyphs = glyphs
        self._shown = self._fields()

    def compose(self) -> ComposeResult:
        """What stands above with the section's title, its fields and keys, what stands below."""
        yield BlockList(self._glyphs, id="edit-above")
        yield self._form()
        yield PlainStatic("", id="edit-wrong")
        keys = Content.assemble(
            ("^s", "bold $primary"),
            (" save  ", "$text-dim"),
            ("tab", "bold $primary"),
            (" next  ", "$text-dim"),
            ("esc", "bold $primary"),
            (" back  ", "$text-dim"),
            ("^z", "bold $primary"),
            (" undo", "$text-dim"),
        )
        yield PlainStatic(keys, id="edit-keys")
        yield BlockList(self._glyphs, id="edit-below")

    def on_mount(self) -> None:
        """Show what stands around, and give the keys to the first field."""
        self.query_one("#edit-above", BlockList).show(self._above)
        self.query_one("#edit-below", BlockList).show(self._below)

    def focus_first(self) -> None:
        """Give the keys to the first field, with all of the section on screen if it fits."""
        self.query_one(RecordForm).focus_first()
        # The lines around take their height one refresh after they know their width.
        self.call_after_refresh(self.call_after_refresh, self._bring_up)

    def _bring_up(self) -> None:
        form, keys = self.query_one(RecordForm), self.query_one("#edit-keys")
        top = form.virtual_region.y - 1
        end = keys.virtual_region.bottom - 1
        if end > self.scroll_offset.y + self.size.height:
            aim = max(0, min(top, end - self.size.height) if end - top <= self.size.height else top)
            self.scroll_to(y=aim, animate=False, force=True)

    def lay_out(self) -> None:
        """Bring what stands around up to date."""
        for blocks in self.query(BlockList):
            blocks.lay_out()

    async def refresh_fields(self) -> None:
        """Take what the desk says now; what is typed over it stays, and is told of."""
        fields = self._fields()
        form = self.query_one(RecordForm)
        if [field.key for field in fields] == [field.key for field in self._shown]:
            form.show(fields)
        elif there(self):
            self._shown = fields
            await form.remove()
            await self.mount(self._form(), after="#edit-above")
        self._shown = fields
        self.lay_out()

    def _form(self) -> RecordForm:
        return RecordForm(self._shown, self.edits, self._glyphs)

    @property
    def _record(self) -> Customer | Case | None:
        return self._state.customer if self.what == "customer" else self._state.case

    def _fields(self) -> Sequence[Field]:
        channels = self._state.link.channels
        record = self._record
        if isinstance(record, Customer):
            return customer_fields(record, channels)
        if record is None:
            return self._shown
        return [one for one in case_fields(record, channels) if one.key not in _ELSEWHERE]

    @on(RecordForm.Edited)
    def _edited(self, event: RecordForm.Edited) -> None:
        event.stop()
        self.edits = dict(event.edits)
        self.post_message(self.Edited(self))

    @on(RecordForm.Left)
    def _left(self, event: RecordForm.Left) -> None:
        event.stop()
        self.post_message(self.Left(self))

    @on(RecordForm.Save)
    def _save(self, event: RecordForm.Save) -> None:
        event.stop()
        do_soon(self, self._do_save(event.edits), "save", exclusive=True)

    async def _do_save(self, edits: Mapping[str, str]) -> None:
        record = self._record
        refusal = None if record is None or not edits else await self._tell(record, edits)
        if not there(self):
            return
        if refusal is None:
            self.edits = {}
            self.post_message(self.Edited(self))
            self.post_message(self.Left(self))
            return
        wrong = self.query_one("#edit-wrong", PlainStatic)
        wrong.update(text.block(f"{refusal.message} {refusal.hint}".strip()))
        wrong.add_class("-said")
        wrong.scroll_visible(animate=False)

    async def _tell(self, record: Customer | Case, edits: Mapping[str, str]) -> Refusal | None:
        link = self._state.link
        if isinstance(record, Customer):
            return await save_customer(link, record, edits)
        done: Any = await link.attempt("case.update", case=record.id, **edits)
        return done if isinstance(done, Refusal) else None


def why_not(state: SessionState, what: str) -> str | None:
    """Why a section cannot be edited, None when it can."""
    if what == "customer":
        return None if state.customer else nobody_linked()
    if state.case is None:
        return no_case()
    over = state.case.status is not CaseStatus.ACTIVE
    reopens = (
        f"{state.case.number} is {state.case.status.value}: {key_for('case.reopen')} reopens it."
    )
    return reopens if over else None
