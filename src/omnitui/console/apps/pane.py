"""The application tabs beside a conversation or Home's lists, and the records in them.

A record is read when its tab first comes in front, and kept until the tab is closed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.containers import Container

from omnitui.console.apps.body import AppBody, Around
from omnitui.console.apps.tabs import MOST, AppTab, TooMany
from omnitui.console.present.apps import TabView
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry

FIRST = "first"
"""The name of the tab that is always there."""


class AppsPane(Container):
    """See the module. `body_of` says which widget shows a kind of record.

    `first` is what the tab says that is always there and shows no record.
    """

    DEFAULT_CSS = """
    AppsPane { width: 1fr; height: 1fr; display: none; background: $surface-1; }
    """

    @dataclass(eq=False, repr=False)
    class Turned(FromWidget):
        """Another tab is in front, or what the tabs say has changed."""

    @dataclass(eq=False, repr=False)
    class Refused(FromWidget):
        """Something could not be done."""

        refusal: Refusal

    def __init__(
        self, around: Around, body_of: Callable[[str], type[AppBody]], first: str = "Transcript"
    ) -> None:
        super().__init__(id="apps")
        self._first = first
        self._around = around
        self._body_of = body_of

    @property
    def front(self) -> AppTab | None:
        """The tab in front, None for the first."""
        return self._around.tabs.front

    @property
    def body(self) -> AppBody | None:
        """What is in front, None for the first tab or before it is there."""
        tab = self.front
        return None if tab is None else self._find(tab)

    def _find(self, tab: AppTab) -> AppBody | None:
        return next((body for body in self.query(AppBody) if body.tab.name == tab.name), None)

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
            refusal = Refusal(
                "apps.too_many",
                f"{MOST} tabs are open beside the {self._first.lower()}.",
                "Close one first.",
            )
            self.post_message(self.Refused(self, refusal))
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
        tab = self._around.tabs.find(name)
        body = None if tab is None else self._find(tab)
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
            body = self._body_of(tab.kind)(tab, self._around)
            await self.mount(body)
            do_soon(body, body.load(), f"app-{tab.name}", beside=True)
        for body in self.query(AppBody):
            body.display = body is self.body
        self.post_message(self.Turned(self))

    @on(AppBody.Retitled)
    def _retitled(self, event: AppBody.Retitled) -> None:
        event.stop()
        self.post_message(self.Turned(self))
