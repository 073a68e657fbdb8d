"""What has records in tabs beside it: a session's conversation, or the lists of Home.

A record is read when its tab first comes in front, and kept until the tab is closed.
"""

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from textual import on
from textual.containers import Container
from textual.widget import Widget

from omnitui.console.apps import (
    article,
    case,
    customer,
    entitlement,
    gaps,
    search,
    timeline,
    web,
)
from omnitui.console.apps.body import AppBody, Around
from omnitui.console.apps.tabs import MOST, AppKind, AppTab, AppTabs, TooMany
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.apps import TabView, app_tabs
from omnitui.console.saving import Saver, Typed
from omnitui.console.type_ahead import missed
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import do_soon
from omnitui.model.case import Case
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry

FIRST = "first"
"""The name of the tab that is always there."""


def body_of(kind: AppKind) -> type[AppBody]:
    """Which widget shows a kind of record."""
    bodies: dict[AppKind, type[AppBody]] = {
        AppKind.CASE: case.CaseTab,
        AppKind.CUSTOMER: customer.CustomerTab,
        AppKind.TIMELINE: timeline.TimelineTab,
        AppKind.ARTICLE: article.ArticleTab,
        AppKind.SEARCH: search.SearchTab,
        AppKind.GAPS: gaps.GapsTab,
        AppKind.ENTITLEMENT: entitlement.EntitlementTab,
        AppKind.WEB: web.WebTab,
    }
    return bodies[kind]


class AppsPane(Container):
    """The records in tabs. `first` is what the tab says that is always there and shows none."""

    DEFAULT_CSS = """
    AppsPane { width: 1fr; height: 1fr; display: none; background: $surface-1; }
    """

    @dataclass(eq=False, repr=False)
    class Turned(FromWidget):
        """Another tab is in front."""

    def __init__(self, around: Around, first: str = "Transcript") -> None:
        super().__init__(id="apps")
        self._first = first
        self._around = around

    @property
    def front(self) -> AppTab | None:
        """The tab in front, None for the first."""
        return self._around.tabs.front

    @property
    def body(self) -> AppBody | None:
        """What is in front, None for the first tab or before it is there."""
        return self._find(self.front)

    def _find(self, tab: AppTab | None) -> AppBody | None:
        name = "" if tab is None else tab.name
        return next((body for body in self.query(AppBody) if body.tab.name == name), None)

    @property
    def views(self) -> list[TabView]:
        """What the line of tabs shows; nothing while there are no records open."""
        tabs = self._around.tabs
        if not tabs.open:
            return []
        named = [TabView(tab.name, tab.title, bool(tabs.edits(tab.name))) for tab in tabs.open]
        return [TabView(FIRST, self._first), *named]

    @property
    def front_name(self) -> str:
        """The name of what is in front."""
        return self.front.name if self.front else FIRST

    def kept(self) -> dict[str, Any]:
        """What is to be given back after a restart."""
        return self._around.tabs.kept()

    async def restore(self, kept: Any) -> None:
        """Bring back what was open."""
        self._around.tabs.restore(kept)
        await self._show()

    async def open(self, tab: AppTab) -> bool:
        """Bring a record in front; False, and why, when there are too many open."""
        try:
            self._around.tabs.add(tab)
        except TooMany:
            said = f"{MOST} tabs are open, which is the most."
            refusal = Refusal("apps.too_many", said, "Close one first.")
            self.post_message(AppBody.Refused(self, refusal))
            return False
        if self.body is not None and tab.words:
            self.body.look_for(tab.words)
        await self._show()
        return True

    async def choose(self, name: str) -> None:
        """Bring a tab in front, or the first."""
        self._around.tabs.choose(name)
        await self._show()

    async def step(self, by: int) -> None:
        """Go to the next tab (-1: the one before)."""
        self._around.tabs.step(by)
        await self._show()

    async def close(self, name: str) -> None:
        """Close a tab with what was typed into it."""
        body = self._find(self._around.tabs.find(name))
        self._around.tabs.close(name)
        await self._show()
        if body is not None:
            await body.remove()

    async def apply(self, entries: Sequence[Entry]) -> None:
        """Take in what has happened."""
        for body in self.query(AppBody):
            await body.refresh_from(entries)

    def tick(self) -> None:
        """Bring the times of what is in front up to date."""
        if self.body is not None:
            self.body.tick()

    async def _show(self) -> None:
        tab = self.front
        if tab is not None and self._find(tab) is None:
            body = body_of(tab.kind)(tab, self._around)
            await self.mount(body)
            do_soon(body, body.load(), f"app-{tab.name}", beside=True)
        for body in self.query(AppBody):
            body.display = body is self.body
        self.post_message(self.Turned(self))


class TabHolder(Widget):
    """What has the records beside it. `first` is what the tab says that is always there.

    Subclasses show what is in front in `turned`, and `keep` it.
    """

    def __init__(
        self,
        link: Link,
        glyphs: Glyphs,
        tz: tzinfo,
        first: str,
        *,
        conversation: int | None = None,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.link = link
        self.glyphs = glyphs
        self.tz = tz
        self.tabs = AppTabs()
        self.apps = AppsPane(Around(link, self.tabs, glyphs, tz, conversation), first)
        self.saver = Saver(self, self.keep)
        self.typed = Typed(self.saver.soon)

    @property
    def linked_case(self) -> Case | None:
        """The case it is about of its own accord."""
        return None

    @property
    def linked_conversation(self) -> Conversation | None:
        """The conversation it stands beside."""
        return None

    @property
    def case_in_front(self) -> Case | None:
        """The case that keys mean: the one in front, else the one that is linked."""
        body = self.apps.body
        return (None if body is None else body.case) or self.linked_case

    @property
    def customer_in_front(self) -> int | None:
        """The customer that keys mean: whose record is in front, else who is linked."""
        body, item = self.apps.body, self.linked_conversation
        shown = None if body is None else body.customer_id
        return shown or (None if item is None else item.customer_id)

    def start(self, work: Coroutine[Any, Any, Any], *, beside: bool = False) -> None:
        """Do something that takes a moment; `beside` the keys when it never moves the focus."""
        do_soon(self, work, "session", beside=beside)

    def open_record(self, tab: AppTab) -> None:
        """Open a record in a tab, or bring its tab in front."""
        self.start(self.apps.open(tab))

    def toast(self, refusal: Refusal) -> None:
        """Say why something was not done; keys typed ahead of that are not let loose."""
        missed(self)
        self.app.notify(str(refusal), severity="warning", markup=False)

    def show_tabs(self, bar: Bar) -> None:
        """Show on a line which record is in front."""
        views, front = self.apps.views, self.apps.front_name
        bar.set_class(bool(views), "-any")
        bar.show(lambda width: app_tabs(views, front, width, self.glyphs))

    def turned(self) -> None:
        """Another tab is in front, or what the tabs say has changed."""

    async def keep(self) -> Refusal | None:
        """Store tabs and what is typed into them and into dialogs; why not, None when it is."""
        return None

    def layout_changed(self) -> None:
        """Something was opened, closed, brought in front or typed: worth keeping."""
        self.saver.soon()

    @on(AppsPane.Turned)
    @on(AppBody.Retitled)
    def _turned(self, event: AppsPane.Turned | AppBody.Retitled) -> None:
        event.stop()
        self.turned()
        self.layout_changed()

    @on(AppBody.Wanted)
    def _record_wanted(self, event: AppBody.Wanted) -> None:
        if event.tab is not None:
            event.stop()
            self.open_record(event.tab)

    @on(AppBody.Refused)
    def _tab_refused(self, event: AppBody.Refused) -> None:
        event.stop()
        self.toast(event.refusal)
