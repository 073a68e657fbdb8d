"""A customer's timeline in a tab: everything that happened, narrowed by kind and by words.

What others did since the agent last looked is marked at the top, and counts as looked at from
then on.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from omnitui.console.apps.body import Around, ListBody
from omnitui.console.apps.case import open_case
from omnitui.console.apps.looking import Looking
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.present.records import beside
from omnitui.console.present.records.timeline import activity_key
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Choice, Line
from omnitui.console.work import do_soon
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.timeline import Activity, ActivityKind

_PAGE = 60
_MORE = "more"
KINDS: tuple[tuple[str, str, tuple[ActivityKind, ...]], ...] = (
    ("", "All", ()),
    ("missed", "New", ()),
    ("messages", "Messages", (ActivityKind.MESSAGE,)),
    ("conversations", "Conversations", (ActivityKind.CONVERSATION, ActivityKind.CHAT)),
    ("calls", "Calls", (ActivityKind.CALL,)),
    ("mails", "Mails", (ActivityKind.MAIL,)),
    ("tasks", "Tasks", (ActivityKind.TASK,)),
    ("notes", "Notes", (ActivityKind.NOTE,)),
    ("visits", "Visits", (ActivityKind.VISIT,)),
    ("cases", "Cases", (ActivityKind.CASE, ActivityKind.EVENT)),
)
"""What the timeline can be narrowed to: key, word, kinds."""


class TimelineTab(ListBody):
    """See the module. Its tab's key is the customer's."""

    DEFAULT_CSS = """
    TimelineTab {
        & > #timeline-kind { margin: 1 1 0 1; }
        & > #timeline-words { margin: 0 1 1 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", show=False),
        Binding("o", "open", "Open the record of the entry", id="timeline.record", show=False),
        Binding("=", "only", "Only this record, or all", id="timeline.only", show=False),
    ]

    what = "customer"
    keys_to_list = False  # with `tab` they go to what it is narrowed by

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self.rows: list[Activity] = []
        self._more = False
        self._looking = Looking(around.link)
        self._unfolded: frozenset[str] = frozenset()
        self._only: Activity | None = None
        self._round = 0

    @property
    def customer_id(self) -> int | None:
        """Who it is about."""
        return self.tab.key

    async def read(self) -> bool:
        """Read who it is, what is new, and what happened."""
        found = await self.around.link.found("customer.get", customer=self.tab.key)
        if found is None:
            return False
        self.customer = found
        await self._looking.read(found.id)
        await self._read()
        return True

    def fresh_parts(self) -> Iterable[Widget]:
        """Who it is, what the timeline is narrowed to, and the timeline."""
        head, blocks = super().fresh_parts()
        words = [(key, word) for key, word, _kinds in KINDS]
        looked_for = Line(
            self.tab.words, placeholder="Search words", id="timeline-words", max_length=200
        )
        return head, Choice(words, "", self.around.glyphs, id="timeline-kind"), looked_for, blocks

    async def begin(self) -> None:
        """Say that the agent looks, where it is before them."""
        if self.painted and self.size.width:
            await self._looking.look(self.tab.key)

    @on(events.Show)
    def _shown(self) -> None:
        do_soon(self, self.begin(), "look", exclusive=True)

    def look_for(self, words: str) -> None:
        """Show what holds these words."""
        if self.painted:
            self.query_one("#timeline-words", Line).value = words

    async def refresh_from(self, entries: Sequence[Entry]) -> None:
        """Read again what happened with the customer."""
        if not self.painted or self.customer is None:
            return
        now = self.customer.id
        about = [one for one in entries if one.is_about(self.tab.key) or one.is_about(now)]
        if not about:
            return
        if any(entry.renames(now) or entry.renames(self.tab.key) for entry in about):
            link = self.around.link
            self.customer = await link.call("customer.get", customer=self.tab.key)
        await self._looking.read(self.tab.key)
        await self._read(at_least=len(self.rows))
        self.lay_out()
        await self.begin()

    def head(self) -> Content:
        """Who it is, what is new, what the timeline is narrowed to."""
        assert self.customer is not None
        missed, record = self._looking.missed, record_of(self._only)
        only = ""
        if self._only is not None and record:
            only = self._only.case_number if "case" in record else "one conversation"
        return beside.timeline_head(self.customer, missed, *self.around.look, only)

    @property
    def _narrowed(self) -> dict[str, Any]:
        if not self.painted:
            return {"text": self.tab.words}
        chosen = self.query_one("#timeline-kind", Choice).value
        kinds = next(kinds for key, _word, kinds in KINDS if key == chosen)
        words = self.query_one("#timeline-words", Line).value
        return {"kinds": list(kinds) or None, "text": words, **record_of(self._only)}

    async def _read(self, *, at_least: int = 0) -> None:
        self._round += 1
        asked = self._round
        if self.painted and self.query_one("#timeline-kind", Choice).value == "missed":
            rows = list(self._looking.missed.rows)
            more = False
        else:
            limit = max(_PAGE, min(at_least, 500))
            rows = await self.around.link.call(
                "timeline.list", customer=self.tab.key, limit=limit, **self._narrowed
            )
            more = len(rows) >= limit
        if asked == self._round:
            self.rows, self._more = rows, more

    async def _read_again(self) -> None:
        await self._read()
        self.listing.show(self.blocks, from_top=True)

    async def _read_more(self) -> None:
        held = self.rows
        page = await self.around.link.call(
            "timeline.list",
            customer=self.tab.key,
            before=held[-1].at,
            limit=_PAGE,
            **self._narrowed,
        )
        if self.rows is held:
            self.rows, self._more = held + page, len(page) >= _PAGE
            self.lay_out()

    def blocks(self, width: int) -> list[Block]:
        """What happened, and whether there is more."""
        channels, new = self.around.link.channels, self._looking.new
        rows = beside.happened(self.rows, width, *self.around.look, channels, self._unfolded, new)
        blocks = [Block(key, lines, selectable=True) for key, lines in rows]
        if self._more:
            older = beside.paragraph("enter loads older entries", width, "$primary")
            blocks.append(Block(_MORE, older, selectable=True))
        if not rows:
            said = "No entries. Choose another kind or other words."
            blocks.append(Block("nothing", beside.paragraph(said, width)))
        return blocks

    @on(Choice.Changed)
    @on(Input.Changed)
    def _narrow(self, event: Choice.Changed | Input.Changed) -> None:
        event.stop()
        if isinstance(event, Input.Changed):
            self.around.tabs.narrow(self.tab.name, event.value)
        do_soon(self, self._read_again(), "timeline", exclusive=True)

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.listing.focus()

    def chosen(self, key: str) -> None:
        """Bring what is older, or unfold an entry."""
        if key == _MORE:
            do_soon(self, self._read_more(), "timeline", exclusive=True)
            return
        self._unfolded ^= {key}
        self.lay_out()

    @property
    def _at(self) -> Activity | None:
        """The entry under the cursor."""
        key = self.listing.cursor_key
        return next((row for row in self.rows if activity_key(row) == key), None)

    def action_only(self) -> None:
        """Narrow to the case or the conversation of the entry under the cursor, or show all."""
        if not self.painted:
            return
        if self._only is None and not record_of(self._at):
            said = "This entry has no case and no conversation."
            self.refuse(Refusal("timeline.no_record", said))
            return
        self._only = self._at if self._only is None else None
        do_soon(self, self._read_again(), "timeline", exclusive=True)
        self.lay_out()

    def action_open(self) -> None:
        """Open the case of the entry under the cursor in a tab, or its conversation."""
        at = self._at if self.painted else None
        record = record_of(at)
        if at is None or not record:
            return
        if "case" in record:
            do_soon(self, open_case(self, record["case"]), "timeline")
        else:
            self.post_message(self.Wanted(self, conversation=record["conversation"]))


def record_of(activity: Activity | None) -> dict[str, int]:
    """What an entry is or belongs to, as the desk names it: its case, else its conversation."""
    if activity is None:
        return {}
    of_case = activity.case_id is not None and activity.kind is not ActivityKind.CONVERSATION
    found = {"case": activity.case_id} if of_case else {"conversation": activity.conversation_id}
    return {name: int(key) for name, key in found.items() if key is not None}


def timeline_tab(customer: Customer, words: str = "") -> AppTab:
    """The tab of a customer's timeline; with `words`, of what holds them."""
    return AppTab(AppKind.TIMELINE, customer.id, "Timeline", words)
