"""The customer summary: who it is, what is open, what happened, how they came here.

Sections are read when they are unfolded. What is read later comes below what is on screen, or
where a line said that it was being read; the line at the top of the screen stays where it is.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from omnitui.console.apps.looking import Looking
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.profile import SECTIONS, Profile, Suggested, profile_parts
from omnitui.console.session import editing
from omnitui.console.session.editing import EditInPlace
from omnitui.console.session.recent import RecentActivities, RecentCases
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import do_soon
from omnitui.desk.sessions import SessionPage
from omnitui.model.timeline import USUAL_KINDS

USUAL = frozenset(("section:customer", "section:case", "section:conversation"))
"""What is unfolded until the agent says otherwise, where there is little room."""

ROOMY = USUAL | {"section:cases", "section:timeline"}
"""And where there is much."""

_ROOMY_FROM = 34


class SummaryPane(Vertical):
    """See the module."""

    DEFAULT_CSS = """
    SummaryPane {
        background: $surface-2;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort_cases", "Sort the recent cases", id="summary.sort_cases", show=False),
        Binding("right", "unfold(True)", "Unfold here", id="summary.unfold", show=False),
        Binding("left", "unfold(False)", "Fold here", id="summary.fold", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Acted(FromWidget):
        """Chosen: `link`, `create_case`, `suggest` with a customer, `case` with a case."""

        what: str
        key: int = 0

    @dataclass(eq=False, repr=False)
    class Refolded(FromWidget):
        """Something was folded or unfolded: worth keeping."""

    def __init__(self, state: SessionState, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(id="summary")
        self._state = state
        self._glyphs = glyphs
        self._tz = tz
        self._open: frozenset[str] | None = None
        self._opened_items: frozenset[str] = frozenset()
        self.recent = RecentCases(state.link)
        self._lately = RecentActivities(state.link)
        self._customer_id: int | None = None
        self._taken: SessionPage | None = None
        state.beside = self._wanted
        self.editing: EditInPlace | None = None
        self._unsaved: dict[str, dict[str, str]] = {}
        self._looking = Looking(state.link, USUAL_KINDS, beside=state.conversation_id)

    def compose(self) -> ComposeResult:
        """The sections."""
        yield BlockList(self._glyphs, id="summary-list")

    @property
    def blocks(self) -> BlockList:
        """The sections."""
        return self.query_one("#summary-list", BlockList)

    @property
    def unfolded(self) -> list[str]:
        """The sections that are unfolded, to be kept."""
        return sorted(key.removeprefix("section:") for key in self._unfolded)

    @property
    def suggested(self) -> Sequence[Suggested]:
        """Who an unknown visitor may be."""
        return [Suggested(who, because) for who, because in self._state.loaded.suggested]

    def restore(self, unfolded: object) -> None:
        """Unfold what was unfolded when the session was last shown."""
        if isinstance(unfolded, list):
            names = {str(name) for name in unfolded} & set(SECTIONS)
            self._open = frozenset(f"section:{name}" for name in names)

    async def load(self) -> None:
        """Take what was read with the session, then show it."""
        await self._take()
        self.blocks.show(self._lay_out)

    async def take_in(self) -> None:
        """Take what was read again with the session."""
        await self._take()
        self._show_again()
        if self.editing is not None:
            await self.editing.refresh_fields()

    def _wanted(self) -> Mapping[str, Any]:
        """How much of what is the customer's is read with the session."""
        recent, lately = self.recent, self._lately
        return {"cases": recent.size, "sort": recent.sort, "activities": lately.size}

    async def _take(self) -> None:
        page, customer = self._state.loaded, self._state.conversation.customer_id
        if customer != self._customer_id:
            self._forget()
            self._customer_id = customer
        # What stands beside may have been read with another line of theirs, or not at all.
        fresh = self._taken is None or page.missed is not self._taken.missed
        self._taken = page
        if customer is not None and fresh:
            self._looking.take(page.missed)
        self._take_shown(again=fresh)
        await self._catch_up()

    def _take_shown(self, *, again: bool = False) -> None:
        """Take of what was read what is unfolded for the first time, or `again` what was before."""
        page, shown = self._state.loaded, self._unfolded
        if page.customer is None:
            return
        cases = shown & {"section:cases", "section:case"}
        if cases if self.recent.rows is None else again:
            self.recent.take(page.cases, page.more_cases, page.sort)
        timeline = "section:timeline" in shown
        if timeline if self._lately.rows is None else again:
            self._lately.take(page.activities, page.more_activities)

    async def _catch_up(self) -> None:
        """Read what is sorted otherwise here, and say what the agent looks at."""
        cases = self._unfolded & {"section:cases", "section:case"}
        if cases and self.recent.rows is None and self._customer_id is not None:
            await self.recent.read(self._customer_id)
            self._show_again()
        await self._look()

    def tick(self) -> None:
        """Bring the times up to date."""
        self._show_again()

    def _show_again(self) -> None:
        if self.editing is None:
            self.blocks.lay_out()
        else:
            self.editing.lay_out()

    @property
    def kept_editing(self) -> dict[str, Any]:
        """The section that is being edited, and what is typed and not saved, to be kept."""
        being = "" if self.editing is None else self.editing.what
        return {"open": being, "edits": self._unsaved} if being or self._unsaved else {}

    @property
    def unsaved(self) -> frozenset[str]:
        """The sections into which something is typed that is not saved."""
        return frozenset(self._unsaved)

    async def restore_editing(self, kept: object) -> None:
        """Go on with what was being edited when the session was last shown."""
        if not isinstance(kept, dict):
            return
        edits = kept.get("edits")
        kept_edits = edits if isinstance(edits, dict) else {}
        for what in editing.SECTIONS:
            if isinstance(typed := kept_edits.get(what), dict):
                self._unsaved[what] = {str(key): str(value) for key, value in typed.items()}
        being = str(kept.get("open", ""))
        if being in editing.SECTIONS and editing.why_not(self._state, being) is None:
            await self.edit(being, focus=False)

    async def edit(self, what: str, *, focus: bool = True) -> None:
        """Edit a section where it stands: `customer` or `case`."""
        if self.editing is not None and self.editing.what != what:
            await self.stop_editing()
        if self.editing is None:
            if f"section:{what}" not in self._unfolded:
                self._open = self._unfolded | {f"section:{what}"}
            edits = self._unsaved.get(what, {})
            self.editing = EditInPlace(what, self._state, self._around(what), edits, self._glyphs)
            self.blocks.display = False
            await self.mount(self.editing)
            self.post_message(self.Refolded(self))
        if focus:
            self.editing.focus_first()

    async def stop_editing(self) -> None:
        """Show the lines again; what is typed and not saved is kept."""
        edited, self.editing = self.editing, None
        if edited is not None:
            had_keys = edited.has_focus_within
            await edited.remove()
            self.blocks.display = True
            self.blocks.lay_out()
            if had_keys:
                self.blocks.move_to(edited.what)
                self.blocks.focus()
            self.post_message(self.Refolded(self))

    def _around(self, what: str) -> tuple[editing.Lay, editing.Lay]:
        """What is laid out above the fields of a section, its title too, and below them."""
        key, after = f"section:{what}", f"section:{SECTIONS[SECTIONS.index(what) + 1]}"

        def place(blocks: Sequence[Block], key: str) -> int:
            return next(n for n, block in enumerate(blocks) if block.key == key)

        def above(width: int) -> list[Block]:
            blocks = self._lay_out(width)
            return blocks[: place(blocks, key) + 1]

        def below(width: int) -> list[Block]:
            blocks = self._lay_out(width)
            return blocks[place(blocks, after) :]

        return above, below

    @on(EditInPlace.Edited)
    def _edited(self, event: EditInPlace.Edited) -> None:
        event.stop()
        if self.editing is not None:
            self._unsaved[self.editing.what] = self.editing.edits
        self._unsaved = {what: edits for what, edits in self._unsaved.items() if edits}
        self.post_message(self.Refolded(self))

    @on(EditInPlace.Left)
    def _editing_left(self, event: EditInPlace.Left) -> None:
        event.stop()
        do_soon(self, self.stop_editing(), "editing", exclusive=True)

    def toggle(self, section: str) -> None:
        """Fold or unfold a section."""
        key = f"section:{section}"
        self._open = self._unfolded ^ {key}
        self._take_shown()
        self.blocks.lay_out()
        self.blocks.move_to(key)
        do_soon(self, self._catch_up(), "summary", exclusive=True)
        self.post_message(self.Refolded(self))

    @property
    def _unfolded(self) -> frozenset[str]:
        if self._open is not None:
            return self._open
        return ROOMY if self.size.height >= _ROOMY_FROM else USUAL

    def _forget(self) -> None:
        self.recent.forget()
        self._looking.forget()
        self._lately.forget()
        self._opened_items = frozenset()

    async def _look(self) -> None:
        """Say that the agent looks, where the timeline is before them."""
        shown = self.size.width and "section:timeline" in self._unfolded
        if shown and self._customer_id is not None and self._lately.rows is not None:
            await self._looking.look(self._customer_id)

    @on(events.Show)
    def _shown(self) -> None:
        do_soon(self, self._look(), "look", exclusive=True)

    @on(events.Hide)
    def _hidden(self) -> None:
        self._looking.left()

    def _profile(self) -> Profile:
        state = self._state
        moved: dict[str, float] = {}
        for message in state.messages[-60:]:
            moved.update(message.words)
        return Profile(
            conversation=state.conversation,
            channel=state.channel,
            about=state.loaded.about,
            tz=self._tz,
            now=state.link.now(),
            open=self._names_open,
            unsaved=frozenset(self._unsaved),
            new=self._looking.new,
            customer=state.customer,
            case=state.case,
            cases=self.recent.rows,
            sort=self.recent.sort,
            more_cases=self.recent.more,
            timeline=self._lately.rows,
            more_timeline=self._lately.more,
            suggested=None if state.customer else self.suggested,
            moved=tuple(moved.items()),
            channels=state.link.channels,
            targets=state.loaded.promises,
        )

    @property
    def _names_open(self) -> frozenset[str]:
        sections = {key.removeprefix("section:") for key in self._unfolded}
        return frozenset(sections) | self._opened_items

    def _lay_out(self, width: int) -> list[Block]:
        return [
            Block(part.key, part.lines, selectable=part.act, instant=part.act)
            for part in profile_parts(self._profile(), width, self._glyphs)
        ]

    @on(events.Resize)
    def _resized(self) -> None:
        if self._customer_id is not None and self._open is None:
            self._take_shown()
            self.blocks.lay_out()
            do_soon(self, self._catch_up(), "summary", exclusive=True)

    def action_sort_cases(self) -> None:
        """Sort the recent cases by the next of the choices."""
        do_soon(self, self._list(self.recent.turn), "cases", exclusive=True)
        self.post_message(self.Refolded(self))

    async def _list(self, read: Callable[[int], Awaitable[None]]) -> None:
        if self._customer_id is not None:
            await read(self._customer_id)
            self.blocks.lay_out()

    def action_unfold(self, wide: bool) -> None:
        """Unfold what is under the cursor where it stands, or fold it."""
        key = self.blocks.cursor_key
        if key.startswith(("case:", "activity:", "about:")) and (key in self._opened_items) != wide:
            self._opened_items ^= {key}
            self.blocks.lay_out()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        kind, _, rest = event.key.partition(":")
        if event.key in editing.SECTIONS:
            self.post_message(self.Acted(self, f"edit_{event.key}"))
        elif kind == "section":
            self.toggle(rest)
        elif kind == "case":
            self.post_message(self.Acted(self, "case", int(rest)))
        elif kind in ("activity", "about"):
            self._opened_items ^= {event.key}
            self.blocks.lay_out()
        elif kind == "more":
            do_soon(self, self._list(self._lately.read_more), "timeline", exclusive=True)
        elif kind == "suggest":
            self.post_message(self.Acted(self, "suggest", int(rest)))
        elif event.key == "act:sort_cases":
            self.action_sort_cases()
        elif event.key == "act:more_cases":
            do_soon(self, self._list(self.recent.read_more), "cases", exclusive=True)
        elif kind == "act":
            self.post_message(self.Acted(self, rest))
