"""Which list Home shows: the streams and the saved views, each with its own filter and order."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from omnitui.console.present.home.triage import ListTab
from omnitui.desk.views import CountedView
from omnitui.model.triage import SORTS, View

STREAMS = ("mine", "open", "closed", "all")
LABELS = {"mine": "My work", "open": "Open", "closed": "Closed today", "all": "All"}


class Asked(Struct, frozen=True):
    """What is asked for: a stream, a filter, an order (`wait`, or turned `-wait`)."""

    stream: str
    filter: str = ""
    sort: str = ""

    def by(self, column: str) -> "Asked":
        """Sorted by a column, or in its own order for none; the same one again turns it round."""
        if column and column not in SORTS:
            return self
        return replace(self, sort=f"-{column}" if column and self.sort == column else column)

    def turned(self) -> "Asked":
        """Sorted the other way round."""
        return self.by(self.sort.removeprefix("-")) if self.sort else self


class Lists:
    """The tabs by key: a stream's name, or `view:` and a number. Each keeps what was asked of it.

    `chosen` is the one that shows.
    """

    def __init__(self) -> None:
        self.chosen = "mine"
        self.views: Sequence[CountedView] = ()
        self._kept: dict[str, Asked] = {}

    @property
    def keys(self) -> list[str]:
        """The tabs' keys in order."""
        return [*STREAMS, *(_key(one.view) for one in self.views)]

    @property
    def view(self) -> View | None:
        """The saved view that shows, None for a stream."""
        return self._view(self.chosen)

    @property
    def label(self) -> str:
        """What the list that shows is called."""
        return LABELS[self.chosen] if self.view is None else self.view.name

    def asked(self, key: str) -> Asked:
        """What was asked of a list last; of a view, at first, what was saved."""
        if key not in self._kept:
            view = self._view(key)
            return Asked(key) if view is None else _saved(view)
        return self._kept[key]

    def keep(self, key: str, asked: Asked) -> None:
        """Take what is asked of a list from now on."""
        self._kept[key] = asked

    def beside(self, step: int) -> str:
        """The list after (or, with -1, before) the one that shows."""
        keys = self.keys
        return keys[(keys.index(self.chosen) + step) % len(keys)]

    def take(self, views: Sequence[CountedView]) -> None:
        """Take the saved views as they are now; when the chosen one is gone, its stream shows."""
        before = self.view
        stream = self.asked(self.chosen).stream
        self.views = views
        for key in [key for key in self._kept if key not in self.keys]:
            del self._kept[key]
        if before is not None and self.chosen not in self.keys:
            self.chosen = stream

    def tabs(self, counts: Mapping[str, int]) -> list[ListTab]:
        """The tabs as they are shown; `counts` is what the streams hold."""
        streams = [ListTab(name, LABELS[name], counts.get(name, 0)) for name in STREAMS]
        return [*streams, *(self._tab(one) for one in self.views)]

    def _tab(self, one: CountedView) -> ListTab:
        key = _key(one.view)
        return ListTab(
            key,
            one.view.name,
            one.count,
            saved=True,
            shared=one.view.shared,
            changed=self.asked(key) != _saved(one.view),
        )

    def key_of(self, view: View) -> str:
        """The tab's key of a view that has been saved; what was asked of it there is forgotten."""
        self._kept.pop(_key(view), None)
        return _key(view)

    def _view(self, key: str) -> View | None:
        return next((one.view for one in self.views if _key(one.view) == key), None)


def _key(view: View) -> str:
    return f"view:{view.id}"


def _saved(view: View) -> Asked:
    return Asked(view.stream, view.filter, view.sort)
