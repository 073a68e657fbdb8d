"""What has records in tabs beside it: a session's conversation, or the lists of Home."""

from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from textual import on
from textual.widget import Widget

from omnitui.console.apps import body_of
from omnitui.console.apps.body import AppBody, Around
from omnitui.console.apps.pane import AppsPane
from omnitui.console.apps.tabs import AppTab, AppTabs
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.apps import app_tabs
from omnitui.console.saving import Saver, Typed
from omnitui.console.type_ahead import missed
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import do_soon
from omnitui.model.case import Case
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refusal


class TabHolder(Widget):
    """See the module. `first` is what the tab says that is always there.

    Subclasses show what is in front in `turned`, and `keep` it.
    """

    @dataclass(eq=False, repr=False)
    class Done(FromWidget):
        """Something was done that can be undone, as a clause: `Snoozed Mia Berg`."""

        fact: str

    def __init__(
        self,
        link: Link,
        glyphs: Glyphs,
        tz: tzinfo,
        first: str,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.link = link
        self.glyphs = glyphs
        self.tz = tz
        self.tabs = AppTabs()
        self.apps = AppsPane(Around(link, self.tabs, glyphs, tz), body_of, first)
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

    def done(self, fact: str) -> None:
        """Say what was done, and how it is undone for as long as it can be."""
        # By the app: with what was done this may go from the screen.
        self.app.post_message(self.Done(self, fact))

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
    def _turned(self, event: AppsPane.Turned) -> None:
        event.stop()
        self.turned()
        self.layout_changed()

    @on(AppBody.Wanted)
    def _record_wanted(self, event: AppBody.Wanted) -> None:
        if event.tab is not None:
            event.stop()
            self.open_record(event.tab)

    @on(AppBody.Refused)
    @on(AppsPane.Refused)
    def _tab_refused(self, event: AppBody.Refused | AppsPane.Refused) -> None:
        event.stop()
        self.toast(event.refusal)
